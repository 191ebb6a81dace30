//! Reading alone, without analysis, ledger or comparing: what is read of each record of the files named, as lines of JSON, and
//! on the other channel how fast.
//!
//! `cargo run --release -p marsad-read --example extract -- FILE…`

use marsad_knowledge::Files;
use marsad_read::{Intake, Reader, records};
use std::io::Write;
use std::time::{Duration, Instant};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let reader = Reader::new(&Files::embedded())?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let (mut pages, mut spent) = (0u32, Duration::ZERO);
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path)?;
        for record in records(&Intake { path: &path, bytes: &bytes, sidecar: None }).flatten() {
            let start = Instant::now();
            let read = reader.read(&record);
            spent += start.elapsed();
            pages += 1;
            let key = record.key.as_deref();
            let line = match &read {
                Ok(report) => serde_json::json!({ "key": key, "title": report.title, "text": report.text, "notes": report.notes,
                    "published": report.published.as_ref().map(|p| p.start.to_string()), "source": report.source.name }),
                Err(none) => serde_json::json!({ "key": key, "reason": none.reason() }),
            };
            writeln!(out, "{line}")?;
        }
    }
    let seconds = spent.as_secs_f64();
    eprintln!("{pages} pages in {seconds:.2} s, {:.1} pages a second", f64::from(pages) / seconds.max(f64::EPSILON));
    Ok(())
}
