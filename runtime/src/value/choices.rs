//! Several options of a choice.

use super::{Choice, ChoiceSet};
use std::fmt;
use std::str::FromStr;

/// Options of the choice `E`, as a multi-select column holds them.
///
/// An empty column reads as no options.
pub struct Choices<E> {
    options: Vec<Choice<E>>,
}

impl<E> Choices<E> {
    /// The options, in the order in which they came.
    pub fn iter(&self) -> impl Iterator<Item = Choice<E>> {
        self.options.iter().copied()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.options.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.options.is_empty()
    }

    /// Whether `option` is among them.
    pub fn contains(&self, option: impl Into<Choice<E>>) -> bool {
        self.options.contains(&option.into())
    }
}

impl<E> Default for Choices<E> {
    fn default() -> Self {
        Self { options: Vec::new() }
    }
}

impl<E> Clone for Choices<E> {
    fn clone(&self) -> Self {
        Self {
            options: self.options.clone(),
        }
    }
}

impl<E> PartialEq for Choices<E> {
    fn eq(&self, other: &Self) -> bool {
        self.options == other.options
    }
}

impl<E> Eq for Choices<E> {}

impl<E: ChoiceSet> fmt::Debug for Choices<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.options).finish()
    }
}

/// The numbers as the service writes them: `1,3,5`.
impl<E> fmt::Display for Choices<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, option) in self.options.iter().enumerate() {
            let comma = if at == 0 { "" } else { "," };
            write!(f, "{comma}{}", option.value())?;
        }
        Ok(())
    }
}

impl<E, O: Into<Choice<E>>> FromIterator<O> for Choices<E> {
    fn from_iter<I: IntoIterator<Item = O>>(options: I) -> Self {
        Self {
            options: options.into_iter().map(Into::into).collect(),
        }
    }
}

impl<E, O: Into<Choice<E>>, const N: usize> From<[O; N]> for Choices<E> {
    fn from(options: [O; N]) -> Self {
        options.into_iter().collect()
    }
}

impl<E> FromStr for Choices<E> {
    type Err = NotChoices;

    fn from_str(text: &str) -> Result<Self, NotChoices> {
        if text.trim().is_empty() {
            return Ok(Self::default());
        }
        let numbers = text
            .split(',')
            .map(|number| number.trim().parse().map(Choice::new));
        numbers
            .collect::<Result<_, _>>()
            .map(|options| Self { options })
            .map_err(|_| NotChoices)
    }
}

/// The text isn't a list of options' numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected options' numbers such as `1,3,5`")]
pub struct NotChoices;
