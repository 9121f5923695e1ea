//! From the metadata of a Dataverse environment to a typed Rust crate.
//!
//! Data flows one way: documents are read ([`csdl`], [`definitions`]) and joined ([`join`]) into one [`schema`]; the schema
//! is written as a [`snapshot`] and emitted as a crate. Each step is a pure function; only the command line touches files.

pub mod browse;
pub mod config;
pub mod csdl;
pub mod definitions;
#[cfg(feature = "fetch")]
pub mod doctor;
pub mod documents;
pub mod drift;
pub mod emit;
#[cfg(feature = "fetch")]
pub mod fetch;
pub mod impact;
pub mod join;
pub mod names;
pub mod nearest;
pub mod output;
mod page;
pub mod position;
pub mod project;
#[cfg(feature = "fetch")]
pub mod regenerate;
pub mod schema;
pub mod snapshot;
pub mod warning;
