//! CSV in the columns of UCDP GED.

use super::case::Case;
use super::losses::Losses;
use super::shape::{Shape, names};
use super::told::{Head, Told, sources};
use crate::ExportError;
use crate::table::{Cell, csv_line};
use marsad_knowledge::TimeWord;
use marsad_model::{EventActor, Harm, Level, PersonStatus};

/// The columns, in GED's order.
pub const COLUMNS: &[&str] = &[
    "id",
    "relid",
    "year",
    "active_year",
    "code_status",
    "type_of_violence",
    "conflict_dset_id",
    "conflict_new_id",
    "conflict_name",
    "dyad_dset_id",
    "dyad_new_id",
    "dyad_name",
    "side_a_dset_id",
    "side_a_new_id",
    "side_a",
    "side_b_dset_id",
    "side_b_new_id",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "where_prec",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "geom_wkt",
    "priogrid_gid",
    "country",
    "country_id",
    "region",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
    "gwnoa",
    "gwnob",
];

const GENERAL: &[&str] = &[
    "Only events of which a report tells that somebody was killed are in the file, as in GED.",
    "id, the ids of conflicts, dyads and sides, active_year, code_status, conflict_name, country_id, gwnoa and gwnob are empty: they are UCDP's to give. relid holds the event's own id.",
    "low and best are the lowest number that some origin gives, of the largest group alone; high is what all groups come to, and empty where a report says `at least` or nothing. Where no number is told all are empty: nothing is estimated.",
    "deaths_a, deaths_b and deaths_civilians hold only those whose side or status a report states; all others are deaths_unknown. Where reports differ so that the parts come to more than best, all are deaths_unknown.",
    "type_of_violence is empty where one of the two sides is not known well enough.",
    "Where reports differ on who acted, or only accuse someone of it, side_a is empty. Whoever or whatever was hit and is not listed in knowledge is no side.",
    "Sides are named as knowledge or the reports name them, not as in UCDP's list of actors.",
    "where_description and source_original are in the reports' own words.",
];

/// GED's shape.
pub(crate) struct Ged;

impl Shape for Ged {
    const FILE: &'static str = "ged.csv";
    const LOSSES: &'static str = "ged.losses.txt";
    const GENERAL: &'static [&'static str] = GENERAL;

    fn head() -> String {
        names(COLUMNS)
    }

    fn row(case: &Case<'_>, told: &Told, losses: &mut Losses) -> Result<Option<String>, ExportError> {
        if !case.killed.told || case.killed.high == Some(0) {
            losses.count("nobody is told to have been killed: left out");
            return Ok(None);
        }
        if case.killed.low.is_none() {
            losses.count("people were killed, but no number is told: the numbers are empty");
        }
        if violence(case).is_none() {
            losses.count("the sides are not known well enough: type_of_violence is empty");
        }
        Ok(Some(csv_line(&row(case, told))))
    }
}

/// 1 state-based, 2 non-state, 3 one-sided.
fn violence(case: &Case<'_>) -> Option<u8> {
    let armed = |code: u8| (1..=4).contains(&code) || code == 8;
    if case.at_civilians() || case.event.event_type.class() == "execution" {
        return case.first_inter().filter(|code| armed(*code)).map(|_| 3);
    }
    match (case.first_inter()?, case.second_inter()?) {
        (a, 7) | (7, a) if armed(a) => Some(3),
        (a, b) if a == 1 && armed(b) || b == 1 && armed(a) => Some(1),
        (a, b) if armed(a) && armed(b) && a != 8 && b != 8 => Some(2),
        _ => None,
    }
}

/// The dead of each side, of civilians, and of those of whom neither is told.
fn deaths(case: &Case<'_>) -> Option<[u32; 4]> {
    let best = case.killed.low?;
    let killed = || case.event.casualties.iter().filter(|c| c.harm == Harm::Killed);
    let of_side = |side: &[&EventActor]| {
        let named = |who: &str| side.iter().any(|a| a.id.as_deref() == Some(who) || a.name == who);
        let of = killed().filter(|c| c.status != PersonStatus::Civilian && c.affiliation.as_deref().is_some_and(named));
        of.filter_map(|c| c.min).max().unwrap_or(0)
    };
    let civilians = killed().filter(|c| c.status == PersonStatus::Civilian).filter_map(|c| c.min).max().unwrap_or(0);
    let parts = [of_side(doers(case)), of_side(&case.second), civilians];
    let rest = parts.iter().try_fold(best, |rest, part| rest.checked_sub(*part));
    Some(rest.map_or([0, 0, 0, best], |rest| [parts[0], parts[1], parts[2], rest]))
}

/// Whoever acted; nobody where someone is only accused of it, since no column could say so.
fn doers<'c, 'e>(case: &'c Case<'e>) -> &'c [&'e EventActor] {
    if case.accused { &[] } else { &case.first }
}

fn row(case: &Case<'_>, told: &Told) -> Vec<Cell> {
    let event = case.event;
    let names = |side: &[&EventActor]| side.iter().map(|a| a.name.clone()).collect::<Vec<_>>().join(", ");
    let (side_a, side_b) = (names(doers(case)), names(&case.second));
    let text = |text: &str| if text.is_empty() { Cell::None } else { Cell::Text(text.to_owned()) };
    let dyad = if side_a.is_empty() || side_b.is_empty() { Cell::None } else { Cell::Text(format!("{side_a} - {side_b}")) };
    let reports = told.reports(&event.id);
    let joined = |pick: fn(&Head) -> Option<String>| Cell::list(reports.iter().map(|head| pick(head).unwrap_or_default()));
    let place = event.place.as_ref();
    let at = place.and_then(|p| p.lat.zip(p.lon)).filter(|(lat, lon)| lat.is_finite() && lon.is_finite());
    let [nation, adm_1, adm_2] = place.map(|place| case.world.divisions(place)).unwrap_or_default();
    let region = case.country.map(|code| case.world.codes.country(code).ged_region).unwrap_or_default();
    let time = event.time.as_ref();
    let dead = deaths(case);
    let part = |n: usize| Cell::int(dead.map(|dead| dead[n]));
    let clear = event.level != Level::Episode && matches!(case.time_word, Some(TimeWord::Day));
    let none = || Cell::None;
    vec![
        none(),
        Cell::Text(event.id.to_string()),
        Cell::int(time.and_then(|t| t.start).map(|day| i64::from(day.year()))),
        none(),
        none(),
        Cell::int(violence(case)),
        none(),
        none(),
        none(),
        none(),
        none(),
        dyad,
        none(),
        none(),
        text(&side_a),
        none(),
        none(),
        text(&side_b),
        Cell::Int(match sources(&reports).len() {
            0 => -1,
            known => i64::from(known as u32),
        }),
        Cell::list(reports.iter().map(|head| article(head))),
        joined(|head| head.source.clone()),
        joined(|head| head.published.map(|day| day.to_string())),
        joined(|head| head.title.clone()),
        Cell::list(told.attributions(&event.id).into_iter().map(str::to_owned)),
        Cell::int(case.place_code().ged),
        Cell::text(place.map(|p| p.name.clone())),
        Cell::Text(event.summary.clone()),
        Cell::text(adm_1),
        Cell::text(adm_2),
        Cell::real(at.map(|(lat, _)| lat)),
        Cell::real(at.map(|(_, lon)| lon)),
        Cell::text(at.map(|(lat, lon)| format!("POINT ({lon} {lat})"))),
        Cell::int(at.map(|(lat, lon)| grid(lat, lon))),
        Cell::text(nation),
        none(),
        text(&region),
        Cell::Int(if clear { 1 } else { 2 }),
        Cell::int(case.time_code().ged),
        Cell::day(time.and_then(|t| t.start)),
        Cell::day(time.and_then(|t| t.end.or(t.start))),
        part(0),
        part(1),
        part(2),
        part(3),
        Cell::int(case.killed.low),
        Cell::int(case.killed.high),
        Cell::int(case.killed.low),
        none(),
        none(),
    ]
}

/// A report as GED lists it: office, day and headline, each in quotation marks.
fn article(head: &Head) -> String {
    let marked = |text: String| format!("\"{}\"", text.replace('"', "'"));
    let day = head.published.map(|day| day.to_string());
    [head.source.clone(), day, head.title.clone()].map(|part| marked(part.unwrap_or_default())).join(",")
}

/// The cell of the PRIO grid: half degrees, counted from the south-west corner of the world, row by row.
fn grid(lat: f64, lon: f64) -> i64 {
    let (row, column) = (((lat + 90.0) * 2.0).floor() as i64, ((lon + 180.0) * 2.0).floor() as i64);
    row.clamp(0, 359) * 720 + column.clamp(0, 719) + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_grid_is_counted_from_the_south_west() {
        assert_eq!(grid(-90.0, -180.0), 1);
        assert_eq!(grid(-89.4, -180.0), 721);
        assert_eq!(grid(89.9, 179.9), 259_200);
        // The centre of cell 180365 lies at 35.25 north, 2.25 east.
        assert_eq!(grid(35.25, 2.25), 180_365);
    }
}
