//! What Marsad knows before it reads anything: loads and checks the folder `knowledge/`.
//!
//! In: the files of the folder, embedded in the program or, with `--knowledge DIR`, from a user's own copy. Out: typed
//! tables and one lexicon a language.
//!
//! **Invariants.** A faulty row is an error that names file and line; nothing is skipped in silence. What is loaded
//! depends on the files' content alone.

mod actor;
mod codes;
mod cue;
mod distance;
mod error;
mod field;
mod files;
mod furniture;
mod grammar;
mod hits;
mod language;
mod sector;
mod source;
mod trigger;
mod victim;
mod vote;

pub use actor::{Actor, ActorKind, ActorName, Actors, Flavour};
pub use codes::{Codes, CountryCode, EventCode, PlaceCode, Precision, TimeCode, TimeWord};
pub use cue::{
    Accused, CauseCue, CauseKind, Effect, Force, MeansWord, ModalityCue, People, PlaceNoun, Reference, Refers, Saying, SayingKind, Scope,
    Support,
};
pub use distance::DistanceWord;
pub use error::KnowledgeError;
pub use field::{Field, FieldWord};
pub use files::{Files, FilesError};
pub use furniture::{Furniture, FurnitureAction, FurnitureRule};
pub use grammar::{Grammar, Reported};
pub use language::{Entry, Example, LanguageKnowledge, TaggerTrust, clitics};
pub use source::{SourceEntry, SourceName, Sources};
pub use trigger::{Frame, Frames, Need, PartOfSpeech, Refinement, Slot, Trigger};
pub use victim::{VictimCue, VictimWord};
pub use vote::{Ballot, VoteRules, Votes, feature};

use marsad_model::Language;

/// All that analysis knows: actors, frames, and a lexicon for each language.
#[derive(Debug)]
pub struct Knowledge {
    /// Actors and their names.
    pub actors: Actors,
    /// Frames and refinements.
    pub frames: Frames,
    /// Sources and their names.
    pub sources: Sources,
    languages: Vec<LanguageKnowledge>,
}

impl Knowledge {
    /// Load and check the tables.
    pub fn load(files: &Files) -> Result<Self, KnowledgeError> {
        let mut names: Vec<(String, String, u32, String)> = Vec::new();
        let actors = Actors::load(files, |language, name, index, example| {
            names.push((language.to_owned(), name.to_owned(), index, example.to_owned()));
        })?;
        let frames = Frames::load(files)?;
        let sources = Sources::load(files)?;
        let mut languages = Vec::new();
        for language in [Language::Arabic, Language::English] {
            let own: Vec<_> = names.iter().filter(|n| n.0 == language.code()).map(|n| (n.1.clone(), n.2, n.3.clone())).collect();
            let outlets: Vec<_> =
                sources.names().filter(|(n, _)| n.language == language.code()).map(|(n, e)| (n.name.clone(), sources.index(e))).collect();
            let mut loaded = LanguageKnowledge::load(files, language, &own, &outlets)?;
            loaded.call(&actors, &own);
            for trigger in &loaded.triggers {
                if !frames.frame.contains_key(&trigger.frame) {
                    return Err(KnowledgeError::UnknownFrame { lemma: trigger.lemma.clone(), frame: trigger.frame.clone() });
                }
            }
            languages.push(loaded);
        }
        Ok(Self { actors, frames, sources, languages })
    }

    /// A language's knowledge; `None` for languages that have no folder.
    pub fn language(&self, language: Language) -> Option<&LanguageKnowledge> {
        self.languages.iter().find(|l| l.language == language)
    }
}
