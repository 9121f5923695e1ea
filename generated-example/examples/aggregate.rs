//! Sums and counts by groups, distinct values, and columns that are chosen when the program runs.
//!
//! ```sh
//! DATAVERSE_URL=https://contoso.crm4.dynamics.com cargo run -p dataverse-generated-example --example aggregate
//! ```
//!
//! The environment variables of `Client::from_env` say as whom.

use dataverse_generated_example as crm;

use crm::account::Account;
use crm::prelude::*;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;

    // What is asked for is what comes back: a column is what rows are grouped by. The sum of a text wouldn't compile.
    let groups = client
        .aggregate(Account, |a| {
            (a.industrycode, a.revenue.sum(), a.createdon.max(), count_rows())
        })
        .filter(|a| a.revenue.is_not_null())
        .await?;
    for (industry, revenue, newest, accounts) in groups {
        let industry = industry.map_or_else(|| "none".to_owned(), |industry| industry.to_string());
        println!(
            "{industry}: {accounts} accounts, {}, the last of {newest:?}",
            revenue.unwrap_or_default()
        );
    }

    let contacts = client
        .distinct(Account, |a| a.primarycontactid.to_value(|c| c.fullname))
        .await?;
    println!("primary contacts: {contacts:?}");

    // The service stops counting at 5,000, and the number says so.
    let big = client
        .records(Account)
        .filter(|a| a.revenue.gt(money!(1_000_000)));
    println!("big accounts: {}", big.count().await?);

    let mut records = client.records(Account).select(|a| a.name).formatted();
    if std::env::args().any(|argument| argument == "--industry") {
        records = records.select(|a| a.industrycode);
    }
    for record in records.top(5).all().await? {
        let name: Option<String> = record.get(|a| a.name)?;
        // What wasn't selected is an error that says so.
        match record.formatted(|a| a.industrycode) {
            Ok(industry) => println!("{name:?} in {industry:?}"),
            Err(error) => println!("{name:?}: {error}"),
        }
    }
    Ok(())
}
