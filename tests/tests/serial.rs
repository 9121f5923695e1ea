//! Rows handed on as JSON, and changes taken from JSON: the runtime's feature `serde`.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use crm::account::{Account, IndustryCode};
use crm::contact::Contact;
use crm::dataverse_runtime::{decode, write};
use crm::prelude::*;
use crm::rsk_vessel::{RskFeatures, RskVessel};
use serde::{Deserialize, Serialize};

#[derive(Debug, PartialEq, Row, Serialize, Deserialize)]
#[row(table = Account)]
struct Company {
    accountid: Id<Account>,
    name: Option<String>,
    revenue: Option<Money>,
    #[row(column = creditlimit)]
    limit: Option<CurrencyAmount>,
    industrycode: Option<Choice<IndustryCode>>,
    ownerid: Option<Reference<crm::targets::Owner>>,
    entityimage: Option<Bytes>,
    createdon: Option<Timestamp>,
    #[row(expand)]
    contact_customer_accounts: Vec<Person>,
}

#[derive(Debug, PartialEq, Row, Serialize, Deserialize)]
#[row(table = Contact)]
struct Person {
    birthdate: Option<civil::Date>,
}

const ROW: &str = r#"{"accountid":"00000000-0000-0000-0000-000000000001","name":"Contoso","revenue":922337203685477.5807,
    "creditlimit":5.0000,"_transactioncurrencyid_value":"00000000-0000-0000-0000-000000000003","industrycode":814250999,
    "_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname":"team",
    "_ownerid_value":"00000000-0000-0000-0000-000000000002","entityimage":"AQID","createdon":"2024-03-05T08:30:00Z",
    "contact_customer_accounts":[{"birthdate":"1815-12-10"}]}"#;

const SHOWN: &str = r#"{"accountid":"00000000-0000-0000-0000-000000000001","name":"Contoso","revenue":"922337203685477.5807","limit":{"amount":"5.0000","currency":"00000000-0000-0000-0000-000000000003"},"industrycode":814250999,"ownerid":{"table":"team","id":"00000000-0000-0000-0000-000000000002"},"entityimage":"AQID","createdon":"2024-03-05T08:30:00Z","contact_customer_accounts":[{"birthdate":"1815-12-10"}]}"#;

#[test]
fn a_row_is_handed_on_and_taken_back() {
    let row: Company = decode::row(ROW).unwrap();
    let shown = serde_json::to_string(&row).unwrap();
    assert_eq!(shown, SHOWN);
    let back: Company = serde_json::from_str(&shown).unwrap();
    assert_eq!(back, row);
    assert_eq!(back.ownerid.unwrap().table(), Some("team"));
}

#[test]
fn several_options_and_any_json() {
    let options = Choices::from([RskFeatures::Crane, RskFeatures::Helideck]);
    let shown = serde_json::to_string(&options).unwrap();
    assert_eq!(shown, "[814250001,814250002]");
    assert_eq!(
        serde_json::from_str::<Choices<RskFeatures>>(&shown).unwrap(),
        options
    );
    let any: Json = serde_json::from_str(r#"{"a":1.50}"#).unwrap();
    assert_eq!(serde_json::to_string(&any).unwrap(), r#"{"a":1.50}"#);
    assert!(serde_json::from_str::<Bytes>("\"no base64!\"").is_err());
}

#[test]
fn a_change_has_three_states_in_json_too() {
    #[derive(Deserialize, Update)]
    #[update(table = RskVessel)]
    struct Change {
        #[serde(default)]
        rsk_name: Patch<String>,
        #[serde(default)]
        rsk_crew: Patch<i32>,
        #[serde(default)]
        rsk_dayrate: Patch<Money>,
    }
    let change: Change = serde_json::from_str(r#"{"rsk_crew":null,"rsk_dayrate":"12.50"}"#).unwrap();
    let id = Id::<RskVessel>::new(Uuid::from_u128(1));
    let request = write::update_row(id, change).request().unwrap();
    let request = request.to_string();
    assert!(
        request.ends_with("{\"rsk_crew\":null,\"rsk_dayrate\":12.50}"),
        "{request}"
    );
}
