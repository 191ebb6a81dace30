//! The page of a bag once more, of the records that are in it: is it the one that lies there?

use crate::held::{Gone, Originals};
use crate::page::Page;
use marsad_export::{ExportError, Folder, Out, Record};
use marsad_model::Event;
use marsad_record::{ClaimRecord, ReportRecord};
use sha2::{Digest, Sha256};
use std::io::{self, Write};
use std::sync::{Arc, Mutex};

/// Takes what is written and keeps its hash alone.
#[derive(Clone, Default)]
struct Hashing(Arc<Mutex<Sha256>>);

impl Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().map_err(|_| io::ErrorKind::Other)?.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Folder for Hashing {
    fn create(&mut self, _: &str) -> io::Result<Box<dyn Write + Send>> {
        Ok(Box::new(self.clone()))
    }
}

/// The page in the making.
pub(crate) struct Remade {
    page: Result<Page, ExportError>,
    hash: Hashing,
}

impl Remade {
    pub(crate) fn begin(held: Option<Originals>) -> Self {
        let mut hash = Hashing::default();
        Self { page: Out::create(&mut hash, "index.html").and_then(|out| Page::begin(out, held)), hash }
    }

    pub(crate) fn report(&mut self, report: ReportRecord) {
        self.take(&Record::Report(Box::new(report)));
    }

    pub(crate) fn claim(&mut self, claim: ClaimRecord) {
        self.take(&Record::Claim(Box::new(claim)));
    }

    pub(crate) fn event(&mut self, event: Event) {
        self.take(&Record::Event(Box::new(event)));
    }

    fn take(&mut self, record: &Record) {
        if let Ok(page) = &mut self.page
            && let Err(why) = page.take(record)
        {
            self.page = Err(why);
        }
    }

    /// The hash of the whole page.
    pub(crate) fn sha256(self, gone: &[Gone]) -> Result<String, ExportError> {
        self.page?.finish(gone)?;
        let hash = self.hash.0.lock().map(|hash| hash.clone()).unwrap_or_default();
        Ok(hash.finalize().iter().map(|b| format!("{b:02x}")).collect())
    }
}
