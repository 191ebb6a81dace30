//! Each answer has the shape that the description says it has, no field more and none less.

use crate::asking::{examples, id, read, wait};
use serde_json::Value;

/// Where a value differs from its schema.
fn differs(all: &Value, schema: &Value, value: &Value, at: &str) -> Option<String> {
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.rsplit('/').next().unwrap();
        let schema = &all[name];
        return if schema.is_null() { Some(format!("{at}: no shape {name}")) } else { differs(all, schema, value, at) };
    }
    if let Some(any) = schema["anyOf"].as_array() {
        let found: Vec<Option<String>> = any.iter().map(|schema| differs(all, schema, value, at)).collect();
        return if found.iter().any(Option::is_none) { None } else { found.into_iter().flatten().next() };
    }
    if schema["type"].is_null() {
        return None;
    }
    let fits = match schema["type"].as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("integer") => value.is_u64() || value.is_i64(),
        Some("number") => value.is_number(),
        Some("boolean") => value.is_boolean(),
        Some("null") => value.is_null(),
        other => panic!("{at}: what is {other:?}?"),
    };
    if !fits {
        return Some(format!("{at}: {value} is no {}", schema["type"]));
    }
    if let Some(items) = value.as_array() {
        return items.iter().enumerate().find_map(|(i, item)| differs(all, &schema["items"], item, &format!("{at}[{i}]")));
    }
    let fields = value.as_object()?;
    let missing = schema["required"].as_array().unwrap().iter().find(|name| !fields.contains_key(id(name)));
    if let Some(name) = missing {
        return Some(format!("{at}: {name} is missing"));
    }
    fields.iter().find_map(|(name, value)| match schema["properties"].get(name) {
        Some(schema) => differs(all, schema, value, &format!("{at}.{name}")),
        None => Some(format!("{at}: {name} is not described")),
    })
}

/// The value has the shape of this name.
pub(crate) async fn assert_shape(server: &axum::Router, shape: &str, value: &Value) {
    let description = read(server, "/api/v1/openapi.json").await;
    let all = &description["components"]["schemas"];
    assert_eq!(differs(all, &all[shape], value, shape), None);
}

#[test]
fn answers_are_as_described() {
    wait(async {
        let server = examples();
        let description = read(&server, "/api/v1/openapi.json").await;
        assert_eq!(description["openapi"], "3.1.0");
        let all = &description["components"]["schemas"];
        let (events, reports) = (read(&server, "/api/v1/events?limit=500").await, read(&server, "/api/v1/reports?limit=500").await);
        let claims = read(&server, &format!("/api/v1/events/{}", id(&events["items"][0]["id"]))).await["claims"].clone();
        let ids = |list: &Value| -> Vec<String> { list.as_array().unwrap().iter().map(|item| id(&item["id"]).to_owned()).collect() };
        let mut checked = 0;
        for (path, methods) in description["paths"].as_object().unwrap() {
            let schema = &methods["get"]["responses"]["200"]["content"]["application/json"]["schema"];
            if schema.is_null() {
                continue;
            }
            let things = match path.as_str() {
                p if p.contains("/events/{id}") => ids(&events["items"]),
                p if p.contains("/reports/{id}") => ids(&reports["items"]),
                p if p.contains("/claims/{id}") => ids(&claims),
                _ => vec![String::new()],
            };
            for thing in things {
                let query = match path.as_str() {
                    p if p.ends_with("/search") => "?q=killed".to_owned(),
                    p if p.ends_with("/second") => format!("?report={}", id(&reports["items"][0]["id"])),
                    _ => String::new(),
                };
                let value = read(&server, &(path.replace("{id}", &thing) + &query)).await;
                assert_eq!(differs(all, schema, &value, path), None);
                checked += 1;
            }
        }
        assert!(checked > 40, "{checked}");
        let problem = crate::asking::get(&server, "/api/v1/events?limit=0").await.json();
        assert_eq!(differs(all, &all["Problem"], &problem, "problem"), None);
    });
}

#[test]
fn every_parameter_that_is_described_is_understood() {
    wait(async {
        let server = examples();
        let description = read(&server, "/api/v1/openapi.json").await;
        for (path, methods) in description["paths"].as_object().unwrap() {
            for parameter in methods["get"]["parameters"].as_array().into_iter().flatten() {
                assert_ne!(parameter["description"], "", "{path} {}", parameter["name"]);
                if parameter["in"] == "query" && !path.contains("{id}") {
                    let answered = crate::asking::get(&server, &format!("{path}?{}=%01", id(&parameter["name"]))).await.json();
                    assert_eq!(answered["parameter"], parameter["name"]);
                    assert_eq!(answered["detail"], "has control characters, or is not UTF-8", "{path}");
                }
            }
        }
    });
}
