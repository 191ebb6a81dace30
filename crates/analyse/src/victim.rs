//! Victims by name: those whom a report lists, one a line or one after another, and those named beside a word of harm.
//!
//! In a script without capitals nothing but its place shows that a word is a name. So a name is believed only where a line
//! of a list, a word such as «الطفلة» or "his wife", an age, or a phrase that announces names stands beside it, and only
//! near a word of harm. What is found are persons; who they are to the happening, [`attach`] says.

mod entry;

use crate::draft::Draft;
use crate::item::{Item, Mark};
use crate::passage::Passage;
use entry::{Entry, entry_at, skip_marker};
use marsad_knowledge::{Slot, VictimWord};
use marsad_model::{ActorRole, ClaimActor, Harm, PersonDetails, PersonStatus, Polarity, Span, Status};

/// Sentences between the head of a list and its first line.
const HEAD_REACH: usize = 6;
/// Fewer lines in a row are no list.
const SHORTEST_LIST: usize = 2;
/// Items of what is said of somebody between two commas.
const LONGEST_APPOSITION: usize = 6;
/// A longer line is a sentence.
const LONGEST_LINE: usize = 26;

/// A person named as harmed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Victim {
    /// The name, titles and words of kinship left out.
    pub(crate) name: Span,
    pub(crate) details: PersonDetails,
    /// The sentence that says what was done to them.
    told_in: usize,
}

/// Find them all; what stood as a place inside a name is none.
pub(crate) fn find(passage: &mut Passage) {
    let mut found = lists(passage);
    for sentence in 0..passage.rows.len() {
        in_sentence(passage, sentence, &mut found);
    }
    found.sort_by_key(|v| v.name);
    found.dedup_by(|b, a| a.name.overlaps(b.name));
    let names: Vec<Span> = found.iter().map(|v| v.name).collect();
    for item in passage.rows.iter_mut().flatten() {
        let next = names.partition_point(|n| n.end <= item.span.start);
        if names.get(next).is_some_and(|n| n.overlaps(item.span)) {
            item.place = None;
            // The person is kept beside the row: in it the noun before the name («الطفل») stands for both.
            if item.party.as_ref().is_some_and(|p| p.person) {
                item.party = None;
            }
        }
    }
    passage.victims = found;
}

/// Does this sentence begin a line?
fn begins_line(passage: &Passage, sentence: usize) -> bool {
    let first = passage.sentences[sentence].words.start;
    sentence == 0 || passage.words.get(first).is_some_and(|w| w.newline_before)
}

/// Lists of one name a line, under a line or sentence that says what was done to those in it.
fn lists(passage: &Passage) -> Vec<Victim> {
    let mut found = Vec::new();
    let mut head: Option<usize> = None;
    let mut sentence = 0;
    while sentence < passage.rows.len() {
        let (entries, end) = run(passage, sentence);
        let near = head.filter(|h| sentence - h <= HEAD_REACH);
        let sure = entries.iter().filter(|e| e.sure()).count();
        if let Some(head) = near.filter(|_| entries.len() >= SHORTEST_LIST && sure * 2 >= entries.len()) {
            let (harm, status) = said_of_all(passage, head);
            found.extend(entries.into_iter().map(|e| e.victim(harm, status, head)));
            sentence = end;
            continue;
        }
        if tells_harm(passage, sentence) {
            head = Some(sentence);
        }
        sentence += 1;
    }
    found
}

/// The lines from this sentence on that each name a person, and the sentence after them.
fn run(passage: &Passage, from: usize) -> (Vec<Entry>, usize) {
    let (mut entries, mut at) = (Vec::new(), from);
    while at < passage.rows.len() && begins_line(passage, at) {
        let row = &passage.rows[at];
        if row.len() > LONGEST_LINE {
            break;
        }
        let (marked, start) = skip_marker(row);
        // "1." may stand as a sentence of its own, with the name in the next.
        let alone = marked && start >= row.len() && at + 1 < passage.rows.len();
        let (row, start) = if alone { (&passage.rows[at + 1], 0) } else { (row, start) };
        let Some(mut entry) = entry_at(passage, row, start, 2, false) else { break };
        if row.get(entry.end).is_some_and(|i| i.mark.is_none() && i.number.is_none() && i.time.is_none() && !i.aside && !entry.aged()) {
            break;
        }
        entry.marked = marked;
        entries.push(entry);
        at += 1 + usize::from(alone);
        // The rest of a line may be sentences of its own.
        while at < passage.rows.len() && !begins_line(passage, at) {
            at += 1;
        }
    }
    (entries, at)
}

fn tells_harm(passage: &Passage, sentence: usize) -> bool {
    passage.rows[sentence].iter().any(|i| !i.aside && is_harm(passage, i))
}

fn is_harm(passage: &Passage, item: &Item) -> bool {
    let triggers = &passage.language.triggers;
    item.triggers().any(|(t, _)| triggers[t as usize].harm.is_some_and(harms_a_body) || triggers[t as usize].frame == "harm")
}

fn harms_a_body(harm: Harm) -> bool {
    matches!(harm, Harm::Killed | Harm::Injured | Harm::Missing | Harm::Tortured | Harm::Detained | Harm::Captured)
}

/// What the head of a list says of all in it: the harm, where it tells of one only, and whether they fought.
fn said_of_all(passage: &Passage, sentence: usize) -> (Option<Harm>, Option<PersonStatus>) {
    let row = &passage.rows[sentence];
    // "names of the dead and wounded" says of nobody which; "those who died in a strike that hit a house" says it first.
    let harms: Vec<(usize, Harm)> = row.iter().enumerate().filter_map(|(at, i)| Some((at, harm_of(passage, i)?))).collect();
    let both = harms.windows(2).take(1).any(|w| w[0].1 != w[1].1 && row[w[0].0 + 1..w[1].0].iter().all(|i| i.is_marker(Slot::And)));
    let harm = harms.first().filter(|_| !both).map(|(_, h)| *h);
    let people = row.iter().filter_map(Item::people).map(|p| passage.language.people[p as usize].status);
    let mut stated: Vec<PersonStatus> = people.filter(|s| *s != PersonStatus::Unknown).collect();
    stated.dedup();
    let one = |of: &[PersonStatus]| if of.len() == 1 { of.first().copied() } else { None };
    (harm, one(&stated))
}

fn harm_of(passage: &Passage, item: &Item) -> Option<Harm> {
    item.triggers().find_map(|(t, _)| passage.language.triggers[t as usize].harm).filter(|h| harms_a_body(*h))
}

/// What stands before a series of names.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// A word of harm.
    Harm,
    /// A phrase that announces names.
    Intro,
    /// A comma, a colon or a word for people, somewhere behind a word of harm: two or more with their ages are a list, "three
    /// children, Anas (3), Hiba (5)".
    Pause,
}

/// Names inside a sentence: after a word of harm («استشهاد الطفل …»), or announced («كل من …») beside one, or with their ages.
fn in_sentence(passage: &Passage, sentence: usize, found: &mut Vec<Victim>) {
    let row = &passage.rows[sentence];
    let mut harm = None;
    let mut at = 0;
    while at < row.len() {
        let item = &row[at];
        let opening = if let Some(told) = harm_of(passage, item) {
            harm = Some(told);
            Some((Before::Harm, at + 1))
        } else if harm.is_some() && starts(passage, item, VictimWord::Intro) {
            Some((Before::Intro, at + cue_items(passage, row, at)))
        } else {
            let noun = || starts(passage, item, VictimWord::Noun) || starts(passage, item, VictimWord::Kin);
            harm.filter(|_| item.mark.is_some() || noun()).map(|_| (Before::Pause, at + usize::from(item.mark.is_some())))
        };
        let next = opening.and_then(|(before, from)| series(passage, row, from, before, harm, sentence, found));
        at = next.unwrap_or(at + 1);
    }
}

fn starts(passage: &Passage, item: &Item, word: VictimWord) -> bool {
    let hits = passage.language.victims.at(passage.text, &passage.words, item.first);
    !item.clitic && item.mark.is_none() && hits.iter().any(|h| h.values.iter().any(|c| c.word == word))
}

/// Items of the row that the longest phrase beginning here covers.
fn cue_items(passage: &Passage, row: &[Item], at: usize) -> usize {
    let hits = passage.language.victims.at(passage.text, &passage.words, row[at].first);
    let last = hits.first().map_or(row[at].last, |h| h.last);
    row[at..].iter().take_while(|i| i.first <= last).count().max(1)
}

/// A series of names from here on; gives back where it ends, `None` where there is none.
fn series(
    passage: &Passage,
    row: &[Item],
    from: usize,
    before: Before,
    harm: Option<Harm>,
    sentence: usize,
    found: &mut Vec<Victim>,
) -> Option<usize> {
    let (mut at, mut any) = (from, false);
    while let Some(entry) = entry_in_series(passage, row, at, before, any) {
        at = entry.end.max(at + 1);
        any = true;
        found.push(entry.victim(harm, None, sentence));
        let next = next_entry(row, at);
        if next == at && !passage.age_parts(row, at) && row.get(at).is_none_or(|i| entry::joined(passage, i, entry::LONG_NAME) == 0) {
            break;
        }
        at = past_apposition(passage, row, next);
    }
    any.then_some(at)
}

/// The next one of a series; `any`: it is not the first.
fn entry_in_series(passage: &Passage, row: &[Item], at: usize, before: Before, any: bool) -> Option<Entry> {
    // "killed his cousin Bassel Orabi in Daraa", and not "killed, his cousin Bassel Orabi said".
    let kin = |e: &Entry| e.kin.is_some() && (any || ends_there(passage, row, e.end));
    let named = || row[..at].iter().any(|i| i.party.as_ref().is_some_and(|p| p.person));
    let told = |e: &Entry| match before {
        Before::Harm => e.noun || e.aged() || kin(e),
        Before::Intro => true,
        Before::Pause => any && (e.noun || e.aged()) || kin(e) && (any || named()),
    };
    let aged = |at: usize, any: bool| entry_at(passage, row, at, 1, any).filter(Entry::aged);
    // A first name alone is one beside others that have their ages too; "Aleppo (12), Idlib (7)" are towns with their tolls.
    let place = |e: &Entry| e.is_place(passage, row);
    let company = |e: &Entry| any || aged(next_entry(row, e.end), true).is_some_and(|next| !(place(e) && place(&next)));
    entry_at(passage, row, at, 2, any).filter(told).or_else(|| aged(at, any).filter(company))
}

/// Does nothing more follow of whom is named before this item: no word of what they say or did?
fn ends_there(passage: &Passage, row: &[Item], end: usize) -> bool {
    let slots = [Slot::And, Slot::In, Slot::Near, Slot::On, Slot::Countryside];
    let ends = |i: &Item| i.aside || i.time.is_some() || slots.iter().any(|s| i.is_marker(*s));
    match row.get(end) {
        // "her mother Rima, who wept": behind a comma it may go on with what she did.
        Some(i) if i.mark == Some(Mark::Comma) => row.get(end + 1).is_none_or(|next| ends(next) || starts(passage, next, VictimWord::Kin)),
        next => next.is_none_or(|i| i.mark.is_some() || ends(i)),
    }
}

/// Over the comma or the "and" to the next one.
fn next_entry(row: &[Item], from: usize) -> usize {
    from + row[from.min(row.len())..].iter().take_while(|i| i.mark == Some(Mark::Comma) || i.is_marker(Slot::And) || i.aside).count()
}

/// Where a series goes on behind what is said of the one who was named: "Nouri Halabi, 34, a teacher, and his wife Samira". It
/// goes on only with somebody whose age or kinship is told; else where it was.
fn past_apposition(passage: &Passage, row: &[Item], from: usize) -> usize {
    let told = |at: usize| entry_at(passage, row, at, 2, true).is_some_and(|e| e.kin.is_some() || e.aged());
    if told(from) {
        return from;
    }
    let telling = |i: &Item| i.mark.is_none() && !i.is_marker(Slot::And) && i.triggers().next().is_none() && i.number.is_none();
    let end = from + row[from..].iter().take(LONGEST_APPOSITION).take_while(|i| telling(i)).count();
    let next = end + row[end..].iter().take_while(|i| i.mark == Some(Mark::Comma) || i.is_marker(Slot::And)).count();
    if end > from && next > end && told(next) { next } else { from }
}

/// Each victim is a target of the happening that the list belongs to: one of the sentence that says what was done, else
/// the last violent one told before.
pub(crate) fn attach(passage: &Passage, drafts: &mut [Draft]) {
    for victim in &passage.victims {
        let takes = |d: &Draft| passage.language.triggers[d.trigger as usize].harm.is_some_and(harms_a_body);
        let fits = |d: &Draft| (d.is_violent() || takes(d)) && d.polarity == Polarity::Positive && d.status == Status::Current;
        let told = passage.sentences[victim.told_in].span;
        let here = |d: &Draft| d.sentence == victim.told_in || d.more_evidence.contains(&told);
        let harmful = |d: &Draft| d.casualties.iter().any(|c| Some(c.harm) == victim.details.harm);
        let best = drafts
            .iter()
            .enumerate()
            .filter(|(_, d)| fits(d) && d.sentence <= victim.told_in)
            .max_by_key(|(i, d)| (here(d), here(d) && harmful(d), d.sentence, *i))
            .map(|(i, _)| i);
        let Some(draft) = best.and_then(|i| drafts.get_mut(i)) else { continue };
        if !draft.actors.iter().any(|a| a.span == victim.name) {
            let name = victim.name.of(passage.text).to_owned();
            draft.actors.push(ClaimActor { role: ActorRole::Target, id: None, name, span: victim.name, carried: false });
        }
    }
}
