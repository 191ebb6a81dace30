//! The thresholds, weights and compatibility rules of collating: data, read from `world/collation.toml`.

use crate::dictionary::Dictionary;
use marsad_model::{Attribute, EventType, MeansKind};
use marsad_name::Spelling;
use marsad_table::TableError;
use marsad_text::Clitics;
use serde::Deserialize;

/// The rules could not be read.
#[derive(Debug, thiserror::Error)]
pub enum RulesError {
    /// The rules themselves.
    #[error("reading the rules `world/collation.toml`: {0}")]
    Rules(#[from] toml::de::Error),
    /// A value of the rules.
    #[error("reading the rules `world/collation.toml`: {0}")]
    Value(String),
    /// The table of letters, or that of words.
    #[error("reading how words are written: {0}")]
    Letters(#[from] TableError),
}

/// All rules of collating.
#[derive(Debug)]
pub struct Rules {
    pub(crate) copies: Copies,
    pub(crate) translations: Translations,
    pub(crate) quotes: Quotes,
    pub(crate) events: Events,
    pub(crate) spelling: Spelling,
    pub(crate) dictionary: Dictionary,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    copies: Copies,
    translations: Translations,
    quotes: Quotes,
    events: Events,
}

/// When two texts of one language are one telling.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Copies {
    pub(crate) shingle_words: usize,
    pub(crate) sample_one_in: u64,
    pub(crate) sample_least: usize,
    pub(crate) longest_posting: usize,
    pub(crate) furniture_texts: usize,
    pub(crate) propose_share: f64,
    pub(crate) copy_jaccard: f64,
    pub(crate) containment: f64,
    pub(crate) copy_length: f64,
    pub(crate) excerpt_words: usize,
    pub(crate) whole_words: usize,
    pub(crate) roundup: f64,
    pub(crate) rewrite_containment: f64,
    pub(crate) rewrite_shingles: usize,
    pub(crate) formula: f64,
    pub(crate) cut_containment: f64,
    pub(crate) most_days: i32,
    pub(crate) own_days: i32,
    pub(crate) update_growth: f64,
    pub(crate) wall_reports: usize,
    pub(crate) wall_days: i32,
    pub(crate) clique: usize,
    pub(crate) run_words: usize,
    pub(crate) most_spans: usize,
}

/// When two texts of different languages are one telling.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Translations {
    pub(crate) weight: AnchorWeights,
    pub(crate) skeleton_least: usize,
    pub(crate) other_script: f64,
    pub(crate) sentence_words: usize,
    pub(crate) longest_posting: usize,
    pub(crate) proposals: usize,
    pub(crate) propose_weight: f64,
    pub(crate) most_days: i32,
    pub(crate) repeated: f64,
    pub(crate) unmatched: f64,
    pub(crate) gap_open: f64,
    pub(crate) gap_extend: f64,
    pub(crate) length_ratio: f64,
    pub(crate) length_spread: f64,
    pub(crate) length_weight: f64,
    pub(crate) untold: Bar,
    pub(crate) told: Bar,
    pub(crate) through: Through,
    pub(crate) through_told: Through,
    pub(crate) told_reach: f64,
    pub(crate) most: f64,
    pub(crate) shared_details: f64,
    pub(crate) sure_coverage: f64,
    pub(crate) least_share: f64,
    pub(crate) least_shared_weight: f64,
    pub(crate) judged_claims: usize,
    pub(crate) alike_claims: f64,
    pub(crate) least_details: f64,
    pub(crate) many_kinds: usize,
    pub(crate) many_share: f64,
    pub(crate) silent_share: f64,
    pub(crate) signal: f64,
    pub(crate) words: Vocabulary,
}

/// What an alignment must reach.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Bar {
    pub(crate) weight: f64,
    pub(crate) kinds: usize,
    pub(crate) sentences: usize,
    pub(crate) coverage: f64,
}

/// What an alignment that runs through most of a text must reach.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Through {
    pub(crate) sentences: f64,
    pub(crate) weight: f64,
    pub(crate) kinds: usize,
    pub(crate) coverage: f64,
    pub(crate) held: f64,
}

/// What everyday words tell that both texts have, each in its language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Vocabulary {
    pub(crate) weight: f64,
    pub(crate) chance: f64,
    pub(crate) kinds: usize,
    pub(crate) reach: f64,
    pub(crate) judged: usize,
    pub(crate) least: f64,
    pub(crate) untold: Spoken,
    pub(crate) told: Spoken,
}

/// How far the everyday words of aligned sentences must answer to each other.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Spoken {
    pub(crate) share: f64,
    pub(crate) excess: f64,
    pub(crate) through: f64,
}

/// What an anchor of each sort is worth.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AnchorWeights {
    pub(crate) actor: f64,
    pub(crate) place: f64,
    pub(crate) event_type: f64,
    pub(crate) time: f64,
    pub(crate) means: f64,
    pub(crate) number: Vec<f64>,
    pub(crate) year: f64,
    pub(crate) foreign_word: f64,
    pub(crate) skeleton: Vec<f64>,
}

/// When a report that names another's outlet has it from there.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Quotes {
    pub(crate) most_days: i32,
    pub(crate) most: usize,
}

/// When two claims are of one event.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Events {
    pub(crate) link: f64,
    pub(crate) join: f64,
    pub(crate) largest: usize,
    pub(crate) largest_block: usize,
    pub(crate) block_window: usize,
    pub(crate) tolerance_days: i32,
    pub(crate) published_days: i32,
    pub(crate) near_km: f64,
    pub(crate) region_km: f64,
    pub(crate) cell_degrees: f64,
    pub(crate) context_letters: u32,
    pub(crate) one_means: Vec<(MeansKind, MeansKind)>,
    pub(crate) counted_letters: u32,
    pub(crate) grade: Grading,
    pub(crate) weight: EventWeights,
    #[serde(default)]
    pub(crate) compatible: Vec<Compatible>,
}

/// When an event is suggested to be fair or contested.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Grading {
    pub(crate) fair: u32,
    pub(crate) contested: Vec<Attribute>,
}

/// What two claims earn or lose by an attribute.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EventWeights {
    pub(crate) same_kind: f64,
    pub(crate) same_class: f64,
    pub(crate) same_place: f64,
    pub(crate) same_name: f64,
    pub(crate) near_place: f64,
    pub(crate) place_in_settlement: f64,
    pub(crate) place_in_region: f64,
    pub(crate) same_day: f64,
    pub(crate) next_day: f64,
    pub(crate) published_day: Vec<f64>,
    pub(crate) wide_time: f64,
    pub(crate) same_weekday: f64,
    pub(crate) undated: f64,
    pub(crate) same_relative: f64,
    pub(crate) other_part_of_day: f64,
    pub(crate) other_time_and_toll: f64,
    pub(crate) sum_and_part: f64,
    pub(crate) same_pair: f64,
    pub(crate) same_actor: f64,
    pub(crate) other_initiator: f64,
    pub(crate) other_parties: f64,
    pub(crate) same_number: f64,
    pub(crate) other_number: f64,
    pub(crate) same_means: f64,
    pub(crate) other_means: f64,
    pub(crate) other_level: f64,
    pub(crate) sibling: f64,
    pub(crate) named_place: f64,
    pub(crate) most_named_places: f64,
    pub(crate) named_person: f64,
    pub(crate) most_named_persons: f64,
    pub(crate) place_named_by_both: f64,
}

/// Two types that may be told of one happening.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Compatible {
    pub(crate) a: String,
    pub(crate) b: String,
    pub(crate) weight: f64,
}

impl Events {
    /// May two words for a weapon mean one?
    pub(crate) fn is_one_means(&self, a: MeansKind, b: MeansKind) -> bool {
        a == b || self.one_means.iter().any(|(x, y)| (*x, *y) == (a, b) || (*x, *y) == (b, a))
    }
}

impl Rules {
    /// Read the rules (`world/collation.toml`), the table of spellings (`world/spelling.tsv`) and that of words in both
    /// languages (`world/word_pairs.tsv`); Arabic ones are looked up without these clitics.
    pub fn read(collation: &str, spelling: &str, words: &str, clitics: Clitics) -> Result<Self, RulesError> {
        let file: File = toml::from_str(collation)?;
        for c in &file.events.compatible {
            for name in [&c.a, &c.b] {
                let class = name.strip_suffix(".*");
                let known = EventType::all().any(|t| class.map_or(t.to_string() == *name, |c| t.class() == c));
                if !known {
                    return Err(RulesError::Value(format!("`{name}` is neither a type of the contract nor `class.*`")));
                }
            }
        }
        let (spelling, dictionary) = (Spelling::read(spelling)?, Dictionary::read(words, clitics)?);
        Ok(Self { copies: file.copies, translations: file.translations, quotes: file.quotes, events: file.events, spelling, dictionary })
    }
}
