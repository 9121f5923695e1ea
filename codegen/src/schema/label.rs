//! Texts in several languages.

use std::fmt;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A text in the languages that the environment has it in, by language code (LCID: 1033 is English, 1031 German).
///
/// Empty texts are left out. Code 0 stands for a text of unknown language, as CSDL descriptions are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Label(Vec<(u32, String)>);

impl Label {
    /// The language code of a text whose language the document doesn't tell.
    pub const UNKNOWN_LANGUAGE: u32 = 0;

    /// A label in one language.
    #[must_use]
    pub fn of(language: u32, text: &str) -> Self {
        [(language, text.to_owned())].into_iter().collect()
    }

    /// Whether there is no text in any language.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text in one language.
    #[must_use]
    pub fn get(&self, language: u32) -> Option<&str> {
        self.0
            .binary_search_by_key(&language, |(code, _)| *code)
            .ok()
            .map(|at| self.0[at].1.as_str())
    }

    /// The text to show first: in the given language, else in English, else in the language with the lowest code.
    #[must_use]
    pub fn preferred(&self, language: u32) -> Option<&str> {
        const ENGLISH: u32 = 1033;
        self.get(language)
            .or_else(|| self.get(ENGLISH))
            .or_else(|| self.0.first().map(|(_, text)| text.as_str()))
    }

    pub(super) fn retain(&mut self, wanted: impl Fn(u32) -> bool) {
        self.0.retain(|(code, _)| wanted(*code));
    }

    /// All texts, by rising language code.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &str)> {
        self.0.iter().map(|(code, text)| (*code, text.as_str()))
    }
}

impl FromIterator<(u32, String)> for Label {
    /// Of two texts in the same language the first stays.
    fn from_iter<I: IntoIterator<Item = (u32, String)>>(texts: I) -> Self {
        let mut texts: Vec<_> = texts
            .into_iter()
            .filter(|(_, text)| !text.trim().is_empty())
            .collect();
        texts.sort_by_key(|(code, _)| *code);
        texts.dedup_by_key(|(code, _)| *code);
        texts.shrink_to_fit();
        Self(texts)
    }
}

impl Serialize for Label {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(code, text)| (code, text)))
    }
}

impl<'de> Deserialize<'de> for Label {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Texts;
        impl<'de> Visitor<'de> for Texts {
            type Value = Label;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map from language codes to texts")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Label, A::Error> {
                let mut texts = Vec::with_capacity(1);
                while let Some(entry) = map.next_entry::<u32, String>()? {
                    texts.push(entry);
                }
                Ok(texts.into_iter().collect())
            }
        }
        deserializer.deserialize_map(Texts)
    }
}
