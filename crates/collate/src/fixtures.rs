//! Builders for tests: reports and claims by hand, and a small world.

use crate::{Names, Rules, World};
use jiff::civil::Date;
use marsad_model::*;
use marsad_table::Table;
use marsad_text::Clitics;

/// The rules as they ship.
pub(crate) fn rules() -> Rules {
    let clitics = Table::read("ar/clitics.tsv", include_str!("../../../knowledge/ar/clitics.tsv"), &["kind", "form"]).unwrap();
    Rules::read(
        include_str!("../../../knowledge/world/collation.toml"),
        include_str!("../../../knowledge/world/spelling.tsv"),
        include_str!("../../../knowledge/world/word_pairs.tsv"),
        Clitics::new(clitics.rows().map(|r| (r.get("kind"), r.get("form")))),
    )
    .unwrap()
}

/// A valley with three villages, one of them with a quarter, and the parties that fight there.
pub(crate) struct Valley;

const POINTS: &[(&str, f64, f64)] =
    &[("upper", 35.0, 40.0), ("lower", 35.1, 40.0), ("mill", 35.2, 40.2), ("upper-quarter", 35.005, 40.005)];

impl World for Valley {
    fn contains(&self, container: &str, place: &str) -> bool {
        container == "valley" && place != "valley" && place != "country"
            || container == "country" && place != "country"
            || (container, place) == ("upper", "upper-quarter")
    }

    fn distance_km(&self, a: &str, b: &str) -> Option<f64> {
        let point = |id: &str| POINTS.iter().find(|p| p.0 == id);
        let (a, b) = (point(a)?, point(b)?);
        Some(((a.1 - b.1).powi(2) + (a.2 - b.2).powi(2)).sqrt() * 100.0)
    }

    fn accuracy_km(&self, _: &str) -> f64 {
        1.0
    }

    fn place_weight(&self, place: &str) -> f64 {
        match place {
            "country" => 0.1,
            "valley" => 0.3,
            _ => 1.0,
        }
    }

    fn containers(&self, place: &str) -> Vec<String> {
        let upper = (place == "upper-quarter").then(|| "upper".to_owned());
        upper.into_iter().chain((place != "valley" && place != "country").then(|| "valley".to_owned())).collect()
    }

    fn part_of(&self, actor: &str, whole: &str) -> bool {
        actor == whole || (actor, whole) == ("red-guard", "red")
    }
}

/// A report with what was read in it.
#[derive(Debug, Clone)]
pub(crate) struct Analysed {
    pub(crate) report: Report,
    pub(crate) side: Option<String>,
    pub(crate) claims: Vec<Claim<Span>>,
    pub(crate) mentions: Vec<Mention<Span>>,
}

impl Analysed {
    /// As comparing asks for it.
    pub(crate) fn asked(&self, names: &Names) -> crate::Analysed {
        crate::Analysed::new(self.report.clone(), self.side.as_deref(), &self.claims, &self.mentions, names)
    }
}

/// A report that is being built.
pub(crate) struct Building(pub(crate) Analysed);

/// A report with this key, source and text.
pub(crate) fn report(key: &str, source: &str, text: &str) -> Building {
    let arabic = text.chars().any(marsad_text::is_arabic_letter);
    Building(Analysed {
        report: Report {
            id: ReportId::of(&[key.as_bytes()]),
            url: Some(format!("https://{key}.example/")),
            source: Source { id: None, name: Some(source.to_owned()), kind: SourceKind::Outlet, family: None },
            ..Report::of_text(if arabic { Language::Arabic } else { Language::English }, text)
        },
        side: None,
        claims: Vec::new(),
        mentions: Vec::new(),
    })
}

/// The span of some words of a text.
pub(crate) fn span(text: &str, words: &str) -> Span {
    let at = text.find(words).unwrap_or_else(|| panic!("`{words}` is not in `{text}`"));
    Span::new(at, at + words.len())
}

pub(crate) fn day(date: &str) -> Date {
    date.parse().unwrap()
}

impl Building {
    pub(crate) fn on(mut self, date: &str) -> Self {
        self.0.report.published = Some(Published {
            start: day(date),
            end: Some(day(date)),
            start_time: None,
            precision: TimePrecision::Day,
            basis: DateBasis::Given,
            because: Vec::new(),
        });
        self
    }

    pub(crate) fn title(mut self, title: &str) -> Self {
        self.0.report.title = Some(title.to_owned());
        self
    }

    pub(crate) fn with(mut self, change: impl FnOnce(&mut Analysed)) -> Self {
        change(&mut self.0);
        self
    }

    /// A mention of each of these words, with an id.
    pub(crate) fn mention(mut self, kind: MentionKind, words: &str, id: &str) -> Self {
        let text = self.0.report.text.clone();
        for (at, found) in text.match_indices(words) {
            self.0.mentions.push(Mention {
                kind,
                span: Span::new(at, at + found.len()),
                id: Some(id.to_owned()),
                because: None,
                second: None,
                within: None,
                name: words.to_owned(),
                lat: None,
                lon: None,
                country: None,
                candidates: Vec::new(),
                value: None,
                person: None,
            });
        }
        self
    }

    /// A claim whose trigger these words are.
    pub(crate) fn claim(mut self, kind: &str, trigger: &str, change: impl FnOnce(&mut Claim<Span>)) -> Self {
        let at = span(&self.0.report.text, trigger);
        let mut claim = claim(&self.0.report.id, at, kind);
        claim.evidence = Span::new(0, self.0.report.text.len());
        change(&mut claim);
        self.0.claims.push(claim);
        self
    }

    pub(crate) fn done(self) -> Analysed {
        self.0
    }
}

fn claim(report: &ReportId, trigger: Span, kind: &str) -> Claim<Span> {
    Claim {
        id: ClaimId::at(report, trigger),
        report: report.clone(),
        access: Access::Unknown,
        event_type: kind.parse().unwrap(),
        level: Level::Incident,
        status: Status::Current,
        trigger,
        confidence: 0.9,
        modality: Modality::Asserted,
        polarity: Polarity::Positive,
        actors: Vec::new(),
        places: Vec::new(),
        time: None,
        casualties: Vec::new(),
        means: Vec::new(),
        attribution: Vec::new(),
        cause: None,
        outcome: None,
        intent: None,
        evidence: trigger,
        more_evidence: Vec::new(),
        because: Vec::new(),
    }
}

/// Short ways to fill a claim.
pub(crate) trait Fill {
    fn at(&mut self, place: &str) -> &mut Self;
    fn by(&mut self, role: ActorRole, actor: &str) -> &mut Self;
    fn dated(&mut self, date: &str) -> &mut Self;
    fn said(&mut self, days: Option<i32>, weekday: Option<Weekday>) -> &mut Self;
    fn harmed(&mut self, harm: Harm, status: PersonStatus, min: u32, max: Option<u32>) -> &mut Self;
    fn says(&mut self, kind: AttributionKind, id: Option<&str>, name: &str) -> &mut Self;
    fn own(&mut self) -> &mut Self;
}

impl Fill for Claim<Span> {
    fn at(&mut self, place: &str) -> &mut Self {
        let point = POINTS.iter().find(|p| p.0 == place);
        self.places.push(ClaimPlace {
            role: PlaceRole::Where,
            id: Some(place.to_owned()),
            name: place.to_owned(),
            lat: point.map(|p| p.1),
            lon: point.map(|p| p.2),
            radius_m: Some(1000),
            precision: if point.is_some() { PlacePrecision::Settlement } else { PlacePrecision::Region },
            candidates: Vec::new(),
            span: self.trigger,
            carried: false,
        });
        self
    }

    fn by(&mut self, role: ActorRole, actor: &str) -> &mut Self {
        self.actors.push(ClaimActor { role, id: Some(actor.to_owned()), name: actor.to_owned(), span: self.trigger, carried: false });
        self
    }

    fn dated(&mut self, date: &str) -> &mut Self {
        self.time = Some(time(TimeBasis::Explicit, Some(day(date)), None, self.trigger));
        self
    }

    fn said(&mut self, days: Option<i32>, weekday: Option<Weekday>) -> &mut Self {
        self.time = Some(time(TimeBasis::Relative, None, Some(Relative { days, weekday, part: None }), self.trigger));
        self
    }

    fn harmed(&mut self, harm: Harm, status: PersonStatus, min: u32, max: Option<u32>) -> &mut Self {
        self.casualties.push(Casualties {
            harm,
            status,
            group: None,
            affiliation: None,
            min: Some(min),
            max,
            count: if max == Some(min) { Count::Exact } else { Count::AtLeast },
            scope: CountScope::Event,
            part_of: None,
            span: self.trigger,
            carried: false,
        });
        self
    }

    fn says(&mut self, kind: AttributionKind, id: Option<&str>, name: &str) -> &mut Self {
        self.access = Access::Relayed;
        self.attribution.push(Attribution { kind, id: id.map(str::to_owned), name: name.to_owned(), span: self.trigger, carried: false });
        self
    }

    fn own(&mut self) -> &mut Self {
        self.access = Access::Own;
        self
    }
}

fn time(basis: TimeBasis, day: Option<Date>, relative: Option<Relative>, span: Span) -> ClaimTime<Span> {
    ClaimTime {
        start: day,
        end: day,
        start_time: None,
        end_time: None,
        precision: TimePrecision::Day,
        basis,
        relative,
        span: Some(span),
        carried: false,
    }
}
