//! The dates that a page prints for people to read: which of them are the report's.

use crate::date;
use crate::date_figures::Order;
use crate::date_line::{DateLines, DateOf, Told};
use crate::page::Printed;
use marsad_model::Published;

/// What a page prints of its report.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct PrintedDates {
    pub(crate) published: Option<Published>,
    pub(crate) updated: Option<Published>,
}

/// A label before a date has so many words at most.
const LABEL: usize = 4;

/// The dates among these stretches. One that says that it is of publication goes before those that say nothing; of several
/// that say the same and are of different days, none is known to be the report's. Figures that may be read two ways are read
/// as other dates of the page show, else as the language has them.
pub(crate) fn printed_dates(stretches: &[Printed], figured: &[String], dates: &DateLines, language: &str) -> PrintedDates {
    let order = shown(figured, dates).or_else(|| dates.order_of(language));
    let told: Vec<Told> = stretches.iter().flat_map(|s| read(s, dates, order)).collect();
    let one = |of: DateOf| {
        let mut all = told.iter().filter(move |t| t.of == of);
        let first = all.next()?;
        let with_time = told.iter().find(|t| t.of == of && t.time.is_some());
        all.all(|t| t.date == first.date).then(|| with_time.unwrap_or(first).clone())
    };
    let updated = one(DateOf::Change);
    // A day after the last change is that of the page around it.
    let unsaid = || one(DateOf::Unsaid).filter(|t| updated.as_ref().is_none_or(|u| t.date <= u.date));
    let published = if told.iter().any(|t| t.of == DateOf::Publication) { one(DateOf::Publication) } else { unsaid() };
    PrintedDates { published: published.map(|t| t.published()), updated: updated.map(|t| date::by_line(t.date, t.time)) }
}

/// The order that dates anywhere on the page show by themselves, where they agree.
fn shown(figured: &[String], dates: &DateLines) -> Option<Order> {
    let mut orders = figured.iter().flat_map(|run| parts(run)).filter_map(|part| dates.read(part)?.order);
    let first = orders.next()?;
    orders.all(|order| order == first).then_some(first)
}

/// The dates of a stretch: the whole of it, or of what its marks part. Behind a label that is none of a date it is the date of
/// something else.
fn read(stretch: &Printed, dates: &DateLines, order: Option<Order>) -> Vec<Told> {
    let mut told: Vec<Told> = match dates.read_in(&stretch.text, order) {
        Some(whole) => vec![whole],
        None => parts(&stretch.text).filter_map(|part| dates.read_in(part, order)).collect(),
    };
    if let Some(first) = told.first_mut().filter(|t| t.of == DateOf::Unsaid) {
        let words: Vec<&str> = stretch.before.split_whitespace().collect();
        let labels = (1..=words.len().min(LABEL)).rev().map(|n| words[words.len() - n..].join(" "));
        let said = labels.filter_map(|label| dates.read_in(&format!("{label} {}", stretch.text), order)).find(|t| t.of != DateOf::Unsaid);
        match said {
            Some(said) => *first = said,
            None if stretch.before.trim_end().ends_with(':') => {
                told.remove(0);
            }
            None => {}
        }
    }
    told.retain(|t| !stretch.below || t.of != DateOf::Unsaid);
    told
}

/// What the marks that part things in a line leave between them.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(['|', '•', '·', '—', '–', '(', ')', '[', ']']).flat_map(|part| part.split(" - ")).map(str::trim).filter(|p| !p.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use marsad_knowledge::Files;

    fn of(stretches: &[(&str, &str, bool)], language: &str) -> (Option<String>, Option<String>) {
        let dates = DateLines::load(&Files::embedded()).unwrap();
        let stretches: Vec<Printed> = stretches
            .iter()
            .map(|(before, text, below)| Printed { text: (*text).to_owned(), before: (*before).to_owned(), below: *below })
            .collect();
        let figured: Vec<String> = stretches.iter().map(|s| s.text.clone()).collect();
        let found = printed_dates(&stretches, &figured, &dates, language);
        let told = |p: Option<Published>| p.map(|p| format!("{}{}", p.start, p.start_time.map_or(String::new(), |t| format!(" {t}"))));
        (told(found.published), told(found.updated))
    }

    #[test]
    fn which_printed_date_is_the_reports() {
        let some = |s: &str| Some(s.to_owned());
        for (stretches, language, expected) in [
            (vec![("", "17 مايو، 2031", false)], "ar", (some("2031-05-17"), None)),
            (vec![("بواسطة سليم", "17 مايو، 2031", false)], "ar", (some("2031-05-17"), None)),
            (vec![("", "المصدر: بريد السهل | التاريخ: 20/09/2031", false)], "ar", (some("2031-09-20"), None)),
            (vec![("آخر تحديث:", "17 مايو 2031 15:20", false)], "ar", (None, some("2031-05-17 15:20"))),
            (vec![("Posted", "3 March 2031", false), ("Updated", "4 March 2031", false)], "en", (some("2031-03-03"), some("2031-03-04"))),
            // Two days, of which none is said to be the report's.
            (vec![("", "3 March 2031", false), ("", "5 March 2031", false)], "en", (None, None)),
            // The day on which the page was looked at, printed over a report that was changed before.
            (vec![("", "9 March 2031", false), ("", "Updated 4 March 2031", false)], "en", (None, some("2031-03-04"))),
            (vec![("Born:", "3 March 1970", false)], "en", (None, None)),
            (vec![("Member since:", "3 March 2021", false)], "en", (None, None)),
            (vec![("", "3 March 2031", true)], "en", (None, None)),
            (vec![("", "Published: 3 March 2031", true)], "en", (some("2031-03-03"), None)),
            (vec![("", "03/04/2031", false)], "en", (None, None)),
            (vec![("", "03/04/2031", false), ("Last updated", "15/04/2031", false)], "en", (some("2031-04-03"), some("2031-04-15"))),
            (vec![("", "3/4/2031 9:15 ص", false)], "ar", (None, None)),
            (vec![("", "منذ 3 ساعات", false)], "ar", (None, None)),
            (vec![("", "9 ربيع الأول 1453 هـ", false)], "ar", (None, None)),
        ] {
            assert_eq!(of(&stretches, language), expected, "{stretches:?}");
        }
    }
}
