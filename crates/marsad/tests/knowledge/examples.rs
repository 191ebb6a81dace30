//! Each row's example is a test of the row.

use marsad_analyse::Analyser;
use marsad_knowledge::{Files, Frames};
use marsad_model::{Claim, EventType, Harm, Language, Report, Span};
use marsad_table::{Row, Table};
use std::sync::LazyLock;

/// The share of triggers whose example yields a claim of their type. A little below what is reached; raise it as that grows.
const EXAMPLES: [(Language, f64); 2] = [(Language::Arabic, 0.73), (Language::English, 0.76)];
/// The share of sentences in which a trigger is none that yield no claim of its type.
const COUNTERS: [(Language, f64); 2] = [(Language::Arabic, 0.95), (Language::English, 0.95)];

static FILES: LazyLock<Files> = LazyLock::new(Files::embedded);
static ANALYSER: LazyLock<Analyser> = LazyLock::new(|| Analyser::new(&FILES).unwrap());

/// What a trigger's row says of a claim.
struct Promise {
    /// Its type, or one that what stands beside it may make of that.
    types: Vec<EventType>,
    /// The harm of rows that say harm alone.
    harm: Option<Harm>,
}

impl Promise {
    fn of(row: &Row, frames: &Frames) -> Self {
        let mut types: Vec<EventType> = row.parse("type").unwrap().into_iter().collect();
        for refinement in &frames.refinement {
            if types.iter().any(|t| refinement.from.contains(t)) {
                types.push(refinement.to);
            }
        }
        let harm = row.some("harm").map(|h| serde_json::from_value(serde_json::Value::from(h)).unwrap());
        Self { types, harm }
    }

    fn keeps(&self, claim: &Claim<Span>) -> bool {
        let harmed = self.harm.is_some_and(|h| claim.casualties.iter().any(|c| c.harm == h));
        self.types.contains(&claim.event_type) || self.types.is_empty() && harmed
    }
}

/// Those sentences of a column that do not answer as wanted, of how many.
fn failing(language: Language, column: &str, wanted: bool) -> (Vec<String>, usize) {
    let frames = Frames::load(&FILES).unwrap();
    let name = format!("{}/triggers.tsv", language.code());
    let table = Table::read(&name, FILES.get(&name), &["type", "example", "counter"]).unwrap();
    let (mut failing, mut all) = (Vec::new(), 0);
    for row in table.rows() {
        let Some(sentence) = row.some(column) else { continue };
        all += 1;
        let promise = Promise::of(&row, &frames);
        let analysis = ANALYSER.analyse(&Report::of_text(language, sentence));
        if analysis.claims.iter().any(|c| promise.keeps(c)) != wanted {
            let types: Vec<String> = analysis.claims.iter().map(|c| c.event_type.to_string()).collect();
            failing.push(format!("{name}:{} {} ({}): {sentence} → {}", row.line(), row.get("lemma"), row.get("type"), types.join(", ")));
        }
    }
    (failing, all)
}

fn assert_share(column: &str, wanted: bool, floors: [(Language, f64); 2]) {
    let mut below = Vec::new();
    for (language, floor) in floors {
        let (failing, all) = failing(language, column, wanted);
        let share = 1.0 - failing.len() as f64 / all as f64;
        println!("{}: {column}: {} of {all} fail, {share:.3} hold\n{}", language.code(), failing.len(), failing.join("\n"));
        if all < 20 || share < floor {
            below.push(format!("{}: {share:.3} of {all}, less than {floor}", language.code()));
        }
    }
    assert!(below.is_empty(), "{column}: {}", below.join("; "));
}

#[test]
fn every_example_holds_its_rows_form() {
    let faults = ANALYSER.check();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn examples_of_triggers_yield_claims_of_their_type() {
    assert_share("example", true, EXAMPLES);
}

#[test]
fn sentences_in_which_a_trigger_is_none_yield_no_such_claim() {
    assert_share("counter", false, COUNTERS);
}
