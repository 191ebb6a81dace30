//! Telegram's JSON export: each message with words in it is a record; its sealed bytes are its object in the export.
//!
//! The export tells a chat's name and number, not the name in its address, so no address is made up. Words that belong to a
//! service (someone joined, a picture was changed) and messages without words are passed over.

use crate::intake::Place;
use crate::{Body, Given, Record};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;
use marsad_model::{Account, DateBasis, ReportKind, sha256_hex};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// How such a record came in.
pub(crate) const BY: &str = "telegram";

/// The chat that a message was posted in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Chat {
    #[serde(default)]
    pub(crate) id: Option<String>,
    #[serde(default)]
    pub(crate) name: Option<String>,
    /// `public_channel`, `private_supergroup` …
    #[serde(default)]
    pub(crate) kind: Option<String>,
}

/// The record of a message that was sealed, with its chat.
pub(crate) fn reopen(place: &Place, chat: &[u8], sealed: &[u8]) -> Result<Record, String> {
    let chat: Chat = serde_json::from_slice(chat).map_err(|e| format!("its chat cannot be read: {e}"))?;
    chat.read(place, sealed)?.ok_or_else(|| "it has no words".to_owned())
}

impl Chat {
    /// A message of this chat; `None` where it has no words of its own.
    pub(crate) fn read(&self, place: &Place, sealed: &[u8]) -> Result<Option<Record>, String> {
        let message: Value = serde_json::from_slice(sealed).map_err(|e| format!("it is no JSON: {e}"))?;
        let word = |name: &str| match message.get(name)? {
            Value::String(s) => Some(s.trim().to_owned()).filter(|s| !s.is_empty()),
            Value::Number(n) => Some(n.to_string()),
            _ => None,
        };
        if word("type").is_some_and(|kind| kind != "message") {
            return Ok(None);
        }
        let text = message.get("text").map(words_of).filter(|t| !t.trim().is_empty());
        let Some(text) = text.or_else(|| message.get("text_entities").map(words_of)).filter(|t| !t.trim().is_empty()) else {
            return Ok(None);
        };
        let forwarded = word("forwarded_from");
        let media = ["photo", "file", "media_type"].iter().any(|name| message.get(name).is_some_and(|v| !v.is_null()));
        let is_channel = self.kind.as_deref().is_none_or(|kind| kind.ends_with("channel"));
        let author = if is_channel { word("author") } else { word("from") };
        let mut notes = Vec::new();
        if let Some(from) = &forwarded {
            notes.push(format!("forwarded from: {from}"));
        }
        if let Some(to) = word("reply_to_message_id") {
            notes.push(format!("in reply to: {to}"));
        }
        let body = Body::Text(text);
        let given = Given {
            source: self.name.clone(),
            published: date(word("date"), word("date_unixtime")),
            updated: date(word("edited"), word("edited_unixtime")),
            byline: forwarded.clone().or(author).filter(|name| Some(name) != self.name.as_ref()),
            kind: Some(match (forwarded.is_some(), media) {
                (true, _) => ReportKind::Forward,
                (false, true) => ReportKind::Caption,
                (false, false) => ReportKind::Post,
            }),
            account: self.id.clone().map(|handle| Account { platform: BY.to_owned(), handle }),
            ..Given::default()
        };
        Ok(Some(Record {
            id: Record::id_of(&body, body.content().as_bytes(), &given),
            sealed: sealed.to_vec(),
            sha256: sha256_hex(sealed),
            beside: serde_json::to_vec(self).ok(),
            path: place.path.to_owned(),
            line: None,
            key: self.id.as_ref().zip(word("id")).map(|(chat, message)| format!("{chat}/{message}")),
            capture: place.capture(BY, None),
            given,
            dated_by: DateBasis::Metadata,
            site: None,
            body,
            charset: "utf-8 (json)".to_owned(),
            notes,
        }))
    }
}

/// The words of a text that is a string, or a list of strings and of objects with a text (a link, a tag, bold words).
fn words_of(text: &Value) -> String {
    match text {
        Value::String(s) => s.clone(),
        Value::Array(parts) => parts
            .iter()
            .filter_map(|part| match part {
                Value::String(s) => Some(s.as_str()),
                Value::Object(entity) => entity.get("text")?.as_str(),
                _ => None,
            })
            .collect(),
        _ => String::new(),
    }
}

/// The export writes the time of day where it was made, and the moment in seconds; together they tell the offset.
fn date(local: Option<String>, seconds: Option<String>) -> Option<String> {
    let moment = seconds.and_then(|s| Timestamp::from_second(s.parse().ok()?).ok());
    let Some(moment) = moment else { return local };
    let offset = local.as_deref().and_then(|written| {
        let there: DateTime = written.parse().ok()?;
        let seconds = Offset::UTC.to_timestamp(there).ok()?.as_second() - moment.as_second();
        let plausible = seconds % 900 == 0 && seconds.abs() <= 14 * 3600;
        Offset::from_seconds(i32::try_from(seconds).ok()?).ok().filter(|_| plausible)
    });
    let offset = offset.unwrap_or(Offset::UTC);
    let there = offset.to_datetime(moment);
    let minutes = offset.seconds() / 60;
    let sign = if minutes < 0 { '-' } else { '+' };
    Some(format!("{}{sign}{:02}:{:02}", there.strftime("%Y-%m-%dT%H:%M:%S"), minutes.abs() / 60, minutes.abs() % 60))
}
