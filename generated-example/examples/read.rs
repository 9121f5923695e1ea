//! Rows of a query, one row by its id, and what is related to them.
//!
//! ```sh
//! DATAVERSE_URL=https://contoso.crm4.dynamics.com cargo run -p dataverse-generated-example --example read
//! ```
//!
//! The environment variables of `Client::from_env` say as whom.

use dataverse_generated_example as crm;

use crm::account::{self, Account};
use crm::contact::Contact;
use crm::prelude::*;

/// What is read of an account: the fields are columns, and the compiler compares their types with the schema.
#[derive(Debug, Row)]
#[row(table = Account)]
struct Company {
    accountid: Id<Account>,
    name: Option<String>,
    revenue: Option<Money>,
    industrycode: Option<Choice<account::IndustryCode>>,
    #[row(formatted = ownerid)]
    owner: Option<String>,
    #[row(expand)]
    primarycontactid: Option<Person>,
    #[row(expand)]
    contact_customer_accounts: Vec<Person>,
}

#[derive(Debug, Row)]
#[row(table = Contact)]
struct Person {
    fullname: Option<String>,
    emailaddress1: Option<String>,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;

    let companies = client
        .query::<Company>()
        .filter(|a| a.revenue.gt(money!(1_000_000)) & !a.name.starts_with("Test"))
        .filter(|a| a.primarycontactid.to(|c| c.emailaddress1.is_not_null()))
        .order_by(|a| (a.revenue.desc(), a.name.asc()))
        .expand(
            |a| a.contact_customer_accounts,
            |people| people.order_by(|c| c.fullname.asc()).top(3),
        )
        .top(10);
    println!("{companies}\n");

    let companies = companies.all().await?;
    for company in &companies {
        let industry = company.industrycode.map(|industry| industry.to_string());
        println!(
            "{}: {} in {}, of {}",
            company.name.as_deref().unwrap_or("(no name)"),
            company.revenue.unwrap_or_default(),
            industry.as_deref().unwrap_or("no industry"),
            company.owner.as_deref().unwrap_or("nobody"),
        );
        for person in company
            .primarycontactid
            .iter()
            .chain(&company.contact_customer_accounts)
        {
            println!("  {:?} <{:?}>", person.fullname, person.emailaddress1);
        }
    }

    // One row, if it is there.
    if let Some(first) = companies.first() {
        let again: Option<Company> = client.find(first.accountid).await?;
        println!("still there: {}", again.is_some());
    }
    Ok(())
}
