//! Rows: what they ask for, and how answers are read into them.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod fixture;

use dataverse_runtime::{ManagedFlag, decode, select};
use fixture::account::{self, Account};
use fixture::activityparty::Activityparty;
use fixture::contact::Contact;
use fixture::prelude::*;
use fixture::rsk_vessel::{RskFlags, RskVessel};
use fixture::targets::{AccountOrContact, SystemuserOrTeam};
use fixture::task::Task;
use fixture::transactioncurrency::Transactioncurrency;

#[derive(Debug, Row)]
#[row(table = Account)]
struct BigAccount {
    accountid: Id<Account>,
    name: Option<String>,
    revenue: Option<Money>,
    exchangerate: Option<Decimal>,
    address1_latitude: Option<f64>,
    numberofemployees: Option<i32>,
    versionnumber: Option<i64>,
    creditonhold: Option<bool>,
    industrycode: Option<Choice<account::IndustryCode>>,
    #[row(formatted = industrycode)]
    industry: Option<String>,
    ownerid: Option<Reference<SystemuserOrTeam>>,
    transactioncurrencyid: Option<Id<Transactioncurrency>>,
    #[row(formatted = transactioncurrencyid)]
    currency: Option<String>,
    createdon: Option<Timestamp>,
    entityimage: Option<Bytes>,
    #[row(column = primarycontactid)]
    contact_id: Option<Id<Contact>>,
    #[row(expand)]
    primarycontactid: Option<Person>,
    #[row(expand)]
    contact_customer_accounts: Vec<Person>,
    #[row(etag)]
    version: Option<String>,
}

#[derive(Debug, PartialEq, Row)]
#[row(table = Contact)]
struct Person {
    fullname: Option<String>,
    birthdate: Option<civil::Date>,
    parentcustomerid: Option<Reference<AccountOrContact>>,
}

const ROW: &str = r#"{
    "@odata.etag": "W/\"5012345\"",
    "accountid": "00000000-0000-0000-0000-000000000001",
    "name": "Caf\u00e9 \"Zur Post\"",
    "revenue@OData.Community.Display.V1.FormattedValue": "€5,000,000.00",
    "revenue": 5000000.0000,
    "exchangerate": 0E-10,
    "address1_latitude": 47.1,
    "numberofemployees": 12,
    "versionnumber": 9007199254740993,
    "creditonhold": false,
    "industrycode@OData.Community.Display.V1.FormattedValue": "Buchhaltung",
    "industrycode": 1,
    "_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname": "team",
    "_ownerid_value": "00000000-0000-0000-0000-000000000002",
    "_transactioncurrencyid_value@OData.Community.Display.V1.FormattedValue": "Euro",
    "_transactioncurrencyid_value": "00000000-0000-0000-0000-000000000003",
    "createdon": "2024-03-05T08:30:00Z",
    "entityimage": "AQID",
    "_primarycontactid_value": "00000000-0000-0000-0000-000000000004",
    "primarycontactid": {
        "@odata.etag": "W/\"1\"",
        "contactid": "00000000-0000-0000-0000-000000000004",
        "fullname": "Ada",
        "birthdate": "1815-12-10",
        "_parentcustomerid_value@Microsoft.Dynamics.CRM.lookuplogicalname": "account",
        "_parentcustomerid_value": "00000000-0000-0000-0000-000000000001"
    },
    "contact_customer_accounts": [{"fullname": null, "birthdate": null, "_parentcustomerid_value": null}],
    "contact_customer_accounts@odata.nextLink": "https://x.test/next"
}"#;

fn uuid(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

#[test]
fn a_row_asks_for_what_it_reads() {
    assert_eq!(
        select::select::<BigAccount>(),
        "accountid,name,revenue,exchangerate,address1_latitude,numberofemployees,versionnumber,creditonhold,industrycode,\
         _ownerid_value,_transactioncurrencyid_value,createdon,entityimage,_primarycontactid_value"
    );
    assert_eq!(
        select::expand::<BigAccount>().unwrap(),
        "primarycontactid($select=fullname,birthdate,_parentcustomerid_value),\
         contact_customer_accounts($select=fullname,birthdate,_parentcustomerid_value)"
    );
    assert_eq!(
        select::annotations::<BigAccount>().unwrap(),
        "OData.Community.Display.V1.FormattedValue,Microsoft.Dynamics.CRM.lookuplogicalname"
    );
}

#[test]
fn annotations_are_asked_for_only_when_they_are_read() {
    #[derive(Row)]
    #[row(table = Account)]
    #[allow(dead_code)]
    struct Plain {
        name: Option<String>,
    }
    assert_eq!(select::annotations::<Plain>(), None);
    assert_eq!(select::expand::<Plain>(), None);
    assert_eq!(select::annotations::<Person>().unwrap(), select::TARGET);
}

#[test]
fn amounts_know_the_currency_of_their_row() {
    #[derive(Debug, Row)]
    #[row(table = Account)]
    struct Amounts {
        revenue: Option<CurrencyAmount>,
        name: Option<String>,
    }
    #[derive(Debug, Row)]
    #[row(table = Account)]
    struct WithCurrency {
        transactioncurrencyid: Option<Id<Transactioncurrency>>,
        revenue: Option<CurrencyAmount>,
    }
    const CURRENCY: &str = "_transactioncurrencyid_value";
    assert_eq!(select::select::<Amounts>(), format!("revenue,name,{CURRENCY}"));
    assert_eq!(select::select::<WithCurrency>(), format!("{CURRENCY},revenue"));
    let id = uuid(3);
    for body in [
        format!(r#"{{"revenue":5.50,"{CURRENCY}":"{id}","name":"x"}}"#),
        format!(r#"{{"{CURRENCY}":"{id}","revenue":5.50,"name":"x"}}"#),
    ] {
        let row: Amounts = decode::row(&body).unwrap();
        let revenue = row.revenue.unwrap();
        assert_eq!((revenue.amount, revenue.currency), (money!(5.5), Some(id)));
        assert_eq!(row.name.as_deref(), Some("x"));
        let row: WithCurrency = decode::row(&body).unwrap();
        assert_eq!(row.revenue, Some(revenue));
        assert_eq!(row.transactioncurrencyid, Some(Id::new(id)));
    }
    let none: WithCurrency = decode::row(format!(r#"{{"{CURRENCY}":null,"revenue":5}}"#)).unwrap();
    assert_eq!(none.revenue.unwrap().currency, None);
    let error = decode::row::<WithCurrency>(format!(r#"{{"{CURRENCY}":7}}"#)).unwrap_err();
    assert_eq!(error.path(), CURRENCY);
}

#[test]
fn the_table_of_a_lookup_can_be_a_field() {
    #[derive(Debug, Row)]
    #[row(table = Account)]
    struct Owned {
        #[row(column = ownerid)]
        owner: Option<Uuid>,
        #[row(target = ownerid)]
        owner_table: Option<String>,
        #[row(formatted = ownerid)]
        owner_name: Option<String>,
    }
    assert_eq!(select::select::<Owned>(), "_ownerid_value");
    assert_eq!(
        select::annotations::<Owned>().unwrap(),
        format!("{},{}", select::FORMATTED, select::TARGET)
    );
    let row: Owned = decode::row(ROW).unwrap();
    assert_eq!(row.owner, Some(uuid(2)));
    assert_eq!(row.owner_table.as_deref(), Some("team"));
    assert_eq!(row.owner_name, None);
}

#[test]
fn a_row_without_columns_selects_its_id() {
    #[derive(Row)]
    #[row(table = Contact)]
    struct Deep {
        #[row(expand)]
        account_primary_contact: Vec<Inner>,
    }
    #[derive(Row)]
    #[row(table = Account)]
    struct Inner {
        #[row(expand)]
        primarycontactid: Option<Person>,
    }
    assert_eq!(select::select::<Deep>(), "contactid");
    assert_eq!(
        select::expand::<Deep>().unwrap(),
        "account_primary_contact($select=accountid;\
         $expand=primarycontactid($select=fullname,birthdate,_parentcustomerid_value))"
    );
    let read: Deep =
        decode::row(r#"{"contactid":"x","account_primary_contact":[{"primarycontactid":null}]}"#).unwrap();
    assert!(read.account_primary_contact[0].primarycontactid.is_none());
}

#[test]
fn every_kind_is_read() {
    let row: BigAccount = decode::row(ROW).unwrap();
    assert_eq!(row.accountid, Id::new(uuid(1)));
    assert_eq!(row.name.as_deref(), Some("Café \"Zur Post\""));
    assert_eq!(row.revenue.unwrap().to_string(), "5000000.0000");
    assert_eq!(row.exchangerate.unwrap().to_string(), "0.0000000000");
    assert_eq!(row.address1_latitude, Some(47.1));
    assert_eq!(row.numberofemployees, Some(12));
    assert_eq!(row.versionnumber, Some(9_007_199_254_740_993));
    assert_eq!(row.creditonhold, Some(false));
    assert!(matches!(
        row.industrycode.unwrap().known(),
        Some(account::IndustryCode::Accounting)
    ));
    assert_eq!(row.industry.as_deref(), Some("Buchhaltung"));
    let owner = row.ownerid.unwrap();
    assert_eq!(owner.uuid(), uuid(2));
    assert!(matches!(owner.target(), Some(SystemuserOrTeam::Team)));
    assert_eq!(owner.id::<fixture::team::Team>(), Some(Id::new(uuid(2))));
    assert_eq!(owner.id::<fixture::systemuser::Systemuser>(), None);
    assert_eq!(row.transactioncurrencyid, Some(Id::new(uuid(3))));
    assert_eq!(row.currency.as_deref(), Some("Euro"));
    assert_eq!(row.createdon.unwrap().to_string(), "2024-03-05T08:30:00Z");
    assert_eq!(row.entityimage.unwrap().0, [1, 2, 3]);
    assert_eq!(row.contact_id, Some(Id::new(uuid(4))));
    let person = row.primarycontactid.unwrap();
    assert_eq!(person.fullname.as_deref(), Some("Ada"));
    assert_eq!(person.birthdate.unwrap().to_string(), "1815-12-10");
    assert_eq!(person.parentcustomerid, Some(Reference::from(row.accountid)));
    let nobody = Person {
        fullname: None,
        birthdate: None,
        parentcustomerid: None,
    };
    assert_eq!(row.contact_customer_accounts, [nobody]);
    assert_eq!(row.version.as_deref(), Some("W/\"5012345\""));
}

#[test]
fn what_is_absent_reads_as_empty() {
    let row: BigAccount = decode::row(r#"{"accountid":"00000000-0000-0000-0000-000000000001"}"#).unwrap();
    assert!(row.name.is_none() && row.ownerid.is_none() && row.primarycontactid.is_none());
    assert!(row.contact_customer_accounts.is_empty());
}

#[test]
fn a_page_has_rows_and_links() {
    let body = r#"{"@odata.context":"c","@odata.count":2,"value":[
        {"accountid":"00000000-0000-0000-0000-000000000001","revenue":922337203685477.5807},
        {"revenue":1e3,"accountid":"00000000-0000-0000-0000-000000000002","name":null}],
        "@odata.nextLink":"https://x.test/a?$skiptoken=%3C\u0022"}"#;
    let page = decode::page::<account::Row>(body).unwrap();
    let revenues: Vec<_> = page
        .rows
        .iter()
        .map(|row| row.revenue.unwrap().to_string())
        .collect();
    assert_eq!(revenues, ["922337203685477.5807", "1000"]);
    assert_eq!(page.rows[1].accountid, Id::new(uuid(2)));
    assert!(page.rows[0].name.is_none());
    assert_eq!(page.count, Some(2));
    assert_eq!(
        page.next_link.as_deref(),
        Some("https://x.test/a?$skiptoken=%3C\"")
    );
    assert_eq!(page.delta_link, None);
}

#[test]
fn options_that_are_not_known_survive() {
    #[derive(Row)]
    #[row(table = RskVessel)]
    struct Vessel {
        rsk_flags: Choices<RskFlags>,
        rsk_number: String,
        iscustomizable: Option<ManagedFlag>,
        rsk_scan: Option<Uuid>,
    }
    let read = |flags: &str| -> Vessel {
        decode::row(format!(
            r#"{{"rsk_flags":{flags},"rsk_number":"V-1","iscustomizable":{{"Value":true,"CanBeChanged":false}},
                "rsk_scan":"00000000-0000-0000-0000-000000000009"}}"#
        ))
        .unwrap()
    };
    let vessel = read("\"814250001,7\"");
    assert!(vessel.rsk_flags.contains(RskFlags::DoubleHull) && !vessel.rsk_flags.contains(RskFlags::Ice));
    assert_eq!(vessel.rsk_flags.to_string(), "814250001,7");
    assert_eq!(
        format!("{:?}", vessel.rsk_flags),
        "[814250001 (Double hull), 7 (not known)]"
    );
    assert!(vessel.rsk_flags.iter().nth(1).unwrap().known().is_none());
    assert!(vessel.iscustomizable.unwrap().value);
    assert_eq!(
        (vessel.rsk_number.as_str(), vessel.rsk_scan),
        ("V-1", Some(uuid(9)))
    );
    assert!(read("null").rsk_flags.is_empty());
    assert!(read("\"\"").rsk_flags.is_empty());
}

#[test]
fn other_columns_are_read_as_they_are() {
    #[derive(Row)]
    #[row(table = Task)]
    struct Todo {
        subject: Option<String>,
        scheduledend: Option<civil::DateTime>,
        regardingobjectid: Option<Reference<AccountOrContact>>,
        #[row(expand)]
        to: Vec<Party>,
        r#type: Option<Json>,
    }
    #[derive(Row)]
    #[row(table = Activityparty)]
    struct Party {
        addressused: Option<String>,
        participationtypemask: Option<i32>,
    }
    assert_eq!(
        select::select::<Todo>(),
        "subject,scheduledend,_regardingobjectid_value,type"
    );
    assert_eq!(
        select::expand::<Todo>().unwrap(),
        "task_activity_parties($select=addressused,participationtypemask)"
    );
    let todo: Todo = decode::row(
        r#"{"subject":"Call","scheduledend":"2024-03-05T08:30:00Z","type":{"a":[1.10, null]},
            "_regardingobjectid_value@Microsoft.Dynamics.CRM.lookuplogicalname":"rsk_vessel",
            "_regardingobjectid_value":"00000000-0000-0000-0000-000000000005",
            "task_activity_parties":[{"addressused":"x@y.test","participationtypemask":3}]}"#,
    )
    .unwrap();
    assert_eq!(todo.subject.as_deref(), Some("Call"));
    assert_eq!(todo.scheduledend, Some(civil::date(2024, 3, 5).at(8, 30, 0, 0)));
    let regarding = todo.regardingobjectid.unwrap();
    assert!(regarding.target().is_none());
    assert_eq!(regarding.table(), Some("rsk_vessel"));
    assert_eq!(todo.r#type.unwrap().as_str(), r#"{"a":[1.10, null]}"#);
    assert_eq!(todo.to[0].addressused.as_deref(), Some("x@y.test"));
    assert_eq!(todo.to[0].participationtypemask, Some(3));
}

fn page_error(body: &str) -> DecodeError {
    decode::page::<BigAccount>(body).unwrap_err()
}

#[test]
fn errors_say_what_is_wrong_and_where() {
    let error = page_error(
        r#"{"value":[{"accountid":"00000000-0000-0000-0000-000000000001"},
        {"accountid":"00000000-0000-0000-0000-000000000001","numberofemployees":"many"}]}"#,
    );
    assert_eq!(error.table(), Some("account"));
    assert_eq!(error.path(), "value[1].numberofemployees");
    assert_eq!(error.property(), Some("numberofemployees"));
    assert_eq!(error.expected(), Some("a whole number of 32 bits"));
    assert_eq!(error.found(), Some("\"many\""));
    assert_eq!(error.line(), 2);
    assert!(error.column() > 60, "{}", error.column());
    assert!(error.to_string().starts_with(
        "`value[1].numberofemployees` (table `account`) should be a whole number of 32 bits, but is \"many\" (line 2, "
    ));
}

#[test]
fn errors_inside_related_rows_name_their_table() {
    let error = page_error(
        r#"{"value":[{"accountid":"00000000-0000-0000-0000-000000000001",
        "contact_customer_accounts":[{"fullname":"A"},{"birthdate":"soon"}]}]}"#,
    );
    assert_eq!(error.path(), "value[0].contact_customer_accounts[1].birthdate");
    assert_eq!(error.table(), Some("contact"));
    assert_eq!(error.found(), Some("\"soon\""));
    let error = page_error(r#"{"value":[{"primarycontactid":7}]}"#);
    assert_eq!(
        (error.path(), error.found()),
        ("value[0].primarycontactid", Some("7"))
    );
}

#[test]
fn a_required_value_has_to_be_there() {
    let error = page_error(r#"{"value":[{"name":"A"}]}"#);
    assert_eq!(error.path(), "value[0].accountid");
    assert_eq!((error.expected(), error.found()), (Some("a GUID"), None));
    assert!(
        error.to_string().contains("should be a GUID, but isn't there"),
        "{error}"
    );
    let error = page_error(r#"{"value":[{"accountid":null}]}"#);
    assert_eq!((error.expected(), error.found()), (Some("a GUID"), Some("null")));
}

#[test]
fn answers_of_another_shape_are_errors() {
    assert_eq!(page_error("{}").path(), "value");
    assert_eq!(page_error(r#"{"value":{}}"#).expected(), Some("an array of rows"));
    assert_eq!(page_error(r#"{"value":[5]}"#).path(), "value[0]");
    assert_eq!(page_error("[]").expected(), Some("a JSON object"));
    let broken = page_error(r#"{"value":[{"name":"A"#);
    assert_eq!(broken.expected(), None);
    assert!(broken.to_string().contains("can't be read (line 1, "), "{broken}");
    assert!(std::error::Error::source(&broken).is_some());
    assert!(
        decode::row::<BigAccount>(b"\xff\xfe")
            .unwrap_err()
            .to_string()
            .contains("the answer can't be read")
    );
    assert!(
        decode::row::<account::Row>(r#"{"accountid":"00000000-0000-0000-0000-000000000001"} x"#).is_err()
    );
}

#[test]
fn long_values_are_shortened_in_errors() {
    let body = format!(r#"{{"value":[{{"createdon":"{}"}}]}}"#, "ä".repeat(500));
    assert_eq!(page_error(&body).found().unwrap().chars().count(), 41);
}
