//! The engine: an environment with a schema, rows and operations, which answers calls.

mod change_set;
mod control;
mod environment;
mod error;
mod file;
mod foundation;
mod read;
mod representation;
mod route;
mod seed;
mod write;

pub use control::State;
pub use environment::{Environment, EnvironmentBuilder};
pub use error::EnvironmentError;
pub use seed::SeedError;
