//! `$batch`: many requests in one (Microsoft Learn, "Execute batch operations using the Web API").
//!
//! [`parse`] reads the whole body before anything is carried out; its parts are slices of the body, so that memory
//! doesn't grow with their number. `run` carries them out in order; `write` puts the answers together.

mod multipart;
mod parse;
mod part;
mod reference;
mod run;
mod write;

pub use parse::{Batch, Item, parse};
pub use part::{Part, Target};
pub(crate) use run::{Runner, run};
pub use write::FailedChangeSet;
pub(crate) use write::response;
