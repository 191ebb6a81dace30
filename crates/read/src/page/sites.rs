//! Rules by site: which elements of an outlet's pages are the report, and which never are.

use super::hints::{Parts, name_parts};
use marsad_knowledge::Files;
use marsad_table::{Table, TableError};

const PATH: &str = "world/sites.tsv";

/// The rules of all sites.
#[derive(Debug, Default)]
pub(crate) struct Sites(Vec<Site>);

/// The rules of one host, and of all below it.
#[derive(Debug, Default)]
pub(crate) struct Site {
    host: String,
    body: Parts,
    drop: Parts,
}

/// What a site's rules say of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SiteSays {
    Body,
    Drop,
}

impl Sites {
    pub(crate) fn load(files: &Files) -> Result<Self, TableError> {
        let mut sites = Self::default();
        if files.get(PATH).is_empty() {
            return Ok(sites);
        }
        for row in Table::read(PATH, files.get(PATH), &["host", "kind", "form", "basis", "example"])?.rows() {
            let (host, form) = (row.need("host")?.to_lowercase(), row.need("form")?.to_lowercase());
            row.need("basis")?;
            let at = sites.0.iter().position(|site| site.host == host).unwrap_or_else(|| {
                sites.0.push(Site { host: host.clone(), ..Site::default() });
                sites.0.len() - 1
            });
            let kind = match row.need("kind")? {
                "body" => SiteSays::Body,
                "drop" => SiteSays::Drop,
                other => return Err(row.error(format!("`{other}` is neither body nor drop"))),
            };
            let site = &mut sites.0[at];
            if kind == SiteSays::Body { &mut site.body } else { &mut site.drop }.insert(&form);
            let example = row.need("example")?;
            let class = example.split('"').nth(1).unwrap_or("");
            if site.says(&[class]) != Some(kind) {
                return Err(row.error(format!("`{form}` is not found in `{example}`")));
            }
        }
        Ok(sites)
    }

    /// The rules for an address, those of the longest host.
    pub(crate) fn of(&self, url: &str) -> Option<&Site> {
        let host = url.split_once("://")?.1.split(['/', '?', '#', ':']).next()?.to_lowercase();
        let is_below = |site: &&Site| host.strip_suffix(site.host.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
        self.0.iter().filter(is_below).max_by_key(|site| site.host.len())
    }
}

impl Site {
    /// What the rules say of an element of these names.
    pub(crate) fn says(&self, names: &[&str]) -> Option<SiteSays> {
        let parts: Vec<Vec<String>> = names.iter().flat_map(|n| n.split_whitespace()).map(name_parts).collect();
        let found = |list: &Parts| parts.iter().any(|name| list.stands_in(name));
        if found(&self.drop) { Some(SiteSays::Drop) } else { found(&self.body).then_some(SiteSays::Body) }
    }
}
