//! Every credential signs in to a running emulator, whose double of Entra ID checks secrets, signatures, codes and tokens as
//! the service does.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod applications;
mod azure_sdk;
mod certificates;
mod configured;
mod environment;
mod users;
