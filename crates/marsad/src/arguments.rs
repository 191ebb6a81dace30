//! The command line.

use clap::{Args, Parser, Subcommand};
use marsad::review::ReviewArguments;
use marsad_export::Format;
use marsad_ledger::{EventFilter, Mark};
use std::path::PathBuf;

/// Reads reports of war and keeps a ledger of events: who did what to whom, where, when, according to whom.
#[derive(Debug, Parser)]
#[command(version, about)]
pub(crate) struct Arguments {
    /// A folder whose files take the place of the built-in knowledge files of the same name (else MARSAD_KNOWLEDGE, else
    /// marsad/knowledge in your data folder, where there is one)
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) knowledge: Option<PathBuf>,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read reports into a ledger and say what happened
    Run {
        /// Files and folders: .txt, .html, .jsonl, .warc, .wet, feeds, Telegram's result.json (each also .gz, .zst), .wacz
        #[arg(required = true)]
        inputs: Vec<PathBuf>,
        /// The ledger's folder; made where it is not there
        #[arg(long, value_name = "DIR")]
        ledger: PathBuf,
        /// Threads to use (default: one for each core); the result is the same
        #[arg(long, value_name = "N")]
        threads: Option<usize>,
    },
    /// Fetch pages and feeds, keep each answer as it came in the ledger's folder, and read it from there. This, and a link
    /// handed in to `serve`, alone make connections; sites' robots.txt is obeyed
    Fetch {
        /// Addresses of pages
        urls: Vec<String>,
        /// A file with addresses of feeds, one a line; what they lead to and was not fetched before is fetched too
        #[arg(long, value_name = "FILE")]
        feeds: Option<PathBuf>,
        /// The ledger's folder; made where it is not there
        #[arg(long, value_name = "DIR")]
        ledger: PathBuf,
        /// A proxy that all connections go through: http://host:port, socks5://host:port
        #[arg(long, value_name = "URL")]
        proxy: Option<String>,
        /// A file of certificates (PEM) of the authorities that are believed, in place of those that are known to all
        #[arg(long, value_name = "FILE")]
        ca: Option<PathBuf>,
        /// The least seconds between two questions to one host
        #[arg(long, value_name = "SECONDS", default_value_t = 2)]
        pace: u64,
        /// Fetch from this machine and from private networks too
        #[arg(long)]
        private: bool,
    },
    /// Write the ledger's records as files
    Export {
        /// The ledger's folder
        #[arg(long, value_name = "DIR")]
        ledger: PathBuf,
        /// The folder to write to; made where it is not there. Of a bundle the new folder, or the new file where it ends in .zip
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
        /// One or several of jsonl, csv, parquet, geojson, acled, ged, plover, dossier (a page to be read and printed), with commas between
        #[arg(long, value_name = "FORMAT", value_delimiter = ',', default_value = "jsonl")]
        format: Vec<Form>,
        /// Hold names back: of victims unless a person released them, of all other persons whom no list knows, of buildings and
        /// camps; and leave out what leads to the reports. REDACTED.md in the folder says what was done and what cannot be promised
        #[arg(long)]
        redact: bool,
        /// A file with the salt of ids (16 bytes or more; else redaction.salt in the ledger's folder, made where it is not there)
        #[arg(long, value_name = "FILE", requires = "redact")]
        salt_file: Option<PathBuf>,
        /// Only the events that changed since an earlier export, by the cursor that it told, into a new or empty folder. gone.jsonl
        /// there tells of those that are no more, and into which they went. With --redact: a name that is held back only now is
        /// masked in what changed alone; write all anew where older files are to lose it too
        #[arg(long, value_name = "CURSOR", value_parser = mark, conflicts_with = "bundle")]
        since: Option<Mark>,
        /// Write an evidence bundle (BagIt): originals, records, custody log, and a page that opens without Marsad. With
        /// --redact, without originals and log
        #[arg(long)]
        bundle: bool,
        /// Put the originals into a bundle with --redact all the same. Every name stands in them, so that it must be said twice:
        /// with --names-in-originals
        #[arg(long, requires = "bundle", requires = "redact")]
        originals: bool,
        /// Say once more that the originals, with every name in them, are to be in a bundle with --redact
        #[arg(long, requires = "originals")]
        names_in_originals: bool,
        /// Only these events, with the reports that tell of them; without one, all
        #[arg(long, value_name = "EVENT", conflicts_with = "since")]
        event: Vec<String>,
    },
    /// List events
    Events {
        /// The ledger's folder
        #[arg(long, value_name = "DIR")]
        ledger: PathBuf,
        #[command(flatten)]
        filter: Filter,
    },
    /// Show one event: what is agreed, what is disputed, whose words, from which report
    Show {
        /// The event's id, or enough of its start
        event: String,
        /// The ledger's folder
        #[arg(long, value_name = "DIR")]
        ledger: PathBuf,
    },
    /// Find reports by words, in both languages; each is shown with the stretch of its text around them
    Search {
        /// Words that must all stand in a report; in quotation marks, one after the other
        #[arg(required = true)]
        words: Vec<String>,
        /// The ledger's folder
        #[arg(long, value_name = "DIR")]
        ledger: PathBuf,
        /// How many reports to show at most
        #[arg(long, value_name = "N", default_value_t = 20)]
        limit: usize,
    },
    /// Show from whom a report has its words, who has them from it, and how that is known
    Lineage {
        /// The report's id or enough of its start, its key, or its path
        report: String,
        /// The ledger's folder
        #[arg(long, value_name = "DIR")]
        ledger: PathBuf,
    },
    /// List what was set aside: what could not be read, and walls, menus and error pages in place of reports
    Aside {
        /// The ledger's folder
        #[arg(long, value_name = "DIR")]
        ledger: PathBuf,
        /// Only what is to be captured by hand: pages of publishers that knowledge lists
        #[arg(long)]
        by_hand: bool,
        /// Only this kind: log_in, consent, challenge, paywall, error, shell, menu, front, gallery, unreadable
        #[arg(long, value_name = "KIND")]
        kind: Option<String>,
    },
    /// Write the sealed bytes of a report, or of what could not be read, into a file, as they came in
    Original {
        /// The report's id or enough of its start, its key, or its path; or the start of a hash that `aside` lists as sealed
        name: String,
        /// The ledger's folder
        #[arg(long, value_name = "DIR")]
        ledger: PathBuf,
        /// The new file
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Look through what is least certain, and rule on it; without a command, list it
    Review(ReviewArguments),
    /// Compare the ledger with a table that you coded: which rows are events of it, and field by field what is right, wrong
    /// or unknown
    Evaluate {
        /// The table, as CSV with a header; columns as ACLED, UCDP GED and Airwars name them are known
        file: PathBuf,
        /// The ledger's folder
        #[arg(long, value_name = "DIR")]
        ledger: PathBuf,
        /// Which column holds a field: date=Day, place=Town, deaths=Killed. Fields: id, date, date_end, date_precision,
        /// place, latitude, longitude, place_precision, division, country, type, initiator, target, deaths, deaths_min,
        /// deaths_max, injuries, injuries_min, injuries_max, means
        #[arg(long = "map", value_name = "FIELD=COLUMN", value_parser = pair)]
        map: Vec<(String, String)>,
        /// How dates are written, such as %d/%m/%Y
        #[arg(long, value_name = "FORM")]
        date_format: Option<String>,
        /// Write each row with its verdicts and its event's id here, as .csv or .jsonl
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Show what every stage makes of one file
    Explain {
        /// A file that `run` would read
        file: PathBuf,
    },
    /// Check every seal, the custody log, and that each readable text is the one that was read; or an evidence bundle
    Verify {
        /// A bundle: a folder, or a zip
        #[arg(required_unless_present = "ledger")]
        bundle: Option<PathBuf>,
        /// The ledger's folder
        #[arg(long, value_name = "DIR")]
        ledger: Option<PathBuf>,
    },
    /// Tell which program and knowledge this is, and how a ledger stands to it. Ends with 1 where there is something to do
    Doctor {
        /// The ledger's folder
        #[arg(long, value_name = "DIR")]
        ledger: Option<PathBuf>,
    },
    /// Print the address at which a browser opens the ledger; its API is under /api/v1
    Serve(Serving),
    /// Who may read the ledger, or decide on it, from another machine
    Token {
        #[command(subcommand)]
        command: TokenCommand,
    },
    /// What Marsad knows before it reads
    Knowledge {
        #[command(subcommand)]
        command: KnowledgeCommand,
    },
}

fn mark(text: &str) -> Result<Mark, String> {
    Mark::parse(text).ok_or_else(|| "it is no cursor that an export told, such as 3-0123456789ab".to_owned())
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (ours, theirs) = text.split_once('=').ok_or("say it as FIELD=COLUMN")?;
    Ok((ours.trim().to_owned(), theirs.trim().to_owned()))
}

#[derive(Debug, Subcommand)]
pub(crate) enum TokenCommand {
    /// Make a token and show it, once
    Add {
        /// What to call it
        name: String,
        /// The ledger's folder
        #[arg(long, value_name = "DIR")]
        ledger: PathBuf,
        /// What it allows: read, decide
        #[arg(long, value_name = "SCOPE", value_delimiter = ',', default_value = "read")]
        scope: Vec<marsad_serve::Scope>,
    },
    /// List the tokens by name, with what each allows
    List {
        /// The ledger's folder
        #[arg(long, value_name = "DIR")]
        ledger: PathBuf,
    },
    /// Take a token off
    Remove {
        /// Its name
        name: String,
        /// The ledger's folder
        #[arg(long, value_name = "DIR")]
        ledger: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum KnowledgeCommand {
    /// Check every table: columns, ids, and each row's own example
    Check,
    /// Add a list of places: GeoNames' dump of a country (zip or txt) or OCHA's table of p-codes (csv)
    AddGazetteer {
        /// The list; it is compiled into your knowledge folder: --knowledge, else MARSAD_KNOWLEDGE, else your data folder
        file: PathBuf,
    },
}

/// Which events to list.
#[derive(Debug, Default, Args)]
pub(crate) struct Filter {
    /// Type or class, such as battle.clash or explosion
    #[arg(long = "type", value_name = "TYPE")]
    kind: Option<String>,
    /// An actor's id or a part of its name
    #[arg(long)]
    actor: Option<String>,
    /// A place's id or a part of its name
    #[arg(long)]
    place: Option<String>,
    /// Not before this day (YYYY-MM-DD)
    #[arg(long, value_name = "DAY")]
    from: Option<jiff::civil::Date>,
    /// Not after this day (YYYY-MM-DD)
    #[arg(long, value_name = "DAY")]
    to: Option<jiff::civil::Date>,
    /// Only events on which reports differ
    #[arg(long)]
    disputed: bool,
}

impl Filter {
    /// The filter as the ledger takes it.
    pub(crate) fn filter(&self) -> EventFilter {
        EventFilter {
            event_type: self.kind.clone(),
            from: self.from.map(|d| d.to_string()),
            to: self.to.map(|d| d.to_string()),
            place: self.place.clone(),
            actor: self.actor.clone(),
            disputed: self.disputed,
            ..EventFilter::default()
        }
    }
}

/// A format of an export, by its name.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Form(pub(crate) Format);

impl std::str::FromStr for Form {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let all = || Format::ALL.iter().map(|format| format.name()).collect::<Vec<_>>().join(", ");
        Format::named(name).map(Self).ok_or_else(|| format!("there are {}", all()))
    }
}

/// What the server is told.
#[derive(Debug, clap::Args)]
pub(crate) struct Serving {
    /// The ledger's folder
    #[arg(long, value_name = "DIR")]
    pub(crate) ledger: PathBuf,
    /// Where to listen; only this machine's own address needs no token
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8750")]
    pub(crate) listen: std::net::SocketAddr,
    /// Take the page's files from this folder, to work on them
    #[arg(long, value_name = "DIR")]
    pub(crate) page: Option<PathBuf>,
    /// A PMTiles file of your own to draw the map with, in browsers that have WebGL
    #[arg(long, value_name = "FILE")]
    pub(crate) tiles: Option<PathBuf>,
    /// A proxy that links handed in on the page are fetched through: http://host:port, socks5://host:port
    #[arg(long, value_name = "URL")]
    pub(crate) proxy: Option<String>,
    /// A file of certificates (PEM) of the authorities that are believed when a link is fetched
    #[arg(long, value_name = "FILE")]
    pub(crate) ca: Option<PathBuf>,
    /// Fetch links from this machine and from private networks too
    #[arg(long)]
    pub(crate) private: bool,
    /// A file with the salt of ids in exports that hold names back (16 bytes or more; else one is drawn at each start)
    #[arg(long, value_name = "FILE")]
    pub(crate) salt_file: Option<PathBuf>,
}
