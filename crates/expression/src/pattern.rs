//! Patterns: what a rule looks for, word by word.
//!
//! A pattern is a row of items parted by blanks. An item is a word; `{class}`, something of that class, caught under the
//! class's name or under another one (`{number:hour}`); or a group `( a | b )`. After an item `?` makes it optional.
//! Before it, `x+` asks for the clitic (or separate word) `x`. Inside the braces, `!` shuts out words that are a time
//! only beside others ("May"), `4#` asks for four digits and `1..31` for a number between the two: `{int 4# 1900..2100:year}`.
//! `{word}` is any word in letters and `{any}` anything: for what must not stand beside a match. `0#` asks for a number in
//! words. `~` forbids a blank at its place. `[` and `]` bound the expression's span; without them it is all that matched.

use std::collections::BTreeMap;

/// One step of a compiled pattern.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    Item(Item),
    /// Go on here or there.
    Split(usize, usize),
    Jump(usize),
    /// No blank before the next word.
    Glued,
    Open,
    Close,
    Done,
}

#[derive(Debug, Clone)]
pub(crate) struct Item {
    pub(crate) class: u16,
    /// The name's number among the rule's captures; words are not caught.
    pub(crate) capture: Option<usize>,
    pub(crate) prefix: Option<Box<str>>,
    pub(crate) sure: bool,
    pub(crate) digits: Option<u8>,
    pub(crate) range: Option<(f64, f64)>,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Pattern {
    pub(crate) steps: Vec<Step>,
    pub(crate) captures: Vec<String>,
    /// Sets of classes of each of which every match has one, those that texts have seldom first.
    pub(crate) needed: Vec<Need>,
}

/// Classes one of which a match must have.
#[derive(Debug, Clone)]
pub(crate) struct Need {
    pub(crate) classes: Vec<u16>,
    /// How common the commonest of them is, as far as its looks tell: a class of its own, a word, a mark or very short word.
    common: u8,
}

impl Need {
    fn of(class: u16, token: &str) -> Vec<Self> {
        let common = if token.contains('{') { 0 } else { 1 + u8::from(token.chars().count() <= SHORT) };
        vec![Self { classes: vec![class], common }]
    }

    /// What every match of one of two branches has: their rarest needs go together.
    fn either(mut a: Vec<Self>, mut b: Vec<Self>) -> Vec<Self> {
        a.sort_by_key(|n| n.common);
        b.sort_by_key(|n| n.common);
        let join = |(mut a, b): (Self, Self)| {
            a.classes.extend(b.classes);
            a.common = a.common.max(b.common);
            a
        };
        a.into_iter().zip(b).map(join).collect()
    }
}

/// Words of so many letters are in every sentence.
const SHORT: usize = 3;

/// Gives the numbers of classes and words while patterns are read.
pub(crate) trait Names {
    /// The class of this name; `None` where there is none.
    fn class(&mut self, name: &str) -> Option<u16>;
    /// The class of just this word or mark.
    fn word(&mut self, word: &str) -> u16;
}

impl Pattern {
    /// Compile a pattern; `<name>` stands for the text of that definition.
    pub(crate) fn read(source: &str, definitions: &BTreeMap<String, String>, names: &mut dyn Names) -> Result<Self, String> {
        let mut text = source.to_owned();
        for _ in 0..8 {
            for (name, definition) in definitions {
                text = text.replace(&format!("<{name}>"), &format!("( {definition} )"));
            }
        }
        let mut reader = Reader { tokens: tokens(&text)?, at: 0, pattern: Self::default(), names };
        let mut needed = reader.alternatives()?;
        needed.sort_by_key(|n| n.common);
        reader.pattern.needed = needed;
        if let Some(extra) = reader.tokens.get(reader.at) {
            return Err(format!("`{extra}` has no beginning"));
        }
        reader.pattern.steps.push(Step::Done);
        if reader.pattern.nullable(0, 0) {
            return Err("the pattern matches no words at all".to_owned());
        }
        Ok(reader.pattern)
    }

    fn nullable(&self, at: usize, depth: usize) -> bool {
        match &self.steps[at] {
            Step::Done => true,
            Step::Item(_) => false,
            _ if depth > self.steps.len() => true,
            Step::Split(a, b) => self.nullable(*a, depth + 1) || self.nullable(*b, depth + 1),
            Step::Jump(to) => self.nullable(*to, depth + 1),
            Step::Glued | Step::Open | Step::Close => self.nullable(at + 1, depth + 1),
        }
    }

    /// The classes that a match can begin with.
    pub(crate) fn first(&self) -> Vec<u16> {
        let (next, _) = self.next(vec![0]);
        next.into_iter().filter_map(|at| self.item(at)).map(|item| item.class).collect()
    }

    /// The steps of the items that may come next from these steps on, and whether the pattern may end before one does.
    pub(crate) fn next(&self, mut todo: Vec<usize>) -> (Vec<usize>, bool) {
        let (mut found, mut ends, mut seen) = (Vec::new(), false, vec![false; self.steps.len()]);
        while let Some(at) = todo.pop() {
            if std::mem::replace(&mut seen[at], true) {
                continue;
            }
            match &self.steps[at] {
                Step::Item(_) => found.push(at),
                Step::Split(a, b) => todo.extend([*a, *b]),
                Step::Jump(to) => todo.push(*to),
                Step::Glued | Step::Open | Step::Close => todo.push(at + 1),
                Step::Done => ends = true,
            }
        }
        (found, ends)
    }

    /// The item of a step that is one.
    pub(crate) fn item(&self, at: usize) -> Option<&Item> {
        match self.steps.get(at) {
            Some(Step::Item(item)) => Some(item),
            _ => None,
        }
    }
}

/// Cut into tokens: brackets and bars alone, `{…}` whole with what is glued before it.
fn tokens(text: &str) -> Result<Vec<String>, String> {
    let (mut tokens, mut word, mut braces) = (Vec::new(), String::new(), false);
    for c in text.chars() {
        match c {
            '{' => {
                braces = true;
                word.push(c);
            }
            '}' => {
                braces = false;
                word.push(c);
            }
            c if braces => word.push(c),
            '(' | ')' | '|' | '[' | ']' | '?' | '~' => {
                if !word.is_empty() {
                    tokens.push(std::mem::take(&mut word));
                }
                tokens.push(c.to_string());
            }
            c if c.is_whitespace() => {
                if !word.is_empty() {
                    tokens.push(std::mem::take(&mut word));
                }
            }
            c => word.push(c),
        }
    }
    if braces {
        return Err("a brace is not closed".to_owned());
    }
    if !word.is_empty() {
        tokens.push(word);
    }
    Ok(tokens)
}

struct Reader<'n> {
    tokens: Vec<String>,
    at: usize,
    pattern: Pattern,
    names: &'n mut dyn Names,
}

impl Reader<'_> {
    fn peek(&self) -> Option<&str> {
        self.tokens.get(self.at).map(String::as_str)
    }

    /// Read branches up to the end of the group; gives what every match of them needs.
    fn alternatives(&mut self) -> Result<Vec<Need>, String> {
        let start = self.pattern.steps.len();
        let mut needed = self.sequence()?;
        let mut ends = Vec::new();
        let mut from = start;
        while self.peek() == Some("|") {
            self.at += 1;
            // Room for the choice before the branch just read, and a way out after it.
            self.insert(from, Step::Split(from + 1, 0));
            ends.push(self.pattern.steps.len());
            self.pattern.steps.push(Step::Jump(0));
            let next = self.pattern.steps.len();
            self.pattern.steps[from] = Step::Split(from + 1, next);
            from = next;
            needed = Need::either(needed, self.sequence()?);
        }
        let out = self.pattern.steps.len();
        for end in ends {
            self.pattern.steps[end] = Step::Jump(out);
        }
        Ok(needed)
    }

    /// Put a step in and move what points behind it; what points at its place now comes upon it.
    fn insert(&mut self, at: usize, step: Step) {
        for s in &mut self.pattern.steps {
            match s {
                Step::Split(a, b) => {
                    *a += usize::from(*a > at);
                    *b += usize::from(*b > at);
                }
                Step::Jump(to) => *to += usize::from(*to > at),
                _ => {}
            }
        }
        self.pattern.steps.insert(at, step);
    }

    fn sequence(&mut self) -> Result<Vec<Need>, String> {
        let mut needed = Vec::new();
        while let Some(token) = self.peek().map(str::to_owned) {
            let (start, mut here) = (self.pattern.steps.len(), Vec::new());
            match token.as_str() {
                "|" | ")" => break,
                "(" => {
                    self.at += 1;
                    here = self.alternatives()?;
                    if self.peek() != Some(")") {
                        return Err("a group is not closed".to_owned());
                    }
                }
                "[" => self.pattern.steps.push(Step::Open),
                "]" => self.pattern.steps.push(Step::Close),
                "~" => self.pattern.steps.push(Step::Glued),
                "?" => return Err("`?` has nothing before it".to_owned()),
                item => {
                    let item = self.item(item)?;
                    here = Need::of(item.class, &token);
                    self.pattern.steps.push(Step::Item(item));
                }
            }
            self.at += 1;
            if self.peek() == Some("?") {
                self.at += 1;
                self.insert(start, Step::Split(start + 1, 0));
                let out = self.pattern.steps.len();
                self.pattern.steps[start] = Step::Split(start + 1, out);
            } else {
                needed.append(&mut here);
            }
        }
        Ok(needed)
    }

    fn item(&mut self, token: &str) -> Result<Item, String> {
        let (prefix, rest) = match token.split_once('+') {
            Some((prefix, rest)) if !prefix.is_empty() && !rest.is_empty() && !prefix.starts_with('{') => (Some(prefix), rest),
            _ => (None, token),
        };
        let prefix = prefix.map(|p| marsad_text::fold(p).into_boxed_str());
        let Some(inner) = rest.strip_prefix('{') else {
            let class = self.names.word(rest);
            return Ok(Item { class, capture: None, prefix, sure: false, digits: None, range: None });
        };
        let inner = inner.strip_suffix('}').ok_or_else(|| format!("`{token}`: what follows the brace?"))?;
        let (kind, name) = inner.split_once(':').map_or((inner, None), |(kind, name)| (kind, Some(name.trim())));
        let mut parts = kind.split_whitespace();
        let class = parts.next().unwrap_or_default();
        let sure = class.ends_with('!');
        let class = class.trim_end_matches('!');
        let (mut digits, mut range) = (None, None);
        for part in parts {
            if let Some(n) = part.strip_suffix('#') {
                digits = Some(n.parse().map_err(|_| format!("`{part}` is no number of digits"))?);
            } else if let Some((a, b)) = part.split_once("..") {
                let number = |s: &str| s.parse::<f64>().map_err(|_| format!("`{part}` is no range"));
                range = Some((number(a)?, number(b)?));
            } else {
                return Err(format!("`{part}` in `{token}` is neither digits (`4#`) nor a range (`1..31`)"));
            }
        }
        let id = self.names.class(class).ok_or_else(|| format!("there is no class `{class}`"))?;
        let name = name.unwrap_or(class);
        let at = self.pattern.captures.iter().position(|c| c == name).unwrap_or_else(|| {
            self.pattern.captures.push(name.to_owned());
            self.pattern.captures.len() - 1
        });
        Ok(Item { class: id, capture: Some(at), prefix, sure, digits, range })
    }
}
