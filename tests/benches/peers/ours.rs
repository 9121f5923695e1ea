//! This client, as a program uses it.

use std::time::Instant;

use crm::prelude::*;

use crate::typed;

/// Reads all rows, and says how many there were and how many seconds that took: `ROWS SECONDS`.
pub fn measured() -> String {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let client = client();
        let mut first = client
            .query::<typed::Bare>()
            .page_size(5_000)
            .filter(|a| a.name.is_not_null())
            .stream();
        while first.try_next().await.expect("a row").is_some() {}

        let start = Instant::now();
        let mut rows = client.query::<typed::Bare>().page_size(5_000).stream();
        let mut count = 0;
        while let Some(row) = rows.try_next().await.expect("a row") {
            std::hint::black_box(&row);
            count += 1;
        }
        format!("{count} {}", start.elapsed().as_secs_f64())
    })
}

/// A client that sends a token, as the others do, and trusts the server's certificate.
fn client() -> Client {
    let variable = |name: &str| std::env::var(name).expect("it is set by the bench");
    let pem = std::fs::read(variable("SSL_CERT_FILE")).expect("the server's certificate");
    let certificate = reqwest::Certificate::from_pem(&pem).expect("it is one");
    let http = reqwest::Client::builder()
        .tls_certs_only([certificate])
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .build()
        .expect("a client");
    let token = credential::StaticToken::new("not.a.token");
    Client::builder(&variable("SERVER_URL"))
        .credential(token)
        .http_client(http)
        .build()
        .expect("an address")
}
