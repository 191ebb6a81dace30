//! Codes of other projects that follow from an actor's kind: PLOVER's sectors and ACLED's inter codes.

use crate::Files;
use crate::actor::ActorKind;
use crate::error::{KnowledgeError, word};
use marsad_table::Table;
use std::collections::BTreeMap;

/// What follows from a kind, and where that is not enough from its inter code.
#[derive(Debug, Default)]
pub(crate) struct Sectors {
    sectors: BTreeMap<(ActorKind, Option<u8>), String>,
    inters: BTreeMap<ActorKind, u8>,
}

impl Sectors {
    /// Read `world/sectors.tsv`.
    pub(crate) fn load(files: &Files) -> Result<Self, KnowledgeError> {
        let file = "world/sectors.tsv";
        let mut sectors = Self::default();
        if files.get(file).is_empty() {
            return Ok(sectors);
        }
        let table = Table::read(file, files.get(file), &["kind", "inter", "sector", "basis"])?;
        for row in table.rows() {
            row.need("basis")?;
            let kind = word(&row, "kind")?.ok_or_else(|| row.error("`kind` is empty"))?;
            let key = (kind, row.parse("inter")?);
            if sectors.sectors.insert(key, row.need("sector")?.to_owned()).is_some() {
                return Err(row.error("this kind and inter code stand twice").into());
            }
            if let (None, Some(inter)) = (key.1, row.parse("usual_inter")?) {
                sectors.inters.insert(kind, inter);
            }
        }
        Ok(sectors)
    }

    /// The sector of a kind with this inter code; failing that, of the kind.
    pub(crate) fn sector(&self, kind: ActorKind, inter: Option<u8>) -> Option<&str> {
        self.sectors.get(&(kind, inter)).or_else(|| self.sectors.get(&(kind, None))).map(String::as_str)
    }

    /// The usual inter code of a kind.
    pub(crate) fn inter(&self, kind: ActorKind) -> Option<u8> {
        self.inters.get(&kind).copied()
    }
}
