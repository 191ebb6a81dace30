//! Items: a sentence as a row of words and phrases, each with what it may be. Frames are filled by walking this row.

use marsad_knowledge::{Accused, CauseCue, Entry, MeansWord, ModalityCue, Refers, Saying, Slot, Support};
use marsad_model::Span;

/// A mark that shapes a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// A comma: a list or a pause.
    Comma,
    /// A mark that ends a clause: semicolon, colon, dash, full stop.
    Stop,
}

/// How a phrase such as "the organisation" leads to an actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Back {
    /// The report calls the actor by that word.
    CalledHere,
    /// The word is in the actor's names.
    CalledSo,
    /// The last actor of the kind that the phrase can mean.
    LastOfKind,
    /// The two that were named last.
    LastTwo,
}

impl Back {
    /// For a person to read.
    pub(crate) fn said(self) -> &'static str {
        match self {
            Self::CalledHere => "the report has called it by that word",
            Self::CalledSo => "the word is in its names, and it was named last",
            Self::LastOfKind => "the last of that kind named before",
            Self::LastTwo => "the two armed parties named last",
        }
    }
}

/// One party: a named actor, unnamed people, or both ("fighters of the Front"), with a number.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Party {
    /// Index into the actors' list.
    pub(crate) actor: Option<u32>,
    /// The actor is meant through a phrase such as "the organisation".
    pub(crate) carried: bool,
    /// How the phrase led to the actor.
    pub(crate) back: Option<Back>,
    /// Row of the people table.
    pub(crate) people: Option<u32>,
    /// Index of the number in the passage.
    pub(crate) number: Option<usize>,
    /// The number counts the heads of what the noun names as one: "a family of five".
    pub(crate) head_count: bool,
    /// "Both sides": the parties of what was last told.
    pub(crate) both: Option<(u32, u32)>,
    /// An armed body without a name of its own.
    pub(crate) head: bool,
    /// The armed body has a name that knowledge lacks.
    pub(crate) named: bool,
    /// A human being by name.
    pub(crate) person: bool,
    /// A noun phrase of which nothing but its place in the clause is known.
    pub(crate) phrase: bool,
    /// A thing that belongs to the one whom it names: "the American embassy".
    pub(crate) owned: bool,
    /// A list joins it to the phrase before it, whatever tells more of that one stands between.
    pub(crate) listed: bool,
    /// Named by a nationality alone ("Russian"), so that a country may be meant.
    pub(crate) nationality: bool,
    /// The words that name it, number left out.
    pub(crate) span: Span,
    /// The words with the number.
    pub(crate) whole: Span,
}

impl Party {
    /// A party that nothing is known of but its words.
    pub(crate) fn named(span: Span) -> Self {
        Self {
            actor: None,
            carried: false,
            back: None,
            people: None,
            number: None,
            head_count: false,
            both: None,
            head: false,
            named: false,
            person: false,
            phrase: false,
            owned: false,
            listed: false,
            nationality: false,
            span,
            whole: span,
        }
    }

    /// A human being by name.
    pub(crate) fn person(span: Span) -> Self {
        Self { person: true, ..Self::named(span) }
    }
}

/// One word or phrase.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    /// First word.
    pub(crate) first: usize,
    /// Last word, included.
    pub(crate) last: usize,
    /// Its words, clitics left out.
    pub(crate) span: Span,
    /// What the lexicon says it may be.
    pub(crate) entries: Vec<Entry>,
    /// The party it names.
    pub(crate) party: Option<Party>,
    /// Index of the place in the passage.
    pub(crate) place: Option<usize>,
    /// Index of the time in the passage.
    pub(crate) time: Option<usize>,
    /// Index of the number in the passage.
    pub(crate) number: Option<usize>,
    /// A mark.
    pub(crate) mark: Option<Mark>,
    /// Inside brackets: an aside that fills no role.
    pub(crate) aside: bool,
    /// It stands for a clitic written with the next item.
    pub(crate) clitic: bool,
    /// The word of its noun: the last one, but in a phrase that goes on after it ("a member of the council").
    pub(crate) noun: usize,
    /// The first word has the article («القصف»): a noun, and one told of before.
    pub(crate) article: bool,
    /// It names one of several actors, and nothing tells which.
    pub(crate) several: bool,
    /// The word has a pronoun after it («عليها»), which stands for something said before.
    pub(crate) pronoun: bool,
}

impl Item {
    pub(crate) fn new(first: usize, last: usize, span: Span) -> Self {
        Self {
            first,
            last,
            span,
            entries: Vec::new(),
            party: None,
            place: None,
            time: None,
            number: None,
            mark: None,
            aside: false,
            clitic: false,
            noun: last,
            article: false,
            pronoun: false,
            several: false,
        }
    }

    fn find<T>(&self, f: impl Fn(Entry) -> Option<T>) -> Option<T> {
        self.entries.iter().find_map(|e| f(*e))
    }

    /// The triggers it may be: row, and whether the form is a past participle.
    pub(crate) fn triggers(&self) -> impl Iterator<Item = (u32, bool)> + '_ {
        self.entries.iter().filter_map(|e| match e {
            Entry::Trigger { row, participle } => Some((*row, *participle)),
            _ => None,
        })
    }

    pub(crate) fn is_trigger(&self) -> bool {
        self.triggers().next().is_some()
    }

    pub(crate) fn marker(&self) -> Option<Slot> {
        self.find(|e| if let Entry::Marker(slot) = e { Some(slot) } else { None })
    }

    pub(crate) fn is_marker(&self, slot: Slot) -> bool {
        self.entries.contains(&Entry::Marker(slot))
    }

    /// A title or cue before a person's name.
    pub(crate) fn is_title(&self) -> bool {
        self.entries.iter().any(|e| matches!(e, Entry::PersonTitle { .. }))
    }

    pub(crate) fn support(&self) -> Option<Support> {
        self.find(|e| if let Entry::Support(s) = e { Some(s) } else { None })
    }

    pub(crate) fn saying(&self) -> Option<Saying> {
        self.find(|e| if let Entry::Saying(s) = e { Some(s) } else { None })
    }

    pub(crate) fn source(&self) -> Option<u32> {
        self.find(|e| if let Entry::Source(s) = e { Some(s) } else { None })
    }

    pub(crate) fn modality(&self) -> Option<ModalityCue> {
        self.find(|e| if let Entry::Modality(m) = e { Some(m) } else { None })
    }

    /// Every cue of modality that it may be.
    pub(crate) fn modalities(&self) -> impl Iterator<Item = ModalityCue> + '_ {
        self.entries.iter().filter_map(|e| if let Entry::Modality(m) = e { Some(*m) } else { None })
    }

    pub(crate) fn cause(&self) -> Option<CauseCue> {
        self.find(|e| if let Entry::Cause(c) = e { Some(c) } else { None })
    }

    pub(crate) fn accusation(&self) -> Option<Accused> {
        self.find(|e| if let Entry::Accusation(a) = e { Some(a) } else { None })
    }

    pub(crate) fn means(&self) -> Option<MeansWord> {
        self.find(|e| if let Entry::Means(m) = e { Some(m) } else { None })
    }

    pub(crate) fn refers(&self) -> Option<Refers> {
        self.find(|e| if let Entry::Refers { refers, .. } = e { Some(refers) } else { None })
    }

    /// Row of the references.
    pub(crate) fn reference(&self) -> Option<u32> {
        self.find(|e| if let Entry::Refers { row, .. } = e { Some(row) } else { None })
    }

    pub(crate) fn people(&self) -> Option<u32> {
        self.find(|e| if let Entry::People { row } = e { Some(row) } else { None })
    }

    pub(crate) fn place_noun(&self) -> Option<u32> {
        self.find(|e| if let Entry::PlaceNoun { row } = e { Some(row) } else { None })
    }

    /// Neither name, nor cue, nor mark: a word that says nothing to the frames.
    pub(crate) fn is_plain(&self) -> bool {
        self.entries.is_empty()
            && self.party.is_none()
            && self.place.is_none()
            && self.time.is_none()
            && self.number.is_none()
            && self.mark.is_none()
            && !self.several
    }
}
