//! What a site's `robots.txt` lets be fetched.

use std::time::Duration;

/// The name by which a site may speak of this program in particular.
pub(crate) const NAME: &str = "marsad";
/// More of the file is not read.
const LONGEST: usize = 512 << 10;
/// No site makes anybody wait longer between two pages.
const LONGEST_DELAY: f64 = 60.0;

/// The rules of one site for this program.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Robots {
    rules: Vec<(String, bool)>,
    delay: Option<Duration>,
}

impl Robots {
    /// Nothing is let.
    pub fn closed() -> Self {
        Self { rules: vec![("/".to_owned(), false)], delay: None }
    }

    /// Read the file: the groups that name this program, or else those for everybody.
    pub fn read(file: &str) -> Self {
        let (mut own, mut all) = (None::<Self>, Self::default());
        let (mut for_own, mut for_all, mut in_head) = (false, false, false);
        let end = (0..=LONGEST.min(file.len())).rev().find(|&i| file.is_char_boundary(i)).unwrap_or(0);
        for line in file.get(..end).unwrap_or("").lines() {
            let line = line.split('#').next().unwrap_or("");
            let Some((field, value)) = line.split_once(':') else { continue };
            let (field, value) = (field.trim().trim_start_matches('\u{feff}').to_ascii_lowercase(), value.trim());
            if field == "user-agent" {
                if !in_head {
                    (for_own, for_all) = (false, false);
                }
                in_head = true;
                let agent = value.split(['/', ' ']).next().unwrap_or("");
                for_all |= agent == "*";
                for_own |= agent.eq_ignore_ascii_case(NAME);
                if for_own {
                    own.get_or_insert_default();
                }
                continue;
            }
            in_head = false;
            if let Some(own) = own.as_mut().filter(|_| for_own) {
                own.add(&field, value);
            }
            if for_all {
                all.add(&field, value);
            }
        }
        own.unwrap_or(all)
    }

    fn add(&mut self, field: &str, value: &str) {
        match field {
            // An empty rule says nothing.
            "allow" | "disallow" if !value.is_empty() => self.rules.push((value.to_owned(), field == "allow")),
            "crawl-delay" => {
                let seconds = value.parse::<f64>().ok().filter(|s| s.is_finite() && *s >= 0.0);
                self.delay = seconds.map(|s| Duration::from_secs_f64(s.min(LONGEST_DELAY)));
            }
            _ => {}
        }
    }

    /// How long to wait between two pages, where the site says so.
    pub fn delay(&self) -> Option<Duration> {
        self.delay
    }

    /// May this path, with its query, be fetched? The longest rule that fits decides; of two as long, the one that lets.
    pub fn lets(&self, path: &str) -> bool {
        let fitting = self.rules.iter().filter(|(pattern, _)| fits(pattern.as_bytes(), path.as_bytes()));
        fitting.max_by_key(|(pattern, allow)| (pattern.len(), *allow)).is_none_or(|(_, allow)| *allow)
    }
}

/// Does a pattern fit the beginning of a path? `*` stands for anything, `$` at the end for the path's end.
fn fits(pattern: &[u8], path: &[u8]) -> bool {
    let (pattern, whole) = match pattern.split_last() {
        Some((b'$', rest)) => (rest, true),
        _ => (pattern, false),
    };
    let (mut p, mut at, mut back) = (0, 0, None);
    loop {
        match pattern.get(p) {
            Some(b'*') => {
                back = Some((p + 1, at));
                p += 1;
            }
            None if !whole || at == path.len() => return true,
            Some(c) if path.get(at) == Some(c) => (p, at) = (p + 1, at + 1),
            _ => match back.filter(|(_, from)| *from < path.len()) {
                Some((after, from)) => {
                    (p, at) = (after, from + 1);
                    back = Some((after, from + 1));
                }
                None => return false,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_rule_decides() {
        let robots = Robots::read(
            "User-agent: *\nDisallow: /private\nAllow: /private/press # for all\nDisallow: /*.pdf$\nDisallow:\nCrawl-delay: 3\n\nUser-agent: other\nDisallow: /",
        );
        for (path, lets) in [
            ("/", true),
            ("/private", false),
            ("/private/a", false),
            ("/private/press/1", true),
            ("/a/b.pdf", false),
            ("/a/b.pdf?x", true),
            ("/privat", true),
        ] {
            assert_eq!(robots.lets(path), lets, "{path}");
        }
        assert_eq!(robots.delay(), Some(Duration::from_secs(3)));
    }

    #[test]
    fn who_is_named_reads_its_own_group() {
        let file = "user-agent: other\nuser-agent: Marsad/1.0\ndisallow: /a\n\nuser-agent: *\ndisallow: /\ncrawl-delay: 1e9";
        let robots = Robots::read(file);
        assert!(robots.lets("/b") && !robots.lets("/a") && robots.delay().is_none());
        assert!(!Robots::closed().lets("/b") && Robots::read("").lets("/") && Robots::read("<html>404</html>").lets("/"));
        assert_eq!(Robots::read("user-agent: *\ncrawl-delay: 1e9").delay(), Some(Duration::from_mins(1)));
    }

    #[test]
    fn patterns_of_stars_end() {
        let pattern = format!("{}b$", "*a".repeat(200));
        assert!(!fits(pattern.as_bytes(), "a".repeat(5_000).as_bytes()));
        assert!(fits(b"/a*c*e", b"/abcde/f") && fits(b"*", b"") && !fits(b"/a$", b"/ab") && fits(b"/a*$", b"/ab"));
    }
}
