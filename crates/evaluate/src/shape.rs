//! What shape a coded table has, by its header; data, read from `world/coded_tables.toml` and `world/coded_values.tsv`.

use crate::EvaluateError;
use crate::fold::{column, key};
use marsad_knowledge::Files;
use marsad_table::Table;
use serde::Deserialize;
use std::collections::BTreeMap;

const TABLES: &str = "world/coded_tables.toml";
const VALUES: &str = "world/coded_values.tsv";

/// Our names of the columns that can be mapped.
pub const FIELDS: &[&str] = &[
    "id",
    "date",
    "date_end",
    "date_precision",
    "place",
    "latitude",
    "longitude",
    "place_precision",
    "division",
    "country",
    "type",
    "initiator",
    "target",
    "deaths",
    "deaths_min",
    "deaths_max",
    "injuries",
    "injuries_min",
    "injuries_max",
    "means",
];

/// The shapes that are known, what their words mean, and when a row and an event are one.
#[derive(Debug)]
pub struct Shapes {
    known: Vec<Shape>,
    /// Points and bounds of matching.
    pub(crate) matching: Matching,
    /// By shape, field and folded value.
    values: BTreeMap<(String, String, String), Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    matching: Matching,
    shape: Vec<Shape>,
}

/// Points and bounds of matching; what each is for stands beside it in the file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Matching {
    pub(crate) days: i32,
    pub(crate) near_km: f64,
    pub(crate) within_km: f64,
    pub(crate) far_days: i32,
    pub(crate) far_km: f64,
    pub(crate) same_day: i32,
    pub(crate) near_day: i32,
    pub(crate) far_day: i32,
    pub(crate) same_place: i32,
    pub(crate) near_place: i32,
    pub(crate) far_place: i32,
    pub(crate) same_type: i32,
    pub(crate) same_class: i32,
    pub(crate) other_class: i32,
    pub(crate) same_actor: i32,
    pub(crate) other_actor: i32,
    pub(crate) same_deaths: i32,
    pub(crate) same_injuries: i32,
    pub(crate) least: i32,
    pub(crate) least_without: i32,
    pub(crate) vague_days: i32,
    pub(crate) left_open: BTreeMap<String, Vec<String>>,
}

/// Do a table's two actor columns say who did it to whom?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Sides {
    Ordered,
    Either,
}

/// A set of columns that belong together.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shape {
    /// What it is called.
    pub name: String,
    #[allow(dead_code)] // for whoever reads the file
    basis: String,
    known_by: Vec<String>,
    pub(crate) sides: Sides,
    pub(crate) silent_zero: bool,
    #[serde(default)]
    pub(crate) civilians_only: bool,
    pub(crate) date_formats: Vec<String>,
    columns: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub(crate) date_precision: BTreeMap<String, i32>,
    #[serde(default)]
    pub(crate) place_precision: BTreeMap<String, f64>,
}

/// Which columns of one table hold which of our fields.
#[derive(Debug, Clone)]
pub struct Mapping {
    /// The table's shape.
    pub shape: Shape,
    /// Positions of columns, by our field; the first that is filled counts.
    columns: BTreeMap<String, Vec<usize>>,
}

impl Shapes {
    /// Read and check them.
    pub fn load(files: &Files) -> Result<Self, EvaluateError> {
        let file: File = toml::from_str(files.get(TABLES)).map_err(|e| EvaluateError::Rules { file: TABLES, what: e.to_string() })?;
        for shape in &file.shape {
            if let Some(wrong) = shape.columns.keys().find(|field| !FIELDS.contains(&field.as_str())) {
                return Err(EvaluateError::Rules { file: TABLES, what: format!("`{wrong}` is no field; there are {}", FIELDS.join(", ")) });
            }
        }
        let mut values = BTreeMap::new();
        for row in Table::read(VALUES, files.get(VALUES), &["shape", "field", "value", "ours", "basis"])?.rows() {
            row.need("basis")?;
            let ours: Vec<String> = row.list("ours").map(str::to_owned).collect();
            values.insert((row.get("shape").to_owned(), row.need("field")?.to_owned(), key(row.need("value")?)), ours);
        }
        Ok(Self { known: file.shape, matching: file.matching, values })
    }

    /// The shape of a table with this header, and its columns by field. `given` are pairs of our field and their column.
    pub fn map(&self, header: &[&str], given: &[(String, String)]) -> Result<Mapping, EvaluateError> {
        let theirs: Vec<String> = header.iter().map(|h| column(h)).collect();
        let has = |name: &String| theirs.contains(name);
        let shape = self.known.iter().find(|s| s.known_by.iter().all(has)).or(self.known.last());
        let shape = shape.ok_or_else(|| EvaluateError::Rules { file: TABLES, what: "no shape is listed".to_owned() })?.clone();
        let mut columns = BTreeMap::new();
        for (field, names) in &shape.columns {
            let at: Vec<usize> = names.iter().filter_map(|name| theirs.iter().position(|t| t == name)).collect();
            if !at.is_empty() {
                columns.insert(field.clone(), at);
            }
        }
        for (field, name) in given {
            if !FIELDS.contains(&field.as_str()) {
                return Err(EvaluateError::NoField { field: field.clone() });
            }
            let at = theirs.iter().position(|t| *t == column(name));
            let at = at.ok_or_else(|| EvaluateError::NoColumn { column: name.clone(), there: header.join(", ") })?;
            columns.insert(field.clone(), vec![at]);
        }
        if !columns.contains_key("date") {
            return Err(EvaluateError::Unmapped { what: "date", there: header.join(", ") });
        }
        if !["place", "latitude"].iter().any(|field| columns.contains_key(*field)) {
            return Err(EvaluateError::Unmapped { what: "place", there: header.join(", ") });
        }
        Ok(Mapping { shape, columns })
    }

    /// What a value means in ours; `None` where no row says so.
    pub(crate) fn meaning(&self, shape: &Shape, field: &str, value: &str) -> Option<&[String]> {
        let folded = key(value);
        let of = |shape: &str| self.values.get(&(shape.to_owned(), field.to_owned(), folded.clone())).map(Vec::as_slice);
        of(&shape.name).or_else(|| of(""))
    }
}

impl Mapping {
    /// The filled cells of a field, in the order in which they count.
    pub(crate) fn cells<'r>(&self, field: &str, record: &'r csv::StringRecord) -> impl Iterator<Item = &'r str> {
        let at = self.columns.get(field).into_iter().flatten();
        at.filter_map(|&i| record.get(i)).map(str::trim).filter(|cell| !cell.is_empty()).collect::<Vec<_>>().into_iter()
    }

    /// Our fields with the columns that hold them, for the user to check.
    pub fn told(&self, header: &[&str]) -> Vec<(String, String)> {
        let name = |at: &Vec<usize>| at.iter().filter_map(|&i| header.get(i).copied()).collect::<Vec<_>>().join(", else ");
        self.columns.iter().map(|(field, at)| (field.clone(), name(at))).collect()
    }
}
