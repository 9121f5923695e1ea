//! A Dataverse Web API on the developer's own machine: any snapshot as its schema, rows in SQLite, the service's behaviour.
//!
//! It is faithful rather than friendly: what the service refuses is refused with the service's code, and what isn't
//! supported here is answered with 501 and the feature's name, never with a wrong answer.

pub mod batch;
pub mod call;
pub mod clock;
pub mod fault;
pub mod identity;
pub mod journal;
pub mod limits;
pub mod metadata;
pub mod model;
pub mod odata;
pub mod server;

pub use call::{Answer, Call, Engine};
pub use clock::Clock;
pub use fault::Fault;
pub use model::Model;
pub use server::{Emulator, Running};
