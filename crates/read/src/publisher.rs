//! Who published a report: as given, by its address, as the page says, or as the text says of itself.

use crate::cues::{Cue, Cues};
use marsad_knowledge::{SourceEntry, Sources};
use marsad_model::{Source, SourceKind};
use marsad_text::{Case, WordKind, Words};
use std::collections::BTreeMap;

/// The evidence, the strongest first.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Evidence<'e> {
    /// What the sender says.
    pub(crate) given: Option<&'e str>,
    /// Where it was published.
    pub(crate) url: Option<&'e str>,
    /// What the page says (JSON-LD publisher, site name).
    pub(crate) page: Option<&'e str>,
    /// The readable text.
    pub(crate) text: &'e str,
}

/// The source, and how it was told.
pub(crate) fn publisher(evidence: Evidence, sources: &Sources, cues: &Cues) -> (Source, Option<String>) {
    let by_url = evidence.url.and_then(|url| sources.by_url(url));
    if let Some(name) = evidence.given {
        let entry = sources.by_name(name).or_else(|| by_bare_name(name, sources, cues)).or_else(|| sources.by_url(name));
        return (entry.map_or_else(|| unlisted(name), listed), Some("source: as given".to_owned()));
    }
    if let Some(entry) = by_url {
        return (listed(entry), Some("source: by the address".to_owned()));
    }
    if let Some(name) = evidence.page {
        let entry = sources.by_name(name).or_else(|| sources.by_url(name));
        return (entry.map_or_else(|| unlisted(name), listed), Some("source: as the page says".to_owned()));
    }
    // A text that speaks of "our correspondent" may stand on a site that copied it: the address knows better.
    if let Some(host) = evidence.url.and_then(host) {
        return (unlisted(host), Some("source: the address's host".to_owned()));
    }
    if let Some((source, how)) = of_itself(evidence.text, sources, cues) {
        return (source, Some(how));
    }
    (Source { id: None, name: None, kind: SourceKind::Unknown, family: None }, None)
}

/// The one source that is called so with "agency" or "channel" beside the name. In a text many a bare name is another word;
/// whoever gives it as a source means the source.
fn by_bare_name<'s>(name: &str, sources: &'s Sources, cues: &Cues) -> Option<&'s SourceEntry> {
    let named = |noun: &String| [format!("{noun} {name}"), format!("{name} {noun}")].into_iter().filter_map(|n| sources.by_name(&n));
    let mut found = cues.outlet_nouns.iter().flat_map(named);
    let first = found.next()?;
    found.all(|other| other.id == first.id).then_some(first)
}

fn listed(entry: &SourceEntry) -> Source {
    Source { id: Some(entry.id.clone()), name: Some(entry.name_en.clone()), kind: entry.kind, family: entry.family.clone() }
}

fn unlisted(name: &str) -> Source {
    Source { id: None, name: Some(name.to_owned()), kind: SourceKind::Unknown, family: None }
}

fn host(url: &str) -> Option<&str> {
    let host = url.split_once("://")?.1.split(['/', '?', '#', ':']).next()?;
    let host = host.rsplit_once('@').map_or(host, |(_, h)| h);
    Some(host.strip_prefix("www.").unwrap_or(host)).filter(|h| h.contains('.'))
}

/// The outlet whose correspondent or source the text names. "A correspondent of X said" stands in texts of X and in
/// texts that quote X; so one outlet alone must be named so. An outlet that knowledge does not list is believed only
/// where the text also says "our correspondent".
fn of_itself(text: &str, sources: &Sources, cues: &Cues) -> Option<(Source, String)> {
    let words = Words::of(text);
    let mut listed_at: BTreeMap<usize, usize> = BTreeMap::new();
    let mut named: BTreeMap<String, usize> = BTreeMap::new();
    let mut own = false;
    for i in 0..words.len() {
        for hit in cues.phrases.at(text, &words, i) {
            for cue in hit.values {
                let outlet = match *cue {
                    Cue::Own => {
                        own = true;
                        None
                    }
                    Cue::Sent(glue) => Scene { text, words: &words, cues }.named_after(hit.last + 1, glue),
                    Cue::SentBefore => Scene { text, words: &words, cues }.named_before(hit.first),
                    Cue::Byline | Cue::OutletNoun => None,
                };
                match outlet {
                    Some(Outlet::Listed(at)) => *listed_at.entry(at).or_default() += 1,
                    Some(Outlet::Named(name)) => *named.entry(name).or_default() += 1,
                    None => {}
                }
            }
        }
    }
    let how = |name: &str| format!("source: the text names a correspondent or source of {name}");
    if let [at] = listed_at.keys().copied().collect::<Vec<_>>()[..] {
        let entry = sources.entries().get(at)?;
        return Some((listed(entry), how(&entry.name_en)));
    }
    match named.keys().collect::<Vec<_>>()[..] {
        [name] if own && listed_at.is_empty() => Some((unlisted(name), how(name))),
        _ => None,
    }
}

enum Outlet {
    /// Index into the registry's entries.
    Listed(usize),
    Named(String),
}

struct Scene<'s> {
    text: &'s str,
    words: &'s Words,
    cues: &'s Cues,
}

/// Most words of an outlet's name that knowledge does not list.
const LONGEST_NAME: usize = 6;

impl Scene<'_> {
    /// The outlet that stands right after a cue, perhaps with a letter glued to it («لـ»).
    fn named_after(&self, at: usize, glue: Option<char>) -> Option<Outlet> {
        let mut at = self.past_marks(at);
        let mut glue = glue;
        if let Some(letter) = glue
            && self.words.folded(at).chars().eq([letter])
        {
            at = self.past_marks(at + 1);
            glue = None;
        }
        for hit in self.cues.outlets.at(self.text, self.words, at) {
            if hit.form.preposition == glue
                && !hit.form.conjunction
                && let [entry] = hit.values
            {
                return Some(Outlet::Listed(*entry));
            }
        }
        if glue.is_some() {
            return None;
        }
        self.quoted(at).or_else(|| self.capitalised(at)).map(Outlet::Named)
    }

    /// The listed outlet whose name ends right before a cue.
    fn named_before(&self, cue: usize) -> Option<Outlet> {
        let last = (0..cue).rev().find(|&i| !matches!(self.words[i].kind, WordKind::Mark | WordKind::Possessive))?;
        (last.saturating_sub(LONGEST_NAME)..=last).find_map(|i| {
            let hits = self.cues.outlets.at(self.text, self.words, i);
            let whole = hits.into_iter().find(|hit| hit.last == last && hit.form.preposition.is_none())?;
            if let [entry] = whole.values { Some(Outlet::Listed(*entry)) } else { None }
        })
    }

    fn past_marks(&self, mut at: usize) -> usize {
        while self.words.get(at).is_some_and(|w| w.kind == WordKind::Mark && !w.newline_before && is_quote(self.words.folded(at))) {
            at += 1;
        }
        at
    }

    /// A name in quotation marks, perhaps after a noun for outlets, which is part of the name.
    fn quoted(&self, at: usize) -> Option<String> {
        let noun = self.cues.phrases.at(self.text, self.words, at).into_iter().find(|h| h.values.contains(&Cue::OutletNoun));
        let open = noun.map_or(at, |hit| hit.last + 1);
        let open = if self.is_quote_at(open) { open } else { open.checked_sub(1).filter(|&o| self.is_quote_at(o))? };
        let inside: Vec<usize> = (open + 1..self.words.len()).take_while(|&i| !self.is_quote_at(i)).take(LONGEST_NAME + 1).collect();
        let (first, last) = (*inside.first()?, *inside.last()?);
        let whole = inside.len() <= LONGEST_NAME && self.is_quote_at(last + 1) && !self.words[first].newline_before;
        whole.then(|| self.words.span(first, last).of(self.text).trim_matches([',', '،', '.', ' ']).to_owned())
    }

    fn is_quote_at(&self, i: usize) -> bool {
        self.words.get(i).is_some_and(|w| w.kind == WordKind::Mark) && is_quote(self.words.folded(i))
    }

    /// A name in capitals: Valley Post.
    fn capitalised(&self, at: usize) -> Option<String> {
        let capital =
            |i: usize| self.words.get(i).is_some_and(|w| matches!(w.case, Case::Title | Case::Upper) && w.kind == WordKind::Letters);
        let run: Vec<usize> = (at..self.words.len()).take_while(|&i| capital(i)).take(LONGEST_NAME).collect();
        // One capital may begin a person's name or a place's; two are a name.
        (run.len() >= 2).then(|| self.words.span(run[0], run[run.len() - 1]).of(self.text).to_owned())
    }
}

fn is_quote(mark: &str) -> bool {
    matches!(mark, "\"" | "“" | "”" | "„" | "«" | "»" | "'" | "‘" | "’" | "(" | ")" | "ـ")
}
