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

use draft::Draft;
use item::Item;
use jiff::civil::Date;
use marsad_expression::{ExpressionError, Expressions, TimeExpression};
use marsad_gazetteer::Gazetteer;
use marsad_knowledge::{Ballot, Entry, Files, Knowledge, KnowledgeError};
use marsad_model::{
    ActorRole, Attribution, AttributionKind, Claim, ClaimActor, ClaimId, ClaimPlace, Language, Level, Mention, PlaceRole, Report, Span,
    Status, TimeBasis, TimePrecision,
};
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

/// Roles that an event which is only spoken of ("condemned the attack") must bring of its own: chosen on the train part
/// of the public Arabic sentences, where fewer let in old news and more lose what happened.
const SPOKEN_OF_DETAILS: usize = 2;

/// A draft of which enough is known becomes a claim.
fn claim(passage: &Passage, report: &Report, draft: Draft) -> Option<Claim<Span>> {
    let event_type = draft.event_type?;
    let named = draft.actors.iter().filter(|a| a.id.is_some()).count();
    let placed = draft.places.iter().any(|p| p.role == PlaceRole::Where);
    let trigger = &passage.language.triggers[draft.trigger as usize];
    let row = &passage.rows[draft.sentence];
    let (from, to) = draft.slots.reach;
    let somewhere = row.iter().take(to + 1).skip(from).any(|i| i.place_noun().is_some());
    let known = named > 0 || placed || somewhere || !draft.casualties.is_empty() || !draft.actors.is_empty() || !draft.means.is_empty();
    // What is only spoken of must say more for itself to be worth a claim.
    let violent = draft.is_violent();
    let details = draft.actors.len()
        + usize::from(draft.places.iter().any(|p| p.role == PlaceRole::Where && !p.carried))
        + usize::from(draft.time.as_ref().is_some_and(|t| t.span.is_some()))
        + usize::from(!draft.casualties.is_empty() || !draft.means.is_empty());
    if violent && !draft.said && details < SPOKEN_OF_DETAILS {
        return None;
    }
    // «تندد بعمليات الاعتقال»: arrests of nobody, by nobody, are spoken of.
    if event_type.class() == "custody"
        && event_type.kind() == "arrest"
        && !draft.said
        && draft.actors.is_empty()
        && draft.casualties.is_empty()
    {
        return None;
    }
    // "Butchers slaughter sheep": people without arms who do a violent thing to nobody, nowhere, do it in another sense.
    let beside = placed || !draft.casualties.is_empty() || !draft.means.is_empty();
    if violent && !beside && !draft.actors.is_empty() && draft.actors.iter().all(|a| unarmed_doer(passage, row, a)) {
        return None;
    }
    // "The committee shot down his proposal": where nothing but phrases fills the roles, a place or a number must speak for it.
    let stated = draft.casualties.iter().any(|c| c.min.is_some() || c.max.is_some());
    let vague = |a: &ClaimActor<Span>| unarmed_doer(passage, row, a) || is_phrase(row, a);
    let own_place = |p: &ClaimPlace<Span>| p.role == PlaceRole::Where && !draft.actors.iter().any(|a| a.span.overlaps(p.span));
    let somewhere_else = draft.places.iter().any(own_place);
    // Who tells of shells and air strikes means them.
    let literal = event_type.class() == "explosion";
    if violent
        && !literal
        && !somewhere_else
        && !stated
        && draft.means.iter().all(|m| m.span == draft.span)
        && !draft.actors.is_empty()
        && draft.actors.iter().all(vague)
    {
        return None;
    }
    // A bare noun with nobody, nowhere and no harm beside it tells of nothing in particular.
    if !known {
        return None;
    }
    // "called on farmers to keep away": words count as an event where it is known whose they are.
    let spoke = draft.actors.iter().any(|a| a.role == ActorRole::Initiator && (a.id.is_some() || a.carried));
    if trigger.frame == "speak" && !spoke {
        return None;
    }
    let mut draft = draft;
    if draft.actors.iter().any(|a| passage.spelt_in(a.span).is_some()) {
        draft.doubts.push("an actor by a spelling of its name that is not listed");
    }
    accusation::deny(passage, &mut draft);
    let level =
        if trigger.pos == marsad_knowledge::PartOfSpeech::Noun && event_type.class() == "battle" { Level::Incident } else { Level::Act };
    let mut attribution = draft.attribution;
    if attribution.is_empty()
        && let Some(name) = report.source.name.as_ref().and_then(|n| outlet_in(passage, n))
    {
        attribution.push(name);
    }
    Some(Claim {
        id: ClaimId::at(&report.id, draft.span),
        report: report.id.clone(),
        access: attribution::access(&attribution),
        event_type,
        level,
        status: draft.status,
        trigger: draft.span,
        confidence: confidence(&draft.doubts, named, placed, &draft.actors),
        modality: draft.modality,
        polarity: draft.polarity,
        actors: draft.actors,
        places: draft.places,
        time: draft.time,
        casualties: draft.casualties,
        means: draft.means,
        attribution,
        cause: draft.cause,
        outcome: draft.outcome,
        intent: draft.intent,
        evidence: draft.evidence,
        more_evidence: draft.more_evidence,
        because: draft.because,
    })
}

/// Is the role filled by a phrase of which nothing is known, and no name?
fn is_phrase(row: &[Item], actor: &ClaimActor<Span>) -> bool {
    let phrase = |i: &Item| i.party.as_ref().is_some_and(|p| p.whole == actor.span && p.phrase && !p.person);
    row.iter().any(|i| phrase(i) && !i.entries.contains(&Entry::Thing))
}

/// Does this role say no more than that someone does something who bears no arms and whom nothing is known of: butchers,
/// fans, a single word with a capital?
fn unarmed_doer(passage: &Passage, row: &[Item], actor: &ClaimActor<Span>) -> bool {
    let party = row.iter().filter_map(|i| i.party.as_ref()).find(|p| p.span == actor.span && p.actor.is_none());
    let unarmed = party.is_some_and(|p| match p.people {
        Some(people) => {
            let people = &passage.language.people[people as usize];
            !people.is_armed() && people.kind != "official"
        }
        None => p.person && !actor.span.of(passage.text).contains(char::is_whitespace),
    });
    actor.id.is_none() && matches!(actor.role, ActorRole::Initiator | ActorRole::Party) && unarmed
}

/// The outlet's own name, where the report writes it: then it can be shown as who says so.
fn outlet_in(passage: &Passage, name: &str) -> Option<Attribution<Span>> {
    let at = passage.text.find(name)?;
    let span = Span::new(at, at + name.len());
    Some(Attribution { kind: AttributionKind::Outlet, id: None, name: name.to_owned(), span, carried: true })
}

/// How sure the reading is: a first, stated rule. Half for a trigger with any role filled, more for each of a named actor
/// in a definite role, a place, a second actor; less for each doubt.
fn confidence(doubts: &[&str], named: usize, placed: bool, actors: &[marsad_model::ClaimActor<Span>]) -> f64 {
    let definite = actors.iter().any(|a| a.id.is_some() && matches!(a.role, ActorRole::Initiator | ActorRole::Party));
    let tenths = 5 + u32::from(named > 0) + u32::from(definite) + u32::from(placed) + u32::from(named > 1);
    let tenths = tenths.saturating_sub(doubts.len() as u32 * 2);
    f64::from(tenths) / 10.0
}
