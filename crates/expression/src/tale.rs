//! How a text goes on from date to date: every expression is given the date told before it.

use crate::TimeExpression;
use crate::meaning::Story;
use marsad_text::Sentence;

/// So many full dates with their year, and one at least for so many words, make a history of a text. Set on the
/// training part of WikiWars, whose articles have one for every 40 to 90 words, against news, which has few.
const HISTORY_DATES: usize = 6;
const HISTORY_WORDS: usize = 250;
/// Fewer do where hardly anything is told from the day of telling: no "yesterday", no "last week", but for one in so many.
const TIMELESS_DATES: usize = 3;
const TIMELESS_WORDS: usize = 500;
const DEICTIC_SHARE: usize = 12;
/// A year further than this from the years told before and after it is an aside: no tale goes on from it.
const ASIDE_YEARS: i32 = 3;
/// So many years may be told in one aside.
const ASIDE_LENGTH: usize = 3;

/// Give every expression the date told before it.
pub(crate) fn tell_on(times: &mut [TimeExpression], words: usize, sentences: &[Sentence]) {
    let years: Vec<(usize, i32)> =
        times.iter().enumerate().filter(|(_, t)| t.meaning.has_year()).filter_map(|(i, t)| Some((i, year_of(t)?))).collect();
    let timeless = times.iter().filter(|t| t.meaning.is_deictic()).count() * DEICTIC_SHARE <= times.len();
    let thick = |dates: usize, apart: usize| years.len() >= dates && years.len() * apart >= words;
    let history = thick(HISTORY_DATES, HISTORY_WORDS) || timeless && thick(TIMELESS_DATES, TIMELESS_WORDS);
    let asides = if history { asides(&years) } else { Vec::new() };
    // What a history tells before its first year belongs to that year.
    let first = years.first().filter(|_| history).and_then(|&(i, _)| story_of(&times[i], history));
    let (mut tale, mut aside) = (first, None);
    for (i, time) in times.iter_mut().enumerate() {
        let sentence = sentences.partition_point(|s| s.words.end <= time.first);
        // An aside lasts as long as its sentence.
        let in_aside = aside.filter(|&(at, _)| at == sentence).map(|(_, told)| told);
        time.meaning.story = in_aside.or(tale);
        if !(time.meaning.has_year() || history && time.meaning.is_calendar()) {
            continue;
        }
        let Some(told) = story_of(time, history) else { continue };
        if history && (asides.binary_search(&i).is_ok() || in_aside.is_some() && !time.meaning.has_year()) {
            aside = told.month.is_some().then_some((sentence, told));
        } else if !history || goes_on(time, tale) {
            (tale, aside) = (Some(told), None);
        }
    }
}

/// Does the tale go on from it? Not from the year or month that is told already, whose first day would throw it back, nor from
/// a stretch of years.
fn goes_on(time: &TimeExpression, tale: Option<Story>) -> bool {
    let resolved = time.resolve(None);
    let (Some(start), Some(end)) = (resolved.start, resolved.end) else { return true };
    end.year() - start.year() <= 1 && !(start < end && tale.is_some_and(|s| (start..=end).contains(&s.date)))
}

fn story_of(time: &TimeExpression, history: bool) -> Option<Story> {
    let resolved = time.resolve(None);
    let date = resolved.start?;
    let whole = |end: jiff::civil::Date| (end.year() == date.year() && end.month() == date.month(), end == date);
    let (month, day) = resolved.end.map_or((true, true), whole);
    Some(Story { date, month: month.then_some(date.month() as u8), exact: day, history })
}

/// Which of the times that have a year are asides: the tale comes back from them to where it was.
fn asides(years: &[(usize, i32)]) -> Vec<usize> {
    let mut found = Vec::new();
    let Some(&(_, mut told)) = years.first() else { return found };
    let far = |a: i32, b: i32| (a - b).abs() > ASIDE_YEARS;
    for (k, &(i, year)) in years.iter().enumerate().skip(1) {
        let next = years.get(k + 1).map(|y| y.1);
        let comes_back = || years[k + 1..].iter().take(ASIDE_LENGTH).any(|&(_, y)| !far(y, told) && far(y, year));
        if next == Some(told) && year != told || far(year, told) && comes_back() {
            found.push(i);
        } else {
            told = year;
        }
    }
    found
}

fn year_of(time: &TimeExpression) -> Option<i32> {
    Some(i32::from(time.resolve(None).start?.year()))
}
