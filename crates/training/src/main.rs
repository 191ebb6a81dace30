//! Trains the tagger from annotated texts that lie beside the checkout, and says how well it does on texts it has not seen.
//!
//! `cargo run --release -p marsad-training -- --gold ../shared/gold` writes `knowledge/{ar,en}/tagger.model`. Only the train
//! part of sets that a shipped model may learn from is read. The same data and knowledge give the same bytes.
//! `--folds 4` trains nothing to keep: it learns from three quarters of the documents, four times, and scores the rest.

mod archive;
mod ecb;
mod fit;
mod gold;
mod part;
mod score;

use anyhow::{Context, Result};
use clap::Parser;
use marsad_analyse::Analyser;
use marsad_knowledge::Files;
use marsad_model::Language;
use marsad_tagger::train;
use std::path::{Path, PathBuf};

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
    let names = gold::names(&arguments.gold, language)?;
    let settings = arguments.tuning.settings();
    if arguments.folds > 0 {
        score::cross_validate(analyser, &documents, &names, arguments.folds, arguments.without.as_deref(), &arguments.tuning);
        return Ok(());
    }
    let examples: Vec<_> =
        documents.iter().filter(|d| arguments.skip != Some(part::fold(&d.id, 4))).filter_map(|d| fit::example(analyser, d)).collect();
    let model = train(&examples, fit::lists(&names), &files.texts_version(), &settings);
    let bytes = model.write();
    let path = arguments.out.join(Path::new(language.code())).join("tagger.model");
    std::fs::write(&path, &bytes).with_context(|| format!("writing {}", path.display()))?;
    println!("{}: {} documents, {} features, {} bytes", path.display(), examples.len(), model.len(), bytes.len());
    Ok(())
}
