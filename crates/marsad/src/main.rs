//! The `marsad` program: arguments in, text out, exit status 0 (all read), 1 (some set aside), 2 (nothing done).

mod arguments;

use anyhow::{Context, Result};
use arguments::{Arguments, Command, KnowledgeCommand, Serving, TokenCommand};
use clap::Parser;
use marsad::fetch::{self, Request};
use marsad::run::Engine;
use marsad::{
    archives, bundle, doctor, dossier, evaluating, explain, export, lineage, listing, original, own_knowledge, redacting, review, search,
    table,
};
use marsad_ledger::Ledger;
use mimalloc::MiMalloc;
use std::collections::BTreeSet;
use std::io::{IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

/// Comparing holds millions of small things, for which the system's own allocator takes more time and room.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match dispatch(&arguments) {
        Ok(code) => ExitCode::from(code),
        Err(error) if broken_pipe(&error) => ExitCode::SUCCESS, // `marsad events | head` is no failure
        Err(error) => {
            let mut err = std::io::stderr().lock();
            let _ = writeln!(err, "error: {error:#}");
            if let Some(hint) = error.downcast_ref::<marsad_ledger::LedgerError>().and_then(marsad_ledger::LedgerError::hint) {
                let _ = writeln!(err, "hint: {hint}");
            }
            ExitCode::from(2)
        }
    }
}

fn broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|e| e.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe))
}

fn print(text: &str) -> Result<()> {
    std::io::stdout().lock().write_all(text.as_bytes())?;
    Ok(())
}

fn style() -> table::Style {
    let terminal = std::io::stdout().is_terminal();
    table::Style {
        width: std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok()).filter(|_| terminal).unwrap_or(table::WIDTH),
        colour: terminal && std::env::var_os("NO_COLOR").is_none(),
    }
}

fn dispatch(arguments: &Arguments) -> Result<u8> {
    let knowledge = arguments.knowledge.as_deref();
    match &arguments.command {
        Command::Run { inputs, ledger, threads } => {
            if let Some(threads) = threads {
                rayon::ThreadPoolBuilder::new().num_threads(*threads).build_global().context("starting threads")?;
            }
            run(knowledge, inputs, ledger)
        }
        Command::Fetch { urls, feeds, ledger, proxy, ca, pace, private } => {
            let ca = authorities(ca.as_deref())?;
            let pace = Duration::from_secs(*pace);
            let options = marsad_fetch::Options { proxy: proxy.clone(), ca, private: *private, pace, ..Default::default() };
            fetch(knowledge, &Request { urls: urls.clone(), feeds: feeds.clone(), options }, ledger)
        }
        Command::Export { ledger, out, bundle: true, event, redact, salt_file, originals, names_in_originals, .. } => {
            anyhow::ensure!(!originals || *names_in_originals, bundle::ASK_TWICE);
            let (files, gazetteer) = marsad::run::known(knowledge)?;
            let world = Arc::new(marsad_export::World::load(&files, gazetteer)?);
            let ledger = Ledger::open_read(ledger)?;
            let held_back = redact.then(|| redacting::HeldBack::of(&ledger, salt_file.as_deref(), knowledge)).transpose()?;
            let held_back = held_back.as_ref().map(|held_back| held_back.in_bundle(*originals));
            print(&bundle::make(&ledger, &world, event, held_back, out, &this_second())?)?;
            Ok(0)
        }
        Command::Export { ledger, out, format, redact, salt_file, since, event, .. } => {
            let (files, gazetteer) = marsad::run::known(knowledge)?;
            let world = Arc::new(marsad_export::World::load(&files, gazetteer)?);
            let formats: BTreeSet<_> = format.iter().map(|format| format.0).collect();
            let ledger = Ledger::open_read(ledger)?;
            let held_back = redact.then(|| redacting::HeldBack::of(&ledger, salt_file.as_deref(), knowledge)).transpose()?;
            let wanted = export::Wanted {
                formats: Vec::from_iter(formats),
                held_back,
                since: since.clone(),
                events: marsad::bundle::chosen(&ledger, event)?,
            };
            let exported = export::export(&ledger, &world, &wanted, out, &this_second())?;
            print(&listing::exported(&exported, out))?;
            Ok(0)
        }
        Command::Events { ledger, filter } => {
            print(&listing::events(&Ledger::open_read(ledger)?, &filter.filter(), style())?)?;
            Ok(0)
        }
        Command::Aside { ledger, by_hand, kind } => {
            print(&listing::set_aside(&Ledger::open_read(ledger)?, *by_hand, kind.as_deref(), style())?)?;
            Ok(0)
        }
        Command::Show { ledger, event } => {
            print(&dossier::dossier(&Ledger::open_read(ledger)?, event, style())?)?;
            Ok(0)
        }
        Command::Search { words, ledger, limit } => {
            let terms = marsad_search::Terms::load(&marsad::run::known(knowledge)?.0)?;
            print(&search::search(&Ledger::open_read(ledger)?, &terms, words, *limit, style())?)?;
            Ok(0)
        }
        Command::Doctor { ledger } => {
            let ledger = ledger.as_deref().map(Ledger::open_read).transpose()?;
            let findings = doctor::doctor(&marsad::run::version(&marsad::run::known(knowledge)?.0), ledger.as_ref())?;
            print(&findings.told)?;
            Ok(u8::from(findings.to_do))
        }
        Command::Lineage { ledger, report } => {
            print(&lineage::lineage(&Ledger::open_read(ledger)?, report, style())?)?;
            Ok(0)
        }
        Command::Original { name, ledger, out } => {
            print(&original::write(&Ledger::open_read(ledger)?, name, out)?)?;
            Ok(0)
        }
        Command::Review(review) => {
            let now = jiff::Timestamp::now().round(jiff::Unit::Second).unwrap_or_default().to_string();
            print(&review::review(review, &|| Engine::load(knowledge), &now, style())?)?;
            Ok(0)
        }
        Command::Evaluate { file, ledger, map, date_format, out } => {
            let told = marsad_evaluate::Told { columns: map.clone(), date_format: date_format.clone() };
            let found = evaluating::compare(&Ledger::open_read(ledger)?, file, &told, knowledge)?;
            print(&evaluating::shown(&found, style())?)?;
            out.as_deref().map_or(Ok(()), |out| evaluating::write(&found, out))?;
            Ok(0)
        }
        Command::Explain { file } => {
            explain::explain(&Engine::load(knowledge)?, file, style(), &mut print)?;
            Ok(0)
        }
        Command::Verify { bundle, ledger } => {
            let of_bundle = bundle.as_deref().map_or(Ok(0), |path| bundle::verify(path, &mut print))?;
            Ok(of_bundle.max(ledger.as_deref().map_or(Ok(0), verify)?))
        }
        Command::Serve(serving) => serve(knowledge, serving),
        Command::Token { command } => token(command),
        Command::Knowledge { command: KnowledgeCommand::Check } => check(knowledge),
        Command::Knowledge { command: KnowledgeCommand::AddGazetteer { file } } => {
            print(&own_knowledge::add_gazetteer(file, knowledge)?)?;
            Ok(0)
        }
    }
}

/// Lets those who read go first, here and in other programs: a run takes what time they leave, which is all of it where nobody
/// reads. A system that refuses loses nothing but that.
fn give_way() {
    #[cfg(unix)]
    let _ = rustix::process::nice(19);
}

fn run(knowledge: Option<&Path>, inputs: &[std::path::PathBuf], ledger: &Path) -> Result<u8> {
    give_way();
    let engine = Engine::load(knowledge)?;
    let now = jiff::Timestamp::now().to_string();
    let outcome = marsad::run::run(&engine, inputs, ledger, &now)?;
    let opened = Ledger::open_read(ledger)?;
    print(&listing::summary(&opened, &outcome, ledger, style())?)?;
    let read = outcome.added.reports + outcome.added.intakes + outcome.known;
    Ok(match (outcome.set_aside.is_empty(), read) {
        (true, _) => 0,
        (false, 0) => 2,
        (false, _) => 1,
    })
}

/// The certificates that are believed beside the usual ones.
fn authorities(file: Option<&Path>) -> Result<Option<Vec<u8>>> {
    file.map(|file| std::fs::read(file).with_context(|| format!("reading {}", file.display()))).transpose()
}

fn serve(knowledge: Option<&Path>, serving: &Serving) -> Result<u8> {
    let ledger = &serving.ledger;
    let ca = authorities(serving.ca.as_deref())?;
    let links = marsad_fetch::Options { proxy: serving.proxy.clone(), ca, private: serving.private, ..Default::default() };
    let engine = Arc::new(LateEngine::of(knowledge));
    let options = marsad_serve::Options {
        ledger: ledger.clone(),
        listen: serving.listen,
        page: serving.page.clone(),
        tiles: serving.tiles.clone(),
        salt: serving.salt_file.as_deref().map(redacting::salt_in).transpose()?,
        renew: Some(renewing(Arc::clone(&engine), ledger)),
        take_in: Some(taking_in(engine, ledger, links)),
    };
    let (files, gazetteer) = marsad::run::known(knowledge)?;
    let known = marsad_serve::Known::load(&files, gazetteer)?;
    marsad_serve::serve(&options, known, |at| drop(print(&format!("Serving {} at http://{at}\n", ledger.display()))))?;
    Ok(0)
}

/// Fetch, then read what came. Status 1 where an address gave nothing, as where something was set aside.
fn fetch(knowledge: Option<&Path>, request: &Request, ledger: &Path) -> Result<u8> {
    let now = || jiff::Timestamp::now().round(jiff::Unit::Second).unwrap_or_default().to_string();
    drop(Ledger::create_or_open(ledger, &Engine::load(knowledge)?.version, &now())?);
    let harvest = fetch::fetch(request, ledger, now, &mut |fetched| print(&fetch::told(fetched)))?;
    let read = match harvest.archive {
        Some(archive) => run(knowledge, &[archive], ledger)?,
        None => 0,
    };
    let all = harvest.fetched.iter().all(fetch::is_there);
    Ok(if harvest.fetched.iter().any(fetch::is_there) { read.max(u8::from(!all)) } else { 2 })
}

/// What is known, loaded once, when it is needed first.
struct LateEngine {
    knowledge: Option<std::path::PathBuf>,
    engine: OnceLock<Engine>,
}

impl LateEngine {
    fn of(knowledge: Option<&Path>) -> Self {
        Self { knowledge: knowledge.map(Path::to_owned), engine: OnceLock::new() }
    }

    fn get(&self) -> Result<&Engine> {
        match self.engine.get() {
            Some(engine) => Ok(engine),
            None => {
                let engine = Engine::load(self.knowledge.as_deref())?;
                Ok(self.engine.get_or_init(|| engine))
            }
        }
    }
}

fn this_second() -> String {
    jiff::Timestamp::now().round(jiff::Unit::Second).unwrap_or_default().to_string()
}

/// Takes in what is handed in on the page, one thing after the other.
fn taking_in(engine: Arc<LateEngine>, ledger: &Path, links: marsad_fetch::Options) -> marsad_serve::TakeIn {
    let (ledger, turn) = (ledger.to_owned(), Mutex::new(()));
    marsad_serve::TakeIn(Arc::new(move |offered| {
        let _turn = turn.lock().unwrap_or_else(PoisonError::into_inner);
        let engine = engine.get().map_err(|error| marsad_serve::NotTaken::Fault(format!("{error:#}")))?;
        marsad::taking::take(engine, &ledger, offered, &links, &this_second)
    }))
}

/// Finds events anew after a decision on the page, or when something came in. What goes wrong is told, and tried again. Where a
/// run is at work, which may have passed the decision by, it is tried again when that has ended.
fn renewing(engine: Arc<LateEngine>, ledger: &Path) -> marsad_serve::Renew {
    let ledger = ledger.to_owned();
    let lay_over = move || marsad::run::lay_over(engine.get()?, &ledger, &this_second());
    marsad_serve::Renew(Arc::new(move || match lay_over() {
        Ok(()) => true,
        Err(error) => {
            if !marsad::review::is_locked(&error) {
                eprintln!("marsad: events were not found anew: {error:#}");
            }
            false
        }
    }))
}

fn token(command: &TokenCommand) -> Result<u8> {
    let (TokenCommand::Add { ledger, .. } | TokenCommand::List { ledger } | TokenCommand::Remove { ledger, .. }) = command;
    drop(Ledger::open_read(ledger)?);
    let tokens = marsad_serve::Tokens::of(ledger);
    match command {
        TokenCommand::Add { name, scope, .. } => {
            print(&format!("{}\n", tokens.add(name, scope)?))?;
            Ok(0)
        }
        TokenCommand::List { .. } => {
            for line in tokens.list()? {
                let scopes: Vec<String> = line.scopes.iter().map(ToString::to_string).collect();
                print(&format!("{}  {}\n", line.name, scopes.join(", ")))?;
            }
            Ok(0)
        }
        TokenCommand::Remove { name, .. } => {
            anyhow::ensure!(tokens.remove(name)?, "this ledger has no token called `{name}`");
            Ok(0)
        }
    }
}

fn verify(ledger: &Path) -> Result<u8> {
    let ledger = Ledger::open_read(ledger)?;
    let checks = [
        ("custody entries", ledger.verify_custody()?),
        ("originals", ledger.verify_originals(|_| {})?),
        ("readable texts", ledger.verify_texts()?),
        ("tables", ledger.verify_rows()?),
    ];
    for (what, found) in &checks {
        print(&listing::verified(what, found))?;
    }
    let archives = archives::verify(&ledger)?;
    print(&listing::archives(&archives))?;
    for remainder in ledger.remainders()? {
        print(&format!("note: {remainder}\n"))?;
    }
    Ok(u8::from(checks.iter().any(|(_, found)| !found.faults.is_empty()) || !archives.faults.is_empty()))
}

fn check(knowledge: Option<&Path>) -> Result<u8> {
    let engine = Engine::load(knowledge)?;
    let faults = engine.analyser.check();
    for fault in &faults {
        print(&format!("{fault}\n"))?;
    }
    print(&format!("{} fault{} in knowledge {}\n", faults.len(), if faults.len() == 1 { "" } else { "s" }, engine.version.knowledge))?;
    Ok(u8::from(!faults.is_empty()))
}
