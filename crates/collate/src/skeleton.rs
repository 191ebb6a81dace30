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

    /// Could the two names be one, written in two scripts? Only the words' skeletons are compared.
    pub(crate) fn same_name(&self, a: &str, b: &str, least: usize) -> bool {
        let (a, b) = (fold(a), fold(b));
        if a == b {
            return !a.trim().is_empty();
        }
        let arabic = |s: &str| s.chars().any(is_arabic_letter);
        if arabic(&a) == arabic(&b) {
            return false;
        }
        let (latin, arabic) = if arabic(&a) { (b, a) } else { (a, b) };
        let wanted: String = latin.split(|c: char| !c.is_alphanumeric()).map(|w| self.plain(w)).collect();
        let mut given = vec![String::new()];
        for word in arabic.split_whitespace().take(4) {
            let forms = self.all(word);
            given = given.iter().flat_map(|g| forms.iter().map(move |f| format!("{g}{f}"))).collect();
        }
        wanted.chars().count() >= least && given.contains(&wanted)
    }
}

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
            assert!(skeletons.same_name(latin, arabic, 2), "{latin} {arabic}");
        }
    }

    #[test]
    fn other_names_stay_apart() {
        for (latin, arabic) in [("Watson", "توماس"), ("Homs", "حماة"), ("Ali", "علاء"), ("Aleppo", "دمشق")] {
            assert!(!rules().skeletons.same_name(latin, arabic, 3), "{latin} {arabic}");
        }
    }
}
