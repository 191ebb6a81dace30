//! What class names, ids and meta fields commonly mean, as knowledge lists it.

use super::sites::{Site, Sites};
use marsad_knowledge::Files;
use marsad_table::{Table, TableError};
use rustc_hash::{FxHashMap, FxHashSet};

const PATH: &str = "world/markup.tsv";

/// The lists of `world/markup.tsv`.
#[derive(Debug, Default)]
pub(crate) struct Hints {
    body: Parts,
    lead: Parts,
    drop: Parts,
    about: Parts,
    doubt: Parts,
    teaser: Parts,
    embed: Parts,
    never: Parts,
    comments: Parts,
    /// Parts after which a name tells what an element has or lacks, not what it is: `no` in `no-sidebar`.
    having: FxHashSet<String>,
    /// Meta field names by what they tell.
    meta: FxHashMap<String, Meta>,
    /// Order in which the fields of one kind are believed.
    rank: FxHashMap<String, usize>,
    published: FxHashSet<String>,
    forwards: Vec<String>,
    /// What names the author of a post.
    posters: Vec<String>,
    /// Attributes that hold a moment in seconds since 1970.
    stamps: Vec<String>,
    /// How names of pictures begin that go on with the day on which they were made.
    picture_names: Vec<String>,
    /// How what is read out of a comment begins.
    comment_labels: Vec<String>,
    networks: FxHashMap<String, String>,
    network_paths: FxHashSet<String>,
    /// How a network's numbers of posts hold their time.
    post_clocks: FxHashMap<String, PostClock>,
    schema_types: FxHashMap<String, SchemaType>,
    sites: Sites,
}

/// What an element's class and id say of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Named {
    Nothing,
    /// The report's body is here.
    Body,
    /// What stands between headline and body is here.
    Lead,
    /// No part of the report, unless most of the page is in it.
    Unwanted,
    /// What is told about the report: by whom and when. No part of its text either.
    About,
    /// How it is made or shown, which is rarely how reports are: no part of the report, unless prose is in it.
    Doubtful,
    /// What leads to a report: no part of one, unless it stands between its headline and its body.
    Teaser,
    /// Something of somebody else's set into the report: what is quoted there is part of it.
    Embed,
    /// No part of the report, however long it is: a cookie notice, an invitation to subscribe.
    Never,
    /// What readers say; not even where hardly anything else is on the page.
    Comments,
}

/// What a meta field tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Meta {
    Title,
    Site,
    Author,
    Published,
    /// A date of which is not said what it is of.
    SomeDate,
    Updated,
    Url,
    Language,
    Type,
}

/// What an object of this type describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum SchemaType {
    /// The page's report.
    Report,
    /// The page around it.
    Page,
}

/// Sequences of name parts, by their first part.
#[derive(Debug, Default)]
pub(super) struct Parts(FxHashMap<String, Vec<Vec<String>>>);

impl Parts {
    pub(super) fn insert(&mut self, form: &str) {
        let parts: Vec<String> = form.split(' ').map(str::to_owned).collect();
        if let Some(first) = parts.first() {
            self.0.entry(first.clone()).or_default().push(parts.clone());
        }
    }

    /// Does one of the sequences stand anywhere in a name?
    pub(super) fn stands_in(&self, name: &[String]) -> bool {
        self.found_in(name, &FxHashSet::default())
    }

    /// Does one of the sequences stand anywhere in a name, and not behind one of these parts?
    fn found_in(&self, name: &[String], behind: &FxHashSet<String>) -> bool {
        (0..name.len()).any(|i| {
            let rest = name.get(i..).unwrap_or(&[]);
            let said = i == 0 || !behind.contains(&name[i - 1]);
            said && self.0.get(&name[i]).is_some_and(|forms| forms.iter().any(|form| rest.starts_with(form)))
        })
    }
}

/// How the numbers of a network's posts hold the time at which they were sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PostClock {
    /// Bits below the time.
    pub(crate) below: u32,
    /// The millisecond since 1970 that counts as nought.
    pub(crate) epoch_ms: u64,
}

impl Hints {
    pub(crate) fn load(files: &Files) -> Result<Self, TableError> {
        let mut hints = Self { sites: Sites::load(files)?, ..Self::default() };
        for row in Table::read(PATH, files.get(PATH), &["kind", "form", "value", "basis", "example"])?.rows() {
            let form = row.need("form")?.to_lowercase();
            row.need("basis")?;
            let kind = row.need("kind")?;
            if let Some(parts) = hints.parts(kind) {
                parts.insert(&form);
                continue;
            }
            let meta = match kind {
                "having" => {
                    hints.having.insert(form);
                    continue;
                }
                "forward" => {
                    hints.forwards.push(form);
                    continue;
                }
                "poster" => {
                    hints.posters.push(form);
                    continue;
                }
                "picture_name" => {
                    hints.picture_names.push(form);
                    continue;
                }
                "stamp" => {
                    hints.stamps.push(form);
                    continue;
                }
                "network" => {
                    hints.networks.insert(form, row.need("value")?.to_owned());
                    continue;
                }
                "post_clock" => {
                    let mut parts = row.need("value")?.split(' ').map(str::parse::<u64>);
                    let (Some(Ok(below)), Some(Ok(epoch_ms))) = (parts.next(), parts.next()) else {
                        return Err(row.error("a post's clock is the bits below the time and its first millisecond".to_owned()));
                    };
                    hints.post_clocks.insert(form, PostClock { below: below as u32, epoch_ms });
                    continue;
                }
                "network_path" => {
                    hints.network_paths.insert(form);
                    continue;
                }
                "schema_type" => {
                    let value = match row.need("value")? {
                        "report" => SchemaType::Report,
                        "page" => SchemaType::Page,
                        other => return Err(row.error(format!("`{other}` is neither report nor page"))),
                    };
                    hints.schema_types.insert(form, value);
                    continue;
                }
                "meta_title" => Meta::Title,
                "meta_site" => Meta::Site,
                "meta_author" => Meta::Author,
                "meta_published" => Meta::Published,
                "meta_date" => Meta::SomeDate,
                "meta_updated" => Meta::Updated,
                "meta_url" => Meta::Url,
                "meta_language" => Meta::Language,
                "meta_type" => Meta::Type,
                other => return Err(row.error(format!("`{other}` is no kind of markup"))),
            };
            if meta == Meta::Published {
                hints.published.insert(form.rsplit([':', '.']).next().unwrap_or("").to_owned());
            }
            hints.rank.insert(form.clone(), hints.rank.len());
            hints.meta.insert(form, meta);
        }
        for (_, path, text) in files.of_languages("reading.tsv") {
            for row in Table::read(path, text, &["form", "kind"])?.rows().filter(|row| row.get("kind") == "comment_label") {
                hints.comment_labels.push(row.need("form")?.to_owned());
            }
        }
        Ok(hints)
    }

    fn parts(&mut self, kind: &str) -> Option<&mut Parts> {
        match kind {
            "body" => Some(&mut self.body),
            "lead" => Some(&mut self.lead),
            "drop" => Some(&mut self.drop),
            "about" => Some(&mut self.about),
            "doubt" => Some(&mut self.doubt),
            "teaser" => Some(&mut self.teaser),
            "embed" => Some(&mut self.embed),
            "never" => Some(&mut self.never),
            "comments" => Some(&mut self.comments),
            _ => None,
        }
    }

    /// The rules for the site that an address is on.
    pub(crate) fn site(&self, url: &str) -> Option<&Site> {
        self.sites.of(url)
    }

    /// Classes of elements that name from whom a post was forwarded.
    pub(crate) fn forwards(&self) -> &[String] {
        &self.forwards
    }

    /// Classes and ids for tests of what names the author of a post.
    pub(crate) fn posters(&self) -> &[String] {
        &self.posters
    }

    /// Attributes that hold the moment of what they stand on, in seconds since 1970.
    pub(crate) fn stamps(&self) -> &[String] {
        &self.stamps
    }

    /// How names of pictures begin that go on with the day on which they were made.
    pub(crate) fn picture_names(&self) -> &[String] {
        &self.picture_names
    }

    /// Is this read out of a comment to those who do not see it?
    pub(crate) fn labels_comment(&self, label: &str) -> bool {
        self.comment_labels.iter().any(|begins| label.trim_start().starts_with(begins.as_str()))
    }

    /// What an element's names say of it.
    pub(crate) fn names(&self, names: &[&str]) -> Named {
        let parts: Vec<Vec<String>> = names.iter().flat_map(|n| n.split_whitespace()).map(name_parts).collect();
        let lists = [
            (&self.comments, Named::Comments),
            (&self.never, Named::Never),
            (&self.body, Named::Body),
            (&self.embed, Named::Embed),
            (&self.drop, Named::Unwanted),
            (&self.about, Named::About),
            (&self.teaser, Named::Teaser),
            (&self.lead, Named::Lead),
            (&self.doubt, Named::Doubtful),
        ];
        let found = |list: &Parts| parts.iter().any(|name| list.found_in(name, &self.having));
        lists.into_iter().find(|(list, _)| found(list)).map_or(Named::Nothing, |(_, named)| named)
    }

    /// Does a name say that a time is that of publication?
    pub(crate) fn is_published(&self, names: &str) -> bool {
        names.split_whitespace().any(|n| {
            let n = n.to_lowercase();
            self.published.contains(&n) || n.split(['-', '_']).any(|part| part.len() > 4 && self.published.contains(part))
        })
    }

    /// What a meta field of this name tells, and how far down the list of its kind it stands.
    pub(crate) fn meta(&self, name: &str) -> Option<(Meta, usize)> {
        let name = name.trim().to_lowercase();
        Some((*self.meta.get(&name)?, *self.rank.get(&name)?))
    }

    /// What an object of this schema.org type describes.
    pub(crate) fn schema_type(&self, name: &str) -> Option<SchemaType> {
        let name = name.rsplit(['/', ':', '#']).next().unwrap_or(name);
        self.schema_types.get(&name.to_lowercase()).copied()
    }

    /// The network that an address is on, and the account where the address tells it.
    pub(crate) fn network(&self, url: &str) -> Option<(&str, Option<String>)> {
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        let mut parts = rest.split(['/', '?', '#']);
        let host = parts.next()?.to_lowercase();
        let host = host.strip_prefix("www.").unwrap_or(&host);
        let platform = self.networks.get(host)?;
        let handle = parts.next().filter(|p| !p.is_empty() && !rest.contains(&format!("?{p}")));
        let handle = match handle {
            // Telegram's public view puts one letter before the channel.
            Some(first) if self.network_paths.contains(&first.to_lowercase()) => {
                (first.len() == 1).then(|| parts.next()).flatten().filter(|p| !p.is_empty() && !p.bytes().all(|b| b.is_ascii_digit()))
            }
            other => other,
        };
        Some((platform, handle.map(|h| h.trim_start_matches('@').to_owned()).filter(|h| !h.is_empty())))
    }
}

impl Hints {
    /// The clock of the network that an address is on, if its posts' numbers have one.
    pub(crate) fn post_clock(&self, url: &str) -> Option<PostClock> {
        self.post_clocks.get(self.network(url)?.0).copied()
    }
}

/// The parts of a class name or id: `articleBody`, `article-body`, `article__body` and `ARTICLE_BODY2` are all
/// `article`, `body`.
pub(crate) fn name_parts(name: &str) -> Vec<String> {
    let mut parts: Vec<String> = vec![String::new()];
    let mut lower_before = false;
    for c in name.chars().take(120) {
        if !c.is_alphabetic() || c.is_uppercase() && lower_before {
            parts.push(String::new());
        }
        lower_before = c.is_lowercase();
        if c.is_alphabetic()
            && let Some(last) = parts.last_mut()
        {
            last.extend(c.to_lowercase());
        }
    }
    parts.retain(|p| !p.is_empty());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_parts() {
        for name in ["articleBody", "article-body", "article__body", "ARTICLE_BODY2", "article-Body"] {
            assert_eq!(name_parts(name), ["article", "body"], "{name}");
        }
    }

    #[test]
    fn every_class_is_found_in_its_example() {
        let files = Files::embedded();
        let hints = Hints::load(&files).unwrap();
        for row in Table::read(PATH, files.get(PATH), &[]).unwrap().rows() {
            let example = row.get("example");
            let class = example.split('"').nth(1).unwrap_or(example);
            let found = match row.get("kind") {
                "body" => hints.names(&[class]) == Named::Body,
                "lead" => hints.names(&[class]) == Named::Lead,
                "drop" => hints.names(&[class]) == Named::Unwanted,
                "about" => hints.names(&[class]) == Named::About,
                "doubt" => hints.names(&[class]) == Named::Doubtful,
                "teaser" => hints.names(&[class]) == Named::Teaser,
                "embed" => hints.names(&[class]) == Named::Embed,
                "never" => hints.names(&[class]) == Named::Never,
                "comments" => hints.names(&[class]) == Named::Comments,
                "having" => class.contains(row.get("form")) && hints.names(&[class]) == Named::Nothing,
                "network" => hints.network(example) == Some((row.get("value"), Some("name".to_owned()))),
                "meta_type" => example.contains(row.get("form")) && hints.meta(row.get("form")).is_some(),
                "post_clock" => hints.post_clock(example).is_some_and(|c| crate::date::in_post_number(example, c).is_some()),
                "picture_name" => crate::date::in_picture(class, hints.picture_names()).is_some(),
                "network_path" | "forward" | "poster" | "stamp" => example.contains(row.get("form")),
                "schema_type" => hints.schema_type(row.get("form")).is_some() && example.contains(row.get("form")),
                _ => hints.meta(class).is_some(),
            };
            assert!(found, "{PATH}:{}: {example}", row.line());
        }
    }

    #[test]
    fn accounts_on_networks() {
        let hints = Hints::load(&Files::embedded()).unwrap();
        for (url, expected) in [
            ("https://twitter.com/hillpost/status/12", Some(("twitter", Some("hillpost")))),
            ("https://t.me/s/hillpost", Some(("telegram", Some("hillpost")))),
            ("https://www.youtube.com/watch?v=abc", Some(("youtube", None))),
            ("https://www.tiktok.com/@hillpost/video/1", Some(("tiktok", Some("hillpost")))),
            ("https://outlet.example/twitter.com", None),
        ] {
            assert_eq!(hints.network(url), expected.map(|(p, h)| (p, h.map(str::to_owned))), "{url}");
        }
    }
}
