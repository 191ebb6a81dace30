//! What the shapes share: a file of events, one a row, and beside it the account of what is lost.

use super::case::Case;
use super::losses::Losses;
use super::told::Told;
use crate::{ExportError, Folder, Out, Record, World, Writer};
use marsad_record::LedgerRecord;
use std::marker::PhantomData;
use std::sync::Arc;

/// A shape in which others count events.
pub(crate) trait Shape {
    /// Its file.
    const FILE: &'static str;
    /// The account of what it loses.
    const LOSSES: &'static str;
    /// What it loses or cannot know, whatever the events.
    const GENERAL: &'static [&'static str];

    /// What stands before the first row.
    fn head() -> String {
        String::new()
    }

    /// An event's row with its end of line; `None` where the shape has no place for the event, which `losses` counts.
    fn row(case: &Case<'_>, told: &Told, losses: &mut Losses) -> Result<Option<String>, ExportError>;
}

/// The file of a shape in the making.
pub(crate) struct Coded<S> {
    world: Arc<World>,
    told: Told,
    out: Out,
    losses: Losses,
    shape: PhantomData<S>,
}

impl<S: Shape> Coded<S> {
    pub(crate) fn create(world: Arc<World>, folder: &mut dyn Folder) -> Result<Self, ExportError> {
        let mut out = Out::create(folder, S::FILE)?;
        out.put(S::head().as_bytes())?;
        let losses = Losses::create(folder, S::LOSSES, S::GENERAL)?;
        Ok(Self { world, told: Told::default(), out, losses, shape: PhantomData })
    }
}

impl<S: Shape> Writer for Coded<S> {
    fn take(&mut self, record: &Record) -> Result<(), ExportError> {
        self.told.note(record);
        let Record::Event(event) = record else { return Ok(()) };
        // A row of these shapes is taken for a happening.
        if event.did_not_happen() {
            self.losses.count("all who speak of it say that it did not happen: left out");
            return Ok(());
        }
        let case = Case::of(event, &self.world);
        let Some(row) = S::row(&case, &self.told, &mut self.losses)? else { return Ok(()) };
        self.losses.row(&case);
        self.out.put(row.as_bytes())
    }

    fn finish(self: Box<Self>, _: &LedgerRecord) -> Result<(), ExportError> {
        self.out.finish()?;
        self.losses.finish()
    }
}

/// The line of names over a table.
pub(crate) fn names(columns: &[&str]) -> String {
    crate::table::line(columns.iter().map(|name| (*name).to_owned()))
}
