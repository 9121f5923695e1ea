//! Conditions by the service's own functions: their text, and what is refused before it is sent.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod wire;

use crm::account::Account;
use crm::prelude::*;
use crm::rsk_vessel::{RskFeatures, RskVessel};
use dataverse_runtime::{Error, InvalidRequest};
use proptest::prelude::*;
use wire::{Server, guid, id, json};

#[derive(Debug, Row)]
#[row(table = Account)]
struct Company {
    name: Option<String>,
}

/// The text without the name space, which each function has.
fn text<T>(filter: &Filter<T>) -> String {
    filter.to_string().replace("Microsoft.Dynamics.CRM.", "~")
}

fn within(period: Period) -> String {
    text(&filter(Account, |a| a.modifiedon.within(period)))
}

#[test]
fn periods_are_named_or_counted() {
    for (period, expected) in [
        (Period::Yesterday, "~Yesterday(PropertyName='modifiedon')"),
        (Period::Last7Days, "~Last7Days(PropertyName='modifiedon')"),
        (
            Period::NextFiscalPeriod,
            "~NextFiscalPeriod(PropertyName='modifiedon')",
        ),
        (
            Period::LastHours(3),
            "~LastXHours(PropertyName='modifiedon',PropertyValue=3)",
        ),
        (
            Period::NextFiscalYears(u32::MAX),
            "~NextXFiscalYears(PropertyName='modifiedon',PropertyValue=4294967295)",
        ),
        (
            Period::FiscalYear(2026),
            "~InFiscalYear(PropertyName='modifiedon',PropertyValue=2026)",
        ),
        (
            Period::FiscalPeriod(2),
            "~InFiscalPeriod(PropertyName='modifiedon',PropertyValue=2)",
        ),
        (
            Period::FiscalPeriodOfYear {
                period: 4,
                year: 2026,
            },
            "~InFiscalPeriodAndYear(PropertyName='modifiedon',PropertyValue1=4,PropertyValue2=2026)",
        ),
    ] {
        assert_eq!(within(period), expected);
    }
}

#[test]
fn days_ages_and_fiscal_bounds() {
    let day = civil::date(2026, 3, 5);
    for (filter, expected) in [
        (
            filter(Account, |a| a.createdon.on(day)),
            "~On(PropertyName='createdon',PropertyValue='2026-03-05')",
        ),
        (
            filter(Account, |a| a.createdon.on_or_before(day)),
            "~OnOrBefore(PropertyName='createdon',PropertyValue='2026-03-05')",
        ),
        (
            filter(Account, |a| a.createdon.on_or_after(day)),
            "~OnOrAfter(PropertyName='createdon',PropertyValue='2026-03-05')",
        ),
        (
            filter(Account, |a| a.createdon.older_than(Age::Months(6))),
            "~OlderThanXMonths(PropertyName='createdon',PropertyValue=6)",
        ),
        (
            filter(Account, |a| a.createdon.in_or_before_fiscal_period(1, 2026)),
            "~InOrBeforeFiscalPeriodAndYear(PropertyName='createdon',PropertyValue1=1,PropertyValue2=2026)",
        ),
        (
            filter(Account, |a| a.createdon.in_or_after_fiscal_period(1, 2026)),
            "~InOrAfterFiscalPeriodAndYear(PropertyName='createdon',PropertyValue1=1,PropertyValue2=2026)",
        ),
    ] {
        assert_eq!(text(&filter), expected);
    }
}

#[test]
fn lookups_are_named_by_their_columns() {
    for (filter, expected) in [
        (
            filter(Account, |a| a.ownerid.is_user()),
            "~EqualUserId(PropertyName='ownerid')",
        ),
        (
            filter(Account, |a| a.ownerid.is_not_user()),
            "~NotEqualUserId(PropertyName='ownerid')",
        ),
        (
            filter(Account, |a| a.ownerid.is_user_team()),
            "~EqualUserTeams(PropertyName='ownerid')",
        ),
        (
            filter(Account, |a| a.ownerid.is_user_or_team()),
            "~EqualUserOrUserTeams(PropertyName='ownerid')",
        ),
        (
            filter(Account, |a| a.owningbusinessunit.is_business_unit()),
            "~EqualBusinessId(PropertyName='owningbusinessunit')",
        ),
        (
            filter(Account, |a| a.owningbusinessunit.is_not_business_unit()),
            "~NotEqualBusinessId(PropertyName='owningbusinessunit')",
        ),
        (
            filter(Account, |a| a.ownerid.is_user_or_hierarchy()),
            "~EqualUserOrUserHierarchy(PropertyName='ownerid')",
        ),
        (
            filter(Account, |a| a.ownerid.is_user_or_hierarchy_and_teams()),
            "~EqualUserOrUserHierarchyAndTeams(PropertyName='ownerid')",
        ),
    ] {
        assert_eq!(text(&filter), expected);
    }
}

#[test]
fn hierarchies_go_by_the_primary_id_or_a_lookup() {
    let top = id::<Account>(7);
    let value = format!("PropertyValue='{}')", guid(7));
    for (filter, expected) in [
        (
            filter(Account, |a| a.accountid.under(top)),
            "~Under(PropertyName='accountid',",
        ),
        (
            filter(Account, |a| a.accountid.under_or_equal(top)),
            "~UnderOrEqual(PropertyName='accountid',",
        ),
        (
            filter(Account, |a| a.accountid.not_under(top)),
            "~NotUnder(PropertyName='accountid',",
        ),
        (
            filter(Account, |a| a.parentaccountid.above(top)),
            "~Above(PropertyName='parentaccountid',",
        ),
        (
            filter(Account, |a| a.parentaccountid.above_or_equal(top)),
            "~AboveOrEqual(PropertyName='parentaccountid',",
        ),
    ] {
        assert_eq!(text(&filter), format!("{expected}{value}"));
    }
}

#[test]
fn options_are_texts_and_none_of_them_is_a_condition_too() {
    let two = || [RskFeatures::IceClass, RskFeatures::Crane];
    let any = filter(RskVessel, |v| v.rsk_features.contains_any(two()));
    assert_eq!(
        text(&any),
        r#"~ContainValues(PropertyName='rsk_features',PropertyValues=["814250000","814250001"])"#
    );
    let none = filter(RskVessel, |v| v.rsk_features.contains_none(two()));
    assert!(text(&none).starts_with("~DoesNotContainValues("));
    let no_options = || Vec::<RskFeatures>::new();
    let never = filter(RskVessel, |v| v.rsk_features.contains_any(no_options()));
    assert_eq!(text(&never), "rsk_features eq null and rsk_features ne null");
    let always = filter(RskVessel, |v| v.rsk_features.contains_none(no_options()));
    assert_eq!(text(&always), "rsk_features eq null or rsk_features ne null");
}

#[tokio::test]
async fn a_function_is_sent_encoded() {
    let server = Server::answering(vec![json(200, r#"{"value":[{"name":"x"}]}"#)]).await;
    let query = server.client.query::<Company>();
    let query = query.filter(|a| a.modifiedon.within(Period::LastDays(7)) & a.name.eq("x"));
    let names: Vec<_> = query
        .all()
        .await
        .unwrap()
        .into_iter()
        .map(|row| row.name)
        .collect();
    assert_eq!(names, [Some("x".to_owned())]);
    assert_eq!(
        server.asked_once().await,
        "GET accounts?$select=name&$filter=Microsoft.Dynamics.CRM.LastXDays%28PropertyName%3D%27modifiedon%27%2C\
         PropertyValue%3D7%29%20and%20name%20eq%20%27x%27"
    );
}

#[tokio::test]
async fn what_the_service_refuses_is_not_sent() {
    let server = Server::silent().await;
    let negated = server.client.query::<Company>();
    let negated = negated.filter(|a| !(a.name.is_null() | a.ownerid.is_user()));
    let Error::Invalid(invalid) = negated.all().await.unwrap_err() else {
        panic!("sent");
    };
    assert_eq!(
        invalid.to_string(),
        "`not` can't stand before EqualUserId(`ownerid`): use the condition's opposite, such as `is_not_user`, \
         `not_under` or `contains_none`"
    );
    let through = server.client.query::<Company>();
    let through = through.filter(|a| a.primarycontactid.to(|c| c.createdon.within(Period::Today)));
    let expected = InvalidRequest::FunctionOfRelatedRow {
        function: "Today",
        column: "createdon",
    };
    assert_eq!(through.verify(), Err(expected.clone()));
    let related = Query::<Company>::new().filter(|a| {
        a.contact_customer_accounts
            .any(|c| c.createdon.within(Period::Today))
    });
    assert_eq!(related.verify(), Err(expected));
    assert!(server.asked().await.is_empty());
    let allowed = Query::<Company>::new().filter(|a| a.ownerid.is_user() & !a.name.contains("x"));
    assert_eq!(allowed.verify(), Ok(()));
}

proptest! {
    /// Whatever a text holds, the condition stays one comparison, and the query has the options that it had.
    #[test]
    fn no_text_changes_a_query(text in ".{0,40}") {
        let query = Query::<Company>::new().filter(|a| a.name.eq(text.clone()) & a.name.contains(text.clone()));
        let request = query.request();
        let url = reqwest::Url::parse("https://rsk.crm4.dynamics.com/api/data/v9.2/").unwrap();
        let url = url.join(request.path()).unwrap();
        prop_assert_eq!(url.fragment(), None);
        let options: Vec<(String, String)> = url.query_pairs().into_owned().collect();
        let names: Vec<&str> = options.iter().map(|(name, _)| name.as_str()).collect();
        prop_assert_eq!(names, ["$select", "$filter"]);
        let rest = options[1].1.strip_prefix("name eq '").unwrap();
        let (read, rest) = quoted(rest);
        prop_assert_eq!(&read, &text);
        let rest = rest.strip_prefix(" and contains(name,'").unwrap();
        let (pattern, rest) = quoted(rest);
        prop_assert_eq!(rest, ")");
        prop_assert_eq!(pattern.replace("[%]", "%").replace("[_]", "_").replace("[[]", "["), text);
    }
}

/// The text up to its closing quote, and what follows.
fn quoted(from: &str) -> (String, &str) {
    let mut text = String::new();
    let mut characters = from.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        match (character, characters.peek()) {
            ('\'', Some((_, '\''))) => {
                characters.next();
                text.push('\'');
            }
            ('\'', _) => return (text, &from[at + 1..]),
            (plain, _) => text.push(plain),
        }
    }
    panic!("no closing quote in {from}");
}
