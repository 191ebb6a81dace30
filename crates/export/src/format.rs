//! The formats, by the names under which they are asked for.

use crate::coded::{Acled, Coded, Ged, Plover};
use crate::dossier::{self, Dossier};
use crate::geojson::Features;
use crate::jsonl::Lines;
use crate::table::{Form, Tables};
use crate::{ExportError, Folder, Record, World};
use marsad_record::LedgerRecord;
use std::sync::Arc;

/// Makes files of records.
pub trait Writer {
    /// Take the next record, in the order in which [`Records`](crate::Records) hands them out.
    fn take(&mut self, record: &Record) -> Result<(), ExportError>;

    /// All were taken.
    fn finish(self: Box<Self>, ledger: &LedgerRecord) -> Result<(), ExportError>;
}

/// A format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// The contract's records, one JSON object a line.
    Jsonl,
    /// Flat tables of events, claims, victims and reports, as text.
    Csv,
    /// The same tables as Parquet.
    Parquet,
    /// Events as points on a map.
    Geojson,
    /// Events in the columns of ACLED.
    Acled,
    /// Events in the columns of UCDP GED.
    Ged,
    /// Events as PLOVER has them, one JSON object a line.
    Plover,
    /// Events on a page to be read and printed.
    Dossier,
}

impl Format {
    /// All of them.
    pub const ALL: &[Self] = &[Self::Jsonl, Self::Csv, Self::Parquet, Self::Geojson, Self::Acled, Self::Ged, Self::Plover, Self::Dossier];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
            Self::Parquet => "parquet",
            Self::Geojson => "geojson",
            Self::Acled => "acled",
            Self::Ged => "ged",
            Self::Plover => "plover",
            Self::Dossier => "dossier",
        }
    }

    /// The format of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.name() == name)
    }

    /// The media type of its files.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Jsonl | Self::Plover => "application/jsonl",
            Self::Csv | Self::Acled | Self::Ged => "text/csv",
            Self::Parquet => "application/vnd.apache.parquet",
            Self::Geojson => "application/geo+json",
            Self::Dossier => "text/html; charset=utf-8",
        }
    }

    /// Its file that holds the events.
    pub fn events_file(self) -> &'static str {
        match self {
            Self::Jsonl => "events.jsonl",
            Self::Csv => "events.csv",
            Self::Parquet => "events.parquet",
            Self::Geojson => "events.geojson",
            Self::Acled => "acled.csv",
            Self::Ged => "ged.csv",
            Self::Plover => "plover.jsonl",
            Self::Dossier => dossier::FILE,
        }
    }

    /// All its files.
    pub fn files(self) -> &'static [&'static str] {
        match self {
            Self::Jsonl => crate::jsonl::FILES,
            Self::Csv => &["events.csv", "claims.csv", "victims.csv", "reports.csv"],
            Self::Parquet => &["events.parquet", "claims.parquet", "victims.parquet", "reports.parquet"],
            Self::Geojson => &["events.geojson"],
            Self::Acled => &["acled.csv", "acled.losses.txt"],
            Self::Ged => &["ged.csv", "ged.losses.txt"],
            Self::Plover => &["plover.jsonl", "plover.losses.txt"],
            Self::Dossier => &[dossier::FILE],
        }
    }

    /// Is its file of events made of more than the events?
    pub fn needs_reports(self) -> bool {
        matches!(self, Self::Acled | Self::Ged | Self::Plover | Self::Dossier)
    }

    /// What makes its files in this folder.
    pub fn writer(self, world: &Arc<World>, folder: &mut dyn Folder) -> Result<Box<dyn Writer>, ExportError> {
        let world = world.clone();
        Ok(match self {
            Self::Jsonl => Box::new(Lines::create(folder)?),
            Self::Csv => Box::new(Tables::create(world, folder, Form::Csv)?),
            Self::Parquet => Box::new(Tables::create(world, folder, Form::Parquet)?),
            Self::Geojson => Box::new(Features::create(world, folder)?),
            Self::Acled => Box::new(Coded::<Acled>::create(world, folder)?),
            Self::Ged => Box::new(Coded::<Ged>::create(world, folder)?),
            Self::Plover => Box::new(Coded::<Plover>::create(world, folder)?),
            Self::Dossier => Box::new(Dossier::create(folder)?),
        })
    }
}
