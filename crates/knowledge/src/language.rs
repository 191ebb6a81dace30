//! One language's knowledge: its words, and one lexicon over all of them.

use crate::Files;
use crate::actor::Actors;
use crate::cue::{
    CauseCue, CueRow, MeansWord, ModalityCue, People, PlaceNoun, Reference, Refers, Saying, SayingKind, Support, load_cues, read_slot,
};
use crate::error::{KnowledgeError, need_word};
use crate::trigger::{PartOfSpeech, Slot, Trigger, load_triggers};
use crate::vote::Votes;
use crate::{DistanceWord, FieldWord, VictimCue};
use jiff::civil::Date;
use marsad_model::Language;
use marsad_table::Table;
use marsad_text::{Case, Clitics, Hit, Lexicon, Words};
use rustc_hash::{FxHashMap, FxHashSet};

/// What a phrase of the lexicon is. Numbers are indices into the tables of [`LanguageKnowledge`] or [`Actors`].
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)] // each variant is named after its table
pub enum Entry {
    /// Index into [`Actors::names`].
    ActorName(u32),
    People {
        row: u32,
    },
    /// `participle`: this form is a past participle.
    Trigger {
        row: u32,
        participle: bool,
    },
    Support(Support),
    Marker(Slot),
    Means(MeansWord),
    Saying(Saying),
    Modality(ModalityCue),
    /// `definite`: only with the article on («المدينة», never «مدينة»).
    Refers {
        refers: Refers,
        definite: bool,
        /// Row of the references.
        row: u32,
    },
    PlaceNoun {
        row: u32,
    },
    Cause(CauseCue),
    /// Index into [`crate::Sources::entries`].
    Source(u32),
    /// A fixed phrase in which a trigger is none.
    Blocked,
    /// A word of another walk of life, in which words of war are figures of speech or harm is a mishap.
    OtherField(FieldWord),
    /// A title or cue before a person's name.
    PersonTitle,
    /// The head word of a named body; of an armed one?
    OrganisationHead {
        armed: bool,
    },
}

/// An example that must be found again: the row's test.
#[derive(Debug, Clone)]
pub struct Example {
    /// File and line of the row.
    pub at: String,
    /// The sentence.
    pub text: String,
    /// What must be found in it.
    pub entry: Entry,
}

/// How clauses are built, as far as filling roles needs it (`grammar.toml`).
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grammar {
    /// Where this comes from.
    pub basis: String,
    /// The verb stands before its subject.
    pub verb_first: bool,
    /// A passive is written like the active.
    pub unmarked_passive: bool,
    /// Endings of nouns that mean two of a thing.
    #[serde(default)]
    pub dual: Vec<String>,
    /// Endings that mean two, or many of nouns whose plural is made by an ending.
    #[serde(default)]
    pub dual_or_plural: Vec<String>,
    /// The ending of such plurals.
    #[serde(default)]
    pub plural: Vec<String>,
    /// The last letter of a feminine noun, and what it turns into before an ending.
    #[serde(default)]
    pub feminine: Vec<String>,
    /// An ending that the singular may have as well («طفلا»).
    #[serde(default)]
    pub singular: Vec<String>,
    /// Auxiliaries of a passive whose subject is one.
    #[serde(default)]
    pub singular_passive: Vec<String>,
    /// Words before a noun that say whose it is ("his wife").
    #[serde(default)]
    pub possessives: Vec<String>,
    /// Articles that are words of their own, the definite ones and the indefinite ones.
    #[serde(default)]
    pub articles: Vec<String>,
    /// Those of them that are definite.
    #[serde(default)]
    pub definite: Vec<String>,
}

/// How far the tagger is believed where knowledge sees otherwise (`tagger.toml`). Shares are from 0 to 1.
#[derive(Debug, Clone, Copy, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TaggerTrust {
    /// Added to what speaks for a name: above 0 more are found, and more of them are wrong.
    pub lean: f32,
    /// A place of which the tagger is so sure that it is part of a person's name is none.
    pub person_over_place: f32,
    /// A person's name with a place of the gazetteer in it must be so sure.
    pub person_with_place: f32,
    /// The same of one with a word in it that may tell of a happening or of people.
    pub person_with_cue: f32,
    /// A place inside the name of a body is not listed where the tagger is so sure of that name.
    pub body_over_place: f32,
    /// A place that only its letters tell must have such a share as place or body.
    pub weak_place: f32,
    /// The same for other places, where no noun says that it is one.
    pub firm_place: f32,
    /// A place so sure needs nothing else to be believed.
    pub sure_place: f32,
    /// The same for a place of the project's own list, whatever speaks for a person.
    pub own_place: f32,
    /// A nationality without a people's noun beside it is listed where its share as place or body is at least this.
    pub lone_nationality: f32,
}

/// One language's knowledge.
#[derive(Debug)]
pub struct LanguageKnowledge {
    /// Which language.
    pub language: Language,
    /// How its clauses are built.
    pub grammar: Grammar,
    /// How far its tagger is believed.
    pub tagger: TaggerTrust,
    /// All phrases of the language.
    pub lexicon: Lexicon<Entry>,
    /// Generic nouns for human beings.
    pub people: Vec<People>,
    /// Triggers.
    pub triggers: Vec<Trigger>,
    /// Phrases that go back to something told before.
    pub references: Vec<Reference>,
    /// Nouns for sorts of places.
    pub place_nouns: Vec<PlaceNoun>,
    /// Words after which a full stop ends no sentence (folded).
    pub abbreviations: FxHashSet<String>,
    /// The commonest words (folded): never a name by themselves.
    pub stop: FxHashSet<String>,
    /// The words of actors' names (folded, the article off): which actors a noun such as "movement" may go back to.
    pub called: FxHashMap<String, Vec<u32>>,
    /// Words beside the names of people who were harmed.
    pub victims: Lexicon<VictimCue>,
    /// What the vote weighs.
    pub votes: Votes,
    /// Names of places that mostly mean something else: a person, a thing (folded).
    pub ordinary: FxHashSet<String>,
    /// Words that tell how far and in which direction a place lies from another (folded).
    pub distances: FxHashMap<String, DistanceWord>,
    /// The rows' own tests.
    pub examples: Vec<Example>,
}

struct Loader<'f> {
    files: &'f Files,
    code: &'static str,
    lexicon: Lexicon<Entry>,
    examples: Vec<Example>,
}

impl Loader<'_> {
    fn path(&self, name: &str) -> String {
        format!("{}/{name}", self.code)
    }

    fn add(&mut self, forms: &[String], entry: Entry, at: &str, line: usize, example: &str) {
        for form in forms {
            self.lexicon.insert(form, entry);
        }
        if !example.is_empty() {
            self.examples.push(Example { at: format!("{at}:{line}"), text: example.to_owned(), entry });
        }
    }

    fn cues<V: Clone>(
        &mut self,
        name: &str,
        columns: &[&str],
        read: impl Fn(&marsad_table::Row) -> Result<V, marsad_table::TableError>,
        entry: impl Fn(&V, u32) -> Entry,
    ) -> Result<Vec<V>, KnowledgeError> {
        let file = self.path(name);
        let rows = load_cues(&file, self.files.get(&file), columns, read)?;
        let mut values = Vec::new();
        for row in rows {
            let e = entry(&row.value, values.len() as u32);
            self.add(&row.forms, e, &file, row.line, &row.example);
            values.push(row.value);
        }
        Ok(values)
    }

    fn distances(&self) -> Result<FxHashMap<String, DistanceWord>, KnowledgeError> {
        let file = self.path("distances.tsv");
        if self.files.get(&file).is_empty() {
            return Ok(FxHashMap::default());
        }
        let table = Table::read(&file, self.files.get(&file), &["form", "kind", "value", "basis", "example"])?;
        table.rows().map(|row| Ok((marsad_text::fold(row.need("form")?), DistanceWord::read(&row)?))).collect()
    }

    fn folded_set(&self, name: &str) -> Result<FxHashSet<String>, KnowledgeError> {
        let file = self.path(name);
        if self.files.get(&file).is_empty() {
            return Ok(FxHashSet::default());
        }
        let table = Table::read(&file, self.files.get(&file), &["form", "basis"])?;
        Ok(table.rows().map(|row| marsad_text::fold(row.get("form"))).collect())
    }
}

/// The clitics of a language; none where it has no such file.
fn clitics(files: &Files, code: &str) -> Result<Clitics, KnowledgeError> {
    let file = format!("{code}/clitics.tsv");
    if files.get(&file).is_empty() {
        return Ok(Clitics::default());
    }
    let table = Table::read(&file, files.get(&file), &["kind", "form", "basis"])?;
    let rows: Vec<(String, String)> = table.rows().map(|r| (r.get("kind").to_owned(), marsad_text::fold(r.get("form")))).collect();
    Ok(Clitics::new(rows.iter().map(|(k, f)| (k.as_str(), f.as_str()))))
}

impl LanguageKnowledge {
    /// Load a language's folder; `actor_names` are (name, index into [`Actors::names`], example) of its language.
    /// `source_names` are (name, index into [`crate::Sources::entries`]) of its language.
    pub(crate) fn load(
        files: &Files,
        language: Language,
        actor_names: &[(String, u32, String)],
        source_names: &[(String, u32)],
    ) -> Result<Self, KnowledgeError> {
        let code = language.code();
        let mut l = Loader { files, code, lexicon: Lexicon::new(clitics(files, code)?), examples: Vec::new() };
        for (name, index, example) in actor_names {
            l.add(std::slice::from_ref(name), Entry::ActorName(*index), "world/actor_names.tsv", 0, example);
        }
        for (name, index) in source_names {
            l.lexicon.insert(name, Entry::Source(*index));
        }
        let people = l.cues("people.tsv", &["form", "plural"], People::read, |_, row| Entry::People { row })?;
        let triggers = Self::load_triggers(&mut l)?;
        l.cues("support.tsv", &["form", "forms"], |row| need_word::<Support>(row, "kind"), |s, _| Entry::Support(*s))?;
        l.cues("markers.tsv", &["form"], read_slot, |s, _| Entry::Marker(*s))?;
        l.cues("means.tsv", &["form", "forms"], MeansWord::read, |m, _| Entry::Means(*m))?;
        l.cues("sayings.tsv", &["form", "forms"], Saying::read, |s, _| Entry::Saying(*s))?;
        l.cues("modality.tsv", &["form"], ModalityCue::read, |m, _| Entry::Modality(*m))?;
        let article = l.lexicon.clitics().clone();
        let reference =
            |row: &marsad_table::Row| Reference::read(row, article.without_article(&marsad_text::fold(row.get("form"))).is_some());
        let references =
            l.cues("coreference.tsv", &["form"], reference, |r, row| Entry::Refers { refers: r.refers, definite: r.definite, row })?;
        let place_nouns = l.cues("place_nouns.tsv", &["form", "plural"], PlaceNoun::read, |_, row| Entry::PlaceNoun { row })?;
        l.cues("causes.tsv", &["form"], CauseCue::read, |c, _| Entry::Cause(*c))?;
        l.cues("blocks.tsv", &["form"], |_| Ok(()), |(), _| Entry::Blocked)?;
        l.cues("fields.tsv", &["form"], FieldWord::read, |f, _| Entry::OtherField(*f))?;
        l.cues("persons.tsv", &["form"], |_| Ok(()), |(), _| Entry::PersonTitle)?;
        l.cues("organisations.tsv", &["form"], |row| Ok(row.get("kind") == "armed"), |armed, _| Entry::OrganisationHead { armed: *armed })?;
        let file = l.path("grammar.toml");
        let grammar: Grammar = toml::from_str(files.get(&file)).map_err(|error| KnowledgeError::Rules { file, error: Box::new(error) })?;
        let file = l.path("tagger.toml");
        let tagger: TaggerTrust =
            toml::from_str(files.get(&file)).map_err(|error| KnowledgeError::Rules { file, error: Box::new(error) })?;
        for article in &grammar.articles {
            l.lexicon.insert(article, Entry::Marker(Slot::Article));
        }
        let file = l.path("victims.tsv");
        let victims = crate::victim::read(&file, files.get(&file), l.lexicon.clitics().clone())?;
        let (abbreviations, stop) = (l.folded_set("abbreviations.tsv")?, l.folded_set("stop.tsv")?);
        let (ordinary, distances) = (l.folded_set("ordinary.tsv")?, l.distances()?);
        let Loader { lexicon, examples, .. } = l;
        let (called, votes) = (FxHashMap::default(), Votes::load(files, language)?);
        Ok(Self {
            language,
            grammar,
            tagger,
            lexicon,
            people,
            triggers,
            references,
            place_nouns,
            abbreviations,
            stop,
            called,
            victims,
            votes,
            ordinary,
            distances,
            examples,
        })
    }

    /// Note by which words the language calls actors.
    pub(crate) fn call(&mut self, actors: &Actors, names: &[(String, u32, String)]) {
        for (name, index, _) in names {
            let words = Words::of(name);
            for i in 0..words.len() {
                let word = words.folded(i);
                let word = self.lexicon.clitics().without_article(word).unwrap_or(word);
                let actor = actors.names[*index as usize].actor;
                let called = self.called.entry(word.to_owned()).or_default();
                if !called.contains(&actor) {
                    called.push(actor);
                }
            }
        }
    }

    fn load_triggers(l: &mut Loader) -> Result<Vec<Trigger>, KnowledgeError> {
        let file = l.path("triggers.tsv");
        let mut triggers = Vec::new();
        for CueRow { value: (trigger, forms), example, line, .. } in load_triggers(&file, l.files.get(&file))? {
            let row = triggers.len() as u32;
            for f in &forms {
                l.lexicon.insert(&f.form, Entry::Trigger { row, participle: f.participle });
            }
            l.add(&[], Entry::Trigger { row, participle: false }, &file, line, &example);
            triggers.push(trigger);
        }
        Ok(triggers)
    }

    /// The phrases that stand in a text, none overlapping another: at each word the longest, and of equally long ones
    /// all that the same reading of the word allows.
    /// `day` is the report's, where known: names change hands.
    pub fn hits<'k>(&'k self, actors: &Actors, day: Option<Date>, text: &str, words: &Words) -> Vec<Hit<'k, Entry>> {
        let (mut hits, mut i) = (Vec::new(), 0);
        while i < words.len() {
            let here = self.lexicon.at(text, words, i);
            let best = here.into_iter().find(|h| h.values.iter().any(|e| self.allowed(actors, day, *e, words, h)));
            match best {
                Some(hit) if self.name_crosses(actors, day, text, words, &hit) => i += 1,
                Some(hit) => {
                    i = hit.last + 1;
                    hits.push(hit);
                }
                None => i += 1,
            }
        }
        hits
    }

    /// Does a longer name of an actor begin inside this phrase and end after it? "the organisation" is none in "the
    /// Organisation of Islamic Cooperation".
    fn name_crosses(&self, actors: &Actors, day: Option<Date>, text: &str, words: &Words, hit: &Hit<Entry>) -> bool {
        let longer = |h: &Hit<Entry>| h.last > hit.last && h.last - h.first > hit.last - hit.first;
        let name = |h: &Hit<Entry>| h.values.iter().any(|e| matches!(e, Entry::ActorName(_)) && self.allowed(actors, day, *e, words, h));
        (hit.first + 1..=hit.last).any(|j| self.lexicon.at(text, words, j).iter().any(|h| longer(h) && name(h)))
    }

    /// Is this entry possible here, by how the word is written?
    pub fn allowed(&self, actors: &Actors, day: Option<Date>, entry: Entry, words: &Words, hit: &Hit<Entry>) -> bool {
        let case = words[hit.first].case;
        match entry {
            Entry::Refers { definite, .. } if definite => {
                let before = hit.first.checked_sub(1).map(|b| words.folded(b));
                return hit.form.article || before.is_some_and(|b| self.grammar.definite.iter().any(|d| d == b));
            }
            // No verb has an article: «التابع» is no "he continued".
            Entry::Saying(Saying::Cue(SayingKind::Verb, _)) | Entry::Support(_) if hit.form.article => return false,
            Entry::Trigger { row, .. } if hit.form.article => return self.triggers[row as usize].pos != PartOfSpeech::Verb,
            _ => {}
        }
        let Entry::ActorName(index) = entry else {
            // Outlets are called after common words ("the guardian"): only capitals tell them apart.
            return !matches!(entry, Entry::Source(_)) || case != Case::Lower;
        };
        let name = &actors.names[index as usize];
        let plain = |i: usize| matches!(words[i].case, Case::Lower | Case::None);
        let lower = name.proper && words.cased() && (hit.first..=hit.last).all(plain);
        name.holds_on(day) && !lower && !(name.capitals && case != Case::Upper)
    }

    /// Check that each row's example holds what the row says: the faults, file and line first.
    pub fn check(&self, actors: &Actors) -> Vec<String> {
        let mut faults = Vec::new();
        for example in &self.examples {
            let words = Words::of(&example.text);
            let found = self.hits(actors, None, &example.text, &words).iter().any(|h| h.values.iter().any(|v| same_row(*v, example.entry)));
            if !found {
                faults.push(format!("{}: the example does not hold the row's form: {}", example.at, example.text));
            }
        }
        faults
    }
}

/// Do the two stand for the same row (a trigger's participle and its other forms do)?
fn same_row(a: Entry, b: Entry) -> bool {
    match (a, b) {
        (Entry::Trigger { row: a, .. }, Entry::Trigger { row: b, .. }) => a == b,
        (a, b) => a == b,
    }
}
