//! Invented records to fill ledgers with.

use marsad_ledger::{
    Collation, EventDetail, FoundEvent, Intake, Ledger, LedgerError, NewReport, PlacedClaim, ReportLine, Seal, StoredReport, Version,
    Writer,
};
use marsad_model::{Capture, Event, EventId, Language, Report, ReportId, ReportKind, sha256_hex};
use std::path::Path;

pub(crate) const NOW: &str = "2026-01-02T03:04:05Z";

pub(crate) fn version() -> Version {
    Version { program: "1".to_owned(), knowledge: "a".to_owned() }
}

pub(crate) fn writer(dir: &Path) -> Writer {
    Ledger::create_or_open(dir, &version(), NOW).unwrap()
}

pub(crate) fn bytes(n: u32) -> Vec<u8> {
    format!("سقطت قذيفة رقم {n} قرب الجسر. ").repeat(n as usize % 7 + 1).into_bytes()
}

pub(crate) fn report(bytes: &[u8]) -> Report {
    let text = String::from_utf8_lossy(bytes).into_owned();
    Report { id: ReportId::of(&[bytes]), kind: ReportKind::Post, ..Report::of_text(Language::Arabic, &text) }
}

pub(crate) fn intake(path: &str, key: Option<&str>, sha256: &str) -> Intake {
    Intake {
        path: path.to_owned(),
        key: key.map(str::to_owned),
        sha256: sha256.to_owned(),
        given: None,
        capture: Capture { at: None, by: "jsonl".to_owned(), container: None, record_offset: None },
    }
}

pub(crate) fn came(n: u32, path: &str, key: Option<&str>) -> NewReport {
    let bytes = bytes(n);
    let seal = Seal::of(&bytes);
    NewReport { report: report(&bytes), intake: intake(path, key, seal.sha256()), analysis: format!("read {n}").into_bytes(), seal }
}

/// The `n`th record of a file that holds many.
pub(crate) fn new(n: u32) -> NewReport {
    came(n, "posts.jsonl", Some(&format!("post-{n}")))
}

pub(crate) fn batch(range: std::ops::Range<u32>) -> Vec<NewReport> {
    range.map(new).collect()
}

pub(crate) fn all(ledger: &Ledger) -> Vec<StoredReport> {
    ledger.reports().collect::<Result<_, _>>().unwrap()
}

/// The ledger holds just these records, each original is as it came, and the log tells of all.
pub(crate) fn assert_holds(dir: &Path, range: std::ops::Range<u32>) {
    let ledger = Ledger::open_read(dir).unwrap();
    let mut ids: Vec<String> = range.clone().map(|n| report(&bytes(n)).id.to_string()).collect();
    ids.sort();
    assert_eq!(all(&ledger).into_iter().map(|r| r.report.id.to_string()).collect::<Vec<_>>(), ids);
    for n in range {
        assert_eq!(ledger.original(&sha256_hex(&bytes(n))).unwrap(), bytes(n));
    }
    assert_eq!(ledger.verify_originals(|_| ()).unwrap().faults, []);
    assert_eq!(ledger.verify_custody().unwrap().faults, []);
    assert_eq!(ledger.verify_rows().unwrap().faults, []);
}

pub(crate) fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

pub(crate) fn pack(dir: &Path) -> std::path::PathBuf {
    dir.join("originals/pack-000001.pack")
}

/// Change one byte of a file.
pub(crate) fn flip(file: &Path, at: usize) {
    let mut bytes = std::fs::read(file).unwrap();
    bytes[at] ^= 0x20;
    std::fs::write(file, bytes).unwrap();
}

/// Change a byte of the last original.
pub(crate) fn flip_last(dir: &Path) {
    let length = std::fs::metadata(pack(dir)).unwrap().len();
    flip(&pack(dir), usize::try_from(length).unwrap() - 3);
}

/// What was found, with its events whole.
#[derive(Debug, Clone, Default)]
pub(crate) struct Found {
    pub(crate) events: Vec<Event>,
    pub(crate) sums: Vec<(EventId, String)>,
    pub(crate) claims: Vec<PlacedClaim>,
    pub(crate) reports: Vec<(ReportId, Vec<u8>)>,
    pub(crate) lines: Vec<ReportLine>,
    pub(crate) sources: u64,
    pub(crate) decisions: u64,
}

/// Put this in the place of all that was found before.
pub(crate) fn replace(writer: &mut Writer, found: &Found, detail: impl Fn(&Event) -> EventDetail) -> Result<(), LedgerError> {
    let sum = |event: &Event| found.sums.iter().find(|s| s.0 == event.id).map(|s| s.1.clone());
    let collation = Collation {
        events: found.events.iter().map(|event| (event.id.clone(), sum(event))).collect(),
        claims: found.claims.clone(),
        reports: found.reports.clone(),
        lines: found.lines.clone(),
        sources: found.sources,
        decisions: found.decisions,
    };
    writer.replace_collation(&collation, |ids| {
        let whole = |id: &&EventId| found.events.iter().find(|e| e.id == **id).cloned();
        Ok(ids.iter().filter_map(whole).map(|event| FoundEvent { detail: detail(&event), event }).collect())
    })
}
