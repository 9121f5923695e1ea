//! Many operations in one request: all or nothing where that is wanted.
//!
//! ```sh
//! DATAVERSE_URL=https://contoso.crm4.dynamics.com cargo run -p dataverse-generated-example --example batch
//! ```
//!
//! The environment variables of `Client::from_env` say as whom.

use dataverse_generated_example as crm;

use crm::account::Account;
use crm::contact::Contact;
use crm::dataverse_runtime::BatchError;
use crm::prelude::*;

#[derive(Row)]
#[row(table = Contact)]
struct Person {
    fullname: Option<String>,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;

    // A company with its people, or nothing at all. Rows are bound before they exist.
    let mut batch = client.batch();
    let mut set = batch.change_set();
    let company = set.create(Account, |a| a.name.set("Fjordline Shipping"));
    let people: Vec<_> = ["Haugen", "Berg", "Lie"]
        .map(|name| {
            set.create(Contact, |c| {
                (c.lastname.set(name), c.parentcustomerid.bind(company.reference()))
            })
        })
        .into();
    set.update(company.reference(), |a| {
        a.primarycontactid.bind(people[0].reference())
    });
    // Reads stand beside change sets, and see what was written before them.
    let found = batch.add(
        client
            .query::<Person>()
            .filter(|c| c.lastname.is_in(["Haugen", "Berg", "Lie"]))
            .top(10),
    );
    let answers = batch.send().await?;
    let company = answers.get(company)?;
    println!("{company}");
    for person in answers.get(found)?.rows {
        println!("  {}", person.fullname.unwrap_or_default());
    }

    // A change set that fails leaves nothing, and tells which of its operations it was.
    let nobody = Id::<Contact>::new(Uuid::from_u128(1));
    let mut batch = client.batch();
    let mut set = batch.change_set();
    let renamed = set.update(company, |a| a.name.set("Fjordline"));
    set.delete(nobody);
    match batch.send().await?.get(renamed) {
        Err(Error::Batch(BatchError::Undone {
            failed: Some(failed), ..
        })) => println!("still Fjordline Shipping, because of {failed}"),
        other => other?,
    }

    // Each by itself: what can be deleted is, whatever becomes of the others.
    let mut batch = client.batch().continue_on_error();
    for person in people {
        batch.add(client.delete(answers.get(person)?));
    }
    batch.add(client.delete(company));
    batch.send().await?.all_done()?;
    Ok(())
}
