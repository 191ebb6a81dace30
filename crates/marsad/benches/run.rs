//! How fast a whole run is, in reports a second, on all cores: intake, seal, reading, analysis, ledger and collation.

#![allow(clippy::unwrap_used)] // a bench ends where something is not as it should be

#[path = "../tests/reports/mod.rs"]
mod reports;

use divan::counter::ItemsCount;
use marsad::run::{Engine, run};
use reports::lines;

const MANY: usize = 2000;

fn main() {
    divan::main();
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn reports_of_a_run(bencher: divan::Bencher) {
    let engine = Engine::load(None).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("reports.jsonl");
    std::fs::write(&input, lines(0..MANY).join("\n") + "\n").unwrap();
    let inputs = [input];
    bencher.counter(ItemsCount::new(MANY)).with_inputs(|| tempfile::tempdir().unwrap()).bench_refs(|ledger| {
        let outcome = run(&engine, &inputs, &ledger.path().join("ledger"), "2031-01-01T00:00:00Z").unwrap();
        assert_eq!(outcome.added.reports, MANY as u64);
    });
}
