//! The gazetteer: places by id and by name, and how they lie to one another.

use crate::compiled::Compiled;
use crate::distance::distance_km;
use crate::layout::{SOUNDS, WORDS};
use crate::place::{Candidate, Place, PlaceId, PlaceKind, PlaceRef};
use crate::spelling::{SPELLING, Spelling};
use fst::raw::Fst;
use std::collections::BTreeMap;
use std::sync::LazyLock;

static BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/places.bin"));

static EMBEDDED: LazyLock<Gazetteer> = LazyLock::new(|| {
    let compiled = Compiled::open(BYTES).expect("the build script wrote this very layout");
    Gazetteer {
        states: compiled.of_kind(PlaceKind::Country).filter_map(|place| Some((place.country?, place.at))).collect(),
        compiled,
        map: Fst::new(compiled.map).expect("the build script wrote a whole map"),
        spelling: Spelling::read(SPELLING).expect("the build script read this very table"),
    }
});

/// Places by id and by name. See [`Gazetteer::embedded`].
pub struct Gazetteer {
    pub(crate) compiled: Compiled<'static>,
    pub(crate) map: Fst<&'static [u8]>,
    pub(crate) spelling: Spelling,
    /// Countries by code.
    states: BTreeMap<&'static str, PlaceRef>,
}

impl std::fmt::Debug for Gazetteer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Gazetteer").field("places", &self.compiled.count).finish_non_exhaustive()
    }
}

/// A point that stands for a place, its own or its container's.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Location {
    /// Latitude and longitude in degrees.
    pub point: (f64, f64),
    /// How far the place may lie from it.
    pub accuracy_km: u16,
    /// Whose point it is.
    pub of: PlaceRef,
}

/// A recalled or borrowed point is never said to be better than this.
const BORROWED_ACCURACY_KM: u16 = 10;

impl Gazetteer {
    /// The gazetteer in the program.
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// How many places there are.
    pub fn len(&self) -> usize {
        self.compiled.count as usize
    }

    /// Is there no place at all?
    pub fn is_empty(&self) -> bool {
        self.compiled.count == 0
    }

    /// All places, in the order of their positions.
    pub fn places(&self) -> impl Iterator<Item = Place<'static>> + '_ {
        (0..self.compiled.count).filter_map(|at| self.compiled.place(at))
    }

    /// A place by position.
    ///
    /// # Panics
    /// Never, for a position that this gazetteer gave out.
    pub fn place(&self, at: PlaceRef) -> Place<'static> {
        self.compiled.place(at.0).expect("positions are given out by this gazetteer alone")
    }

    /// A place by id: `geonames:170794`, `marsad:sy-al-shafah`.
    pub fn get(&self, id: &str) -> Option<Place<'static>> {
        let wanted = match id.strip_prefix("geonames:") {
            Some(number) => PlaceId::GeoNames(number.parse().ok()?),
            None => PlaceId::Own(id),
        };
        // GeoNames' places come first, by number, then the others by id: the order of `PlaceId`.
        let (mut low, mut high) = (0, self.compiled.count);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.compiled.id(middle)? < wanted {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        self.compiled.place(low).filter(|place| place.id == wanted)
    }

    /// The country with this ISO 3166 alpha-2 code.
    pub fn state(&self, code: &str) -> Option<PlaceRef> {
        self.states.get(code).copied()
    }

    /// Do many spell this country's names in Latin letters each in their own way, because it writes them in Arabic or
    /// another script of its neighbourhood?
    pub fn is_near(&self, country: &str) -> bool {
        self.spelling.varies_in(country)
    }

    /// The places that bear this whole name in either script, whatever its article, blanks, marks and hamza.
    pub fn lookup_exact(&self, name: &str) -> Vec<Candidate> {
        let keys = self.spelling.word_keys(name);
        self.all(WORDS, keys.iter().map(|key| key.key.as_str()))
    }

    /// The places of Arabic-writing countries and their neighbours whose name in Latin letters sounds like this one.
    pub fn lookup_translit(&self, name: &str) -> Vec<Candidate> {
        let keys = self.spelling.sound_keys(name);
        self.all(SOUNDS, keys.iter().map(String::as_str))
    }

    fn all<'k>(&self, kind: u8, keys: impl Iterator<Item = &'k str>) -> Vec<Candidate> {
        let mut found = BTreeMap::<PlaceRef, Candidate>::new();
        for key in keys {
            let bytes = [&[kind], key.as_bytes()].concat();
            for one in self.map.get(bytes).into_iter().flat_map(|value| self.compiled.list(value.value())) {
                let kept = found.entry(one.place).or_insert(one);
                kept.with_article |= one.with_article;
                kept.without_article |= one.without_article;
                kept.alternate &= one.alternate;
                kept.abbreviation &= one.abbreviation;
            }
        }
        found.into_values().collect()
    }

    /// The candidates of a match.
    pub fn candidates(&self, found: &crate::Match) -> impl Iterator<Item = Candidate> + use<> {
        self.compiled.list(found.value)
    }

    /// What holds a place, from the nearest outwards; the place itself is not among them.
    pub fn containers(&self, of: PlaceRef) -> impl Iterator<Item = Place<'static>> + '_ {
        let up = move |at: PlaceRef| self.compiled.place(at.0).and_then(|place| place.container);
        std::iter::successors(up(of), move |&at| up(at)).filter_map(|at| self.compiled.place(at.0))
    }

    /// The first-order division a place lies in, or the place if it is one.
    pub fn admin1(&self, of: PlaceRef) -> Option<Place<'static>> {
        self.nearest(of, PlaceKind::Admin1)
    }

    /// The second-order division a place lies in, or the place if it is one. Many places have none in the lists.
    pub fn admin2(&self, of: PlaceRef) -> Option<Place<'static>> {
        self.nearest(of, PlaceKind::Admin2)
    }

    /// The country a place lies in, or the place if it is one.
    pub fn country(&self, of: PlaceRef) -> Option<Place<'static>> {
        self.nearest(of, PlaceKind::Country)
    }

    fn nearest(&self, of: PlaceRef, kind: PlaceKind) -> Option<Place<'static>> {
        self.compiled.place(of.0).into_iter().chain(self.containers(of)).find(|place| place.kind == kind)
    }

    /// Is this place the other, or does it hold it, by what the lists say? A region holds only what is listed in it: see
    /// [`Gazetteer::covers`].
    pub fn contains(&self, container: PlaceRef, place: PlaceRef) -> bool {
        container == place || self.containers(place).any(|c| c.at == container)
    }

    /// Does it hold the place, or is it a region (or water, or desert) within whose extent the place lies? Extents are
    /// discs, so that near an edge this errs on the side of yes.
    pub fn covers(&self, container: PlaceRef, place: PlaceRef) -> bool {
        if self.contains(container, place) {
            return true;
        }
        let Some(region) = self.compiled.place(container.0).filter(|r| matches!(r.kind, PlaceKind::Region | PlaceKind::Water)) else {
            return false;
        };
        let elsewhere = region.country.is_some() && self.compiled.place(place.0).is_none_or(|p| p.country != region.country);
        let near = || self.distance_km(container, place).is_some_and(|km| km <= f64::from(region.accuracy_km));
        !elsewhere && near()
    }

    /// Where a place is: its own point, else that of what holds it directly or further up, with the accuracy that leaves.
    /// A point of a whole country stands for nothing in it.
    pub fn location(&self, of: PlaceRef) -> Option<Location> {
        let place = self.compiled.place(of.0)?;
        if let Some(point) = place.point {
            return Some(Location { point, accuracy_km: place.accuracy_km, of });
        }
        let (holder, point) = self
            .containers(of)
            .take_while(|holder| holder.kind != PlaceKind::Country)
            .find_map(|holder| holder.point.map(|point| (holder, point)))?;
        Some(Location { point, accuracy_km: holder.accuracy_km.max(BORROWED_ACCURACY_KM), of: holder.at })
    }

    /// Kilometres between two places by [`Gazetteer::location`]; none where one has no location.
    pub fn distance_km(&self, a: PlaceRef, b: PlaceRef) -> Option<f64> {
        Some(distance_km(self.location(a)?.point, self.location(b)?.point))
    }
}
