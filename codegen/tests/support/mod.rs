//! What several test files use.
#![allow(dead_code, reason = "each test file uses a part of it")]

pub mod arbitrary;
pub mod cli;
pub mod coverage;
pub mod documents;
pub mod golden;
pub mod hostile;
#[cfg(feature = "fetch")]
pub mod live;
pub mod shuffle;
pub mod sources;
pub mod walk;
