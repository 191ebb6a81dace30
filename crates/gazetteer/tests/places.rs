//! What places lie in, where they are, and that the lists are sane.

use marsad_gazetteer::{Gazetteer, Place, PlaceKind, distance_km};

fn place(id: &str) -> Place<'static> {
    Gazetteer::embedded().get(id).unwrap_or_else(|| panic!("{id} is not listed"))
}

#[test]
fn settlements_lie_in_their_divisions() {
    let gazetteer = Gazetteer::embedded();
    for (inner, outer) in [
        ("geonames:170794", "geonames:170792"),               // Deir ez-Zor, its governorate
        ("geonames:174506", "geonames:170792"),               // Hajin
        ("marsad:sy-al-shafah", "geonames:174447"),           // Sha'fah, Abu Kamal district
        ("marsad:sy-al-shafah", "geonames:170792"),           // and the governorate
        ("marsad:sy-salah-al-din-aleppo", "geonames:170063"), // a quarter, its city
        ("marsad:sy-salah-al-din-aleppo", "geonames:170062"), // and the governorate
        ("geonames:99072", "geonames:92877"),                 // Mosul, Nineveh
        ("geonames:92138", "geonames:99592"),                 // al-Qaim, Anbar
        ("geonames:7802746", "geonames:98180"),               // Sadr City, Baghdad governorate
        ("marsad:iq-kukjali", "geonames:99237"),              // a quarter of Mosul, Iraq
    ] {
        assert!(gazetteer.contains(place(outer).at, place(inner).at), "{inner} is not in {outer}");
        assert!(!gazetteer.contains(place(inner).at, place(outer).at), "{outer} is in {inner}");
    }
    assert!(!gazetteer.contains(place("geonames:170062").at, place("geonames:170794").at), "Deir ez-Zor is not in Aleppo");
    assert_eq!(gazetteer.admin1(place("marsad:sy-al-shafah").at).unwrap().id.to_string(), "geonames:170792");
    assert_eq!(gazetteer.admin2(place("marsad:sy-al-shafah").at).unwrap().id.to_string(), "geonames:174447");
    assert_eq!(gazetteer.country(place("marsad:sy-al-shafah").at).unwrap().country, Some("SY"));
}

#[test]
fn regions_cover_what_lies_in_their_extent() {
    let gazetteer = Gazetteer::embedded();
    for (region, inside, outside) in [
        ("marsad:sy-eastern-ghouta", "geonames:170592", "geonames:170063"), // Douma; Aleppo
        ("marsad:sy-hauran", "geonames:170905", "geonames:170794"),         // Daraa; Deir ez-Zor
        ("marsad:sy-hajin-pocket", "geonames:174506", "geonames:92138"),    // Hajin; al-Qaim is across the border
        ("marsad:iq-kurdistan-region", "geonames:95446", "geonames:98717"), // Erbil; Ramadi
    ] {
        assert!(gazetteer.covers(place(region).at, place(inside).at), "{inside} is not in {region}");
        assert!(!gazetteer.covers(place(region).at, place(outside).at), "{outside} is in {region}");
    }
}

#[test]
fn a_place_without_a_point_borrows_one() {
    let gazetteer = Gazetteer::embedded();
    let quarter = place("marsad:sy-salah-al-din-aleppo");
    assert_eq!(quarter.point, None);
    let location = gazetteer.location(quarter.at).unwrap();
    assert_eq!(location.of, place("geonames:170063").at);
    assert!(location.accuracy_km >= 10);
    assert_eq!(gazetteer.distance_km(quarter.at, place("geonames:170063").at), Some(0.0));
}

#[test]
fn a_recalled_point_lies_near_its_container_and_owns_to_its_accuracy() {
    let gazetteer = Gazetteer::embedded();
    for place in gazetteer.places().filter(|p| p.id.to_string().starts_with("marsad:")) {
        let Some(point) = place.point else { continue };
        assert!(place.accuracy_km >= 10, "{}: a recalled point is good to 10 km at best", place.id);
        let Some((container, holder)) = place.container.map(|c| gazetteer.place(c)).and_then(|c| Some((c, c.point?))) else { continue };
        // Desert districts are hundreds of kilometres long, and their middle is that of their few towns.
        let reach = match container.kind {
            PlaceKind::Country => 950.0,
            PlaceKind::Admin1 => 250.0,
            PlaceKind::Admin2 => 140.0,
            _ => 30.0,
        };
        let km = distance_km(point, holder);
        assert!(km <= reach, "{} lies {km:.0} km from {} ({})", place.id, container.name_en, container.id);
        assert!(container.kind == PlaceKind::Settlement || place.country == container.country, "{}: country", place.id);
    }
}

#[test]
fn the_lists_are_whole() {
    let gazetteer = Gazetteer::embedded();
    assert!(gazetteer.len() > 240_000);
    let mut kinds = std::collections::BTreeMap::<PlaceKind, usize>::new();
    for place in gazetteer.places() {
        *kinds.entry(place.kind).or_default() += 1;
        assert!(!place.name_en.is_empty(), "{} has no name", place.id);
        assert!(place.kind != PlaceKind::Country || place.name_ar.is_some(), "{} has no Arabic name", place.id);
    }
    assert_eq!(kinds[&PlaceKind::Country], 250);
    let governorates = |country| gazetteer.places().filter(|p| p.kind == PlaceKind::Admin1 && p.country == Some(country)).count();
    assert_eq!((governorates("SY"), governorates("IQ")), (14, 19));
}

#[test]
fn ids_that_are_none() {
    for id in ["", "geonames:", "geonames:1", "geonames:-5", "geonames:99999999999", "marsad:", "marsad:nowhere", "174506", "zzz"] {
        assert_eq!(Gazetteer::embedded().get(id), None, "{id}");
    }
}
