//! Requests and answers before and after HTTP: what everything but the client is written in terms of.

mod request;
mod response;

pub use request::{Origin, Repeat, Request};
pub use response::Response;
