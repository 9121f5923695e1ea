//! Conditions, orders, keys and bodies, as text.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod fixture;

use dataverse_runtime::{FoundById, kind::MoneyAmount};
use fixture::account::{Account, IndustryCode, StatusCode};
use fixture::contact::Contact;
use fixture::prelude::*;
use fixture::rsk_port::RskPort;
use fixture::rsk_vessel::{RskFlags, RskImoKey, RskVessel};
use fixture::systemuser::Systemuser;
use fixture::task::Task;

fn id<T>(number: u128) -> Id<T> {
    Id::new(Uuid::from_u128(number))
}

/// The condition on accounts, as text.
fn check(condition: impl FnOnce(&fixture::account::Columns) -> Filter<Account>, expected: &str) {
    assert_eq!(filter(Account, condition).to_string(), expected);
}

#[test]
fn each_kind_has_its_literals() {
    check(|a| a.name.eq("O'Brien"), "name eq 'O''Brien'");
    check(|a| a.name.ne(String::from("x")), "name ne 'x'");
    check(|a| a.numberofemployees.gt(100), "numberofemployees gt 100");
    check(
        |a| a.versionnumber.ge(9_007_199_254_740_993_i64),
        "versionnumber ge 9007199254740993",
    );
    check(|a| a.revenue.gt(money!(1_000_000)), "revenue gt 1000000");
    check(|a| a.revenue.lt(5), "revenue lt 5");
    check(|a| a.exchangerate.le(decimal!(-1.50)), "exchangerate le -1.50");
    check(|a| a.address1_latitude.ge(-0.5), "address1_latitude ge -0.5");
    check(|a| a.creditonhold.eq(true), "creditonhold eq true");
    check(
        |a| a.industrycode.eq(IndustryCode::Accounting),
        "industrycode eq 1",
    );
    check(|a| a.industrycode.ne(Choice::new(99)), "industrycode ne 99");
    check(
        |a| a.accountid.eq(id(1)),
        "accountid eq 00000000-0000-0000-0000-000000000001",
    );
    check(
        |a| a.primarycontactid.eq(id::<Contact>(2)),
        "_primarycontactid_value eq 00000000-0000-0000-0000-000000000002",
    );
    check(
        |a| a.ownerid.eq(id::<Systemuser>(3)),
        "_ownerid_value eq 00000000-0000-0000-0000-000000000003",
    );
    let instant: Timestamp = "2024-03-05T08:30:00+02:00".parse().unwrap();
    check(|a| a.createdon.lt(instant), "createdon lt 2024-03-05T06:30:00Z");
    let born = filter(Contact, |c| c.birthdate.ge(civil::date(2000, 1, 2)));
    assert_eq!(born.to_string(), "birthdate ge 2000-01-02");
    let due = filter(Task, |t| {
        t.scheduledend.le(civil::date(2024, 3, 5).at(8, 30, 0, 0))
    });
    assert_eq!(due.to_string(), "scheduledend le 2024-03-05T08:30:00Z");
}

#[test]
fn nothing_in_searched_text_is_a_wildcard() {
    check(|a| a.name.contains("50%"), "contains(name,'50[%]')");
    check(
        |a| a.description.starts_with("a_[b]"),
        "startswith(description,'a[_][[]b]')",
    );
    check(|a| a.name.ends_with("'s"), "endswith(name,'''s')");
}

#[test]
fn conditions_combine() {
    check(
        |a| a.name.eq("a") & a.fax.is_null() & (a.revenue.gt(1) | a.revenue.is_null()),
        "name eq 'a' and fax eq null and (revenue gt 1 or revenue eq null)",
    );
    check(
        |a| a.name.eq("a") & a.fax.eq("b") | a.name.eq("c") | a.name.eq("d"),
        "(name eq 'a' and fax eq 'b') or name eq 'c' or name eq 'd'",
    );
    check(
        |a| !a.name.contains("x") & a.fax.is_not_null(),
        "not (contains(name,'x')) and fax ne null",
    );
    check(
        |a| !(a.name.eq("a") | a.name.eq("b")),
        "not (name eq 'a' or name eq 'b')",
    );
    check(
        |a| a.numberofemployees.between(1, 5),
        "numberofemployees ge 1 and numberofemployees le 5",
    );
    check(
        |a| a.numberofemployees.between(1, 5) | a.name.eq("x"),
        "(numberofemployees ge 1 and numberofemployees le 5) or name eq 'x'",
    );
}

#[test]
fn lists_of_values_become_alternatives() {
    check(
        |a| a.numberofemployees.is_in([1, 2]),
        "(numberofemployees eq 1 or numberofemployees eq 2)",
    );
    check(
        |a| !a.numberofemployees.is_in([1, 2]),
        "not (numberofemployees eq 1 or numberofemployees eq 2)",
    );
    check(
        |a| a.industrycode.is_in([IndustryCode::Accounting]),
        "industrycode eq 1",
    );
    check(
        |a| a.name.is_in(Vec::<String>::new()),
        "(name eq null and name ne null)",
    );
}

#[test]
fn conditions_reach_other_tables() {
    check(
        |a| a.primarycontactid.to(|c| c.emailaddress1.is_not_null()),
        "primarycontactid/emailaddress1 ne null",
    );
    check(
        |a| a.name.eq("a") & a.primarycontactid.to(|c| c.fullname.eq("b") | c.fullname.eq("c")),
        "name eq 'a' and (primarycontactid/fullname eq 'b' or primarycontactid/fullname eq 'c')",
    );
    check(
        |a| {
            a.contact_customer_accounts
                .any(|c| c.fullname.contains("x") & c.birthdate.is_null())
        },
        "contact_customer_accounts/any(o1:contains(o1/fullname,'x') and o1/birthdate eq null)",
    );
    check(
        |a| {
            a.contact_customer_accounts
                .all(|c| c.account_primary_contact.any(|a| a.revenue.gt(5)) | c.fullname.eq("y"))
        },
        "contact_customer_accounts/all(o1:o1/account_primary_contact/any(o2:o2/revenue gt 5) or o1/fullname eq 'y')",
    );
    check(
        |a| !a.contact_customer_accounts.exists(),
        "not (contact_customer_accounts/any())",
    );
    check(
        |a| {
            a.contact_customer_accounts.any(|c| {
                c.account_primary_contact
                    .any(|a| a.primarycontactid.to(|c| c.fullname.is_null()))
            })
        },
        "contact_customer_accounts/any(o1:o1/account_primary_contact/any(o2:o2/primarycontactid/fullname eq null))",
    );
}

#[test]
fn rows_are_ordered() {
    assert_eq!(order_by(Account, |a| a.revenue.desc()), "revenue desc");
    assert_eq!(
        order_by(Account, |a| (
            a.industrycode.asc(),
            a.primarycontactid.to_order(|c| c.fullname.desc())
        )),
        "industrycode asc,primarycontactid/fullname desc"
    );
    assert_eq!(
        order_by(Account, |a| vec![a.name.asc(), a.fax.asc()]),
        "name asc,fax asc"
    );
}

#[test]
fn keys_are_escaped() {
    let key = RskImoKey {
        rsk_imo: "93'12 /ö&",
        rsk_homeportid: id::<RskPort>(7),
    };
    assert_eq!(
        key.path(),
        "rsk_vessels(rsk_imo='93''12%20%2F%C3%B6%26',_rsk_homeportid_value=00000000-0000-0000-0000-000000000007)"
    );
    assert_eq!(
        id::<Account>(1).path(),
        "accounts(00000000-0000-0000-0000-000000000001)"
    );
}

#[test]
fn a_create_says_what_is_set_and_what_is_empty() {
    let body = create_body(Account, |a| {
        (
            a.accountid.set(id(1)),
            a.name.set("Caf\u{e9} \"Zur Post\"\n"),
            a.revenue.set(money!(5000000.0000)),
            a.numberofemployees.set(3),
            a.address1_latitude.set(47.0),
            a.creditonhold.set(false),
            a.industrycode.set(IndustryCode::Accounting),
            a.statuscode.set(Choice::from(StatusCode::Inactive)),
            a.overriddencreatedon
                .set("2024-03-05T08:30:00Z".parse::<Timestamp>().unwrap()),
            a.primarycontactid.bind(id::<Contact>(2)),
            a.ownerid.bind(id::<fixture::team::Team>(3)),
            a.entityimage.set(Bytes(vec![1, 2, 3])),
            (a.fax.clear(), a.transactioncurrencyid.clear()),
        )
    });
    assert_eq!(
        body.to_json(),
        concat!(
            r#"{"accountid":"00000000-0000-0000-0000-000000000001","name":"Café \"Zur Post\"\n","revenue":5000000.0000,"#,
            r#""numberofemployees":3,"address1_latitude":47.0,"creditonhold":false,"industrycode":1,"statuscode":2,"#,
            r#""overriddencreatedon":"2024-03-05T08:30:00Z","#,
            r#""primarycontactid@odata.bind":"/contacts(00000000-0000-0000-0000-000000000002)","#,
            r#""ownerid@odata.bind":"/teams(00000000-0000-0000-0000-000000000003)","#,
            r#""entityimage":"AQID","fax":null,"transactioncurrencyid@odata.bind":null}"#
        )
    );
}

#[test]
fn a_lookup_is_bound_through_the_property_of_its_target() {
    let body = |regarding| update_body(Task, |_| regarding).to_json();
    let task = <Task as Table>::COLUMNS;
    assert_eq!(
        body(task.regardingobjectid.bind(id::<Contact>(1))),
        r#"{"regardingobjectid_contact_task@odata.bind":"/contacts(00000000-0000-0000-0000-000000000001)"}"#
    );
    let vessel = update_body(RskVessel, |v| {
        (v.rsk_homeportid.bind(id(7)), v.rsk_number.set("V-1"))
    });
    assert_eq!(
        vessel.to_json(),
        r#"{"rsk_HomePortId@odata.bind":"/rsk_ports(00000000-0000-0000-0000-000000000007)","rsk_number":"V-1"}"#
    );
}

#[test]
fn an_update_says_only_what_changes() {
    assert_eq!(update_body(Account, |_| ()).to_json(), "{}");
    assert!(update_body(Account, |_| ()).is_empty());
    let fax: Option<&str> = None;
    let revenue = Some(money!(-12.50));
    let body = update_body(Account, |a| {
        (
            a.fax.set_or_clear(fax),
            a.revenue.set_or_clear(revenue),
            fax.map(|fax| a.name.set(fax)),
            vec![a.creditonhold.set(true)],
        )
    });
    assert_eq!(
        body.to_json(),
        r#"{"fax":null,"revenue":-12.50,"creditonhold":true}"#
    );
}

#[test]
fn the_last_assignment_counts() {
    let body = update_body(Account, |a| (a.name.set("a"), a.fax.set("b"), a.name.clear()));
    assert_eq!(body.to_json(), r#"{"fax":"b","name":null}"#);
}

#[test]
fn several_options_are_written_as_text() {
    let flags = Choices::from([RskFlags::Ice, RskFlags::DoubleHull]);
    let body = create_body(RskVessel, |v| (v.rsk_flags.set(flags), v.rsk_secret.set("s")));
    assert_eq!(
        body.to_json(),
        r#"{"rsk_flags":"814250000,814250001","rsk_secret":"s"}"#
    );
}

#[test]
fn values_behave() {
    assert_eq!(Choice::from(StatusCode::Inactive).state(), Some(1));
    assert!(Choice::<StatusCode>::new(2) == StatusCode::Inactive);
    assert_eq!(Choice::<StatusCode>::new(7).to_string(), "7");
    assert_eq!(Choice::<StatusCode>::new(1).to_string(), "Active");
    assert_eq!("1,5".parse::<Choices<StatusCode>>().unwrap().len(), 2);
    assert!("1,x".parse::<Choices<StatusCode>>().is_err());
    let total: Money = [money!(0.10), money!(0.20)].into_iter().sum();
    assert_eq!(total, money!(0.30));
    assert_eq!(total * decimal!(3) - money!(0.90), Money::default());
    assert_eq!(
        id::<Account>(1),
        "00000000-0000-0000-0000-000000000001".parse().unwrap()
    );
    // Tables are found by id, and their columns are plain tokens.
    fn by_id<T: FoundById>() -> &'static str {
        T::META.entity_set
    }
    assert_eq!(by_id::<Account>(), "accounts");
    let revenue: dataverse_runtime::Column<Account, MoneyAmount> = <Account as Table>::COLUMNS.revenue;
    assert_eq!(
        (revenue.property(), revenue.navigation_to("contact")),
        ("revenue", None)
    );
}
