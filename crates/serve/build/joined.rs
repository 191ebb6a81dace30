//! The page's modules in one file, and its styles in another: a browser that shares the machine with a run and other readers
//! spends longer on forty questions than on all that the answers hold.
//!
//! A module becomes a function that is called when it is first asked for, so that what few see first is only skimmed. What is
//! understood is what the page's modules are written in (`import { a, b as c } from './x.js';`, `import('./x.js')` and named
//! `export`s before a declaration); anything else is an error of the build.

use std::collections::{BTreeMap, BTreeSet};

/// The entry module, which may wait (`await`) where it stands; its file is told to the browser by the name of `ALL`.
pub(crate) const ENTRY: &str = "main.js";
/// The file of all modules, in the place of the entry module.
pub(crate) const ALL: &str = "page.js";
/// The file of all styles.
pub(crate) const STYLES: &str = "page.css";

/// All that the entry module leads to, in one script.
pub(crate) fn modules(read: &dyn Fn(&str) -> Option<String>) -> Result<String, String> {
    let (mut found, mut later) = (BTreeMap::new(), Vec::new());
    reach(ENTRY, read, &mut Vec::new(), &mut found, &mut later)?;
    let first: BTreeSet<String> = found.keys().cloned().collect();
    while let Some(name) = later.pop() {
        reach(&name, read, &mut Vec::new(), &mut found, &mut later)?;
    }
    let mut script = String::from("const made = {};\nconst use = (name) => made[name] ??= modules[name]();\nconst modules = {\n");
    for (name, body) in &found {
        let waits = if name == ENTRY { "async " } else { "" };
        // A function in brackets is made ready while the script comes in, and not only when it is called.
        let (open, close) = if first.contains(name) { ("(", ")") } else { ("", "") };
        script.push_str(&format!("'{name}': {open}{waits}() => {{\n{body}}}{close},\n"));
    }
    script.push_str(&format!("}};\nuse('{ENTRY}');\n"));
    Ok(script)
}

/// Takes in a module and all that it must have; `above` are those on the way to it, `later` what any of them may ask for later.
fn reach(
    name: &str,
    read: &dyn Fn(&str) -> Option<String>,
    above: &mut Vec<String>,
    found: &mut BTreeMap<String, String>,
    later: &mut Vec<String>,
) -> Result<(), String> {
    if above.iter().any(|n| n == name) {
        return Err(format!("js/{name} asks for itself, by way of {}", above.join(", ")));
    }
    if found.contains_key(name) {
        return Ok(());
    }
    let source = read(name).ok_or_else(|| format!("there is no js/{name}"))?;
    let (body, needs) = function(name, &source, later)?;
    above.push(name.to_owned());
    for need in &needs {
        reach(need, read, above, found, later)?;
    }
    above.pop();
    found.insert(name.to_owned(), body);
    Ok(())
}

/// The body of a module's function, and what must be there before it; what it may ask for later goes to the others of `later`.
fn function(name: &str, source: &str, later: &mut Vec<String>) -> Result<(String, Vec<String>), String> {
    let (mut body, mut needs, mut given) = (String::new(), Vec::new(), Vec::new());
    for (at, line) in source.lines().enumerate() {
        let unknown = || format!("js/{name}:{}: not understood where modules are joined: {line}", at + 1);
        if line.starts_with("import ") {
            let (names, from) = line.strip_prefix("import {").and_then(|l| l.split_once("} from './")).ok_or_else(unknown)?;
            let from = from.strip_suffix("';").ok_or_else(unknown)?;
            body.push_str(&format!("const {{{}}} = use('{from}');\n", names.replace(" as ", ": ")));
            needs.push(from.to_owned());
            continue;
        }
        if name != ENTRY && line.starts_with("await ") {
            return Err(unknown());
        }
        let line = match line.strip_prefix("export ") {
            Some(declared) => {
                given.push(declares(declared).ok_or_else(unknown)?.to_owned());
                declared
            }
            None => line,
        };
        body.push_str(&asked_later(line, later));
        body.push('\n');
    }
    if !given.is_empty() {
        body.push_str(&format!("return {{ {} }};\n", given.join(", ")));
    }
    Ok((body, needs))
}

/// The name that a declaration gives; none for one that may change later, which a copied name would not follow.
fn declares(declaration: &str) -> Option<&str> {
    let kinds = ["async function ", "function ", "const ", "class "];
    let named = kinds.iter().find_map(|kind| declaration.strip_prefix(kind))?;
    named.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '$').next().filter(|n| !n.is_empty())
}

/// A line whose modules to be asked for later are looked up in this file.
fn asked_later(line: &str, later: &mut Vec<String>) -> String {
    let mut rest = line;
    let mut out = String::new();
    while let Some((before, after)) = rest.split_once("import('./") {
        let Some((name, behind)) = after.split_once("')") else { break };
        out.push_str(&format!("{before}Promise.resolve().then(() => use('{name}'))"));
        later.push(name.to_owned());
        rest = behind;
    }
    out + rest
}

/// The first page, with one script and one file of styles in the place of many; and which files of styles, in their order,
/// with what they are for.
pub(crate) fn first_page(html: &str) -> (String, Vec<(String, Option<String>)>) {
    let (mut page, mut styles) = (String::new(), Vec::new());
    for line in html.lines() {
        if line.contains("rel=\"stylesheet\"") {
            if styles.is_empty() {
                page.push_str(&format!(
                    "    <link rel=\"stylesheet\" href=\"css/{STYLES}\">\n    <link rel=\"modulepreload\" href=\"js/{ALL}\">\n"
                ));
            }
            styles.push((value(line, "href").unwrap_or_default(), value(line, "media")));
            continue;
        }
        page.push_str(&line.replace(&format!("js/{ENTRY}"), &format!("js/{ALL}")));
        page.push('\n');
    }
    (page, styles)
}

fn value(line: &str, attribute: &str) -> Option<String> {
    let (_, after) = line.split_once(&format!(" {attribute}=\""))?;
    after.split_once('"').map(|(value, _)| value.to_owned())
}

/// The styles one after another, each for what it is for.
pub(crate) fn styles(parts: &[(String, Option<String>)]) -> String {
    let told = |(text, media): &(String, Option<String>)| match media {
        Some(media) => format!("@media {media} {{\n{text}}}\n"),
        None => text.clone(),
    };
    parts.iter().map(told).collect()
}
