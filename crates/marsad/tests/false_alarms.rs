//! Short items that are no conflict news, hard ones on purpose, written before the rules that they test: sport, metaphors,
//! films, games, disease, traffic, weather. Hardly any may yield a claim.

use marsad_analyse::Analyser;
use marsad_knowledge::Files;
use marsad_model::{Language, Report, ReportId, ReportKind, Source, SourceKind, sha256_hex};
use marsad_table::Table;

/// Of all items, the share that may yield a claim: what is reached. Lower it as that falls.
const MOST: f64 = 0.061;

const ITEMS: [(Language, &str); 2] =
    [(Language::Arabic, include_str!("false_alarms/ar.tsv")), (Language::English, include_str!("false_alarms/en.tsv"))];

fn report(language: Language, text: &str) -> Report {
    Report {
        id: ReportId::of(&[text.as_bytes()]),
        url: None,
        text_sha256: sha256_hex(text.as_bytes()),
        kind: ReportKind::Article,
        account: None,
        source: Source { id: None, name: None, kind: SourceKind::Unknown, family: None },
        language,
        title: None,
        byline: None,
        published: None,
        updated: None,
        text: text.to_owned(),
        notes: Vec::new(),
    }
}

#[test]
fn what_is_no_conflict_news_yields_next_to_no_claims() {
    let analyser = Analyser::new(&Files::embedded()).unwrap();
    let (mut alarms, mut all) = (Vec::new(), 0);
    for (language, table) in ITEMS {
        for row in Table::read(language.code(), table, &["field", "text"]).unwrap().rows() {
            all += 1;
            let text = row.get("text");
            let types: Vec<String> = analyser.analyse(&report(language, text)).claims.iter().map(|c| c.event_type.to_string()).collect();
            if !types.is_empty() {
                alarms.push(format!("{}: {text} → {}", row.get("field"), types.join(", ")));
            }
        }
    }
    let share = alarms.len() as f64 / f64::from(all);
    println!("{} of {all} yield a claim, {share:.3}\n{}", alarms.len(), alarms.join("\n"));
    assert!(all >= 300 && share <= MOST, "{share:.3} of {all} items yield a claim, more than {MOST}");
}
