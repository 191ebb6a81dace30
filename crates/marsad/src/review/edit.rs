//! `ATTRIBUTE=VALUE` of a claim, as a person types it.

use anyhow::{Context, Result, bail, ensure};
use jiff::civil::Date;
use marsad_decision::{ActorValue, CasualtiesValue, MeansValue, TimeValue, Value};
use marsad_knowledge::Actors;
use marsad_model::{ActorRole, Claim, Harm, PeopleGroup, PersonStatus, Span, TimePrecision};
use serde::de::DeserializeOwned;

const NONE: &str = "none";

/// The values that these words give, each laid over what the claim has now.
pub(super) fn values(words: &[String], now: &Claim<Span>, actors: &Actors) -> Result<Vec<Value>> {
    let mut values: Vec<Value> = Vec::new();
    for words in words {
        let (attribute, value) = words.split_once('=').with_context(|| format!("`{words}` is not ATTRIBUTE=VALUE"))?;
        let new = one(attribute.trim(), value.trim(), now, actors, &values).with_context(|| format!("in `{words}`"))?;
        match values.iter_mut().find(|v| v.part() == new.part()) {
            Some(same) => *same = new,
            None => values.push(new),
        }
    }
    Ok(values)
}

fn word<T: DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(word.to_owned())).ok()
}

fn needed<T: DeserializeOwned>(value: &str) -> Result<T> {
    word(value).with_context(|| format!("`{value}` is none of the words for this"))
}

fn one(attribute: &str, value: &str, now: &Claim<Span>, actors: &Actors, before: &[Value]) -> Result<Value> {
    Ok(match attribute {
        "type" => Value::Type(needed(value)?),
        "level" => Value::Level(needed(value)?),
        "status" => Value::Status(needed(value)?),
        "modality" => Value::Modality(needed(value)?),
        "polarity" => Value::Polarity(needed(value)?),
        "intent" => Value::Intent(if value == NONE { None } else { Some(needed(value)?) }),
        "time" => Value::Time(if value == NONE { None } else { Some(time(value)?) }),
        "means" if value == NONE => Value::Means(Vec::new()),
        "means" => {
            Value::Means(value.split(',').map(|kind| Ok(MeansValue { kind: needed(kind.trim())?, count: None })).collect::<Result<_>>()?)
        }
        other => {
            if let Some(role) = word::<ActorRole>(other) {
                return Ok(Value::Actors(with_actor(role, value, list(before, now), actors)));
            }
            let mut parts = other.split(':').map(str::trim);
            let Some(harm) = parts.next().and_then(word::<Harm>) else { bail!("a claim has no attribute `{attribute}`") };
            let (mut group, mut status) = (None, None);
            for part in parts {
                match (word::<PersonStatus>(part), word::<PeopleGroup>(part)) {
                    (Some(told), _) => status = Some(told),
                    (None, Some(told)) => group = Some(told),
                    (None, None) => bail!("`{part}` is neither a group of people nor a status (civilian, combatant, unknown)"),
                }
            }
            Value::Casualties(with_harm(harm, (group, status), value, harms(before, now))?)
        }
    })
}

/// The actors as an earlier word of the same command left them, else as the claim has them.
fn list(before: &[Value], now: &Claim<Span>) -> Vec<ActorValue> {
    match before.iter().find(|v| matches!(v, Value::Actors(_))).cloned().unwrap_or_else(|| Value::of(now, &Value::Actors(Vec::new()))) {
        Value::Actors(actors) => actors,
        _ => Vec::new(),
    }
}

fn harms(before: &[Value], now: &Claim<Span>) -> Vec<CasualtiesValue> {
    let found = before.iter().find(|v| matches!(v, Value::Casualties(_))).cloned();
    match found.unwrap_or_else(|| Value::of(now, &Value::Casualties(Vec::new()))) {
        Value::Casualties(all) => all,
        _ => Vec::new(),
    }
}

/// The actors with this one alone in its role.
fn with_actor(role: ActorRole, value: &str, mut all: Vec<ActorValue>, actors: &Actors) -> Vec<ActorValue> {
    all.retain(|a| a.role != role);
    if value != NONE {
        let known = actors.get(value);
        let name = known.map_or(value, |a| a.name_en.as_str()).to_owned();
        all.push(ActorValue { role, id: known.map(|_| value.to_owned()), name });
    }
    all
}

/// The harm with this number alone for its sort. Where no sort is named and only one is told, that is meant; a status that is not
/// named stays as it is.
fn with_harm(
    harm: Harm,
    (group, status): (Option<PeopleGroup>, Option<PersonStatus>),
    value: &str,
    mut all: Vec<CasualtiesValue>,
) -> Result<Vec<CasualtiesValue>> {
    let mut told = all.iter().filter(|c| c.harm == harm).map(|c| c.group);
    let only = told.next().filter(|_| told.next().is_none()).flatten();
    let group = group.or(only);
    let told = all.iter().find(|c| c.harm == harm && c.group == group).map_or(PersonStatus::Unknown, |c| c.status);
    let status = status.unwrap_or(told);
    all.retain(|c| c.harm != harm || c.group != group);
    if value != NONE {
        let (min, max) = range(value)?;
        all.push(CasualtiesValue { harm, status, group, min, max });
    }
    Ok(all)
}

/// `5`, `3-7`, `200+`, `some`.
fn range(text: &str) -> Result<(Option<u32>, Option<u32>)> {
    let number = |t: &str| t.trim().parse::<u32>().with_context(|| format!("`{t}` is no number"));
    if text == "some" {
        return Ok((None, None));
    }
    if let Some(least) = text.strip_suffix('+') {
        return Ok((Some(number(least)?), None));
    }
    let (low, high) = text.split_once(['-', '–']).unwrap_or((text, text));
    let (low, high) = (number(low)?, number(high)?);
    ensure!(low <= high, "{low} is more than {high}");
    Ok((Some(low), Some(high)))
}

/// A day, two days with a stroke between them, or a month.
fn time(text: &str) -> Result<TimeValue> {
    let day = |t: &str| t.trim().parse::<Date>().with_context(|| format!("`{t}` is no day"));
    if let Some((first, last)) = text.split_once('/') {
        let (start, end) = (day(first)?, day(last)?);
        ensure!(start <= end, "{start} is later than {end}");
        return Ok(TimeValue { start, end: Some(end), precision: TimePrecision::Day });
    }
    if let Ok(start) = format!("{text}-01").parse::<Date>() {
        return Ok(TimeValue { start, end: Some(start.last_of_month()), precision: TimePrecision::Month });
    }
    let start = day(text)?;
    Ok(TimeValue { start, end: Some(start), precision: TimePrecision::Day })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_days_are_read_as_typed() {
        assert_eq!(range("5").unwrap(), (Some(5), Some(5)));
        assert_eq!(range("3-7").unwrap(), (Some(3), Some(7)));
        assert_eq!(range("200+").unwrap(), (Some(200), None));
        assert_eq!(range("some").unwrap(), (None, None));
        assert!(range("7-3").is_err() && range("many").is_err() && range("").is_err());
        let of = |t: &str| time(t).map(|t| (t.start.to_string(), t.end.unwrap().to_string(), t.precision)).ok();
        assert_eq!(of("2031-03-12"), Some(("2031-03-12".to_owned(), "2031-03-12".to_owned(), TimePrecision::Day)));
        assert_eq!(of("2031-02"), Some(("2031-02-01".to_owned(), "2031-02-28".to_owned(), TimePrecision::Month)));
        assert_eq!(of("2031-03-12/2031-03-14").map(|t| t.1), Some("2031-03-14".to_owned()));
        assert_eq!((of("2031-03-14/2031-03-12"), of("today")), (None, None));
    }
}
