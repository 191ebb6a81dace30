//! Trains the vote (`vote.tsv` and `confidence.tsv` of `knowledge/{ar,en}`) from judged texts that lie beside the checkout, and says how well it does
//! on texts it has not seen.
//!
//! `cargo run --release -p marsad-training --bin train-vote` writes the tables. Only the train part of sets that a shipped model may
//! learn from is read. The same data and knowledge give the same bytes.
//! `--folds 5` writes nothing: it learns from four fifths of the documents, five times, and scores the rest.

#[path = "../../archive.rs"]
#[allow(dead_code)] // shared with the other training
mod archive;
mod confidence;
mod fit;
mod gold;
#[path = "../../part.rs"]
mod part;
mod score;

use anyhow::{Context, Result};
use clap::Parser;
use fit::Model;
use gold::Example;
use marsad_analyse::Analyser;
use marsad_knowledge::{Ballot, Files, VoteRules};
use marsad_model::{Language, sha256_hex};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

/// Train the vote.
#[derive(Parser)]
struct Arguments {
    /// The folder of gold data.
    #[arg(long, default_value = "../shared/gold")]
    gold: PathBuf,
    /// Where the tables go.
    #[arg(long, default_value = "knowledge")]
    out: PathBuf,
    /// Only this language (`ar`, `en`).
    #[arg(long)]
    language: Option<String>,
    /// Cross-validate in so many parts and write nothing.
    #[arg(long, default_value_t = 0)]
    folds: u32,
    /// Learn from so many texts only, for a quick look.
    #[arg(long, default_value_t = usize::MAX)]
    limit: usize,
    #[command(flatten)]
    tuning: fit::Tuning,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    if !arguments.gold.is_dir() {
        println!("nothing trained: {} is not there", arguments.gold.display());
        return Ok(());
    }
    let files = Files::embedded();
    let analyser = Analyser::new(&files)?;
    let rules = VoteRules::load(&files)?;
    for language in [Language::Arabic, Language::English] {
        if arguments.language.as_ref().is_some_and(|l| l != language.code()) {
            continue;
        }
        let mut examples = gold::examples(&analyser, &files, &arguments.gold, language)?;
        examples.truncate(arguments.limit);
        if arguments.folds > 0 {
            score::cross_validate(&examples, &rules, arguments.folds, &arguments.tuning);
            continue;
        }
        let table = table(&examples, &rules, &knowledge(&files), &arguments.tuning);
        let folder = arguments.out.join(language.code());
        let write = |name: &str, text: &str| {
            let path = folder.join(name);
            std::fs::write(&path, text).with_context(|| format!("writing {}", path.display()))
        };
        write("vote.tsv", &table)?;
        write("confidence.tsv", &confidences(&examples, &rules, &arguments.tuning))?;
        println!(
            "{}: {} examples, {} features",
            folder.display(),
            examples.len(),
            table.lines().filter(|l| !l.starts_with('#')).count().saturating_sub(1)
        );
    }
    Ok(())
}

const HEAD: &str = "\
# What the vote has learnt: what each feature weighs, in thousandths of log odds, for each sort of claim.
# Made by `train-vote` from the train part of arabic_event_gsr (MIT), muc34 (MIT) and plover_gsr (CC BY-SA 4.0); see NOTICE.
# Never edited by hand.
";

/// A short hash of all else that is known: what the features were seen with.
fn knowledge(files: &Files) -> String {
    let others = files.iter().filter(|(path, _)| !path.ends_with("vote.tsv") && !path.ends_with("confidence.tsv"));
    let all: String = others.map(|(path, text)| format!("{path}\0{text}\0")).collect();
    sha256_hex(all.as_bytes()).chars().take(12).collect()
}

/// The table of weights: every feature that weighs something, in order.
fn table(examples: &[Example], rules: &VoteRules, knowledge: &str, tuning: &fit::Tuning) -> String {
    let mut rows: BTreeMap<String, [i32; 3]> = BTreeMap::new();
    for ballot in Ballot::ALL {
        let own: Vec<&Example> = examples.iter().filter(|e| e.ballot == ballot).collect();
        let model = Model::fit(&own, &rules.prior, tuning);
        for (feature, weight) in model.thousandths() {
            rows.entry(feature.to_owned()).or_default()[ballot as usize] = weight;
        }
    }
    let mut out = format!("{HEAD}# knowledge {knowledge}\nfeature\tviolence\tprotest\tother\n");
    for (feature, [violence, protest, other]) in rows.into_iter().filter(|(_, w)| *w != [0, 0, 0]) {
        let _ = writeln!(out, "{feature}\t{violence}\t{protest}\t{other}");
    }
    out
}

const CONFIDENCE_HEAD: &str = "\
# How sure a claim is: from which sum of the vote on (in thousandths) how many of a hundred are right, on texts of the train
# part that were not learnt from (cross-validation). Made by `train-vote`; never edited by hand.
sort\tfrom\tright
";

/// Folds in which sums are taken for the table of confidence.
const FOLDS: u32 = 10;
/// So many judged texts with a candidate there must be to say how sure one is.
const JUDGED: usize = 100;

/// The table of confidence, from texts that people judged; what stands beside knowledge's own triggers is no measure.
fn confidences(examples: &[Example], rules: &VoteRules, tuning: &fit::Tuning) -> String {
    let mut out = CONFIDENCE_HEAD.to_owned();
    for ballot in Ballot::ALL {
        let mut unseen = score::unseen(examples, ballot, rules, FOLDS, tuning);
        unseen.retain(|(e, _)| e.set != gold::ROWS && e.set != gold::LESSONS && !e.candidates.is_empty());
        if unseen.len() >= JUDGED {
            for (from, right) in confidence::steps(&unseen) {
                let _ = writeln!(out, "{}\t{from}\t{right}", ballot.column());
            }
        }
    }
    out
}
