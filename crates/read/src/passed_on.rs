//! Posts that were passed on: what a network prints over one that somebody else wrote, and from whom it is.

use marsad_knowledge::Files;
use marsad_model::ReportKind;
use marsad_table::{Row, Table, TableError};
use marsad_text::{WordKind, Words};

/// The lines that tell so, in all languages.
#[derive(Debug, Default)]
pub(crate) struct PassedOnLines(Vec<Pattern>);

/// What such a line says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PassedOn {
    /// A forward, or a repost.
    pub(crate) kind: ReportKind,
    /// Who passed it on.
    pub(crate) by: Option<String>,
    /// Who wrote it.
    pub(crate) from: Option<String>,
}

#[derive(Debug)]
struct Pattern {
    kind: ReportKind,
    pieces: Vec<Piece>,
    /// Only the beginning of the line; the post follows in it.
    opens: bool,
}

#[derive(Debug, PartialEq, Eq)]
enum Piece {
    Word(String),
    /// Who passed it on.
    By,
    /// Who wrote it.
    From,
}

/// Names have so many words at most.
const LONGEST_NAME: usize = 8;
/// So do the lines, beside names.
const LONGEST_LINE: usize = 24;

impl PassedOnLines {
    pub(crate) fn load(files: &Files) -> Result<Self, TableError> {
        let mut lines = Self::default();
        for (_, path, text) in files.of_languages("reading.tsv") {
            for row in Table::read(path, text, &["form", "kind", "example"])?.rows() {
                let (kind, opens) = match row.need("kind")? {
                    "repost_line" => (ReportKind::Repost, false),
                    "repost_head" => (ReportKind::Repost, true),
                    "forward_line" => (ReportKind::Forward, false),
                    _ => continue,
                };
                lines.0.push(Pattern { kind, pieces: pieces(row)?, opens });
            }
        }
        // The longest first: it says most.
        lines.0.sort_by_key(|p| std::cmp::Reverse(p.pieces.len()));
        Ok(lines)
    }

    /// What a line says, and how many of its bytes say it.
    pub(crate) fn of_line(&self, line: &str) -> Option<(PassedOn, usize)> {
        let words = Words::of(line);
        let told: Vec<usize> = (0..words.len()).filter(|&i| !matches!(words[i].kind, WordKind::Mark | WordKind::Possessive)).collect();
        if told.is_empty() {
            return None;
        }
        let whole = told.len() <= LONGEST_LINE;
        self.0.iter().filter(|p| p.opens || whole).find_map(|pattern| {
            let mut slots = Slots::default();
            let end = pattern.fit(0, 0, &(&words, &told), &mut slots)?;
            let name = |slot: Option<(usize, usize)>| {
                slot.map(|(first, last)| words.span(told[first], told[last]).of(line).trim_matches(['‎', '‏']).to_owned())
            };
            let length = if pattern.opens { words.span(told[0], told[end - 1]).of(line).len() } else { line.len() };
            // The mark that parts the name from the post goes with it.
            let length =
                if pattern.opens { length + line.get(length..).map_or(0, |rest| usize::from(rest.starts_with(':'))) } else { length };
            Some((PassedOn { kind: pattern.kind, by: name(slots.by), from: name(slots.from) }, length))
        })
    }
}

#[derive(Debug, Default, Clone, Copy)]
struct Slots {
    by: Option<(usize, usize)>,
    from: Option<(usize, usize)>,
}

impl Pattern {
    /// Where the pattern ends in the line, if the line is of this form from here on.
    fn fit(&self, piece: usize, at: usize, line: &(&Words, &Vec<usize>), slots: &mut Slots) -> Option<usize> {
        let (words, told) = *line;
        let Some(next) = self.pieces.get(piece) else { return (self.opens || at == told.len()).then_some(at) };
        if let Piece::Word(word) = next {
            let fits = told.get(at).is_some_and(|&i| words.folded(i) == word);
            return if fits { self.fit(piece + 1, at + 1, line, slots) } else { None };
        }
        let most = if self.opens { 1 } else { LONGEST_NAME };
        (at + 1..=told.len().min(at + most)).find_map(|end| {
            let mut tried = *slots;
            *(if *next == Piece::By { &mut tried.by } else { &mut tried.from }) = Some((at, end - 1));
            let found = self.fit(piece + 1, end, line, &mut tried)?;
            *slots = tried;
            Some(found)
        })
    }
}

fn pieces(row: Row<'_, '_>) -> Result<Vec<Piece>, TableError> {
    let mut pieces = Vec::new();
    for part in row.need("form")?.split_whitespace() {
        match part {
            "{by}" => pieces.push(Piece::By),
            "{from}" => pieces.push(Piece::From),
            word => pieces.extend(crate::cues::folded_words(word).into_iter().map(Piece::Word)),
        }
    }
    Ok(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines() -> PassedOnLines {
        PassedOnLines::load(&Files::embedded()).unwrap()
    }

    #[test]
    fn every_form_is_found_in_its_example() {
        let files = Files::embedded();
        for path in ["ar/reading.tsv", "en/reading.tsv"] {
            for row in Table::read(path, files.get(path), &[]).unwrap().rows() {
                let kind = match row.get("kind") {
                    "repost_line" | "repost_head" => ReportKind::Repost,
                    "forward_line" => ReportKind::Forward,
                    _ => continue,
                };
                let found = lines().of_line(row.get("example")).map(|(found, _)| found);
                let named = |slot: &str, name: &Option<String>| row.get("form").contains(slot) == name.is_some();
                assert!(found.is_some_and(|f| f.kind == kind && named("{by}", &f.by) && named("{from}", &f.from)), "{path}:{}", row.line());
            }
        }
    }

    #[test]
    fn who_wrote_and_who_passed_on() {
        for (line, expected) in [
            ("Hill Post shared Valley Radio's post.", Some((Some("Hill Post"), Some("Valley Radio")))),
            ("Hill Post reposted", Some((Some("Hill Post"), None))),
            ("RT @valleyradio: snow on the hill road", Some((None, Some("valleyradio")))),
            ("شارك بريد التل منشور إذاعة الوادي", Some((Some("بريد التل"), Some("إذاعة الوادي")))),
            ("Hill Post shared bread with all who came to the market", None),
            ("The paper that a neighbour shared a post from the hill about was read by all in the valley that night", None),
        ] {
            let found = lines().of_line(line).map(|(f, _)| (f.by, f.from));
            let expected = expected.map(|(by, from): (Option<&str>, Option<&str>)| (by.map(str::to_owned), from.map(str::to_owned)));
            assert_eq!(found, expected, "{line}");
        }
    }
}
