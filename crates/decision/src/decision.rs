//! One decision: who ruled what, when and why.

use crate::anchor::Anchor;
use crate::rulings::Verdict;
use crate::value::{HarmedValue, PlaceValue, Value};
use marsad_model::{AirwarsGrade, DecisionId, Direction, Relation, ReportId};
use serde::{Deserialize, Serialize};

/// What a person ruled. A line of `decisions.jsonl`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// The hash of all the rest.
    pub id: DecisionId,
    /// When (RFC 3339).
    pub at: String,
    /// Who.
    pub by: String,
    /// Why.
    pub why: String,
    /// What.
    #[serde(flatten)]
    pub ruling: Ruling,
}

/// What is ruled.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "ruling", rename_all = "snake_case")]
pub enum Ruling {
    /// These claims were looked at and are read rightly.
    Accept {
        /// Which.
        claims: Vec<Anchor>,
    },
    /// The reports do not say so: these claims belong to no event.
    Reject {
        /// Which.
        claims: Vec<Anchor>,
    },
    /// A value of a claim is another than was read.
    Edit {
        /// Of which.
        claim: Anchor,
        /// The value.
        #[serde(flatten)]
        value: Value,
    },
    /// These claims tell of one happening.
    Merge {
        /// Which.
        claims: Vec<Anchor>,
    },
    /// None of these claims tells of the happening that any of the others tells of.
    Split {
        /// Which.
        claims: Vec<Anchor>,
        /// The others.
        from: Vec<Anchor>,
    },
    /// It happened here.
    Place {
        /// Which claim.
        claim: Anchor,
        /// Where.
        place: PlaceValue,
    },
    /// A report tells from access of its own, or has what it tells from another.
    Origin {
        /// Which.
        report: ReportId,
        /// Whose telling it is.
        origin: RuledOrigin,
        /// The other, for one that is dependent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        on: Option<ReportId>,
    },
    /// How one report descends from another.
    Lineage {
        /// The one.
        report: ReportId,
        /// The other.
        to: ReportId,
        /// How they are related.
        #[serde(flatten)]
        tie: RuledTie,
    },
    /// How a harmed person's name is to be published: a mark for whoever publishes. No file of an export is redacted by it.
    Publish {
        /// The name, where a report writes it.
        victim: Anchor,
        /// The other places where the claim has it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        also: Vec<Anchor>,
        /// How.
        publish: Publish,
    },
    /// Who is named here was harmed by what a claim tells of, whether the reader saw it or not; or was not.
    Victim {
        /// The claim.
        claim: Anchor,
        /// The name, where the claim's report writes it.
        victim: Anchor,
        /// What was suffered, and by whom; null: nobody who is named here was harmed.
        harmed: Option<HarmedValue>,
    },
    /// These names, in whatever spelling, script or report, are of one harmed person.
    SamePerson {
        /// The names, where reports write them.
        names: Vec<Anchor>,
    },
    /// How far a source is to be relied on.
    Reliability {
        /// Its id; the name of one that knowledge lacks.
        source: String,
        /// The letter; null takes it back.
        letter: Option<Letter>,
    },
    /// How an event stands, in the terms that are for people alone.
    Grade {
        /// Claims of the event: it is the one that holds most of them.
        claims: Vec<Anchor>,
        /// The grade.
        grade: RuledGrade,
    },
    /// What a second person found who did not know what others ruled. It changes nothing of the claim: it is held beside the
    /// first coding, to see how far the two agree.
    Second {
        /// Which claim.
        claim: Anchor,
        /// Was it read rightly?
        verdict: Verdict,
        /// Values that are others than were read.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        values: Vec<Value>,
    },
    /// Where a report is in the day's work.
    State {
        /// Which.
        report: ReportId,
        /// Where.
        state: ReportState,
    },
    /// A report was withdrawn, for a family or a source at risk: its bytes and all its words are gone. It cannot be undone.
    Withdraw {
        /// Which.
        report: ReportId,
    },
    /// Sealed bytes of which nothing was read were withdrawn: they are gone. It cannot be undone.
    WithdrawUnread {
        /// Their SHA-256.
        original: String,
    },
    /// Takes a decision back.
    Undo {
        /// Which.
        undoes: DecisionId,
    },
}

macro_rules! values {
    ($(#[$doc:meta])* $name:ident { $($(#[$what:meta])* $variant:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$what])* $variant),+ }
    };
}

values! {
    /// Whose telling a report is, by a person's ruling.
    RuledOrigin {
        /// Its own: somebody of its own was there, or asked those who were.
        Independent,
        /// Another's.
        Dependent,
    }
}

values! {
    /// How a harmed person's name is to be published: an export that holds names back goes by it, any other has it as written.
    Publish {
        /// Not at all.
        Withheld,
        /// As initials.
        Initials,
        /// As written.
        Full,
    }
}

values! {
    /// Grades that only people give.
    RuledGrade {
        /// A named belligerent accepted responsibility.
        Confirmed,
        /// The dead were combatants, or another party is most likely responsible.
        Discounted,
    }
}

impl From<RuledGrade> for AirwarsGrade {
    fn from(grade: RuledGrade) -> Self {
        match grade {
            RuledGrade::Confirmed => Self::Confirmed,
            RuledGrade::Discounted => Self::Discounted,
        }
    }
}

values! {
    /// Where a report is in the day's work.
    ReportState {
        /// Nobody looked at it yet.
        New,
        /// It is another's copy.
        Duplicate,
        /// It is to be captured by hand.
        CaptureByHand,
        /// It is of what the house records.
        Relevant,
        /// It is not.
        NotRelevant,
        /// Its claims were coded.
        Coded,
        /// A second person is to look.
        SecondReview,
        /// It is published.
        Published,
        /// It was corrected after publishing.
        Corrected,
        /// It was taken back.
        Withdrawn,
    }
}

impl ReportState {
    /// All of them, in the order of the day's work.
    pub const ALL: &[Self] = &[
        Self::New,
        Self::Duplicate,
        Self::CaptureByHand,
        Self::Relevant,
        Self::NotRelevant,
        Self::Coded,
        Self::SecondReview,
        Self::Published,
        Self::Corrected,
        Self::Withdrawn,
    ];

    /// The word for it.
    #[must_use]
    pub fn word(self) -> String {
        serde_json::to_value(self).ok().and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default()
    }
}

/// How far a source is to be relied on, from A (completely) to E (not at all); F: cannot be judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(missing_docs)] // the letters are the scale's own
pub enum Letter {
    A,
    B,
    C,
    D,
    E,
    F,
}

/// How one report descends from another, by a person's ruling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuledTie {
    /// How; null: they are not related.
    pub relation: Option<Relation>,
    /// Which came from which, seen from the first.
    pub direction: Direction,
}

/// Why something is no decision.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BadDecision {
    /// Nobody, or no reason, is named.
    #[error("a decision says {0}")]
    Unsaid(&'static str),
    /// A second coding gives an attribute twice, or values of a claim that it rejects.
    #[error("a second coding gives each attribute one value, and none of a claim that it rejects")]
    Twice,
    /// The ruling names nothing to rule on.
    #[error("the ruling names too few claims, or too few names of a person")]
    TooFew,
    /// Its id is not the hash of what it says.
    #[error("the decision {id} was changed: what it says hashes to {found}")]
    Changed {
        /// The id it has.
        id: DecisionId,
        /// The id it should have.
        found: DecisionId,
    },
    /// It cannot be read.
    #[error("this is no decision: {0}")]
    Unreadable(#[from] serde_json::Error),
}

impl Decision {
    /// What a person ruled. `at` is the time now (RFC 3339).
    pub fn new(at: &str, by: &str, why: &str, ruling: Ruling) -> Result<Self, BadDecision> {
        let decision =
            Self { id: DecisionId::from(String::new()), at: at.to_owned(), by: by.trim().to_owned(), why: why.trim().to_owned(), ruling };
        decision.check()?;
        Ok(Self { id: decision.hashed(), ..decision })
    }

    /// Read one that was written before; it must say what it said then.
    pub fn read(json: &str) -> Result<Self, BadDecision> {
        let decision: Self = serde_json::from_str(json)?;
        decision.check()?;
        let found = decision.hashed();
        if found == decision.id { Ok(decision) } else { Err(BadDecision::Changed { id: decision.id, found }) }
    }

    fn hashed(&self) -> DecisionId {
        let ruling = serde_json::to_string(&self.ruling).unwrap_or_default();
        DecisionId::of(&[self.at.as_bytes(), self.by.as_bytes(), self.why.as_bytes(), ruling.as_bytes()])
    }

    fn check(&self) -> Result<(), BadDecision> {
        if self.by.is_empty() {
            return Err(BadDecision::Unsaid("who ruled it"));
        }
        if self.why.is_empty() {
            return Err(BadDecision::Unsaid("why"));
        }
        let few = match &self.ruling {
            Ruling::Accept { claims } | Ruling::Reject { claims } | Ruling::Grade { claims, .. } => claims.is_empty(),
            Ruling::Merge { claims } => claims.len() < 2,
            Ruling::SamePerson { names } => names.iter().collect::<std::collections::BTreeSet<_>>().len() < 2,
            Ruling::Split { claims, from } => claims.is_empty() || from.is_empty(),
            Ruling::Origin { report, origin, on } if (*origin == RuledOrigin::Dependent) != on.is_some() || on.as_ref() == Some(report) => {
                return Err(BadDecision::Unsaid("on which other report a dependent one rests"));
            }
            Ruling::Second { verdict, values, .. } if !is_one_coding(*verdict, values) => return Err(BadDecision::Twice),
            Ruling::Lineage { report, to, .. } if report == to => return Err(BadDecision::Unsaid("of which other report it tells")),
            _ => false,
        };
        if few { Err(BadDecision::TooFew) } else { Ok(()) }
    }
}

fn is_one_coding(verdict: Verdict, values: &[Value]) -> bool {
    let parts: std::collections::BTreeSet<_> = values.iter().map(Value::part).collect();
    parts.len() == values.len() && (verdict == Verdict::Accepted || values.is_empty())
}

impl Ruling {
    /// The words that it rests on.
    pub fn anchors(&self) -> impl Iterator<Item = &Anchor> {
        let (one, many, others): (Option<&Anchor>, &[Anchor], &[Anchor]) = match self {
            Self::Accept { claims } | Self::Reject { claims } | Self::Merge { claims } | Self::Grade { claims, .. } => (None, claims, &[]),
            Self::SamePerson { names } => (None, names, &[]),
            Self::Split { claims, from } => (None, claims, from),
            Self::Edit { claim, .. } | Self::Place { claim, .. } | Self::Second { claim, .. } => (Some(claim), &[], &[]),
            Self::Publish { victim, also, .. } => (Some(victim), also, &[]),
            Self::Victim { claim, victim, .. } => (Some(claim), std::slice::from_ref(victim), &[]),
            Self::Origin { .. }
            | Self::Lineage { .. }
            | Self::Reliability { .. }
            | Self::State { .. }
            | Self::Withdraw { .. }
            | Self::WithdrawUnread { .. }
            | Self::Undo { .. } => (None, &[], &[]),
        };
        one.into_iter().chain(many).chain(others)
    }

    /// The reports that it speaks of.
    pub fn reports(&self) -> impl Iterator<Item = &ReportId> {
        let (first, second) = match self {
            Self::Lineage { report, to, .. } => (Some(report), Some(to)),
            Self::Origin { report, on, .. } => (Some(report), on.as_ref()),
            Self::State { report, .. } | Self::Withdraw { report } => (Some(report), None),
            _ => (None, None),
        };
        first.into_iter().chain(second).chain(self.anchors().map(|a| &a.report))
    }
}
