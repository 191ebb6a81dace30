//! One entry of a feed: what it says, whichever of the formats it is written in.

use super::is_markup;
use super::xml::{Token, Tokens, attribute, local, unescaped};
use crate::Body;
use serde_json::Value;

/// What an entry says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) key: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) body: Option<Body>,
    pub(crate) published: Option<String>,
    pub(crate) updated: Option<String>,
    pub(crate) byline: Option<String>,
    pub(crate) language: Option<String>,
    /// Whose entry it is, in a feed that gathers those of others.
    pub(crate) site: Option<String>,
}

/// A mark right under that of the entry, with what stands in it.
struct Field {
    name: String,
    attributes: String,
    text: String,
    /// The text of marks inside it that are called `name`.
    named: String,
    /// All that stands in it, marks included.
    inner: String,
}

impl Entry {
    /// An `item` of RSS or an `entry` of Atom.
    pub(crate) fn of_xml(element: &str) -> Self {
        let fields = fields_of(element);
        let all = |name: &'static str| fields.iter().filter(move |f| f.name == name);
        let text = |name: &'static str| all(name).map(|f| f.text.trim().to_owned()).find(|t| !t.is_empty());
        let first = |names: &[&'static str]| names.iter().find_map(|name| text(name));
        let guid = all("guid").next();
        let permalink = guid.filter(|g| attribute(&g.attributes, "isPermaLink").is_none_or(|p| p != "false"));
        let link = all("link").find_map(|link| {
            let report = attribute(&link.attributes, "rel").is_none_or(|rel| rel == "alternate");
            attribute(&link.attributes, "href").filter(|_| report)
        });
        let url = first(&["feedburner:origLink"])
            .or(link)
            .or_else(|| text("link"))
            .or_else(|| permalink.map(|g| g.text.trim().to_owned()).filter(|g| g.starts_with("http")));
        let named = |name: &'static str| all(name).map(|f| f.named.trim().to_owned()).find(|t| !t.is_empty());
        Self {
            key: first(&["guid", "id"]),
            url,
            // Titles are often escaped twice over.
            title: first(&["title", "dc:title"]).map(|t| unescaped(&t)),
            body: ["content:encoded", "content", "description", "summary", "itunes:summary"]
                .iter()
                .find_map(|name| all(name).find_map(body)),
            published: first(&["pubDate", "published", "dc:date", "issued", "date"]),
            updated: first(&["updated", "modified", "dcterms:modified"]),
            byline: first(&["dc:creator"]).or_else(|| named("author")).or_else(|| text("author").map(signed)),
            language: first(&["dc:language"]),
            site: text("source"),
        }
        .dated()
    }

    /// An item of a JSON Feed.
    pub(crate) fn of_json(item: &[u8]) -> Result<Self, String> {
        let value: Value = serde_json::from_slice(item).map_err(|e| format!("it is no JSON: {e}"))?;
        let word = |name: &str| match value.get(name)? {
            Value::String(s) => Some(s.trim().to_owned()).filter(|s| !s.is_empty()),
            Value::Number(n) => Some(n.to_string()),
            _ => None,
        };
        let names: Vec<&str> = value
            .get("authors")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .chain(value.get("author"))
            .filter_map(|author| author.get("name")?.as_str())
            .collect();
        Ok(Self {
            key: word("id"),
            url: word("url").or_else(|| word("external_url")),
            title: word("title"),
            body: word("content_html").map(Body::Fragment).or_else(|| word("content_text").or_else(|| word("summary")).map(Body::Text)),
            published: word("date_published"),
            updated: word("date_modified"),
            byline: Some(names.join(", ")).filter(|n| !n.is_empty()),
            language: word("language"),
            site: None,
        }
        .dated())
    }

    /// An entry that tells only when it was changed was published then or before: that is no date of publication, but
    /// old Atom feeds have no other.
    fn dated(mut self) -> Self {
        if self.published.is_none() {
            self.published = self.updated.take();
        }
        if self.updated == self.published {
            self.updated = None;
        }
        self
    }
}

/// RSS writes authors as `desk@outlet.example (Lina Haddad)`.
fn signed(author: String) -> String {
    let name = author.split_once('(').and_then(|(_, rest)| rest.rsplit_once(')')).map(|(name, _)| name.trim().to_owned());
    name.filter(|n| !n.is_empty()).unwrap_or(author)
}

fn body(field: &Field) -> Option<Body> {
    let kind = attribute(&field.attributes, "type");
    let xhtml = kind.as_deref() == Some("xhtml");
    let text = if xhtml { field.inner.trim() } else { field.text.trim() };
    if text.is_empty() {
        return None;
    }
    let markup = match kind.as_deref() {
        Some("text" | "text/plain") => false,
        Some(kind) if is_markup(kind) => true,
        _ => looks_like_markup(text),
    };
    Some(if markup { Body::Fragment(text.to_owned()) } else { Body::Text(text.to_owned()) })
}

/// Does it hold a tag or an entity? RSS does not say.
fn looks_like_markup(text: &str) -> bool {
    let tag = |rest: &str| rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') && rest.contains('>');
    let entity = |rest: &str| {
        let name = rest.split(';').next().unwrap_or("");
        rest.len() > name.len() && (2..9).contains(&name.len()) && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#')
    };
    text.split('<').skip(1).any(tag) || text.split('&').skip(1).any(entity)
}

/// The marks right under that of the entry.
fn fields_of(element: &str) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    let mut open: Vec<&[u8]> = Vec::new();
    let mut from = 0;
    let text_of = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    for (range, token) in Tokens::from(element.as_bytes(), 0) {
        match token {
            Token::Open { name, attributes, empty } => {
                if open.len() == 1 {
                    fields.push(Field {
                        name: text_of(name.strip_prefix(b"atom:").unwrap_or(name)),
                        attributes: text_of(attributes),
                        text: String::new(),
                        named: String::new(),
                        inner: String::new(),
                    });
                    from = range.end;
                }
                if !empty {
                    open.push(name);
                }
            }
            Token::Close { name } => {
                let Some(at) = open.iter().rposition(|o| *o == name) else { continue };
                open.truncate(at);
                if at == 1
                    && let Some(field) = fields.last_mut()
                {
                    field.inner.push_str(element.get(from..range.start).unwrap_or(""));
                }
            }
            Token::Text(bytes) | Token::Data(bytes) => {
                let Some(field) = fields.last_mut().filter(|_| open.len() > 1) else { continue };
                let text = text_of(bytes);
                let text = if matches!(token, Token::Text(_)) { unescaped(&text) } else { text };
                if open.len() == 3 && open.last().is_some_and(|name| local(name) == b"name") {
                    field.named.push_str(&text);
                }
                field.text.push_str(&text);
            }
        }
    }
    fields
}
