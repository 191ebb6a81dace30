//! Events for tests.

use marsad_model::{
    AirwarsGrade, Count, CountScope, Event, EventCasualties, EventId, Grade, Harm, Level, OccurrenceGrade, PersonStatus, Support,
};

pub(crate) fn event(event_type: &str) -> Event {
    Event {
        id: EventId::from("e:1"),
        event_type: event_type.parse().unwrap(),
        level: Level::Incident,
        part_of: None,
        summary: "Shells fell on the bridge.".to_owned(),
        time: None,
        place: None,
        actors: Vec::new(),
        casualties: Vec::new(),
        means: Vec::new(),
        reports: 1,
        origins: 1,
        support: Support { independent: 0, untraced: 1 },
        agreed: Vec::new(),
        disagreements: Vec::new(),
        positions: Vec::new(),
        grade: Grade { occurrence: OccurrenceGrade::Untraced, contested: Vec::new(), airwars: AirwarsGrade::Weak, because: Vec::new() },
        claims: Vec::new(),
    }
}

pub(crate) fn harmed(status: PersonStatus, min: Option<u32>, max: Option<u32>) -> EventCasualties {
    let (harm, group, affiliation) = (Harm::Killed, None, None);
    EventCasualties { harm, status, group, affiliation, min, max, count: Count::Exact, scope: CountScope::Event }
}
