//! Whatever cannot be read is told with its reason and stops nothing; the exit status says how it went.

use crate::desk::{Desk, Records};

const GOOD: &str = "Two people were wounded when a shell fell on Manbij on 3 May 2031. Invented report of a test.";

fn reasons(desk: &Desk, ledger: &str) -> Vec<(String, Option<u64>, String)> {
    let records = Records::of(&desk.export(ledger));
    let one =
        |s: &serde_json::Value| (s["path"].as_str().unwrap().to_owned(), s["line"].as_u64(), s["reason"].as_str().unwrap().to_owned());
    records.set_aside.iter().map(one).collect()
}

#[test]
fn all_read_is_0() {
    let desk = Desk::new();
    desk.put("in/a.txt", GOOD);
    desk.put("in/deep/er/b.jsonl", format!("{}\n", serde_json::json!({"text": GOOD, "published": "2031-05-04", "source": "Test Gazette"})));
    let answer = desk.run(&desk.at("in"), "ledger");
    assert_eq!(answer.status, 0, "{}{}", answer.out, answer.err);
    assert!(reasons(&desk, "ledger").is_empty());
}

#[test]
fn some_set_aside_is_1_and_each_has_its_reason() {
    let desk = Desk::new();
    desk.put("in/good.txt", GOOD);
    desk.put("in/lines.jsonl", "{\"text\": \"A quiet market day in Manbij.\"}\n{\"text\": \"cut sho\n{\"key\": \"1\"}\n");
    desk.put("in/photo.jpg", [0xFF, 0xD8, 0xFF, 0xE0, 0x00, 0x10]);
    desk.put("in/binary.txt", (0..2048u32).map(|i| (i * 7 % 256) as u8).collect::<Vec<u8>>());
    desk.put("in/empty.txt", "");
    desk.put("in/torn.txt.gz", [0x1F, 0x8B, 0x08, 0x00, 0x01]);
    let answer = desk.run(&desk.at("in"), "ledger");
    assert_eq!(answer.status, 1, "{}{}", answer.out, answer.err);
    let aside = reasons(&desk, "ledger");
    for (path, line) in [
        ("lines.jsonl", Some(2)),
        ("lines.jsonl", Some(3)),
        ("photo.jpg", None),
        ("binary.txt", None),
        ("empty.txt", None),
        ("torn.txt.gz", None),
    ] {
        let told = aside.iter().find(|a| a.0 == path && a.1 == line);
        let (.., reason) = told.unwrap_or_else(|| panic!("{path} {line:?} is not among those set aside: {aside:#?}"));
        assert!(reason.len() > 10, "{path}: {reason}");
        assert!(answer.out.contains(path), "the summary does not name {path}: {}", answer.out);
    }
    assert_eq!(Records::of(&desk.export("ledger")).reports.len(), 2, "what is beside them is read all the same");
}

#[test]
fn nothing_read_is_2() {
    let desk = Desk::new();
    desk.put("in/photo.jpg", [0xFF, 0xD8]);
    desk.put("in/empty.txt", "");
    assert_eq!(desk.run(&desk.at("in"), "ledger").status, 2);
    assert_eq!(desk.run(&desk.at("nowhere"), "other").status, 2);
    assert_eq!(desk.ask(&["events", "--ledger", "no-ledger"]).status, 2);
}

#[test]
fn a_missing_input_is_told_and_the_others_are_read() {
    let desk = Desk::new();
    desk.put("a.txt", GOOD);
    let answer = desk.ask(&["run", "a.txt", "nowhere.txt", "--ledger", "ledger"]);
    assert_eq!(answer.status, 1, "{}", answer.err);
    assert!(answer.out.contains("nowhere.txt"), "{}", answer.out);
}
