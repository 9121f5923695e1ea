//! The same rows by hand: structs that `serde_json` reads.

use jiff::Timestamp;
use serde::Deserialize;
use uuid::Uuid;

#[derive(Deserialize)]
struct Page<R> {
    value: Vec<R>,
    #[serde(rename = "@odata.nextLink")]
    next_link: Option<String>,
}

macro_rules! account {
    ($name:ident { $($more:tt)* }) => {
        /// An account with 22 columns.
        #[derive(Deserialize)]
        #[expect(dead_code, reason = "they are read to be there")]
        pub struct $name {
            accountid: Uuid,
            name: Option<String>,
            accountnumber: Option<String>,
            emailaddress1: Option<String>,
            telephone1: Option<String>,
            address1_city: Option<String>,
            address1_country: Option<String>,
            address1_postalcode: Option<String>,
            websiteurl: Option<String>,
            description: Option<String>,
            revenue: Option<f64>,
            creditlimit: Option<f64>,
            exchangerate: Option<f64>,
            numberofemployees: Option<i32>,
            industrycode: Option<i32>,
            statecode: i32,
            donotemail: Option<bool>,
            createdon: Option<Timestamp>,
            modifiedon: Option<Timestamp>,
            #[serde(rename = "_ownerid_value")]
            ownerid: Uuid,
            #[serde(rename = "_primarycontactid_value")]
            primarycontactid: Option<Uuid>,
            versionnumber: Option<i64>,
            $($more)*
        }
    };
}

account!(Bare {});
account!(Annotated {
    #[serde(rename = "revenue@OData.Community.Display.V1.FormattedValue")]
    revenue_text: Option<String>,
    #[serde(rename = "industrycode@OData.Community.Display.V1.FormattedValue")]
    industry: Option<String>,
    #[serde(rename = "_ownerid_value@OData.Community.Display.V1.FormattedValue")]
    owner: Option<String>,
    #[serde(rename = "_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname")]
    owner_table: Option<String>,
});

pub fn bare(body: &str) -> Vec<Bare> {
    rows(body)
}

pub fn annotated(body: &str) -> Vec<Annotated> {
    rows(body)
}

fn rows<'a, R: Deserialize<'a>>(body: &'a str) -> Vec<R> {
    serde_json::from_slice::<Page<R>>(body.as_bytes())
        .expect("the page is JSON")
        .value
}

/// The rows of a page and the address of the next.
pub fn page(body: &[u8]) -> (Vec<Bare>, Option<String>) {
    let page: Page<Bare> = serde_json::from_slice(body).expect("the page is JSON");
    (page.value, page.next_link)
}
