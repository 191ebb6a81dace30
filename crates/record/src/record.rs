//! The records in the shapes of the contract.

use marsad_decision::{Anchor, Decision, Letter, Loose, Publish, ReportState, Standing, Value, Verdict};
use marsad_ledger::SetAside;
use marsad_model::{
    Account, Candidate, Capture, Change, Claim, ClaimId, DecisionId, EventId, Gone, Harm, Lineage, MentionKind, OriginId, PersonDetails,
    PersonStatus, Published, Quote, ReportId, ReportKind, Sex, Source, TimeBasis,
};
use serde::{Deserialize, Serialize};

/// A line of `reports.jsonl`.
#[derive(Debug, Serialize, Deserialize)]
#[allow(missing_docs)] // the contract's own words
pub struct ReportRecord {
    pub id: ReportId,
    /// The first of `keys`.
    pub key: Option<String>,
    pub keys: Vec<String>,
    /// The first of `paths`.
    pub path: Option<String>,
    pub paths: Vec<String>,
    pub url: Option<String>,
    pub sha256: Option<String>,
    pub text_sha256: String,
    pub kind: ReportKind,
    pub account: Option<Account>,
    pub source: Source,
    pub language: String,
    pub title: Option<String>,
    pub byline: Option<String>,
    pub published: Option<Published>,
    pub updated: Option<Published>,
    pub text: String,
    pub origin: Option<OriginId>,
    pub version_of: Option<ReportId>,
    /// In what it differs from the version before it.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub changes: Vec<Change<Quote>>,
    /// That it is gone from its address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gone: Option<Gone>,
    pub captures: Vec<Capture>,
    pub lineage: Vec<Lineage<Quote>>,
    /// Where it is in the day's work, where a person ruled so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<ReportState>,
    /// How far its source is to be relied on, where a person ruled so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reliability: Option<Letter>,
    /// Words of its text or title are held back: it is not what the source published.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub masked: bool,
}

/// A line of `mentions.jsonl`.
#[derive(Debug, Serialize, Deserialize)]
#[allow(missing_docs)] // the contract's own words
pub struct MentionRecord {
    pub report: ReportId,
    pub kind: MentionKind,
    pub span: Quote,
    pub id: Option<String>,
    /// For a place that no list has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within: Option<Candidate>,
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lat: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lon: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    pub candidates: Vec<Candidate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// For `victims.jsonl`: what is said of a person stands as values in no other file.
    #[serde(skip)]
    pub person: Option<PersonDetails>,
}

/// A line of `claims.jsonl`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[allow(missing_docs)] // the contract's own words
pub struct ClaimRecord {
    pub event: Option<EventId>,
    pub origin: Option<OriginId>,
    #[serde(flatten)]
    pub claim: Claim<Quote>,
    /// Whether a person found it read rightly.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ruling: Option<VerdictRecord>,
    /// Values that a person put in the place of what was read.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub decided: Vec<DecidedRecord>,
    /// Words of its evidence are held back: it is not what the report says.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub masked: bool,
}

/// Whether a claim was read rightly, by a person's ruling.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[allow(missing_docs)] // the fields explain themselves
pub struct VerdictRecord {
    pub verdict: Verdict,
    pub decision: DecisionId,
}

/// A value that a person put in the place of what was read, beside that.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[allow(missing_docs)] // the fields explain themselves
pub struct DecidedRecord {
    #[serde(flatten)]
    pub value: Value,
    /// The value as it was read.
    pub read: serde_json::Value,
    /// Always `decided`.
    pub basis: TimeBasis,
    pub decision: DecisionId,
}

/// A line of `decisions.jsonl`: what a person ruled, and how that stands now.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)] // the fields explain themselves
pub struct DecisionRecord {
    #[serde(flatten)]
    pub decision: Decision,
    #[serde(flatten)]
    pub standing: Standing,
    /// Words of it that are no longer found, with the reason.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lost: Vec<LostRecord>,
}

/// Words of a decision that are no longer found.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)] // the fields explain themselves
pub struct LostRecord {
    pub anchor: Anchor,
    pub because: Loose,
}

/// A line of `victims.jsonl`: a person whom a report names as harmed. `publish` is a mark for whoever publishes,
/// `withheld` until a person rules otherwise. Only an export that holds names back goes by it; in any other the name stands here, in
/// texts, claims and events as written.
#[derive(Debug, Serialize, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)] // the contract's own words
pub struct VictimRecord {
    pub event: EventId,
    pub name_as_written: String,
    /// Each spelling in which the person is named, by a person's ruling also those of other reports and scripts.
    #[serde(default)]
    pub names: Vec<String>,
    /// Where each of them stands.
    #[serde(default)]
    pub namings: Vec<NamingRecord>,
    pub age: Option<u32>,
    pub sex: Option<Sex>,
    pub kin: Option<String>,
    pub harm: Harm,
    pub status: PersonStatus,
    pub claims: Vec<ClaimId>,
    pub publish: Publish,
}

/// Where a report names a person.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)] // the contract's own words
pub struct NamingRecord {
    pub report: ReportId,
    pub span: Quote,
}

/// A line of `set_aside.jsonl`.
#[derive(Debug, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct SetAsideRecord {
    pub path: String,
    pub line: Option<u64>,
    pub reason: String,
    pub sha256: Option<String>,
    pub kind: Option<String>,
    pub url: Option<String>,
    /// The listed publisher whose report is to be captured by hand.
    pub by_hand: Option<String>,
    /// Its bytes are sealed in the ledger, under their hash.
    pub sealed: bool,
}

impl From<SetAside> for SetAsideRecord {
    fn from(s: SetAside) -> Self {
        let SetAside { path, line, reason, sha256, kind, url, gone: _, by_hand, sealed } = s;
        Self { path, line, reason, sha256, kind, url, by_hand, sealed }
    }
}

/// `ledger.json`.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct LedgerRecord {
    pub program: String,
    pub knowledge: String,
    pub reports: u64,
    pub mentions: u64,
    pub claims: u64,
    pub events: u64,
    pub set_aside: u64,
    /// First and last day on which a loaded report was published.
    pub published: Option<[String; 2]>,
    /// Names of the sources loaded.
    pub sources: Vec<String>,
    /// Since when, of an export of what changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<SinceRecord>,
    /// What was held back, where something was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redacted: Option<RedactionRecord>,
}

/// Since when an export tells what changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SinceRecord {
    /// The mark of the export before.
    pub cursor: String,
    /// The mark to ask with the next time.
    pub next: String,
    /// How many events `gone.jsonl` tells of.
    pub gone: u64,
}

/// What was held back of an export: how many of which.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RedactionRecord {
    /// Names of victims that stand nowhere in it.
    pub victims_withheld: usize,
    /// Names of victims of which the initials stand in it, by a person's ruling.
    pub victims_by_initials: usize,
    /// Names of victims that stand in it, by a person's ruling.
    pub victims_named: usize,
    /// Names of other persons whom no list knows.
    pub other_persons: usize,
    /// Names of buildings and camps.
    pub place_names: usize,
    /// Places of claims, events and mentions that were put to their district.
    pub places_coarsened: usize,
    /// Masks in texts and titles of reports.
    pub masks: usize,
    /// Reports whose text or title has a mask.
    pub reports_masked: usize,
    /// Claims whose evidence has one.
    pub claims_masked: usize,
    /// Addresses, handles and what leads to them, in texts and as fields.
    pub addresses: usize,
    /// Decisions, which hold words of reports and names of those who ruled: all are left out.
    pub decisions_left_out: usize,
    /// Originals that are in a bundle all the same, with every name in them, as was asked for twice.
    pub originals_with_names: usize,
}
