//! What changed since a mark: told once, and never with a mark of another ledger.

use crate::collated::event;
use crate::sample::{Found, NOW, batch, copy, replace, writer};
use marsad_ledger::{Changes, EventDetail, GoneEvent, LedgerError, Mark, Writer};
use marsad_model::{Event, EventId};
use std::collections::BTreeSet;

/// Events of these claims; what each comes to hangs on its day.
fn find(writer: &mut Writer, events: &[(&[u32], &str)]) -> Vec<EventId> {
    let events: Vec<Event> = events.iter().map(|(claims, day)| event(claims, "battle.clash", Some(day), None)).collect();
    let sums = events.iter().map(|e| (e.id.clone(), serde_json::to_string(e).unwrap())).collect();
    let ids = events.iter().map(|e| e.id.clone()).collect();
    replace(writer, &Found { events, sums, ..Found::default() }, |_| EventDetail::default()).unwrap();
    ids
}

fn mark(writer: &Writer) -> Mark {
    writer.mark().unwrap().unwrap()
}

fn set(ids: &[&EventId]) -> BTreeSet<EventId> {
    ids.iter().map(|id| (*id).clone()).collect()
}

#[test]
fn what_changed_since_a_mark_is_told_and_what_stayed_is_not() {
    let dir = tempfile::tempdir().unwrap();
    let mut writer = writer(dir.path());
    writer.add(&batch(0..3), &[], NOW).unwrap();
    assert_eq!(writer.mark().unwrap(), None);
    let ids = find(&mut writer, &[(&[1], "2030-01-01"), (&[2], "2030-01-02"), (&[3], "2030-01-03")]);
    let first = mark(&writer);
    assert_eq!(writer.changes_since(&first).unwrap(), Changes::default());
    // Found again as it is: no new mark, whatever else was done.
    find(&mut writer, &[(&[1], "2030-01-01"), (&[2], "2030-01-02"), (&[3], "2030-01-03")]);
    assert_eq!(mark(&writer), first);

    // One is told otherwise, two become one, and one is new and gone again before the next mark is asked for.
    find(&mut writer, &[(&[1], "2030-01-09"), (&[2, 3], "2030-01-02"), (&[4], "2030-01-04")]);
    let second = mark(&writer);
    let after = find(&mut writer, &[(&[1], "2030-01-09"), (&[2, 3], "2030-01-02")]);
    let (kept, other) = if after[1] == ids[1] { (&ids[1], &ids[2]) } else { (&ids[2], &ids[1]) };
    let changes = writer.changes_since(&first).unwrap();
    assert_eq!(changes.changed, set(&[&ids[0], kept]));
    assert_eq!(changes.gone, [GoneEvent { id: other.clone(), now: Some(kept.clone()) }], "nobody knew of the fourth");
    let since_second = writer.changes_since(&second).unwrap();
    assert!(since_second.changed.is_empty() && since_second.gone.len() == 1 && since_second.gone[0].now.is_none());

    // An event that comes back is one that changed.
    find(&mut writer, &[(&[1], "2030-01-09"), (&[2], "2030-01-02"), (&[3], "2030-01-03")]);
    assert!(writer.changes_since(&second).unwrap().changed.contains(other));
    assert!(writer.verify_rows().unwrap().faults.is_empty());
}

#[test]
fn a_mark_of_another_ledger_is_none_here() {
    let dir = tempfile::tempdir().unwrap();
    let (here, there) = (dir.path().join("here"), dir.path().join("there"));
    let mut writer_here = writer(&here);
    writer_here.add(&batch(0..1), &[], NOW).unwrap();
    find(&mut writer_here, &[(&[1], "2030-01-01")]);
    let common = mark(&writer_here);
    drop(writer_here);
    // A copy that goes another way knows the marks that both have, and none of the other's own.
    copy(&here, &there);
    let (mut one, mut other) = (writer(&here), writer(&there));
    find(&mut one, &[(&[1], "2030-01-02")]);
    find(&mut other, &[(&[1], "2030-01-03")]);
    assert_eq!(other.changes_since(&common).unwrap().changed.len(), 1);
    for wrong in [mark(&one), Mark::parse("9-0123456789ab").unwrap()] {
        assert!(matches!(other.changes_since(&wrong), Err(LedgerError::OtherMark { .. })), "{wrong}");
    }
}
