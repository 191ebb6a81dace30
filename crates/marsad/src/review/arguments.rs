//! What a person may say to `marsad review`.

use clap::{Args, Subcommand};
use std::path::PathBuf;

/// `marsad review`.
#[derive(Debug, Args)]
pub struct ReviewArguments {
    /// The ledger's folder
    #[arg(long, value_name = "DIR", global = true)]
    pub ledger: Option<PathBuf>,
    /// How many to list
    #[arg(long, value_name = "N", default_value_t = 10, global = true)]
    pub limit: u64,
    /// What to rule or show; without one, the queue is listed
    #[command(subcommand)]
    pub command: Option<ReviewCommand>,
}

/// Who rules, and why.
#[derive(Debug, Args)]
pub struct Signed {
    /// Who rules
    #[arg(long, value_name = "WHO")]
    pub by: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub why: String,
}

/// Who somebody harmed was.
#[derive(Debug, Args)]
pub struct Harmed {
    /// civilian, combatant, hors_de_combat, unknown
    #[arg(long, default_value = "unknown", value_name = "STATUS")]
    pub status: String,
    /// Age in whole years; without it, as the report tells it
    #[arg(long, value_name = "YEARS")]
    pub age: Option<u32>,
    /// female, male; without it, as the report tells it
    #[arg(long, value_name = "SEX")]
    pub sex: Option<String>,
}

/// What a person rules, or asks to see.
#[derive(Debug, Subcommand)]
#[allow(missing_docs)] // who signs
pub enum ReviewCommand {
    /// These claims are read rightly
    Accept {
        /// Claims; an event means all of its claims
        #[arg(required = true, value_name = "CLAIM|EVENT")]
        claims: Vec<String>,
        #[command(flatten)]
        signed: Signed,
    },
    /// The reports do not say so: these claims leave their events
    Reject {
        /// Claims; an event means all of its claims
        #[arg(required = true, value_name = "CLAIM|EVENT")]
        claims: Vec<String>,
        #[command(flatten)]
        signed: Signed,
    },
    /// Correct values of a claim: type=battle.clash, time=2031-03-12, time=2031-03-12/2031-03-14, killed=5, killed:civilian=5, injured=3-7,
    /// displaced=200+, initiator=NAME (an actor's id or its name), means=mortar,rocket; none takes a value away
    Edit {
        /// The claim
        claim: String,
        /// Attribute and value
        #[arg(required = true, value_name = "ATTRIBUTE=VALUE")]
        values: Vec<String>,
        #[command(flatten)]
        signed: Signed,
    },
    /// These tell of one happening
    Merge {
        /// Claims and events
        #[arg(required = true, num_args = 2.., value_name = "CLAIM|EVENT")]
        claims: Vec<String>,
        #[command(flatten)]
        signed: Signed,
    },
    /// These claims tell of another happening than the rest of their event
    Split {
        /// The event
        event: String,
        /// The claims that leave it
        #[arg(required = true, value_name = "CLAIM")]
        claims: Vec<String>,
        #[command(flatten)]
        signed: Signed,
    },
    /// Say where it happened
    Place {
        /// The claim
        claim: String,
        /// The gazetteer's id of the place, or its name where only one place bears it, or LATITUDE,LONGITUDE
        place: String,
        /// What the point is called (for LATITUDE,LONGITUDE)
        #[arg(long)]
        name: Option<String>,
        #[command(flatten)]
        signed: Signed,
    },
    /// Say whether a report tells from access of its own or has what it tells from another
    Origin {
        /// The report
        report: String,
        /// independent, dependent
        origin: String,
        /// The report that a dependent one has it from
        #[arg(long, value_name = "REPORT")]
        on: Option<String>,
        #[command(flatten)]
        signed: Signed,
    },
    /// Say how a report descends from another
    Lineage {
        /// The report that descends
        report: String,
        /// The one it descends from
        from: String,
        /// copy, excerpt, translation, rewrite, update, correction, quotes, or none
        relation: String,
        #[command(flatten)]
        signed: Signed,
    },
    /// Mark how a harmed person's name is to be published. `export --redact` goes by it; any other export has names as written
    Publish {
        /// A claim that names the person
        claim: String,
        /// The name as the report writes it
        name: String,
        /// withheld, initials, full
        publish: String,
        #[command(flatten)]
        signed: Signed,
    },
    /// Say what somebody whom a report names suffered and who they were, also where the reader missed them; `none` takes a name off
    /// the list of the harmed
    Victim {
        /// The claim that tells of the harm
        claim: String,
        /// The name as its report writes it
        name: String,
        /// killed, injured, captured, detained, missing, displaced, surrendered, tortured, sexual_violence, or none
        harm: String,
        #[command(flatten)]
        who: Harmed,
        #[command(flatten)]
        signed: Signed,
    },
    /// Say that names of harmed persons, in whatever spelling, script or report, are of one person. That person is withheld until
    /// every one of the names is released; `undo` takes it back
    SamePerson {
        /// A claim that names the person, and the name as its report writes it
        #[arg(required = true, num_args = 2.., value_name = "CLAIM=NAME")]
        names: Vec<String>,
        #[command(flatten)]
        signed: Signed,
    },
    /// Say how far a source is to be relied on
    Reliability {
        /// The source's id, or its name
        source: String,
        /// A to F, or none
        letter: String,
        #[command(flatten)]
        signed: Signed,
    },
    /// Grade an event: confirmed, discounted
    Grade {
        /// The event
        event: String,
        /// confirmed, discounted
        grade: String,
        #[command(flatten)]
        signed: Signed,
    },
    /// Code a claim a second time, not knowing what others ruled (`review blind` shows it): accepted or rejected, and values that
    /// are others than were read, as for `edit`. It changes nothing of the claim; `review agreement` compares
    Second {
        /// The claim
        claim: String,
        /// accepted, rejected
        verdict: String,
        /// Attribute and value
        #[arg(value_name = "ATTRIBUTE=VALUE")]
        values: Vec<String>,
        #[command(flatten)]
        signed: Signed,
    },
    /// Show a report's claims as they were read, without anything that people ruled: for a second coder
    Blind {
        /// The report
        report: String,
    },
    /// How far second coders agree with those who ruled first, field by field
    Agreement,
    /// Say where a report is in the day's work
    State {
        /// The report
        report: String,
        /// new, duplicate, capture_by_hand, relevant, not_relevant, coded, second_review, published, corrected, withdrawn (a mark only: `review withdraw` destroys)
        state: String,
        #[command(flatten)]
        signed: Signed,
    },
    /// Withdraw a report, for a family or a source at risk: its bytes, its text and all that was read of them are destroyed,
    /// with the words of every decision that quotes it. Its hash, the day, the ground and who stay. It cannot be undone, and
    /// the same bytes, or others with the same text, come in no more
    Withdraw {
        /// The report; or what could not be read and is sealed all the same, by the start of its hash
        report: String,
        /// On what ground: name nobody, for it stays in the log for good and leaves with every export and bundle
        #[arg(long, value_name = "TEXT")]
        ground: String,
        /// Who withdraws it
        #[arg(long, value_name = "WHO")]
        by: String,
    },
    /// Take a decision back
    Undo {
        /// The decision's id, or enough of its start
        decision: String,
        #[command(flatten)]
        signed: Signed,
    },
    /// Reports by where they are in the day's work, those that came in last first; `run` and `fetch` take in, `review state`
    /// rules where a report is
    Inbox {
        /// Only those in this state, such as new or second_review
        #[arg(long, value_name = "STATE")]
        state: Option<String>,
    },
    /// List decisions whose words are no longer found
    Loose,
    /// What was ruled on a claim or an event: each value as it was before, and as it became; or on where a report (r:…) is
    History {
        /// The claim, the event or the report
        #[arg(value_name = "EVENT|CLAIM|REPORT")]
        of: String,
    },
    /// Write all decisions to a file, as JSON lines
    Export {
        /// The file
        file: PathBuf,
    },
    /// Make the decisions of such a file on this ledger too
    Replay {
        /// The file
        file: PathBuf,
    },
}
