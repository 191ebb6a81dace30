//! What a shape loses or cannot know, told beside its file.

use crate::coded::case::Case;
use crate::{ExportError, Folder, Out};
use std::collections::BTreeMap;

/// The account in the making.
pub(crate) struct Losses {
    out: Out,
    general: &'static [&'static str],
    types: BTreeMap<(String, String), u64>,
    counts: BTreeMap<&'static str, u64>,
    rows: u64,
}

impl Losses {
    pub(crate) fn create(folder: &mut dyn Folder, name: &str, general: &'static [&'static str]) -> Result<Self, ExportError> {
        let out = Out::create(folder, name)?;
        Ok(Self { out, general, types: BTreeMap::new(), counts: BTreeMap::new(), rows: 0 })
    }

    /// An event was written.
    pub(crate) fn row(&mut self, case: &Case<'_>) {
        self.rows += 1;
        if let Some(loses) = case.code.map(|code| &code.loses).filter(|loses| !loses.is_empty()) {
            *self.types.entry((case.event.event_type.to_string(), loses.clone())).or_default() += 1;
        }
    }

    /// Something of an event was lost.
    pub(crate) fn count(&mut self, what: &'static str) {
        *self.counts.entry(what).or_default() += 1;
    }

    pub(crate) fn finish(mut self) -> Result<(), ExportError> {
        let mut text = format!("{} events are in the file.\n\nWhat this shape loses or cannot know:\n", self.rows);
        self.general.iter().for_each(|line| text.push_str(&format!("- {line}\n")));
        text.push_str("\nIn this export:\n");
        self.counts.iter().for_each(|(what, count)| text.push_str(&format!("- {count} × {what}\n")));
        text.push_str("\nBy type of event, what the step to this shape loses:\n");
        for ((event_type, loses), count) in &self.types {
            text.push_str(&format!("- {count} × {event_type}: {loses}\n"));
        }
        self.out.put(text.as_bytes())?;
        self.out.finish()
    }
}
