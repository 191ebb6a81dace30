//! One compiled list among those that a gazetteer has: the program's own first, then a user's.

use crate::compiled::Compiled;
use crate::place::{Candidate, Place, PlaceId, PlaceRef};
use fst::raw::Fst;

/// A compiled list. Its places are numbered from `first` on, so that a position tells its layer.
pub(crate) struct Layer {
    pub(crate) compiled: Compiled<'static>,
    pub(crate) map: Fst<&'static [u8]>,
    pub(crate) first: u32,
    /// Places that the program's own list has as well, by position here, and their positions there.
    same: Vec<(u32, PlaceRef)>,
}

impl Layer {
    /// A list over those before it; none where the bytes are no compiled list of this layout.
    pub(crate) fn open(bytes: &'static [u8], before: Option<&Layer>, first: u32) -> Option<Self> {
        let compiled = Compiled::open(bytes)?;
        let map = Fst::new(compiled.map).ok()?;
        let same = before.map(|own| same(&own.compiled, &compiled)).unwrap_or_default();
        Some(Self { compiled, map, first, same })
    }

    /// The position after its last place.
    pub(crate) fn end(&self) -> u32 {
        self.first + self.compiled.count
    }

    /// The position among all layers of a position in this one.
    pub(crate) fn outward(&self, at: u32) -> PlaceRef {
        match self.same.binary_search_by_key(&at, |s| s.0) {
            Ok(i) => self.same[i].1,
            Err(_) => PlaceRef(self.first + at),
        }
    }

    /// A place by its position in this layer. A container in another layer is left to the caller.
    pub(crate) fn place(&self, at: u32) -> Option<Place<'static>> {
        let place = self.compiled.place(at)?;
        Some(Place { at: PlaceRef(self.first + at), container: place.container.map(|c| self.outward(c.0)), ..place })
    }

    /// The position in this layer of the place with an id.
    pub(crate) fn find(&self, wanted: PlaceId) -> Option<u32> {
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
        (self.compiled.id(low)? == wanted).then_some(low)
    }

    /// The places that a value of the map stands for.
    pub(crate) fn list(&self, value: u64) -> impl Iterator<Item = Candidate> + use<'_> {
        self.compiled.list(value).map(|c| Candidate { place: self.outward(c.place.0), ..c })
    }
}

/// Where both lists have a place of GeoNames, walking them side by side.
fn same(own: &Compiled, other: &Compiled) -> Vec<(u32, PlaceRef)> {
    let (mut same, mut a) = (Vec::new(), 0);
    for b in 0..other.from_geonames {
        let Some(id) = other.id(b) else { break };
        while a < own.from_geonames && own.id(a).is_some_and(|known| known < id) {
            a += 1;
        }
        if own.id(a).is_some_and(|known| known == id) {
            same.push((b, PlaceRef(a)));
        }
    }
    same
}
