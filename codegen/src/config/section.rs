//! Reads a table of the file key by key, and keeps what is wrong with its place.

use std::cell::RefCell;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error::Problem;
use super::keys::{Form, Key};
use crate::nearest::nearest;
use crate::position::Position;

/// What is wrong so far, gathered so that one run tells it all.
pub(super) struct Problems<'t> {
    text: &'t str,
    found: RefCell<Vec<(usize, Problem)>>,
}

impl<'t> Problems<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            text,
            found: RefCell::default(),
        }
    }

    pub(super) fn add(&self, span: Option<Range<usize>>, message: &str, help: Option<String>) {
        let offset = span.map_or(0, |span| span.start);
        let Position { line, column } = Position::of(self.text.as_bytes(), offset);
        let problem = Problem {
            line,
            column,
            message: message.to_owned(),
            help,
        };
        self.found.borrow_mut().push((offset, problem));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.found.borrow().is_empty()
    }

    /// All problems in the order of the text.
    pub(super) fn into_inner(self) -> Vec<Problem> {
        let mut found = self.found.into_inner();
        found.sort_by_key(|(offset, _)| *offset);
        found.into_iter().map(|(_, problem)| problem).collect()
    }
}

/// A table of the file and the keys that it may have.
pub(super) struct Section<'s> {
    table: &'s DeTable<'s>,
    span: Range<usize>,
    keys: &'static [Key],
    problems: &'s Problems<'s>,
}

type Entry<'s> = (&'s Spanned<std::borrow::Cow<'s, str>>, &'s Spanned<DeValue<'s>>);

impl<'s> Section<'s> {
    pub(super) fn root(table: &'s DeTable<'s>, keys: &'static [Key], problems: &'s Problems<'s>) -> Self {
        Self {
            table,
            span: 0..0,
            keys,
            problems,
        }
    }

    fn entry(&self, key: &str) -> Option<Entry<'s>> {
        debug_assert!(
            self.keys.iter().any(|known| known.name == key),
            "`{key}` is no key that is told to users"
        );
        self.table.get_key_value(key)
    }

    /// Keeps a problem with the value of a key, or with the section where it has none.
    pub(super) fn problem(&self, key: &str, message: &str, help: Option<String>) {
        let span = self
            .table
            .get_key_value(key)
            .map_or(self.span.clone(), |(_, value)| value.span());
        self.problems.add(Some(span), message, help);
    }

    /// Keeps a problem with the section as a whole.
    pub(super) fn lacks(&self, message: &str, help: String) {
        self.problems.add(Some(self.span.clone()), message, Some(help));
    }

    fn mismatch(&self, value: &Spanned<DeValue<'_>>, key: &str, expected: &str) {
        let found = value.get_ref().type_str();
        self.problems.add(
            Some(value.span()),
            &format!("`{key}` is {expected}, not {}", article(found)),
            None,
        );
    }

    /// A text.
    pub(super) fn text(&self, key: &str) -> Option<&'s str> {
        let (_, value) = self.entry(key)?;
        match value.get_ref() {
            DeValue::String(text) if !text.trim().is_empty() => Some(text),
            DeValue::String(_) => {
                self.problem(key, &format!("`{key}` is empty"), None);
                None
            }
            _ => {
                self.mismatch(value, key, "a text in quotes");
                None
            }
        }
    }

    /// One of the words that the key takes.
    pub(super) fn word(&self, key: &str) -> Option<&'s str> {
        let text = self.text(key)?;
        let words = self.keys.iter().find_map(|known| match known.form {
            Form::Word(words) if known.name == key => Some(words),
            _ => None,
        })?;
        if words.contains(&text) {
            return Some(text);
        }
        let near = nearest(text, words.iter().copied());
        let help = near.map_or_else(String::new, |near| format!("did you mean \"{near}\"? "));
        self.problem(
            key,
            &format!("`{key}` can't be \"{text}\""),
            Some(format!("{help}It is one of \"{}\"", words.join("\", \""))),
        );
        None
    }

    /// A whole number.
    pub(super) fn number(&self, key: &str) -> Option<u32> {
        let (_, value) = self.entry(key)?;
        let number = whole(value.get_ref());
        if number.is_none() {
            self.mismatch(value, key, "a whole number");
        }
        number
    }

    /// A list of whole numbers.
    pub(super) fn numbers(&self, key: &str) -> Option<Vec<u32>> {
        self.list(key, "a list of whole numbers: [1033, 1031]", whole)
    }

    /// A list of texts; one alone may stand without brackets.
    pub(super) fn names(&self, key: &str) -> Option<Vec<String>> {
        if let Some((_, value)) = self.entry(key)
            && let DeValue::String(text) = value.get_ref()
        {
            return Some(vec![text.clone().into_owned()]);
        }
        self.list(
            key,
            "a list of texts: [\"account\", \"rsk_*\"]",
            |value| match value {
                DeValue::String(text) => Some(text.clone().into_owned()),
                _ => None,
            },
        )
    }

    fn list<T>(&self, key: &str, expected: &str, one: impl Fn(&DeValue<'_>) -> Option<T>) -> Option<Vec<T>> {
        let (_, value) = self.entry(key)?;
        let DeValue::Array(items) = value.get_ref() else {
            self.mismatch(value, key, expected);
            return None;
        };
        let mut list = Vec::with_capacity(items.len());
        for item in items {
            match one(item.get_ref()) {
                Some(item) => list.push(item),
                None => self.mismatch(item, key, expected),
            }
        }
        Some(list)
    }

    /// A section below this one. It has to be finished too.
    pub(super) fn section(&self, key: &str) -> Option<Section<'s>> {
        let (name, value) = self.entry(key)?;
        let keys = self.keys.iter().find_map(|known| match known.form {
            Form::Section(keys) if known.name == key => Some(keys),
            _ => None,
        })?;
        self.below(name, value, key, keys)
    }

    /// The sections below a key, by names that the user chose.
    pub(super) fn sections(&self, key: &str) -> Vec<(&'s str, Section<'s>)> {
        let Some((_, value)) = self.entry(key) else {
            return Vec::new();
        };
        let DeValue::Table(table) = value.get_ref() else {
            self.mismatch(value, key, "a table of sections");
            return Vec::new();
        };
        let keys = self.keys.iter().find_map(|known| match known.form {
            Form::Sections(keys) if known.name == key => Some(keys),
            _ => None,
        });
        let named = table.iter().filter_map(|(name, value)| {
            let below = self.below(name, value, name.get_ref(), keys.unwrap_or_default())?;
            Some((&**name.get_ref(), below))
        });
        named.collect()
    }

    fn below(
        &self,
        name: &'s Spanned<std::borrow::Cow<'s, str>>,
        value: &'s Spanned<DeValue<'s>>,
        key: &str,
        keys: &'static [Key],
    ) -> Option<Section<'s>> {
        let DeValue::Table(table) = value.get_ref() else {
            self.mismatch(value, key, "a section");
            return None;
        };
        Some(Section {
            table,
            span: name.span(),
            keys,
            problems: self.problems,
        })
    }

    /// The entries of a table whose keys and values are both texts, with what to call a problem with one.
    pub(super) fn pairs(&self, key: &str) -> Vec<Pair<'s>> {
        let Some((_, value)) = self.entry(key) else {
            return Vec::new();
        };
        let DeValue::Table(table) = value.get_ref() else {
            self.mismatch(value, key, "a table of names");
            return Vec::new();
        };
        let mut pairs = Vec::with_capacity(table.len());
        for (name, value) in table {
            match value.get_ref() {
                DeValue::String(text) => pairs.push(Pair {
                    key: name.get_ref(),
                    value: text,
                    span: value.span(),
                }),
                DeValue::Table(_) => self.problems.add(
                    Some(name.span()),
                    &format!("`{}` is cut at its dot", name.get_ref()),
                    Some(
                        "a key with a dot stands in quotes: \"account.industrycode\" = \"Industry\""
                            .to_owned(),
                    ),
                ),
                _ => self.mismatch(value, name.get_ref(), "a text in quotes"),
            }
        }
        pairs
    }

    /// Keeps a problem at a place.
    pub(super) fn problem_at(&self, span: Range<usize>, message: &str, help: Option<String>) {
        self.problems.add(Some(span), message, help);
    }

    /// The table itself, for sections whose keys depend on a value.
    pub(super) fn table(&self) -> &'s DeTable<'s> {
        self.table
    }

    /// Says of each key that nobody knows what it could have been.
    pub(super) fn finish(&self) {
        let known = || self.keys.iter().map(|key| key.name);
        for (name, _) in self.table {
            if known().any(|key| key == name.get_ref()) {
                continue;
            }
            let help = match nearest(name.get_ref(), known()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("known here: {}", known().collect::<Vec<_>>().join(", ")),
            };
            let message = format!("there is no key `{}`", name.get_ref());
            self.problems.add(Some(name.span()), &message, Some(help));
        }
    }
}

/// A key and a value that are both texts.
pub(super) struct Pair<'s> {
    pub(super) key: &'s str,
    pub(super) value: &'s str,
    pub(super) span: Range<usize>,
}

fn whole(value: &DeValue<'_>) -> Option<u32> {
    match value {
        DeValue::Integer(number) => u32::from_str_radix(number.as_str(), number.radix()).ok(),
        _ => None,
    }
}

fn article(kind: &str) -> String {
    let vowel = kind.starts_with(['a', 'e', 'i', 'o', 'u']);
    format!("{} {kind}", if vowel { "an" } else { "a" })
}
