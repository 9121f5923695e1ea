//! HTTP, by `reqwest`.

use crate::message::{Request, Response};
use http::header::{ACCEPT, HeaderName, HeaderValue};

/// The service gave no answer.
#[derive(Debug, thiserror::Error)]
#[error("the service can't be reached")]
pub struct TransportError(#[from] reqwest::Error);

#[derive(Debug)]
pub(super) struct Transport {
    http: reqwest::Client,
    root: reqwest::Url,
}

impl Transport {
    pub(super) fn new(environment: &str) -> Result<Self, TransportError> {
        let http = reqwest::Client::builder().build()?;
        // `reqwest` says best what is wrong with an address.
        let address = format!("{}/api/data/v9.2/", environment.trim_end_matches('/'));
        let root = http.get(address).build()?.url().clone();
        Ok(Self { http, root })
    }

    pub(super) async fn send(&self, request: &Request) -> Result<Response, TransportError> {
        let url = if request.path().starts_with("http") {
            request.path().to_owned()
        } else {
            format!("{}{}", self.root, request.path())
        };
        let mut sent = self
            .http
            .request(request.method().clone(), url)
            .header(ACCEPT, "application/json")
            .header(
                HeaderName::from_static("odata-version"),
                HeaderValue::from_static("4.0"),
            )
            .headers(request.headers().clone());
        if let Some(body) = request.content() {
            sent = sent.body(body.clone());
        }
        let answer = sent.send().await?;
        Ok(Response {
            status: answer.status(),
            headers: answer.headers().clone(),
            body: answer.bytes().await?,
        })
    }
}
