//! Trains the tagger from annotated texts that lie beside the checkout, and says how well it does on texts it has not seen.
//!
//! `cargo run --release -p marsad-training -- --gold ../shared/gold` writes `knowledge/{ar,en}/tagger.model`. Only the train
//! part of sets that a shipped model may learn from is read. The same data and knowledge give the same bytes.
//! `--folds 4` trains nothing to keep: it learns from three quarters of the documents, four times, and scores the rest.

mod archive;
mod ecb;
mod fit;
mod gold;
mod habit;
mod part;
mod score;

use anyhow::{Context, Result};
use clap::Parser;
use gold::Document;
use marsad_analyse::Analyser;
use marsad_knowledge::Files;
use marsad_model::Language;
use marsad_tagger::{Lists, Model, train};
use std::path::{Path, PathBuf};

/// Folds of which `--skip` leaves one out.
const FOLDS: u32 = 4;

/// Train the tagger.
#[derive(Parser)]
struct Arguments {
    /// The folder of gold data.
    #[arg(long, default_value = "../shared/gold")]
    gold: PathBuf,
    /// Where the models go.
    #[arg(long, default_value = "knowledge")]
    out: PathBuf,
    /// Only this language (`ar`, `en`).
    #[arg(long)]
    language: Option<String>,
    /// Cross-validate in so many parts and write nothing.
    #[arg(long, default_value_t = 0)]
    folds: u32,
    /// Leave out of four folds of the documents this one, so that the whole program can be tuned on it.
    #[arg(long)]
    skip: Option<u32>,
    /// Leave this set out of what is learnt from and score it (with `--folds 1`).
    #[arg(long)]
    without: Option<String>,
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
    for language in [Language::Arabic, Language::English] {
        if arguments.language.as_ref().is_none_or(|l| l == language.code()) {
            run(&arguments, &files, &analyser, language)?;
        }
    }
    Ok(())
}

fn run(arguments: &Arguments, files: &Files, analyser: &Analyser, language: Language) -> Result<()> {
    let documents = gold::documents(&arguments.gold, language)?;
    let lists = lists(&arguments.gold, files, language)?;
    if arguments.folds > 0 {
        score::cross_validate(analyser, &documents, &lists, arguments.folds, arguments.without.as_deref(), &arguments.tuning);
        return Ok(());
    }
    let learnt: Vec<Document> = documents.into_iter().filter(|d| arguments.skip != Some(part::fold(&d.id, FOLDS))).collect();
    let model = trained(analyser, files, &learnt, lists, &arguments.tuning);
    let bytes = model.write();
    let path = arguments.out.join(language.code()).join("tagger.model");
    std::fs::write(&path, &bytes).with_context(|| format!("writing {}", path.display()))?;
    println!("{}: {} documents, {} features, {} bytes", path.display(), learnt.len(), model.len(), bytes.len());
    Ok(())
}

/// What lists say of the words of a language.
fn lists(gold: &Path, files: &Files, language: Language) -> Result<Lists> {
    let clitics = marsad_knowledge::clitics(files, language.code())?;
    Ok(fit::lists(&gold::names(gold, language)?, &habit::habits(language, &clitics)?))
}

/// The model that these documents give.
fn trained(analyser: &Analyser, files: &Files, documents: &[Document], lists: Lists, tuning: &fit::Tuning) -> Model {
    let examples: Vec<_> = documents.iter().filter_map(|d| fit::example(analyser, d)).collect();
    train(&examples, lists, &files.texts_version(), &tuning.settings())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The shipped models come out of the training again, byte for byte, as long as knowledge is what it was then.
    #[test]
    fn the_same_data_give_the_same_bytes() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let gold = root.join("../shared/gold");
        if !gold.is_dir() {
            println!("skipped: {} is not there", gold.display());
            return;
        }
        let files = Files::embedded();
        let analyser = Analyser::new(&files).unwrap();
        let tuning = Arguments::parse_from(["train-tagger"]).tuning;
        let documents = gold::documents(&gold, Language::English).unwrap();
        let lists = lists(&gold, &files, Language::English).unwrap();
        let make = || trained(&analyser, &files, &documents, lists.clone(), &tuning).write();
        let bytes = make();
        assert_eq!(bytes, make());
        let shipped = files.model("en/tagger.model").unwrap();
        if Model::read(shipped).unwrap().knowledge == files.texts_version() {
            assert_eq!(bytes, shipped);
        } else {
            println!("the shipped model was trained with other knowledge: only that training repeats itself was compared");
        }
    }
}
