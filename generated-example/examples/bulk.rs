//! Many rows at once: ports from a file, written over those that have the same code.
//!
//! ```sh
//! DATAVERSE_URL=https://contoso.crm4.dynamics.com cargo run -p dataverse-generated-example --example bulk -- ports.csv
//! ```
//!
//! Each line of the file is `code;name`. The environment variables of `Client::from_env` say as whom.

use dataverse_generated_example as crm;

use crm::prelude::*;
use crm::rsk_port::{RskPort, RskUnlocodeKey};
use std::{env, fs};

#[derive(Update)]
#[update(table = RskPort)]
struct Port<'f> {
    rsk_name: &'f str,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let file = env::args().nth(1).ok_or("which file?")?;
    let text = fs::read_to_string(file)?;
    let lines = || text.lines().filter_map(|line| line.split_once(';'));

    let client = Client::from_env()?;
    let rows = lines().map(|(code, name)| (RskUnlocodeKey { rsk_unlocode: code }, Port { rsk_name: name }));
    let mut parts = client.bulk_upsert(rows).parts();
    let mut written = 0;
    while let Some(part) = parts.next().await {
        match part.result {
            Ok(_) => written += part.rows.len(),
            Err(error) => eprintln!("lines {:?}: {error}", part.rows),
        }
        println!("{written} of {}", lines().count());
    }
    Ok(())
}
