//! Everyday words of two languages that stand for each other, without their endings: what a translation keeps beside names
//! and numbers.

use marsad_table::{Table, TableError};
use marsad_text::{Clitics, fold, is_arabic_letter};
use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;

/// Pairs of words, by the stem of either.
pub(crate) struct Dictionary {
    english: Stemmer,
    arabic: Stemmer,
    clitics: Clitics,
    pairs: FxHashMap<String, Vec<u32>>,
}

impl Dictionary {
    /// Read `world/word_pairs.tsv`; Arabic words are also looked up without these clitics.
    pub(crate) fn read(text: &str, clitics: Clitics) -> Result<Self, TableError> {
        let table = Table::read("world/word_pairs.tsv", text, &["english", "arabic", "basis"])?;
        let (english, arabic) = (Stemmer::create(Algorithm::English), Stemmer::create(Algorithm::Arabic));
        let mut dictionary = Self { english, arabic, clitics, pairs: FxHashMap::default() };
        for (n, row) in table.rows().enumerate() {
            row.need("basis")?;
            let (english, arabic) = (row.need("english")?, row.need("arabic")?);
            if english.starts_with(is_arabic_letter) || !arabic.starts_with(is_arabic_letter) {
                return Err(row.error("each word stands in the column of its language"));
            }
            for word in [english, arabic] {
                let stem = dictionary.stem(&fold(word));
                let pairs = dictionary.pairs.entry(stem).or_default();
                pairs.push(n as u32);
                pairs.dedup();
            }
        }
        Ok(dictionary)
    }

    /// The pairs that a word, as it is written, is one half of.
    pub(crate) fn pairs(&self, written: &str) -> Vec<u32> {
        let folded = fold(written);
        let mut stems = vec![self.stem(&folded)];
        if folded.starts_with(is_arabic_letter) {
            stems.extend(self.clitics.forms(&folded).iter().map(|form| self.stem(&form.core)));
        }
        let mut pairs: Vec<u32> = stems.iter().filter_map(|stem| self.pairs.get(stem)).flatten().copied().collect();
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }

    fn stem(&self, folded: &str) -> String {
        let language = if folded.starts_with(is_arabic_letter) { &self.arabic } else { &self.english };
        language.stem(folded).into_owned()
    }
}

impl std::fmt::Debug for Dictionary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Dictionary").field("pairs", &self.pairs.len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inflected_words_meet() {
        let read = |rows: &str| {
            let clitics = Clitics::new([("article", "ال"), ("conjunction", "و"), ("enclitic", "ها")]);
            Dictionary::read(&format!("english\tarabic\tbasis\n{rows}"), clitics)
        };
        let dictionary = read("school\tمدرسة\trecalled\nwinter\tشتاء\trecalled\n").unwrap();
        for (english, arabic, meet) in [("schools", "والمدرسة", true), ("Winter", "الشتاء", true), ("school", "شتاء", false)]
        {
            let shared = dictionary.pairs(english).iter().any(|p| dictionary.pairs(arabic).contains(p));
            assert_eq!(shared, meet, "{english} {arabic}");
        }
        assert!(dictionary.pairs("river").is_empty());
        assert!(read("مدرسة\tschool\trecalled\n").is_err());
    }
}
