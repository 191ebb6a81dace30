//! One report's text becomes mentions and claims.
//!
//! In: a [`Report`]. Out: an [`Analysis`]. The way: words and sentences → phrases of the lexicon, times, numbers and
//! places → rows of items → parties → triggers and their slots → drafts → harm, voice, modality, time, cause →
//! claims, one for each happening the report tells of.
//!
//! **Invariants.** A pure function of the report and of knowledge: no clock, file, network, or thread count in it. It
//! cannot fail on any text. Every value keeps the span it was read from; what stands for words said elsewhere says
//! `carried`. Nothing here knows another report.

mod accusation;
mod age;
mod attribution;
mod casualty;
mod cause;
mod claim;
mod clue;
mod coreference;
mod draft;
mod filler;
mod harm;
mod item;
mod mention;
mod merge;
mod modality;
mod name;
mod namesake;
mod naming;
mod need;
mod party;
mod passage;
mod person;
mod phrase;
mod place;
mod slot;
mod spelt;
mod telling;
mod victim;
mod vote;
mod when;

pub use clue::Sight;

use claim::claim;
use draft::Draft;
use jiff::civil::Date;
use marsad_expression::{ExpressionError, Expressions, TimeExpression};
use marsad_gazetteer::Gazetteer;
use marsad_knowledge::{Ballot, Entry, Files, Knowledge, KnowledgeError};
use marsad_model::{Claim, Language, Mention, Report, Span, Status, TimeBasis, TimePrecision};
use marsad_name::Names;
use marsad_tagger::{Model, ModelError, Tagging};
use marsad_text::{Hit, Words, sentences};
use passage::Passage;
use serde::{Deserialize, Serialize};
use spelt::Spellings;

/// What one report says.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Analysis {
    /// Everything recognised, in text order.
    pub mentions: Vec<Mention<Span>>,
    /// What it says happened or holds, in text order.
    pub claims: Vec<Claim<Span>>,
}

/// The analyser could not be set up.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AnalyserError {
    /// Knowledge has a fault.
    #[error(transparent)]
    Knowledge(#[from] KnowledgeError),
    /// The grammar of times has a fault.
    #[error("{language}: {error}")]
    Expression {
        /// Whose grammar.
        language: &'static str,
        /// The fault.
        error: ExpressionError,
    },
    /// The tagger's model has a fault.
    #[error("{language}/tagger.model: {error}")]
    Model {
        /// Whose model.
        language: &'static str,
        /// The fault.
        error: ModelError,
    },
}

/// Reads reports with all that Marsad knows.
#[derive(Debug)]
pub struct Analyser {
    knowledge: Knowledge,
    arabic: Expressions,
    english: Expressions,
    /// The taggers of Arabic and English; none where knowledge has no model.
    taggers: [Option<Model>; 2],
    gazetteer: &'static Gazetteer,
    spellings: Spellings,
}

impl Analyser {
    /// Load knowledge and make the analyser, with the places that the program carries.
    pub fn new(files: &Files) -> Result<Self, AnalyserError> {
        Self::with(files, Gazetteer::embedded())
    }

    /// Load knowledge and make the analyser, with these places.
    pub fn with(files: &Files, gazetteer: &'static Gazetteer) -> Result<Self, AnalyserError> {
        let knowledge = Knowledge::load(files)?;
        let expressions = |language: Language| {
            let code = language.code();
            let clitics = knowledge.language(language).map(|l| l.lexicon.clitics().clone()).unwrap_or_default();
            Expressions::load(clitics, |name| files.get(&format!("{code}/{name}")))
                .map_err(|error| AnalyserError::Expression { language: code, error })
        };
        let (arabic, english) = (expressions(Language::Arabic)?, expressions(Language::English)?);
        let names = Names::load(files.get("world/spelling.tsv"), files.get("world/letters.tsv")).map_err(KnowledgeError::from)?;
        let spellings = Spellings::new(names, &knowledge.actors);
        let tagger = |language: Language| {
            let model = files.model(&format!("{}/tagger.model", language.code())).map(Model::read);
            model.transpose().map_err(|error| AnalyserError::Model { language: language.code(), error })
        };
        let taggers = [tagger(Language::Arabic)?, tagger(Language::English)?];
        Ok(Self { knowledge, arabic, english, taggers, gazetteer, spellings })
    }

    /// What the analyser knows.
    pub fn knowledge(&self) -> &Knowledge {
        &self.knowledge
    }

    /// The faults of the knowledge tables that only show when they are used: rows whose example does not hold them.
    pub fn check(&self) -> Vec<String> {
        let languages = [Language::Arabic, Language::English].into_iter().filter_map(|l| self.knowledge.language(l));
        languages.flat_map(|l| l.check(&self.knowledge.actors)).collect()
    }

    /// Read one report.
    pub fn analyse(&self, report: &Report) -> Analysis {
        self.passage(report).map_or_else(Analysis::default, |passage| self.read(&passage, report))
    }

    /// What would be claimed of a report if nothing were put to the vote.
    pub fn candidates(&self, report: &Report) -> Vec<Candidate> {
        let Some(passage) = self.passage(report) else { return Vec::new() };
        let drafts = happenings(&passage, report);
        let house = vote::House::of(&passage, report, &drafts);
        let seen = |d: Draft| {
            let (features, context, ballot) = (house.features(&d), house.context(&d), vote::ballot(&d));
            Some(Candidate { features, context, ballot, claim: claim(&passage, report, d)? })
        };
        drafts.iter().cloned().filter_map(seen).collect()
    }

    /// Read one report and show each sentence as the frames see it, and how each happening was voted on.
    pub fn trace(&self, report: &Report) -> Trace {
        let Some(passage) = self.passage(report) else { return Trace::default() };
        let drafts = happenings(&passage, report);
        let house = vote::House::of(&passage, report, &drafts);
        Trace {
            analysis: self.read(&passage, report),
            rows: passage.rows.iter().map(|row| passage.show(row)).collect(),
            votes: drafts.iter().map(|d| house.reasons(d)).collect(),
        }
    }

    fn read(&self, passage: &Passage, report: &Report) -> Analysis {
        let (mut mentions, mut claims) = (mention::mentions(passage, report.published.as_ref()), claims(passage, report));
        namesake::join(&self.spellings, &mut mentions, &mut claims);
        Analysis { mentions, claims }
    }

    /// What the tagger sees of a report: what it is trained on; `None` for languages that knowledge lacks.
    pub fn sight(&self, report: &Report) -> Option<Sight> {
        let (passage, hits) = self.read_names(report)?;
        let clues = clue::clues(&passage, &hits);
        Some(Sight { words: passage.words, sentences: passage.sentences.into_iter().map(|s| s.words).collect(), clues })
    }

    /// A report's text laid out; `None` for languages that knowledge lacks.
    fn passage<'a>(&'a self, report: &'a Report) -> Option<Passage<'a, 'a>> {
        let (mut passage, hits) = self.read_names(report)?;
        if let Some(tagger) = &self.taggers[usize::from(report.language == Language::English)] {
            name::recognise(self.gazetteer, tagger, &mut passage, &hits);
        }
        passage.lay_out(&hits);
        naming::decide(&mut passage, &hits, report);
        person::find_persons(&mut passage);
        victim::find(&mut passage);
        party::join_parties(&mut passage);
        coreference::resolve(&mut passage);
        place::resolve(self.gazetteer, &mut passage, report);
        phrase::find(&mut passage);
        slot::settle_verbs(&mut passage);
        Some(passage)
    }

    /// The words of a report with the phrases, times, numbers and places that knowledge finds in it.
    fn read_names<'a>(&'a self, report: &'a Report) -> Option<(Passage<'a, 'a>, Vec<Hit<'a, Entry>>)> {
        // Bare figures are read alike in every language.
        let figures = report.language == Language::Other && !report.text.chars().any(char::is_alphabetic);
        let told_in = if figures { Language::English } else { report.language };
        let language = self.knowledge.language(told_in)?;
        let expressions = if told_in == Language::Arabic { &self.arabic } else { &self.english };
        let text = report.text.as_str();
        let words = Words::of(text);
        let sentences = sentences(text, &words, &language.abbreviations);
        let found = expressions.find(text, &words, &sentences);
        let day = report.published.as_ref().and_then(marsad_model::Published::day).or_else(|| latest(&found.times));
        let ages = age::ages(&found, language, text, &words);
        let past: Vec<_> = ages.iter().map(|a| a.first..=a.last).collect();
        let mut hits = language.hits(&self.knowledge.actors, day, text, &words, &past);
        let mut passage = Passage {
            text,
            knowledge: &self.knowledge,
            gazetteer: self.gazetteer,
            language,
            day,
            words,
            sentences,
            rows: Vec::new(),
            namings: Vec::new(),
            places: Vec::new(),
            spelt: Vec::new(),
            times: found.times,
            numbers: found.numbers,
            ages,
            victims: Vec::new(),
            tagging: Tagging::default(),
        };
        passage.spelt = self.spellings.find(&passage, &mut hits);
        passage.places = place::find(self.gazetteer, &passage, &hits, report);
        Some((passage, hits))
    }
}

/// The latest day or month that an undated text tells of: names that changed hands mean who bore them then.
fn latest(times: &[TimeExpression]) -> Option<Date> {
    let full = |t: &TimeExpression| {
        let told = t.resolve(None);
        (told.basis == TimeBasis::Explicit && matches!(told.precision, TimePrecision::Day | TimePrecision::Month)).then_some(told.end)?
    };
    times.iter().filter_map(full).max()
}

/// How a report was read, for a person to look into.
#[derive(Debug, Default)]
pub struct Trace {
    /// What it says.
    pub analysis: Analysis,
    /// Each sentence as the frames see it.
    pub rows: Vec<String>,
    /// Each happening, whether it stands, and what weighed most.
    pub votes: Vec<String>,
}

/// A claim before the vote, with what the vote sees of it: what the vote is trained on.
#[derive(Debug)]
pub struct Candidate {
    /// The claim.
    pub claim: Claim<Span>,
    /// Of which sort it is.
    pub ballot: Ballot,
    /// The features by name, sorted, each once.
    pub features: Vec<String>,
    /// What the rest of the report adds, in thousandths: nothing that is learnt.
    pub context: i32,
}

fn claims(passage: &Passage, report: &Report) -> Vec<Claim<Span>> {
    let drafts = happenings(passage, report);
    let house = vote::House::of(passage, report, &drafts);
    let stands = |mut d: Draft| {
        let vote = house.vote(&d);
        d.because.push(vote.to_string());
        if !vote.stands() {
            d.status = Status::Background;
        }
        let mut claim = claim(passage, report, vote.is_heard().then_some(d)?)?;
        claim.confidence = vote.confidence().unwrap_or(claim.confidence);
        Some(claim)
    };
    drafts.into_iter().filter_map(stands).collect()
}

/// All that a report tells of, as drafts: one for each happening.
fn happenings(passage: &Passage, report: &Report) -> Vec<Draft> {
    let voices = attribution::voices(passage);
    let mut drafts = draft::drafts(passage);
    modality::apply(passage, &voices, &mut drafts);
    for draft in &mut drafts {
        draft.attribution = voices[draft.sentence].said_at(&passage.rows[draft.sentence], draft.at);
    }
    let mut drafts = harm::join(passage, drafts);
    when::tell(passage, report.published.as_ref(), &mut drafts);
    cause::explain(passage, &mut drafts);
    let mut drafts = merge::merge(passage, drafts);
    victim::attach(passage, &mut drafts);
    place::carry(passage, &mut drafts);
    when::set_back(report.published.as_ref(), &mut drafts);
    drafts
}
