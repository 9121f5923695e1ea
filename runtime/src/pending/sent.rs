//! Sending: the thin shell around everything else.

use super::{Answered, Draft, Pending};
use crate::message::{RequestOptions, Response};
use crate::{Client, Error};
use std::future::IntoFuture;
use std::pin::Pin;

/// What awaiting a [`Pending`] request is.
pub type Sending<O> = Pin<Box<dyn Future<Output = Result<O, Error>> + Send>>;

impl<W: 'static, O: 'static> IntoFuture for Pending<W, O, Client> {
    type Output = Result<O, Error>;
    type IntoFuture = Sending<O>;

    fn into_future(self) -> Sending<O> {
        let Self {
            draft, read, client, ..
        } = self;
        Box::pin(async move {
            let response = exchange(&client, &draft).await?;
            read(&draft, &response)
        })
    }
}

impl<W, O> Pending<W, O, Client> {
    /// The same with options of its own, besides those of the client.
    ///
    /// ```
    /// # use crm::{account::Account, prelude::*};
    /// # use dataverse_runtime::{Client, Error};
    /// # async fn example(client: Client, account: Id<Account>) -> Result<(), Error> {
    /// client.update(account, |a| a.fax.clear()).with(|options| options.tag("cleaning")).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn with(mut self, change: impl FnOnce(RequestOptions) -> RequestOptions) -> Self {
        self.client = self.client.with(change);
        self
    }
}

impl<W: 'static, O: 'static> Pending<W, O, Client> {
    /// Gives what else the answer says along with what was asked for: the session token of a write to an elastic table.
    pub fn answered(self) -> Sending<Answered<O>> {
        let Self {
            draft, read, client, ..
        } = self;
        Box::pin(async move {
            let response = exchange(&client, &draft).await?;
            let value = read(&draft, &response)?;
            Ok(Answered::of(value, &response))
        })
    }
}

/// Sends the request, and the one that reads the row if that is needed too.
async fn exchange(client: &Client, draft: &Draft) -> Result<Response, Error> {
    let response = client.execute(draft.request()?).await?;
    let Some(request) = draft.follow_up(&response) else {
        return Ok(response);
    };
    let row = client.execute(request.clone()).await?;
    Ok(Response {
        status: response.status,
        ..row
    })
}
