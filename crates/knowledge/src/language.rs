//! One language's knowledge: its words, and one lexicon over all of them.

use crate::Files;
use crate::Flavour;
use crate::actor::Actors;
use crate::cue::{
    Accused, CauseCue, CueRow, MeansWord, ModalityCue, People, PlaceNoun, Reference, Refers, Saying, Support, load_cues, read_slot,
};
use crate::error::{KnowledgeError, need_word};
use crate::grammar::Grammar;
use crate::trigger::{Slot, Trigger, load_triggers};
use crate::vote::Votes;
use crate::{DistanceWord, FieldWord, VictimCue};
use marsad_model::Language;
use marsad_table::{Table, TableError};
use marsad_text::{Clitics, Lexicon, Words};
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
    Accusation(Accused),
    /// A thing that can be hit: a house, a car, a flock.
    Thing,
    /// Index into [`crate::Sources::entries`].
    Source(u32),
    /// A fixed phrase in which a trigger is none.
    Blocked,
    /// A word of another walk of life, in which words of war are figures of speech or harm is a mishap.
    OtherField(FieldWord),
    /// A title or cue before a person's name.
    PersonTitle {
        /// One only with the article: without it the word is another, as a verb.
        definite: bool,
    },
    /// The head word of a named body.
    OrganisationHead {
        /// The body bears arms.
        armed: bool,
        /// An everyday word as well: "a group of files".
        common: bool,
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

/// How far the tagger is believed where knowledge sees otherwise (`tagger.toml`). Shares are from 0 to 1.
#[derive(Debug, Clone, serde::Deserialize)]
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
    /// A place needs no share where a word of place stands before it and all places of that name lie in these countries (ISO 3166
    /// alpha-2): those of the wars that the lists were made for, whose villages the annotated texts hardly name.
    pub home: Vec<String>,
    /// A nationality or community without a people's noun or number beside it is listed where its share as place or body is at
    /// least this.
    pub lone_nationality: f32,
    /// A body that nothing but the tagger sees must have such a share.
    pub body_alone: f32,
    /// A person of several words named with such a share is known for the rest of the report:
    pub person_told: f32,
    /// the first or last word of the name alone is the same person where it has such a share.
    pub person_again: f32,
    /// Right behind a word of harm, several words are a person's name where the first has such a share,
    pub person_harmed: f32,
    /// and behind a word of what is a person's this one,
    pub person_near: f32,
    /// and each of the others this one, or the same where that is less.
    pub person_goes_on: f32,
    /// The word after a noun for an armed body that is an everyday word as well is its name where it has such a share as part
    /// of a body.
    pub head_name: f32,
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
    /// Names of bodies that count only with their article, as indices into the actors' names: «الدولة الإسلامية» is one body's
    /// name, «دولة إسلامية» any such state.
    pub definite: FxHashSet<u32>,
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
pub fn clitics(files: &Files, code: &str) -> Result<Clitics, TableError> {
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
        l.cues("accusations.tsv", &["form", "forms"], |row| need_word::<Accused>(row, "whom"), |a, _| Entry::Accusation(*a))?;
        if !files.get(&l.path("things.tsv")).is_empty() {
            l.cues("things.tsv", &["forms"], |_| Ok(()), |(), _| Entry::Thing)?;
        }
        l.cues("blocks.tsv", &["form"], |_| Ok(()), |(), _| Entry::Blocked)?;
        l.cues("fields.tsv", &["form"], FieldWord::read, |f, _| Entry::OtherField(*f))?;
        l.cues(
            "persons.tsv",
            &["form"],
            |row| Ok(row.need("kind")? == "witness"),
            |definite, _| Entry::PersonTitle { definite: *definite },
        )?;
        let head =
            |row: &marsad_table::Row| Ok(Entry::OrganisationHead { armed: row.get("kind") == "armed", common: row.get("common") == "yes" });
        l.cues("organisations.tsv", &["form"], head, |head, _| *head)?;
        let file = l.path("grammar.toml");
        let read = toml::from_str(files.get(&file)).map_err(|error| KnowledgeError::Rules { file, error: Box::new(error) });
        let grammar = Grammar::folded(read?);
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
        let (called, definite, votes) = (FxHashMap::default(), FxHashSet::default(), Votes::load(files, language)?);
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
            definite,
            victims,
            votes,
            ordinary,
            distances,
            examples,
        })
    }

    /// Note by which words the language calls actors, and which of their names need an article.
    pub(crate) fn call(&mut self, actors: &Actors, names: &[(String, u32, String)]) {
        for (name, index, _) in names {
            let words = Words::of(name);
            if self.needs_article(actors, *index, name, &words) {
                self.definite.insert(*index);
            }
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

    /// Does a body's name begin with an article without which its words mean any such body, or something else?
    fn needs_article(&self, actors: &Actors, index: u32, name: &str, words: &Words) -> bool {
        let named = &actors.names[index as usize];
        let first = words.folded(0);
        let article = name.starts_with(first.chars().next().unwrap_or(' '));
        let core = self.lexicon.clitics().without_article(first).filter(|_| article);
        let common = |core: &str| words.len() > 1 || self.lexicon.get(core).iter().any(|e| !matches!(e, Entry::ActorName(_)));
        named.flavour != Flavour::Nationality && actors.list[named.actor as usize].kind.is_body() && core.is_some_and(common)
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

    /// Check that each row's example holds what the row says: the faults, file and line first.
    pub fn check(&self, actors: &Actors) -> Vec<String> {
        let mut faults = Vec::new();
        for example in &self.examples {
            let words = Words::of(&example.text);
            let found =
                self.hits(actors, None, &example.text, &words, &[]).iter().any(|h| h.values.iter().any(|v| same_row(*v, example.entry)));
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
