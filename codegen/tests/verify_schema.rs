//! `client.verify_schema()` of the generated example against an environment that changes.

#![cfg(feature = "fetch")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod support;

use crm::account::Account;
use crm::contact::Contact;
use crm::prelude::*;
use crm::rsk_vessel::RskVessel;
use dataverse_codegen::schema::{Access, ColumnKind, DateBehavior};
use support::live::Live;

#[derive(Row)]
#[row(table = Account)]
#[expect(dead_code, reason = "its columns are what counts")]
struct Company {
    accountid: Id<Account>,
    name: Option<String>,
    #[row(expand)]
    primarycontactid: Option<Person>,
}

#[derive(Row)]
#[row(table = Contact)]
#[expect(dead_code, reason = "its columns are what counts")]
struct Person {
    fullname: Option<String>,
    anniversary: Option<civil::Date>,
}

/// What differs, in words.
fn differences(live: &Live) -> Vec<String> {
    let client = Client::anonymous(live.url()).unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let check = client
        .verify_schema()
        .reads::<Company>()
        .reads::<Person>()
        .uses(Account, |a| {
            (a.fax, a.revenue, a.industrycode, a.primarycontactid, a.ownerid)
        })
        .uses(Contact, |c| {
            (c.parentcustomerid, c.anniversary, c.statecode, c.createdon)
        })
        .uses(RskVessel, |v| (v.rsk_vesselid,));
    let found = runtime.block_on(check.send()).unwrap();
    found.iter().map(ToString::to_string).collect()
}

#[test]
fn an_environment_that_is_as_the_program_knows_it_differs_in_nothing() {
    let live = Live::example();
    assert_eq!(differences(&live), Vec::<String>::new());
    assert_eq!(live.asked(), ["RetrieveMetadataChanges(Query=@q)"], "one request");
}

#[test]
fn what_the_program_uses_is_missed_and_nothing_else() {
    let live = Live::example();
    live.change(|schema| {
        schema.tables.remove("rsk_vessel");
        let account = schema.tables.get_mut("account").unwrap();
        // The program doesn't use the address.
        account
            .columns
            .retain(|column| column.name != "name" && column.name != "address1_city");
        for column in &mut account.columns {
            match column.name.as_str() {
                "revenue" => {
                    column.kind = ColumnKind::Float {
                        min: None,
                        max: None,
                        precision: None,
                    };
                }
                "fax" => column.access = Some(Access::READ_ONLY),
                _ => {}
            }
        }
        let contact = schema.tables.get_mut("contact").unwrap();
        contact.entity_set = Some("people".to_owned());
        for column in &mut contact.columns {
            if let ("anniversary", ColumnKind::DateTime { behavior, .. }) =
                (column.name.as_str(), &mut column.kind)
            {
                *behavior = DateBehavior::UserLocal;
            }
        }
    });
    assert_eq!(
        differences(&live),
        [
            "account.fax can't be set on create any more",
            "account.fax can't be updated any more",
            "account has no column name",
            "account.revenue is a DoubleType, not a MoneyType",
            "rows of contact are at `people`, not at `contacts`",
            "contact.anniversary is a UserLocal, not a DateOnly",
            "the environment has no table rsk_vessel",
        ]
    );
}
