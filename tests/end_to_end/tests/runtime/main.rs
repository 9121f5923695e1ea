//! The runtime against the emulator over HTTP: what a program sends is carried out, and what comes back is read.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod batches;
mod bulks;
mod changes;
mod companies;
mod elastic;
mod faults;
mod fetchxml;
mod files;
mod links;
mod operations;
mod operators;
mod options;
mod paging;
mod queries;
mod rows;
mod search;
mod support;
