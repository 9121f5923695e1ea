//! A text in every language that the body has it in.

use super::Text;

/// A label: language code to text. An empty one means that the body has no text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RawLabel<'a> {
    /// Language code (LCID, 1033 is English) and text, in the body's order.
    pub texts: Vec<(u32, Text<'a>)>,
}

impl RawLabel<'_> {
    /// True if there is no text in any language.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// The text in `language`.
    #[must_use]
    pub fn get(&self, language: u32) -> Option<&str> {
        self.texts
            .iter()
            .find(|(code, _)| *code == language)
            .map(|(_, text)| text.as_ref())
    }

    /// The text in `language`, else in the first language that the body has.
    #[must_use]
    pub fn get_or_first(&self, language: u32) -> Option<&str> {
        self.get(language)
            .or_else(|| self.texts.first().map(|(_, text)| text.as_ref()))
    }
}
