//! What must be waited for before the first report: all knowledge, and of it the places of the world alone.

#![allow(clippy::unwrap_used)] // a bench ends where something is not as it should be

use marsad_analyse::Analyser;
use marsad_gazetteer::Gazetteer;
use marsad_knowledge::Files;

fn main() {
    divan::main();
}

/// Open the gazetteer and find one place in it.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn gazetteer(bencher: divan::Bencher) {
    bencher.bench(|| {
        let places = Gazetteer::with(Vec::new()).unwrap();
        assert!(!places.lookup_exact("Khartoum").is_empty());
    });
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn analyser(bencher: divan::Bencher) {
    bencher.bench(|| Analyser::new(&Files::embedded()).unwrap());
}
