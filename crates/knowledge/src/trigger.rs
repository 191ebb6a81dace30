//! Triggers: the words that speak of a happening, and the frames that say who plays which role in it.

use crate::Files;
use crate::cue::CueRow;
use crate::error::{KnowledgeError, need_word, word};
use marsad_model::{ActorRole, EventType, Harm, MeansKind, PersonStatus, PlaceRole};
use marsad_table::{Row, Table};
use serde::Deserialize;
use std::collections::BTreeMap;

/// What part of speech a trigger is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum PartOfSpeech {
    Verb,
    Noun,
}

/// What must stand beside a trigger before it is believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// Its object is a place.
    ObjectPlace,
    /// Its object is people or an armed party.
    ObjectPeople,
    /// Some party has a role in it.
    Party,
    /// People come to harm.
    Victim,
    /// Bodies of the dead are spoken of.
    Remains,
    /// Prisoners are spoken of.
    Detainee,
    /// Children are spoken of.
    Children,
    /// Aircraft or an air force are spoken of.
    Air,
    /// It has no object.
    NoObject,
    /// A place is told.
    Place,
    /// A shell, bomb, mine or other thing that explodes, or aircraft, are spoken of.
    Explosive,
    /// Who demonstrates is spoken of.
    Protester,
    /// What is said to be its own ("explosion of …") is a thing, a place, people or a time: no colour and no joy.
    Literal,
    /// Nobody who bears no arms is said to do it: the strike of nurses is none.
    Arms,
    /// What comes next is a word of harm ("strikes kill two"), or what comes before says that it did harm ("killed by mines").
    Deadly,
    /// What happened stands before it, and before that a verb that leads to it: «أودى القصف بحياة ثلاثة».
    Led,
    /// A verb of undergoing stands right before it: "came under fire".
    Under,
    /// What comes next is a verb of fire or blows, and a building or other place is hit or somebody came to harm: "strikes hit a
    /// house", but "strikes hit trains".
    Hits,
}

/// One trigger.
#[derive(Debug, Clone)]
pub struct Trigger {
    /// Citation form.
    pub lemma: String,
    /// Verb or noun.
    pub pos: PartOfSpeech,
    /// What it says happened; none for words that only say harm.
    pub event_type: Option<EventType>,
    /// The frame that gives its roles.
    pub frame: String,
    /// The harm that the word itself states.
    pub harm: Option<Harm>,
    /// What must stand beside it.
    pub needs: Vec<Need>,
    /// The means that the word itself states.
    pub means: Option<MeansKind>,
    /// It is said of war and oppression alone, and needs nothing beside it to be meant so.
    pub plain: bool,
    /// It has forms of its own for whom it befalls: past participles, passives that are written otherwise.
    pub two_voices: bool,
}

/// A trigger's surface form.
#[derive(Debug, Clone)]
pub(crate) struct TriggerForm {
    pub(crate) form: String,
    /// Is it a past participle, so that an auxiliary before it makes a passive?
    pub(crate) participle: bool,
}

impl Trigger {
    pub(crate) fn read(row: &Row) -> Result<(Self, Vec<TriggerForm>), KnowledgeError> {
        let needs: Result<Vec<Need>, _> = row
            .get("needs")
            .split([',', '|'])
            .map(str::trim)
            .filter(|n| !n.is_empty())
            .map(|n| crate::error::named(n).map_err(|e| row.error(format!("`needs` has `{n}`: {e}"))))
            .collect();
        let participles: Vec<&str> = row.list("participle").collect();
        let lemma = row.need("lemma")?;
        let mut forms: Vec<&str> = row.list("forms").collect();
        if !forms.contains(&lemma) {
            forms.push(lemma);
        }
        forms.extend(participles.iter().filter(|p| !row.list("forms").any(|f| f == **p)));
        let forms = forms.into_iter().map(|form| TriggerForm { form: form.to_owned(), participle: participles.contains(&form) }).collect();
        let trigger = Self {
            lemma: lemma.to_owned(),
            pos: need_word(row, "pos")?,
            event_type: row.parse("type")?,
            frame: row.need("frame")?.to_owned(),
            harm: word(row, "harm")?,
            needs: needs?,
            means: word(row, "means")?,
            plain: match row.get("plain") {
                "" => false,
                "plain" => true,
                _ => return Err(row.error("`plain` is neither `plain` nor empty").into()),
            },
            two_voices: !participles.is_empty(),
        };
        Ok((trigger, forms))
    }
}

/// Where in the grammar of its clause a party or place stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // the names are those of grammar
pub enum Slot {
    Subject,
    Object,
    /// The second term of an إضافة, or after "of".
    Of,
    /// Before the noun: "SDF attack", "ISIS's attack".
    Possessor,
    By,
    On,
    Against,
    Between,
    With,
    Support,
    From,
    Launch,
    To,
    In,
    Near,
    Countryside,
    Through,
    Hometown,
    During,
    // What follows takes no role; it shapes the clause.
    /// "including", «بينهم»: those who follow are some of those told before.
    Among,
    /// "they were", «وهم»: a number that follows counts those told of before.
    Counting,
    AndSide,
    Relative,
    That,
    And,
    Passive,
    Article,
}

/// Which role each slot fills.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Frame {
    /// Roles of parties by slot.
    #[serde(default)]
    pub parties: BTreeMap<Slot, ActorRole>,
    /// Roles of unnamed people by slot, where these differ from those of parties.
    #[serde(default)]
    pub people: BTreeMap<Slot, ActorRole>,
    /// Roles of places by slot.
    #[serde(default)]
    pub places: BTreeMap<Slot, PlaceRole>,
    /// Roles of phrases of which nothing but their place in the clause is known ("the power station", "judge X").
    #[serde(default)]
    pub phrases: BTreeMap<Slot, ActorRole>,
    /// The role of those who suffer the trigger's harm.
    #[serde(default)]
    pub harmed: Option<ActorRole>,
    /// May a claim take several places from a list ("A, B and C")?
    #[serde(default)]
    pub place_list: bool,
    /// The role of the only armed actor that the sentence names, where the grammar gives the trigger no actor.
    #[serde(default)]
    pub lone: Option<ActorRole>,
    /// Is a weapon right after it what was broken, and not with what: "destroyed a tank"?
    #[serde(default)]
    pub breaks_weapons: bool,
    /// May it take its place from the sentence before?
    #[serde(default)]
    pub carries_place: bool,
}

/// A change of type by what stands beside the trigger.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refinement {
    /// The types it applies to.
    pub from: Vec<EventType>,
    /// The frames of the triggers it applies to; of any where none is listed.
    #[serde(default)]
    pub frames: Vec<String>,
    /// Any of these means is stated.
    #[serde(default)]
    pub means: Vec<MeansKind>,
    /// Aircraft or an air force are spoken of.
    #[serde(default)]
    pub air: bool,
    /// The name of whoever did it holds a word for any of these ("Turkish artillery").
    #[serde(default)]
    pub doer_means: Vec<MeansKind>,
    /// The trigger's initiator is an actor of which an air force is all that acts here (a coalition of air power).
    #[serde(default)]
    pub air_initiator: bool,
    /// All at whom it was aimed are of this status, as the nouns for them say.
    #[serde(default)]
    pub target_status: Option<PersonStatus>,
    /// All at whom it was aimed are people of this kind.
    #[serde(default)]
    pub target_kind: Option<String>,
    /// The type it then is.
    pub to: EventType,
    /// Why.
    pub note: String,
}

/// The frames and refinements of all languages.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Frames {
    /// Frames by name.
    pub frame: BTreeMap<String, Frame>,
    /// Refinements in order; the first that fits applies.
    #[serde(default)]
    pub refinement: Vec<Refinement>,
}

impl Frames {
    /// Read `world/frames.toml`.
    pub fn load(files: &Files) -> Result<Self, KnowledgeError> {
        let file = "world/frames.toml";
        toml::from_str(files.get(file)).map_err(|error| KnowledgeError::Rules { file: file.to_owned(), error: Box::new(error) })
    }
}

/// A trigger's row: what it is, and its forms.
type TriggerRow = CueRow<(Trigger, Vec<TriggerForm>)>;

/// The triggers of a language's file.
pub(crate) fn load_triggers(file: &str, text: &str) -> Result<Vec<TriggerRow>, KnowledgeError> {
    if text.is_empty() {
        return Ok(Vec::new());
    }
    let table = Table::read(file, text, &["lemma", "pos", "forms", "type", "frame", "basis", "example"])?;
    let read = |row: Row| {
        let value = Trigger::read(&row)?;
        Ok(CueRow { forms: Vec::new(), value, example: row.get("example").to_owned(), line: row.line() })
    };
    table.rows().map(read).collect()
}
