//! What two spellings of a word or a header share.

use marsad_text::{WordKind, Words};

/// The folded words of a name or value, marks left out.
pub(crate) fn key(text: &str) -> String {
    let words = Words::of(text);
    let folded: Vec<&str> = (0..words.len()).filter(|&i| words[i].kind != WordKind::Mark).map(|i| words.folded(i)).collect();
    folded.join(" ")
}

/// A header: small letters and figures, all else as `_`.
pub(crate) fn column(header: &str) -> String {
    let plain: String =
        header.trim().trim_start_matches('\u{feff}').to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
    plain.split('_').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("_")
}

/// A date or number with the figures of Arabic script as ASCII has them.
pub(crate) fn figures(text: &str) -> String {
    let figure = |c: char, zero: u32| char::from_digit((c as u32).wrapping_sub(zero), 10);
    let one = |c: char| match c {
        '\u{660}'..='\u{669}' => figure(c, 0x660).unwrap_or(c),
        '\u{6f0}'..='\u{6f9}' => figure(c, 0x6f0).unwrap_or(c),
        '\u{66b}' => '.',
        _ => c,
    };
    text.chars().map(one).collect()
}
