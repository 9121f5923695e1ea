//! An environment in which everything has the worst name that it could have.

pub mod build;
mod messages;
pub mod schema;
