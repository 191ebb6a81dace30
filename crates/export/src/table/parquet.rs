//! Parquet files: the little of the format that flat tables need.
//!
//! Every column is optional, has one page in each row group, is written plainly and packed with gzip: what every reader of
//! Parquet reads. The file tells nothing of time or version, so that the same rows give the same bytes.

use super::{Cell, Kind};
use crate::{ExportError, Out};
use flate2::{Compression, write::GzEncoder};
use jiff::civil::{Date, date};
use std::io::Write;

const MAGIC: &[u8] = b"PAR1";
const CREATED_BY: &str = "marsad";

/// A row group is closed at so many rows or bytes: enough to pack well, few enough to hold in memory.
const ROWS: u64 = 20_000;
const BYTES: usize = 32 << 20;

/// A file in the making.
pub(crate) struct Parquet {
    out: Out,
    /// Where the next byte will stand.
    at: u64,
    columns: Vec<Pages>,
    rows: u64,
    groups: Vec<Group>,
}

/// The cells of a column that are not written yet.
struct Pages {
    name: &'static str,
    kind: Kind,
    present: Vec<bool>,
    values: Vec<u8>,
}

struct Group {
    rows: u64,
    chunks: Vec<Chunk>,
}

/// Where a column's page of one row group lies.
struct Chunk {
    column: usize,
    at: u64,
    values: u64,
    plain: u64,
    packed: u64,
}

impl Parquet {
    pub(crate) fn create(mut out: Out, columns: impl Iterator<Item = (&'static str, Kind)>) -> Result<Self, ExportError> {
        out.put(MAGIC)?;
        let pages = |(name, kind)| Pages { name, kind, present: Vec::new(), values: Vec::new() };
        Ok(Self { out, at: MAGIC.len() as u64, columns: columns.map(pages).collect(), rows: 0, groups: Vec::new() })
    }

    pub(crate) fn row(&mut self, cells: &[Cell]) -> Result<(), ExportError> {
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            column.push(cell);
        }
        self.rows += 1;
        let size: usize = self.columns.iter().map(|c| c.values.len()).sum();
        if self.rows >= ROWS || size >= BYTES { self.close_group() } else { Ok(()) }
    }

    pub(crate) fn finish(mut self) -> Result<(), ExportError> {
        if self.rows > 0 {
            self.close_group()?;
        }
        let footer = self.footer();
        self.out.put(&footer)?;
        self.out.put(&(footer.len() as u32).to_le_bytes())?;
        self.out.put(MAGIC)?;
        self.out.finish()
    }

    fn close_group(&mut self) -> Result<(), ExportError> {
        let mut chunks = Vec::new();
        for (n, column) in self.columns.iter_mut().enumerate() {
            let values = column.present.len() as u64;
            let plain = column.page();
            let packed = gzip(&plain);
            let mut header = Thrift::default();
            header.int(1, 0).int(2, plain.len() as u64).int(3, packed.len() as u64);
            header.nested(5, |page| {
                page.int(1, values).int(2, PLAIN).int(3, RLE).int(4, RLE);
            });
            let header = header.finish();
            self.out.put(&header)?;
            self.out.put(&packed)?;
            let (plain, packed) = ((header.len() + plain.len()) as u64, (header.len() + packed.len()) as u64);
            chunks.push(Chunk { column: n, at: self.at, values, plain, packed });
            self.at += packed;
        }
        self.groups.push(Group { rows: self.rows, chunks });
        self.rows = 0;
        Ok(())
    }

    fn footer(&self) -> Vec<u8> {
        let mut file = Thrift::default();
        file.int(1, 1);
        file.list(2, self.columns.len() + 1, STRUCT, |schema| {
            schema.element(|root| {
                root.text(4, "schema").int(5, self.columns.len() as u64);
            });
            for column in &self.columns {
                schema.element(|element| column.schema(element));
            }
        });
        file.long(3, self.groups.iter().map(|g| g.rows).sum::<u64>());
        file.list(4, self.groups.len(), STRUCT, |groups| {
            for group in &self.groups {
                groups.element(|element| self.group(element, group));
            }
        });
        file.text(6, CREATED_BY);
        file.finish()
    }

    fn group(&self, element: &mut Thrift, group: &Group) {
        element.list(1, group.chunks.len(), STRUCT, |chunks| {
            for chunk in &group.chunks {
                let column = &self.columns[chunk.column];
                chunks.element(|element| {
                    element.long(2, chunk.at);
                    element.nested(3, |meta| {
                        meta.int(1, column.physical());
                        meta.list(2, 2, I32, |encodings| {
                            encodings.varint(zigzag(PLAIN));
                            encodings.varint(zigzag(RLE));
                        });
                        meta.list(3, 1, BINARY, |path| path.bytes(column.name.as_bytes()));
                        meta.int(4, GZIP).long(5, chunk.values).long(6, chunk.plain).long(7, chunk.packed);
                        meta.long(9, chunk.at);
                    });
                });
            }
        });
        element.long(2, group.chunks.iter().map(|c| c.plain).sum::<u64>()).long(3, group.rows);
    }
}

impl Pages {
    fn push(&mut self, cell: &Cell) {
        self.present.push(*cell != Cell::None);
        match cell {
            Cell::None => {}
            Cell::Text(text) => {
                self.values.extend((text.len() as u32).to_le_bytes());
                self.values.extend(text.as_bytes());
            }
            Cell::Int(number) => self.values.extend(number.to_le_bytes()),
            Cell::Real(number) => self.values.extend(number.to_le_bytes()),
            Cell::Day(day) => self.values.extend(days_since_1970(*day).to_le_bytes()),
        }
    }

    /// Which cells are there, as runs, then those cells; afterwards the column is empty.
    fn page(&mut self) -> Vec<u8> {
        let mut levels = Thrift::default();
        for run in self.present.chunk_by(|a, b| a == b) {
            levels.varint((run.len() as u64) << 1);
            levels.bytes.push(u8::from(run[0]));
        }
        let mut page = (levels.bytes.len() as u32).to_le_bytes().to_vec();
        page.append(&mut levels.bytes);
        page.append(&mut self.values);
        self.present.clear();
        page
    }

    /// The format's number for how the values are stored.
    fn physical(&self) -> u64 {
        match self.kind {
            Kind::Day => 1,
            Kind::Int => 2,
            Kind::Real => 5,
            Kind::Text => 6,
        }
    }

    fn schema(&self, element: &mut Thrift) {
        element.int(1, self.physical()).int(3, OPTIONAL).text(4, self.name);
        match self.kind {
            Kind::Text => drop(element.int(6, UTF8)),
            Kind::Day => drop(element.int(6, DATE)),
            Kind::Int | Kind::Real => {}
        }
    }
}

// Numbers of the format.
const PLAIN: u64 = 0;
const RLE: u64 = 3;
const GZIP: u64 = 2;
const OPTIONAL: u64 = 1;
const UTF8: u64 = 0;
const DATE: u64 = 6;

fn days_since_1970(day: Date) -> i32 {
    (day - date(1970, 1, 1)).get_days()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    // Writing into memory does not fail.
    let packed = packer.write_all(bytes).and_then(|()| packer.finish());
    packed.unwrap_or_default()
}

// Types of Thrift's compact protocol.
const I32: u8 = 5;
const I64: u8 = 6;
const BINARY: u8 = 8;
const LIST: u8 = 9;
const STRUCT: u8 = 12;

/// Signed numbers are written with their sign in the last bit; all here are positive.
fn zigzag(number: u64) -> u64 {
    number << 1
}

/// A structure in Thrift's compact protocol, in which Parquet tells of itself. Fields are written in rising order.
#[derive(Default)]
struct Thrift {
    bytes: Vec<u8>,
    last: u8,
}

impl Thrift {
    fn varint(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.bytes.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }

    fn field(&mut self, id: u8, kind: u8) {
        self.bytes.push((id - self.last) << 4 | kind);
        self.last = id;
    }

    fn int(&mut self, id: u8, number: u64) -> &mut Self {
        self.field(id, I32);
        self.varint(zigzag(number));
        self
    }

    fn long(&mut self, id: u8, number: u64) -> &mut Self {
        self.field(id, I64);
        self.varint(zigzag(number));
        self
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.varint(bytes.len() as u64);
        self.bytes.extend(bytes);
    }

    fn text(&mut self, id: u8, text: &str) -> &mut Self {
        self.field(id, BINARY);
        self.bytes(text.as_bytes());
        self
    }

    fn list(&mut self, id: u8, length: usize, kind: u8, fill: impl FnOnce(&mut Self)) {
        self.field(id, LIST);
        match u8::try_from(length) {
            Ok(short) if short < 15 => self.bytes.push(short << 4 | kind),
            _ => {
                self.bytes.push(0xf0 | kind);
                self.varint(length as u64);
            }
        }
        fill(self);
    }

    fn nested(&mut self, id: u8, fill: impl FnOnce(&mut Self)) {
        self.field(id, STRUCT);
        self.element(fill);
    }

    /// A structure whose fields are counted anew.
    fn element(&mut self, fill: impl FnOnce(&mut Self)) {
        let outer = std::mem::take(&mut self.last);
        fill(self);
        self.bytes.push(0);
        self.last = outer;
    }

    fn finish(mut self) -> Vec<u8> {
        self.bytes.push(0);
        self.bytes
    }
}
