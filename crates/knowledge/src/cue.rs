//! Cues: words that are no happening and no name, but say how to read those beside them.

use crate::ActorKind;
use crate::error::{KnowledgeError, need_word, word};
use crate::trigger::Slot;
use marsad_model::{AttributionKind, MeansKind, PeopleGroup, PersonStatus, PlacePrecision};
use marsad_table::{Row, Table, TableError};
use serde::Deserialize;

/// Generic nouns for human beings: "fighters", "residents", "prisoners".
#[derive(Debug, Clone)]
pub struct People {
    /// What they are, as far as the noun itself says.
    pub status: PersonStatus,
    /// Of what sort.
    pub group: Option<PeopleGroup>,
    /// The singular, folded: standing alone it means one.
    pub singular: String,
    /// Its other forms, folded: plurals and duals.
    pub forms: Vec<String>,
    /// Armed (of a state's forces or of anybody's), irregular (armed, and of no state's forces), attacker (the same, named by what they did), official, noncombatant (civilians, called so), civilian, professional, detainee, religious, victim, remains, protester, family, household, crowd.
    pub kind: String,
}

impl People {
    /// Does the noun name those who came to harm, or their bodies?
    pub fn is_victim(&self) -> bool {
        matches!(self.kind.as_str(), "victim" | "remains")
    }

    /// Does the noun name people who bear arms?
    pub fn is_armed(&self) -> bool {
        self.kind == "armed" || self.is_irregular()
    }

    /// Does it name people who bear arms, and none that a state's own forces are called by ("gunmen", not "soldiers")?
    pub fn is_irregular(&self) -> bool {
        matches!(self.kind.as_str(), "irregular" | "attacker")
    }

    pub(crate) fn read(row: &Row) -> Result<Self, TableError> {
        Ok(Self {
            status: word(row, "status")?.unwrap_or(PersonStatus::Unknown),
            group: word(row, "group")?,
            singular: marsad_text::fold(row.need("form")?),
            forms: row.get("plural").split('|').filter(|f| !f.is_empty()).map(marsad_text::fold).collect(),
            kind: row.need("kind")?.to_owned(),
        })
    }
}

/// What a word of a weapon or of aircraft states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MeansWord {
    /// Its kind.
    pub kind: MeansKind,
    /// Is it a word for aircraft?
    pub air: bool,
    /// Is it one only beside a word for a strike, and another thing elsewhere («مسيرة» is a march, too)?
    pub strikes: bool,
}

impl MeansWord {
    pub(crate) fn read(row: &Row) -> Result<Self, TableError> {
        let yes = |column| matches!(row.get(column), "yes" | "true" | "1");
        Ok(Self { kind: need_word(row, "kind")?, air: yes("air"), strikes: yes("strikes") })
    }
}

/// Light verbs around event nouns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Support {
    /// "launched": the subject is the agent.
    Active,
    /// "came under": the subject is the target.
    Passive,
    /// "broke out": it only says that the thing happened.
    Occur,
    /// "witnessed": the subject is the place.
    Witness,
    /// "left", "led to": joins an event and its harm.
    Lead,
}

/// Where the accused stands, seen from words of charge or blame beside a happening's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Accused {
    /// "X, accused of": before the words.
    Before,
    /// "They blame X for": between the words and the happening.
    Between,
    /// "Blamed on X", "attributed the raid to X": after the words, and after the happening.
    After,
    /// "Men believed to belong to X": right after the words, wherever the happening is told.
    Next,
}

/// How a verb of saying, a preposition or a noun brings in who says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SayingKind {
    /// "said".
    Verb,
    /// "according to".
    Preposition,
    /// "statement", "video".
    Noun,
}

/// With what force something is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // the table's own words
pub enum Force {
    Said,
    /// Goes on with the speaker before.
    Added,
    Claimed,
    Denied,
    Confirmed,
    Announced,
    Predicted,
    Threatened,
    Asked,
}

/// A cue of attribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saying {
    /// A word that brings in a speaker.
    Cue(SayingKind, Force),
    /// A generic speaker: "our correspondent", "a source".
    Holder(AttributionKind),
}

impl Saying {
    pub(crate) fn read(row: &Row) -> Result<Self, TableError> {
        if let Some(kind) = row.get("kind").strip_prefix("holder:") {
            let kind = crate::error::named(kind).map_err(|e| row.error(format!("`kind` is `holder:{kind}`: {e}")))?;
            return Ok(Self::Holder(kind));
        }
        Ok(Self::Cue(need_word(row, "kind")?, word(row, "force")?.unwrap_or(Force::Said)))
    }
}

/// What a cue of modality does to the claims in its scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // the table's own words
pub enum Effect {
    Negative,
    Denied,
    Alleged,
    Predicted,
    Proposed,
    Threatened,
    Asked,
    Conditional,
    /// "no reports of": neither harm nor zero.
    NoneReported,
    /// "The novel tells of": what a story or a game holds never happened.
    Fiction,
    Mistaken,
    Deliberate,
    Indiscriminate,
    /// "To discuss a ceasefire": an agreement or a release that is talked about is only proposed; a deed that is talked about was done.
    Discussed,
    Background,
    Ongoing,
    Ended,
    Failed,
    Attempt,
    /// "no longer … except": what follows holds after all.
    Except,
    /// "the number of", "death toll": the number that is told after it counts them all.
    Toll,
    /// "so far": the number may still rise.
    SoFar,
    /// "since the beginning of the year": the number sums up many happenings.
    Period,
}

/// How far a cue reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // the table's own words
pub enum Scope {
    Right,
    Left,
    Clause,
    Sentence,
}

/// A cue of modality.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ModalityCue {
    /// What it does.
    pub effect: Effect,
    /// To what.
    pub scope: Scope,
}

impl ModalityCue {
    pub(crate) fn read(row: &Row) -> Result<Self, TableError> {
        Ok(Self { effect: need_word(row, "effect")?, scope: word(row, "scope")?.unwrap_or(Scope::Clause) })
    }
}

/// To what sort of thing a phrase such as "the organisation" goes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // the table's own words
pub enum Refers {
    Group,
    Force,
    Coalition,
    Both,
    Settlement,
    /// "The capital": a seat of government, not just any town.
    Capital,
    Region,
    Camp,
    Source,
    /// A title that a person was named with: "the general".
    Person,
}

/// A phrase such as "the organisation".
#[derive(Debug, Clone)]
pub struct Reference {
    /// To what sort of thing it goes back.
    pub refers: Refers,
    /// Only with the article («المدينة», never «مدينة»; "the front", never "a front").
    pub definite: bool,
    /// The kinds of actor that it can mean; none where it means no actor.
    pub kinds: Vec<ActorKind>,
    /// It means only an actor that is called so, in the report or by one of its names: "the movement".
    pub called: bool,
    /// Where it leads to nobody it is no party at all, only a noun.
    pub only: bool,
}

/// A noun before or after a place's name that says what sort of place it is.
#[derive(Debug, Clone)]
pub struct PlaceNoun {
    /// settlement, quarter, admin1, admin2, camp, crossing, field, road, facility, region, base, water.
    pub kind: String,
    /// How finely a place so told is told.
    pub precision: PlacePrecision,
}

impl PlaceNoun {
    pub(crate) fn read(row: &Row) -> Result<Self, TableError> {
        Ok(Self { kind: row.need("kind")?.to_owned(), precision: word(row, "precision")?.unwrap_or(PlacePrecision::Settlement) })
    }
}

/// What a cue of cause or outcome brings in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // the table's own words
pub enum CauseKind {
    Cause,
    /// A quarrel inside a group, which is the cause of fighting inside it.
    Dispute,
    OutcomeOngoing,
    OutcomeEnded,
    OutcomeFailed,
    OutcomeRepelled,
    OutcomeSucceeded,
}

/// A cue of cause or outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CauseCue {
    /// What it brings in.
    pub kind: CauseKind,
    /// Does what it brings in stand before it ("X led to")?
    pub left: bool,
}

impl CauseCue {
    pub(crate) fn read(row: &Row) -> Result<Self, TableError> {
        Ok(Self { kind: need_word(row, "kind")?, left: row.get("side") == "left" })
    }
}

/// A row that names its forms, what it means, and its example.
pub(crate) struct CueRow<V> {
    pub(crate) forms: Vec<String>,
    pub(crate) value: V,
    pub(crate) example: String,
    pub(crate) line: usize,
}

/// Read a table of cues; `columns` name where its forms stand (lists are split).
pub(crate) fn load_cues<V>(
    file: &str,
    text: &str,
    columns: &[&str],
    read: impl Fn(&Row) -> Result<V, TableError>,
) -> Result<Vec<CueRow<V>>, KnowledgeError> {
    if text.is_empty() {
        return Ok(Vec::new()); // a language may do without this table
    }
    let table = Table::read(file, text, &[columns[0], "basis"])?;
    let mut rows = Vec::new();
    for row in table.rows() {
        row.need("basis")?;
        let mut forms: Vec<String> = Vec::new();
        for form in columns.iter().flat_map(|c| row.list(c)) {
            if !forms.iter().any(|f| f == form) {
                forms.push(form.to_owned());
            }
        }
        rows.push(CueRow { forms, value: read(&row)?, example: row.get("example").to_owned(), line: row.line() });
    }
    Ok(rows)
}

/// The slot a marker opens.
pub(crate) fn read_slot(row: &Row) -> Result<Slot, TableError> {
    let slot = row.need("slot")?;
    let slot = if slot == "not_a_place" { "hometown" } else { slot };
    crate::error::named(slot).map_err(|e| row.error(format!("`slot` is `{slot}`: {e}")))
}

impl Reference {
    pub(crate) fn read(row: &Row, definite: bool) -> Result<Self, TableError> {
        let kind = |name: &str| crate::error::named(name).map_err(|e| row.error(format!("`kinds` has `{name}`: {e}")));
        let kinds = row.list("kinds").map(kind).collect::<Result<_, _>>()?;
        let definite = definite || row.get("definite") == "yes";
        Ok(Self {
            refers: need_word(row, "refers")?,
            definite,
            kinds,
            called: row.some("called").is_some(),
            only: row.get("called") == "only",
        })
    }
}
