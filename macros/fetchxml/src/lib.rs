//! The language FetchXML: reading and writing its text, and the rules that a text has to keep whatever the schema is.
//!
//! The macro `fetch_xml!` reads texts while a program compiles, the runtime those that come at run time: both know the
//! language from here. It depends on nothing, because every program that uses a generated crate builds it.

mod aggregation;
mod check;
mod links;
mod near;
mod operator;
mod vocabulary;
mod xml;

pub use check::{Source, check};
pub use links::{Link, links, table_of};
pub use operator::{Group, Operator, Values, operator};
pub use xml::{Attribute, DEEPEST, Element, escape, read, unescape, write};

/// What is wrong with a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where: the byte of the text, or what the maker of the elements says instead.
    pub at: usize,
    /// What, as a sentence for whoever wrote the text.
    pub message: String,
}

impl Problem {
    /// A problem at this place.
    pub fn new(at: usize, message: impl Into<String>) -> Self {
        Self {
            at,
            message: message.into(),
        }
    }

    /// The line of the text, from 1 on.
    #[must_use]
    pub fn line(&self, text: &str) -> usize {
        let before = text.as_bytes().get(..self.at).unwrap_or(text.as_bytes());
        1 + before.iter().filter(|byte| **byte == b'\n').count()
    }
}
