//! Words beside the names of people who were harmed: `victims.tsv`.

use marsad_model::Sex;
use marsad_table::{Table, TableError};
use marsad_text::{Clitics, Lexicon, Words};
use serde::Deserialize;

/// What a word says of the name beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VictimWord {
    /// What the person is, before the name: «الطفلة», "student".
    Noun,
    /// Whose kin the person is: "his wife"; in Arabic only with its pronoun.
    Kin,
    /// Names follow: «كل من», "named as".
    Intro,
    /// An age follows: «عمره», "aged".
    Age,
    /// What an age is counted in: «أعوام».
    Years,
    /// What is a person's, or what a person does or suffers, where the person is likely a private one: "the mother of", «منزل».
    Near,
}

/// A word beside the name of someone harmed, and the sex that it states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VictimCue {
    /// What the word says.
    pub word: VictimWord,
    /// Sex, where the word states it.
    pub sex: Option<Sex>,
}

/// Read the table; each row's form must stand in its example.
pub(crate) fn read(file: &str, text: &str, clitics: Clitics) -> Result<Lexicon<VictimCue>, TableError> {
    let mut lexicon = Lexicon::new(clitics);
    if text.is_empty() {
        return Ok(lexicon);
    }
    let table = Table::read(file, text, &["form", "kind", "sex", "basis", "example"])?;
    for row in table.rows() {
        let word = match row.get("kind") {
            "noun" => VictimWord::Noun,
            "kin" => VictimWord::Kin,
            "intro" => VictimWord::Intro,
            "age" => VictimWord::Age,
            "years" => VictimWord::Years,
            "near" => VictimWord::Near,
            other => return Err(row.error(format!("`kind` is `{other}`; there are noun, kin, intro, age, years and near"))),
        };
        let sex = match row.get("sex") {
            "" => None,
            "female" => Some(Sex::Female),
            "male" => Some(Sex::Male),
            other => return Err(row.error(format!("`sex` is `{other}`; there are female and male"))),
        };
        lexicon.insert(row.need("form")?, VictimCue { word, sex });
    }
    for row in table.rows() {
        let (example, form) = (row.need("example")?, Words::of(row.need("form")?));
        let words = Words::of(example);
        let stands = (0..words.len()).any(|i| lexicon.at(example, &words, i).iter().any(|h| h.last + 1 - h.first == form.len()));
        if !stands {
            return Err(row.error("the form does not stand in its example"));
        }
    }
    Ok(lexicon)
}
