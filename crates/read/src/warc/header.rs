//! Fields of a header: `Name: value`, a line each, as archives and web servers write them.

/// The fields of a header, in their order.
#[derive(Debug, Default)]
pub(crate) struct Fields<'h>(Vec<(&'h str, &'h str)>);

impl<'h> Fields<'h> {
    /// The fields of these lines. A line that is none is left.
    pub(crate) fn of(head: &'h str) -> Self {
        Self(head.lines().filter_map(|line| line.split_once(':')).map(|(name, value)| (name.trim(), value.trim())).collect())
    }

    /// The first field of this name, in whatever case.
    pub(crate) fn get(&self, name: &str) -> Option<&'h str> {
        self.0.iter().find(|(n, v)| n.eq_ignore_ascii_case(name) && !v.is_empty()).map(|(_, v)| *v)
    }
}

/// A content type: `text/html; charset=windows-1256` is `text/html` and `windows-1256`.
pub(crate) fn content_type(value: &str) -> (String, Option<&str>) {
    let (mime, parameters) = value.split_once(';').unwrap_or((value, ""));
    let charset = parameters.split(';').find_map(|p| {
        let (name, value) = p.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches(['"', '\'']))
    });
    (mime.trim().to_ascii_lowercase(), charset.filter(|c| !c.is_empty()))
}
