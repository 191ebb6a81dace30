//! The tables of an export, as CSV or as Parquet.

use super::columns::{CLAIMS, EVENTS, REPORTS, VICTIMS};
use super::csv::{csv_line, header};
use super::parquet::Parquet;
use super::{Cell, Column};
use crate::{ExportError, Folder, Out, Record, World, Writer};
use marsad_record::LedgerRecord;
use std::sync::Arc;

/// In which form tables are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Csv,
    Parquet,
}

enum Table {
    Csv(Out),
    Parquet(Parquet),
}

impl Table {
    fn create<R>(folder: &mut dyn Folder, form: Form, name: &str, columns: &[Column<R>]) -> Result<Self, ExportError> {
        Ok(match form {
            Form::Csv => {
                let mut out = Out::create(folder, &format!("{name}.csv"))?;
                out.put(header(columns).as_bytes())?;
                Self::Csv(out)
            }
            Form::Parquet => {
                let out = Out::create(folder, &format!("{name}.parquet"))?;
                Self::Parquet(Parquet::create(out, columns.iter().map(|column| (column.name, column.kind)))?)
            }
        })
    }

    fn row<R>(&mut self, columns: &[Column<R>], record: &R, world: &World) -> Result<(), ExportError> {
        let cells: Vec<Cell> = columns.iter().map(|column| (column.of)(record, world)).collect();
        match self {
            Self::Csv(out) => out.put(csv_line(&cells).as_bytes()),
            Self::Parquet(file) => file.row(&cells),
        }
    }

    fn finish(self) -> Result<(), ExportError> {
        match self {
            Self::Csv(out) => out.finish(),
            Self::Parquet(file) => file.finish(),
        }
    }
}

/// Events, claims, victims and reports, a table each.
pub(crate) struct Tables {
    world: Arc<World>,
    events: Table,
    claims: Table,
    victims: Table,
    reports: Table,
}

impl Tables {
    pub(crate) fn create(world: Arc<World>, folder: &mut dyn Folder, form: Form) -> Result<Self, ExportError> {
        Ok(Self {
            world,
            events: Table::create(folder, form, "events", EVENTS)?,
            claims: Table::create(folder, form, "claims", CLAIMS)?,
            victims: Table::create(folder, form, "victims", VICTIMS)?,
            reports: Table::create(folder, form, "reports", REPORTS)?,
        })
    }
}

impl Writer for Tables {
    fn take(&mut self, record: &Record) -> Result<(), ExportError> {
        match record {
            Record::Event(event) => self.events.row(EVENTS, event, &self.world),
            Record::Claim(claim) => self.claims.row(CLAIMS, claim, &self.world),
            Record::Victim(victim) => self.victims.row(VICTIMS, victim, &self.world),
            Record::Report(report) => self.reports.row(REPORTS, report, &self.world),
            Record::Mention(_) | Record::Decision(_) | Record::SetAside(_) => Ok(()),
        }
    }

    fn finish(self: Box<Self>, _: &LedgerRecord) -> Result<(), ExportError> {
        [self.events, self.claims, self.victims, self.reports].into_iter().try_for_each(Table::finish)
    }
}
