//! Tables and wrapped text for a terminal, readable with Arabic in them.
//!
//! A terminal that knows bidirectional text orders a whole line by its letters; without isolates an Arabic name would
//! pull the numbers beside it to its other side. Each Arabic cell therefore stands between FSI and PDI marks, which take
//! no width. Widths are those of the characters as shown, not of bytes.

use marsad_text::is_arabic_letter;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The width that any terminal has.
pub const WIDTH: usize = 80;

/// How to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Columns.
    pub width: usize,
    /// Colour and weight, on a terminal that wants them.
    pub colour: bool,
}

impl Style {
    /// Plain text of the usual width: what a pipe gets.
    pub const PLAIN: Self = Self { width: WIDTH, colour: false };

    /// A heading.
    pub fn strong(self, text: &str) -> String {
        if self.colour { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    /// Something in the background.
    pub fn faint(self, text: &str) -> String {
        if self.colour { format!("\u{1b}[2m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}

/// Text with Arabic letters, isolated from the line around it.
pub fn isolate(text: &str) -> String {
    if text.chars().any(is_arabic_letter) { format!("\u{2068}{text}\u{2069}") } else { text.to_owned() }
}

/// The text cut to a width, with an ellipsis where something is left out, and filled up to it.
pub fn cell(text: &str, width: usize) -> String {
    let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let shown = if clean.width() <= width { clean } else { format!("{}…", taken(&clean, width.saturating_sub(1))) };
    let fill = width.saturating_sub(shown.width());
    format!("{}{}", isolate(&shown), " ".repeat(fill))
}

fn taken(text: &str, width: usize) -> &str {
    let (mut used, mut end) = (0, 0);
    for (at, c) in text.char_indices() {
        used += c.width().unwrap_or(0);
        if used > width {
            break;
        }
        end = at + c.len_utf8();
    }
    text.get(..end).unwrap_or("").trim_end()
}

/// A row of cells with these widths, blanks at its end cut.
pub fn row(cells: &[(&str, usize)]) -> String {
    let line: Vec<String> = cells.iter().map(|(text, width)| cell(text, *width)).collect();
    line.join(" ").trim_end().to_owned()
}

/// Text in lines of a width, each after an indent; words longer than a line stand alone. Arabic lines are isolated.
pub fn wrapped(text: &str, indent: &str, width: usize) -> String {
    let room = width.saturating_sub(indent.width()).max(20);
    let (mut out, mut line) = (String::new(), String::new());
    for word in text.split_whitespace() {
        if !line.is_empty() && line.width() + 1 + word.width() > room {
            push_line(&mut out, indent, &line);
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    if !line.is_empty() {
        push_line(&mut out, indent, &line);
    }
    out
}

fn push_line(out: &mut String, indent: &str, line: &str) {
    out.push_str(indent);
    out.push_str(&isolate(line));
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_has_its_width_in_either_script() {
        for text in ["Hajin", "هجين", "a name that is far too long for it", "اسم طويل جدا لا يتسع له المكان"] {
            let shown = cell(text, 12);
            assert_eq!(shown.chars().filter(|c| !matches!(c, '\u{2068}' | '\u{2069}')).collect::<String>().width(), 12, "{text}");
        }
    }

    #[test]
    fn long_text_stays_inside_the_width() {
        let text = "مقتل ثلاثة أشخاص في قصف على القرية ".repeat(8);
        assert!(wrapped(&text, "    ", 40).lines().all(|l| l.replace(['\u{2068}', '\u{2069}'], "").width() <= 40));
    }
}
