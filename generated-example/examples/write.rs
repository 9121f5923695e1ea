//! Creating, changing and deleting rows.
//!
//! ```sh
//! DATAVERSE_URL=https://contoso.crm4.dynamics.com cargo run -p dataverse-generated-example --example write
//! ```
//!
//! The environment variables of `Client::from_env` say as whom.

use dataverse_generated_example as crm;

use crm::account::{Account, StatusCode};
use crm::contact::Contact;
use crm::prelude::*;

/// A new contact. A field that a create can't do without, such as `lastname`, has to be here.
#[derive(Create)]
#[create(table = Contact)]
struct NewPerson {
    firstname: Option<String>,
    lastname: String,
    parentcustomerid: Id<Account>,
}

/// What changes: `Option` keeps a column or sets it, `Patch` can also empty it.
#[derive(Default, Update)]
#[update(table = Contact)]
struct PersonChanges {
    firstname: Option<String>,
    jobtitle: Patch<String>,
}

#[derive(Debug, Row)]
#[row(table = Account)]
struct Version {
    #[row(etag)]
    etag: Option<String>,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;

    // A closure says which columns are set. Leaving out `name` wouldn't compile.
    let account = client
        .create(Account, |a| {
            (a.name.set("Fjordline Shipping"), a.revenue.set(money!(2_500_000)))
        })
        .await?;

    // Related rows can be created along, in the same transaction.
    let with_people = client
        .create(Account, |a| {
            (
                a.name.set("Fjordline Ferries"),
                a.parentaccountid.bind(account),
                a.primarycontactid.insert(|c| c.lastname.set("Berg")),
            )
        })
        .await?;

    let person = client
        .create_row(NewPerson {
            firstname: Some("Ingrid".to_owned()),
            lastname: "Haugen".to_owned(),
            parentcustomerid: account,
        })
        .await?;
    client
        .update_row(
            person,
            PersonChanges {
                jobtitle: Patch::To("Captain".to_owned()),
                ..PersonChanges::default()
            },
        )
        .await?;
    client
        .associate(account, |a| a.contact_customer_accounts, person)
        .await?;

    // Only if nobody else has changed the row since it was read. What isn't named stays as it is.
    let read: Version = client.retrieve(account).await?;
    client
        .update(account, |a| (a.primarycontactid.bind(person), a.fax.clear()))
        .if_match(&read.etag.unwrap_or_default())
        .await?;

    // A status belongs to a state: both are set. Options of one request follow it.
    client
        .update(account, |a| {
            a.statuscode.with_state(StatusCode::Inactive, a.statecode)
        })
        .with(|options| options.bypass(CustomLogic::Asynchronous).tag("example"))
        .await?;

    for row in [with_people, account] {
        client.delete(row).await?;
    }
    client.delete(person).await?;
    Ok(())
}
