//! How texts use words, from how often each form of them stands there.

use crate::archive;
use anyhow::{Context, Result};
use marsad_model::Language;
use marsad_tagger::Habit;
use marsad_text::{Clitics, fold};
use std::collections::BTreeMap;
use std::path::Path;

/// Words that stand less often than so many times in a thousand million tell too little.
const LEAST: f64 = 300.0;

/// How often the forms of a word stand in texts.
#[derive(Default, Clone, Copy)]
struct Forms {
    all: f64,
    with_article: f64,
    with_pronoun: f64,
}

/// The habits of folded words of a language; none where no words were counted.
pub(crate) fn habits(language: Language, clitics: &Clitics) -> Result<BTreeMap<String, Habit>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("words/{}.tsv.gz", language.code()));
    if !path.is_file() {
        return Ok(BTreeMap::new());
    }
    let mut often: BTreeMap<String, f64> = BTreeMap::new();
    for row in archive::text(&path)?.lines() {
        let broken = || format!("a row of {} is no word with a number: {row}", path.display());
        let (word, hundredths) = row.split_once('\t').with_context(broken)?;
        let hundredths: f64 = hundredths.parse().with_context(broken)?;
        *often.entry(fold(word)).or_default() += 10f64.powf(hundredths / 100.0);
    }
    Ok(of(&often, clitics))
}

fn of(often: &BTreeMap<String, f64>, clitics: &Clitics) -> BTreeMap<String, Habit> {
    let mut forms: BTreeMap<String, Forms> = BTreeMap::new();
    for (word, n) in often {
        // What may be a conjunction or preposition says nothing of the word behind it: names bear them, too.
        for form in clitics.forms(word).into_iter().filter(|f| f.before == 0 && !(f.article && f.after > 0)) {
            let known = forms.entry(form.core.to_string()).or_default();
            known.all += n;
            known.with_article += if form.article { *n } else { 0.0 };
            known.with_pronoun += if form.after > 0 { *n } else { 0.0 };
        }
    }
    let habit = |word: &str, n: f64| {
        let core = clitics.without_article(word).filter(|core| often.contains_key(*core)).unwrap_or(word);
        let known = forms.get(core).copied().unwrap_or_default();
        let share = |part: f64| if known.all > 0.0 { part / known.all } else { 0.0 };
        Habit::of(n, share(known.with_article), share(known.with_pronoun))
    };
    often.iter().filter(|(_, n)| **n >= LEAST).map(|(word, n)| (word.clone(), habit(word, *n))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_noun_bears_the_article_and_pronouns_and_a_name_neither() {
        let clitics = Clitics::new([("article", "ال"), ("conjunction", "و"), ("enclitic", "ها"), ("feminine", "ته")]);
        let often = [("مدينة", 4000.0), ("المدينة", 4000.0), ("مدينتها", 2000.0), ("بسمة", 3000.0), ("وبسمة", 900.0), ("نادر", 3.0)];
        let often: BTreeMap<String, f64> = often.map(|(word, n)| (fold(word), n)).into();
        let habits = of(&often, &clitics);
        let habit = |word: &str| habits.get(&fold(word)).copied();
        assert_eq!(habit("مدينة"), Some(Habit::of(4000.0, 0.4, 0.2)));
        assert_eq!(habit("المدينة"), habit("مدينة"));
        assert_eq!(habit("بسمة"), Some(Habit::of(3000.0, 0.0, 0.0)));
        assert_eq!(habit("نادر"), None);
    }

    #[test]
    fn the_counted_words_are_read() {
        let habits = habits(Language::Arabic, &marsad_knowledge::clitics(&marsad_knowledge::Files::embedded(), "ar").unwrap()).unwrap();
        assert!(habits.len() > 50_000);
        assert_ne!(habits.get(&fold("مدينة")), habits.get(&fold("سمير")));
    }
}
