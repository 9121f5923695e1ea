//! The rows as a program writes them against the generated crate.

use crm::account::{self, Account};
use crm::contact::Contact;
use crm::dataverse_runtime::decode;
use crm::prelude::*;
use crm::targets;

macro_rules! account {
    ($name:ident { owner: $owner:ty $(, $(#[$meta:meta])* $field:ident: $type:ty)* $(,)? }) => {
        /// An account with 22 columns.
        #[derive(Row)]
        #[row(table = Account)]
        #[expect(dead_code, reason = "they are read to be there")]
        pub struct $name {
            accountid: Id<Account>,
            name: Option<String>,
            accountnumber: Option<String>,
            emailaddress1: Option<String>,
            telephone1: Option<String>,
            address1_city: Option<String>,
            address1_country: Option<String>,
            address1_postalcode: Option<String>,
            websiteurl: Option<String>,
            description: Option<String>,
            revenue: Option<Money>,
            creditlimit: Option<Money>,
            exchangerate: Option<Decimal>,
            numberofemployees: Option<i32>,
            industrycode: Option<Choice<account::IndustryCode>>,
            statecode: Choice<account::StateCode>,
            donotemail: Option<bool>,
            createdon: Option<Timestamp>,
            modifiedon: Option<Timestamp>,
            ownerid: $owner,
            primarycontactid: Option<Id<Contact>>,
            versionnumber: Option<i64>,
            $($(#[$meta])* $field: $type,)*
        }
    };
}

account!(Bare { owner: Uuid });
account!(Annotated {
    owner: Reference<targets::Owner>,
    #[row(formatted = revenue)]
    revenue_text: Option<String>,
    #[row(formatted = industrycode)]
    industry: Option<String>,
    #[row(formatted = ownerid)]
    owner: Option<String>,
});

pub fn bare(body: &str) -> Vec<Bare> {
    rows(body)
}

pub fn annotated(body: &str) -> Vec<Annotated> {
    rows(body)
}

fn rows<R: Row>(body: &str) -> Vec<R> {
    decode::page(body).expect("the page fits").rows
}
