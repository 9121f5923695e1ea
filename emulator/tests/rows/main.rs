//! Rows over HTTP: every rule with its status, code and headers.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[path = "../support/mod.rs"]
mod support;

mod binds;
mod bulk;
mod change_sets;
mod create;
mod delete;
mod elastic;
mod fetch_xml;
mod files;
mod images;
mod links;
mod money;
mod operations;
mod sales;
mod schema_changes;
mod search;
mod seed;
mod settings;
mod special;
mod state;
mod update;
mod uploads;
mod values;
