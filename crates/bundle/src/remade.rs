//! The page of a bag once more, of the records that are in it: is it the one that lies there?

use crate::held::{self, Gone, Originals};
use marsad_export::{Page, Record};
use marsad_model::Event;
use marsad_record::{ClaimRecord, ReportRecord, VictimRecord};
use sha2::{Digest, Sha256};

/// The page in the making, of which the hash alone is kept.
pub(crate) struct Remade {
    page: Page,
    hash: Sha256,
}

impl Remade {
    pub(crate) fn begin(held: Option<Originals>) -> Self {
        let top = held::top(held);
        let page = Page::of(top);
        let hash = Sha256::new_with_prefix(page.top(top));
        Self { page, hash }
    }

    pub(crate) fn report(&mut self, report: ReportRecord) {
        self.take(&Record::Report(Box::new(report)));
    }

    pub(crate) fn claim(&mut self, claim: ClaimRecord) {
        self.take(&Record::Claim(Box::new(claim)));
    }

    pub(crate) fn victim(&mut self, victim: VictimRecord) {
        self.take(&Record::Victim(Box::new(victim)));
    }

    pub(crate) fn event(&mut self, event: Event) {
        self.take(&Record::Event(Box::new(event)));
    }

    fn take(&mut self, record: &Record) {
        self.hash.update(self.page.take(record));
    }

    /// The hash of the whole page.
    pub(crate) fn sha256(self, gone: &[Gone]) -> String {
        let hash = self.hash.chain_update(held::rest(&self.page, gone));
        hash.finalize().iter().map(|b| format!("{b:02x}")).collect()
    }
}
