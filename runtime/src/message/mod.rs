//! Requests and answers before and after HTTP: what everything but the client is written in terms of.

mod options;
mod request;
mod response;

pub use options::{Caller, CustomLogic, RequestOptions};
pub use request::{Origin, Repeat, Request};
pub use response::Response;
