//! Consonant skeletons: what is left of a name in both writings, so that "Fleetwood" and «فليتوود» meet.

use marsad_text::{fold, is_arabic_letter};
use rustc_hash::FxHashMap;

/// How letters become coarse consonants, and what Arabic writes together with a name.
#[derive(Debug, Default)]
pub struct Skeletons {
    /// Each form's consonants, the usual reading first.
    letters: FxHashMap<Box<str>, Vec<Box<str>>>,
    prefixes: Vec<String>,
    longest: usize,
}

/// So many letters of a word may be read two ways; the rest are read the usual way.
const READ_TWICE: usize = 2;

impl Skeletons {
    pub(crate) fn letters(&mut self, form: &str, consonants: &str) {
        self.longest = self.longest.max(form.chars().count());
        self.letters.insert(form.into(), consonants.split('|').map(Into::into).collect());
    }

    pub(crate) fn prefix(&mut self, form: &str) {
        self.prefixes.push(form.to_owned());
    }

    pub(crate) fn sort(&mut self) {
        self.prefixes.sort();
    }

    /// The skeleton of a folded word in its usual reading.
    pub fn plain(&self, folded: &str) -> String {
        self.readings(folded, 0).swap_remove(0)
    }

    /// The skeletons of a folded word, the usual reading first; so many of its letters are read in every way.
    fn readings(&self, folded: &str, mut twice: usize) -> Vec<String> {
        let chars: Vec<char> = folded.chars().collect();
        let (mut out, mut at, mut form) = (vec![String::new()], 0, String::new());
        while let Some(&c) = chars.get(at) {
            if at > 0 && chars[at - 1] == c {
                at += 1; // a doubled letter is one consonant; Arabic does not write it twice
                continue;
            }
            let mut step = 1;
            for length in (1..=self.longest.min(chars.len() - at)).rev() {
                form.clear();
                form.extend(&chars[at..at + length]);
                let Some(consonants) = self.letters.get(form.as_str()) else { continue };
                let (usual, others) = (&consonants[0], consonants.get(1..).unwrap_or_default());
                let more: Vec<String> = if twice > 0 && !others.is_empty() {
                    twice -= 1;
                    out.iter().flat_map(|o| others.iter().map(move |c| format!("{o}{c}"))).collect()
                } else {
                    Vec::new()
                };
                for way in &mut out {
                    way.push_str(usual);
                }
                out.extend(more);
                step = length;
                break;
            }
            at += step;
        }
        out
    }

    /// The skeletons of a folded word in every reading.
    pub(crate) fn every(&self, folded: &str) -> Vec<String> {
        self.readings(folded, READ_TWICE)
    }

    /// Every skeleton the folded word may have: as written and, in Arabic, without what may be a prefix.
    pub fn all(&self, folded: &str) -> Vec<String> {
        let mut out = self.every(folded);
        if folded.chars().next().is_some_and(is_arabic_letter) {
            for prefix in &self.prefixes {
                if let Some(rest) = folded.strip_prefix(prefix.as_str()) {
                    out.extend(self.every(rest));
                }
            }
            out.sort();
            out.dedup();
        }
        out
    }

    /// What a name of one or several words may be called in either writing: its folded letters, and its skeletons where
    /// they have three consonants.
    pub fn names(&self, name: &str) -> Vec<String> {
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
    use crate::Spelling;
    use marsad_text::fold;

    fn spelling() -> Spelling {
        Spelling::read(include_str!("../../../knowledge/world/spelling.tsv")).unwrap()
    }

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
            let spelling = spelling();
            let skeletons = spelling.skeletons();
            let wanted = skeletons.plain(&fold(latin));
            assert!(skeletons.all(&fold(arabic)).contains(&wanted), "{latin} {wanted} {:?}", skeletons.all(&fold(arabic)));
        }
    }

    #[test]
    fn a_name_of_several_words_meets_its_other_writing() {
        let (a, b) = (spelling().skeletons().names("Tell al-Sikkir"), spelling().skeletons().names("تل السكر"));
        assert!(a.iter().any(|n| b.contains(n)), "{a:?} {b:?}");
    }

    #[test]
    fn other_names_stay_apart() {
        for (latin, arabic) in [("Watson", "توماس"), ("Homs", "حماة"), ("Ali", "علاء"), ("Aleppo", "دمشق")] {
            let (a, b) = (spelling().skeletons().names(latin), spelling().skeletons().names(arabic));
            assert!(a.iter().all(|n| !b.contains(n)), "{latin} {arabic}");
        }
    }
}
