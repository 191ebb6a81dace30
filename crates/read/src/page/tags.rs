//! What HTML tags mean for what is read.

/// Holds no text of the page.
pub(super) fn is_skipped(tag: &str) -> bool {
    matches!(
        tag,
        "script"
            | "style"
            | "noscript"
            | "template"
            | "svg"
            | "math"
            | "iframe"
            | "object"
            | "embed"
            | "applet"
            | "canvas"
            | "audio"
            | "video"
            | "map"
            | "button"
            | "select"
            | "option"
            | "optgroup"
            | "datalist"
            | "input"
            | "textarea"
            | "label"
            | "meter"
            | "progress"
            | "head"
            | "title"
            | "link"
            | "meta"
            | "frameset"
            | "noframes"
    )
}

/// Holds text, but hardly ever the report's.
pub(super) fn is_furniture(tag: &str) -> bool {
    matches!(tag, "nav" | "aside" | "footer" | "form" | "figure" | "figcaption" | "menu" | "dialog" | "address" | "fieldset" | "legend")
}

/// Is a heading of any rank.
pub(super) fn is_heading(tag: &str) -> bool {
    matches!(tag, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// Stands inside a line, and may hold what is none of the line's own: a credit, a caption.
pub(super) fn holds_label(tag: &str) -> bool {
    matches!(tag, "span" | "small" | "em" | "i" | "cite" | "font")
}

/// Does not begin a line of its own.
pub(super) fn is_inline(tag: &str) -> bool {
    matches!(
        tag,
        "a" | "abbr"
            | "acronym"
            | "b"
            | "bdi"
            | "bdo"
            | "big"
            | "cite"
            | "code"
            | "data"
            | "del"
            | "dfn"
            | "em"
            | "font"
            | "i"
            | "img"
            | "ins"
            | "kbd"
            | "mark"
            | "nobr"
            | "picture"
            | "q"
            | "rp"
            | "rt"
            | "ruby"
            | "s"
            | "samp"
            | "small"
            | "source"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "tt"
            | "u"
            | "var"
            | "wbr"
    )
}
