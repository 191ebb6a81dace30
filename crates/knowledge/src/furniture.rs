//! Furniture: lines that belong to the page, not to the report (menus, share buttons, comment threads).
//!
//! The lists of all languages are tried on every line, whatever the report's language: a page in English may stand in
//! an Arabic frame, and the other way round.

use crate::Files;
use marsad_table::{Table, TableError};
use marsad_text::{WordKind, Words};
use rustc_hash::FxHashMap;

/// What is done with a line that is furniture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FurnitureAction {
    /// The line goes.
    Drop,
    /// The line goes, and the next one: the headline of another report.
    DropNext,
    /// The line goes, and all that follow.
    CutAfter,
    /// The line goes, and all that stand before it.
    CutBefore,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Line,
    Prefix,
    Contains,
    Suffix,
    /// It is all that stands between two marks in brackets, or behind a dash, at the line's end.
    Aside,
}

/// One row of the lists.
#[derive(Debug, Clone)]
pub struct FurnitureRule {
    /// The words as listed.
    pub form: String,
    /// What is done.
    pub action: FurnitureAction,
    place: Place,
    words: Vec<String>,
}

/// The lists of all languages.
#[derive(Debug, Default)]
pub struct Furniture {
    rules: Vec<FurnitureRule>,
    by_first: FxHashMap<String, Vec<usize>>,
}

/// A caption has so many words at most.
const LONGEST_CAPTION: usize = 45;
/// What sets off the last words of a line,
const DASHES: [char; 4] = ['-', '–', '—', '|'];
/// and what parts them.
const PARTING: [char; 9] = ['(', ')', '[', ']', ':', ',', '،', '/', ';'];

/// The lists of languages that are read, but not analysed.
const OTHERS: &str = "world/furniture.tsv";

/// Stands for any number in a form.
const NUMBER: &str = "{number}";
const ANY_NUMBER: &str = "#";
/// A line of more words than this is a paragraph, whatever words it begins or ends with.
const LONGEST: usize = 80;

impl Furniture {
    /// Read and check the lists.
    pub fn load(files: &Files) -> Result<Self, TableError> {
        let mut furniture = Self::default();
        let others = Some(("", OTHERS, files.get(OTHERS))).filter(|(.., text)| !text.is_empty());
        for (_, path, text) in files.of_languages("furniture.tsv").into_iter().chain(others) {
            for row in Table::read(path, text, &["form", "match", "action", "basis", "example"])?.rows() {
                let place = match row.need("match")? {
                    "line" => Place::Line,
                    "prefix" => Place::Prefix,
                    "contains" => Place::Contains,
                    "suffix" => Place::Suffix,
                    "aside" => Place::Aside,
                    other => return Err(row.error(format!("`{other}` is none of line, prefix, contains, suffix, aside"))),
                };
                let action = match row.need("action")? {
                    "drop" => FurnitureAction::Drop,
                    "drop_next" => FurnitureAction::DropNext,
                    "cut_after" => FurnitureAction::CutAfter,
                    "cut_before" => FurnitureAction::CutBefore,
                    other => return Err(row.error(format!("`{other}` is none of drop, drop_next, cut_after, cut_before"))),
                };
                row.need("basis")?;
                let form = row.need("form")?;
                let words = form_words(form);
                let first = words.first().ok_or_else(|| row.error("the form has no words; lines without words go anyway"))?;
                furniture.by_first.entry(first.clone()).or_default().push(furniture.rules.len());
                furniture.rules.push(FurnitureRule { form: form.to_owned(), action, place, words });
                let example = row.need("example")?;
                if furniture.of_line(example).is_none() {
                    return Err(row.error(format!("the example `{example}` is not found by its form")));
                }
            }
        }
        Ok(furniture)
    }

    /// The rule that a line falls under: of several the longest form, of these the one that cuts most.
    pub fn of_line(&self, line: &str) -> Option<&FurnitureRule> {
        let (words, numbered) = line_words(line);
        if words.is_empty() || words.len() > LONGEST {
            return None;
        }
        let mut best: Option<&FurnitureRule> = None;
        for words in if words == numbered { vec![&words] } else { vec![&words, &numbered] } {
            for at in 0..words.len() {
                for rule in self.by_first.get(&words[at]).into_iter().flatten().map(|&i| &self.rules[i]) {
                    let better = best.is_none_or(|b| (rule.words.len(), rule.action) > (b.words.len(), b.action));
                    if better && rule.fits(words, at) {
                        best = Some(rule);
                    }
                }
            }
        }
        best.or_else(|| self.of_aside(line).filter(|_| words.len() <= LONGEST_CAPTION))
    }

    /// The rule that what a line has in brackets, or behind a dash, at its end falls under.
    fn of_aside(&self, line: &str) -> Option<&FurnitureRule> {
        let line = line.trim_end_matches(|c: char| c.is_whitespace() || c == '.');
        let opened = match line.chars().last()? {
            ')' => line.rfind('(')?,
            ']' => line.rfind('[')?,
            // "(file) and then": a dash or bracket that the line goes on after ends nothing.
            _ => return self.says_aside(line.get(line.rfind(DASHES)?..)?),
        };
        line.get(opened..)?.split(|c: char| PARTING.contains(&c) || DASHES.contains(&c)).find_map(|part| self.says_aside(part))
    }

    /// The rule that these words and no others are.
    fn says_aside(&self, part: &str) -> Option<&FurnitureRule> {
        let words = line_words(part).0;
        let mut rules = self.by_first.get(words.first()?)?.iter().map(|&i| &self.rules[i]);
        rules.find(|rule| rule.place == Place::Aside && rule.words == words)
    }

    /// All rows.
    pub fn rules(&self) -> &[FurnitureRule] {
        &self.rules
    }
}

impl FurnitureRule {
    fn fits(&self, words: &[String], at: usize) -> bool {
        let end = at + self.words.len();
        words.get(at..end) == Some(self.words.as_slice())
            && match self.place {
                Place::Line => at == 0 && end == words.len(),
                Place::Prefix => at == 0,
                Place::Contains => true,
                Place::Suffix => end == words.len(),
                Place::Aside => false,
            }
    }
}

/// A form's folded words, [`ANY_NUMBER`] where it says that any number may stand.
fn form_words(form: &str) -> Vec<String> {
    let mut out = Vec::new();
    for (i, part) in form.split(NUMBER).enumerate() {
        if i > 0 {
            out.push(ANY_NUMBER.to_owned());
        }
        out.extend(line_words(part).0);
    }
    out
}

/// A line's folded words, as they are and with its numbers made [`ANY_NUMBER`].
fn line_words(line: &str) -> (Vec<String>, Vec<String>) {
    let words = Words::of(line);
    let kept = || (0..words.len()).filter(|&i| words[i].kind != WordKind::Mark);
    let plain = kept().map(|i| words.folded(i).to_owned()).collect();
    let numbered = kept().map(|i| if words[i].kind == WordKind::Number { ANY_NUMBER } else { words.folded(i) }.to_owned()).collect();
    (plain, numbered)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn furniture() -> Furniture {
        let mut files = Files::empty();
        files.insert(
            "en/furniture.tsv",
            "form\tmatch\taction\tbasis\texample\n\
             share\tline\tdrop\trecalled\tShare\n\
             {number} comments\tline\tcut_after\trecalled\t12 comments\n\
             read also\tprefix\tdrop\trecalled\tRead also: snow in the hills\n\
             read also\tline\tdrop_next\trecalled\tRead also:\n\
             file\taside\tdrop\trecalled\tThe mill in spring (Hill Post/File)\n\
             uses cookies\tcontains\tdrop\trecalled\tThis page uses cookies to greet you\n",
        );
        Furniture::load(&files).unwrap()
    }

    #[test]
    fn lines_and_what_is_done_with_them() {
        use FurnitureAction::{CutAfter, Drop, DropNext};
        for (line, action) in [
            ("SHARE »", Some(Drop)),
            ("Share the bread", None),
            ("3 Comments", Some(CutAfter)),
            ("٣ comments", Some(CutAfter)),
            ("Three comments", None),
            ("Read also:", Some(DropNext)),
            ("Read also: a wet spring", Some(Drop)),
            ("We read also of snow", None),
            ("Our site uses cookies.", Some(Drop)),
            ("The old mill in spring [File: Hill Post]", Some(Drop)),
            ("The old mill in spring – file", Some(Drop)),
            ("The clerk opened the file", None),
            ("The clerk (who has the file) left", None),
            ("The clerk left with it (the file)", None),
            ("The old mill (Hill Post - file) turned again on Monday", None),
            ("", None),
            ("***", None),
        ] {
            assert_eq!(furniture().of_line(line).map(|r| r.action), action, "{line}");
        }
    }

    #[test]
    fn a_paragraph_is_never_furniture() {
        let paragraph = format!("Read also {}", "the long story of the snow ".repeat(20));
        assert!(furniture().of_line(&paragraph).is_none());
    }
}
