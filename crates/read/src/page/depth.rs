//! A limit to how deep pages nest.
//!
//! The parser looks through all open elements at many tags, so a page that nests a million deep would keep it busy for
//! hours. Browsers fold everything below some hundred levels flat; so does this, before the parser sees the page.

use std::borrow::Cow;

/// Deeper than any page that is meant for people; browsers draw the line at about the same depth.
const DEEPEST: usize = 512;

/// Elements that have no end tag, or whose end tag is often left out: they are no measure of depth.
fn counts(name: &str) -> bool {
    !matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
            | "p"
            | "li"
            | "td"
            | "th"
            | "tr"
            | "dt"
            | "dd"
            | "option"
            | "tbody"
            | "thead"
            | "tfoot"
            | "colgroup"
            | "rt"
            | "rp"
    )
}

/// The page without the tags that nest deeper than the limit.
pub(super) fn shallow(html: &str) -> Cow<'_, str> {
    let mut depth = 0usize;
    let mut out: Option<String> = None;
    let mut copied = 0;
    let mut at = 0;
    while let Some(open) = html.get(at..).and_then(|rest| rest.find('<')).map(|i| at + i) {
        let after = open + 1;
        let rest = html.get(after..).unwrap_or("");
        let closing = rest.starts_with('/');
        let name = rest.get(usize::from(closing)..).unwrap_or("");
        let length = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(name.len());
        let name = name.get(..length).unwrap_or("");
        at = after;
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) || !counts(&name.to_ascii_lowercase()) {
            continue;
        }
        if closing {
            depth = depth.saturating_sub(1);
        } else {
            depth += 1;
        }
        if depth < DEEPEST {
            continue;
        }
        let end = rest.find('>').map_or(html.len(), |i| after + i + 1);
        let out = out.get_or_insert_with(String::new);
        out.push_str(html.get(copied..open).unwrap_or(""));
        out.push(' ');
        (copied, at) = (end, end);
    }
    match out {
        None => Cow::Borrowed(html),
        Some(out) => Cow::Owned(out + html.get(copied..).unwrap_or("")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_too_deep_is_folded() {
        let page = "<div><p>snow<br>rain<p>sun</div>".repeat(2000);
        assert!(matches!(shallow(&page), Cow::Borrowed(_)));
        let deep = format!("{}snow{}rain", "<div class=\"x\">".repeat(2000), "</div>".repeat(2000));
        let flat = shallow(&deep);
        assert!(flat.matches("<div").count() < DEEPEST && flat.contains("snow") && flat.ends_with("rain"));
    }
}
