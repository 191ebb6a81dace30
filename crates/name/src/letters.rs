//! Letter correspondences between the two writings, learnt from pairs of names: how surprising it is that these letters
//! stand for those.
//!
//! A cost is a hundredth of a nat, as a whole number. That of a pair of names is the cheapest way to cut both into
//! pieces that stand for each other; begin (`^`) and end (`$`) of a name are letters, too. A name's own cost, alone, is
//! how rare its pieces are: what two rare names share says more than what two common ones do.

use marsad_table::{Row, Table, TableError};
use rustc_hash::FxHashMap;

/// Letters of a piece in Latin writing, begin and end counted.
pub(crate) const LATIN: usize = 3;
/// Letters of a piece in Arabic writing.
pub(crate) const ARABIC: usize = 2;
/// A letter that stands for nothing the table knows.
const UNKNOWN: i32 = 1200;
/// No such piece.
const NONE: u16 = u16::MAX;
/// No such pair.
const NEVER: i32 = i32::MAX / 4;
/// No such pair, in a table.
const NO_PAIR: i16 = i16::MAX;

/// The learnt table.
#[derive(Debug)]
pub struct Letters {
    latin: Pieces,
    arabic: Pieces,
    /// Cost by Latin piece, then Arabic piece; `NO_PAIR` where they do not stand for each other.
    by_latin: Vec<i16>,
    /// The same by Arabic piece, then Latin piece.
    by_arabic: Vec<i16>,
}

#[derive(Debug, Default)]
struct Pieces {
    ids: FxHashMap<Box<str>, u16>,
    /// A piece's cost by itself.
    alone: Vec<i32>,
}

impl Pieces {
    fn id(&mut self, piece: &str) -> u16 {
        let next = self.alone.len() as u16;
        let id = *self.ids.entry(piece.into()).or_insert(next);
        if id == next {
            self.alone.push(NEVER);
        }
        id
    }
}

/// A name cut into pieces in every way.
#[derive(Debug, Clone, Default)]
pub(crate) struct Path {
    length: usize,
    most: usize,
    /// At each letter the piece of each length from none on.
    pieces: Vec<u16>,
    /// What the name costs alone.
    pub(crate) alone: i32,
}

impl Path {
    fn piece(&self, at: usize, length: usize) -> u16 {
        self.pieces[at * (self.most + 1) + length]
    }
}

impl Letters {
    /// Read `world/letters.tsv`.
    pub fn read(text: &str) -> Result<Self, TableError> {
        let table = Table::read("world/letters.tsv", text, &["latin", "arabic", "cost", "basis"])?;
        let (mut latin, mut arabic) = (Pieces::default(), Pieces::default());
        let (none_latin, none_arabic) = (latin.id(""), arabic.id(""));
        let mut found = Vec::new();
        for row in table.rows() {
            row.need("basis")?;
            let cost: i32 = row.parse("cost")?.ok_or_else(|| row.error("`cost` is empty"))?;
            match (row.get("latin"), row.get("arabic")) {
                (l, "*") => {
                    let id = latin.id(empty(l, LATIN, &row)?);
                    latin.alone[usize::from(id)] = cost;
                }
                ("*", a) => {
                    let id = arabic.id(empty(a, ARABIC, &row)?);
                    arabic.alone[usize::from(id)] = cost;
                }
                (l, a) => found.push((latin.id(empty(l, LATIN, &row)?), arabic.id(empty(a, ARABIC, &row)?), cost)),
            }
        }
        let (down, across) = (latin.alone.len(), arabic.alone.len());
        let (mut by_latin, mut by_arabic) = (vec![NO_PAIR; down * across], vec![NO_PAIR; down * across]);
        for (l, a, cost) in found {
            if (l, a) != (none_latin, none_arabic) {
                let cost = i16::try_from(cost).unwrap_or(NO_PAIR);
                by_latin[usize::from(l) * across + usize::from(a)] = cost;
                by_arabic[usize::from(a) * down + usize::from(l)] = cost;
            }
        }
        Ok(Self { latin, arabic, by_latin, by_arabic })
    }

    /// A folded name, begin and end added, cut into the pieces that the table knows.
    pub(crate) fn path(&self, folded: &str, arabic: bool) -> Path {
        let (pieces, most) = if arabic { (&self.arabic, ARABIC) } else { (&self.latin, LATIN) };
        let chars: Vec<char> =
            std::iter::once('^').chain(folded.chars().filter(|c| c.is_alphabetic())).chain(std::iter::once('$')).collect();
        let length = chars.len();
        let mut path = Path { length, most, pieces: vec![NONE; (length + 1) * (most + 1)], alone: 0 };
        let (mut alone, mut text) = (vec![NEVER; length + 1], String::new());
        alone[0] = 0;
        for at in 0..=length {
            for long in 0..=most.min(length - at) {
                text.clear();
                text.extend(&chars[at..at + long]);
                let id = pieces.ids.get(text.as_str()).copied();
                path.pieces[at * (most + 1) + long] = id.unwrap_or(NONE);
                if long > 0 {
                    let cost = id.map_or(NEVER, |id| pieces.alone[usize::from(id)]);
                    let cost = if long == 1 { cost.min(UNKNOWN) } else { cost };
                    alone[at + long] = alone[at + long].min(alone[at].saturating_add(cost));
                }
            }
        }
        path.alone = alone[length];
        path
    }

    /// A name's pieces, each with what it costs to stand for any piece of the other writing.
    pub(crate) fn sheet<'l>(&'l self, path: &Path, arabic: bool) -> Sheet<'l> {
        let (table, width) = if arabic { (&self.by_arabic, self.latin.alone.len()) } else { (&self.by_latin, self.arabic.alone.len()) };
        let rows: Vec<&[i16]> = path
            .pieces
            .iter()
            .map(|&piece| if piece == NONE { &[] } else { &table[usize::from(piece) * width..usize::from(piece + 1) * width] })
            .collect();
        let lowest: Vec<i32> = rows.iter().map(|row| row.iter().min().map_or(NEVER, |&c| known(c))).collect();
        let mut rest = vec![NEVER; path.length + 1];
        rest[path.length] = 0;
        for at in (0..path.length).rev() {
            for long in 1..=path.most.min(path.length - at) {
                let cost = lowest[at * (path.most + 1) + long];
                let cost = if long == 1 { cost.min(UNKNOWN) } else { cost };
                rest[at] = rest[at].min(cost.saturating_add(rest[at + long]));
            }
        }
        Sheet { length: path.length, most: path.most, rows, rest, costs: Vec::new() }
    }
}

/// A name, laid out to be compared with many of the other writing.
#[derive(Debug)]
pub(crate) struct Sheet<'l> {
    length: usize,
    most: usize,
    /// By letter and length of the piece, its costs by the other's piece.
    rows: Vec<&'l [i16]>,
    /// From each letter on, what the rest costs at least.
    rest: Vec<i32>,
    costs: Vec<i32>,
}

fn known(cost: i16) -> i32 {
    if cost == NO_PAIR { NEVER } else { i32::from(cost) }
}

impl Sheet<'_> {
    /// The cost of this name and that one, of the other writing, standing for each other; `None` where it is more than the
    /// limit.
    pub(crate) fn cost(&mut self, other: &Path, limit: i32) -> Option<i32> {
        let across = other.length + 1;
        self.costs.clear();
        self.costs.resize((self.length + 1) * across, NEVER);
        self.costs[0] = 0;
        // A piece takes `most` letters: where so many rows are too dear, all that follow are.
        let mut dear = 0;
        for i in 0..=self.length {
            let mut open = false;
            for j in 0..across {
                let here = self.costs[i * across + j];
                if here >= NEVER || here.saturating_add(self.rest[i]) > limit {
                    continue;
                }
                open = true;
                for di in 0..=self.most.min(self.length - i) {
                    let row = self.rows[i * (self.most + 1) + di];
                    for dj in usize::from(di == 0)..=other.most.min(other.length - j) {
                        let cost = row.get(usize::from(other.piece(j, dj))).map_or(NEVER, |&c| known(c));
                        let cost = if di + dj == 1 { cost.min(UNKNOWN) } else { cost };
                        if cost < NEVER {
                            let there = &mut self.costs[(i + di) * across + j + dj];
                            *there = (*there).min(here + cost);
                        }
                    }
                }
            }
            dear = if open { 0 } else { dear + 1 };
            if dear > self.most {
                return None;
            }
        }
        self.costs.last().copied().filter(|&c| c <= limit && c < NEVER)
    }
}

fn empty<'r>(piece: &'r str, most: usize, row: &Row) -> Result<&'r str, TableError> {
    let piece = if piece == "-" { "" } else { piece };
    if piece.chars().count() > most { Err(row.error(format!("a piece has {most} letters at most"))) } else { Ok(piece) }
}
