//! Sending: the thin shell around everything else.

use super::{Draft, Pending};
use crate::message::Response;
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
