//! The syntax of OData in URLs: paths, query options and the small languages in them. It knows no model.
//!
//! Every reader takes any text: nesting and lengths are bounded, and what can't be read is refused with its position.

mod apply;
mod cursor;
mod error;
mod expand;
mod expression;
mod filter;
mod json;
mod lists;
mod literal;
mod options;
mod percent;
mod resource;
#[cfg(test)]
mod tests;

pub use apply::{Aggregate, Apply, Method, Transformation};
pub use error::SyntaxError;
pub use expand::{Expand, Expands};
pub use expression::{Comparison, Expression, Operand, PropertyPath, Quantifier, TextFunction};
pub(crate) use filter::path_of;
pub use lists::{Order, OrderBy, Select};
pub use literal::{Argument, Literal};
pub(crate) use literal::{date, guid, time};
pub use options::{Aliases, Options};
pub(crate) use percent::{decode, encode};
pub use resource::{Name, Parentheses, Request, Resource, Segment};
