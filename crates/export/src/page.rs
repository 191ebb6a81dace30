//! Events on a page that opens without Marsad, for a screen or for paper: with the sentences that tell of them, whose they are,
//! and by which hash each can be checked. It holds all that it shows, runs nothing, and asks nothing of anyone: what a report
//! says is escaped and set apart. It is the page of a bundle, and the dossier among the formats of an export.

use crate::Record;
use marsad_model::{Attribute, ClaimId, Event, EventId, ReportId};
use marsad_record::{ClaimRecord, ReportRecord, VictimRecord};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// The words of the program's own page, which has those of this one too.
const WORDS: [&str; 2] = [include_str!("../../../page/words/en.json"), include_str!("../../../page/words/ar.json")];

const HEAD: &str = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
<meta name=\"viewport\" content=\"width=device-width\">\n<title>Marsad</title>\n<style>\n\
body{font:16px/1.5 serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222;background:#fff}\n\
h1,h2,h3{line-height:1.25}section{border-top:1px solid #999;padding:.5rem 0}\n\
blockquote{margin:.5rem 0;padding:0 1rem;border-inline-start:3px solid #999}\n\
dl{display:grid;grid-template-columns:max-content 1fr;gap:0 1rem;margin:.25rem 0}dd{margin:0;grid-column:2;overflow-wrap:anywhere}\
@media(max-width:40rem){dl{display:block}dt{margin-top:.5rem;color:#555}}\n\
code{font-size:.85em}.b{display:flex;justify-content:space-between;gap:1rem}@media print{section{break-inside:avoid}}\n\
</style>\n</head>\n<body>\n";

/// What the page is of, and what is said at its top.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Top {
    /// An evidence bundle. Where names are held back: are the originals there all the same?
    Bundle(Option<bool>),
    /// Events to be read or printed, with names as written or held back.
    Dossier(bool),
}

/// The file beside a page that says what was held back.
pub const TOLD: &str = "REDACTED.md";

/// The page in the making: what is given back is to be written one after the other.
#[derive(Debug)]
pub struct Page {
    words: Words,
    /// Where the originals lie, before their hashes.
    originals: &'static str,
    sources: BTreeMap<ReportId, Head>,
    said: BTreeMap<EventId, Vec<(ReportId, Vec<String>)>>,
    harmed: BTreeMap<EventId, Vec<String>>,
    /// Which report each claim of an event is from.
    reports: BTreeMap<ClaimId, ReportId>,
}

/// What is shown of a report.
#[derive(Debug)]
struct Head {
    source: Option<String>,
    title: Option<String>,
    day: Option<String>,
    url: Option<String>,
    sha256: Option<String>,
    text_sha256: String,
    language: String,
}

impl Head {
    fn of(report: &ReportRecord) -> Self {
        Self {
            source: report.source.name.clone(),
            title: report.title.clone(),
            day: report.published.as_ref().map(|p| p.start.to_string()),
            url: report.url.clone(),
            sha256: report.sha256.clone(),
            text_sha256: report.text_sha256.clone(),
            language: report.language.clone(),
        }
    }
}

/// Words in both languages.
#[derive(Debug)]
struct Words([Value; 2]);

impl Words {
    fn load() -> Self {
        Self(WORDS.map(|json| serde_json::from_str(json).unwrap_or_default()))
    }

    /// A word in English, then in Arabic.
    fn both(&self, key: &str) -> String {
        self.name("bundle", key)
    }

    /// What the program's own page calls a thing of this sort: `type`, `attribute`.
    fn name(&self, sort: &str, name: &str) -> String {
        let key = format!("{sort}.{name}");
        let [en, ar] = self.0.each_ref().map(|words| words[key.as_str()].as_str().unwrap_or(name));
        pair(en, ar)
    }
}

fn pair(en: &str, ar: &str) -> String {
    format!(
        "<span class=\"b\"><span lang=\"en\" dir=\"ltr\">{}</span> <span lang=\"ar\" dir=\"rtl\">{}</span></span>",
        escaped(en),
        escaped(ar)
    )
}

/// Text as text: no letter of it is taken for a sign of HTML, and what turns a line's direction is left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            letter if letter.is_control() && letter != '\n' => {}
            letter => out.push(letter),
        }
    }
    out
}

fn said(text: &str) -> String {
    format!("<bdi>{}</bdi>", escaped(text))
}

/// What an actor is called in the event, where it has a part in it.
fn named<'e>(event: &'e Event, actor: &'e str) -> &'e str {
    event.actors.iter().find(|a| a.id.as_deref() == Some(actor)).map_or(actor, |a| a.name.as_str())
}

impl Page {
    /// A page that holds nothing yet.
    pub fn of(top: Top) -> Self {
        let originals = if matches!(top, Top::Bundle(_)) { "originals/" } else { "" };
        Self {
            words: Words::load(),
            originals,
            sources: BTreeMap::new(),
            said: BTreeMap::new(),
            harmed: BTreeMap::new(),
            reports: BTreeMap::new(),
        }
    }

    /// Its beginning.
    pub fn top(&self, top: Top) -> String {
        let words = &self.words;
        let title = if matches!(top, Top::Bundle(_)) { words.both("title") } else { words.name("dossier", "title") };
        let mut out = format!("{HEAD}<h1>{title}</h1>\n");
        if matches!(top, Top::Bundle(_)) {
            let _ = writeln!(out, "<p>{}</p>", words.both("check"));
        }
        if matches!(top, Top::Bundle(Some(_)) | Top::Dossier(true)) {
            let _ = writeln!(out, "<p>{}</p>", words.both("held"));
        }
        if let Top::Bundle(Some(originals)) = top {
            let of_originals = if originals { "held.with" } else { "held.without" };
            let _ = writeln!(out, "<p>{}</p>", words.both(of_originals));
        }
        let _ = match top {
            Top::Bundle(Some(_)) | Top::Dossier(true) => writeln!(out, "<p><a href=\"{TOLD}\">{TOLD}</a></p>"),
            Top::Dossier(false) => writeln!(out, "<p>{}</p>", words.name("dossier", "as.written")),
            Top::Bundle(None) => Ok(()),
        };
        let _ = writeln!(out, "<h2>{}</h2>", words.both("events"));
        out
    }

    /// Take the next record: what is to be written of it.
    pub fn take(&mut self, record: &Record) -> String {
        match record {
            Record::Report(report) => drop(self.sources.insert(report.id.clone(), Head::of(report))),
            Record::Claim(claim) => self.claim(claim),
            Record::Victim(victim) => self.victim(victim),
            Record::Event(event) => return self.event(event),
            _ => {}
        }
        String::new()
    }

    /// One whom the event's reports name as harmed.
    fn victim(&mut self, victim: &VictimRecord) {
        let value = serde_json::to_value(victim).unwrap_or_default();
        let word = |sort: &str, field: &str| value[field].as_str().map(|name| self.words.name(sort, name));
        let told = [word("suffered", "harm"), word("one", "status"), word("sex", "sex")].into_iter().flatten().collect::<String>();
        let age = victim.age.map(|age| format!(", {age}")).unwrap_or_default();
        let line = format!("<dt>{}{age}</dt><dd>{told}</dd>", said(&victim.name_as_written));
        self.harmed.entry(victim.event.clone()).or_default().push(line);
    }

    fn claim(&mut self, ClaimRecord { event, claim, .. }: &ClaimRecord) {
        let Some(event) = event else { return };
        self.reports.insert(claim.id.clone(), claim.report.clone());
        let sentences: Vec<String> = std::iter::once(&claim.evidence).chain(&claim.more_evidence).map(|q| q.text.clone()).collect();
        let all = self.said.entry(event.clone()).or_default();
        let one = (claim.report.clone(), sentences);
        if !all.contains(&one) {
            all.push(one);
        }
    }

    fn event(&mut self, event: &Event) -> String {
        let words = &self.words;
        let value = serde_json::to_value(event).unwrap_or_default();
        let mut out = String::new();
        let kind = value["type"].as_str().unwrap_or("");
        let _ = write!(
            out,
            "<section id=\"{0}\">\n<h3>{1}</h3>\n<p dir=\"auto\">{2}</p>\n<p><code>{0}</code></p>\n<dl>",
            event.id,
            words.name("type", kind),
            escaped(&event.summary)
        );
        let unknown = words.both("unknown");
        let day = value["time"]["start"].as_str().map_or(unknown.clone(), said);
        let place = event.place.as_ref().map_or(unknown, |place| said(&place.name));
        let support = format!("{} + {}", value["support"]["independent"], value["support"]["untraced"]);
        for (key, value) in [("when", day), ("where", place), ("support", escaped(&support))] {
            let _ = writeln!(out, "<dt>{}</dt><dd>{value}</dd>", words.both(key));
        }
        self.parties(event, &value, &mut out);
        for agreed in event.agreed.iter().filter(|a| !matches!(a.attribute, Attribute::Time | Attribute::Place)) {
            let sources = self.sources_of(&agreed.value.claims);
            let _ = writeln!(out, "<dt>{}</dt><dd>{} {sources}</dd>", self.attribute(agreed.attribute), said(&agreed.value.value));
        }
        for position in &event.positions {
            let stance = serde_json::to_value(position.stance).unwrap_or_default();
            let stance = self.words.name("stance", stance.as_str().unwrap_or_default());
            let source = self.sources_of(std::slice::from_ref(&position.claim));
            let _ =
                writeln!(out, "<dt>{}</dt><dd>{} {source}{stance}</dd>", self.words.both("position"), said(named(event, &position.actor)));
        }
        out.push_str("</dl>\n");
        self.differing(event, &mut out);
        if let Some(harmed) = self.harmed.remove(&event.id) {
            let _ = writeln!(out, "<h4>{}</h4>\n<dl>{}</dl>", words.name("dossier", "harmed"), harmed.join("\n"));
        }
        let _ = writeln!(out, "<h4>{}</h4>", words.both("said"));
        for (report, sentences) in self.said.remove(&event.id).unwrap_or_default() {
            let Some(head) = self.sources.get(&report) else { continue };
            // A direction is told by text that is in no element with one of its own.
            let quoted: String = sentences.iter().map(|s| format!("<p>{}</p>", escaped(s))).collect();
            let source = head.source.as_deref().unwrap_or("?");
            let day = head.day.as_deref().unwrap_or("");
            let _ = writeln!(
                out,
                "<blockquote lang=\"{}\" dir=\"auto\">{quoted}<footer>{} {} <a href=\"#{report}\"><code>{report}</code></a></footer></blockquote>",
                escaped(&head.language),
                said(source),
                escaped(day)
            );
        }
        out.push_str("</section>\n");
        out
    }

    /// Who has a part in it, and how many came to harm, as far as any of its reports says.
    fn parties(&self, event: &Event, value: &Value, out: &mut String) {
        for (actor, told) in event.actors.iter().zip(value["actors"].as_array().into_iter().flatten()) {
            let role = self.words.name("role", told["role"].as_str().unwrap_or_default());
            let _ = writeln!(out, "<dt>{role}</dt><dd>{}</dd>", said(&actor.name));
        }
        for harm in value["casualties"].as_array().into_iter().flatten() {
            let number = |bound: &str| harm[bound].as_u64().map_or_else(|| "?".to_owned(), |n| n.to_string());
            let (min, max) = (number("min"), number("max"));
            let told = if min == max { min } else { format!("{min}–{max}") };
            let kind = self.words.name("harm", harm["harm"].as_str().unwrap_or_default());
            let of = [harm["status"].as_str(), harm["group"].as_str()].into_iter().flatten().collect::<Vec<_>>().join(", ");
            let _ = writeln!(out, "<dt>{kind}</dt><dd>{told} <small>({})</small></dd>", escaped(&of));
        }
    }

    /// On what its reports differ: each value with whose it is, none before the other.
    fn differing(&self, event: &Event, out: &mut String) {
        if event.disagreements.is_empty() {
            return;
        }
        let _ = writeln!(out, "<h4>{}</h4>\n<dl>", self.words.both("differ"));
        for disagreement in &event.disagreements {
            let _ = writeln!(out, "<dt>{}</dt>", self.attribute(disagreement.attribute));
            for value in &disagreement.values {
                let _ = writeln!(out, "<dd>{} {}</dd>", said(&value.value), self.sources_of(&value.claims));
            }
        }
        out.push_str("</dl>\n");
    }

    fn attribute(&self, attribute: Attribute) -> String {
        let name = serde_json::to_value(attribute).unwrap_or_default();
        self.words.name("attribute", name.as_str().unwrap_or_default())
    }

    /// The sources of these claims, each leading to its report.
    fn sources_of(&self, claims: &[ClaimId]) -> String {
        let reports: BTreeSet<&ReportId> = claims.iter().filter_map(|claim| self.reports.get(claim)).collect();
        let link = |report: &&ReportId| {
            let source = self.sources.get(*report).and_then(|head| head.source.as_deref()).unwrap_or(report.as_str());
            format!("<a href=\"#{report}\">{}</a>", said(source))
        };
        format!("<small>({})</small>", reports.iter().map(link).collect::<Vec<_>>().join(", "))
    }

    fn report(&self, id: &ReportId, head: &Head) -> String {
        let mut out = format!(
            "<section id=\"{id}\">\n<h3 dir=\"auto\">{}</h3>\n<p><code>{id}</code></p>\n<dl>",
            escaped(head.title.as_deref().unwrap_or("–"))
        );
        let original = head.sha256.as_ref().map(|sha256| format!("{}{sha256}", self.originals));
        let rows = [
            ("source", &head.source),
            ("published", &head.day),
            ("address", &head.url),
            ("original", &original),
            ("text", &Some(head.text_sha256.clone())),
        ];
        for (key, value) in rows {
            if let Some(value) = value {
                let _ = writeln!(out, "<dt>{}</dt><dd>{}</dd>", self.words.both(key), said(value));
            }
        }
        out + "</dl>\n</section>\n"
    }

    /// The reports of all that was taken.
    pub fn reports(&self) -> String {
        let mut out = format!("<h2>{}</h2>\n", self.words.both("reports"));
        for (id, head) in &self.sources {
            out.push_str(&self.report(id, head));
        }
        out
    }

    /// What stands above the reports that were withdrawn.
    pub fn withdrawn(&self) -> String {
        format!("<h2>{}</h2>\n", self.words.both("withdrawn"))
    }

    /// Reports that were withdrawn together: when, and on what ground where it is told.
    pub fn gone(&self, reports: &[ReportId], at: &str, ground: Option<&str>) -> String {
        let ids: Vec<&str> = reports.iter().map(ReportId::as_str).collect();
        let mut line = format!("<section><p><code>{}</code> {}</p>", ids.join(" "), escaped(at));
        if let Some(ground) = ground {
            let _ = write!(line, "<dl><dt>{}</dt><dd>{}</dd></dl>", self.words.both("ground"), said(ground));
        }
        line + "</section>\n"
    }

    /// Its end.
    pub fn end() -> &'static str {
        "</body>\n</html>\n"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What this page says, each in both languages.
    const SAID: [&str; 21] = [
        "title",
        "check",
        "held",
        "held.with",
        "held.without",
        "events",
        "reports",
        "withdrawn",
        "source",
        "published",
        "address",
        "original",
        "text",
        "said",
        "differ",
        "support",
        "when",
        "where",
        "position",
        "ground",
        "unknown",
    ];

    #[test]
    fn all_that_the_page_says_has_words_in_both_languages() {
        let words = Words::load();
        for key in SAID {
            for language in &words.0 {
                assert!(language[format!("bundle.{key}")].as_str().is_some_and(|said| !said.is_empty()), "{key}");
            }
        }
        let asked: Vec<&str> = include_str!("page.rs").split("words.both(\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert!(asked.len() > 8 && asked.iter().all(|key| SAID.contains(key)), "{asked:?}");
    }
}
