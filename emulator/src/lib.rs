//! A Dataverse Web API on the developer's own machine: any snapshot as its schema, rows in SQLite, the service's behaviour.
//!
//! It is faithful rather than friendly: what the service refuses is refused with the service's code, and what isn't
//! supported here is answered with 501 and the feature's name, never with a wrong answer.
//!
//! An [`Environment`] has a schema and rows; an [`Emulator`] serves it over HTTP:
//!
//! ```no_run
//! # use dataverse_emulator::{Emulator, Environment};
//! # use std::{error::Error, path::Path, sync::Arc};
//! # async fn start() -> Result<(), Box<dyn Error>> {
//! let schema = dataverse_codegen::snapshot::read(Path::new("schema"))?.schema;
//! let environment = Arc::new(Environment::new(schema)?);
//! environment.seed(r#"{"accounts": [{"name": "Northern Lines"}]}"#)?;
//! let before = environment.state()?;
//! let running = Emulator::builder(environment.clone()).start().await?;
//! // ... requests to running.api() ...
//! environment.restore(&before)?;
//! # drop(running);
//! # Ok(())
//! # }
//! ```

mod answer;
pub mod batch;
pub mod call;
pub mod clock;
mod engine;
pub mod fault;
pub mod fetchxml;
pub mod identity;
pub mod journal;
mod json;
pub mod limits;
pub mod metadata;
pub mod model;
pub mod odata;
mod operations;
mod organization;
mod query;
mod rows;
pub mod server;
mod session;
mod store;

pub use call::{Answer, Call, Engine};
pub use clock::Clock;
pub use engine::{Environment, EnvironmentBuilder, EnvironmentError, SeedError, State};
pub use fault::Fault;
pub use model::Model;
pub use operations::{Invocation, Reply, RowRef, Rows};
pub use query::{FiscalYear, Settings};
pub use server::{Emulator, Running};
