//! Whose names are held back: gathered in a first walk through the records.
//!
//! Every person whom the reader found and no list knows is held back: victims unless a person ruled otherwise on each of their
//! namings, all others always. So are sources that are one person, and who stands in a byline and is no source. A word of a name
//! is looked for alone where it has three letters or more; of those who are no victims only where it is no word of an outlet's
//! name, and in Latin letters only where it begins with a capital. What is an everyday word once folded is looked for as it is
//! spelt in the name.

use crate::masked::MASK;
use crate::needle::{Needle, Needles, letters};
use crate::words::{LEAST, Words};
use marsad_decision::Publish;
use marsad_export::Record;
use marsad_model::{AttributionKind, MentionKind, PlacePrecision, ReportId, SourceKind};
use marsad_record::{ClaimRecord, RedactionRecord, ReportRecord};
use marsad_text::{fold, is_apostrophe, is_arabic_letter, is_ignorable};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Is a report's source one person?
pub(crate) fn is_personal(report: &ReportRecord) -> bool {
    report.source.kind == SourceKind::Individual || report.account.is_some() && report.source.id.is_none()
}

/// What the first walk gathers.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    /// Names of persons, with whether one of them is of a victim.
    persons: BTreeMap<String, bool>,
    /// Of names of victims, how they may be shown, by what keeps most back.
    publish: BTreeMap<String, Publish>,
    /// Names of buildings and camps, and of their parts.
    pub(crate) places: BTreeSet<String>,
    outlets: BTreeSet<String>,
    /// Names of sources that no list knows: each an outlet, or a person who is named as one.
    unlisted: BTreeSet<String>,
    bylines: BTreeSet<String>,
    /// Where the words of claims stand that tell of where people live, shelter or are cared for.
    refuges: BTreeMap<ReportId, Vec<Range<u32>>>,
}

impl Gathered {
    /// Such words of a claim.
    pub(crate) fn refuge(&mut self, claim: &ClaimRecord) {
        let claim = &claim.claim;
        let all = self.refuges.entry(claim.report.clone()).or_default();
        all.extend(std::iter::once(&claim.evidence).chain(&claim.more_evidence).map(|quote| quote.start..quote.end));
    }

    /// Does this stretch of a report lie among them?
    pub(crate) fn is_of_refuge(&self, report: &ReportId, start: u32, end: u32) -> bool {
        self.refuges.get(report).is_some_and(|all| all.iter().any(|words| words.start < end && start < words.end))
    }

    /// Look at a record of the first walk.
    pub(crate) fn note(&mut self, record: &Record, is_shelter: &dyn Fn(Option<&str>, &str) -> bool) {
        match record {
            Record::Mention(m) if m.kind == MentionKind::Person && m.id.is_none() => {
                self.person(&m.span.text, false);
                self.person(&m.name, false);
            }
            Record::Mention(m) if m.kind == MentionKind::Place && is_shelter(m.id.as_deref(), &m.span.text) => {
                self.places.extend([m.span.text.clone(), m.name.clone()]);
            }
            Record::Claim(record) => {
                let claim = &record.claim;
                for place in &claim.places {
                    if is_shelter(place.id.as_deref(), &place.span.text) {
                        self.places.extend([place.span.text.clone(), place.name.clone()]);
                    } else if place.id.is_none() && place.precision == PlacePrecision::Exact {
                        // Pinned by a person, under a name that this one gave.
                        self.places.insert(place.name.clone());
                    }
                }
                // One person in two spellings is linked where the name of an actor is not the words of its span.
                for actor in claim.actors.iter().filter(|a| a.id.is_none()) {
                    if self.persons.contains_key(&actor.span.text) || self.persons.contains_key(&actor.name) {
                        self.person(&actor.span.text, false);
                        self.person(&actor.name, false);
                    }
                }
                let named = |kind| matches!(kind, AttributionKind::NamedPerson | AttributionKind::Witness | AttributionKind::Family);
                for voice in claim.attribution.iter().filter(|a| a.id.is_none() && named(a.kind)) {
                    if self.persons.contains_key(&voice.span.text) {
                        self.person(&voice.name, false);
                    }
                }
            }
            Record::Victim(victim) => {
                for name in std::iter::once(&victim.name_as_written).chain(&victim.names) {
                    self.person(name, true);
                    // Under the name without blanks at its ends, as it is kept among the persons.
                    let publish = self.publish.entry(name.trim().to_owned()).or_insert(Publish::Full);
                    *publish = (*publish).min(victim.publish);
                }
            }
            Record::Report(report) => {
                self.bylines.extend(report.byline.clone());
                match &report.source.name {
                    Some(name) if is_personal(report) => self.person(name, false),
                    Some(name) if report.source.id.is_some() => self.outlet(name),
                    name => self.unlisted.extend(name.clone()),
                }
            }
            _ => {}
        }
    }

    fn outlet(&mut self, name: &str) {
        self.outlets.insert(letters(name));
        self.outlets.extend(name.split_whitespace().map(letters));
    }

    /// All has been noted: a source that no list knows is an outlet, unless its name is that of a person whom a report names; who
    /// stands in a byline is a person, unless an outlet signs there.
    pub(crate) fn settle(&mut self) {
        let persons: BTreeSet<String> = self.persons.keys().map(|name| letters(name)).collect();
        for name in std::mem::take(&mut self.unlisted).into_iter().filter(|name| !persons.contains(&letters(name))) {
            self.outlet(&name);
        }
        for name in std::mem::take(&mut self.bylines) {
            if !self.outlets.contains(&letters(&name)) {
                self.person(&name, false);
            }
        }
    }

    pub(crate) fn person(&mut self, name: &str, victim: bool) {
        let name = name.trim();
        if !name.is_empty() {
            *self.persons.entry(name.to_owned()).or_default() |= victim;
        }
    }

    /// What to look for, and how much of what that is.
    pub(crate) fn needles(&self, words: &Words) -> (Needles, Vec<String>, RedactionRecord) {
        let mut needles = Needles::with_affixes(words.affixes.clone());
        // Words of names that are no name's first: what looks like a clitic there is none.
        let later: BTreeSet<String> = self.persons.keys().flat_map(|n| pieces(n).into_iter().skip(1)).map(|p| letters(&p)).collect();
        let (mut held, mut names) = (RedactionRecord::default(), Vec::new());
        for (name, &victim) in &self.persons {
            let publish = self.publish.get(name).copied().unwrap_or(Publish::Withheld);
            match (victim, publish) {
                (true, Publish::Full) => {
                    held.victims_named += 1;
                    continue;
                }
                (true, Publish::Initials) => held.victims_by_initials += 1,
                (true, Publish::Withheld) => held.victims_withheld += 1,
                (false, _) if self.outlets.contains(&letters(name)) => continue,
                (false, _) => held.other_persons += 1,
            }
            let shown = if victim && publish == Publish::Initials { initials(name, words) } else { MASK.to_owned() };
            self.insert(&mut needles, name, victim, &shown, (words, &later));
            names.push(name.clone());
        }
        // A noun alone names no place.
        let is_name = |p: &&String| letters(p).chars().count() >= LEAST && !words.is_noun(p);
        for place in self.places.iter().filter(is_name) {
            held.place_names += 1;
            needles.insert(place, Needle { whole: true, spelt: None, shown: MASK.to_owned() });
        }
        (needles, names, held)
    }

    fn insert(&self, needles: &mut Needles, name: &str, victim: bool, shown: &str, (words, later): (&Words, &BTreeSet<String>)) {
        needles.insert(name, Needle { whole: true, spelt: None, shown: shown.to_owned() });
        let parts: Vec<String> = pieces(name);
        let hidden = |whole| Needle { whole, spelt: None, shown: MASK.to_owned() };
        // Written together or apart: «عبدالباسط», "Abdul Basit".
        for pair in parts.windows(2).filter(|_| parts.len() > 2) {
            let joined = pair.concat();
            if !victim && self.outlets.contains(&letters(&joined)) {
                continue;
            }
            if letters(&joined).chars().count() > LEAST && !pair.iter().all(|p| words.particles.contains(&fold(p))) {
                needles.insert(&joined, hidden(true));
            }
        }
        for (at, part) in parts.iter().enumerate() {
            let folded = letters(part);
            if folded.chars().count() < LEAST || words.particles.contains(&folded) {
                continue;
            }
            let latin = !part.chars().any(is_arabic_letter);
            if !victim && (self.outlets.contains(&folded) || latin && !part.chars().next().is_some_and(char::is_uppercase)) {
                continue;
            }
            if words.is_everyday(&folded) {
                let spelt = words.affixes.spelt(&part.chars().collect::<Vec<_>>());
                if !words.is_written(&spelt) {
                    needles.insert(part, Needle { spelt: Some(spelt), ..hidden(false) });
                }
                continue;
            }
            needles.insert(part, hidden(false));
            for (stripped, spelt) in words.stripped(part, at == 0 && !later.contains(&folded)) {
                if victim || !self.outlets.contains(&stripped) {
                    needles.insert(&stripped, Needle { spelt, ..hidden(false) });
                }
            }
            if let Some(bare) = words.bare(&folded).filter(|bare| !words.is_everyday(bare)) {
                needles.insert(bare, hidden(false));
            }
        }
    }
}

/// Stands this inside words?
pub(crate) fn is_inside_word(c: char) -> bool {
    c.is_alphanumeric() || is_ignorable(c) || is_apostrophe(c)
}

/// The words of a name.
pub(crate) fn pieces(name: &str) -> Vec<String> {
    name.split(|c: char| !is_inside_word(c)).filter(|p| !p.is_empty()).map(str::to_owned).collect()
}

/// The first letter of each word that is no particle, articles left out.
fn initials(name: &str, words: &Words) -> String {
    let first = |part: &String| {
        let plain: String = part.chars().filter(|c| !is_ignorable(*c)).collect();
        let folded = letters(&plain);
        if words.particles.contains(&folded) {
            return None;
        }
        // In Latin letters an article stands apart: «الخطيب» begins with kha, "Adnan" with A.
        let bare = words.bare(&folded).filter(|_| plain.starts_with(is_arabic_letter));
        let skip = bare.map_or(0, |bare| folded.chars().count() - bare.chars().count());
        plain.chars().filter(|c| c.is_alphanumeric()).nth(skip).map(|c| format!("{c}."))
    };
    let letters: Vec<String> = pieces(name).iter().filter_map(first).collect();
    if letters.is_empty() { MASK.to_owned() } else { letters.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use marsad_knowledge::Files;

    #[test]
    fn initials_leave_an_article_out_and_no_letters_that_only_look_like_one() {
        let words = Words::load(&Files::embedded()).unwrap();
        for (name, shown) in [("Adnan Rifai", "A. R."), ("Samir al-Khatib", "S. K."), ("رضوان الشماط", "ر. ش.")] {
            assert_eq!(initials(name, &words), shown);
        }
    }
}
