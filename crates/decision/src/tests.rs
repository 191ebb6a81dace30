//! Decisions on invented sentences: what they come to, and how they hold when the reading changes.

use crate::{
    ActorValue, Anchor, BadDecision, CasualtiesValue, Decision, HarmedValue, Letter, Loose, Part, PlaceValue, Publish, Reading,
    ReportState, RuledGrade, RuledOrigin, RuledTie, Ruling, Rulings, Standing, TimeValue, Value, Verdict, apply, edited_parts, subjects,
};
use marsad_model::{
    ActorRole, Claim, ClaimId, Direction, EventId, Harm, PersonStatus, PlacePrecision, Relation, ReportId, Span, TimePrecision,
};
use std::collections::BTreeMap;

const TEXT: &str = "قصفت طائرة السوق صباحا فقتل ثلاثة.\nThen shelling hit the mill. Later shelling hit the bridge.";

fn report() -> ReportId {
    ReportId::of(&[b"one"])
}

fn span(text: &str, words: &str, nth: usize) -> Span {
    let (at, _) = text.match_indices(words).nth(nth).unwrap();
    Span::new(at, at + words.len())
}

fn claim(text: &str, words: &str, nth: usize) -> Claim<Span> {
    let trigger = span(text, words, nth);
    let sentence_end = text.get(trigger.end as usize..).unwrap().find('.').unwrap() + trigger.end as usize + 1;
    let evidence = serde_json::json!({ "start": trigger.start, "end": sentence_end });
    serde_json::from_value(serde_json::json!({
        "id": ClaimId::at(&report(), trigger), "report": report(), "access": "unknown", "type": "explosion.shelling", "level": "incident",
        "status": "current", "trigger": trigger, "confidence": 0.5, "modality": "asserted", "polarity": "positive",
        "actors": [{ "role": "target", "id": null, "name": "mill", "span": trigger }], "places": [], "time": null,
        "casualties": [{ "harm": "killed", "status": "unknown", "group": null, "affiliation": null, "min": 3, "max": 3, "count": "exact",
            "scope": "event", "part_of": null, "span": trigger }],
        "means": [], "attribution": [], "cause": null, "outcome": null, "intent": null, "evidence": evidence, "because": []
    }))
    .unwrap()
}

fn anchor(words: &str, nth: usize) -> Anchor {
    Anchor::of(&report(), TEXT, span(TEXT, words, nth), Part::Claim).unwrap()
}

fn decision(minute: u32, ruling: Ruling) -> Decision {
    Decision::new(&format!("2031-01-01T00:{minute:02}:00Z"), "Rana", "seen on the footage", ruling).unwrap()
}

fn resolved(decisions: &[Decision], text: &str, claims: &[Claim<Span>]) -> Rulings {
    let id = report();
    Rulings::resolve(decisions, &BTreeMap::from([(&id, Reading { text, claims })]))
}

fn claims() -> Vec<Claim<Span>> {
    vec![claim(TEXT, "قصفت", 0), claim(TEXT, "shelling", 0), claim(TEXT, "shelling", 1)]
}

#[test]
fn the_same_words_twice_are_told_apart_by_what_stands_around_them() {
    for nth in 0..2 {
        assert_eq!(anchor("shelling", nth).find(TEXT), Some(span(TEXT, "shelling", nth)));
    }
    // A line more at the head moves all offsets, and a sentence between is gone.
    let moved = "Invented.\n\nThen  shelling\nhit the mill. A word. Later shelling hit the bridge.";
    for nth in 0..2 {
        assert_eq!(anchor("shelling", nth).find(moved), Some(span(moved, "shelling", nth)));
    }
}

#[test]
fn words_in_other_surroundings_are_not_taken_for_those_that_were_meant() {
    assert_eq!(anchor("shelling", 0).find("He spoke of shelling, and of nothing that was said before."), None);
    assert_eq!(anchor("shelling", 0).find(""), None);
    assert_eq!(anchor("قصفت", 0).find("Then shelling hit the mill."), None);
}

#[test]
fn words_with_ends_of_lines_and_blanks_stand_where_they_stand() {
    let span = Span::new(0, TEXT.len());
    let whole = Anchor::of(&report(), TEXT, span, Part::Claim).unwrap();
    assert_eq!(whole.find(TEXT), Some(span));
    assert_eq!(whole.find(&TEXT.replace('\n', " \n ")).map(|s| s.start), Some(0));
}

#[test]
fn a_claim_is_found_again_when_better_rules_move_its_trigger() {
    let anchor = anchor("shelling", 1);
    let all = claims();
    assert_eq!(anchor.claim(TEXT, &all), Some(&all[2]));
    // The trigger is longer now.
    let longer = claim(TEXT, "Later shelling hit", 0);
    assert_eq!(anchor.claim(TEXT, &[all[1].clone(), longer.clone()]).map(|c| &c.id), Some(&longer.id));
    // Another word of the sentence is the trigger.
    let mut other = claim(TEXT, "hit", 1);
    other.evidence = span(TEXT, "Later shelling hit the bridge.", 0);
    assert_eq!(anchor.claim(TEXT, &[all[1].clone(), other.clone()]).map(|c| &c.id), Some(&other.id));
    // Two claims are read from the sentence, and neither is meant more than the other.
    let mut twin = claim(TEXT, "bridge", 0);
    twin.evidence = other.evidence;
    assert_eq!(anchor.claim(TEXT, &[other, twin]), None);
}

#[test]
fn a_later_verdict_goes_before_and_an_undo_takes_it_back_and_may_be_undone() {
    let all = claims();
    let accept = decision(1, Ruling::Accept { claims: vec![anchor("shelling", 0), anchor("قصفت", 0)] });
    let reject = decision(2, Ruling::Reject { claims: vec![anchor("shelling", 0), anchor("قصفت", 0)] });
    let undo = decision(3, Ruling::Undo { undoes: reject.id.clone() });
    let redo = decision(4, Ruling::Undo { undoes: undo.id.clone() });
    let verdict = |decisions: &[Decision]| resolved(decisions, TEXT, &all).claims[&all[1].id].verdict.as_ref().map(|(v, _)| *v);
    let (one, two) = ([accept.clone(), reject.clone()], [accept.clone(), reject.clone(), undo.clone()]);
    assert_eq!(verdict(&one[..1]), Some(Verdict::Accepted));
    assert_eq!(verdict(&one), Some(Verdict::Rejected));
    assert_eq!(verdict(&two), Some(Verdict::Accepted));
    let all_four = [accept.clone(), reject.clone(), undo.clone(), redo.clone()];
    assert_eq!(verdict(&all_four), Some(Verdict::Rejected));
    let standing = resolved(&all_four, TEXT, &all).standing;
    assert_eq!(standing[&accept.id], Standing::Overruled { by: reject.id.clone() });
    assert_eq!(standing[&undo.id], Standing::Undone { by: redo.id });
    assert_eq!(standing[&reject.id], Standing::Stands);
    // An undo of what is not there is told.
    let stray = decision(5, Ruling::Undo { undoes: reject.id });
    assert_eq!(resolved(std::slice::from_ref(&stray), TEXT, &all).standing[&stray.id], Standing::Loose { because: Loose::NoDecision });
}

#[test]
fn what_is_no_longer_found_is_told_with_the_reason_and_not_dropped() {
    let decisions = [
        decision(1, Ruling::Accept { claims: vec![anchor("shelling", 0)] }),
        decision(2, Ruling::Merge { claims: vec![anchor("shelling", 0), anchor("قصفت", 0)] }),
        decision(3, Ruling::Accept { claims: vec![anchor("shelling", 1), anchor("قصفت", 0)] }),
        decision(4, Ruling::State { report: ReportId::of(&[b"gone"]), state: ReportState::Coded }),
    ];
    let arabic = &claims()[..1];
    let rulings = resolved(&decisions, TEXT, arabic);
    let standing: Vec<&Standing> = decisions.iter().map(|d| &rulings.standing[&d.id]).collect();
    let loose = |because| Standing::Loose { because };
    assert_eq!(standing, [&loose(Loose::NoClaim), &loose(Loose::NoClaim), &Standing::Stands, &loose(Loose::NoReport)]);
    assert_eq!(rulings.lost.len(), 3);
    let shorter = "قصفت طائرة السوق صباحا فقتل ثلاثة.";
    let rulings = resolved(&decisions[..1], shorter, &[claim(shorter, "قصفت", 0)]);
    assert_eq!(rulings.standing[&decisions[0].id], loose(Loose::NoWords));
    assert_eq!(rulings.lost, [(decisions[0].id.clone(), anchor("shelling", 0), Loose::NoWords)]);
}

#[test]
fn of_merges_and_splits_that_do_not_fit_the_later_holds() {
    let all = claims();
    let [a, b, c] = [anchor("قصفت", 0), anchor("shelling", 0), anchor("shelling", 1)];
    let merge = |minute, x: &Anchor, y: &Anchor| decision(minute, Ruling::Merge { claims: vec![x.clone(), y.clone()] });
    let split = |minute, x: &Anchor, y: &Anchor| decision(minute, Ruling::Split { claims: vec![x.clone()], from: vec![y.clone()] });

    let decisions = [merge(1, &a, &b), merge(2, &b, &c), split(3, &a, &c)];
    let rulings = resolved(&decisions, TEXT, &all);
    let pairs = |links: &[crate::Link]| links.iter().map(|l| l.decision.clone()).collect::<Vec<_>>();
    assert_eq!(pairs(&rulings.cannot_link), [decisions[2].id.clone()]);
    assert_eq!(pairs(&rulings.must_link), [decisions[1].id.clone()]);
    assert!(matches!(&rulings.standing[&decisions[0].id], Standing::Overruled { .. }));

    let decisions = [split(1, &a, &c), merge(2, &a, &b), merge(3, &b, &c)];
    let rulings = resolved(&decisions, TEXT, &all);
    assert_eq!((rulings.cannot_link.len(), rulings.must_link.len()), (0, 2));
    assert!(matches!(&rulings.standing[&decisions[0].id], Standing::Overruled { .. }));
}

#[test]
fn an_edited_value_stands_beside_the_one_that_was_read_and_keeps_its_words() {
    let all = claims();
    let dead = |min, max| Value::Casualties(vec![CasualtiesValue { harm: Harm::Killed, status: unknown(), group: None, min, max }]);
    let edit = |minute, value| decision(minute, Ruling::Edit { claim: anchor("shelling", 0), value });
    let day = Value::Time(Some(TimeValue { start: "2031-01-01".parse().unwrap(), end: None, precision: TimePrecision::Day }));
    let decisions = [edit(1, dead(Some(5), Some(5))), edit(2, dead(Some(4), None)), edit(3, day)];
    let rulings = resolved(&decisions, TEXT, &all);
    assert_eq!(rulings.standing[&decisions[0].id], Standing::Overruled { by: decisions[1].id.clone() });
    let ruling = &rulings.claims[&all[1].id];
    let mut ruled = all[1].clone();
    apply(&mut ruled, ruling);
    assert_eq!((ruled.casualties[0].min, ruled.casualties[0].max, ruled.casualties[0].span), (Some(4), None, all[1].trigger));
    let time = ruled.time.unwrap();
    assert_eq!((serde_json::to_value(time.basis).unwrap(), time.span, time.carried), ("decided".into(), Some(all[1].evidence), true));
    let beside = edited_parts(&all[1], ruling);
    assert!(
        beside.iter().any(|(read, value, id)| *read == dead(Some(3), Some(3)) && *value == dead(Some(4), None) && *id == decisions[1].id)
    );
}

fn unknown() -> marsad_model::PersonStatus {
    marsad_model::PersonStatus::Unknown
}

#[test]
fn a_place_takes_the_place_of_where_alone_and_an_actor_of_its_list() {
    let all = claims();
    let place = PlaceValue {
        id: None,
        name: "the mill".to_owned(),
        lat: Some(33.5),
        lon: Some(36.25),
        radius_m: None,
        precision: PlacePrecision::Exact,
    };
    let actor = ActorValue { role: ActorRole::Initiator, id: None, name: "the blue brigade".to_owned() };
    let decisions = [
        decision(1, Ruling::Place { claim: anchor("shelling", 0), place: place.clone() }),
        decision(2, Ruling::Edit { claim: anchor("shelling", 0), value: Value::Actors(vec![actor]) }),
    ];
    let mut ruled = all[1].clone();
    apply(&mut ruled, &resolved(&decisions, TEXT, &all).claims[&all[1].id]);
    assert_eq!(ruled.places.iter().map(|p| (p.name.as_str(), p.lat)).collect::<Vec<_>>(), [("the mill", Some(33.5))]);
    assert_eq!(
        ruled.actors.iter().map(|a| (a.role, a.name.as_str(), a.carried)).collect::<Vec<_>>(),
        [(ActorRole::Initiator, "the blue brigade", true)]
    );
}

#[test]
fn a_grade_goes_to_the_event_that_holds_most_of_its_claims() {
    let all = claims();
    let whole = vec![anchor("قصفت", 0), anchor("shelling", 0), anchor("shelling", 1)];
    let decisions = [
        decision(1, Ruling::Grade { claims: whole.clone(), grade: RuledGrade::Discounted }),
        decision(2, Ruling::Grade { claims: whole, grade: RuledGrade::Confirmed }),
    ];
    let rulings = resolved(&decisions, TEXT, &all);
    let (first, second) = (EventId::from_claim(&all[0].id), EventId::from_claim(&all[1].id));
    let event_of = BTreeMap::from([(all[0].id.clone(), first), (all[1].id.clone(), second.clone()), (all[2].id.clone(), second.clone())]);
    let grades = rulings.grades(|claim| event_of.get(claim));
    assert_eq!(grades, BTreeMap::from([(second, (RuledGrade::Confirmed, decisions[1].id.clone()))]));
    assert!(rulings.grades(|_| None).is_empty());
}

/// One of each.
fn every_ruling() -> Vec<Ruling> {
    let a = || anchor("shelling", 0);
    let b = || anchor("shelling", 1);
    let other = ReportId::of(&[b"two"]);
    vec![
        Ruling::Accept { claims: vec![a()] },
        Ruling::Reject { claims: vec![a()] },
        Ruling::Edit { claim: a(), value: Value::Intent(None) },
        Ruling::Edit { claim: a(), value: Value::Type("battle.clash".parse().unwrap()) },
        Ruling::Edit { claim: a(), value: Value::Means(Vec::new()) },
        Ruling::Edit { claim: a(), value: Value::Time(None) },
        Ruling::Merge { claims: vec![a(), b()] },
        Ruling::Split { claims: vec![a()], from: vec![b()] },
        Ruling::Place {
            claim: a(),
            place: PlaceValue {
                id: Some("x:1".to_owned()),
                name: "جسر".to_owned(),
                lat: Some(0.1 + 0.2),
                lon: Some(-1e-7),
                radius_m: Some(3),
                precision: PlacePrecision::Near,
            },
        },
        Ruling::Origin { report: report(), origin: RuledOrigin::Dependent, on: Some(other.clone()) },
        Ruling::Lineage {
            report: report(),
            to: other,
            tie: RuledTie { relation: Some(Relation::Translation), direction: Direction::From },
        },
        Ruling::Publish {
            victim: Anchor { attribute: Part::Victim, ..a() },
            also: vec![Anchor { attribute: Part::Victim, ..b() }],
            publish: Publish::Initials,
        },
        Ruling::Victim { claim: a(), victim: Anchor { attribute: Part::Victim, ..b() }, harmed: None },
        Ruling::Victim {
            claim: a(),
            victim: Anchor { attribute: Part::Victim, ..b() },
            harmed: Some(HarmedValue { harm: Harm::Killed, status: PersonStatus::Civilian, age: Some(7), sex: None }),
        },
        Ruling::SamePerson { names: vec![Anchor { attribute: Part::Victim, ..a() }, Anchor { attribute: Part::Victim, ..b() }] },
        Ruling::Reliability { source: "x".to_owned(), letter: Some(Letter::B) },
        Ruling::Reliability { source: "x".to_owned(), letter: None },
        Ruling::Grade { claims: vec![a()], grade: RuledGrade::Confirmed },
        Ruling::State { report: report(), state: ReportState::CaptureByHand },
        Ruling::Undo { undoes: marsad_model::DecisionId::of(&[b"x"]) },
    ]
}

#[test]
fn every_ruling_is_read_as_it_was_written_and_a_changed_one_is_refused() {
    for (n, ruling) in every_ruling().into_iter().enumerate() {
        let written = serde_json::to_string(&decision(n as u32, ruling.clone())).unwrap();
        let read = Decision::read(&written).unwrap_or_else(|e| panic!("{e}: {written}"));
        assert_eq!((serde_json::to_string(&read).unwrap(), &read.ruling), (written.clone(), &ruling));
        let changed = written.replace("Rana", "Dana");
        assert!(matches!(Decision::read(&changed), Err(BadDecision::Changed { .. })), "{changed}");
    }
}

#[test]
fn a_decision_names_who_and_why_and_something_to_rule_on() {
    let few = Ruling::Accept { claims: Vec::new() };
    for (by, why, ruling) in [("", "x", every_ruling().remove(0)), ("x", "  ", every_ruling().remove(0)), ("x", "x", few)] {
        assert!(Decision::new("2031-01-01T00:00:00Z", by, why, ruling).is_err());
    }
    let alone = Ruling::Origin { report: report(), origin: RuledOrigin::Dependent, on: None };
    assert!(Decision::new("2031-01-01T00:00:00Z", "x", "x", alone).is_err());
}

#[test]
fn rulings_on_one_claim_speak_of_the_same_thing_whatever_words_they_quote() {
    let all = claims();
    let id = report();
    let readings = BTreeMap::from([(&id, Reading { text: TEXT, claims: &all })]);
    let first = Ruling::Accept { claims: vec![anchor("shelling", 0)] };
    let first = decision(1, first);
    let of = |ruling: &Ruling| subjects(ruling, &readings, &|_| None);
    let words = Anchor::of(&report(), TEXT, span(TEXT, "Then shelling", 0), Part::Type).unwrap();
    let edit = Ruling::Edit { claim: words, value: Value::Intent(None) };
    assert_eq!(of(&first.ruling), of(&edit));
    assert_ne!(of(&first.ruling), of(&Ruling::Accept { claims: vec![anchor("shelling", 1)] }));
    let undo = Ruling::Undo { undoes: first.id.clone() };
    assert_eq!(subjects(&undo, &readings, &|d| (*d == first.id).then_some(&first)), of(&first.ruling));
}

mod holding;
mod persons;
