//! The gazetteer: places by id and by name, and how they lie to one another.

use crate::distance::distance_km;
use crate::layer::Layer;
use crate::layout::{SOUNDS, WORDS};
use crate::place::{Candidate, Place, PlaceId, PlaceKind, PlaceRef};
use crate::spelling::{SPELLING, Spelling};
use std::collections::BTreeMap;
use std::sync::LazyLock;

static BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/places.bin"));

static EMBEDDED: LazyLock<Gazetteer> = LazyLock::new(|| {
    let own = Layer::open(BYTES, None, 0).expect("the build script wrote this very layout");
    Gazetteer::of(vec![own])
});

/// Places by id and by name. See [`Gazetteer::embedded`].
pub struct Gazetteer {
    /// The program's own list, then a user's.
    pub(crate) layers: Vec<Layer>,
    pub(crate) spelling: Spelling,
    /// Countries by code.
    states: BTreeMap<&'static str, PlaceRef>,
}

impl std::fmt::Debug for Gazetteer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Gazetteer").field("places", &self.len()).finish_non_exhaustive()
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

    fn of(layers: Vec<Layer>) -> Self {
        let own = layers.first().into_iter().flat_map(|own| own.compiled.of_kind(PlaceKind::Country));
        let states = own.filter_map(|place| Some((place.country?, place.at))).collect();
        Self { layers, spelling: Spelling::read(SPELLING).expect("the build script read this very table"), states }
    }

    /// The gazetteer in the program with compiled lists of a user over it, which it keeps for as long as the program runs;
    /// none where one of them was not compiled by this version.
    pub fn with(lists: Vec<Vec<u8>>) -> Option<&'static Self> {
        if lists.is_empty() {
            return Some(Self::embedded());
        }
        let mut layers = vec![Layer::open(BYTES, None, 0)?];
        for bytes in lists {
            let first = layers.last()?.end();
            let layer = Layer::open(Vec::leak(bytes), layers.first(), first)?;
            layers.push(layer);
        }
        Some(Box::leak(Box::new(Self::of(layers))))
    }

    /// How many places there are.
    pub fn len(&self) -> usize {
        self.layers.iter().map(|layer| layer.compiled.count as usize).sum()
    }

    /// Is there no place at all?
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn at(&self, at: PlaceRef) -> Option<Place<'static>> {
        let layer = self.layers.iter().rev().find(|layer| layer.first <= at.0)?;
        let inside = at.0 - layer.first;
        let mut place = layer.place(inside)?;
        if let Some(id) = layer.compiled.container_elsewhere(inside) {
            place.container = self.find(id);
        }
        Some(place)
    }

    fn find(&self, id: &str) -> Option<PlaceRef> {
        let wanted = match id.strip_prefix("geonames:") {
            Some(number) => PlaceId::GeoNames(number.parse().ok()?),
            None => PlaceId::Own(id),
        };
        self.layers.iter().find_map(|layer| layer.find(wanted).map(|at| layer.outward(at)))
    }

    /// All places, in the order of their positions.
    pub fn places(&self) -> impl Iterator<Item = Place<'static>> + '_ {
        (0..self.layers.last().map_or(0, Layer::end)).filter_map(|at| self.at(PlaceRef(at)))
    }

    /// A place by position.
    ///
    /// # Panics
    /// Never, for a position that this gazetteer gave out.
    pub fn place(&self, at: PlaceRef) -> Place<'static> {
        self.at(at).expect("positions are given out by this gazetteer alone")
    }

    /// A place by id: `geonames:170794`, `marsad:sy-al-shafah`.
    pub fn get(&self, id: &str) -> Option<Place<'static>> {
        self.at(self.find(id)?)
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
            for one in self.layers.iter().flat_map(|layer| layer.map.get(&bytes).into_iter().flat_map(|v| layer.list(v.value()))) {
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
    pub fn candidates(&self, found: &crate::Match) -> impl Iterator<Item = Candidate> + use<'_> {
        let (layer, value) = (self.layers.get(usize::from(found.layer)), found.value);
        layer.into_iter().flat_map(move |layer| layer.list(value))
    }

    /// What holds a place, from the nearest outwards; the place itself is not among them.
    pub fn containers(&self, of: PlaceRef) -> impl Iterator<Item = Place<'static>> + '_ {
        let up = move |at: PlaceRef| self.at(at).and_then(|place| place.container);
        std::iter::successors(up(of), move |&at| up(at)).filter_map(|at| self.at(at))
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
        self.at(of).into_iter().chain(self.containers(of)).find(|place| place.kind == kind)
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
        let Some(region) = self.at(container).filter(|r| matches!(r.kind, PlaceKind::Region | PlaceKind::Water)) else {
            return false;
        };
        let elsewhere = region.country.is_some() && self.at(place).is_none_or(|p| p.country != region.country);
        let near = || self.distance_km(container, place).is_some_and(|km| km <= f64::from(region.accuracy_km));
        !elsewhere && near()
    }

    /// Where a place is: its own point, else that of what holds it directly or further up, with the accuracy that leaves.
    /// A point of a whole country stands for nothing in it.
    pub fn location(&self, of: PlaceRef) -> Option<Location> {
        let place = self.at(of)?;
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
