//! A query in FetchXML that the compiler checks: a join, a condition with values of the program, sums by months.
//!
//! ```sh
//! DATAVERSE_URL=https://contoso.crm4.dynamics.com cargo run -p dataverse-generated-example --example fetchxml
//! ```
//!
//! The environment variables of `Client::from_env` say as whom.

use dataverse_generated_example as crm;

use crm::account::Account;
use crm::contact::Contact;
use crm::prelude::*;

#[derive(Row)]
#[row(table = Account)]
struct Company {
    name: Option<String>,
    revenue: Option<Money>,
    /// The columns of the contact that the text links under this alias.
    #[row(link = "person")]
    person: Option<Person>,
}

#[derive(Row)]
#[row(table = Contact)]
struct Person {
    fullname: Option<String>,
}

#[derive(Row)]
#[row(table = Account)]
struct Month {
    #[row(alias = "year")]
    year: Option<i32>,
    #[row(alias = "month")]
    month: Option<i32>,
    #[row(alias = "total")]
    total: Option<Money>,
    #[row(alias = "accounts")]
    accounts: i64,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;

    let (least, days) = (money!(100_000), 365);
    // A column that isn't there, or a text compared with an amount, wouldn't compile.
    let query = fetch_xml!(
        <fetch>
          <entity name="account">
            <attribute name="name"/>
            <attribute name="revenue"/>
            <filter>
              <condition attribute="revenue" operator="ge" value="{least}"/>
              <condition attribute="modifiedon" operator="last-x-days" value="{days}"/>
            </filter>
            <link-entity name="contact" from="contactid" to="primarycontactid" alias="person" link-type="outer">
              <attribute name="fullname"/>
            </link-entity>
          </entity>
        </fetch>
    );
    println!("{query}");
    let mut companies = client.fetch_xml::<Company>(query).page_size(500).stream();
    while let Some(company) = companies.try_next().await? {
        let person = company.person.and_then(|person| person.fullname);
        println!("{:?}: {:?}, {person:?}", company.name, company.revenue);
    }

    let query = fetch_xml!(
        <fetch aggregate="true">
          <entity name="account">
            <attribute name="createdon" groupby="true" dategrouping="year" alias="year"/>
            <attribute name="createdon" groupby="true" dategrouping="month" alias="month"/>
            <attribute name="revenue" aggregate="sum" alias="total"/>
            <attribute name="accountid" aggregate="count" alias="accounts"/>
            <order alias="year"/>
            <order alias="month"/>
          </entity>
        </fetch>
    );
    for row in client.fetch_xml::<Month>(query).all().await? {
        let (year, month) = (row.year.unwrap_or_default(), row.month.unwrap_or_default());
        println!(
            "{year}-{month:02}: {} accounts, {}",
            row.accounts,
            row.total.unwrap_or_default()
        );
    }
    Ok(())
}
