//! Parties: names, numbers and generic nouns that stand together and mean one body of people.
//!
//! "7 Isis fugitives", "dozens of the organisation's foreign fighters", «عدد من عناصر ميليشيا قسد»: the actor is their
//! side, the noun says what they are, the number how many. The phrase plays one role, not three.

use crate::item::{Item, Party};
use crate::passage::Passage;
use marsad_knowledge::{ActorKind, Entry, Flavour, Refers, Slot};
use marsad_model::Span;
use marsad_tagger::Kind;
use marsad_text::{Case, WordKind};

/// Words that may stand between the parts of a party ("foreign", «الأجانب») without ending it.
const LOOSE: usize = 1;

/// What the parts of a party can be.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    Actor(u32, bool),
    People(u32),
    Number(usize),
    Refers(Refers),
    /// "brigades", «كتائب»: an armed body without a name of its own here; or a name that nothing pins to one actor.
    Head,
}

fn part(passage: &Passage, item: &Item) -> Option<Part> {
    if item.aside || item.party.is_some() {
        return None;
    }
    if let Some(n) = item.number {
        return (!passage.numbers[n].value.ends_with('%')).then_some(Part::Number(n));
    }
    let named = item.entries.iter().find_map(|e| match e {
        Entry::ActorName(index) => {
            let name = &passage.knowledge.actors.names[*index as usize];
            Some(Part::Actor(name.actor, name.flavour == Flavour::Nationality))
        }
        Entry::People { row } => Some(Part::People(*row)),
        Entry::Refers { refers: r @ (Refers::Group | Refers::Force | Refers::Coalition | Refers::Both), .. } => Some(Part::Refers(*r)),
        _ => None,
    });
    named.or_else(|| {
        (item.several || item.entries.iter().any(|e| matches!(e, Entry::OrganisationHead { armed: true, .. }))).then_some(Part::Head)
    })
}

/// Join the items of each row that make up one party. Phrases that go back to an actor are left for coreference.
pub(crate) fn join_parties(passage: &mut Passage) {
    let rows = std::mem::take(&mut passage.rows);
    let joined = rows.into_iter().map(|row| join_row(passage, &row)).collect();
    passage.rows = joined;
}

fn join_row(passage: &Passage, row: &[Item]) -> Vec<Item> {
    let mut out: Vec<Item> = Vec::with_capacity(row.len());
    let mut i = 0;
    while i < row.len() {
        match grow(passage, row, i) {
            Some((mut party, end)) => {
                let end = name_of_head(passage, row, end, &mut party, &mut out);
                let first = passage.words.at_byte(party.whole.start).min(row[i].first);
                let mut item = Item::new(first, row[end - 1].last, party.whole);
                item.place = row[i..end].iter().find_map(|x| x.place).filter(|_| end == i + 1);
                item.entries = row[i..end].iter().flat_map(|x| x.entries.iter().copied()).collect();
                item.entries.retain(|e| !matches!(e, Entry::Marker(_)));
                item.number = party.number;
                item.article = row[i].article;
                item.pronoun = row[end - 1].pronoun;
                let noun = |x: &&Item| x.entries.iter().any(|e| matches!(e, Entry::People { row } if Some(*row) == party.people));
                item.noun = row[i..end].iter().find(noun).map_or(item.noun, |x| x.noun);
                item.party = Some(party);
                // Asides between the parts keep their places: they say where a village lies.
                out.extend(row[i..end].iter().filter(|x| x.aside).cloned());
                out.push(item);
                i = end;
            }
            None => {
                out.push(row[i].clone());
                i += 1;
            }
        }
    }
    out
}

/// The party that starts at this item, and the item after its last one.
fn grow(passage: &Passage, row: &[Item], start: usize) -> Option<(Party, usize)> {
    let first = part(passage, &row[start])?;
    // «على جبهة حوش الضواهرة» is no body of men.
    let lies = row[start].place_noun().is_some() && row.get(start + 1).is_some_and(|n| n.place.is_some());
    if first == Part::Head && lies {
        return None;
    }
    let bare = first == Part::Head && !row[start].article && passage.language.grammar.verb_first;
    let mut party = Party::named(row[start].span);
    take(passage, &mut party, first, &row[start]);
    let (mut end, mut refers) = (start + 1, matches!(first, Part::Refers(_)));
    let mut at = end;
    let (mut loose, mut linked) = (0, false);
    // After which item the name of a family may stand, and whether what follows says whose the party is.
    let (mut family, mut belonging) = (None, false);
    while let Some(item) = row.get(at) {
        if item.aside {
            at += 1;
            continue;
        }
        match part(passage, item) {
            Some(next)
                if fits(passage, &party, refers && !(belonging && linked), next, linked)
                    || bare && at == start + 1 && is_group(passage, next) =>
            {
                if matches!(next, Part::Refers(_)) {
                    refers = true;
                }
                // "three civilians of one family" are civilians.
                let kin = matches!(next, Part::People(p) if household(passage, p)) && party.people.is_some();
                if kin {
                    party.whole = party.whole.to(item.span);
                    family = Some(at + 1);
                } else {
                    take(passage, &mut party, next, item);
                }
                (at, loose, linked) = (at + 1, 0, false);
                end = at;
            }
            // «سبعة من عائلة أبو ريدة»: the family's name.
            None if family == Some(end) && at == end && item.party.as_ref().is_some_and(|p| p.person) => {
                party.whole = party.whole.to(item.span);
                (at, family) = (at + 1, None);
                end = at;
            }
            // «القوات التابعة للمجلس»: the council's.
            None if refers && item.is_plain() && belongs(passage, item) => (at, belonging) = (at + 1, true),
            // "elements of", "seven from", "fighters within": the body they belong to follows.
            None if links(item) && !linked && (party.people.is_some() || party.number.is_some() || party.head || belonging) => {
                (at, linked) = (at + 1, true);
            }
            None if item.is_marker(Slot::Article) => at += 1,
            // "two intelligence officers": of which body those are that are counted.
            None if party.number.is_some() && party.people.is_none() && loose < LOOSE && tells_whose(passage, item) => {
                (at, loose) = (at + 1, loose + 1);
            }
            // "two of its soldiers"
            None if linked && passage.language.grammar.possessives.iter().any(|p| passage.words.folded(item.last) == p) => at += 1,
            None if item.is_plain() && loose < LOOSE && !passage.language.stop.contains(passage.words.folded(item.first)) => {
                (at, loose) = (at + 1, loose + 1);
            }
            _ => break,
        }
    }
    // A number alone is no party; nor is a phrase that only goes back to something and has nothing beside it, unless an
    // actor can be found for it, which coreference decides.
    let named = party.actor.is_some() || party.people.is_some() || party.head || refers;
    named.then_some((party, end))
}

/// Words of a name beside the head of an armed body.
const HEAD_NAME: usize = 3;

/// "the Hudhayfa Battalion", «كتيبة حذيفة»: the name that stands before the head or after it belongs to the party. Gives
/// back the item after the last one.
fn name_of_head(passage: &Passage, row: &[Item], mut end: usize, party: &mut Party, out: &mut Vec<Item>) -> usize {
    if !party.head || party.actor.is_some() || party.people.is_some() || row.get(end - 1).is_some_and(|i| i.several) {
        return end;
    }
    let own = |item: &Item, case: Case| {
        let word = passage.words[item.first];
        item.is_plain()
            && !item.aside
            && item.first == item.last
            && (word.kind, word.case) == (WordKind::Letters, case)
            && !passage.language.stop.contains(passage.words.folded(item.first))
    };
    if passage.language.grammar.verb_first {
        // «كتيبة أبو بكر»: the word before a name may be part of it; one word is as far as a name surely goes.
        let title = |item: &Item| item.is_title() && item.party.is_none() && item.first == item.last;
        // A "group" is no body's name with just any word behind it: «مجموعة كبيرة» is none.
        let common = row.get(end - 1).is_some_and(|i| i.entries.iter().any(|e| matches!(e, Entry::OrganisationHead { common: true, .. })));
        let share = |item: &Item| passage.tagging.share(item.first, Kind::Organisation);
        let body = |item: &Item| !common || share(item) >= passage.language.tagger.head_name;
        let name = |item: &Item| own(item, Case::None) && body(item) || item.party.as_ref().is_some_and(|p| p.person);
        while row.get(end).is_some_and(title) && row.get(end + 1).is_some_and(name) {
            end += 1;
        }
        if row.get(end).is_some_and(name) {
            end += 1;
            party.named = true;
        }
        party.span = party.span.to(row[end - 1].span);
    } else {
        for _ in 0..HEAD_NAME {
            let Some(item) = out.pop_if(|i| own(i, Case::Title)) else { break };
            party.named = true;
            party.span = item.span.to(party.span);
        }
    }
    party.whole = party.whole.to(party.span);
    end
}

/// Does the noun name many as one: "a family"?
fn household(passage: &Passage, people: u32) -> bool {
    passage.language.people[people as usize].kind == "household"
}

fn links(item: &Item) -> bool {
    [Slot::Of, Slot::From, Slot::In].iter().any(|s| item.is_marker(*s))
}

/// Is it a word for a body, in small letters, that may stand before people who belong to such a one?
fn tells_whose(passage: &Passage, item: &Item) -> bool {
    let body = |e: &Entry| matches!(e, Entry::OrganisationHead { armed: false, .. });
    !passage.language.grammar.verb_first && passage.words[item.first].case == Case::Lower && item.entries.iter().any(body)
}

/// «التابعة»: does the word say that the party is somebody's, who follows?
fn belongs(passage: &Passage, item: &Item) -> bool {
    passage.language.grammar.belonging.iter().any(|b| passage.words.folded(item.last) == b)
}

/// «فصائل غرفة العمليات»: is it a body of groups, whose the head before it is?
fn is_group(passage: &Passage, part: Part) -> bool {
    let group = |a: u32| matches!(passage.knowledge.actors.list[a as usize].kind, ActorKind::ArmedGroup | ActorKind::Coalition);
    matches!(part, Part::Actor(a, false) if group(a))
}

/// May this part join? One actor, one noun, one number; the same actor under a second name joins, too.
fn fits(passage: &Passage, party: &Party, refers: bool, next: Part, linked: bool) -> bool {
    // "the bodies of two shepherds", «جثة شاب»: whose they are says who died.
    let remains = |p: u32| passage.language.people[p as usize].kind == "remains";
    let whose = (linked || party.number.is_some() || passage.language.grammar.verb_first)
        && party.actor.is_none()
        && party.people.is_some_and(remains);
    match next {
        // "Lebanese Prime Minister X": the office and its country lead to a person.
        Part::Actor(a, _) if party.nationality && party.number.is_none() && is_person(passage, a) => {
            party.people.is_some_and(|p| passage.language.people[p as usize].kind == "official")
        }
        Part::Actor(a, _) => {
            let open = party.people.is_some() || party.number.is_some() || party.head && linked;
            party.actor == Some(a) || party.actor.is_none() && !refers && open
        }
        Part::People(_) => party.people.is_none() || linked && party.number.is_some() && party.actor.is_none() || whose,
        // "a family of five", «مدنيين اثنين»
        Part::Number(n) => {
            let household = linked && party.people.is_some_and(|p| household(passage, p));
            party.number.is_none() && (household || whose || !linked && counts_after(passage, party, n))
        }
        Part::Head => false,
        Part::Refers(_) => party.actor.is_none() && !refers && (party.people.is_some() || party.number.is_some()),
    }
}

/// «مدنيين اثنين»: two stands behind the noun that it counts, where verbs stand first.
fn counts_after(passage: &Passage, party: &Party, number: usize) -> bool {
    let number = &passage.numbers[number];
    let few = number.min == number.max && number.min.is_some_and(|n| n > 1.0 && n <= 2.0);
    let grammar = &passage.language.grammar;
    // «دورية للشرطة اثنين»: the noun must be of two as well.
    let two = |b: usize| grammar.dual.iter().chain(&grammar.dual_or_plural).any(|e| passage.words.folded(b).ends_with(e.as_str()));
    let before = passage.words.at_byte(number.span.start).checked_sub(1);
    let beside = before.is_some_and(|b| passage.words[b].span.end == party.whole.end && two(b));
    let word = passage.words[passage.words.at_byte(number.span.start)].kind == WordKind::Letters;
    passage.language.grammar.verb_first && few && beside && word && party.people.is_some()
}

fn is_person(passage: &Passage, actor: u32) -> bool {
    passage.knowledge.actors.list[actor as usize].kind == ActorKind::Person
}

fn take(passage: &Passage, party: &mut Party, part: Part, item: &Item) {
    // «زوجته»: whose she is belongs to what she is called.
    let owned = item.pronoun && matches!(part, Part::People(_));
    let span = if owned { Span { end: passage.words[item.last].span.end, ..item.span } } else { item.span };
    let only_number = party.actor.is_none() && party.people.is_none();
    match part {
        Part::Actor(a, nationality) => (party.actor, party.nationality) = (Some(a), nationality),
        Part::People(p) => party.people = Some(p),
        Part::Number(n) => (party.number, party.head_count) = (Some(n), party.people.is_some()),
        Part::Refers(_) => party.carried = true,
        Part::Head => party.head = true,
    }
    party.span = if only_number { span } else { party.span.to(span) };
    party.whole = party.whole.to(span);
}
