//! What a page says of itself: JSON-LD, meta fields, times, links.

use super::hints::{Hints, Meta, SchemaType};
use super::printed::{beside_other_headline, is_of_others, stands_in_margin};
use super::tree::{TimeMark, Tree, collapse};
use crate::date;
use dom_query::Document;
use marsad_model::{DateBasis, Published};
use serde_json::Value;

/// What a page says of itself.
#[derive(Debug, Default)]
pub(crate) struct Metadata {
    pub(crate) title: Option<String>,
    pub(crate) site: Option<String>,
    pub(crate) byline: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) language: Option<String>,
    /// Each that is told, the most trusted first.
    pub(crate) published: Vec<Published>,
    pub(crate) updated: Option<Published>,
    /// Does the page say that it is a report?
    pub(crate) is_report: bool,
    /// The report's text in JSON-LD.
    pub(crate) body: Option<String>,
    /// From whom the only post of the page was forwarded.
    pub(crate) forwarded: Option<String>,
    /// Does its markup say of any post that it was forwarded?
    pub(crate) has_forward: bool,
    /// Who wrote the page's post, where its markup says so.
    pub(crate) poster: Option<String>,
}

/// JSON-LD scripts above this size are data of something else.
const LARGEST_SCRIPT: usize = 4 << 20;

pub(crate) fn metadata(document: &Document, tree: &Tree, hints: &Hints) -> Metadata {
    let mut found = Metadata::default();
    let mut fields: Vec<((Meta, usize), String)> = Vec::new();
    for meta in document.select("meta[content]").nodes() {
        let Some(content) = meta.attr("content").map(|c| collapse(&c)).filter(|c| !c.is_empty()) else { continue };
        for name in ["property", "name", "itemprop", "http-equiv"] {
            if let Some(told) = meta.attr(name).and_then(|name| hints.meta(&name)) {
                fields.push((told, content.clone()));
            }
        }
    }
    fields.sort_by_key(|(told, _)| *told);
    let field = |kind: Meta| fields.iter().filter(move |((k, _), _)| *k == kind).map(|(_, content)| content.as_str());
    let json = json_ld(document, hints);

    let heading = tree.headings.first().cloned();
    let page_title = document.select("head title").nodes().first().map(|t| collapse(&t.text())).filter(|t| !t.is_empty());
    found.site = json.site.or_else(|| field(Meta::Site).map(str::to_owned).find(|s| !s.starts_with("http") && !s.starts_with('@')));
    let said = json.title.or_else(|| field(Meta::Title).next().map(str::to_owned)).or(page_title);
    found.title = headline(said, heading, &tree.headings, found.site.as_deref());
    found.byline = json.byline.or_else(|| byline(field(Meta::Author).chain(tree.authors.iter().map(String::as_str))));
    found.url = canonical(document).or_else(|| field(Meta::Url).find(|u| u.starts_with("http")).map(str::to_owned));
    let lang = document.select("html").nodes().first().and_then(|h| h.attr("lang").or_else(|| h.attr("xml:lang"))).map(|l| l.to_string());
    found.language = lang.filter(|l| !l.is_empty()).or_else(|| field(Meta::Language).next().map(str::to_owned));
    let told = |kind: Meta| field(kind).find_map(|d| date::plausible(d, DateBasis::Metadata));
    // A field that is only called a date may be that of anything.
    let bases = [
        json.published,
        told(Meta::Published),
        said_time(tree, found.title.as_deref()),
        told(Meta::SomeDate),
        only_time(tree, found.title.as_deref()),
    ];
    found.published = bases.into_iter().flatten().collect();
    found.updated = json.updated.or_else(|| told(Meta::Updated));
    found.is_report = json.is_report || field(Meta::Type).any(|t| hints.schema_type(t) == Some(SchemaType::Report));
    found.body = json.body;
    (found.has_forward, found.forwarded) = forwarded(document, tree, hints);
    found.poster = poster(document, hints);
    found
}

/// Whether a post was forwarded, and from whom where the page has one post: of many, one may be forwarded and the others not.
fn forwarded(document: &Document, tree: &Tree, hints: &Hints) -> (bool, Option<String>) {
    let is_it = |node: &dom_query::NodeRef| {
        let class = node.attr("class");
        class.is_some_and(|class| class.split_whitespace().any(|c| hints.forwards().iter().any(|f| f.eq_ignore_ascii_case(c))))
    };
    let links = document.select("a[class], span[class]");
    let mut names = links.nodes().iter().filter(|node| is_it(node)).map(|node| collapse(&node.text())).filter(|name| !name.is_empty());
    let Some(first) = names.next() else { return (false, None) };
    (true, (names.next().is_none() && tree.times.len() <= 1).then_some(first))
}

/// The name of who wrote the first post, without the account's name behind it.
fn poster(document: &Document, hints: &Hints) -> Option<String> {
    let elements = document.select("[data-testid], strong[class]");
    let is_it = |node: &&dom_query::NodeRef| {
        let marks = [node.attr("data-testid"), node.attr("class")];
        marks.iter().flatten().flat_map(|m| m.split_whitespace()).any(|m| hints.posters().iter().any(|p| p.eq_ignore_ascii_case(m)))
    };
    let text = collapse(&elements.nodes().iter().find(is_it)?.text());
    Some(text.split('@').next().unwrap_or("").trim().to_owned()).filter(|name| !name.is_empty())
}

/// The time whose markup says that it is that of publication: the first of the report's own, else the only day of those that
/// stand in its margins, if none of them stands beside the headline of another.
fn said_time(tree: &Tree, title: Option<&str>) -> Option<Published> {
    let (margin, own): (Vec<&TimeMark>, Vec<&TimeMark>) =
        tree.times.iter().filter(|t| t.says && !is_of_others(tree, t.element)).partition(|t| stands_in_margin(tree, t.element));
    let dates = |times: Vec<&TimeMark>| -> Vec<Published> {
        times.into_iter().filter_map(|t| date::plausible(&t.written, DateBasis::Metadata)).collect()
    };
    let listed = margin.iter().any(|t| beside_other_headline(tree, t.block, t.words, title));
    dates(own).into_iter().next().or_else(|| only_day(&dates(margin)).filter(|_| !listed))
}

/// The only day that the times of the page tell, but for those of others.
fn only_time(tree: &Tree, title: Option<&str>) -> Option<Published> {
    let own = tree.times.iter().filter(|t| {
        let apart = tree.up(t.element).any(|e| matches!(tree.elements[e].tag.as_str(), "aside" | "footer"));
        let listed = stands_in_margin(tree, t.element) && beside_other_headline(tree, t.block, t.words, title);
        !is_of_others(tree, t.element) && !apart && !listed
    });
    only_day(&own.filter_map(|t| date::plausible(&t.written, DateBasis::Metadata)).collect::<Vec<_>>())
}

/// The day of these dates, if it is one; its time, if they agree on that as well.
fn only_day(dates: &[Published]) -> Option<Published> {
    let first = dates.first()?;
    let same = dates.iter().all(|d| d.start_time == first.start_time);
    let one_day = dates.iter().all(|d| d.start == first.start);
    one_day.then(|| Published { start_time: first.start_time.clone().filter(|_| same), ..first.clone() })
}

/// The headline: what the page says without the outlet's name behind it. A heading that is the same but for that name,
/// or for a cut end, is the better witness.
fn headline(said: Option<String>, heading: Option<String>, headings: &[String], site: Option<&str>) -> Option<String> {
    let Some(said) = said else { return heading };
    let key = crate::cues::folded_words(&said);
    let whole = headings.iter().find(|h| {
        let words = crate::cues::folded_words(h);
        words.len() > 2 && (key.starts_with(&words) || words.starts_with(&key) && key.len() > 2)
    });
    if let Some(heading) = whole {
        return Some(heading.clone());
    }
    for mark in [" | ", " - ", " – ", " — ", " :: ", " » ", " • ", " · "] {
        if let Some((front, back)) = said.rsplit_once(mark) {
            let names_site = site.is_some_and(|s| crate::cues::folded_words(s) == crate::cues::folded_words(back));
            // A bar parts nothing inside a headline; a dash may.
            if !front.trim().is_empty() && (names_site || mark == " | " && crate::cues::folded_words(front).len() > 3) {
                return Some(front.trim().to_owned());
            }
        }
    }
    Some(said)
}

/// Names only: no addresses of profiles, no whole sentences.
fn byline<'m>(mut names: impl Iterator<Item = &'m str>) -> Option<String> {
    names.find(|n| !n.contains("://") && !n.is_empty() && n.chars().count() <= 100 && n.contains(char::is_alphabetic)).map(str::to_owned)
}

pub(super) fn canonical(document: &Document) -> Option<String> {
    let link = document.select("link[rel=\"canonical\"][href]");
    let href = link.nodes().first()?.attr("href")?;
    Some(href.trim().to_owned()).filter(|h| h.starts_with("http://") || h.starts_with("https://"))
}

#[derive(Debug, Default)]
struct JsonLd {
    is_report: bool,
    title: Option<String>,
    site: Option<String>,
    byline: Option<String>,
    published: Option<Published>,
    updated: Option<Published>,
    body: Option<String>,
}

fn json_ld(document: &Document, hints: &Hints) -> JsonLd {
    let (mut report, mut page, mut site) = (JsonLd::default(), JsonLd::default(), None);
    for script in document.select("script[type=\"application/ld+json\"]").nodes() {
        let text = script.text();
        if text.len() > LARGEST_SCRIPT {
            continue;
        }
        let Some(value) = parse(&text) else { continue };
        let mut rest = vec![&value];
        while let Some(value) = rest.pop() {
            match value {
                Value::Array(items) => rest.extend(items.iter().rev()),
                Value::Object(object) => {
                    rest.extend(object.get("@graph"));
                    let kinds: Vec<&str> = match object.get("@type") {
                        Some(Value::String(kind)) => vec![kind],
                        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
                        _ => Vec::new(),
                    };
                    match kinds.iter().filter_map(|k| hints.schema_type(k)).min() {
                        Some(SchemaType::Report) => {
                            report.is_report = true;
                            report.add(object);
                        }
                        Some(SchemaType::Page) => {
                            page.add(object);
                            rest.extend(object.get("mainEntity"));
                        }
                        None if kinds.contains(&"WebSite") => site = site.or_else(|| string(object.get("name"))),
                        None => {}
                    }
                }
                _ => {}
            }
        }
    }
    JsonLd {
        is_report: report.is_report,
        title: report.title,
        site: report.site.or(page.site).or(site),
        byline: report.byline,
        published: report.published.or(page.published),
        updated: report.updated.or(page.updated),
        body: report.body,
    }
}

/// Many pages write line ends and tabs into JSON strings, which JSON forbids.
fn parse(text: &str) -> Option<Value> {
    let text = text.trim().trim_start_matches("<!--").trim_end_matches("-->").trim().trim_end_matches(';');
    serde_json::from_str(text).ok().or_else(|| {
        let mended: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(&mended).ok()
    })
}

impl JsonLd {
    /// What an object says; what was said before stays.
    fn add(&mut self, object: &serde_json::Map<String, Value>) {
        let keep = |old: &mut Option<String>, new: Option<String>| {
            if old.is_none() {
                *old = new;
            }
        };
        keep(&mut self.title, string(object.get("headline")));
        keep(&mut self.site, name(object.get("publisher")));
        keep(&mut self.byline, name(object.get("author")).filter(|n| !n.contains("://")));
        keep(&mut self.body, object.get("articleBody").and_then(Value::as_str).map(str::to_owned));
        let date = |field: &str| string(object.get(field)).and_then(|d| date::plausible(&d, DateBasis::JsonLd));
        self.published = self.published.take().or_else(|| date("datePublished"));
        self.updated = self.updated.take().or_else(|| date("dateModified"));
    }
}

fn string(value: Option<&Value>) -> Option<String> {
    let text = match value? {
        Value::String(s) => s,
        Value::Array(items) => items.first()?.as_str()?,
        _ => return None,
    };
    Some(collapse(&plain(text))).filter(|s| !s.is_empty())
}

/// The names of one or more persons or bodies.
fn name(value: Option<&Value>) -> Option<String> {
    let one = |v: &Value| match v {
        Value::Object(o) => string(o.get("name")),
        other => string(Some(other)),
    };
    match value? {
        Value::Array(items) => Some(items.iter().filter_map(one).take(5).collect::<Vec<_>>().join(", ")).filter(|s| !s.is_empty()),
        other => one(other),
    }
}

/// JSON-LD strings may hold markup or escaped characters.
pub(super) fn plain(text: &str) -> String {
    if !text.contains(['<', '&']) {
        return text.to_owned();
    }
    Document::fragment(text).text().to_string()
}
