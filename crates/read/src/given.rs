//! The fields that a sender writes: in a line of JSON, or in the sidecar of a file.

use crate::Given;
use marsad_model::{Account, ReportKind};
use serde_json::{Map, Value};

/// What a line or sidecar says.
#[derive(Debug, Default)]
pub(crate) struct Fields {
    pub(crate) key: Option<String>,
    pub(crate) text: Option<String>,
    pub(crate) html: Option<String>,
    pub(crate) given: Given,
    pub(crate) notes: Vec<String>,
}

/// Why a line or sidecar is no set of fields.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FieldsError {
    #[error("it is not UTF-8")]
    Charset,
    #[error("it is no JSON: {0}")]
    Json(serde_json::Error),
    #[error("it is no JSON object")]
    NoObject,
    #[error("its `{0}` is no string")]
    NoString(&'static str),
}

impl Fields {
    /// Read a JSON object. What is unknown is left, a field of a wrong type is noted and left; only a body of a wrong
    /// type is an error.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, FieldsError> {
        let text = std::str::from_utf8(bytes).map_err(|_| FieldsError::Charset)?;
        let value: Value = serde_json::from_str(text.trim_start_matches('\u{FEFF}')).map_err(FieldsError::Json)?;
        let Value::Object(map) = value else { return Err(FieldsError::NoObject) };
        let mut notes = Vec::new();
        let mut take = |name: &str| field(&map, name, &mut notes);
        let mut given = Given {
            url: take("url"),
            title: take("title"),
            source: take("source"),
            published: take("published"),
            updated: take("updated"),
            retrieved: take("retrieved"),
            language: take("language"),
            byline: take("byline"),
            kind: None,
            account: None,
        };
        let kind = take("kind");
        given.account = match (take("platform"), take("handle")) {
            (Some(platform), Some(handle)) => Some(Account { platform, handle }),
            _ => account(&map),
        };
        if let Some(word) = kind {
            given.kind = serde_json::from_value::<ReportKind>(Value::String(word.clone())).ok();
            if given.kind.is_none() {
                notes.push(format!("given: the kind `{word}` is unknown and was left"));
            }
        }
        Ok(Self { key: key(&map), text: body(&map, "text")?, html: body(&map, "html")?, given, notes })
    }
}

/// A string field; null, absent and blank are the same.
fn field(map: &Map<String, Value>, name: &str, notes: &mut Vec<String>) -> Option<String> {
    match map.get(name)? {
        Value::Null => None,
        Value::String(s) => Some(s.trim().to_owned()).filter(|s| !s.is_empty()),
        _ => {
            notes.push(format!("given: `{name}` is no string and was left"));
            None
        }
    }
}

/// The sender's id may be a string or a number.
fn key(map: &Map<String, Value>) -> Option<String> {
    match map.get("key")? {
        Value::String(s) => Some(s.clone()),
        Value::Number(n) => Some(n.to_string()),
        _ => None,
    }
}

fn account(map: &Map<String, Value>) -> Option<Account> {
    let account = map.get("account")?.as_object()?;
    let word = |name: &str| Some(account.get(name)?.as_str()?.trim().to_owned()).filter(|s| !s.is_empty());
    Some(Account { platform: word("platform")?, handle: word("handle")? })
}

fn body(map: &Map<String, Value>, name: &'static str) -> Result<Option<String>, FieldsError> {
    match map.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(s)) => Ok(Some(s.clone())),
        Some(_) => Err(FieldsError::NoString(name)),
    }
}
