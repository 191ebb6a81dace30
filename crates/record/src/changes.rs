//! What changed between two versions of a text, paragraph by paragraph.

use marsad_model::{Change, ChangeKind, Span};
use std::collections::BTreeSet;
use std::ops::Range;

/// Beyond so many pairs of paragraphs nothing is aligned: what lies between the same beginning and end counts as new.
const MOST_PAIRS: usize = 4_000_000;

/// What was rewritten is looked for among so many paragraphs that are left over.
const NEAR: usize = 8;

/// The paragraphs in which a later text differs from an earlier one, in the order of the later.
pub fn changes(earlier: &str, later: &str) -> Vec<Change<Span>> {
    let (old, new) = (paragraphs(earlier), paragraphs(later));
    let of = |text: &str, span: &Span| span.of(text).trim().to_owned();
    let old_words: Vec<String> = old.iter().map(|s| of(earlier, s)).collect();
    let new_words: Vec<String> = new.iter().map(|s| of(later, s)).collect();
    let mut out = Vec::new();
    for (gone, come) in hunks(&old_words, &new_words) {
        let mut left: Vec<usize> = gone.collect();
        for n in come {
            // What was rewritten stands where it stood: the first paragraph left over that shares most of its words.
            let same = left.iter().take(NEAR).position(|&o| is_rewritten(&old_words[o], &new_words[n]));
            let removed = same.map_or(0..0, |same| 0..same);
            out.extend(left.drain(removed).map(|o| Change { what: ChangeKind::Removed, here: None, there: Some(old[o]) }));
            let there = same.map(|_| old[left.remove(0)]);
            let what = if there.is_some() { ChangeKind::Changed } else { ChangeKind::Added };
            out.push(Change { what, here: Some(new[n]), there });
        }
        out.extend(left.into_iter().map(|o| Change { what: ChangeKind::Removed, here: None, there: Some(old[o]) }));
    }
    out
}

/// The lines of a text that are not blank.
fn paragraphs(text: &str) -> Vec<Span> {
    let mut at = 0;
    let mut spans = Vec::new();
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end_matches(['\n', '\r']);
        if !bare.trim().is_empty() {
            spans.push(Span::new(at, at + bare.len()));
        }
        at += line.len();
    }
    spans
}

/// Do two paragraphs share at least half of their words?
fn is_rewritten(old: &str, new: &str) -> bool {
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<BTreeSet<String>>();
    let (old, new) = (words(old), words(new));
    2 * old.intersection(&new).count() >= old.len().max(new.len())
}

/// The stretches in which two lists differ, by their longest common subsequence.
fn hunks(old: &[String], new: &[String]) -> Vec<(Range<usize>, Range<usize>)> {
    let same = |i: &usize, j: usize| old[*i] == new[j];
    let head = (0..old.len().min(new.len())).take_while(|i| same(i, *i)).count();
    let tail = (0..old.len().min(new.len()) - head).take_while(|i| old[old.len() - 1 - i] == new[new.len() - 1 - i]).count();
    let (ends_old, ends_new) = (old.len() - tail, new.len() - tail);
    let (height, width) = (ends_old - head, ends_new - head);
    if height * width > MOST_PAIRS || height == 0 || width == 0 {
        return if height + width == 0 { Vec::new() } else { vec![(head..ends_old, head..ends_new)] };
    }
    // How many paragraphs are common from here on.
    let mut common = vec![0u32; (height + 1) * (width + 1)];
    let at = |i: usize, j: usize| i * (width + 1) + j;
    for i in (0..height).rev() {
        for j in (0..width).rev() {
            common[at(i, j)] =
                if old[head + i] == new[head + j] { common[at(i + 1, j + 1)] + 1 } else { common[at(i + 1, j)].max(common[at(i, j + 1)]) };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut hunks = Vec::new();
    let mut begun = (0, 0);
    while i < height || j < width {
        if i < height && j < width && old[head + i] == new[head + j] {
            if begun != (i, j) {
                hunks.push((head + begun.0..head + i, head + begun.1..head + j));
            }
            (i, j) = (i + 1, j + 1);
            begun = (i, j);
        } else if j == width || i < height && common[at(i + 1, j)] >= common[at(i, j + 1)] {
            i += 1;
        } else {
            j += 1;
        }
    }
    if begun != (i, j) {
        hunks.push((head + begun.0..head + i, head + begun.1..head + j));
    }
    hunks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(earlier: &str, later: &str) -> Vec<String> {
        let side = |text: &str, span: Option<Span>| span.map_or("-".to_owned(), |s| s.of(text).to_owned());
        changes(earlier, later).iter().map(|c| format!("{:?}: {} < {}", c.what, side(later, c.here), side(earlier, c.there))).collect()
    }

    #[test]
    fn paragraphs_are_added_removed_and_rewritten() {
        let first = "Snow fell on the hill.\nThree people were hurt on the road.\n\nThe baker saw it.\nThe road is shut.";
        let then = "Snow fell on the hill.\nFive people were hurt on the road.\nThe road is shut.\nIt opens on Tuesday.";
        assert_eq!(
            told(first, then),
            [
                "Changed: Five people were hurt on the road. < Three people were hurt on the road.",
                "Removed: - < The baker saw it.",
                "Added: It opens on Tuesday. < -",
            ]
        );
        assert!(told(first, first).is_empty() && told("", "").is_empty());
        assert_eq!(told("", "ثلج على التل"), ["Added: ثلج على التل < -"]);
        assert_eq!(told("ثلج على التل", ""), ["Removed: - < ثلج على التل"]);
    }

    #[test]
    fn what_is_too_long_to_align_is_new_between_the_same_ends() {
        let many = |word: &str| (0..2100).map(|i| format!("{word} {i}\n")).collect::<String>();
        let found = changes(&format!("same\n{}end", many("old")), &format!("same\n{}end", many("new")));
        assert_eq!(found.len(), 2100);
        assert!(found.iter().all(|c| c.what == ChangeKind::Changed || c.here.is_none() || c.there.is_none()));
    }
}
