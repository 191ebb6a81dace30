//! CSV in the columns of ACLED.

use super::case::Case;
use super::losses::Losses;
use super::shape::{Shape, names};
use super::told::{Told, sources};
use crate::ExportError;
use crate::table::{Cell, csv_line, spelt};
use marsad_knowledge::Precision;

/// The columns, in ACLED's order.
pub const COLUMNS: &[&str] = &[
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
];

const GENERAL: &[&str] = &[
    "event_id_cnty, source_scale, admin3 and timestamp are empty: they are ACLED's to give. The event's own id stands in tags.",
    "fatalities is a number in ACLED, where 0 also stands for unknown. Where no number is told the row says `fatalities=unknown` in tags; otherwise it is the lowest number that some origin gives, of the whole where a whole is counted, else of the largest group alone (`fatalities=at_least` where more may have died).",
    "What all who speak of it say did not happen is left out, and counted below.",
    "An event of several days is one row with its first day, and `until=` in tags; ACLED would write a row a day.",
    "actor1 is who acts, actor2 against whom; in ACLED the order says nothing. Where nobody is said to have acted but somebody is accused, that one is actor1 and tags say `actor1=accused`.",
    "Where reports differ on who acted, actor1 is empty and tags say `actor1=disputed`. Whoever or whatever was hit and is not listed in knowledge stays in notes alone, since reports name people and things alike there.",
    "Actors are named as knowledge or the reports name them, not as in ACLED's list of actors. inter is empty for whoever knowledge does not list. interaction is empty unless both sides are known.",
    "civilian_targeting is set only where a report states that civilians were aimed at. What else ACLED would infer is left out.",
    "Support, disagreements and positions have no place; the grade and what is disputed stand in tags.",
    "A country alone is not coded by ACLED: such rows have no coordinates.",
];

/// ACLED's shape.
pub(crate) struct Acled;

impl Shape for Acled {
    const FILE: &'static str = "acled.csv";
    const LOSSES: &'static str = "acled.losses.txt";
    const GENERAL: &'static [&'static str] = GENERAL;

    fn head() -> String {
        names(COLUMNS)
    }

    fn row(case: &Case<'_>, told: &Told, losses: &mut Losses) -> Result<Option<String>, ExportError> {
        let tags = tags(case, losses);
        Ok(Some(csv_line(&row(case, told, tags))))
    }
}

fn row(case: &Case<'_>, told: &Told, tags: Vec<String>) -> Vec<Cell> {
    let (event, codes) = (case.event, &case.world.codes);
    let words = |text: &str| if text.is_empty() { Cell::None } else { Cell::Text(text.to_owned()) };
    let code = |pick: fn(&marsad_knowledge::EventCode) -> &String| case.code.map_or(Cell::None, |code| words(pick(code)));
    let side = |side: &[&marsad_model::EventActor]| {
        (Cell::text(side.first().map(|a| a.name.clone())), Cell::list(side.iter().skip(1).map(|a| a.name.clone())))
    };
    let ((actor1, assoc1), (actor2, assoc2)) = (side(&case.first), side(&case.second));
    let (inter1, inter2) = (case.first_inter(), case.second_inter());
    let inter = |code: Option<u8>| code.map_or(Cell::None, |code| words(codes.inter(code)));
    let both = inter1.zip(inter2).map(|(a, b)| format!("{}-{}", codes.inter(a.min(b)), codes.inter(a.max(b))));
    let country = case.country.map(|code| codes.country(code)).unwrap_or_default();
    let [nation, admin1, admin2] = event.place.as_ref().map(|place| case.world.divisions(place)).unwrap_or_default();
    let start = event.time.as_ref().and_then(|t| t.start);
    let at = event.place.as_ref().filter(|_| case.precision != Some(Precision::Country));
    let degrees = |number: Option<f64>| Cell::text(number.filter(|n| n.is_finite()).map(|n| format!("{n:.4}")));
    let reports = told.reports(&event.id);
    vec![
        Cell::None,
        Cell::day(start),
        Cell::int(start.map(|day| i64::from(day.year()))),
        Cell::int(case.time_code().acled),
        code(|c| &c.acled_disorder),
        code(|c| &c.acled_event),
        code(|c| &c.acled_sub_event),
        actor1,
        assoc1,
        inter(inter1),
        actor2,
        assoc2,
        inter(inter2),
        Cell::text(both),
        Cell::text(case.at_civilians().then_some("Civilians targeted")),
        words(&country.numeric),
        words(&country.acled_region),
        Cell::text(nation),
        Cell::text(admin1),
        Cell::text(admin2),
        Cell::None,
        Cell::text(event.place.as_ref().map(|p| p.name.clone())),
        degrees(at.and_then(|p| p.lat)),
        degrees(at.and_then(|p| p.lon)),
        Cell::int(at.filter(|p| p.lat.is_some()).and(case.place_code().acled)),
        Cell::list(sources(&reports).into_iter().map(str::to_owned)),
        Cell::None,
        Cell::Text(event.summary.clone()),
        Cell::Int(case.killed.low.unwrap_or(0).into()),
        Cell::list(tags),
        Cell::None,
    ]
}

/// What the columns do not say, as `name=value`.
fn tags(case: &Case<'_>, losses: &mut Losses) -> Vec<String> {
    let event = case.event;
    let mut tags = vec![format!("marsad={}", event.id), format!("type={}", event.event_type)];
    let mut tag = |tag: String, lost: &'static str| {
        tags.push(tag);
        losses.count(lost);
    };
    match (case.killed.low, case.killed.high) {
        (None, _) => tag("fatalities=unknown".to_owned(), "no number of dead is told: 0 in fatalities, `fatalities=unknown` in tags"),
        (Some(low), high) if high != Some(low) => {
            tag("fatalities=at_least".to_owned(), "more may have died than fatalities says: `fatalities=at_least` in tags");
        }
        _ => {}
    }
    match event.time.as_ref().map(|time| (time.start, time.end)) {
        None | Some((None, _)) => tag("date=unknown".to_owned(), "the day is not known: event_date and year are empty"),
        Some((start, Some(end))) if start != Some(end) => {
            tag(format!("until={end}"), "several days, or a day not known exactly: the last one is in tags");
        }
        _ => {}
    }
    if case.accused {
        tag("actor1=accused".to_owned(), "actor1 is accused, not said to have acted");
    }
    if case.disputed {
        tag("actor1=disputed".to_owned(), "reports differ on who acted: actor1 is empty");
    }
    if event.place.as_ref().is_none_or(|p| p.lat.is_none()) {
        tag("place=unresolved".to_owned(), "no place, or one that is not resolved: no coordinates");
    } else if case.precision == Some(Precision::Country) {
        tag("place=country".to_owned(), "only the country is known: no coordinates");
    }
    tags.push(format!("grade={}", spelt(&event.grade.airwars)));
    if !event.disagreements.is_empty() {
        let disputed: Vec<String> = event.disagreements.iter().map(|d| spelt(&d.attribute)).collect();
        tags.push(format!("disputed={}", disputed.join(",")));
    }
    tags
}
