//! Finding reports by words, and telling how a ledger stands.

use crate::desk::{Desk, examples};
use std::fs;

#[test]
fn a_report_is_found_by_its_words_and_they_are_marked() {
    let desk = Desk::new();
    desk.put("in/a.txt", "Two people were wounded when a shell fell on Manbij on 3 May 2031. Invented report of a test.");
    desk.put("in/b.txt", "أصيب شخصان بجروح إثر سقوط قذيفة على مدينة منبج أمس. خبر مختلق.");
    assert_eq!(desk.run(&desk.at("in"), "ledger").status, 0);
    let search = |words: &[&str]| desk.ask(&[&["search"], words, &["--ledger", "ledger"]].concat());
    for (words, marked) in [(&["wounded", "shell"][..], "*wounded*"), (&["\"shell fell\""], "*shell fell*"), (&["قذيفة"], "*قذيفة*")]
    {
        let answer = search(words);
        assert_eq!(answer.status, 0, "{}", answer.err);
        assert_eq!(answer.out.matches("r:").count(), 1, "{words:?}: {}", answer.out);
        assert!(answer.out.contains(marked), "{words:?}: {}", answer.out);
    }
    assert_eq!(search(&["helicopter"]).out, "No report has these words.\n");
    assert_eq!(search(&["…"]).status, 2);
    assert!(desk.ask(&["search", "shell", "--ledger", "nowhere"]).err.contains("hint: "));
}

#[test]
fn no_more_reports_are_shown_than_were_asked_for() {
    let desk = Desk::new();
    desk.run(&examples(), "ledger");
    let answer = desk.ask(&["search", "في", "--limit", "1", "--ledger", "ledger"]);
    assert_eq!(answer.out.matches(" · r:").count(), 1, "{}", answer.out);
    assert!(answer.out.contains("more report") || answer.out.contains("and "), "{}", answer.out);
}

#[test]
fn the_doctor_tells_whether_a_ledger_must_be_read_anew() {
    let desk = Desk::new();
    let alone = desk.ask(&["doctor"]);
    assert_eq!(alone.status, 0, "{}", alone.err);
    assert!(alone.out.contains(env!("CARGO_PKG_VERSION")) && alone.out.contains("page: "), "{}", alone.out);
    desk.put("in/a.txt", "Two people were wounded when a shell fell on Manbij on 3 May 2031. Invented report of a test.");
    assert_eq!(desk.run(&desk.at("in"), "ledger").status, 0);
    let ask = |knowledge: &[&str]| desk.ask(&[knowledge, &["doctor", "--ledger", "ledger"]].concat());
    let fresh = ask(&[]);
    assert_eq!(fresh.status, 0, "{}", fresh.out);
    assert!(fresh.out.contains("1 report,") && fresh.out.contains("schema "), "{}", fresh.out);
    // Another knowledge makes other readings of the same reports.
    fs::create_dir_all(desk.at("own/en")).unwrap();
    desk.put("own/en/walls.tsv", "");
    let own = desk.at("own");
    let other = ask(&["--knowledge", own.to_str().unwrap()]);
    assert_eq!(other.status, 1, "{}{}", other.out, other.err);
    assert!(other.out.contains("reads all originals again"), "{}", other.out);
}
