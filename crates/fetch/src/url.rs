//! Addresses: taken apart as far as fetching needs, and joined to where a redirect or a feed leads.

use ureq::http::Uri;

/// An address that can be fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Url {
    /// Without its fragment.
    pub(crate) whole: String,
    /// `https://host:port`, in small letters.
    pub(crate) origin: String,
    /// In small letters, without brackets.
    pub(crate) host: String,
    /// Path and query.
    pub(crate) path: String,
}

impl Url {
    /// An address of the web; `None` for all else.
    pub(crate) fn read(written: &str) -> Option<Self> {
        let written = written.trim().split('#').next().unwrap_or("");
        let encoded = encode(written);
        let uri: Uri = encoded.parse().ok()?;
        let scheme = uri.scheme_str()?.to_ascii_lowercase();
        let authority = uri.authority()?;
        // Names and passwords in an address would stand in the archive.
        if !matches!(scheme.as_str(), "http" | "https") || authority.as_str().contains('@') || authority.host().is_empty() {
            return None;
        }
        let host = authority.host().to_ascii_lowercase();
        let port = authority.port_u16().map_or(String::new(), |p| format!(":{p}"));
        let path = uri.path_and_query().map_or("/", |p| p.as_str());
        let path = if path.starts_with('/') { path.to_owned() } else { format!("/{path}") };
        let origin = format!("{scheme}://{host}{port}");
        Some(Self { whole: format!("{origin}{path}"), origin, host: host.trim_matches(['[', ']']).to_owned(), path })
    }

    /// Where a reference on this page leads.
    pub(crate) fn join(&self, reference: &str) -> Option<Self> {
        let reference = reference.trim();
        let scheme = self.origin.split(':').next().unwrap_or("https");
        let has_scheme = reference
            .split_once(':')
            .is_some_and(|(s, _)| !s.is_empty() && s.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b)));
        if has_scheme {
            return Self::read(reference);
        }
        if let Some(rest) = reference.strip_prefix("//") {
            return Self::read(&format!("{scheme}://{rest}"));
        }
        if reference.starts_with('/') {
            return Self::read(&format!("{}{reference}", self.origin));
        }
        let path = self.path.split('?').next().unwrap_or("/");
        if reference.starts_with('?') {
            return Self::read(&format!("{}{path}{reference}", self.origin));
        }
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        Self::read(&format!("{}{}", self.origin, without_dots(&format!("{folder}/{reference}"))))
    }
}

/// A path without `.` and `..` among its parts; the query stays.
fn without_dots(path: &str) -> String {
    let (path, query) = path.split_once('?').map_or((path, None), |(p, q)| (p, Some(q)));
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/').skip(1) {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            other => parts.push(other),
        }
    }
    let query = query.map_or(String::new(), |q| format!("?{q}"));
    format!("/{}{query}", parts.join("/"))
}

/// Letters that may not stand in an address as they are, as browsers send them.
fn encode(written: &str) -> String {
    let mut out = String::with_capacity(written.len());
    for byte in written.bytes() {
        if byte.is_ascii_graphic() && !matches!(byte, b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_where_they_lead() {
        let url = Url::read("https://Hill.Example:8080/a/b?c=d#e").unwrap();
        assert_eq!(
            (url.whole.as_str(), url.host.as_str(), url.path.as_str()),
            ("https://hill.example:8080/a/b?c=d", "hill.example", "/a/b?c=d")
        );
        for (reference, whole) in [
            ("/x", "https://hill.example:8080/x"),
            ("x?y", "https://hill.example:8080/a/x?y"),
            ("../x", "https://hill.example:8080/x"),
            ("//other.example/x", "https://other.example/x"),
            ("http://other.example", "http://other.example/"),
            ("?z", "https://hill.example:8080/a/b?z"),
            ("./../../../x", "https://hill.example:8080/x"),
            ("/خبر", "https://hill.example:8080/%D8%AE%D8%A8%D8%B1"),
        ] {
            assert_eq!(url.join(reference).map(|u| u.whole).as_deref(), Some(whole), "{reference}");
        }
        for none in
            ["ftp://a.example/", "file:///etc/passwd", "javascript:alert(1)", "https://", "https://u:p@a.example/", "mailto:a@b.example"]
        {
            assert_eq!(url.join(none), None, "{none}");
        }
        assert_eq!(Url::read("http://[::1]:80/").unwrap().host, "::1");
    }
}
