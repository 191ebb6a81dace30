//! The columns that others read by: as their owners list them.

use marsad_export::{ACLED_COLUMNS, EVENTS, GED_COLUMNS};
use std::collections::BTreeSet;

#[test]
fn acled_has_its_31_columns_in_their_order() {
    let listed = "event_id_cnty, event_date, year, time_precision, disorder_type, event_type, sub_event_type, actor1, assoc_actor_1, \
        inter1, actor2, assoc_actor_2, inter2, interaction, civilian_targeting, iso, region, country, admin1, admin2, admin3, location, \
        latitude, longitude, geo_precision, source, source_scale, notes, fatalities, tags, timestamp";
    assert_eq!(ACLED_COLUMNS, listed.split(", ").collect::<Vec<_>>());
    assert_eq!(ACLED_COLUMNS.len(), 31);
}

#[test]
fn ged_has_its_49_columns_in_their_order() {
    let listed = "id, relid, year, active_year, code_status, type_of_violence, conflict_dset_id, conflict_new_id, conflict_name, \
        dyad_dset_id, dyad_new_id, dyad_name, side_a_dset_id, side_a_new_id, side_a, side_b_dset_id, side_b_new_id, side_b, \
        number_of_sources, source_article, source_office, source_date, source_headline, source_original, where_prec, where_coordinates, \
        where_description, adm_1, adm_2, latitude, longitude, geom_wkt, priogrid_gid, country, country_id, region, event_clarity, \
        date_prec, date_start, date_end, deaths_a, deaths_b, deaths_civilians, deaths_unknown, best, high, low, gwnoa, gwnob";
    assert_eq!(GED_COLUMNS, listed.split(", ").collect::<Vec<_>>());
    assert_eq!(GED_COLUMNS.len(), 49);
}

#[test]
fn no_name_stands_for_two_columns() {
    assert_eq!(EVENTS.iter().map(|column| column.name).collect::<BTreeSet<_>>().len(), EVENTS.len());
}
