//! How alike two names are, and why.

use crate::edit;
use crate::key::{Key, Lacks, Way};
use crate::letters::Letters;
use crate::spelling::Spelling;
use std::fmt;

/// On what a likeness rests, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Because {
    /// The same letters, but for case, marks and blanks.
    Letters,
    /// The same but for articles and words for "son of".
    Article,
    /// The same sounds in another spelling.
    Sounds,
    /// The letters of the one writing stand for those of the other.
    Writing,
    /// Letters apart.
    Distance,
}

impl fmt::Display for Because {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Letters => "the same letters",
            Self::Article => "the same but for articles",
            Self::Sounds => "the same sounds in another spelling",
            Self::Writing => "its letters in the other writing",
            Self::Distance => "spelled nearly like it",
        })
    }
}

/// How alike two names are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Likeness {
    /// From 0 to 1000.
    pub score: u16,
    /// Why.
    pub because: Because,
    /// A word that the other has was left out of one: a kunya.
    pub partly: bool,
    /// By what several names that are alike are ordered; the lower the liker.
    pub(crate) rank: i32,
    enough: bool,
}

/// Names of one writing are one from here on.
const SAME: i32 = 900;
/// Short ones only from here on.
const SAME_SHORT: i32 = 970;
/// Names of two writings may be one from here on, where sounds do not tell, and from there on even where sounds speak
/// against it: foreign names are spelled by ear.
const SAME_ACROSS: i32 = 500;
const SAME_FOREIGN: i32 = 720;
/// What may be unaccounted for between the sounds of the one writing and the letters of the other, in thousandths of a
/// consonant: where nothing else speaks for the two, and where learnt letters do.
const UNHEARD: i32 = 300;
const UNHEARD_LEARNT: i32 = 500;
const UNHEARD_FOREIGN: i32 = 1300;
/// Sounds of a short name.
const SHORT: usize = 5;
/// Letters of a name in whose skeleton one consonant may differ.
const LONG: usize = 8;
/// What a name with an article is behind one without, for a name without.
pub(crate) const ARTICLE: i32 = 20;

impl Likeness {
    /// Are the two the same name in two spellings, as far as letters tell?
    pub fn is_same(&self) -> bool {
        self.enough
    }
}

pub(crate) fn alike(a: &Key, b: &Key, spelling: &Spelling, letters: &Letters) -> Likeness {
    if a.folded == b.folded {
        return Likeness { score: 1000, because: Because::Letters, partly: false, rank: i32::MIN, enough: true };
    }
    let mut best = Likeness { score: 0, because: Because::Distance, partly: false, rank: i32::MAX, enough: false };
    for (x, y) in a.ways.iter().flat_map(|x| b.ways.iter().map(move |y| (x, y))) {
        let one = x.lacks.max(y.lacks);
        // Two kunyas taken off are no reason that the rest is one name.
        if x.lacks == Lacks::Kunya && y.lacks == Lacks::Kunya {
            continue;
        }
        let mut found = if a.arabic == b.arabic { within(x, y, spelling, a.arabic) } else { across(x, y, a, spelling, letters) };
        if a.article != b.article && found.rank < i32::MAX {
            found.rank += ARTICLE;
        }
        found.partly = one == Lacks::Kunya;
        found.score = found.score.saturating_sub(one as u16 * 10);
        if (found.enough, found.score, -i64::from(found.rank)) > (best.enough, best.score, -i64::from(best.rank)) {
            best = found;
        }
    }
    best
}

/// A distance as a score, by the sounds that it is spread over.
fn per_sound(distance: i32, sounds: usize) -> i32 {
    (1000 - distance / i32::try_from(sounds.max(1)).unwrap_or(i32::MAX)).clamp(0, 980)
}

fn within(x: &Way, y: &Way, spelling: &Spelling, arabic: bool) -> Likeness {
    let likeness = |score: i32, because, enough| Likeness { score: score as u16, because, partly: false, rank: -score * 10, enough };
    if x.letters == y.letters {
        return likeness(995, Because::Article, true);
    }
    if x.sounds == y.sounds {
        return likeness(985, Because::Sounds, true);
    }
    let longest = x.sounds.len().max(y.sounds.len()).max(1);
    let distance = edit::distance(&x.sounds, &y.sounds, spelling.writing(arabic));
    let score = per_sound(distance, longest);
    let least = if x.sounds.len().min(y.sounds.len()) <= SHORT { SAME_SHORT } else { SAME };
    likeness(score, Because::Distance, score >= least)
}

/// What both names cost alone is what would be found by chance. Four fifths of it, not all: rare names are often noise.
pub(crate) fn by_chance(a: &Way, b: &Way) -> i32 {
    (a.path.alone + b.path.alone) / 5 * 4
}

fn across(x: &Way, y: &Way, first: &Key, spelling: &Spelling, letters: &Letters) -> Likeness {
    let (latin, arabic) = if first.arabic { (y, x) } else { (x, y) };
    let never = Likeness { score: 0, because: Because::Writing, partly: false, rank: i32::MAX, enough: false };
    let alone = latin.path.alone + arabic.path.alone;
    let Some(cost) = letters.sheet(&latin.path, false).cost(&arabic.path, i32::MAX) else { return never };
    let rank = cost - by_chance(latin, arabic);
    // A pair that stands for each other letter by letter costs together what each costs alone.
    let most = latin.path.alone.max(arabic.path.alone).max(1);
    let learnt = (i64::from(alone - cost) * 1000 / i64::from(most)).clamp(0, 980) as i32;
    let unheard = edit::across(&latin.spoken, &arabic.spoken, spelling.writing(false), spelling.writing(true));
    let heard = per_sound(unheard, latin.spoken.len());
    let least = latin.letters.chars().count().min(arabic.letters.chars().count());
    let long = least >= LONG;
    let consonants = latin.skeletons.iter().any(|s| arabic.skeletons.iter().any(|t| s == t || long && one_apart(s, t)));
    let most = if long || learnt >= SAME_FOREIGN { UNHEARD_FOREIGN } else { UNHEARD_LEARNT };
    let enough = unheard <= UNHEARD || consonants && learnt >= SAME_ACROSS && unheard <= most;
    Likeness {
        score: learnt.max(if unheard <= UNHEARD { heard } else { 0 }) as u16,
        because: Because::Writing,
        partly: false,
        rank,
        enough,
    }
}

/// Is one of the two the other with one letter more, less or changed?
fn one_apart(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let head = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[head..], &b[head..]);
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    a.len().max(b.len()) - tail <= 1
}
