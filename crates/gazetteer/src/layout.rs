//! The compiled gazetteer's bytes, as the build script writes them and the program reads them in place.
//!
//! Header, records of one width, names, lists of places, then the map from keys. Integers are little-endian, so that
//! the same bytes come out on every machine.

/// What the compiled bytes begin with; the digit changes with the layout.
pub(crate) const MAGIC: [u8; 4] = *b"MGZ2";
/// Magic, number of places, number of those from GeoNames, then where names, lists, map and end begin.
pub(crate) const HEADER: usize = 28;
/// Bytes of one place.
pub(crate) const RECORD: usize = 36;
/// No point, no container.
pub(crate) const NO_POINT: i32 = i32::MIN;
pub(crate) const NO_PLACE: u32 = u32::MAX;
/// A container with this bit lies in another list; the rest says where its id stands among the names.
pub(crate) const ELSEWHERE: u32 = 1 << 31;
/// Degrees are kept in hundred-thousandths: about a metre.
pub(crate) const DEGREE: f64 = 100_000.0;

/// In a list of places: the name is listed with an article that its key lacks.
pub(crate) const WITH_ARTICLE: u32 = 1;
/// In a list of places: the name is listed without one.
pub(crate) const WITHOUT_ARTICLE: u32 = 2;
/// In a list of places: one of many names GeoNames collected, neither shown nor vouched for here.
pub(crate) const ALTERNATE: u32 = 4;
/// In a list of places: the name is an abbreviation, written with a full stop.
pub(crate) const ABBREVIATION: u32 = 8;
/// Bits of a list's entry below the place.
pub(crate) const FLAG_BITS: u32 = 4;

/// The first byte of a key says what is compared: written words, or sounds.
pub(crate) const WORDS: u8 = b'w';
pub(crate) const SOUNDS: u8 = b's';

/// What a place is the seat of, in the order of their codes.
#[allow(dead_code, reason = "written by the build script only")]
pub(crate) const SEATS: [&str; 3] = ["", "division", "country"];

/// The kinds of place in the order of their codes.
pub(crate) const KINDS: [&str; 14] = [
    "country",
    "admin1",
    "admin2",
    "settlement",
    "quarter",
    "camp",
    "crossing",
    "field",
    "road",
    "facility",
    "region",
    "water",
    "base",
    "place",
];
