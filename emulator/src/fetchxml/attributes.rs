//! The attributes of an element, and what of them is known.

use super::element::Element;
use super::{invalid, shown};
use crate::Fault;

/// What attributes an element may have.
pub(super) struct Known {
    /// Those that say something.
    pub(super) used: &'static [&'static str],
    /// Those that change nothing of the answer: hints, and what older clients write.
    pub(super) ignored: &'static [&'static str],
    /// Those that the service knows and this emulator doesn't.
    pub(super) unsupported: &'static [&'static str],
}

/// The attributes of an element, all of which are known.
pub(super) struct Attributes<'e>(&'e Element);

impl<'e> Attributes<'e> {
    /// # Errors
    /// If there is an attribute that isn't known, or one that isn't supported.
    pub(super) fn of(element: &'e Element, known: &Known) -> Result<Self, Fault> {
        for (name, _) in &element.attributes {
            let name = name.as_str();
            if known.unsupported.contains(&name) {
                return Err(Fault::unsupported(&format!(
                    "the attribute '{name}' of FetchXML's '{}'",
                    element.name
                )));
            }
            if !known.used.contains(&name) && !known.ignored.contains(&name) {
                return Err(invalid(format!(
                    "The attribute '{}' of the element '{}' is not part of FetchXML.",
                    shown(name),
                    element.name
                )));
            }
        }
        Ok(Self(element))
    }

    pub(super) fn get(&self, name: &str) -> Option<&'e str> {
        let (_, value) = self.0.attributes.iter().find(|(known, _)| known == name)?;
        Some(value)
    }

    /// The same, where an empty value says nothing.
    pub(super) fn filled(&self, name: &str) -> Option<String> {
        self.get(name)
            .filter(|value| !value.is_empty())
            .map(str::to_owned)
    }

    pub(super) fn required(&self, name: &str) -> Result<String, Fault> {
        self.filled(name).ok_or_else(|| {
            invalid(format!(
                "The attribute '{name}' must be specified for the element '{}'.",
                self.0.name
            ))
        })
    }

    pub(super) fn flag(&self, name: &str) -> Result<bool, Fault> {
        match self.get(name) {
            None => Ok(false),
            Some("1") => Ok(true),
            Some("0") => Ok(false),
            Some(text) if text.eq_ignore_ascii_case("true") => Ok(true),
            Some(text) if text.eq_ignore_ascii_case("false") => Ok(false),
            Some(text) => Err(self.unfit(name, text)),
        }
    }

    pub(super) fn number(&self, name: &str) -> Result<Option<u64>, Fault> {
        self.get(name)
            .map(|text| text.trim().parse().map_err(|_| self.unfit(name, text)))
            .transpose()
    }

    /// One of some words.
    pub(super) fn word<T: Copy>(&self, name: &str, words: &[(&str, T)]) -> Result<Option<T>, Fault> {
        let Some(text) = self.get(name) else {
            return Ok(None);
        };
        let found = words.iter().find(|(word, _)| *word == text);
        found
            .map(|(_, value)| Some(*value))
            .ok_or_else(|| self.unfit(name, text))
    }

    pub(super) fn unfit(&self, name: &str, text: &str) -> Fault {
        invalid(format!(
            "The value '{}' of the attribute '{name}' of the element '{}' is not valid.",
            shown(text),
            self.0.name
        ))
    }
}
