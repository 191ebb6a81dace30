//! What was handed in and could not be read is evidence all the same: sealed, given back as it came, carried in a bundle, read by a
//! later reader, and destroyed where it must be.

use crate::bundling::bundle;
use crate::desk::{Desk, Records, copy_folder, examples};
use crate::fetching::site;
use marsad::run::Engine;
use marsad_ledger::Ledger;
use marsad_serve::answer::Taken;
use marsad_serve::{NotTaken, Offer, Offered};
use std::fs;
use std::sync::Arc;
use std::time::Duration;

/// The head of a PDF, and a name in what would be its picture.
const SCAN: &[u8] = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj\n<< /Zebulon (Quarrister) >>\nendobj\n%%EOF\n";

fn take(desk: &Desk, what: Offered) -> Result<Taken, NotTaken> {
    let engine = Engine::load(None).unwrap();
    let offer = Offer { what, by: Some("Rana".to_owned()) };
    let now = || "2031-01-03T00:00:00Z".to_owned();
    let options = marsad_fetch::Options { private: true, pace: Duration::ZERO, ..Default::default() };
    marsad::taking::take(&engine, &desk.at("ledger"), offer, &options, &now)
}

fn hand_in(desk: &Desk, name: &str, bytes: &[u8]) -> Taken {
    take(desk, Offered::File { name: name.to_owned(), bytes: bytes.to_vec() }).unwrap()
}

fn is_in(desk: &Desk, folder: &str, words: &[u8]) -> bool {
    crate::bundling::files(&desk.at(folder)).iter().any(|file| fs::read(file).unwrap().windows(words.len()).any(|w| w == words))
}

#[test]
fn what_could_not_be_read_is_sealed_given_back_bundled_and_can_be_withdrawn() {
    let desk = Desk::new();
    assert!(desk.run(&examples(), "ledger").status < 2);
    let taken = hand_in(&desk, "scan-of-the-list.pdf", SCAN);
    assert!(taken.reports.is_empty() && taken.set_aside.len() == 1 && taken.set_aside[0].sealed);
    let sha256 = taken.set_aside[0].sha256.clone().unwrap();
    let listed = desk.ask(&["aside", "--ledger", "ledger"]).out;
    assert!(listed.contains("scan-of-the-list.pdf") && listed.contains("sealed: "), "{listed}");
    assert_eq!(desk.ask(&["original", &sha256[..8], "--ledger", "ledger", "--out", "back.pdf"]).status, 0);
    assert_eq!(fs::read(desk.at("back.pdf")).unwrap(), SCAN);
    assert_eq!(desk.ask(&["original", &sha256[..8], "--ledger", "ledger", "--out", "back.pdf"]).status, 2, "nothing is overwritten");
    let handed = Ledger::open_read(&desk.at("ledger")).unwrap();
    let mut log = String::new();
    handed.each_custody(|entry| log.push_str(&format!("{} {}\n", entry.what, entry.detail))).unwrap();
    drop(handed);
    assert!(log.lines().any(|entry| entry.starts_with("handed_in") && entry.contains(&sha256) && entry.contains("Rana")), "{log}");
    assert_eq!(desk.ask(&["verify", "--ledger", "ledger"]).status, 0);

    // It leaves with a bundle of all, and a bundle without it is none; where names are held back it stays in the house.
    bundle(&desk, "whole", &[]);
    assert_eq!(fs::read(desk.at("whole/data/originals").join(&sha256)).unwrap(), SCAN);
    assert_eq!(desk.ask(&["verify", "whole"]).status, 0);
    bundle(&desk, "held", &["--redact", "--originals", "--names-in-originals"]);
    assert!(!is_in(&desk, "held", b"Quarrister") && !is_in(&desk, "held", b"scan-of-the-list"));
    assert_eq!(desk.ask(&["verify", "held"]).status, 0);
    // Reading all anew, with other knowledge, keeps it.
    desk.put_other_knowledge("other");
    assert!(desk.ask(&["--knowledge", "other", "run", examples().to_str().unwrap(), "--ledger", "ledger"]).status < 2);
    let again = Records::of(&desk.export("ledger")).set_aside;
    assert_eq!(again.iter().filter(|item| item["sha256"] == sha256.as_str() && item["sealed"] == true).count(), 1, "{again:?}");

    copy_folder(&desk.at("ledger"), &desk.at("twin"), |_| ());
    let asked = ["review", "--ledger", "ledger", "withdraw", &sha256[..8], "--by", "Huda", "--ground", "a family asked"];
    let answer = desk.ask(&asked);
    assert!(answer.status == 0 && answer.out.contains("1 original destroyed"), "{}{}", answer.out, answer.err);
    assert!(!is_in(&desk, "ledger", b"Quarrister") && !is_in(&desk, "ledger", b"scan-of-the-list"));
    assert_eq!(desk.ask(&["verify", "--ledger", "ledger"]).status, 0);
    assert_eq!(desk.ask(&["original", &sha256[..8], "--ledger", "ledger", "--out", "again.pdf"]).status, 2);
    assert_eq!(desk.ask(&asked).status, 2, "it is withdrawn once");
    // The same bytes come in no more, under whatever name.
    let refused = hand_in(&desk, "another-name.pdf", SCAN);
    assert_eq!((refused.set_aside[0].kind.as_deref(), refused.set_aside[0].sealed), (Some("withdrawn"), false));
    assert!(!is_in(&desk, "ledger", b"another-name"));
    let decisions = desk.export("ledger")["decisions.jsonl"].clone();
    desk.put("decisions.jsonl", &decisions);
    let replayed = desk.ask(&["review", "--ledger", "twin", "replay", "decisions.jsonl"]).out;
    assert!(replayed.contains("NOT DONE HERE") && replayed.contains(&sha256), "{replayed}");
    assert!(String::from_utf8(decisions).unwrap().contains(&format!("\"withdraw_unread\",\"original\":\"{sha256}\"")));
}

#[test]
fn a_bundle_that_lost_what_could_not_be_read_is_found_out() {
    let desk = Desk::new();
    desk.put("in/report.txt", "Gunmen attacked a checkpoint in Hajin on 3 May 2030 and killed two soldiers, a commander said.");
    assert!(desk.run(&desk.at("in"), "ledger").status < 2);
    let taken = hand_in(&desk, "scan.pdf", SCAN);
    bundle(&desk, "whole", &[]);
    fs::remove_file(desk.at("whole/data/originals").join(taken.set_aside[0].sha256.as_ref().unwrap())).unwrap();
    let answer = desk.ask(&["verify", "whole"]);
    assert!(answer.status != 0 && answer.out.contains(taken.set_aside[0].sha256.as_ref().unwrap()), "{}", answer.out);
}

/// All that the ledger's own archives hold.
fn archived(desk: &Desk) -> String {
    let packed = crate::bundling::files(&desk.at("ledger/fetched")).into_iter().filter(|path| path.extension().is_some_and(|e| e == "gz"));
    let mut all = Vec::new();
    for path in packed {
        std::io::Read::read_to_end(&mut flate2::read::MultiGzDecoder::new(&fs::read(path).unwrap()[..]), &mut all).unwrap();
    }
    String::from_utf8_lossy(&all).into_owned()
}

#[test]
fn what_a_link_leads_to_is_sealed_though_it_is_no_report_and_is_withdrawn_from_the_archives_too() {
    let desk = Desk::new();
    let at = site(Arc::default());
    let link = |path: &str| Offered::Link(format!("http://127.0.0.1:{at}{path}"));
    let (list, wall) = (take(&desk, link("/list.pdf")).unwrap(), take(&desk, link("/wall")).unwrap());
    for taken in [&list, &wall] {
        assert!(taken.reports.is_empty() && taken.set_aside.len() == 1 && taken.set_aside[0].sealed, "{taken:?}");
    }
    assert!(list.set_aside[0].url.as_ref().unwrap().ends_with("/list.pdf") && wall.set_aside[0].kind.as_deref() == Some("log_in"));
    let sums: Vec<&str> = [&list, &wall].map(|taken| taken.set_aside[0].sha256.as_deref().unwrap()).to_vec();
    assert_eq!(desk.ask(&["original", sums[0], "--ledger", "ledger", "--out", "list.pdf"]).status, 0);
    assert_eq!(fs::read(desk.at("list.pdf")).unwrap(), b"%PDF-1.7 the list of Quarrister");
    // Read anew with other knowledge, both are told and sealed still.
    desk.put_other_knowledge("other");
    desk.put("in/none.txt", "The road to the mill is open again, the council of the town said on Sunday.");
    assert!(desk.ask(&["--knowledge", "other", "run", "in", "--ledger", "ledger"]).status < 2);
    let again = Records::of(&desk.export("ledger")).set_aside;
    assert!(sums.iter().all(|sum| again.iter().any(|item| item["sha256"] == *sum && item["sealed"] == true)), "{again:?}");

    // What `fetch` finds to be a wall is sealed as well.
    assert!(
        desk.ask(&["fetch", &format!("http://127.0.0.1:{at}/wall?of=fetch"), "--private", "--pace", "0", "--ledger", "fetching"]).status
            < 2
    );
    let walls = Records::of(&desk.export("fetching")).set_aside;
    assert!(walls.len() == 1 && walls[0]["sealed"] == true && walls[0]["kind"] == "log_in", "{walls:?}");
    assert!(archived(&desk).contains("the list of Quarrister") && archived(&desk).contains("You must log in"));
    for sum in sums {
        let answer = desk.ask(&["review", "--ledger", "ledger", "withdraw", sum, "--by", "Huda", "--ground", "a source at risk"]);
        assert!(answer.status == 0 && answer.out.contains("Emptied of it: fetched/"), "{answer:?}");
    }
    assert!(!archived(&desk).contains("Quarrister") && !archived(&desk).contains("You must log in"));
    assert!(!is_in(&desk, "ledger", b"Quarrister") && !is_in(&desk, "ledger", b"list.pdf"));
    assert_eq!(desk.ask(&["verify", "--ledger", "ledger"]).status, 0);
    // It is not asked for again; the same bytes from another address are refused and not kept.
    let again = take(&desk, link("/again.pdf")).unwrap();
    assert_eq!((again.set_aside[0].kind.as_deref(), again.set_aside[0].sealed), (Some("withdrawn"), false));
    assert!(!archived(&desk).contains("Quarrister"));
    assert_eq!(desk.ask(&["verify", "--ledger", "ledger"]).status, 0);
    assert!(take(&desk, link("/list.pdf")).is_err_and(|why| format!("{why:?}").contains("withdrawn")));
}
