//! Hostile requests over HTTP: each ends with a refusal or a closed connection, memory stays bounded, and the server goes on.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[path = "../support/mod.rs"]
mod support;

mod addresses;
mod bodies;
mod senders;
mod target;
