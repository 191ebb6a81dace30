//! The words by which a text speaks of itself: bylines, "our correspondent", the nouns that stand before an outlet's name.

use marsad_knowledge::{Files, Sources, clitics};
use marsad_table::{Table, TableError};
use marsad_text::{Case, Lexicon, WordKind, Words};

/// What a phrase says of the text it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cue {
    /// Who wrote it stands after this, at the head of a line.
    Byline,
    /// The outlet speaks of itself.
    Own,
    /// The outlet that sent somebody stands right after this, with this letter glued to it where there is one.
    Sent(Option<char>),
    /// The outlet that sent somebody stands right before this.
    SentBefore,
    /// A noun that may stand between such a cue and the outlet's name.
    OutletNoun,
}

/// The phrases of all languages, and the names of the registry's sources.
#[derive(Debug)]
pub(crate) struct Cues {
    pub(crate) phrases: Lexicon<Cue>,
    /// Indices into the entries of the registry.
    pub(crate) outlets: Lexicon<usize>,
    /// Every noun that may stand beside an outlet's name.
    pub(crate) outlet_nouns: Vec<String>,
    /// Every byline phrase as folded words, the longest first.
    bylines: Vec<Vec<String>>,
}

impl Cues {
    pub(crate) fn load(files: &Files, sources: &Sources) -> Result<Self, TableError> {
        let clitics = clitics(files, ARABIC)?;
        let mut cues =
            Self { phrases: Lexicon::new(clitics.clone()), outlets: Lexicon::new(clitics), outlet_nouns: Vec::new(), bylines: Vec::new() };
        for (_, path, text) in files.of_languages("reading.tsv") {
            for row in Table::read(path, text, &["form", "kind", "glue", "basis", "example"])?.rows() {
                let form = row.need("form")?;
                let cue = match row.need("kind")? {
                    "byline" => Cue::Byline,
                    "own" => Cue::Own,
                    "correspondent" | "source" => Cue::Sent(row.get("glue").chars().next()),
                    "correspondent_after" => Cue::SentBefore,
                    "outlet_noun" => Cue::OutletNoun,
                    // for date lines
                    "published_line" | "updated_line" | "date_filler" | "date_order" | "today" | "yesterday" | "other_day" | "am" | "pm" | "utc"
                    // and for posts
                    | "repost_line" | "repost_head" | "forward_line" | "comment_label" => continue,
                    other => return Err(row.error(format!("`{other}` is no kind of cue"))),
                };
                row.need("basis")?;
                cues.phrases.insert(form, cue);
                if cue == Cue::OutletNoun {
                    cues.outlet_nouns.push(form.to_owned());
                }
                if cue == Cue::Byline {
                    cues.bylines.push(folded_words(form));
                }
                row.need("example")?;
            }
        }
        cues.bylines.sort_by_key(|b| std::cmp::Reverse(b.len()));
        for (at, entry) in sources.entries().iter().enumerate() {
            for (name, _) in sources.names().filter(|(_, e)| e.id == entry.id) {
                cues.outlets.insert(&name.name, at);
            }
        }
        Ok(cues)
    }

    /// The name in a line that is a byline and nothing else.
    pub(crate) fn byline<'t>(&self, line: &'t str) -> Option<&'t str> {
        let words = Words::of(line);
        let letters: Vec<usize> = (0..words.len()).filter(|&i| words[i].kind != WordKind::Mark).collect();
        let cue =
            self.bylines.iter().find(|cue| cue.len() < letters.len() && cue.iter().zip(&letters).all(|(c, &i)| c == words.folded(i)))?;
        let (first, last) = (*letters.get(cue.len())?, *letters.last()?);
        // A sentence may begin with the same word as a byline: names are short and end in no full stop.
        let ends_open = words.iter().skip(last + 1).all(|w| !matches!(w.span.of(line), "." | "!" | "?" | "؟"));
        let name = letters.get(cue.len()..).unwrap_or(&[]);
        // Where letters have case, a name shows it; an account's name may be one word in small letters.
        let capitals = name.iter().filter(|&&i| matches!(words[i].case, Case::Title | Case::Upper)).count();
        let cased = name.iter().filter(|&&i| words[i].case != Case::None).count();
        let named = name.len() == 1 || 2 * capitals > cased || cased == 0;
        (name.len() <= LONGEST_NAME && ends_open && named).then(|| words.span(first, last).of(line))
    }
}

/// The language whose clitics the lexicons of reading take off: Latin words have none of its letters, so one lexicon serves both
/// scripts.
pub(crate) const ARABIC: &str = "ar";

/// Names in bylines have at most so many words ("Lina Haddad in Valleytown").
const LONGEST_NAME: usize = 6;

pub(crate) fn folded_words(text: &str) -> Vec<String> {
    let words = Words::of(text);
    (0..words.len()).filter(|&i| words[i].kind != WordKind::Mark).map(|i| words.folded(i).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cues() -> Cues {
        let files = Files::embedded();
        Cues::load(&files, &Sources::load(&files).unwrap()).unwrap()
    }

    #[test]
    fn every_form_is_found_in_its_example() {
        let (files, cues) = (Files::embedded(), cues());
        for path in ["ar/reading.tsv", "en/reading.tsv"] {
            for row in Table::read(path, files.get(path), &[]).unwrap().rows() {
                let (example, kind) = (row.get("example"), row.get("kind"));
                let cue = ["byline", "own", "correspondent", "source", "correspondent_after", "outlet_noun"].contains(&kind);
                if !cue {
                    continue;
                }
                let words = Words::of(example);
                let found = (0..words.len()).flat_map(|i| cues.phrases.at(example, &words, i)).any(|hit| {
                    hit.values.iter().any(|cue| match cue {
                        Cue::Byline => kind == "byline",
                        Cue::Own => kind == "own",
                        Cue::Sent(glue) => matches!(kind, "correspondent" | "source") && *glue == row.get("glue").chars().next(),
                        Cue::SentBefore => kind == "correspondent_after",
                        Cue::OutletNoun => kind == "outlet_noun",
                    })
                });
                assert!(found, "{path}:{}: {example}", row.line());
            }
        }
    }

    #[test]
    fn lines_that_are_bylines() {
        for (line, name) in [
            ("by webteam", Some("webteam")),
            ("By Lina Haddad", Some("Lina Haddad")),
            ("Written by Lina Haddad and Omar Saleh", Some("Lina Haddad and Omar Saleh")),
            ("كتب: عمر صالح", Some("عمر صالح")),
            ("By the river the snow lay deep on Monday.", None),
            ("By the river the snow lay deep", None),
            ("By", None),
            ("Nearby Lina Haddad", None),
            ("كتب أهل القرية رسالة طويلة إلى البلدية عن الجسر", None),
        ] {
            assert_eq!(cues().byline(line), name, "{line}");
        }
    }
}
