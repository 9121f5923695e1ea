//! Many rows over loopback: the client's stream beside plain `reqwest` and `serde_json`.

use crm::prelude::*;

use crate::{plain, typed};

/// Reads all pages with the client; gives the number of rows.
pub fn ours(address: &str) -> usize {
    runtime().block_on(async {
        let client = Client::anonymous(address).expect("an address");
        let mut rows = client.query::<typed::Bare>().stream();
        let mut count = 0;
        while let Some(row) = rows.try_next().await.expect("a row") {
            std::hint::black_box(&row);
            count += 1;
        }
        count
    })
}

/// The same by hand.
pub fn plain(address: &str) -> usize {
    runtime().block_on(async {
        let client = reqwest::Client::new();
        let mut next = Some(format!("{address}/api/data/v9.2/accounts"));
        let mut count = 0;
        while let Some(url) = next {
            let answer = client.get(url).send().await.expect("an answer");
            let body = answer.bytes().await.expect("a body");
            let (rows, link) = plain::page(&body);
            for row in rows {
                std::hint::black_box(&row);
                count += 1;
            }
            next = link;
        }
        count
    })
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime")
}
