//! One record becomes one report.

use crate::cues::Cues;
use crate::date_line::{DateLines, Told};
use crate::language::Languages;
use crate::layout::{Known, Layout, lay_out};
use crate::own_day::OwnDays;
use crate::page::{ByDensity, Everything, Hints, Metadata, Page, read_page};
use crate::passed_on::{PassedOn, PassedOnLines};
use crate::post::PostFrames;
use crate::printed::{PrintedDates, printed_dates};
use crate::publisher::{Evidence, publisher};
use crate::wall::{NoReport, NoReportKind, Walls, gallery};
use crate::{Body, Limits, Record, date};
use marsad_knowledge::{Files, Furniture, Sources};
use marsad_model::{Account, Published, Report, ReportKind, sha256_hex};
use marsad_table::TableError;
use std::borrow::Cow;

/// Reads records with the help of knowledge. The same record and knowledge always give the same report.
#[derive(Debug)]
pub struct Reader {
    sources: Sources,
    furniture: Furniture,
    cues: Cues,
    dates: DateLines,
    own_days: OwnDays,
    languages: Languages,
    hints: Hints,
    walls: Walls,
    frames: PostFrames,
    passed_on: PassedOnLines,
    limits: Limits,
}

/// The knowledge that reading needs is faulty.
#[derive(Debug, thiserror::Error)]
#[error("loading the knowledge that reading needs: {0}")]
pub struct ReaderError(#[from] pub TableError);

impl Reader {
    /// A reader with this knowledge.
    pub fn new(files: &Files) -> Result<Self, ReaderError> {
        let sources = Sources::load(files)?;
        let cues = Cues::load(files, &sources)?;
        Ok(Self {
            cues,
            dates: DateLines::load(files)?,
            own_days: OwnDays::load(files)?,
            furniture: Furniture::load(files)?,
            languages: Languages::load(files)?,
            hints: Hints::load(files)?,
            walls: Walls::load(files)?,
            frames: PostFrames::load(files)?,
            passed_on: PassedOnLines::load(files)?,
            limits: Limits::load(files)?,
            sources,
        })
    }

    /// How much is to be read at most.
    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// The registry of sources.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// Read a record: its report, or what stands in place of one.
    pub fn read(&self, record: &Record) -> Result<Report, NoReport> {
        let given = &record.given;
        let mut notes = record.notes.clone();
        notes.push(format!("charset: {}", record.charset));
        let page = match &record.body {
            Body::Html(html) => read_page(html, given.url.as_deref(), &self.hints, &ByDensity),
            // What a fragment says of itself (a heading, a link) is its text's, not the report's.
            Body::Fragment(html) => Page { text: read_page(html, None, &self.hints, &Everything).text, ..Page::default() },
            Body::Text(_) => Page::default(),
        };
        let meta = &page.metadata;
        let content = if let Body::Text(text) = &record.body { text.as_str() } else { page.text.as_str() };
        let known_title = given.title.as_deref().or(meta.title.as_deref());
        let known = Known { cues: &self.cues, dates: &self.dates, furniture: &self.furniture };
        let url = given.url.clone().or_else(|| meta.url.clone());
        let account = given.account.clone().or_else(|| self.account(url.as_deref()));
        let is_post = self.is_post(record, url.as_deref());
        let handle = account.as_ref().map(|a| a.handle.as_str());
        let framed = self.frames.post(content, known_title, handle, (&self.dates, &self.furniture), is_post);
        notes.extend(framed.notes.iter().map(|what| format!("cut: {what}")));
        if let (Some(why), Body::Text(_)) = (framed.bare, &record.body) {
            let evidence = Evidence { given: given.source.as_deref(), url: url.as_deref(), page: record.site.as_deref(), text: "" };
            let (source, _) = publisher(evidence, &self.sources, &self.cues);
            return Err(NoReport::of((NoReportKind::Shell, why.to_owned()), url, given.title.clone(), &source));
        }
        // Markup has told post and frame apart already.
        let own = if framed.bare.is_some() { content } else { framed.text };
        let (passed_on, own) = self.passed_on(&page, content, own, is_post);
        let passed_on = passed_on.or(framed.passed_on.map(|_| PassedOn { kind: ReportKind::Repost, by: None, from: None }));
        let post = framed.passed_on.map_or(Cow::Borrowed(own), |other| Cow::Owned(format!("{own}\n{other}")));
        let mut layout = lay_out(&post, known_title, known);
        if is_post || !framed.notes.is_empty() {
            let over = content.lines().take(LINES_OVER_POST).find_map(|line| self.dates.over_post(line));
            layout.over_post = layout.over_post.or(over).or(framed.under);
        }
        notes.extend(layout.notes.iter().cloned());

        let text = body_or_title(&layout, &mut notes);
        let (language, why) = self.languages.of(given.language.as_deref(), meta.language.as_deref(), layout.title.as_deref(), &text);
        notes.push(why);
        let evidence = Evidence {
            given: given.source.as_deref(),
            url: url.as_deref(),
            page: record.site.as_deref().or(meta.site.as_deref()),
            text: &text,
        };
        let (source, how) = publisher(evidence, &self.sources, &self.cues);
        notes.extend(how);
        if let Some(found) = self.no_report(record, &page, (content, !framed.notes.is_empty()), &layout, url.as_deref()) {
            return Err(NoReport::of(found, url, layout.title, &source));
        }
        notes.extend(page.entries.iter().map(|(time, begins)| format!("entry: {time}, {begins}")));
        notes.extend(passed_on.iter().flat_map(PassedOn::notes));
        let printed = printed_dates(&page.printed, &page.figured, &self.dates, language.code());
        let order = self.dates.order_of(language.code());
        let over = || OwnDays::over(layout.title.as_deref()?, &self.dates, order);
        let own_day = || self.own_days.of(&text, &self.dates, order).or_else(over);
        let published = self.published(record, &page, (&printed, &own_day), &layout, url.as_deref(), &mut notes);
        Ok(Report {
            id: record.id.clone(),
            text_sha256: sha256_hex(text.as_bytes()),
            kind: given.kind.unwrap_or(match &passed_on {
                Some(passed_on) => passed_on.kind,
                None if is_post => ReportKind::Post,
                None => ReportKind::Article,
            }),
            account,
            source,
            language,
            byline: given
                .byline
                .clone()
                .or_else(|| passed_on.as_ref().and_then(|p| p.from.clone()))
                .or_else(|| meta.byline.clone())
                .or_else(|| layout.byline.clone()),
            title: layout.title,
            published,
            updated: given
                .updated
                .as_deref()
                .and_then(|written| date::published(written, record.dated_by))
                .or_else(|| page.metadata.updated.clone())
                .or(printed.updated)
                .or_else(|| layout.updated.map(|told| told.published())),
            url,
            text,
            notes,
        })
    }

    /// Whether it was passed on, and the text without the line that says so. Of other than posts only a forward's line is
    /// believed.
    fn passed_on<'t>(&self, page: &Page, content: &str, text: &'t str, is_post: bool) -> (Option<PassedOn>, &'t str) {
        let meta = &page.metadata;
        if let Some(from) = &meta.forwarded {
            return (Some(PassedOn { kind: ReportKind::Forward, by: None, from: Some(from.clone()) }), text);
        }
        if meta.has_forward {
            return (None, text);
        }
        let said = |line: &str| self.passed_on.of_line(line).filter(|(p, _)| is_post || p.kind == ReportKind::Forward);
        let mut at = 0;
        for line in text.split_inclusive('\n').take(LINES_OVER_POST) {
            if let Some((found, length)) = said(line.trim_end()) {
                let rest = text.get(at + length..).unwrap_or("").trim_start();
                return (Some(found.or_from(meta, &page.names)), if rest.contains(char::is_alphanumeric) { rest } else { text });
            }
            at += line.len();
        }
        let over = page.heads.iter().map(String::as_str).chain(content.lines().take(LINES_OVER_POST).filter(|_| is_post));
        (over.into_iter().find_map(|line| said(line.trim())).map(|(found, _)| found.or_from(meta, &page.names)), text)
    }

    /// When it was published: as given, else as the page says for programs, else as its address says, else as it prints for
    /// people, else as its own sentences say, else the bound that a tag or the name of a picture gives. The first that is there is
    /// taken; one that disagrees with it is told.
    fn published(
        &self,
        record: &Record,
        page: &Page,
        (printed, own_day): (&PrintedDates, &dyn Fn() -> Option<Published>),
        layout: &Layout,
        url: Option<&str>,
        notes: &mut Vec<String>,
    ) -> Option<Published> {
        if let Some(written) = &record.given.published {
            if let Some(found) = date::published(written, record.dated_by) {
                return Some(found);
            }
            notes.push(format!("published: `{written}` is no date that can be read, and was left"));
        }
        let by_number = url.and_then(|url| date::in_post_number(url, self.hints.post_clock(url)?));
        let by_url = url.and_then(date::in_url);
        let over_post = layout.over_post.as_ref().map(Told::published);
        let by_line = layout.published.as_ref().map(Told::published);
        let in_title = || layout.title.as_deref().and_then(|title| self.dates.in_title(title)).map(|day| date::by_line(day, None));
        let printed = [over_post, printed.published.clone(), by_line].into_iter().flatten();
        let mut told = page.metadata.published.iter().cloned().chain(by_number).chain(by_url).chain(printed);
        let found = told.next().or_else(in_title).or_else(own_day).or_else(|| layout.tag.clone()).or_else(|| page.stamp.clone())?;
        notes.push(format!("published: {} by {:?}", found.start, found.basis));
        for other in told.filter(|other| date::differs(&found, other.start) && date::differs(other, found.start)) {
            notes.push(format!("published: {} by {:?} disagrees, and was left", other.start, other.basis));
        }
        Some(found)
    }

    /// What stands there, if it is no report. Markup that is all report is one, whatever it says.
    /// `is_framed`: it was found inside what a network prints around a post.
    fn no_report(
        &self,
        record: &Record,
        page: &Page,
        (content, is_framed): (&str, bool),
        layout: &Layout,
        url: Option<&str>,
    ) -> Option<(NoReportKind, String)> {
        let given = &record.given;
        let title = layout.title.as_deref();
        let handle = given.account.as_ref().map(|a| a.handle.as_str());
        let names: Vec<&str> = [given.source.as_deref(), page.metadata.site.as_deref(), handle].into_iter().flatten().collect();
        match &record.body {
            Body::Fragment(_) => None,
            Body::Text(_) => {
                let found = self.walls.of_text(content, content, title, &names);
                // What was found inside a network's frame is a post, however short.
                found.or_else(|| self.walls.of_text(&layout.text, content, title, &names).filter(|_| !is_framed))
            }
            Body::Html(_) => page
                .frame
                .as_deref()
                .and_then(|frame| self.walls.of_text(frame, frame, None, &names))
                .or_else(|| page.front(url))
                .or_else(|| gallery(page.pictures, &layout.text).filter(|_| page.frame.is_some() && !page.metadata.is_report)),
        }
    }

    fn is_post(&self, record: &Record, url: Option<&str>) -> bool {
        record.given.account.is_some() || url.is_some_and(|url| self.hints.network(url).is_some())
    }

    fn account(&self, url: Option<&str>) -> Option<Account> {
        let (platform, handle) = self.hints.network(url?)?;
        Some(Account { platform: platform.to_owned(), handle: handle? })
    }
}

/// What a network prints over a post stands in so many lines.
const LINES_OVER_POST: usize = 8;

impl PassedOn {
    /// Where the line does not say who wrote it, the page may: another name over the post's words than that of who passed it on.
    fn or_from(mut self, meta: &Metadata, names: &[String]) -> Self {
        let other = |name: &&String| self.by.as_ref() != Some(name);
        let from = self.from.take().or_else(|| meta.poster.iter().chain(names).find(other).cloned());
        Self { from, ..self }
    }

    fn notes(&self) -> Vec<String> {
        let how = if self.kind == ReportKind::Forward { "forwarded" } else { "reposted" };
        let told = |what: &str, name: &Option<String>| name.as_ref().map(|name| format!("{how} {what}: {name}"));
        [told("from", &self.from), told("by", &self.by)].into_iter().flatten().collect()
    }
}

/// The readable text; an item with no body has its title as text.
fn body_or_title(layout: &Layout, notes: &mut Vec<String>) -> String {
    if !layout.text.trim().is_empty() {
        return layout.text.clone();
    }
    notes.push("text: there is no body, so the title stands for it".to_owned());
    layout.title.clone().unwrap_or_default()
}
