//! Events as a page to be read and printed, in place of the ledger: names may be held back in it as in any format.

use crate::page::{Page, Top};
use crate::{ExportError, Folder, Out, Record, Writer};
use marsad_record::LedgerRecord;

/// The page's file.
pub(crate) const FILE: &str = "dossier.html";

/// A dossier in the making. Whether names are held back in it is known at its end only, and is to be said at its top.
pub(crate) struct Dossier {
    out: Out,
    page: Page,
    events: String,
}

impl Dossier {
    pub(crate) fn create(folder: &mut dyn Folder) -> Result<Self, ExportError> {
        Ok(Self { out: Out::create(folder, FILE)?, page: Page::of(Top::Dossier(false)), events: String::new() })
    }
}

impl Writer for Dossier {
    fn take(&mut self, record: &Record) -> Result<(), ExportError> {
        self.events.push_str(&self.page.take(record));
        Ok(())
    }

    fn finish(mut self: Box<Self>, ledger: &LedgerRecord) -> Result<(), ExportError> {
        let top = self.page.top(Top::Dossier(ledger.redacted.is_some()));
        for part in [&top, &self.events, &self.page.reports(), Page::end()] {
            self.out.put(part.as_bytes())?;
        }
        self.out.finish()
    }
}
