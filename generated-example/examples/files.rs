//! A file of a row: up, and down again.
//!
//! ```sh
//! DATAVERSE_URL=https://contoso.crm4.dynamics.com \
//!   cargo run -p dataverse-generated-example --example files -- 9312345 certificate.pdf
//! ```
//!
//! The first argument is a vessel's IMO number. The environment variables of `Client::from_env` say as whom.

use dataverse_generated_example as crm;

use crm::prelude::*;
use crm::rsk_vessel::RskImoKey;
use std::path::Path;
use std::{env, fs};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = env::args().skip(1);
    let (Some(imo), Some(path)) = (arguments.next(), arguments.next()) else {
        return Err("which vessel, and which file?".into());
    };
    let vessel = RskImoKey { rsk_imo: &imo };
    let name = Path::new(&path).file_name().unwrap_or_default().to_string_lossy();

    let client = Client::from_env()?;
    let certificate = client.file(vessel, |v| v.rsk_certificate);
    certificate.upload(&name, fs::File::open(&path)?).await?;

    let copy = format!("{path}.copy");
    match certificate.download_to(&mut fs::File::create(&copy)?).await? {
        Some(about) => println!("{copy}: {} bytes of {:?}", about.length, about.name),
        None => println!("the vessel has no certificate"),
    }
    Ok(())
}
