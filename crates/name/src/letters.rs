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

/// The learnt table.
#[derive(Debug)]
pub struct Letters {
    latin: Pieces,
    arabic: Pieces,
    /// Cost by Latin piece, then Arabic piece; `NEVER` where they do not stand for each other.
    pairs: Vec<i32>,
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
        let width = arabic.alone.len();
        let mut pairs = vec![NEVER; latin.alone.len() * width];
        for (l, a, cost) in found {
            if (l, a) != (none_latin, none_arabic) {
                pairs[usize::from(l) * width + usize::from(a)] = cost;
            }
        }
        Ok(Self { latin, arabic, pairs })
    }

    /// A folded name, begin and end added, cut into the pieces that the table knows.
    pub(crate) fn path(&self, folded: &str, arabic: bool) -> Path {
        let (pieces, most) = if arabic { (&self.arabic, ARABIC) } else { (&self.latin, LATIN) };
        let chars: Vec<char> = std::iter::once('^').chain(folded.chars().filter(|c| c.is_alphabetic())).chain(std::iter::once('$')).collect();
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

    /// The cost of the two names standing for each other; `None` where it is more than the limit.
    pub(crate) fn cost(&self, latin: &Path, arabic: &Path, limit: i32) -> Option<i32> {
        let (width, across) = (self.arabic.alone.len(), arabic.length + 1);
        let mut costs = vec![NEVER; (latin.length + 1) * across];
        costs[0] = 0;
        let mut lowest = [NEVER; LATIN + 1];
        for i in 0..=latin.length {
            let mut row = NEVER;
            for j in 0..across {
                let here = costs[i * across + j];
                row = row.min(here);
                if here > limit || here >= NEVER {
                    continue;
                }
                for di in 0..=LATIN.min(latin.length - i) {
                    let l = latin.piece(i, di);
                    for dj in usize::from(di == 0)..=ARABIC.min(arabic.length - j) {
                        let a = arabic.piece(j, dj);
                        let known = if l == NONE || a == NONE { NEVER } else { self.pairs[usize::from(l) * width + usize::from(a)] };
                        let cost = if di + dj == 1 { known.min(UNKNOWN) } else { known };
                        if cost < NEVER {
                            let there = &mut costs[(i + di) * across + j + dj];
                            *there = (*there).min(here + cost);
                        }
                    }
                }
            }
            lowest[i % (LATIN + 1)] = row;
            // A piece takes three letters at most: where so many rows are too dear, all that follow are.
            if i >= LATIN && lowest.iter().all(|&l| l > limit) {
                return None;
            }
        }
        costs.last().copied().filter(|&c| c <= limit && c < NEVER)
    }
}

fn empty<'r>(piece: &'r str, most: usize, row: &Row) -> Result<&'r str, TableError> {
    let piece = if piece == "-" { "" } else { piece };
    if piece.chars().count() > most { Err(row.error(format!("a piece has {most} letters at most"))) } else { Ok(piece) }
}
