//! Which names are of one person, by which rulings, and in which reading.

use super::*;

const OTHER: &str = "قتل حامد القرناسي وأخوه.";

fn other() -> ReportId {
    ReportId::of(&[b"two"])
}

fn name_of(report: &ReportId, text: &str, words: &str) -> Anchor {
    Anchor::of(report, text, span(text, words, 0), Part::Victim).unwrap()
}

/// Three names: two of the one report, one of the other.
fn names() -> [Anchor; 3] {
    [name_of(&report(), TEXT, "mill"), name_of(&report(), TEXT, "bridge"), name_of(&other(), OTHER, "حامد القرناسي")]
}

fn same(minute: u32, names: &[&Anchor]) -> Decision {
    decision(minute, Ruling::SamePerson { names: names.iter().map(|name| (*name).clone()).collect() })
}

fn read(decisions: &[Decision], text: &str) -> Rulings {
    let (one, two) = (report(), other());
    let reading = |text| Reading { text, claims: &[] };
    Rulings::resolve(decisions, &BTreeMap::from([(&one, reading(text)), (&two, reading(OTHER))]))
}

#[test]
fn names_of_several_reports_and_rulings_come_to_one_person() {
    let [a, b, c] = names();
    let decisions = [same(1, &[&a, &c]), same(2, &[&b, &a])];
    let rulings = read(&decisions, TEXT);
    let bearer = |words| rulings.persons.bearer(&report(), span(TEXT, words, 0));
    assert_eq!(rulings.persons.bearer(&other(), span(OTHER, "القرناسي", 0)), bearer("mill"), "part of a name is the name");
    assert_eq!((bearer("mill"), bearer("Later")), (bearer("bridge"), None));
    assert_eq!(rulings.persons.namings(bearer("mill").unwrap()).count(), 3);
    let turned = read(&[decisions[1].clone(), decisions[0].clone()], TEXT);
    assert_eq!(turned.persons, rulings.persons, "whichever was ruled first");
}

#[test]
fn two_persons_stay_two_and_an_undo_takes_apart_again() {
    let [a, b, c] = names();
    let mut decisions = vec![same(1, &[&a, &c])];
    assert_eq!(read(&decisions, TEXT).persons.bearer(&report(), span(TEXT, "bridge", 0)), None);
    decisions.push(same(2, &[&b, &c]));
    decisions.push(decision(3, Ruling::Undo { undoes: decisions[0].id.clone() }));
    let rulings = read(&decisions, TEXT);
    assert_eq!(rulings.persons.bearer(&report(), span(TEXT, "mill", 0)), None);
    assert!(rulings.persons.bearer(&report(), span(TEXT, "bridge", 0)).is_some());
    assert_eq!(rulings.standing[&decisions[0].id], Standing::Undone { by: decisions[2].id.clone() });
}

#[test]
fn it_stands_in_a_text_that_is_read_otherwise_and_is_loose_where_a_name_is_gone() {
    let [a, b, c] = names();
    let moved = format!("A line more.\n\n{TEXT}");
    let rulings = read(&[same(1, &[&a, &c])], &moved);
    assert_eq!(rulings.persons.bearer(&report(), span(&moved, "mill", 0)), rulings.persons.bearer(&other(), span(OTHER, "حامد", 0)));
    assert!(rulings.lost.is_empty());
    // Of three names two are left: those are one person's still.
    let gone = "Then shelling hit the mill. Nothing else is told.";
    let decisions = [same(1, &[&a, &b, &c]), same(2, &[&b, &c])];
    let rulings = read(&decisions, gone);
    assert_eq!(rulings.standing[&decisions[0].id], Standing::Stands);
    assert_eq!(rulings.standing[&decisions[1].id], Standing::Loose { because: Loose::NoWords });
    assert_eq!(rulings.lost.len(), 2);
    assert!(rulings.persons.bearer(&report(), span(gone, "mill", 0)).is_some());
}

#[test]
fn one_name_twice_is_no_ruling_and_who_rules_on_a_name_must_have_seen_what_joined_it() {
    let [a, b, c] = names();
    let twice = Ruling::SamePerson { names: vec![a.clone(), a.clone()] };
    assert!(matches!(Decision::new("2031-01-01T00:00:00Z", "Rana", "x", twice), Err(BadDecision::TooFew)));
    let (one, two) = (report(), other());
    let reading = |text| Reading { text, claims: &[] };
    let readings = BTreeMap::from([(&one, reading(TEXT)), (&two, reading(OTHER))]);
    let of = |ruling: &Ruling| subjects(ruling, &readings, &|_| None);
    let joined = of(&same(1, &[&a, &c]).ruling);
    let publish = |name: &Anchor| of(&Ruling::Publish { victim: name.clone(), also: Vec::new(), publish: Publish::Full });
    assert!(publish(&a).is_subset(&joined) && publish(&c).is_subset(&joined));
    assert!(publish(&b).is_disjoint(&joined));
}
