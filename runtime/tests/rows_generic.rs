//! Rows and writes with type parameters: for related rows, for columns of kinds of one's own.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod fixture;

use dataverse_runtime::row::{FetchRow, Part};
use dataverse_runtime::{Accepts, Decode, Fits, ReadAs, decode, kind};
use fixture::account::Account;
use fixture::contact::Contact;
use fixture::prelude::*;
use fixture::targets::AccountOrContact;
use proptest::prelude::*;
use serde::Deserializer;

/// One row whose related rows are whatever reads contacts.
#[derive(Debug, PartialEq, Row)]
#[row(table = Account)]
struct With<P: Row<Table = Contact> = Name> {
    accountid: Id<Account>,
    #[row(expand)]
    primarycontactid: Option<P>,
    #[row(expand)]
    contact_customer_accounts: Vec<P>,
    #[row(column = transactioncurrencyid)]
    currency: Option<Uuid>,
    #[row(formatted = industrycode)]
    industry: Option<String>,
}

#[derive(Debug, PartialEq, Row)]
#[row(table = Contact)]
struct Name {
    fullname: Option<String>,
}

/// A row inside of a row, each with a parameter; which table the lookup leads to decides the parameter too.
#[derive(Debug, PartialEq, Row)]
#[row(table = Contact)]
struct Customer<C>
where
    C: Row,
    AccountOrContact: Accepts<C::Table>,
{
    fullname: Option<String>,
    #[row(expand)]
    parentcustomerid: Option<C>,
}

/// A text of at most `N` characters.
#[derive(Debug, PartialEq)]
struct Short<const N: usize>(String);

impl<const N: usize> Decode for Short<N> {
    const EXPECTED: &'static str = "text";

    fn decode<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::decode(from).map(|text| Self(text.chars().take(N).collect()))
    }
}

impl<const N: usize> ReadAs<kind::Text> for Short<N> {}

#[derive(Debug, PartialEq, Row)]
#[row(table = Account)]
struct Label<const N: usize> {
    name: Option<Short<N>>,
    #[row(formatted = industrycode)]
    industry: Option<Short<N>>,
    #[row(target = primarycontactid)]
    contact: Option<Short<N>>,
    #[row(etag)]
    version: Option<Short<N>>,
    // Beside columns that could be of any type, what lookups and amounts read along still arrives.
    ownerid: Option<Reference<fixture::targets::SystemuserOrTeam>>,
    revenue: Option<CurrencyAmount>,
}

#[test]
fn a_parameter_is_the_related_row() {
    assert_eq!(
        Query::<With<Name>>::new().to_string(),
        "GET accounts?$select=accountid,_transactioncurrencyid_value,industrycode\
         &$expand=primarycontactid($select=fullname),contact_customer_accounts($select=fullname)\n\
         prefer: odata.include-annotations=\"OData.Community.Display.V1.FormattedValue\""
    );
    let row: With = decode::row(
        r#"{"contact_customer_accounts":[{"fullname":"Ray"},{"fullname":"Neil"}],
            "accountid":"00000000-0000-0000-0000-000000000001","primarycontactid":{"fullname":"Ray"},
            "industrycode@OData.Community.Display.V1.FormattedValue":"Accounting",
            "_transactioncurrencyid_value":"00000000-0000-0000-0000-000000000002"}"#,
    )
    .unwrap();
    let name = |name: &str| Name {
        fullname: Some(name.to_owned()),
    };
    let expected = With {
        accountid: Id::new(Uuid::from_u128(1)),
        primarycontactid: Some(name("Ray")),
        contact_customer_accounts: vec![name("Ray"), name("Neil")],
        currency: Some(Uuid::from_u128(2)),
        industry: Some("Accounting".to_owned()),
    };
    assert_eq!(row, expected);
}

#[test]
fn the_parameter_decides_which_navigation_is_followed() {
    let navigation = |parts: &[Part]| match parts[1] {
        Part::Expand { navigation, .. } => navigation,
        _ => panic!("no relationship"),
    };
    assert_eq!(
        navigation(<Customer<With<Name>> as FetchRow>::PARTS),
        "parentcustomerid_account"
    );
    assert_eq!(
        navigation(<Customer<Name> as FetchRow>::PARTS),
        "parentcustomerid_contact"
    );
    let row: Customer<Customer<Name>> = decode::row(
        r#"{"fullname":"a","parentcustomerid_contact":
            {"fullname":"b","parentcustomerid_contact":{"fullname":"c"},"parentcustomerid_account":{}}}"#,
    )
    .unwrap();
    let inner = row.parentcustomerid.unwrap();
    assert_eq!(inner.parentcustomerid.unwrap().fullname.as_deref(), Some("c"));
}

#[test]
fn a_parameter_of_a_column_reads_its_annotations_too() {
    let row: Label<3> = decode::row(
        r#"{"@odata.etag":"W/\"1\"","name":"Contoso","industrycode@OData.Community.Display.V1.FormattedValue":"Accounting",
            "_primarycontactid_value@Microsoft.Dynamics.CRM.lookuplogicalname":"contact",
            "_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname":"team",
            "_ownerid_value":"00000000-0000-0000-0000-000000000007",
            "revenue":12.50,"_transactioncurrencyid_value":"00000000-0000-0000-0000-000000000002"}"#,
    )
    .unwrap();
    let short = |text: &str| Some(Short(text.to_owned()));
    assert_eq!((row.name, row.industry), (short("Con"), short("Acc")));
    assert_eq!(row.version, short("W/\""));
    assert_eq!(row.revenue.unwrap().currency, Some(Uuid::from_u128(2)));
    assert_eq!(row.contact, short("con"));
    assert_eq!(row.ownerid.unwrap().table(), Some("team"));
}

#[derive(Create)]
#[create(table = Account)]
struct New<'a, P: NewRow<Table = Contact>, V: Fits<kind::Text>, const N: usize> {
    name: &'a str,
    fax: V,
    #[create(insert)]
    primarycontactid: Option<P>,
    #[create(insert)]
    contact_customer_accounts: Vec<P>,
    #[create(skip)]
    sizes: [u8; N],
}

#[derive(Create)]
#[create(table = Contact, incomplete)]
struct Person<'a> {
    emailaddress1: &'a str,
}

#[derive(Update)]
#[update(table = Account)]
struct Changes<'a, R>
where
    R: RowAddress<Table = Contact>,
{
    name: Patch<&'a str>,
    primarycontactid: Option<R>,
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn borrowed_text_is_written_as_owned_text_is(name in "\\PC{0,20}", fax in "\\PC{0,20}") {
        let person = || Person { emailaddress1: &fax };
        let new = New {
            name: &name,
            fax: fax.as_str(),
            primarycontactid: Some(person()),
            contact_customer_accounts: vec![person(), person()],
            sizes: [0; 2],
        };
        prop_assert_eq!(new.sizes.len(), 2);
        let body: serde_json::Value = serde_json::from_str(&new.into_body().to_json()).unwrap();
        let person = serde_json::json!({ "emailaddress1": fax });
        let expected = serde_json::json!({
            "name": name, "fax": fax, "primarycontactid": person, "contact_customer_accounts": [person, person],
        });
        prop_assert_eq!(body, expected);
    }
}

#[test]
fn an_update_borrows_and_binds_by_a_parameter() {
    let changes = Changes {
        name: Patch::To("Contoso"),
        primarycontactid: Some(Id::<Contact>::new(Uuid::from_u128(4))),
    };
    assert_eq!(
        changes.into_body().to_json(),
        r#"{"name":"Contoso","primarycontactid@odata.bind":"/contacts(00000000-0000-0000-0000-000000000004)"}"#
    );
}

#[test]
fn a_version_that_is_always_there_needs_no_option() {
    #[derive(Debug, Row)]
    #[row(table = Account)]
    struct Versioned {
        name: Option<String>,
        #[row(etag)]
        version: String,
    }
    let row: Versioned = decode::row(r#"{"@odata.etag":"W/\"7\"","name":"Contoso"}"#).unwrap();
    assert_eq!(
        (row.name.as_deref(), row.version.as_str()),
        (Some("Contoso"), "W/\"7\"")
    );
    let without = decode::row::<Versioned>(r#"{"name":"Contoso"}"#).unwrap_err();
    assert!(without.to_string().contains("@odata.etag"), "{without}");
}
