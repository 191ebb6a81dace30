//! One record becomes one report.

use crate::cues::Cues;
use crate::date_line::{DateLines, Told};
use crate::language::Languages;
use crate::layout::{Known, Layout, lay_out};
use crate::page::{ByDensity, Everything, Hints, Page, read_page};
use crate::printed::{PrintedDates, printed_dates};
use crate::publisher::{Evidence, publisher};
use crate::wall::{NoReport, NoReportKind, Walls, gallery};
use crate::{Body, Limits, Record, date};
use marsad_knowledge::{Files, Furniture, Sources};
use marsad_model::{Account, Published, Report, ReportKind, sha256_hex};
use marsad_table::TableError;

/// Reads records with the help of knowledge. The same record and knowledge always give the same report.
#[derive(Debug)]
pub struct Reader {
    sources: Sources,
    furniture: Furniture,
    cues: Cues,
    dates: DateLines,
    languages: Languages,
    hints: Hints,
    walls: Walls,
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
            furniture: Furniture::load(files)?,
            languages: Languages::load(files)?,
            hints: Hints::load(files)?,
            walls: Walls::load(files)?,
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
            Body::Html(html) => read_page(html, &self.hints, &ByDensity),
            // What a fragment says of itself (a heading, a link) is its text's, not the report's.
            Body::Fragment(html) => Page { text: read_page(html, &self.hints, &Everything).text, ..Page::default() },
            Body::Text(_) => Page::default(),
        };
        let meta = &page.metadata;
        let content = if let Body::Text(text) = &record.body { text.as_str() } else { page.text.as_str() };
        let known_title = given.title.as_deref().or(meta.title.as_deref());
        let known = Known { cues: &self.cues, dates: &self.dates, furniture: &self.furniture };
        let layout = lay_out(content, known_title, known);
        notes.extend(layout.notes.iter().cloned());

        let url = given.url.clone().or_else(|| meta.url.clone());
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
        if let Some(found) = self.no_report(record, &page, content, &layout, url.as_deref()) {
            return Err(NoReport::of(found, url, layout.title, &source));
        }
        notes.extend(meta.forwarded.iter().map(|from| format!("forwarded from: {from}")));
        let printed = printed_dates(&page.printed, &page.figured, &self.dates, language.code());
        let published = self.published(record, &page, &printed, &layout, url.as_deref(), &mut notes);
        let account = given.account.clone().or_else(|| self.account(url.as_deref()));
        Ok(Report {
            id: record.id.clone(),
            text_sha256: sha256_hex(text.as_bytes()),
            kind: given.kind.unwrap_or(match (&meta.forwarded, self.is_post(record, url.as_deref())) {
                (Some(_), _) => ReportKind::Forward,
                (None, true) => ReportKind::Post,
                (None, false) => ReportKind::Article,
            }),
            account,
            source,
            language,
            byline: given
                .byline
                .clone()
                .or_else(|| meta.forwarded.clone())
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

    /// When it was published: as given, else as the page says for programs, else as its address says, else as it prints for
    /// people, else the bound that a tag gives. The first that is there is taken; one that disagrees with it is told.
    fn published(
        &self,
        record: &Record,
        page: &Page,
        printed: &PrintedDates,
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
        let found = told.next().or_else(in_title).or_else(|| layout.tag.clone())?;
        notes.push(format!("published: {} by {:?}", found.start, found.basis));
        for other in told.filter(|other| date::differs(&found, other.start) && date::differs(other, found.start)) {
            notes.push(format!("published: {} by {:?} disagrees, and was left", other.start, other.basis));
        }
        Some(found)
    }

    /// What stands there, if it is no report. Markup that is all report is one, whatever it says.
    fn no_report(&self, record: &Record, page: &Page, content: &str, layout: &Layout, url: Option<&str>) -> Option<(NoReportKind, String)> {
        let given = &record.given;
        let title = layout.title.as_deref();
        let handle = given.account.as_ref().map(|a| a.handle.as_str());
        let names: Vec<&str> = [given.source.as_deref(), page.metadata.site.as_deref(), handle].into_iter().flatten().collect();
        match &record.body {
            Body::Fragment(_) => None,
            Body::Text(_) => {
                let found = self.walls.of_text(content, content, title, &names);
                found.or_else(|| self.walls.of_text(&layout.text, content, title, &names))
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

/// The readable text; an item with no body has its title as text.
fn body_or_title(layout: &Layout, notes: &mut Vec<String>) -> String {
    if !layout.text.trim().is_empty() {
        return layout.text.clone();
    }
    notes.push("text: there is no body, so the title stands for it".to_owned());
    layout.title.clone().unwrap_or_default()
}
