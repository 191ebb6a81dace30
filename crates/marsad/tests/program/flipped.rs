//! One changed bit anywhere in a bundle or in a ledger is named.

use crate::bundling::{bundle, files, ledger};
use crate::desk::{Desk, Export, copy_folder};
use std::fs;
use std::path::PathBuf;

/// Pseudo-random numbers, the same at each run (SplitMix64).
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % end as u64) as usize
    }
}

/// Change one bit anywhere in these files, so often, and ask each time. Each must be named, unless it `holds_nothing`, which is asked
/// while it is changed. Gives how many were named.
pub(crate) fn every_flip_is_named(desk: &Desk, files: &[PathBuf], times: usize, ask: &[&str], holds_nothing: &dyn Fn() -> bool) -> usize {
    let mut chance = Chance(7);
    let lengths: Vec<usize> = files.iter().map(|f| fs::metadata(f).unwrap().len() as usize).collect();
    let mut named = 0;
    for n in 0..times {
        let mut at = chance.below(lengths.iter().sum());
        let which = lengths.iter().position(|length| at.checked_sub(*length).map(|rest| at = rest).is_none()).unwrap();
        let whole = fs::read(&files[which]).unwrap();
        let mut changed = whole.clone();
        changed[at] ^= 1 << chance.below(8);
        fs::write(&files[which], &changed).unwrap();
        let answer = desk.ask(ask);
        if answer.status == 0 {
            assert!(holds_nothing(), "flip {n}: byte {at} of {}: {}", files[which].display(), answer.out);
        } else {
            assert!(answer.out.lines().count() > 1 || !answer.err.is_empty(), "{answer:?}");
            named += 1;
        }
        fs::write(&files[which], whole).unwrap();
    }
    assert_eq!(desk.ask(ask).status, 0);
    named
}

fn flips_in_bundles(times: usize) {
    let desk = Desk::new();
    ledger(&desk);
    bundle(&desk, "whole", &[]);
    bundle(&desk, "whole.zip", &[]);
    bundle(&desk, "held", &["--redact"]);
    bundle(&desk, "held.zip", &["--redact"]);
    for name in ["whole", "whole.zip", "held", "held.zip"] {
        let files = files(&desk.at(name));
        assert_eq!(every_flip_is_named(&desk, &files, times, &["verify", name], &|| false), times);
    }
}

/// All that a ledger gives out, and all that its log says. A copy is asked: what leaves is noted in the log.
fn given_out(desk: &Desk) -> (Export, Vec<String>) {
    let _ = fs::remove_dir_all(desk.at("copy"));
    copy_folder(&desk.at("ledger"), &desk.at("copy"), |_| {});
    let mut log = Vec::new();
    let ledger = marsad_ledger::Ledger::open_read(&desk.at("ledger")).unwrap();
    ledger.each_custody(|entry| log.push(format!("{entry:?}"))).unwrap();
    (desk.export("copy"), log)
}

/// In packs every bit counts. A database has bytes that hold nothing: free
/// pages, gaps within pages. A bit that is not named is of these if the log and every file of an export are the same, to the
/// byte. (That every row of every table is, those of the indexes of words too, is tested beside the ledger.)
fn flips_in_a_ledger(times: usize) -> [usize; 2] {
    let desk = Desk::new();
    ledger(&desk);
    let before = given_out(&desk);
    let pack = files(&desk.at("ledger/originals"));
    // What a reader leaves behind to read beside a writer: nothing of the ledger lies there while nobody writes.
    let of_readers = |name: &&String| !name.ends_with("-shm") && !name.ends_with("-wal");
    let all: Vec<String> = files(&desk.at("ledger")).iter().map(|f| f.file_name().unwrap().to_str().unwrap().to_owned()).collect();
    assert_eq!(all.iter().filter(of_readers).collect::<Vec<_>>(), ["marsad.db", "marsad.lock", "pack-000001.pack"]);
    assert_eq!(fs::metadata(desk.at("ledger/marsad.db-wal")).map_or(0, |m| m.len()), 0);
    let holds_nothing = || given_out(&desk) == before;
    [pack, vec![desk.at("ledger/marsad.db")]]
        .map(|files| every_flip_is_named(&desk, &files, times, &["verify", "--ledger", "ledger"], &holds_nothing))
}

#[test]
fn a_flipped_bit_anywhere_in_a_bundle_is_named() {
    flips_in_bundles(30);
}

#[test]
fn a_flipped_bit_anywhere_in_a_ledger_is_named_or_changes_nothing() {
    let [in_pack, in_database] = flips_in_a_ledger(30);
    assert!(in_pack == 30 && in_database >= 10, "{in_pack} and {in_database} named");
}

#[test]
#[ignore = "a thousand flips take minutes; run it with --ignored"]
fn a_thousand_flipped_bits_in_bundles_are_named() {
    flips_in_bundles(1_000);
}

#[test]
#[ignore = "a thousand flips take minutes; run it with --ignored --nocapture"]
fn a_thousand_flipped_bits_in_a_ledger_are_named_or_change_nothing() {
    let [in_pack, in_database] = flips_in_a_ledger(1_000);
    assert_eq!(in_pack, 1_000);
    println!("of a thousand each: {in_pack} named in the pack, {in_database} in the database; the others changed nothing");
}
