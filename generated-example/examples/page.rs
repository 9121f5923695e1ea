//! All rows of a table in constant memory, and going on where an earlier run stopped.
//!
//! ```sh
//! DATAVERSE_URL=https://contoso.crm4.dynamics.com cargo run -p dataverse-generated-example --example page
//! ```
//!
//! The environment variables of `Client::from_env` say as whom.

use dataverse_generated_example as crm;

use crm::contact::Contact;
use crm::prelude::*;
use std::fs;

#[derive(Debug, Row)]
#[row(table = Contact)]
struct Person {
    contactid: Id<Contact>,
    fullname: Option<String>,
}

/// Where this example keeps its place.
const PLACE: &str = "contacts.position";

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;
    let people = client
        .query::<Person>()
        .filter(|c| c.emailaddress1.is_not_null())
        .order_by(|c| c.createdon.asc())
        .page_size(500)
        .with_total();

    // A position is text: it survives the program.
    let mut rows = match fs::read_to_string(PLACE) {
        Ok(place) => people.resume(place.parse()?),
        Err(_) => people.stream(),
    };

    let mut read = 0;
    while let Some(person) = rows.try_next().await? {
        read += 1;
        println!("{} {:?}", person.contactid, person.fullname);
        if read % 1_000 == 0 {
            fs::write(PLACE, rows.position().to_string())?;
            match rows.total() {
                Some(total) => println!("{read} of {total}"),
                None => println!("{read}"),
            }
        }
    }
    fs::remove_file(PLACE).ok();
    println!(
        "{read} contacts of {} in the table",
        client.total_rows(Contact).await?
    );
    Ok(())
}
