//! Which script a text is in.

use crate::is_arabic_letter;

/// The scripts that matter here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    /// Arabic letters prevail.
    Arabic,
    /// Latin letters prevail.
    Latin,
    /// Neither, or no letters.
    Other,
}

/// The script that most letters of the text belong to.
pub fn script_of(text: &str) -> Script {
    let (mut arabic, mut latin, mut other) = (0usize, 0usize, 0usize);
    for c in text.chars() {
        if is_arabic_letter(c) {
            arabic += 1;
        } else if c.is_ascii_alphabetic() || ('\u{00C0}'..='\u{024F}').contains(&c) {
            latin += 1;
        } else if c.is_alphabetic() {
            other += 1;
        }
    }
    match arabic.max(latin).max(other) {
        0 => Script::Other,
        most if most == arabic => Script::Arabic,
        most if most == latin => Script::Latin,
        _ => Script::Other,
    }
}
