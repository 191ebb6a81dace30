//! ECB+: news in which those who take part in events are marked, by name or by noun, in the sentences that were reviewed.

use crate::archive;
use crate::gold::{Document, Mark};
use crate::part::held;
use anyhow::Result;
use marsad_model::Language;
use marsad_tagger::Kind;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The reviewed sentences of the documents that may be learnt from. A document is held where it, its file or its topic is.
pub(crate) fn documents(folder: &Path) -> Result<Vec<Document>> {
    let mut reviewed: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in archive::text(&folder.join("coreference_sentences.csv.gz"))?.lines().skip(1) {
        let mut cells = row.trim().split(',');
        if let (Some(topic), Some(file), Some(sentence)) = (cells.next(), cells.next(), cells.next()) {
            reviewed.entry(format!("{topic}_{file}.xml")).or_default().insert(sentence.to_owned());
        }
    }
    let mut out = Vec::new();
    for (path, xml) in archive::members(&folder.join("ecbplus.tar.gz"))? {
        let name = path.rsplit('/').next().unwrap_or(&path).to_owned();
        let topic = name.split('_').next().unwrap_or("");
        let stem = name.trim_end_matches(".xml");
        let kept_out = [topic, stem, name.as_str(), path.as_str(), path.trim_end_matches(".xml")].into_iter().any(held);
        if let Some(sentences) = reviewed.get(&name).filter(|_| !kept_out) {
            out.push(document(stem, &xml, sentences));
        }
    }
    Ok(out)
}

/// The value of an attribute in the start of a tag.
fn attribute<'x>(tag: &'x str, name: &str) -> Option<&'x str> {
    tag.split_once(&format!("{name}=\""))?.1.split('"').next()
}

fn document(id: &str, xml: &str, reviewed: &BTreeSet<String>) -> Document {
    let (mut text, mut spans, mut sentence) = (String::new(), BTreeMap::new(), "");
    for token in xml.split("<token ").skip(1) {
        let Some((tag, rest)) = token.split_once('>') else { continue };
        let (Some(at), Some(number)) = (attribute(tag, "sentence"), attribute(tag, "t_id")) else { continue };
        if !reviewed.contains(at) {
            continue;
        }
        if !text.is_empty() {
            text.push(if at == sentence { ' ' } else { '\n' });
        }
        sentence = at;
        let from = text.len();
        text.push_str(&plain(rest.split('<').next().unwrap_or("")));
        spans.insert(number, (from, text.len()));
    }
    let (mut marks, mut unknown) = (Vec::new(), Vec::new());
    let markables = xml.split_once("<Markables>").map_or("", |m| m.1);
    for part in markables.split("m_id=").collect::<Vec<_>>().windows(2) {
        let kind = part[0].rsplit('<').next().unwrap_or("").trim();
        let anchors = part[1].split("<token_anchor").skip(1).filter_map(|a| spans.get(attribute(a, "t_id")?).copied());
        let Some((start, end)) = anchors.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))) else { continue };
        let named = text.get(start..end).is_some_and(|t| t.split_whitespace().any(|w| w.starts_with(char::is_uppercase)));
        match kind {
            "HUMAN_PART_PER" if named => marks.push(Mark { start, end, kind: Kind::Person }),
            "HUMAN_PART_ORG" if named => marks.push(Mark { start, end, kind: Kind::Organisation }),
            "LOC_GEO" | "LOC_FAC" if named => marks.push(Mark { start, end, kind: Kind::Place }),
            _ if kind.starts_with("HUMAN") || kind.starts_with("LOC") || kind.starts_with("NON_HUMAN") => unknown.push((start, end)),
            _ => {}
        }
    }
    marks.sort_by_key(|m| (m.start, std::cmp::Reverse(m.end)));
    // Names that take no part in an event are not marked: of words in capitals nothing is known.
    for word in text.split_whitespace().filter(|w| w.starts_with(char::is_uppercase)) {
        let start = word.as_ptr().addr() - text.as_ptr().addr();
        if !marks.iter().any(|m| m.start <= start && start < m.end) {
            unknown.push((start, start + word.len()));
        }
    }
    Document { set: "ecbplus", id: id.to_owned(), language: Language::English, text, marks, places_only: false, unknown }
}

fn plain(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'").replace("&amp;", "&")
}
