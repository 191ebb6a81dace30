//! Reading the compiled bytes in place.

use crate::layout::{
    ABBREVIATION, ALTERNATE, DEGREE, ELSEWHERE, FLAG_BITS, HEADER, MAGIC, NO_PLACE, NO_POINT, RECORD, WITH_ARTICLE, WITHOUT_ARTICLE,
};
use crate::place::{Candidate, Place, PlaceId, PlaceKind, PlaceRef, Seat};

/// Where in a record its kind stands.
const KIND_AT: usize = 32;

/// The parts of the compiled file. Offsets were written with it; a read past an end gives nothing.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Compiled<'g> {
    pub(crate) count: u32,
    pub(crate) from_geonames: u32,
    records: &'g [u8],
    names: &'g [u8],
    lists: &'g [u8],
    pub(crate) map: &'g [u8],
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes)
}

impl<'g> Compiled<'g> {
    pub(crate) fn open(bytes: &'g [u8]) -> Option<Self> {
        if bytes.get(..4)? != MAGIC {
            return None;
        }
        let header = |i: usize| number(bytes, 4 + 4 * i);
        let (names, lists) = (header(2)? as usize, header(3)? as usize);
        let (map, end) = (header(4)? as usize, header(5)? as usize);
        Some(Self {
            count: header(0)?,
            from_geonames: header(1)?,
            records: bytes.get(HEADER..names)?,
            names: bytes.get(names..lists)?,
            lists: bytes.get(lists..map)?,
            map: bytes.get(map..end)?,
        })
    }

    fn name(&self, at: u32) -> &'g str {
        let at = at as usize;
        let length = self.names.get(at..at + 2).map_or(0, |l| usize::from(u16::from_le_bytes([l[0], l[1]])));
        self.names.get(at + 2..at + 2 + length).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or("")
    }

    /// The id number or the place of the id's name, for records in order.
    pub(crate) fn id(&self, at: u32) -> Option<PlaceId<'g>> {
        let id = number(self.record(at)?, 0)?;
        Some(if at < self.from_geonames { PlaceId::GeoNames(id) } else { PlaceId::Own(self.name(id)) })
    }

    fn record(&self, at: u32) -> Option<&'g [u8]> {
        let start = at as usize * RECORD;
        self.records.get(start..start + RECORD)
    }

    pub(crate) fn place(&self, at: u32) -> Option<Place<'g>> {
        let record = self.record(at)?;
        let field = |i: usize| number(record, 4 * i);
        let (lat, lon) = (field(3)?.cast_signed(), field(4)?.cast_signed());
        let name_ar = self.name(field(2)?);
        Some(Place {
            at: PlaceRef(at),
            id: self.id(at)?,
            kind: PlaceKind::of_code(record[KIND_AT]),
            name_en: self.name(field(1)?),
            name_ar: (!name_ar.is_empty()).then_some(name_ar),
            point: (lat != NO_POINT).then(|| (f64::from(lat) / DEGREE, f64::from(lon) / DEGREE)),
            accuracy_km: u16::from_le_bytes([record[28], record[29]]),
            country: std::str::from_utf8(&record[30..32]).ok().filter(|code| *code != "\0\0"),
            container: field(5).filter(|&c| c & ELSEWHERE == 0).map(PlaceRef),
            population: field(6)?,
            seat: Seat::of_code(record[33]),
        })
    }

    /// The id of a place's container that lies in another list.
    pub(crate) fn container_elsewhere(&self, at: u32) -> Option<&'g str> {
        let container = number(self.record(at)?, 20).filter(|&c| c != NO_PLACE && c & ELSEWHERE != 0)?;
        Some(self.name(container & !ELSEWHERE))
    }

    /// The places of a kind.
    pub(crate) fn of_kind(&self, kind: PlaceKind) -> impl Iterator<Item = Place<'g>> + use<'g> {
        let (this, code) = (*self, kind as u8);
        let records = self.records.chunks_exact(RECORD).enumerate();
        records.filter(move |(_, record)| record.get(KIND_AT) == Some(&code)).filter_map(move |(at, _)| this.place(at as u32))
    }

    /// The places that a value of the map stands for.
    pub(crate) fn list(&self, value: u64) -> impl Iterator<Item = Candidate> + use<'g> {
        let (only, at) = (value & 1 == 1, (value >> 1) as usize);
        let lists = self.lists;
        let count = if only { 1 } else { number(lists, at).unwrap_or(0) as usize };
        (0..count).map_while(move |i| {
            let entry = if only { at as u32 } else { number(lists, at + 4 + 4 * i)? };
            Some(Candidate {
                place: PlaceRef(entry >> FLAG_BITS),
                with_article: entry & WITH_ARTICLE != 0,
                without_article: entry & WITHOUT_ARTICLE != 0,
                alternate: entry & ALTERNATE != 0,
                abbreviation: entry & ABBREVIATION != 0,
            })
        })
    }
}
