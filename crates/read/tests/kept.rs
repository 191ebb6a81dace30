//! The bytes that fuzzing begins from, and those it has found, read again: as they are, and each with a few bytes changed.

#[path = "../../../fuzz/targets.rs"]
mod targets;

use std::path::Path;

const TARGETS: [&str; 5] = ["html", "warc", "feed", "telegram", "charset"];
/// How often each kept file is read with other bytes changed.
const CHANGES: u64 = 20;

/// Numbers that look like chance and are the same each time.
fn next(state: &mut u64) -> usize {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*state >> 33) as usize
}

/// A copy with a byte changed, a stretch doubled, or a stretch cut out.
fn changed(bytes: &[u8], state: &mut u64) -> Vec<u8> {
    let mut copy = bytes.to_vec();
    for _ in 0..=next(state) % 4 {
        let (at, other) = (next(state) % copy.len().max(1), next(state) % copy.len().max(1));
        let stretch = at.min(other)..at.max(other).min(at.min(other) + 64);
        match next(state) % 3 {
            0 if at < copy.len() => copy[at] = next(state) as u8,
            1 => copy.extend_from_within(stretch),
            _ => drop(copy.drain(stretch)),
        }
    }
    copy
}

#[test]
fn kept_bytes_are_read_whatever_is_changed_in_them() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus");
    for target in TARGETS {
        let mut files: Vec<_> = std::fs::read_dir(corpus.join(target)).expect("the corpus is there").flatten().map(|e| e.path()).collect();
        files.sort();
        assert!(files.len() > 1, "{target} has too little to begin from");
        for file in files {
            let bytes = std::fs::read(&file).expect("a kept file can be read");
            targets::run(target, &bytes);
            let mut state = bytes.len() as u64;
            for _ in 0..CHANGES {
                targets::run(target, &changed(&bytes, &mut state));
            }
        }
    }
}
