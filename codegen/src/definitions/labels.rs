//! Reads labels: a text in every language.

use serde::de::MapAccess;

use super::model::{RawLabel, Text};
use super::object::{Object, Property, object};

impl<'de, A: MapAccess<'de>> Property<'_, 'de, A> {
    /// A label.
    pub(super) fn label(self, target: &mut RawLabel<'de>) -> Result<(), A::Error> {
        target.texts.clear();
        self.object(target).map(drop)
    }
}

impl<'de> Object<'de> for RawLabel<'de> {
    const EXPECTED: &'static str = "an object with a label";

    fn property<A: MapAccess<'de>>(&mut self, property: Property<'_, 'de, A>) -> Result<(), A::Error> {
        match property.name.as_ref() {
            "LocalizedLabels" => {
                let mut first = true;
                property.each(|text: LocalizedText<'de>| {
                    if std::mem::take(&mut first) {
                        // The texts of all languages replace the one of the user's language.
                        self.texts.clear();
                    }
                    self.texts.extend(text.both());
                })
            }
            // It repeats one of the texts, so it only counts where there are none.
            "UserLocalizedLabel" if self.texts.is_empty() => {
                let mut text = LocalizedText::default();
                property.object(&mut text)?;
                self.texts.extend(text.both());
                Ok(())
            }
            _ => property.skip(),
        }
    }
}

/// A text in one language.
#[derive(Default)]
struct LocalizedText<'a> {
    label: Option<Text<'a>>,
    language: Option<i64>,
}

object! {
    LocalizedText, "an object with a text and its language";
    "Label" => label: scalar,
    "LanguageCode" => language: scalar,
}

impl<'a> LocalizedText<'a> {
    fn both(self) -> Option<(u32, Text<'a>)> {
        Some((u32::try_from(self.language?).ok()?, self.label?))
    }
}
