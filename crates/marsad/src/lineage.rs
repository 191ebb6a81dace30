//! `marsad lineage`: from whom one report has its words, who has them from it, and how that is known.

use crate::dossier::{listed, no_report, published, source_name};
use crate::listing::{many, short};
use crate::table::{Style, isolate, wrapped};
use anyhow::Result;
use marsad_ledger::Ledger;
use marsad_model::{Aligned, Direction, Lineage, Relation, Report, Span};
use marsad_record::comparison;
use std::fmt::Write as _;

/// So many aligned stretches are shown for each tie, the longest ones.
const SHOWN_SPANS: usize = 3;
/// So many changed paragraphs are shown.
const SHOWN_CHANGES: usize = 12;
/// A stretch is shown up to so many characters.
const SHOWN_CHARACTERS: usize = 240;

/// The ties of the report that this id, the start of one, a key or a path names.
pub fn lineage(ledger: &Ledger, name: &str, style: Style) -> Result<String> {
    let stored = ledger.find_report(name)?.map(|id| ledger.report(&id)).transpose()?.flatten();
    let Some(report) = stored.map(|s| s.report) else { return Err(no_report(ledger, name)?) };
    let compared = comparison(ledger, &report.id)?;
    let mut out = String::new();
    writeln!(out, "{}", style.strong(&head(&report)))?;
    if let Some(origin) = &compared.origin {
        writeln!(out, "{}  origin {origin}", report.id)?;
    }
    if let Some(date) = &compared.published {
        let by = if date.because.is_empty() { "by its kin" } else { "by what it shares with others" };
        writeln!(out, "dated {} {by}", published(date))?;
        for because in &date.because {
            out.push_str(&listed(because, "  - ", style));
        }
    }
    if let Some(gone) = &compared.gone {
        let when = gone.at.as_deref().map_or(String::new(), |at| format!(" on {at}"));
        writeln!(out, "gone from its address: the server answered with status {}{when}", gone.status)?;
    }
    if let Some(earlier) = compared.version_of.as_ref().map(|id| ledger.report(id)).transpose()?.flatten() {
        version(&report, &earlier.report, style, &mut out)?;
    }
    if compared.lineage.is_empty() {
        out.push_str(&wrapped("No copy, translation or quotation of it was found here, which proves nothing.", "", style.width));
    }
    for tie in &compared.lineage {
        let Some(other) = ledger.report(&tie.to)?.map(|s| s.report) else { continue };
        one_tie(&report, &other, tie, style, &mut out)?;
    }
    Ok(out)
}

/// That it is a later version, and in what it differs from the one before.
fn version(report: &Report, earlier: &Report, style: Style, out: &mut String) -> Result<()> {
    writeln!(out, "a later version of {} at the same address", short(earlier.id.as_str()))?;
    if earlier.title != report.title {
        let was = earlier.title.as_deref().unwrap_or("none");
        out.push_str(&listed(&format!("its title was “{}”", cut(was)), "  ~ ", style));
    }
    let changes = marsad_record::changes(&earlier.text, &report.text);
    for change in changes.iter().take(SHOWN_CHANGES) {
        let words = |text, span: Option<Span>| span.map(|s| format!("“{}”", cut(s.of(text))));
        match (words(&earlier.text, change.there), words(&report.text, change.here)) {
            (Some(was), Some(is)) => {
                out.push_str(&listed(&was, "  ~ was: ", style));
                out.push_str(&listed(&is, "    is:  ", style));
            }
            (was, is) => {
                out.push_str(&was.map_or(String::new(), |was| listed(&was, "  - ", style)));
                out.push_str(&is.map_or(String::new(), |is| listed(&is, "  + ", style)));
            }
        }
    }
    if let Some(left) = changes.len().checked_sub(SHOWN_CHANGES).filter(|left| *left > 0) {
        writeln!(out, "  {}", style.faint(&format!("and {} more", many(left as u64, "paragraph"))))?;
    }
    Ok(())
}

fn head(report: &Report) -> String {
    let dated = report.published.as_ref().map_or_else(|| "undated".to_owned(), published);
    let title = report.title.as_deref().unwrap_or("");
    format!("{} · {dated} · {} · {} {}", isolate(&source_name(report)), report.language.code(), short(report.id.as_str()), isolate(title))
}

fn one_tie(report: &Report, other: &Report, tie: &Lineage<Span>, style: Style, out: &mut String) -> Result<()> {
    writeln!(out, "\n{}", style.strong(&format!("{} ({:.2})", told(tie.relation, tie.direction), tie.confidence)))?;
    out.push_str(&wrapped(&head(other), "  ", style.width));
    for because in &tie.because {
        out.push_str(&listed(because, "  - ", style));
    }
    let mut spans: Vec<&Aligned<Span>> = tie.spans.iter().collect();
    spans.sort_by(|a, b| b.here.len().cmp(&a.here.len()).then_with(|| a.cmp(b)));
    let left = spans.len().saturating_sub(SHOWN_SPANS);
    spans.truncate(SHOWN_SPANS);
    spans.sort_unstable();
    for span in spans {
        out.push_str(&listed(&format!("“{}”", cut(span.here.of(&report.text))), "  here:  ", style));
        out.push_str(&listed(&format!("“{}”", cut(span.there.of(&other.text))), "  there: ", style));
    }
    if left > 0 {
        writeln!(out, "  {}", style.faint(&format!("and {} more", many(left as u64, "stretch of words"))))?;
    }
    Ok(())
}

/// What the tie says of the report at hand.
fn told(relation: Relation, direction: Direction) -> String {
    let noun = format!("{relation:?}").to_lowercase();
    match (relation, direction) {
        (Relation::Quotes, Direction::From) => "It quotes".to_owned(),
        (Relation::Quotes, _) => "It is quoted by".to_owned(),
        (_, Direction::From) => format!("It is a {noun} of"),
        (_, Direction::To) => format!("Its {noun} is"),
        (_, Direction::Unknown) => format!("One is a {noun} of the other, which of which is not known"),
    }
}

/// At most so many characters, with a mark where something is left out.
fn cut(text: &str) -> String {
    let mut out: String = text.chars().take(SHOWN_CHARACTERS).collect();
    if text.chars().nth(SHOWN_CHARACTERS).is_some() {
        out.push('…');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ties_say() {
        for (relation, direction, expected) in [
            (Relation::Copy, Direction::From, "It is a copy of"),
            (Relation::Translation, Direction::To, "Its translation is"),
            (Relation::Quotes, Direction::From, "It quotes"),
            (Relation::Rewrite, Direction::Unknown, "One is a rewrite of the other, which of which is not known"),
        ] {
            assert_eq!(told(relation, direction), expected);
        }
    }

    #[test]
    fn long_stretches_are_cut_between_characters() {
        assert_eq!(cut("ثلج"), "ثلج");
        assert_eq!(cut(&"ث".repeat(SHOWN_CHARACTERS + 1)), format!("{}…", "ث".repeat(SHOWN_CHARACTERS)));
    }
}
