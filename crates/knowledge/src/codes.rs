//! What events, countries and sides are called in the files of others: ACLED, UCDP GED, PLOVER.

use crate::Files;
use crate::error::{KnowledgeError, need_word, word};
use marsad_model::{EventType, MeansKind};
use marsad_table::{Row, Table, TableError};
use serde::Deserialize;
use std::collections::BTreeMap;

/// What one type of event is called by others, under some conditions. An empty word: they have none for it, or the report
/// leaves it open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventCode {
    /// The type.
    pub event_type: EventType,
    means: Option<MeansKind>,
    initiator: Vec<u8>,
    /// ACLED's event type.
    pub acled_event: String,
    /// ACLED's sub-event type.
    pub acled_sub_event: String,
    /// ACLED's disorder type.
    pub acled_disorder: String,
    /// PLOVER's category.
    pub plover_event: String,
    /// PLOVER's mode.
    pub plover_mode: String,
    /// PLOVER's quad class.
    pub plover_quad: Option<u8>,
    /// What is lost by the step.
    pub loses: String,
}

impl EventCode {
    fn read(row: &Row) -> Result<Self, TableError> {
        let event_type = row.need("type")?;
        let plover_quad: Option<u8> = row.parse("plover_quad")?;
        row.need("basis")?;
        if row.get("plover_event").is_empty() != plover_quad.is_none() || plover_quad.is_some_and(|quad| !(1..=4).contains(&quad)) {
            return Err(row.error("a category of PLOVER has a quad class from 1 to 4"));
        }
        if row.get("acled_event").is_empty() != row.get("acled_disorder").is_empty() {
            return Err(row.error("an event type of ACLED has a disorder type"));
        }
        let initiator = row.list("initiator").map(|code| code.parse().map_err(|e| row.error(format!("`initiator` is `{code}`: {e}"))));
        Ok(Self {
            event_type: event_type.parse().map_err(|e| row.error(format!("{e}")))?,
            means: word(row, "means")?,
            initiator: initiator.collect::<Result<_, _>>()?,
            acled_event: row.get("acled_event").to_owned(),
            acled_sub_event: row.get("acled_sub_event").to_owned(),
            acled_disorder: row.get("acled_disorder").to_owned(),
            plover_event: row.get("plover_event").to_owned(),
            plover_mode: row.get("plover_mode").to_owned(),
            plover_quad,
            loses: row.get("loses").to_owned(),
        })
    }

    fn holds(&self, means: &[MeansKind], initiator: Option<u8>) -> bool {
        self.means.is_none_or(|kind| means.contains(&kind))
            && (self.initiator.is_empty() || initiator.is_some_and(|code| self.initiator.contains(&code)))
    }
}

/// A country's codes, and the regions that others file it under; empty where not known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CountryCode {
    /// ISO 3166 alpha-3.
    pub alpha3: String,
    /// ISO 3166 numeric.
    pub numeric: String,
    /// ACLED's region.
    pub acled_region: String,
    /// UCDP's region.
    pub ged_region: String,
}

/// What others call things.
#[derive(Debug, Default)]
pub struct Codes {
    /// Of events, in the table's order.
    pub events: Vec<EventCode>,
    countries: BTreeMap<String, CountryCode>,
    inters: BTreeMap<u8, String>,
    geo: BTreeMap<Precision, PlaceCode>,
    time: BTreeMap<TimeWord, TimeCode>,
}

/// How finely a place is known, in the gazetteer's terms where ours leave a region open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // the table's own words
pub enum Precision {
    Exact,
    Settlement,
    Near,
    District,
    /// A first-order division.
    Province,
    /// Any other stretch of land or water.
    Region,
    Country,
}

/// How finely a day is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // the table's own words
pub enum TimeWord {
    Day,
    /// Two to six days.
    Days,
    Week,
    Month,
    Year,
}

/// The codes of a place's precision; none where the other does not code such a place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PlaceCode {
    /// ACLED's `geo_precision`.
    pub acled: Option<u8>,
    /// UCDP's `where_prec`.
    pub ged: Option<u8>,
    /// PLOVER's `resolution`.
    pub plover: Option<u8>,
}

/// The codes of a day's precision.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TimeCode {
    /// ACLED's `time_precision`.
    pub acled: Option<u8>,
    /// UCDP's `date_prec`.
    pub ged: Option<u8>,
}

impl Codes {
    /// Read `world/event_codes.tsv`, `countries.tsv`, `inter_codes.tsv` and `precision_codes.tsv`.
    pub fn load(files: &Files) -> Result<Self, KnowledgeError> {
        let mut codes = Self::default();
        let table = |file, columns: &[&str]| Table::read(file, files.get(file), columns);
        let events = table("world/event_codes.tsv", &["type", "acled_event", "plover_event", "basis", "loses"])?;
        for row in events.rows() {
            codes.events.push(EventCode::read(&row)?);
        }
        for row in table("world/countries.tsv", &["code", "alpha3", "numeric", "basis"])?.rows() {
            row.need("basis")?;
            let cell = |column| row.get(column).to_owned();
            let country = CountryCode {
                alpha3: cell("alpha3"),
                numeric: cell("numeric"),
                acled_region: cell("acled_region"),
                ged_region: cell("ged_region"),
            };
            if codes.countries.insert(row.need("code")?.to_owned(), country).is_some() {
                return Err(row.error("this code stands twice").into());
            }
        }
        for row in table("world/inter_codes.tsv", &["code", "label", "basis"])?.rows() {
            row.need("basis")?;
            let code = row.parse("code")?.ok_or_else(|| row.error("`code` is empty"))?;
            codes.inters.insert(code, row.need("label")?.to_owned());
        }
        for row in table("world/precision_codes.tsv", &["of", "precision", "acled", "ged", "plover", "basis"])?.rows() {
            row.need("basis")?;
            let (acled, ged, plover) = (row.parse("acled")?, row.parse("ged")?, row.parse("plover")?);
            match row.need("of")? {
                "place" => drop(codes.geo.insert(need_word(&row, "precision")?, PlaceCode { acled, ged, plover })),
                "time" => drop(codes.time.insert(need_word(&row, "precision")?, TimeCode { acled, ged })),
                other => return Err(row.error(format!("`of` is `{other}`, not `place` or `time`")).into()),
            }
        }
        Ok(codes)
    }

    /// What an event of this type is called, done with these means by somebody of this inter code.
    pub fn event(&self, event_type: EventType, means: &[MeansKind], initiator: Option<u8>) -> Option<&EventCode> {
        self.events.iter().find(|code| code.event_type == event_type && code.holds(means, initiator))
    }

    /// The codes of the country with this ISO 3166 alpha-2 code.
    pub fn country(&self, code: &str) -> CountryCode {
        self.countries.get(code).cloned().unwrap_or_default()
    }

    /// ACLED's word for an inter code.
    pub fn inter(&self, code: u8) -> &str {
        self.inters.get(&code).map_or("", String::as_str)
    }

    /// The codes of a place's precision.
    pub fn place(&self, precision: Precision) -> PlaceCode {
        self.geo.get(&precision).copied().unwrap_or_default()
    }

    /// The codes of a day's precision.
    pub fn time(&self, precision: TimeWord) -> TimeCode {
        self.time.get(&precision).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes() -> Codes {
        Codes::load(&Files::embedded()).unwrap()
    }

    #[test]
    fn every_type_has_a_code_under_no_condition_and_no_row_stands_behind_one_that_always_holds() {
        let codes = codes();
        for event_type in EventType::all() {
            let rows: Vec<&EventCode> = codes.events.iter().filter(|code| code.event_type == event_type).collect();
            let open = rows.iter().position(|code| code.means.is_none() && code.initiator.is_empty());
            if event_type.kind() == "other" && rows.is_empty() {
                continue;
            }
            assert_eq!(open, Some(rows.len() - 1), "{event_type}");
        }
    }

    #[test]
    fn conditions_choose_among_the_rows_of_a_type() {
        let codes = codes();
        let sub = |name: &str, means: &[MeansKind], who| codes.event(name.parse().unwrap(), means, who).unwrap().acled_sub_event.clone();
        assert_eq!(sub("explosion.bombing", &[MeansKind::SuicideVest], None), "Suicide bomb");
        assert_eq!(sub("explosion.bombing", &[MeansKind::Ied], None), "Remote explosive/landmine/IED");
        assert_eq!(sub("battle.territory_gain", &[], Some(1)), "Government regains territory");
        assert_eq!(sub("battle.territory_gain", &[], None), "", "who took it is not known");
    }

    #[test]
    fn what_belongs_together_is_said_once() {
        let (mut quads, mut disorders) = (BTreeMap::new(), BTreeMap::new());
        for code in &codes().events {
            let quad = quads.entry(code.plover_event.clone()).or_insert(code.plover_quad);
            assert_eq!(*quad, code.plover_quad, "{}", code.plover_event);
            let key = (code.acled_event.clone(), code.acled_sub_event.clone());
            let disorder = disorders.entry(key).or_insert_with(|| code.acled_disorder.clone());
            assert_eq!(*disorder, code.acled_disorder, "{}", code.event_type);
        }
    }

    #[test]
    fn countries_have_codes_of_three_letters_and_up_to_three_digits() {
        let codes = codes();
        assert_eq!(codes.country("SY").alpha3, "SYR");
        assert_eq!(codes.country("SY").numeric, "760");
        assert!(codes.country("ZZ").alpha3.is_empty());
        for country in codes.countries.values() {
            assert!(country.alpha3.is_empty() || country.alpha3.len() == 3);
            assert!(country.numeric.is_empty() || country.numeric.parse::<u16>().is_ok_and(|n| n < 1000));
        }
    }
}
