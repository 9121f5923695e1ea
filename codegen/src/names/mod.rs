//! The only place that invents an identifier.
//!
//! Rules: a name depends on the thing it is for and on nothing's order; where several things want the same name, all of
//! them take their distinguishing suffix; a name that the lock knows is kept whatever the labels say now.

mod distinct;
mod identifier;
mod lock;
#[cfg(test)]
mod tests;

pub use lock::{BadLine, Lock};

pub(crate) use lock::is_identifier;

pub(crate) use distinct::{Wish, distinct};
pub(crate) use identifier::{field, member, module, type_name};
