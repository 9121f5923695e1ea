//! Calling operations.

use super::{Operation, body, bound::Binding, kind::Kind, path, response};
use crate::Error;
use crate::message::{Repeat, Response};
use crate::pending::{Content, Draft, Pending};
use http::Method;
use std::marker::PhantomData;

/// A call of the operation `O`.
pub struct Calling<O>(PhantomData<fn() -> O>);

/// A call of an operation, without a client: see `Client::call`.
#[expect(
    clippy::needless_pass_by_value,
    reason = "the parameters are made for one call"
)]
pub fn call<O: Operation>(operation: O) -> Pending<Calling<O>, O::Response> {
    let (method, repeat) = if O::Kind::CHANGES {
        (Method::POST, Repeat::Never)
    } else {
        (Method::GET, Repeat::Safe)
    };
    let mut draft = Draft::new(method, path(&operation), O::NAME, O::Bound::TABLE);
    draft.repeat = repeat;
    if let Some(json) = body(&operation) {
        draft.content = Content::Json(json);
    }
    Pending::new(draft, answer::<O>)
}

fn answer<O: Operation>(_: &Draft, answer: &Response) -> Result<O::Response, Error> {
    Ok(response::<O>(answer.text("JSON")?)?)
}

#[cfg(feature = "client")]
impl crate::Client {
    /// Calls an action or function of the generated module `operations`, and gives its answer when awaited:
    /// `client.call(WhoAmI {}).await?`.
    ///
    /// A function is repeated after a fault, an action isn't, because nobody knows whether it was carried out.
    pub fn call<O: Operation>(&self, operation: O) -> Pending<Calling<O>, O::Response, Self> {
        call(operation).on(self)
    }
}
