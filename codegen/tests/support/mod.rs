//! What several test files use.
#![allow(dead_code, reason = "each test file uses a part of it")]

pub mod arbitrary;
pub mod hostile;
pub mod sources;
