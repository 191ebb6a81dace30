//! What stood at one address, one after the other: later versions, and what is gone.

use jiff::Timestamp;
use marsad_collate::{Analysed, Reported};
use marsad_model::{Gone, Published, ReportId, address_key, leads_below};
use std::collections::BTreeMap;

/// When a report was captured first and last, as far as captures say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Captured {
    first: Timestamp,
    last: Timestamp,
}

/// When each report was captured.
pub(crate) type Captures = BTreeMap<ReportId, Captured>;

impl Captured {
    /// The first and the last of these times; what is no time is left out.
    pub(crate) fn of<'t>(times: impl Iterator<Item = &'t str>) -> Option<Self> {
        let times: Vec<Timestamp> = times.filter_map(|at| at.parse().ok()).collect();
        Some(Self { first: times.iter().min().copied()?, last: times.iter().max().copied()? })
    }
}

/// What is known of reports by their addresses.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Addresses {
    /// The version before each later one.
    pub(crate) version_of: BTreeMap<ReportId, ReportId>,
    /// What is not there any more.
    pub(crate) gone: BTreeMap<ReportId, Gone>,
}

/// An address with more texts than this is a front that all its reports name, no page with versions.
const MOST_VERSIONS: usize = 100;

impl Addresses {
    pub(crate) fn of(analysed: &[Analysed], captured: &Captures, gone: &[(String, Gone)]) -> Self {
        let mut at: BTreeMap<String, Vec<Version>> = BTreeMap::new();
        for report in analysed.iter().map(|a| &a.report) {
            if let Some(key) = report.url.as_deref().map(address_key).filter(|key| leads_below(key)) {
                at.entry(key).or_default().push(Version { report, captured: captured.get(&report.id).copied() });
            }
        }
        let mut addresses = Self::default();
        for versions in at.values().filter(|v| v.len() > 1 && v.len() <= MOST_VERSIONS) {
            for later in versions {
                let before = versions.iter().filter(|v| v.is_before(later)).max_by(|a, b| a.order().cmp(&b.order()));
                if let Some(before) = before {
                    addresses.version_of.insert(later.report.id.clone(), before.report.id.clone());
                }
            }
        }
        for (url, gone) in gone {
            addresses.note_gone(at.get(&address_key(url)).map_or(&[], Vec::as_slice), gone);
        }
        addresses
    }

    /// What was there before is gone, unless it was seen there again; the first time that this was seen is noted.
    fn note_gone(&mut self, versions: &[Version], gone: &Gone) {
        let seen: Option<Timestamp> = gone.at.as_deref().and_then(|at| at.parse().ok());
        let last = versions.iter().filter_map(|v| Some(v.captured?.last)).max();
        if seen.zip(last).is_some_and(|(seen, last)| last > seen) {
            return;
        }
        for version in versions {
            self.gone.entry(version.report.id.clone()).or_insert_with(|| gone.clone());
        }
    }
}

/// A report among those of its address.
struct Version<'r> {
    report: &'r Reported,
    captured: Option<Captured>,
}

impl Version<'_> {
    /// When the page says that it was written or changed.
    fn dated(&self) -> Option<&Published> {
        self.report.updated.as_deref().or(self.report.published.as_deref())
    }

    fn order(&self) -> impl Ord {
        (self.captured.map(|c| c.first), self.dated().map(|d| (d.start, &d.start_time)), &self.report.id)
    }

    /// Is it another text that stood there earlier? What was captured tells, and where nothing was, what the pages say. Where
    /// neither does, nothing is said.
    fn is_before(&self, other: &Self) -> bool {
        let earlier = match (self.captured, other.captured) {
            (Some(ours), Some(theirs)) => ours.first < theirs.first,
            _ => self.dated().zip(other.dated()).is_some_and(|(a, b)| (a.start, &a.start_time) < (b.start, &b.start_time)),
        };
        earlier && self.report.text_sha256 != other.report.text_sha256
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use marsad_collate::Names;
    use marsad_model::{DateBasis, Language, Report, TimePrecision};

    fn analysed(url: &str, text: &str, day: Option<&str>) -> Analysed {
        let mut report = Report::of_text(Language::English, text);
        report.url = Some(url.to_owned());
        report.published = day.map(|day| {
            let start = day.parse().unwrap();
            Published {
                start,
                end: Some(start),
                start_time: None,
                precision: TimePrecision::Day,
                basis: DateBasis::Metadata,
                because: Vec::new(),
            }
        });
        Analysed::new(report, None, &[], &[], &Names::default())
    }

    fn captured(at: &str) -> Captured {
        Captured::of([at].into_iter()).unwrap()
    }

    #[test]
    fn versions_follow_captures_and_where_there_are_none_dates() {
        let (one, two) = ("https://hillpost.example/a", "http://www.hillpost.example/a?utm_source=feed");
        let reports = [analysed(one, "Snow.", None), analysed(two, "Snow and rain.", None), analysed(one, "Hail.", Some("2031-05-18"))];
        let id = |i: usize| reports[i].report.id.clone();
        let captures: Captures = [(id(0), captured("2031-05-17T07:00:00Z")), (id(1), captured("2031-05-17T09:00:00+03:00"))].into();
        // Six in the morning, however its offset is written, is before seven.
        assert_eq!(Addresses::of(&reports, &captures, &[]).version_of, [(id(0), id(1))].into());
        let dated = [analysed(one, "Snow.", Some("2031-05-17")), analysed(one, "Hail.", Some("2031-05-18"))];
        let found = Addresses::of(&dated, &Captures::new(), &[]).version_of;
        assert_eq!(found, [(dated[1].report.id.clone(), dated[0].report.id.clone())].into());
        let front = [
            analysed("https://hillpost.example/", "Snow.", Some("2031-05-17")),
            analysed("https://hillpost.example", "Hail.", Some("2031-05-18")),
        ];
        assert!(Addresses::of(&front, &Captures::new(), &[]).version_of.is_empty());
    }

    #[test]
    fn what_was_seen_again_is_not_gone() {
        let reports = [analysed("https://hillpost.example/a", "Snow.", None)];
        let id = reports[0].report.id.clone();
        let gone = |at: &str| [("https://hillpost.example/a/".to_owned(), Gone { at: Some(at.to_owned()), status: 410 })];
        let captures: Captures = [(id.clone(), captured("2031-05-17T07:00:00Z"))].into();
        assert!(Addresses::of(&reports, &captures, &gone("2031-05-16T07:00:00Z")).gone.is_empty());
        assert_eq!(Addresses::of(&reports, &captures, &gone("2031-05-18T07:00:00Z")).gone[&id].status, 410);
        assert!(
            Addresses::of(&reports, &captures, &[("https://hillpost.example/b".to_owned(), Gone { at: None, status: 404 })])
                .gone
                .is_empty()
        );
    }
}
