//! Of rulings on the same thing: which holds, and what the others are told.

use super::*;
use marsad_model::DecisionId;
use proptest::prelude::*;

fn link_pairs(links: &[crate::Link]) -> Vec<(ClaimId, ClaimId)> {
    links.iter().map(|l| (l.a.clone(), l.b.clone())).collect()
}

fn reading_of<'a>(id: &'a ReportId, claims: &'a [Claim<Span>]) -> BTreeMap<&'a ReportId, Reading<'a>> {
    BTreeMap::from([(id, Reading { text: TEXT, claims })])
}

proptest! {
    #[test]
    fn a_point_is_read_as_it_was_written(lat in -90.0..=90.0_f64, lon in -180.0..=180.0_f64) {
        let place = PlaceValue { id: None, name: "x".to_owned(), lat: Some(lat), lon: Some(lon), radius_m: None, precision: PlacePrecision::Exact };
        let written = serde_json::to_string(&decision(1, Ruling::Place { claim: anchor("shelling", 0), place })).unwrap();
        prop_assert!(Decision::read(&written).is_ok(), "{written}");
    }
}

#[test]
fn how_a_decision_stands_does_not_speak_of_who_ruled() {
    let other = DecisionId::of(&[b"x"]);
    for (standing, field) in
        [(Standing::Overruled { by: other.clone() }, "overruled_by"), (Standing::Undone { by: other.clone() }, "undone_by")]
    {
        let written = serde_json::to_value(&standing).unwrap();
        assert_eq!((&written[field], written.get("by")), (&serde_json::json!(other), None));
    }
}

#[test]
fn one_claim_split_off_a_merge_leaves_the_others_together() {
    let all = claims();
    let anchors = [anchor("قصفت", 0), anchor("shelling", 0), anchor("shelling", 1)];
    for alone in 0..3 {
        let others: Vec<usize> = (0..3).filter(|n| *n != alone).collect();
        let from = others.iter().map(|&n| anchors[n].clone()).collect();
        let decisions = [
            decision(1, Ruling::Merge { claims: anchors.to_vec() }),
            decision(2, Ruling::Split { claims: vec![anchors[alone].clone()], from }),
        ];
        let rulings = resolved(&decisions, TEXT, &all);
        let (a, b) = (&all[others[0]].id, &all[others[1]].id);
        assert_eq!(link_pairs(&rulings.must_link), [(a.min(b).clone(), a.max(b).clone())]);
        assert_eq!((rulings.cannot_link.len(), &rulings.standing[&decisions[0].id]), (2, &Standing::Stands));
    }
}

#[test]
fn an_overruled_link_names_the_one_that_forbids_it() {
    let all = claims();
    let [a, b, c] = [anchor("قصفت", 0), anchor("shelling", 0), anchor("shelling", 1)];
    let merge = |minute, x: &Anchor, y: &Anchor| decision(minute, Ruling::Merge { claims: vec![x.clone(), y.clone()] });
    let split = |minute, x: &Anchor, y: &Anchor| decision(minute, Ruling::Split { claims: vec![x.clone()], from: vec![y.clone()] });
    let overruled = |decisions: [Decision; 3]| {
        let standing = &resolved(&decisions, TEXT, &all).standing[&decisions[0].id];
        decisions.iter().position(|d| *standing == Standing::Overruled { by: d.id.clone() })
    };
    // What stands between speaks of others.
    assert_eq!(overruled([merge(1, &a, &b), merge(2, &b, &c), split(3, &a, &b)]), Some(2));
    assert_eq!(overruled([split(1, &a, &b), split(2, &b, &c), merge(3, &a, &b)]), Some(2));
}

#[test]
fn of_rulings_on_a_name_the_last_that_touches_it_holds_and_unruled_ones_are_withheld() {
    let (all, id) = (claims(), report());
    let name = |words| Anchor { attribute: Part::Victim, ..anchor(words, 0) };
    let publish = |minute, words, publish| decision(minute, Ruling::Publish { victim: name(words), also: Vec::new(), publish });
    let held = |decisions: &[Decision], words| Rulings::resolve(decisions, &reading_of(&id, &all)).publish_of(&id, span(TEXT, words, 0));
    let short = publish(1, "shelling", Publish::Full);
    let long = publish(2, "shelling hit", Publish::Withheld);
    for words in ["shelling", "shelling hit"] {
        assert_eq!(held(&[short.clone(), long.clone()], words), Publish::Withheld);
        assert_eq!(held(&[long.clone(), short.clone()], words), Publish::Full);
    }
    assert_eq!(held(std::slice::from_ref(&short), "mill"), Publish::Withheld);
    let standing = resolved(&[short.clone(), long.clone()], TEXT, &all).standing;
    assert_eq!(standing[&short.id], Standing::Overruled { by: long.id });
}

#[test]
fn a_name_is_marked_in_each_of_its_places_that_is_still_there() {
    let (all, id) = (claims(), report());
    let places = [0, 1].map(|nth| Anchor { attribute: Part::Victim, ..anchor("shelling", nth) });
    let [victim, also] = places;
    let ruled = decision(1, Ruling::Publish { victim, also: vec![also], publish: Publish::Full });
    let held = |text: &str, nth| {
        let reading = BTreeMap::from([(&id, Reading { text, claims: &all })]);
        Rulings::resolve(std::slice::from_ref(&ruled), &reading).publish_of(&id, span(text, "shelling", nth))
    };
    assert_eq!([held(TEXT, 0), held(TEXT, 1)], [Publish::Full; 2]);
    let (_, second) = TEXT.split_once("the mill.").unwrap();
    assert_eq!(held(second, 0), Publish::Full);
    assert_eq!(resolved(std::slice::from_ref(&ruled), second, &[]).standing[&ruled.id], Standing::Stands);
    assert_eq!(resolved(std::slice::from_ref(&ruled), "Gone.", &[]).standing[&ruled.id], Standing::Loose { because: Loose::NoWords });
}

#[test]
fn of_rulings_on_who_was_harmed_the_last_that_touches_the_name_holds() {
    let all = claims();
    let killed = HarmedValue { harm: Harm::Killed, status: PersonStatus::Civilian, age: Some(7), sex: None };
    let harmed = |minute, words, harmed: Option<&HarmedValue>| {
        let victim = Anchor { attribute: Part::Victim, ..anchor(words, 0) };
        decision(minute, Ruling::Victim { claim: anchor("shelling", 0), victim, harmed: harmed.cloned() })
    };
    let (one, none) = (harmed(1, "mill", Some(&killed)), harmed(2, "the mill", None));
    let other = harmed(3, "bridge", Some(&killed));
    let rulings = resolved(&[one.clone(), none.clone(), other.clone()], TEXT, &all);
    let told: Vec<_> = rulings.victims[&all[1].id].iter().map(|v| (v.name.of(TEXT), v.harmed.clone())).collect();
    assert_eq!(told, [("the mill", None), ("bridge", Some(killed.clone()))]);
    assert_eq!(rulings.standing[&one.id], Standing::Overruled { by: none.id.clone() });
    let undo = decision(4, Ruling::Undo { undoes: none.id.clone() });
    let undone = resolved(&[one.clone(), none, undo], TEXT, &all);
    assert_eq!(undone.victims[&all[1].id].first().map(|v| v.harmed.clone()), Some(Some(killed)));
    assert_eq!(undone.standing[&one.id], Standing::Stands);
}

#[test]
fn a_ruling_on_a_report_that_is_not_there_overrules_nothing() {
    let all = claims();
    let gone = ReportId::of(&[b"gone"]);
    let rested = |minute, on: ReportId| decision(minute, Ruling::Origin { report: report(), origin: RuledOrigin::Dependent, on: Some(on) });
    let own = decision(1, Ruling::Origin { report: report(), origin: RuledOrigin::Independent, on: None });
    let loose = rested(2, gone);
    let rulings = resolved(&[own.clone(), loose.clone()], TEXT, &all);
    assert_eq!(rulings.standing[&own.id], Standing::Stands);
    assert_eq!(rulings.standing[&loose.id], Standing::Loose { because: Loose::NoReport });
    assert_eq!(rulings.origins[&report()], (RuledOrigin::Independent, None, own.id));
}

#[test]
fn an_actor_or_place_that_was_added_does_not_borrow_the_words_of_another() {
    let read = claims().remove(1);
    let put = |value| {
        let mut ruled = read.clone();
        let edits = vec![crate::Edited { decision: DecisionId::of(&[b"x"]), value }];
        apply(&mut ruled, &crate::ClaimRuling { verdict: None, edits });
        ruled
    };
    let actor = |name: &str| ActorValue { role: ActorRole::Target, id: None, name: name.to_owned() };
    let words = |value| put(value).actors.iter().map(|a| (a.span, a.carried)).collect::<Vec<_>>();
    let (own, sentence) = ((read.trigger, false), (read.evidence, true));
    assert_eq!(words(Value::Actors(vec![actor("mill"), actor("dam")])), [own, sentence]);
    assert_eq!(words(Value::Actors(vec![actor("dam")])), [own]);

    let place = |name: &str| PlaceValue {
        id: None,
        name: name.to_owned(),
        lat: None,
        lon: None,
        radius_m: None,
        precision: PlacePrecision::Settlement,
    };
    let mut with_site = put(Value::Places(vec![place("mill")]));
    with_site.places[0].span = read.trigger;
    with_site.places[0].carried = false;
    let edits = vec![crate::Edited { decision: DecisionId::of(&[b"x"]), value: Value::Places(vec![place("dam"), place("mill")]) }];
    apply(&mut with_site, &crate::ClaimRuling { verdict: None, edits });
    assert_eq!(with_site.places.iter().map(|p| (p.span, p.carried)).collect::<Vec<_>>(), [sentence, own]);
}

#[test]
fn of_equal_words_in_equal_surroundings_the_nearest_is_meant_whatever_blanks_stand_before() {
    let one = "It was said of the whole of the town that shelling was heard in it by all who live there. ";
    let text = format!("{}{}", "\n".repeat(2 * one.len()), one.repeat(5));
    for nth in 0..5 {
        let there = span(&text, "shelling", nth);
        assert_eq!(Anchor::of(&report(), &text, there, Part::Claim).unwrap().find(&text), Some(there), "{nth}");
    }
}
