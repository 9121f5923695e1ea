//! A server that answers with what a test says, and tells what it was asked.
#![allow(dead_code, reason = "each test file uses a part of it")]

use crm::prelude::*;
use dataverse_runtime::Client;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

/// A row of `T` whose GUID is this number.
pub fn id<T>(number: u128) -> Id<T> {
    Id::new(Uuid::from_u128(number))
}

/// The GUID of [`id`] as text.
pub fn guid(number: u128) -> String {
    Uuid::from_u128(number).to_string()
}

pub struct Server {
    server: MockServer,
    pub client: Client,
}

impl Server {
    /// Gives these answers, one after the other, and the last again and again.
    pub async fn answering(answers: Vec<ResponseTemplate>) -> Self {
        let server = MockServer::start().await;
        let last = answers.len() - 1;
        for (at, answer) in answers.into_iter().enumerate() {
            let mut mock = Mock::given(any()).respond_with(answer);
            if at < last {
                mock = mock.up_to_n_times(1);
            }
            mock.mount(&server).await;
        }
        let client = Client::anonymous(&server.uri()).unwrap();
        Self { server, client }
    }

    /// Gives so many answers, one after the other, each made with the server's own address.
    pub async fn paging(count: usize, answer: impl Fn(&str, usize) -> ResponseTemplate) -> Self {
        let server = MockServer::start().await;
        for at in 0..count {
            let answer = answer(&server.uri(), at);
            Mock::given(any())
                .respond_with(answer)
                .up_to_n_times(1)
                .mount(&server)
                .await;
        }
        let client = Client::anonymous(&server.uri()).unwrap();
        Self { server, client }
    }

    /// The server's address.
    pub fn url(&self) -> String {
        self.server.uri()
    }

    /// Gives an empty answer.
    pub async fn silent() -> Self {
        Self::answering(vec![ResponseTemplate::new(204)]).await
    }

    /// What was asked: method, path, the headers that tests look at, and the body.
    pub async fn asked(&self) -> Vec<String> {
        let requests = self.server.received_requests().await.unwrap();
        requests.iter().map(text).collect()
    }

    /// The only thing that was asked.
    pub async fn asked_once(&self) -> String {
        let mut asked = self.asked().await;
        assert_eq!(asked.len(), 1, "{asked:?}");
        asked.remove(0)
    }
}

fn text(request: &wiremock::Request) -> String {
    let path = request.url.path().trim_start_matches("/api/data/v9.2/");
    let query = request
        .url
        .query()
        .map_or_else(String::new, |query| format!("?{query}"));
    let mut text = format!("{} {path}{query}", request.method);
    for name in ["if-match", "if-none-match", "prefer", "content-type"] {
        // Every read says `null`, so that no cache answers: a test of the client's own.
        for value in request
            .headers
            .get_all(name)
            .iter()
            .filter(|value| *value != "null")
        {
            text.push_str(&format!("\n{name}: {}", value.to_str().unwrap()));
        }
    }
    if !request.body.is_empty() {
        text.push_str(&format!("\n{}", String::from_utf8_lossy(&request.body)));
    }
    text
}

/// The header with which a request that has a body says what it is.
pub const JSON: &str = "content-type: application/json; charset=utf-8";

/// The answer to a create.
pub fn created(set: &str, key: &str) -> ResponseTemplate {
    let url = format!("https://rsk.crm4.dynamics.com/api/data/v9.2/{set}({key})");
    ResponseTemplate::new(204).insert_header("OData-EntityId", url)
}

/// An answer with JSON.
pub fn json(status: u16, body: &str) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_raw(body.to_owned(), "application/json; odata.metadata=minimal")
}
