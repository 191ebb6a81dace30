//! A name's key: what is left of it once the words and letters that names have at will are off.

use crate::letters::{Letters, Path};
use crate::spelling::{Spelling, Writing};
use marsad_text::{WordKind, Words, is_arabic_letter};

/// A name, ready to be compared.
#[derive(Debug, Clone)]
pub struct Key {
    pub(crate) arabic: bool,
    /// Does an article stand at its head?
    pub(crate) article: bool,
    /// Letters of the name with its articles off.
    pub(crate) length: u16,
    /// The folded words with one blank between.
    pub(crate) folded: String,
    /// The ways to read it, the first one surest.
    pub(crate) ways: Vec<Way>,
}

/// One way to read a name.
#[derive(Debug, Clone)]
pub(crate) struct Way {
    /// Does it lack a word that says something (a kunya), or letters that may be its own?
    pub(crate) lacks: Lacks,
    /// The folded letters without blanks.
    pub(crate) letters: String,
    /// The sounds, by which names of one writing are compared.
    pub(crate) sounds: Vec<char>,
    /// The sounds, weak ones at words' ends among them, by which it is compared with one of the other writing.
    pub(crate) spoken: Vec<char>,
    /// The consonants both writings agree on, in each reading.
    pub(crate) skeletons: Vec<String>,
    /// The letters as the learnt table counts them.
    pub(crate) path: Path,
}

/// What a way of reading a name leaves out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Lacks {
    /// Articles that stand alone or are surely ones.
    Nothing,
    /// Letters that may be an article or the name's own are on, or off.
    Merged,
    /// "Abu Bakr" of "Abu Bakr al-Baghdadi".
    Kunya,
}

/// Skeletons of a name of several words multiply; so many are enough.
const READINGS: usize = 8;
/// Letters that a name must have left without its kunya.
const LEFT_WITHOUT_KUNYA: usize = 4;

/// A word of a name, its article off.
struct Part {
    word: String,
    /// The word without the letters that may be an article.
    shorter: Option<String>,
    /// The word with the article before it written together with it, inside a name: Deirezzor.
    whole: Option<String>,
    kunya: bool,
}

impl Key {
    pub(crate) fn of(name: &str, spelling: &Spelling, letters: &Letters) -> Option<Self> {
        let words = Words::of(name);
        let named: Vec<usize> = (0..words.len()).filter(|&i| !matches!(words[i].kind, WordKind::Mark | WordKind::Possessive)).collect();
        let folded: Vec<&str> = named.iter().map(|&i| words.folded(i).trim_start_matches('\'')).collect();
        let arabic = folded.iter().any(|w| w.starts_with(is_arabic_letter));
        if folded.is_empty() || arabic && folded.iter().any(|w| w.starts_with(|c: char| c.is_alphabetic() && !is_arabic_letter(c))) {
            return None;
        }
        let writing = spelling.writing(arabic);
        let as_written = |i: usize| words[named[i]].span.of(name);
        let parts = parts(writing, arabic, &folded, as_written);
        let mut ways: Vec<Way> = Vec::new();
        let mut add = |lacks: Lacks, words: Vec<&str>| {
            let way = Way::of(lacks, &words, writing, spelling, letters);
            if !way.letters.is_empty() && ways.iter().all(|w| w.letters != way.letters) {
                ways.push(way);
            }
        };
        add(Lacks::Nothing, parts.iter().map(|p| p.word.as_str()).collect());
        if parts.iter().any(|p| p.whole.is_some()) {
            add(Lacks::Merged, parts.iter().map(|p| p.whole.as_deref().unwrap_or(&p.word)).collect());
        }
        if parts.iter().any(|p| p.shorter.is_some()) {
            add(Lacks::Merged, parts.iter().map(|p| p.shorter.as_deref().unwrap_or(&p.word)).collect());
        }
        if let Some(at) = parts.iter().position(|p| p.kunya) {
            let rest: Vec<&str> =
                parts.iter().enumerate().filter(|(i, _)| *i != at && *i != at + 1).map(|(_, p)| p.word.as_str()).collect();
            if rest.iter().map(|w| w.chars().count()).sum::<usize>() >= LEFT_WITHOUT_KUNYA {
                add(Lacks::Kunya, rest);
            }
        }
        let head = folded.first().copied().unwrap_or("");
        let alone = folded.get(1).is_some_and(|next| writing.article(head, next));
        let article = alone || arabic && parts.first().is_some_and(|p| p.word.len() < head.len());
        let length = ways.first()?.letters.chars().count() as u16;
        Some(Self { length, arabic, article, folded: folded.join(" "), ways })
    }

    /// The name's consonants as they sound, or, in Arabic, its letters but the long vowels: the first thing in which two
    /// spellings of one name in one writing agree.
    pub fn frame(&self, spelling: &Spelling) -> String {
        let sounds = self.ways.first().map_or(&[][..], |w| w.sounds.as_slice());
        spelling.writing(self.arabic).frame(sounds)
    }

    /// Is the name in Arabic writing?
    pub fn is_arabic(&self) -> bool {
        self.arabic
    }

    /// The name's skeletons, in each reading and way, sorted: names that share none are hardly one.
    pub fn skeletons(&self) -> Vec<&str> {
        let mut all: Vec<&str> = self.ways.iter().flat_map(|w| w.skeletons.iter().map(String::as_str)).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Letters of the name with its articles off.
    pub fn length(&self) -> usize {
        usize::from(self.length)
    }
}

/// The [`Key::frame`] of every name that begins with these words, the shortest first.
///
/// `words` are folded words of a text, marks left out, each with how it is written. After each, `step` is told the frame of
/// the name that ends there, and whether it is settled: a name that goes on has a frame that begins with this one. It
/// answers whether to go on.
pub(crate) fn frames<'w>(
    spelling: &Spelling,
    arabic: bool,
    words: impl Iterator<Item = (&'w str, &'w str)>,
    mut step: impl FnMut(&str, bool) -> bool,
) {
    let writing = spelling.writing(arabic);
    let (mut folded, mut written): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
    let (mut sounds, mut frame) = (Vec::new(), String::new());
    for (word, as_written) in words {
        folded.push(word.trim_start_matches('\''));
        written.push(as_written);
        sounds.clear();
        for part in parts(writing, arabic, &folded, |i| written[i]) {
            writing.sounds(&part.word, false, &mut sounds);
        }
        frame.clear();
        frame.extend(writing.framing(&sounds));
        if !step(&frame, !writing.is_moved(word)) {
            return;
        }
    }
}

fn parts<'w>(writing: &Writing, arabic: bool, folded: &[&'w str], as_written: impl Fn(usize) -> &'w str) -> Vec<Part> {
    let (mut parts, mut article): (Vec<Part>, Option<&str>) = (Vec::new(), None);
    for (i, &word) in folded.iter().enumerate() {
        let next = folded.get(i + 1);
        if next.is_some_and(|next| writing.article(word, next)) {
            article = Some(word);
            continue;
        }
        if i > 0 && next.is_some() && writing.sons.contains(word) {
            continue;
        }
        let article = article.take().filter(|_| !parts.is_empty());
        if let Some(kunya) = writing.kunya.get(word).filter(|_| next.is_some()) {
            parts.push(Part { word: kunya.to_string(), shorter: None, whole: None, kunya: true });
            continue;
        }
        let bare = writing.without_article(word);
        // Folded, the first letters of ألمانيا look like an article's; as written they do not. A Latin article that is
        // written together with its name can't be told from the name's own letters.
        let mut whole = article.map(|a| format!("{a}{word}"));
        let (word, shorter) = match bare {
            Some(bare) if arabic && as_written(i).starts_with(word.chars().next().unwrap_or(' ')) => {
                whole = (!parts.is_empty()).then(|| word.to_owned());
                (bare, None)
            }
            Some(bare) if !arabic => (word, Some(writing.parted(bare))),
            _ => (word, None),
        };
        parts.push(Part { word: writing.parted(word), shorter, whole, kunya: false });
    }
    parts
}

impl Way {
    fn of(lacks: Lacks, words: &[&str], writing: &Writing, spelling: &Spelling, letters: &Letters) -> Self {
        let joined: String = words.concat();
        let (mut sounds, mut spoken, mut skeletons) = (Vec::new(), Vec::new(), vec![String::new()]);
        for word in words {
            writing.sounds(word, false, &mut sounds);
            writing.sounds(word, true, &mut spoken);
            let readings = spelling.skeletons().every(word);
            skeletons = skeletons.iter().flat_map(|s| readings.iter().map(move |r| format!("{s}{r}"))).take(READINGS).collect();
        }
        skeletons.sort();
        skeletons.dedup();
        let path = letters.path(&joined, joined.starts_with(is_arabic_letter));
        Self { lacks, letters: joined, sounds, spoken, skeletons, path }
    }
}
