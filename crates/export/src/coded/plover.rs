//! PLOVER, one JSON object a line.

use super::case::Case;
use super::losses::Losses;
use super::shape::Shape;
use super::told::Told;
use crate::ExportError;
use crate::table::spelt;
use crate::toll::Toll;
use marsad_model::{EventActor, Harm};
use serde_json::{Value, json};

const GENERAL: &[&str] = &[
    "Events whose type has no category in PLOVER, and what all who speak of it say did not happen, are left out; they are counted below.",
    "event_scale, context, the times of day, religion, ethnicity, office and gender are empty: they are not told, or not read.",
    "code and sector are given for actors that knowledge lists; others have their words alone. identifier_id is empty: no Wikidata numbers are known.",
    "Where reports differ on who acted, actor is empty. Whoever or whatever was hit and is not listed in knowledge is no recipient; people who were detained are.",
    "text is one sentence in a report's own words, cite_info tells of the report that it stands in. coded_date is empty: the same ledger gives the same bytes.",
    "size.dead and the others hold the lowest number that some origin gives, of the whole where a whole is counted, else of the largest group alone; null where none is told.",
    "SANCTION has quad class 4; the manual's table says 3 and its chapter 4.",
    "What is unsure, disputed or only accused has no place; comment says so.",
];

/// PLOVER's shape.
pub(crate) struct Plover;

impl Shape for Plover {
    const FILE: &'static str = "plover.jsonl";
    const LOSSES: &'static str = "plover.losses.txt";
    const GENERAL: &'static [&'static str] = GENERAL;

    fn row(case: &Case<'_>, told: &Told, losses: &mut Losses) -> Result<Option<String>, ExportError> {
        let Some(record) = record(case, told) else {
            losses.count("the type has no category in PLOVER: left out");
            return Ok(None);
        };
        if case.second.is_empty() {
            losses.count("no recipient is told, which PLOVER asks for in some categories");
        }
        if case.event.time.as_ref().is_none_or(|t| t.start.is_none()) {
            losses.count("the day is not known: date is null");
        }
        Ok(Some(serde_json::to_string(&record)? + "\n"))
    }
}

fn record(case: &Case<'_>, told: &Told) -> Option<Value> {
    let event = case.event;
    let code = case.code.filter(|code| !code.plover_event.is_empty())?;
    let entities = |side: &[&EventActor]| -> Vec<Value> { side.iter().map(|actor| entity(case, actor)).collect() };
    let low = |harm| Toll::of(event, harm).low;
    let mode: Vec<&String> = Some(&code.plover_mode).filter(|mode| !mode.is_empty()).into_iter().collect();
    let head = told.main(event);
    let mut comment = vec![format!("type {}", event.event_type)];
    if case.accused {
        comment.push("actor is accused, not said to have acted".to_owned());
    }
    if !event.disagreements.is_empty() {
        let disputed: Vec<String> = event.disagreements.iter().map(|d| spelt(&d.attribute)).collect();
        comment.push(format!("disputed: {}", disputed.join(", ")));
    }
    let time = event.time.as_ref();
    Some(json!({
        "id": event.id,
        "has_event": true,
        "date": time.and_then(|t| t.start),
        "time": null,
        "enddate": time.and_then(|t| t.end.or(t.start)),
        "endtime": null,
        "actor": entities(&case.first),
        "recipient": entities(&case.second),
        "event": [code.plover_event],
        "event_loc": location(case),
        "event_text": [event.summary],
        "quad_code": code.plover_quad,
        "event_scale": null,
        "mode": mode,
        "context": [],
        "size": { "dead": low(Harm::Killed), "injured": low(Harm::Injured), "arrested": low(Harm::Detained) },
        "link": head.and_then(|head| head.url.as_ref()),
        "text": event.summary,
        "text_info": { "sequence": null, "start": null, "end": null, "text_story": null },
        "cite_info": {
            "corpus": "marsad",
            "citation": null,
            "url": head.and_then(|head| head.url.as_ref()),
            "title": head.and_then(|head| head.title.as_ref()),
            "language": head.map(|head| &head.language),
            "publication": head.and_then(|head| head.source.as_ref()),
            "license": null,
            "copyright": null,
            "coder": "marsad",
            "codebook": "PLOVER",
            "version": null,
        },
        "coder": "marsad",
        "coded_date": null,
        "coded_time": null,
        "comment": comment.join("; "),
    }))
}

fn entity(case: &Case<'_>, actor: &EventActor) -> Value {
    let listed = case.listed(actor);
    let code = listed.and_then(|a| a.country.as_deref()).map(|country| case.world.codes.country(country).alpha3);
    json!({
        "code": code.filter(|code| !code.is_empty()),
        "sector": listed.and_then(|a| case.world.actors.sector(a)),
        "entity_text": actor.name,
        "identifier_id": null,
        "identifier_text": null,
        "religion": null,
        "ethnicity": null,
        "office": null,
        "gender": null,
        "age": null,
    })
}

fn location(case: &Case<'_>) -> Value {
    let Some(place) = &case.event.place else { return Value::Null };
    let [country, province, district] = case.world.divisions(place);
    let number = place.id.as_deref().and_then(|id| id.strip_prefix("geonames:")).and_then(|number| number.parse::<u64>().ok());
    let code = case.country.map(|country| case.world.codes.country(country).alpha3).filter(|code| !code.is_empty());
    json!({
        "extracted_place": place.name,
        "resolved_place": place.id.as_ref().map(|_| &place.name),
        "geonameid": number,
        "lat": place.lat,
        "lon": place.lon,
        "city": null,
        "district": district,
        "province": province,
        "country": country,
        "country_code": code,
        "feature_class": null,
        "feature_code": null,
        "resolution": case.place_code().plover,
    })
}
