//! Requests and answers before and after HTTP: what everything but the client is written in terms of.

mod limits;
mod options;
mod request;
mod response;

pub use limits::Limits;
pub use options::{Caller, CustomLogic, RequestOptions};
pub use request::{Origin, Repeat, Request};
pub use response::Response;
