//! A server that saw the ledger change answers as one that was started afterwards.

use crate::asking::{ENGINE, NOW, get, load, options, wait};
use marsad_serve::router;

const STORIES: [&str; 6] = [
    "Gunmen attacked a checkpoint in Hajin on 3 May 2030 and killed two soldiers, a commander said.",
    "An air strike hit a school in Idlib on 4 May 2030. Three children died, a doctor said.",
    "Police arrested four people in Baghdad on 6 May 2030, a lawyer said.",
    "A car bomb exploded in Azaz on 8 May 2030 and killed five people, residents said.",
    "Clashes between the SDF and the Islamic State broke out in Baghuz on 9 May 2030, an activist said.",
    "قصفت قوات النظام بلدة سرمين بالمدفعية يوم 10 أيار 2030 وقتل مدنيان، بحسب طبيب.",
];
/// One more happening, and another number for one that was told.
const LATER: [&str; 2] = [
    "Rockets hit a market in Marib on 11 May 2030 and killed one man, a medic said.",
    "A car bomb exploded in Azaz on 8 May 2030 and killed seven people, the Observatory said.",
];
const ASKED: [&str; 7] = [
    "/api/v1/events?limit=100",
    "/api/v1/events?sort=-harm&limit=100",
    "/api/v1/events?q=checkpoint&limit=100",
    "/api/v1/events?q=market&limit=100",
    "/api/v1/events/counts",
    "/api/v1/events/counts?country=SY",
    "/api/v1/sources",
];

#[test]
fn a_server_that_saw_the_ledger_change_answers_as_one_started_afterwards() {
    wait(async {
        let dir = tempfile::tempdir().unwrap();
        let (ledger, input) = (dir.path().join("ledger"), dir.path().join("in"));
        std::fs::create_dir(&input).unwrap();
        for (n, story) in STORIES.iter().enumerate() {
            std::fs::write(input.join(format!("{n}.txt")), story).unwrap();
        }
        marsad::run::run(&ENGINE, std::slice::from_ref(&input), &ledger, NOW).unwrap();
        let server = || router(&options(ledger.clone(), "127.0.0.1:0"), load()).unwrap();
        let old = server();
        let mut before = Vec::new();
        for question in ASKED {
            before.push(get(&old, question).await.bytes);
        }
        for (n, story) in LATER.iter().enumerate() {
            std::fs::write(input.join(format!("later-{n}.txt")), story).unwrap();
            marsad::run::run(&ENGINE, std::slice::from_ref(&input), &ledger, NOW).unwrap();
            let new = server();
            for question in ASKED {
                let (seen, fresh) = (get(&old, question).await.bytes, get(&new, question).await.bytes);
                assert_eq!(String::from_utf8_lossy(&seen), String::from_utf8_lossy(&fresh), "{question}");
            }
        }
        let after = get(&old, ASKED[0]).await.bytes;
        assert_ne!(before[0], after);
    });
}
