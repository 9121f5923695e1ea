//! The syntax of OData in URLs: paths, query options and the small languages in them. It knows no model.
//!
//! Every reader takes any text: nesting and lengths are bounded, and what can't be read is refused with its position.

mod cursor;
mod error;
mod json;
mod literal;
mod options;
mod percent;
mod resource;

pub use error::SyntaxError;
pub use literal::{Argument, Literal};
pub use options::{Aliases, Options};
pub(crate) use percent::encode;
pub use resource::{Name, Parentheses, Request, Resource, Segment};
