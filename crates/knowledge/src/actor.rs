//! Actors: who acts in the wars that Marsad knows, under which names, and who belongs to whom.

use crate::Files;
use crate::error::{KnowledgeError, word};
use crate::sector::Sectors;
use jiff::civil::Date;
use marsad_table::{Row, Table, TableError};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// What sort of actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // the table's own words
pub enum ActorKind {
    State,
    Force,
    Government,
    ArmedGroup,
    Coalition,
    Militia,
    PoliticalParty,
    Monitor,
    FirstResponder,
    InternationalOrganisation,
    EthnicOrTribal,
    Community,
    Person,
}

impl ActorKind {
    /// Is it a body with a name of its own, and neither a person nor a people or state?
    pub fn is_body(self) -> bool {
        !matches!(self, Self::Person | Self::Community | Self::EthnicOrTribal | Self::State)
    }

    /// Does it bear arms?
    pub fn is_armed(self) -> bool {
        matches!(self, Self::State | Self::Force | Self::ArmedGroup | Self::Coalition | Self::Militia)
    }

    /// Can what it says of itself be a deed of war: does it bear arms, or govern those who do?
    pub fn acts(self) -> bool {
        self.is_armed() || self == Self::Government
    }
}

/// One actor.
#[derive(Debug, Clone)]
pub struct Actor {
    /// `marsad:slug`.
    pub id: String,
    /// What sort.
    pub kind: ActorKind,
    /// Label in English.
    pub name_en: String,
    /// Label in Arabic.
    pub name_ar: String,
    /// ISO 3166 alpha-2 of a state, its organs, or a national home.
    pub country: Option<String>,
    /// ACLED's inter code.
    pub inter: Option<u8>,
    /// The countries in which reports mostly find it (ISO 3166 alpha-2): by these, names that several bear are told apart.
    pub acts_in: Vec<String>,
}

/// How a name speaks of its actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // the table's own words
pub enum Flavour {
    Neutral,
    #[serde(rename = "self")]
    Own,
    /// Used by its enemies. Kept in the span; never taken over as a name.
    Pejorative,
    Abbreviation,
    /// An adjective or noun of nationality: the state may be meant, or its people.
    Nationality,
    /// A thing that stands for who uses it: "regime warplanes".
    Metonym,
    /// A short form that is another word or name as well: counts only where the report names the actor otherwise, too.
    Short,
}

/// One name of an actor.
#[derive(Debug, Clone)]
pub struct ActorName {
    /// Index into [`Actors::list`].
    pub actor: u32,
    /// How it speaks of it.
    pub flavour: Flavour,
    /// As written in the table.
    pub name: String,
    /// Must stand in capitals: "IS", "US".
    pub capitals: bool,
    /// Written with a capital letter somewhere: "Turkey" is no bird.
    pub proper: bool,
    /// Others bear it, too, elsewhere: counts only where the report speaks of a country in which the actor acts.
    pub local: bool,
    /// The first and last day on which it meant this actor; names outlive those who bear them.
    pub from: Option<Date>,
    /// The last day.
    pub to: Option<Date>,
}

impl ActorName {
    /// Does the name mean this actor in a report of this day? In an undated one it may.
    pub fn holds_on(&self, day: Option<Date>) -> bool {
        day.is_none_or(|day| self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to))
    }
}

/// A day, or the first day of a year or month.
fn day(row: &Row, column: &str) -> Result<Option<Date>, TableError> {
    let Some(cell) = row.some(column) else { return Ok(None) };
    let whole = match cell.len() {
        4 => format!("{cell}-01-01"),
        7 => format!("{cell}-01"),
        _ => cell.to_owned(),
    };
    whole.parse().map(Some).map_err(|e| row.error(format!("`{column}` is `{cell}`: {e}")))
}

/// All actors and their names.
#[derive(Debug, Default)]
pub struct Actors {
    /// The actors, in the table's order.
    pub list: Vec<Actor>,
    /// Their names, of all languages.
    pub names: Vec<ActorName>,
    by_id: BTreeMap<String, u32>,
    wholes: BTreeMap<u32, BTreeSet<u32>>,
    sides: BTreeSet<(u32, u32)>,
    sectors: Sectors,
}

/// An abbreviation of so few letters is a word, too, unless it stands in capitals.
const SHORT_ABBREVIATION: usize = 4;

/// Relations by which what is said of the part may be said of the whole.
const WHOLE: &[&str] = &["part_of", "renamed_to", "merged_into"];

/// Relations of those who fight on one side.
const SIDE: &[&str] = &["allied_with", "supported_by", "side"];

impl Actors {
    /// Read `world/actors.tsv`, `actor_names.tsv` and `actor_relations.tsv`. Gives back the names' languages and rows'
    /// examples to `each_name`: (language, name, index into `names`, example).
    pub fn load(files: &Files, mut each_name: impl FnMut(&str, &str, u32, &str)) -> Result<Self, KnowledgeError> {
        let mut actors = Self { sectors: Sectors::load(files)?, ..Self::default() };
        let table = Table::read("world/actors.tsv", files.get("world/actors.tsv"), &["id", "kind", "name_en", "name_ar", "basis"])?;
        for row in table.rows() {
            let id = row.need("id")?.to_owned();
            let kind = word(&row, "kind")?.ok_or_else(|| row.error("`kind` is empty"))?;
            row.need("basis")?;
            if actors.by_id.insert(id.clone(), actors.list.len() as u32).is_some() {
                return Err(row.error(format!("`{id}` stands twice")).into());
            }
            let country = row.some("country").map(str::to_owned);
            let acts_in: Vec<String> = row.list("acts_in").map(str::to_owned).collect();
            actors.list.push(Actor {
                id,
                kind,
                acts_in: if acts_in.is_empty() { country.iter().cloned().collect() } else { acts_in },
                name_en: row.need("name_en")?.to_owned(),
                name_ar: row.need("name_ar")?.to_owned(),
                country,
                inter: row.parse("inter")?,
            });
        }
        actors.load_names(files, &mut each_name)?;
        actors.load_relations(files)?;
        Ok(actors)
    }

    fn load_names(&mut self, files: &Files, each_name: &mut impl FnMut(&str, &str, u32, &str)) -> Result<(), KnowledgeError> {
        let file = "world/actor_names.tsv";
        let table = Table::read(file, files.get(file), &["actor", "language", "name", "flavour", "basis", "example"])?;
        for row in table.rows() {
            let id = row.need("actor")?;
            let actor = *self.by_id.get(id).ok_or_else(|| row.error(format!("`{id}` is no actor of world/actors.tsv")))?;
            let flavour = word(&row, "flavour")?.unwrap_or(Flavour::Neutral);
            let name = row.need("name")?;
            let capitals = name.is_ascii() && name.chars().count() <= SHORT_ABBREVIATION && name.chars().all(|c| c.is_ascii_uppercase());
            let proper = name.chars().any(char::is_uppercase);
            let local = row.get("local") == "yes";
            let (from, to) = (day(&row, "from")?, day(&row, "to")?);
            each_name(row.need("language")?, name, self.names.len() as u32, row.get("example"));
            self.names.push(ActorName { actor, flavour, name: name.to_owned(), capitals, proper, local, from, to });
        }
        Ok(())
    }

    fn load_relations(&mut self, files: &Files) -> Result<(), KnowledgeError> {
        let file = "world/actor_relations.tsv";
        let table = Table::read(file, files.get(file), &["actor", "relation", "other", "basis"])?;
        for row in table.rows() {
            let find = |column| {
                let id = row.need(column)?;
                self.by_id.get(id).copied().ok_or_else(|| row.error(format!("`{id}` is no actor of world/actors.tsv")))
            };
            let (actor, other) = (find("actor")?, find("other")?);
            let relation = row.need("relation")?;
            if WHOLE.contains(&relation) {
                self.wholes.entry(actor).or_default().insert(other);
            } else if SIDE.contains(&relation) {
                self.sides.insert((actor.min(other), actor.max(other)));
            }
        }
        Ok(())
    }

    /// The actor with this id.
    pub fn get(&self, id: &str) -> Option<&Actor> {
        self.by_id.get(id).and_then(|&i| self.list.get(i as usize))
    }

    /// Does knowledge put the two on one side?
    pub fn allied(&self, a: &str, b: &str) -> bool {
        match (self.by_id.get(a), self.by_id.get(b)) {
            (Some(&a), Some(&b)) => self.sides.contains(&(a.min(b), a.max(b))),
            _ => false,
        }
    }

    /// Does knowledge put one of the two into the other, or both on one side?
    pub fn related(&self, a: u32, b: u32) -> bool {
        self.within(a, b) || self.within(b, a) || self.sides.contains(&(a.min(b), a.max(b)))
    }

    /// The sector that PLOVER would file the actor under.
    pub fn sector(&self, actor: &Actor) -> Option<&str> {
        self.sectors.sector(actor.kind, self.inter(actor))
    }

    /// ACLED's inter code: the actor's own, else that of its kind.
    pub fn inter(&self, actor: &Actor) -> Option<u8> {
        actor.inter.or_else(|| self.sectors.inter(actor.kind))
    }

    /// Is `part` the same as `whole`, or does knowledge make it a part of it, at whatever remove?
    pub fn part_of(&self, part: &str, whole: &str) -> bool {
        let (Some(&part), Some(&whole)) = (self.by_id.get(part), self.by_id.get(whole)) else { return part == whole };
        self.within(part, whole)
    }

    fn within(&self, part: u32, whole: u32) -> bool {
        let (mut open, mut seen) = (vec![part], BTreeSet::new());
        while let Some(at) = open.pop() {
            if at == whole {
                return true;
            }
            if seen.insert(at) {
                open.extend(self.wholes.get(&at).into_iter().flatten());
            }
        }
        false
    }
}
