//! Reports as comparing asks for them. All of a ledger are held at once, so that what is not asked is left where it is stored, and
//! what many say (names, ids) is held once.

use marsad_model::{
    Access, Account, ActorRole, Attribution, AttributionKind, Candidate, Casualties, Cause, Claim, ClaimActor, ClaimId, ClaimPlace,
    ClaimTime, EventType, Intent, Language, Level, Means, Mention, MentionKind, Modality, Outcome, PlacePrecision, PlaceRole, Polarity,
    Published, Report, ReportId, SourceKind, Span, Status,
};
use rustc_hash::FxHashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A name, an id or the like.
pub type Name = Arc<str>;

/// Names that were met, each held once.
#[derive(Debug, Default)]
pub struct Names(Mutex<FxHashSet<Name>>);

/// Names, to one reader at a time.
struct Met<'n>(MutexGuard<'n, FxHashSet<Name>>);

impl Met<'_> {
    fn name(&mut self, text: &str) -> Name {
        if let Some(known) = self.0.get(text) {
            return known.clone();
        }
        let name = Name::from(text);
        self.0.insert(name.clone());
        name
    }

    fn id(&mut self, id: Option<&String>) -> Option<Name> {
        id.map(|id| self.name(id))
    }
}

/// What comparing asks of a report, and what tells its versions apart.
#[derive(Debug, Clone)]
#[allow(missing_docs)] // the report's own words
pub struct Reported {
    pub id: ReportId,
    pub url: Option<Box<str>>,
    pub text_sha256: Box<str>,
    pub account: Option<Box<Account>>,
    pub source: Outlet,
    pub language: Language,
    pub title: Option<Box<str>>,
    pub published: Option<Arc<Published>>,
    pub updated: Option<Arc<Published>>,
    pub text: Box<str>,
}

/// Who published a report.
#[derive(Debug, Clone)]
#[allow(missing_docs)] // the source's own words
pub struct Outlet {
    pub id: Option<Name>,
    pub name: Option<Name>,
    pub kind: SourceKind,
    pub family: Option<Name>,
}

impl Reported {
    fn of(report: Report, met: &mut Met<'_>) -> Self {
        let source = &report.source;
        let outlet = Outlet {
            id: met.id(source.id.as_ref()),
            name: met.id(source.name.as_ref()),
            kind: source.kind,
            family: met.id(source.family.as_ref()),
        };
        Self {
            source: outlet,
            language: report.language,
            id: report.id,
            url: report.url.map(String::into_boxed_str),
            text_sha256: report.text_sha256.into_boxed_str(),
            account: report.account.map(Box::new),
            title: report.title.map(String::into_boxed_str),
            published: report.published.map(Arc::new),
            updated: report.updated.map(Arc::new),
            text: report.text.into_boxed_str(),
        }
    }
}

/// One report with what was read in it.
#[derive(Debug, Clone)]
pub struct Analysed {
    /// The report.
    pub report: Reported,
    /// The actor on whose side its source stands, as knowledge has it; outlets of one side are one voice.
    pub side: Option<Name>,
    /// What it says.
    pub claims: Box<[Claimed]>,
    /// What it names.
    pub mentions: Box<[Mentioned]>,
}

impl Analysed {
    /// A report with what comparing asks of it.
    pub fn new(report: Report, side: Option<&str>, claims: &[Claim<Span>], mentions: &[Mention<Span>], names: &Names) -> Self {
        let mut met = Met(names.0.lock().unwrap_or_else(PoisonError::into_inner));
        Self {
            report: Reported::of(report, &mut met),
            side: side.map(|side| met.name(side)),
            claims: claims.iter().map(|claim| Claimed::of(claim, &mut met)).collect(),
            mentions: mentions.iter().filter_map(|mention| Mentioned::of(mention, &mut met)).collect(),
        }
    }
}

/// What comparing asks of a mention.
#[derive(Debug, Clone)]
pub struct Mentioned {
    /// What it names.
    pub kind: MentionKind,
    /// The words.
    pub span: Span,
    known: Known,
}

/// What is known of a mention.
#[derive(Debug, Clone)]
enum Known {
    Id(Name),
    Value(Name),
    Both(Box<(Name, Name)>),
    Person(Name),
}

impl Mentioned {
    /// `None` of what has neither id, value nor a person's name: nothing is asked of it.
    fn of(mention: &Mention<Span>, met: &mut Met<'_>) -> Option<Self> {
        let known = match (met.id(mention.id.as_ref()), met.id(mention.value.as_ref())) {
            (Some(id), Some(value)) => Known::Both(Box::new((id, value))),
            (Some(id), None) => Known::Id(id),
            (None, Some(value)) => Known::Value(value),
            (None, None) if mention.kind == MentionKind::Person => Known::Person(met.name(&mention.name)),
            (None, None) => return None,
        };
        Some(Self { kind: mention.kind, span: mention.span, known })
    }

    /// Knowledge's or the gazetteer's id.
    pub fn id(&self) -> Option<&str> {
        match &self.known {
            Known::Id(id) => Some(id),
            Known::Both(both) => Some(&both.0),
            Known::Value(_) | Known::Person(_) => None,
        }
    }

    /// What a time, number or weapon comes to.
    pub fn value(&self) -> Option<&str> {
        match &self.known {
            Known::Value(value) => Some(value),
            Known::Both(both) => Some(&both.1),
            Known::Id(_) | Known::Person(_) => None,
        }
    }

    /// What a person is called that has neither.
    pub fn name(&self) -> Option<&str> {
        match &self.known {
            Known::Person(name) => Some(name),
            _ => None,
        }
    }
}

/// What comparing asks of a claim.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)] // the claim's own words
pub struct Claimed {
    pub id: ClaimId,
    pub trigger: Span,
    pub evidence: Span,
    pub more_evidence: Box<[Span]>,
    pub confidence: f64,
    pub access: Access,
    pub event_type: EventType,
    pub level: Level,
    pub status: Status,
    pub modality: Modality,
    pub polarity: Polarity,
    pub intent: Option<Intent>,
    pub outcome: Option<Outcome<Span>>,
    pub actors: Box<[Actor]>,
    pub places: Box<[Place]>,
    pub time: Option<Box<ClaimTime<Span>>>,
    pub casualties: Box<[Casualties<Span>]>,
    pub means: Box<[Means<Span>]>,
    pub attribution: Box<[Teller]>,
    pub cause: Option<Box<Cause<Span>>>,
    /// Does it tell of a happening?
    makes_event: bool,
}

impl Claimed {
    /// What comparing asks of this claim.
    pub fn new(claim: &Claim<Span>, names: &Names) -> Self {
        Self::of(claim, &mut Met(names.0.lock().unwrap_or_else(PoisonError::into_inner)))
    }

    fn of(claim: &Claim<Span>, met: &mut Met<'_>) -> Self {
        Self {
            id: claim.id.clone(),
            trigger: claim.trigger,
            evidence: claim.evidence,
            more_evidence: claim.more_evidence.as_slice().into(),
            confidence: claim.confidence,
            access: claim.access,
            event_type: claim.event_type,
            level: claim.level,
            status: claim.status,
            modality: claim.modality,
            polarity: claim.polarity,
            intent: claim.intent,
            outcome: claim.outcome.clone(),
            actors: claim.actors.iter().map(|actor| Actor::of(actor, met)).collect(),
            places: claim.places.iter().map(|place| Place::of(place, met)).collect(),
            time: claim.time.clone().map(Box::new),
            casualties: claim.casualties.as_slice().into(),
            means: claim.means.as_slice().into(),
            attribution: claim.attribution.iter().map(|teller| Teller::of(teller, met)).collect(),
            cause: claim.cause.clone().map(Box::new),
            makes_event: claim.makes_event(),
        }
    }

    /// Places where it happened.
    pub fn places_where(&self) -> impl Iterator<Item = &Place> {
        self.places.iter().filter(|p| p.role == PlaceRole::Where)
    }

    /// Does it tell of a happening, rather than of a state, of background or of what may come?
    pub fn makes_event(&self) -> bool {
        self.makes_event
    }
}

/// Someone who took part in what is claimed.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)] // the claim's own words
pub struct Actor {
    pub role: ActorRole,
    pub id: Option<Name>,
    pub name: Name,
    pub span: Span,
    pub carried: bool,
}

impl Actor {
    fn of(actor: &ClaimActor<Span>, met: &mut Met<'_>) -> Self {
        Self { role: actor.role, id: met.id(actor.id.as_ref()), name: met.name(&actor.name), span: actor.span, carried: actor.carried }
    }
}

/// A place of what is claimed.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)] // the claim's own words
pub struct Place {
    pub role: PlaceRole,
    pub id: Option<Name>,
    pub name: Name,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub radius_m: Option<u32>,
    pub precision: PlacePrecision,
    pub candidates: Box<[PlaceCandidate]>,
    pub span: Span,
    pub carried: bool,
}

/// A place that a name may mean.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)] // the claim's own words
pub struct PlaceCandidate {
    pub id: Name,
    pub because: Name,
}

impl Place {
    fn of(place: &ClaimPlace<Span>, met: &mut Met<'_>) -> Self {
        let candidate = |c: &Candidate, met: &mut Met<'_>| PlaceCandidate { id: met.name(&c.id), because: met.name(&c.because) };
        Self {
            role: place.role,
            id: met.id(place.id.as_ref()),
            name: met.name(&place.name),
            lat: place.lat,
            lon: place.lon,
            radius_m: place.radius_m,
            precision: place.precision,
            candidates: place.candidates.iter().map(|c| candidate(c, met)).collect(),
            span: place.span,
            carried: place.carried,
        }
    }
}

/// Whose word a claim is.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)] // the claim's own words
pub struct Teller {
    pub kind: AttributionKind,
    pub id: Option<Name>,
    pub name: Name,
}

impl Teller {
    fn of(teller: &Attribution<Span>, met: &mut Met<'_>) -> Self {
        Self { kind: teller.kind, id: met.id(teller.id.as_ref()), name: met.name(&teller.name) }
    }
}
