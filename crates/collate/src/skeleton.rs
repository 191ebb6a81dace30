//! Consonant skeletons: what is left of a name in both writings, so that "Fleetwood" and «فليتوود» meet.

use marsad_table::{Table, TableError};
use marsad_text::{fold, is_arabic_letter};
use rustc_hash::FxHashMap;

/// How letters become coarse consonants, and what Arabic writes together with a name.
#[derive(Debug)]
pub(crate) struct Skeletons {
    letters: FxHashMap<Box<str>, Box<str>>,
    prefixes: Vec<String>,
    longest: usize,
}

impl Skeletons {
    pub(crate) fn read(name: &str, text: &str) -> Result<Self, TableError> {
        let table = Table::read(name, text, &["script", "kind", "form", "consonant", "basis"])?;
        let (mut letters, mut prefixes, mut longest) = (FxHashMap::default(), Vec::new(), 1);
        for row in table.rows() {
            row.need("basis")?;
            let form = fold(row.need("form")?);
            match row.need("kind")? {
                "letters" => {
                    longest = longest.max(form.chars().count());
                    letters.insert(form.into_boxed_str(), row.get("consonant").into());
                }
                "prefix" => prefixes.push(form),
                other => return Err(row.error(format!("`kind` is `{other}`; it is `letters` or `prefix`"))),
            }
        }
        prefixes.sort();
        Ok(Self { letters, prefixes, longest })
    }

    /// The skeleton of a folded word as it is written.
    pub(crate) fn plain(&self, folded: &str) -> String {
        let chars: Vec<char> = folded.chars().collect();
        let (mut out, mut at, mut form) = (String::new(), 0, String::new());
        while let Some(&c) = chars.get(at) {
            if at > 0 && chars[at - 1] == c {
                at += 1; // a doubled letter is one consonant; Arabic does not write it twice
                continue;
            }
            let mut step = 1;
            for length in (1..=self.longest.min(chars.len() - at)).rev() {
                form.clear();
                form.extend(&chars[at..at + length]);
                if let Some(consonant) = self.letters.get(form.as_str()) {
                    out.push_str(consonant);
                    step = length;
                    break;
                }
            }
            at += step;
        }
        out
    }

    /// Every skeleton the folded word may have: as written and, in Arabic, without what may be a prefix.
    pub(crate) fn all(&self, folded: &str) -> Vec<String> {
        let mut out = vec![self.plain(folded)];
        if folded.chars().next().is_some_and(is_arabic_letter) {
            for prefix in &self.prefixes {
                if let Some(rest) = folded.strip_prefix(prefix.as_str()) {
                    out.push(self.plain(rest));
                }
            }
            out.sort();
            out.dedup();
        }
        out
    }

    /// What a name of one or several words may be called in either writing: its folded letters, and its skeletons where
    /// they have three consonants.
    pub(crate) fn names(&self, name: &str) -> Vec<String> {
        let folded = fold(name.trim());
        let mut skeletons = vec![String::new()];
        for word in folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).take(4) {
            let forms = self.all(word);
            skeletons = skeletons.iter().flat_map(|s| forms.iter().map(move |f| format!("{s}{f}"))).take(32).collect();
        }
        skeletons.retain(|s| s.chars().count() >= NAME_CONSONANTS);
        skeletons.push(folded);
        skeletons.retain(|s| !s.is_empty());
        skeletons.sort();
        skeletons.dedup();
        skeletons
    }
}

/// Two consonants are shared by too many names.
const NAME_CONSONANTS: usize = 3;

#[cfg(test)]
mod tests {
    use crate::fixtures::rules;
    use marsad_text::fold;

    #[test]
    fn a_name_has_one_skeleton_in_both_writings() {
        for (latin, arabic) in [
            ("Fleetwood", "فليتوود"),
            ("Watson", "واتسون"),
            ("Thomas", "توماس"),
            ("Michigan", "ميشيغان"),
            ("Richardson", "ريتشاردسون"),
            ("Khalid", "خالد"),
            ("Mohammed", "ومحمد"),
            ("Garcia", "لغارسيا"),
            ("Mustafa", "مصطفى"),
            ("Barzani", "البارزاني"),
        ] {
            let skeletons = &rules().skeletons;
            let wanted = skeletons.plain(&fold(latin));
            assert!(skeletons.all(&fold(arabic)).contains(&wanted), "{latin} {wanted} {:?}", skeletons.all(&fold(arabic)));
        }
    }

    #[test]
    fn a_name_of_several_words_meets_its_other_writing() {
        let (a, b) = (rules().skeletons.names("Tell al-Sikkir"), rules().skeletons.names("تل السكر"));
        assert!(a.iter().any(|n| b.contains(n)), "{a:?} {b:?}");
    }

    #[test]
    fn other_names_stay_apart() {
        for (latin, arabic) in [("Watson", "توماس"), ("Homs", "حماة"), ("Ali", "علاء"), ("Aleppo", "دمشق")] {
            let (a, b) = (rules().skeletons.names(latin), rules().skeletons.names(arabic));
            assert!(a.iter().all(|n| !b.contains(n)), "{latin} {arabic}");
        }
    }
}
