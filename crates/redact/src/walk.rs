//! Through every string of a record.
//!
//! A record is walked as the JSON that it will be, so that no field can be forgotten, also none that is added later: what is
//! not one of the contract's own words is looked through.

use crate::finder::Finder;
use crate::masked::{MASK, Masks};
use crate::places::Coarse;
use crate::salt::Salt;
use marsad_model::ReportId;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Fields that hold the contract's own words, dates and hashes; what else stands there is looked through.
const OWN_WORDS: &[&str] = &[
    "kind",
    "role",
    "type",
    "level",
    "status",
    "modality",
    "polarity",
    "access",
    "harm",
    "group",
    "count",
    "scope",
    "precision",
    "basis",
    "relation",
    "direction",
    "attribute",
    "intent",
    "language",
    "occurrence",
    "contested",
    "airwars",
    "stance",
    "publish",
    "verdict",
    "sex",
    "state",
    "reliability",
    "what",
    "part",
    "weekday",
    "start",
    "end",
    "start_time",
    "end_time",
    "at",
    "by",
    "text_sha256",
];

/// What walking through records counts.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    pub(crate) places: usize,
    pub(crate) addresses: usize,
}

/// Walks through the records of one export.
pub(crate) struct Walk<'r> {
    pub(crate) finder: &'r Finder<'r>,
    pub(crate) coarse: Coarse<'r>,
    pub(crate) salt: &'r Salt,
    pub(crate) masks: &'r BTreeMap<ReportId, Masks>,
    pub(crate) counts: Counts,
    /// Are all places of this record told by their district, since it speaks of where people live, shelter or are cared for?
    pub(crate) all_coarse: bool,
    /// Ids that were met, by what they are under the salt: most are met often.
    ids: BTreeMap<String, String>,
}

impl<'r> Walk<'r> {
    pub(crate) fn new(finder: &'r Finder<'r>, coarse: Coarse<'r>, salt: &'r Salt, masks: &'r BTreeMap<ReportId, Masks>) -> Self {
        Self { finder, coarse, salt, masks, counts: Counts::default(), all_coarse: false, ids: BTreeMap::new() }
    }

    /// Walk through a record. Spans in it lie in `report`, those in `there` in the text that it is tied to.
    pub(crate) fn value(&mut self, value: &mut Value, report: Option<&ReportId>) {
        match value {
            Value::Object(fields) if is_quote(fields) => self.quote(fields, report),
            Value::Object(fields) => self.object(fields, report),
            Value::Array(items) => {
                for item in items.iter_mut() {
                    self.value(item, report);
                }
                // Lists of ids are sorted, and salted ids sort otherwise.
                if items.iter().all(is_id) {
                    items.sort_by(|a, b| a.as_str().cmp(&b.as_str()));
                }
            }
            Value::String(text) => *text = self.text(text),
            _ => {}
        }
    }

    fn object(&mut self, fields: &mut Map<String, Value>, report: Option<&ReportId>) {
        // What says of which report it is quotes that one.
        let own = fields.get("report").and_then(Value::as_str).map(ReportId::from);
        let report = own.as_ref().or(report);
        let masks = report.and_then(|r| self.masks.get(r));
        let touched = spans(fields).is_some_and(|(start, end)| masks.is_some_and(|m| m.touch(start, end)));
        if self.coarse.coarsen(fields, touched, self.all_coarse) {
            self.counts.places += 1;
        }
        let id = |field: &str| fields.get(field).and_then(Value::as_str).map(ReportId::from);
        let (tied, earlier) = (id("to"), id("version_of"));
        if fields.get("kind").and_then(Value::as_str) == Some("social_media") && fields.get("id").is_none_or(Value::is_null) {
            fields.insert("name".to_owned(), json!(MASK));
        }
        // A number is written out beside its words.
        if touched && let Some(value) = fields.get_mut("value").filter(|value| value.is_string()) {
            *value = json!(MASK);
        }
        // A name that is the words of its span is shown as they are.
        let words = |fields: &Map<String, Value>| fields.get("span").and_then(|s| s.get("text")).cloned();
        let named = words(fields).is_some_and(|words| fields.get("name") == Some(&words));
        for (key, value) in fields.iter_mut() {
            match key.as_str() {
                "spans" if tied.is_some() => self.sides(value, report, tied.as_ref()),
                "changes" if earlier.is_some() => self.sides(value, report, earlier.as_ref()),
                key if OWN_WORDS.contains(&key) && is_own_word(value) => {}
                _ => self.value(value, report),
            }
        }
        if let Some(words) = words(fields).filter(|_| named) {
            fields.insert("name".to_owned(), words);
        }
        // The words of a cause are those of its span.
        if let Some(words) = fields.get("span").and_then(|s| s.get("text")).cloned()
            && fields.contains_key("text")
        {
            fields.insert("text".to_owned(), words);
        }
    }

    /// Pairs of stretches, of this text and of another; pairs with a text that does not leave are left out.
    fn sides(&mut self, value: &mut Value, here: Option<&ReportId>, there: Option<&ReportId>) {
        let Value::Array(pairs) = value else { return };
        if there.is_none_or(|there| !self.masks.contains_key(there)) {
            pairs.clear();
        }
        for pair in pairs.iter_mut().filter_map(Value::as_object_mut) {
            for (side, report) in [("here", here), ("there", there)] {
                if let Some(value) = pair.get_mut(side) {
                    self.value(value, report);
                }
            }
        }
    }

    fn quote(&mut self, fields: &mut Map<String, Value>, report: Option<&ReportId>) {
        let number = |field: &str| fields.get(field).and_then(Value::as_u64).unwrap_or(0) as usize;
        let (start, end) = (number("start"), number("end"));
        let text: Vec<char> = fields.get("text").and_then(Value::as_str).unwrap_or_default().chars().collect();
        // Of a text that is not known nothing is quoted.
        let Some(masks) = report.and_then(|r| self.masks.get(r)) else {
            fields.insert("text".to_owned(), json!(MASK));
            return;
        };
        fields.insert("start".to_owned(), json!(masks.moved(start, false)));
        fields.insert("end".to_owned(), json!(if start == end { masks.moved(start, false) } else { masks.moved(end, true) }));
        fields.insert("text".to_owned(), json!(masks.quoted(&text, start, end)));
    }

    /// A string without names and addresses, its ids under the salt.
    pub(crate) fn text(&mut self, text: &str) -> String {
        if is_id_text(text) {
            let salt = self.salt;
            return self.ids.entry(text.to_owned()).or_insert_with(|| salt.id(text)).clone();
        }
        let salted = self.salt.ids_in(text);
        let chars: Vec<char> = salted.as_deref().unwrap_or(text).chars().collect();
        let found = self.finder.find(&chars);
        self.counts.addresses += found.links;
        found.masks.show(&chars, 0, chars.len())
    }
}

/// Has this the form of the contract's own words: small Latin letters, figures and a few signs, no blank?
fn is_own_word(value: &Value) -> bool {
    let own = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || b"_.:+-".contains(&c);
    match value {
        Value::String(text) => text.bytes().all(own),
        Value::Array(items) => items.iter().all(is_own_word),
        Value::Object(_) => false,
        _ => true,
    }
}

/// From where to where the words of a record stand.
fn spans(fields: &Map<String, Value>) -> Option<(usize, usize)> {
    let span = fields.get("span")?.as_object()?;
    let number = |field: &str| span.get(field).and_then(Value::as_u64).map(|n| n as usize);
    number("start").zip(number("end"))
}

fn is_quote(fields: &Map<String, Value>) -> bool {
    fields.len() == 3 && fields.get("start").is_some_and(Value::is_u64) && fields.contains_key("end") && fields.contains_key("text")
}

fn is_id(value: &Value) -> bool {
    value.as_str().is_some_and(is_id_text)
}

fn is_id_text(text: &str) -> bool {
    let digits = text.split_once(':').filter(|(letter, _)| letter.len() == 1).map(|(_, digits)| digits);
    digits.is_some_and(|d| d.len() == 24 && d.bytes().all(|b| b.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_has_the_form_of_the_contracts_words_is_passed_over() {
        for own in [json!("sexual_violence"), json!("2031-01-17"), json!("battle.clash"), json!(3), json!(["ar", "en"]), json!(null)] {
            assert!(is_own_word(&own), "{own}");
        }
        for free in [json!("Khalid"), json!("رضوان"), json!("said khalid"), json!(["ar", "khalid zarour"]), json!({"start": 1})] {
            assert!(!is_own_word(&free), "{free}");
        }
    }
}
