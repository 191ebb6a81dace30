//! A place as a list tells it, before it is compiled.

use crate::layout::KINDS;

/// A name of a place.
pub(crate) struct Name {
    pub(crate) text: String,
    /// One of many that GeoNames collected.
    pub(crate) alternate: bool,
}

/// A place as its row tells it.
pub(crate) struct Source {
    pub(crate) id: String,
    pub(crate) kind: u8,
    pub(crate) name_en: String,
    pub(crate) name_ar: String,
    pub(crate) names: Vec<Name>,
    pub(crate) point: Option<(f64, f64)>,
    pub(crate) accuracy_km: u16,
    pub(crate) country: String,
    pub(crate) container: Option<String>,
    pub(crate) population: u32,
    pub(crate) seat: u8,
}

impl Source {
    /// GeoNames' number, for its places.
    pub(crate) fn number(&self) -> Option<u32> {
        self.id.strip_prefix("geonames:").and_then(|n| n.parse().ok())
    }

    /// Is it a town, village or quarter from GeoNames' long list?
    pub(crate) fn is_settlement_of_geonames(&self) -> bool {
        self.number().is_some() && matches!(KINDS[usize::from(self.kind)], "settlement" | "quarter")
    }
}
