//! What the API is, in OpenAPI 3.1: made of the addresses below, the parameters that `query` reads, and the table of shapes.

use crate::bundle::BUNDLE;
use crate::decisions::{DECISIONS, QUEUE};
use crate::export::EXPORT;
use crate::inbox::INBOX;
use crate::query::{FILTER, PAGING};
use crate::reports::{ASIDE_BY, REPORTS, SEARCH};
use crate::second::SECOND;
use serde_json::{Map, Value, json};

/// The table of shapes.
const SHAPES: &str = include_str!("shapes.tsv");

/// An address and what is answered there.
struct Operation {
    path: &'static str,
    summary: &'static str,
    parameters: &'static [&'static [&'static str]],
    /// A shape, or nothing where the answer is no JSON of ours.
    answer: Option<&'static str>,
    /// Other media types of the answer.
    also: &'static [&'static str],
}

const OPERATIONS: &[Operation] = &[
    Operation {
        path: "/events",
        summary: "Events that pass a filter",
        parameters: &[FILTER, PAGING],
        answer: Some("Events"),
        also: &["application/geo+json", "text/csv"],
    },
    Operation {
        path: "/events/counts",
        summary: "How they spread over types, actors, places, months",
        parameters: &[FILTER],
        answer: Some("Counts"),
        also: &[],
    },
    Operation {
        path: "/export",
        summary: "The events of a filter as a file, in one of the formats of `marsad export`",
        parameters: &[FILTER, EXPORT],
        answer: None,
        also: &["application/jsonl", "text/csv", "application/vnd.apache.parquet", "application/geo+json", "text/plain", "text/html"],
    },
    Operation { path: "/events/{id}", summary: "All that is known of one event", parameters: &[], answer: Some("Dossier"), also: &[] },
    Operation {
        path: "/events/{id}/victims",
        summary: "Whom its claims name as harmed",
        parameters: &[],
        answer: Some("Victims"),
        also: &[],
    },
    Operation { path: "/reports", summary: "Reports", parameters: &[REPORTS], answer: Some("Reports"), also: &[] },
    Operation { path: "/reports/{id}", summary: "A report to be read", parameters: &[&["q"]], answer: Some("ReportPage"), also: &[] },
    Operation {
        path: "/reports/{id}/original",
        summary: "Its sealed bytes, to be kept and never to be rendered",
        parameters: &[],
        answer: None,
        also: &["text/plain", "application/octet-stream"],
    },
    Operation {
        path: "/aside/{id}/original",
        summary: "The sealed bytes, by their SHA-256, of what could not be read; to be kept and never to be rendered",
        parameters: &[],
        answer: None,
        also: &["text/plain", "application/octet-stream"],
    },
    Operation {
        path: "/reports/{id}/lineage",
        summary: "The reports that it is tied to",
        parameters: &[],
        answer: Some("LineageGraph"),
        also: &[],
    },
    Operation { path: "/claims/{id}", summary: "What one report says", parameters: &[], answer: Some("Claim"), also: &[] },
    Operation { path: "/search", summary: "Reports in which words stand", parameters: &[SEARCH], answer: Some("Hits"), also: &[] },
    Operation { path: "/sources", summary: "Who published the reports", parameters: &[], answer: Some("Sources"), also: &[] },
    Operation { path: "/aside", summary: "What was set aside", parameters: &[ASIDE_BY], answer: Some("Aside"), also: &[] },
    Operation {
        path: "/inbox",
        summary: "Reports by where they are in the day's work, those that came in last first",
        parameters: &[INBOX],
        answer: Some("Inbox"),
        also: &[],
    },
    Operation {
        path: "/second",
        summary: "A report for a second coder, without anything that people ruled; the scope `second` is enough",
        parameters: &[SECOND],
        answer: Some("Blind"),
        also: &[],
    },
    Operation {
        path: "/agreement",
        summary: "How far second coders agree with those who ruled first, field by field",
        parameters: &[],
        answer: Some("CoderAgreement"),
        also: &[],
    },
    Operation {
        path: "/queue",
        summary: "Claims that nobody ruled on, the least certain first",
        parameters: &[QUEUE],
        answer: Some("Queue"),
        also: &[],
    },
    Operation {
        path: "/decisions",
        summary: "What people ruled, in the order in which they did",
        parameters: &[DECISIONS],
        answer: Some("Decisions"),
        also: &[],
    },
    Operation { path: "/status", summary: "What the ledger holds", parameters: &[], answer: Some("Status"), also: &[] },
    Operation {
        path: "/stream",
        summary: "Server-sent events: `ledger` with a Status at once and after every change",
        parameters: &[],
        answer: None,
        also: &["text/event-stream"],
    },
    Operation {
        path: "/tiles",
        summary: "A stretch (`Range: bytes=FIRST-LAST`) of the user's own map tiles, where some were given",
        parameters: &[],
        answer: None,
        also: &["application/vnd.pmtiles"],
    },
    Operation { path: "/openapi.json", summary: "This description", parameters: &[], answer: None, also: &["application/json"] },
];

/// Each parameter: its type and what it says.
const PARAMETERS: &[(&str, &str, &str)] = &[
    ("type", "string", "A type (`battle.clash`) or a whole class (`battle`)"),
    ("actor", "string", "An actor's id, or a part of its name in either language"),
    ("place", "string", "A place's id (what lies in it passes too), or a part of its name in either language"),
    ("country", "string", "ISO 3166 alpha-2 code of the country that the place lies in"),
    ("from", "string", "First day (YYYY-MM-DD); undated ones are left out"),
    ("to", "string", "Last day (YYYY-MM-DD); undated ones are left out"),
    ("harm", "string", "A harm that was suffered, such as `killed`"),
    ("min_origins", "integer", "From so many origins at least"),
    ("disputed", "boolean", "Only those on which reports differ, or only the others"),
    ("language", "string", "Told in this language: `ar`, `en`"),
    ("q", "string", "Words, in any of their forms; in quotation marks, words one after the other"),
    ("bbox", "string", "west,south,east,north in degrees"),
    ("format", "string", "`jsonl`, `csv`, `parquet`, `geojson`, `acled`, `ged` or `plover`"),
    ("file", "string", "Which file of the format, such as `claims.csv` or `acled.losses.txt`; without it the one that holds the events"),
    (
        "redact",
        "boolean",
        "Hold names back as `marsad export --redact` does; `file=REDACTED.md` then tells what was done. The salt of ids is the server's",
    ),
    (
        "since",
        "string",
        "Only the events that changed since an earlier export, by the cursor that its header `marsad-cursor` told; \
            `file=gone.jsonl` then tells of those that are no more, or pass the filter no more",
    ),
    ("originals", "boolean", "Put the originals into a bundle that holds names back, all the same; `names_in_originals` must say it again"),
    ("names_in_originals", "boolean", "Say once more that the originals, with every name in them, are to be in it"),
    ("sort", "string", "`time`, `harm` or `origins`, with `-` before it for the greatest first"),
    ("cursor", "string", "The `next` of an earlier page"),
    ("limit", "integer", "How many at most, 1 to 500"),
    ("source", "string", "A source's id or name"),
    ("kind", "string", "A kind of thing set aside, such as `paywall`"),
    ("state", "string", "Where a report is in the day's work: `new`, `duplicate`, `relevant` and so on"),
    ("claim", "string", "A claim's id"),
    ("event", "string", "An event's id"),
    ("report", "string", "A report's id"),
    ("by_hand", "boolean", "Only what is to be captured by hand, or only the rest"),
];

/// The whole description.
pub(crate) fn description() -> Value {
    let mut paths: Map<String, Value> = OPERATIONS.iter().map(|o| (format!("/api/v1{}", o.path), path(o))).collect();
    if let Some(decisions) = paths.get_mut("/api/v1/decisions") {
        decisions["post"] = deciding();
    }
    paths.insert("/api/v1/intake".to_owned(), json!({ "post": taking() }));
    paths.insert("/api/v1/bundle".to_owned(), json!({ "post": bundling() }));
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Marsad",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "A ledger of events read from reports of war: who did what to whom, where and when, according to whom.",
            "license": { "name": "MIT OR Apache-2.0" }
        },
        "paths": paths,
        "security": [{}, { "bearer": [] }],
        "components": {
            "schemas": schemas(),
            "securitySchemes": {
                "bearer": { "type": "http", "scheme": "bearer", "description": "A token of the ledger. From the machine itself none is needed." }
            }
        }
    })
}

fn path(o: &Operation) -> Value {
    let mut parameters: Vec<Value> = Vec::new();
    if o.path.contains("{id}") {
        parameters.push(json!({ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } }));
    }
    for name in o.parameters.iter().copied().flatten() {
        let required = matches!((*name, o.path), ("report", "/second") | ("q", "/search") | ("format", "/export"));
        parameters.push(parameter(name, required));
    }
    let mut content = Map::new();
    if let Some(shape) = o.answer {
        content.insert("application/json".to_owned(), json!({ "schema": reference(shape) }));
    }
    for media_type in o.also {
        content.insert((*media_type).to_owned(), json!({}));
    }
    let problem = json!({ "description": "Why not", "content": { "application/problem+json": { "schema": reference("Problem") } } });
    json!({ "get": {
        "summary": o.summary,
        "operationId": o.path.trim_matches('/').replace(['/', '{', '}', '.'], "_"),
        "parameters": parameters,
        "responses": {
            "200": { "description": o.summary, "content": content },
            "304": { "description": "As it was: the ETag shown is still right" },
            "4XX": problem
        }
    } })
}

fn parameter(name: &str, required: bool) -> Value {
    let (_, kind, what) = PARAMETERS.iter().find(|(known, _, _)| *known == name).copied().unwrap_or((name, "string", ""));
    json!({ "name": name, "in": "query", "required": required, "description": what, "schema": { "type": kind } })
}

/// How a bundle is asked for.
fn bundling() -> Value {
    let parameters: Vec<Value> = FILTER.iter().chain(BUNDLE).map(|name| parameter(name, false)).collect();
    json!({
        "summary": "The events of a filter as an evidence bundle (a BagIt zip), which is noted in the ledger's log; needs the scope `decide`, from the machine itself no token",
        "operationId": "bundle",
        "parameters": parameters,
        "responses": {
            "200": {
                "description": "The bundle",
                "headers": { "Marsad-Manifest": { "description": "The hash of its manifest, by which it is known again", "schema": { "type": "string" } } },
                "content": { "application/zip": {} }
            },
            "4XX": { "description": "Why not", "content": { "application/problem+json": { "schema": reference("Problem") } } }
        }
    })
}

/// How a decision is sent.
fn deciding() -> Value {
    let json = |shape: &str| json!({ "application/json": { "schema": reference(shape) } });
    let problem = json!({ "application/problem+json": { "schema": reference("Problem") } });
    json!({
        "summary": "Rule on something; needs the scope `decide`, from the machine itself no token",
        "operationId": "decide",
        "requestBody": { "required": true, "content": json("Draft") },
        "responses": {
            "201": { "description": "It is decided, and on the disk", "content": json("Decision") },
            "409": { "description": "Somebody ruled on the same thing meanwhile: `decision` is that ruling, nothing was decided", "content": problem },
            "4XX": { "description": "Why not", "content": problem }
        }
    })
}

/// How a link or a file is handed in.
fn taking() -> Value {
    let json = |shape: &str| json!({ "application/json": { "schema": reference(shape) } });
    json!({
        "summary": "Take a link or a file in: it is sealed and read like any other; needs the scope `decide`, from the machine itself no token",
        "operationId": "take",
        "parameters": [
            { "name": "name", "in": "query", "required": false, "description": "The file's name", "schema": { "type": "string" } },
            { "name": "by", "in": "query", "required": false, "description": "Who hands it in", "schema": { "type": "string" } }
        ],
        "requestBody": { "required": true, "content": { "application/json": { "schema": reference("Link") }, "application/octet-stream": {} } },
        "responses": {
            "201": { "description": "What came of it; what cannot be read is named under `set_aside`", "content": json("Taken") },
            "413": { "description": "A file is longer than what is taken", "content": { "application/problem+json": { "schema": reference("Problem") } } },
            "4XX": { "description": "Why not", "content": { "application/problem+json": { "schema": reference("Problem") } } }
        }
    })
}

fn reference(shape: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{shape}") })
}

fn schemas() -> Map<String, Value> {
    let mut schemas: Map<String, Value> = Map::new();
    for row in SHAPES.lines().filter(|line| !line.starts_with('#')).skip(1) {
        let cells: Vec<&str> = row.split('\t').collect();
        let [shape, field, kind, what] = cells[..] else { continue };
        let schema = schemas
            .entry(shape)
            .or_insert_with(|| json!({ "type": "object", "properties": {}, "required": [], "additionalProperties": false }));
        let name = field.trim_end_matches('?');
        let mut described = schema_of(kind);
        described["description"] = json!(what);
        schema["properties"][name] = described;
        if name == field
            && let Some(required) = schema["required"].as_array_mut()
        {
            required.push(json!(name));
        }
    }
    schemas
}

/// The schema of a type of the table.
fn schema_of(kind: &str) -> Value {
    if let Some(kind) = kind.strip_suffix("|null") {
        return json!({ "anyOf": [schema_of(kind), { "type": "null" }] });
    }
    if let Some(items) = kind.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return json!({ "type": "array", "items": schema_of(items) });
    }
    match kind {
        "any" => json!({}),
        "words" => json!({ "type": "string" }),
        "string" | "integer" | "number" | "boolean" => json!({ "type": kind }),
        shape => reference(shape),
    }
}
