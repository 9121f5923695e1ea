//! The syntax of FetchXML: what a document asks for, in its own words. It knows no model.
//!
//! Every document is read within bounds: its length, its depth and the number of its elements. A DTD is refused, and so is
//! every element and attribute that FetchXML doesn't have (Microsoft Learn, "FetchXml reference").

mod attributes;
mod element;
mod read;
mod tree;
mod write;

#[cfg(test)]
mod tests;

pub use tree::{
    Against, Aggregate, Attribute, Condition, DateGrouping, Fetch, Filter, Items, Link, LinkType, Order,
    OrderBy, Part, Use,
};

use crate::Fault;
use http::StatusCode;

/// 400: not FetchXML, or not such as the service takes.
pub(crate) fn invalid(message: impl Into<String>) -> Fault {
    Fault::new(StatusCode::BAD_REQUEST, 0x8004_0201, message)
}

/// What of a text of the document is quoted in messages.
pub(crate) fn shown(text: &str) -> String {
    text.chars().take(100).collect()
}
