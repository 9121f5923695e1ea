//! The engine: an environment with a schema, rows and operations, which answers calls.

mod answers;
mod change_set;
mod control;
mod environment;
mod error;
mod foundation;
mod lifetime;
mod live;
mod organization;
mod read;
mod representation;
mod route;
mod seed;
mod session;
mod write;

pub(crate) use answers::{json, no_content, with};
pub use control::State;
pub use environment::{Environment, EnvironmentBuilder};
pub use error::EnvironmentError;
pub(crate) use live::Live;
pub(crate) use organization::Organization;
pub(crate) use read::{row as row_answer, row_json};
pub use seed::SeedError;
pub(crate) use session::{Done, Session};
pub(crate) use write::address;
