//! Learns letter correspondences from pairs of names, and ranks names for measuring.
//!
//! `names learn < PAIRS > letters.tsv`: PAIRS are lines of Latin name, Arabic name, how often, parted by tabs.
//! `names rank NAMES < QUERIES`: NAMES are lines of names; for each query line the likeliest ten of them with scores.
//! `names match < PAIRS`: for each line of two names parted by a tab, the score and whether they are one.

use marsad_name::{NameIndex, Names};
use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};

/// Rounds of estimation; more change nothing that is kept.
const ROUNDS: usize = 10;
/// Pieces that were seen less often are noise.
const SEEN: f64 = 3.0;
/// Letters of a piece.
const LATIN: usize = 3;
const ARABIC: usize = 2;
/// A pair that was seen often counts as the root of how often, and no more than this.
const WEIGHT: f64 = 4.0;

fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["learn"] => learn(),
        ["rank", names] => rank(names),
        ["match"] => pairs(),
        _ => Err(io::Error::other("usage: names learn | rank NAMES | match")),
    }
}

fn names() -> io::Result<Names> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../knowledge/world/");
    let read = |file: &str| std::fs::read_to_string(format!("{root}{file}"));
    Names::load(&read("spelling.tsv")?, &read("letters.tsv")?).map_err(io::Error::other)
}

fn rank(set: &str) -> io::Result<()> {
    let names = names()?;
    let set = std::fs::read_to_string(set)?;
    let set: Vec<&str> = set.lines().collect();
    let index = NameIndex::of(&names, set.iter().copied());
    let mut out = BufWriter::new(io::stdout().lock());
    let begun = std::time::Instant::now();
    let mut asked = 0u32;
    for query in io::stdin().lines() {
        let query = query?;
        asked += 1;
        write!(out, "{query}")?;
        for ranked in index.resolve(&names, &query, 10) {
            write!(out, "\t{}\t{}", set[ranked.at], ranked.likeness.score)?;
        }
        writeln!(out)?;
    }
    eprintln!("{:.3} ms a name among {}", begun.elapsed().as_secs_f64() * 1000.0 / f64::from(asked.max(1)), set.len());
    out.flush()
}

fn pairs() -> io::Result<()> {
    let names = names()?;
    let mut out = BufWriter::new(io::stdout().lock());
    for line in io::stdin().lines() {
        let line = line?;
        let (a, b) = line.split_once('\t').unwrap_or((&line, ""));
        if let (Some(a), Some(b)) = (names.key(a), names.key(b)) {
            let likeness = names.alike(&a, &b);
            writeln!(out, "{}\t{}\t{}", likeness.score, u8::from(likeness.is_same()), likeness.because)?;
        } else {
            writeln!(out, "0\t0\tno name")?;
        }
    }
    out.flush()
}

/// A name as a chain of letters, begin and end among them.
fn chain(name: &str) -> Vec<char> {
    let folded = marsad_text::fold(name);
    std::iter::once('^').chain(folded.chars().filter(|c| c.is_alphabetic())).chain(std::iter::once('$')).collect()
}

/// The pieces of a name, numbered as they come.
struct Cut {
    length: usize,
    most: usize,
    pieces: Vec<u32>,
}

impl Cut {
    fn of(chain: &[char], most: usize, ids: &mut BTreeMap<String, u32>) -> Self {
        let mut pieces = Vec::new();
        for at in 0..=chain.len() {
            for long in 0..=most {
                let next = ids.len() as u32;
                let piece: Option<String> = chain.get(at..at + long).map(|c| c.iter().collect());
                pieces.push(piece.map_or(u32::MAX, |p| *ids.entry(p).or_insert(next)));
            }
        }
        Self { length: chain.len(), most, pieces }
    }

    fn piece(&self, at: usize, long: usize) -> u32 {
        self.pieces[at * (self.most + 1) + long]
    }
}

/// How probable each pair of pieces is.
type Joint = BTreeMap<(u32, u32), f64>;

/// May pieces of these lengths stand for each other?
fn allowed(latin: usize, arabic: usize) -> bool {
    !matches!((latin, arabic), (0, 0 | 2) | (3, 2))
}

/// Adds what is expected of each pair of pieces in this pair of names, given what they were taken for before.
fn expect(latin: &Cut, arabic: &Cut, weight: f64, now: impl Fn((u32, u32)) -> f64, into: &mut Joint) {
    let across = arabic.length + 1;
    let steps: Vec<(usize, usize)> = (0..=LATIN).flat_map(|i| (0..=ARABIC).map(move |j| (i, j))).filter(|&(i, j)| allowed(i, j)).collect();
    let (mut forth, mut back) = (vec![0.0; (latin.length + 1) * across], vec![0.0; (latin.length + 1) * across]);
    forth[0] = 1.0;
    back[(latin.length + 1) * across - 1] = 1.0;
    let cells = || (0..=latin.length).flat_map(|i| (0..across).map(move |j| (i, j)));
    let inside = |i: usize, j: usize, (di, dj): (usize, usize)| i + di <= latin.length && j + dj < across;
    for (i, j) in cells() {
        for &(di, dj) in steps.iter().filter(|s| inside(i, j, **s)) {
            forth[(i + di) * across + j + dj] += forth[i * across + j] * now((latin.piece(i, di), arabic.piece(j, dj)));
        }
    }
    let all = forth[(latin.length + 1) * across - 1];
    if all <= 1e-300 {
        return;
    }
    for (i, j) in cells().collect::<Vec<_>>().into_iter().rev() {
        for &(di, dj) in steps.iter().filter(|s| inside(i, j, **s)) {
            let pair = (latin.piece(i, di), arabic.piece(j, dj));
            let on = now(pair) * back[(i + di) * across + j + dj];
            back[i * across + j] += on;
            let expected = forth[i * across + j] * on / all;
            if expected > 1e-6 {
                *into.entry(pair).or_default() += expected * weight;
            }
        }
    }
}

fn learn() -> io::Result<()> {
    let (mut latin_ids, mut arabic_ids, mut data) = (BTreeMap::new(), BTreeMap::new(), Vec::new());
    for line in io::stdin().lines() {
        let line = line?;
        let cells: Vec<&str> = line.split('\t').collect();
        let [latin, arabic, often] = cells.as_slice() else { continue };
        let (latin, arabic) = (chain(latin), chain(arabic));
        if latin.len() > 2 && arabic.len() > 2 {
            let weight = often.parse().unwrap_or(1.0f64).sqrt().min(WEIGHT);
            data.push((Cut::of(&latin, LATIN, &mut latin_ids), Cut::of(&arabic, ARABIC, &mut arabic_ids), weight));
        }
    }
    let mut joint = Joint::new();
    for round in 0..ROUNDS {
        let mut next = Joint::new();
        for (latin, arabic, weight) in &data {
            expect(latin, arabic, *weight, |pair| if round == 0 { 1e-3 } else { joint.get(&pair).copied().unwrap_or(0.0) }, &mut next);
        }
        if round > 1 {
            next.retain(|_, seen| *seen > SEEN);
        }
        let all: f64 = next.values().sum();
        joint = next.into_iter().map(|(pair, seen)| (pair, seen / all)).collect();
        eprintln!("round {round}: {} pairs of pieces", joint.len());
    }
    write_table(&joint, &latin_ids, &arabic_ids)
}

fn write_table(joint: &Joint, latin_ids: &BTreeMap<String, u32>, arabic_ids: &BTreeMap<String, u32>) -> io::Result<()> {
    let by_id = |ids: &BTreeMap<String, u32>| -> BTreeMap<u32, String> { ids.iter().map(|(p, i)| (*i, p.clone())).collect() };
    let (latin, arabic) = (by_id(latin_ids), by_id(arabic_ids));
    let shown = |piece: &str| if piece.is_empty() { "-".to_owned() } else { piece.to_owned() };
    let cost = |p: f64| (-p.ln() * 100.0).round() as i64;
    let mut rows: BTreeMap<(String, String), f64> = BTreeMap::new();
    for ((l, a), p) in joint {
        let (l, a) = (shown(&latin[l]), shown(&arabic[a]));
        *rows.entry((l.clone(), "*".to_owned())).or_default() += p;
        *rows.entry(("*".to_owned(), a.clone())).or_default() += p;
        rows.insert((l, a), *p);
    }
    let mut out = BufWriter::new(io::stdout().lock());
    for ((l, a), p) in rows {
        writeln!(out, "{l}\t{a}\t{}\tgold:names_ar_en", cost(p))?;
    }
    out.flush()
}
