//! What can go wrong, told apart: by codes, not by texts.
//!
//! ```sh
//! DATAVERSE_URL=https://contoso.crm4.dynamics.com cargo run -p dataverse-generated-example --example errors
//! ```
//!
//! The environment variables of `Client::from_env` say as whom.

use dataverse_generated_example as crm;

use crm::account::Account;
use crm::prelude::*;
use std::time::Duration;

#[derive(Debug, Row)]
#[row(table = Account)]
struct Company {
    name: Option<String>,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Throttling, busy servers and broken connections are waited out, within limits that can be set where a client is made;
    // what may have been carried out is not repeated.
    let client = Client::builder(&std::env::var("DATAVERSE_URL")?)
        .credential(credential::Chain::of_this_machine())
        .timeout(Duration::from_secs(60))
        .retries(Retries {
            attempts: 5,
            within: Duration::from_secs(120),
        })
        .build()?;

    let nobody = Id::<Account>::new(Uuid::from_u128(1));
    match client.retrieve::<Company>(nobody).await {
        Ok(company) => println!("there it is: {:?}", company.name),
        Err(error) => explain(&error),
    }

    // A text that is too long for its column is never sent.
    let name = "x".repeat(200);
    if let Err(error) = client.create(Account, |a| a.name.set(name)).await {
        explain(&error);
    }
    Ok(())
}

fn explain(error: &Error) {
    match error {
        Error::Service(error) if error.is_not_found() => println!("no such row"),
        Error::Service(error) if error.is_duplicate() => println!("there is one already"),
        Error::Service(error) if error.code() == Some(Code::PRIVILEGE_DENIED) => {
            println!("ask for a security role: {}", error.message());
        }
        Error::Service(error) => {
            // The text says what to do where that is known; the names of the request help Microsoft's support.
            println!("refused: {error}");
            println!(
                "transient: {}, request {:?}",
                error.is_transient(),
                error.request_ids().next()
            );
        }
        Error::Invalid(invalid) => println!("not sent: {invalid}"),
        Error::Decode(error) => println!("the schema has changed? {error}"),
        // No token, no connection, and what later versions add. The causes stand behind it.
        other => println!("{other}: {:?}", std::error::Error::source(other)),
    }
}
