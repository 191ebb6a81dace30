//! The page of a bag: its events with the sentences that tell of them, whose they are, and by which hash each can be checked.
//! It holds all that it shows, runs nothing, and asks nothing of anyone: what a report says is escaped and set apart.

use marsad_export::{ExportError, Out, Record};
use marsad_ledger::Tombstone;
use marsad_model::{Event, EventId, ReportId};
use marsad_record::{ClaimRecord, ReportRecord};
use std::collections::BTreeMap;
use std::fmt::Write as _;

const WORDS: &str = include_str!("words.tsv");
/// The words of the program's own page, for the names of event types.
const NAMES: [&str; 2] = [include_str!("../../../page/words/en.json"), include_str!("../../../page/words/ar.json")];

const HEAD: &str = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
<meta name=\"viewport\" content=\"width=device-width\">\n<title>Marsad</title>\n<style>\n\
body{font:16px/1.5 serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222;background:#fff}\n\
h1,h2,h3{line-height:1.25}section{border-top:1px solid #999;padding:.5rem 0}\n\
blockquote{margin:.5rem 0;padding:0 1rem;border-inline-start:3px solid #999}\n\
dl{display:grid;grid-template-columns:max-content 1fr;gap:0 1rem;margin:.25rem 0}dd{margin:0;overflow-wrap:anywhere}\n\
code{font-size:.85em}.b{display:flex;justify-content:space-between;gap:1rem}@media print{section{break-inside:avoid}}\n\
</style>\n</head>\n<body>\n";

/// The page in the making.
pub(crate) struct Page {
    out: Out,
    words: Words,
    sources: BTreeMap<ReportId, Head>,
    said: BTreeMap<EventId, Vec<(ReportId, Vec<String>)>>,
}

/// What is shown of a report.
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
struct Words {
    own: BTreeMap<&'static str, (&'static str, &'static str)>,
    names: [BTreeMap<String, String>; 2],
}

impl Words {
    fn load() -> Self {
        let row = |line: &'static str| {
            let mut fields = line.split('\t');
            Some((fields.next()?, (fields.next()?, fields.next()?)))
        };
        Self { own: WORDS.lines().filter_map(row).collect(), names: NAMES.map(|json| serde_json::from_str(json).unwrap_or_default()) }
    }

    /// A word in English, then in Arabic.
    fn both(&self, key: &str) -> String {
        let (en, ar) = self.own.get(key).copied().unwrap_or((key, key));
        pair(en, ar)
    }

    fn event_type(&self, name: &str) -> String {
        let [en, ar] = [0, 1].map(|n| self.names.get(n).and_then(|names| names.get(&format!("type.{name}"))).map_or(name, String::as_str));
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

impl Page {
    pub(crate) fn begin(mut out: Out) -> Result<Self, ExportError> {
        let words = Words::load();
        let top = format!("{HEAD}<h1>{}</h1>\n<p>{}</p>\n<h2>{}</h2>\n", words.both("title"), words.both("check"), words.both("events"));
        out.put(top.as_bytes())?;
        Ok(Self { out, words, sources: BTreeMap::new(), said: BTreeMap::new() })
    }

    pub(crate) fn take(&mut self, record: &Record) -> Result<(), ExportError> {
        match record {
            Record::Report(report) => drop(self.sources.insert(report.id.clone(), Head::of(report))),
            Record::Claim(claim) => self.claim(claim),
            Record::Event(event) => {
                let section = self.event(event);
                self.out.put(section.as_bytes())?;
            }
            _ => {}
        }
        Ok(())
    }

    fn claim(&mut self, ClaimRecord { event, claim, .. }: &ClaimRecord) {
        let Some(event) = event else { return };
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
            "<section id=\"{0}\">\n<h3>{1}</h3>\n<p>{2} <code>{0}</code></p>\n<dl>",
            event.id,
            words.event_type(kind),
            said(&event.summary)
        );
        let unknown = words.both("unknown");
        let day = value["time"]["start"].as_str().map_or(unknown.clone(), said);
        let place = event.place.as_ref().map_or(unknown, |place| said(&place.name));
        let support = format!("{} + {}", value["support"]["independent"], value["support"]["untraced"]);
        for (key, value) in [("when", day), ("where", place), ("support", escaped(&support))] {
            let _ = writeln!(out, "<dt>{}</dt><dd>{value}</dd>", words.both(key));
        }
        out.push_str("</dl>\n");
        let differing: Vec<&str> =
            value["disagreements"].as_array().into_iter().flatten().filter_map(|d| d["attribute"].as_str()).collect();
        if !differing.is_empty() {
            let _ = writeln!(out, "<p>{} {}</p>", words.both("differ"), escaped(&differing.join(", ")));
        }
        let _ = writeln!(out, "<h4>{}</h4>", words.both("said"));
        for (report, sentences) in self.said.remove(&event.id).unwrap_or_default() {
            let Some(head) = self.sources.get(&report) else { continue };
            let quoted: Vec<String> = sentences.iter().map(|s| said(s)).collect();
            let source = head.source.as_deref().unwrap_or("?");
            let day = head.day.as_deref().unwrap_or("");
            let _ = writeln!(
                out,
                "<blockquote lang=\"{}\" dir=\"auto\"><p>{}</p><footer>{} {} <a href=\"#{report}\"><code>{report}</code></a></footer></blockquote>",
                escaped(&head.language),
                quoted.join(" … "),
                said(source),
                escaped(day)
            );
        }
        out.push_str("</section>\n");
        out
    }

    fn report(&self, id: &ReportId, head: &Head) -> String {
        let mut out = format!(
            "<section id=\"{id}\">\n<h3 dir=\"auto\">{}</h3>\n<p><code>{id}</code></p>\n<dl>",
            said(head.title.as_deref().unwrap_or("–"))
        );
        let original = head.sha256.as_ref().map(|sha256| format!("originals/{sha256}"));
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

    pub(crate) fn finish(mut self, stones: &[Tombstone]) -> Result<(), ExportError> {
        self.out.put(format!("<h2>{}</h2>\n", self.words.both("reports")).as_bytes())?;
        for (id, head) in &self.sources {
            let section = self.report(id, head);
            self.out.put(section.as_bytes())?;
        }
        if !stones.is_empty() {
            self.out.put(format!("<h2>{}</h2>\n", self.words.both("withdrawn")).as_bytes())?;
        }
        for stone in stones {
            let ids: Vec<&str> = stone.reports.iter().map(ReportId::as_str).collect();
            let ground = self.words.both("ground");
            let at = escaped(&stone.at);
            let line = format!(
                "<section><p><code>{}</code> {at}</p><dl><dt>{ground}</dt><dd>{}</dd></dl></section>\n",
                ids.join(" "),
                said(&stone.ground)
            );
            self.out.put(line.as_bytes())?;
        }
        self.out.put(b"</body>\n</html>\n")?;
        self.out.finish()
    }
}
