//! Conditions of every kind, by example.

use super::fixture::{escape, features, hull, id, shared};

#[track_caller]
fn check(filter: &str, expected: &[&str]) {
    assert_eq!(shared().vessels(filter), expected, "{filter}");
}

#[test]
fn comparisons_are_those_of_sql() {
    for (filter, expected) in [
        ("rsk_name eq 'ASTER'", &["Aster"][..]),
        ("rsk_name eq 'elan '", &["Élan"]),
        ("rsk_name gt 'aster' and rsk_name lt 'c'", &["birk"]),
        ("rsk_crew ne 12", &["birk"]),
        ("rsk_crew eq null", &["Élan"]),
        ("null ne rsk_crew", &["Aster", "birk"]),
        ("not (rsk_crew eq 12)", &["birk"]),
        ("rsk_crew gt null", &[]),
        ("12 gt rsk_crew", &["birk"]),
        ("rsk_crew lt 12.5 and rsk_crew gt 2.5", &["Aster", "birk"]),
        ("rsk_crew ne 12.5", &["Aster", "birk"]),
        ("rsk_crew lt 99999999999999999999", &["Aster", "birk"]),
        ("rsk_dayrate eq 1500.5", &["Aster"]),
        ("rsk_dayrate lt 100", &["birk"]),
        ("rsk_draught gt 7.3", &["birk"]),
        ("rsk_draught lt 123456789012", &["Aster", "birk"]),
        ("rsk_active eq true", &["Aster"]),
        ("rsk_active", &["Aster"]),
        ("not rsk_active", &["birk"]),
        ("rsk_built lt 2010-01-01", &["Aster"]),
        ("rsk_lastseen ge 2024-03-06T08:00:00%2B01:00", &["Aster"]),
        ("rsk_lastseen gt 2024-03-01", &["Aster"]),
        ("rsk_lastseen eq 2024-03-06T07:00:00.5Z", &[]),
        ("rsk_name eq rsk_code", &["birk"]),
        ("true", &["Aster", "birk", "Élan"]),
    ] {
        check(&filter.replace("%2B", "+"), expected);
    }
    check(&format!("_rsk_homeportid_value eq {}", id(0x11)), &["Aster"]);
    check(
        &format!("rsk_HomePortId/rsk_portid eq '{}'", id(0x11)),
        &["Aster"],
    );
    check(&format!("ownerid/ownerid eq {}", id(0x41)), &["birk"]);
    check("rsk_HomePortId eq null", &["Élan"]);
    check(&format!("rsk_features eq '{}'", features(&[1, 0])), &["Aster"]);
}

#[test]
fn texts_have_wildcards() {
    for (filter, expected) in [
        ("contains(rsk_name,'I')", &["birk"][..]),
        ("startswith(rsk_name,'el')", &["Élan"]),
        ("endswith(rsk_name,'k')", &["birk"]),
        ("contains(rsk_name,'a_t')", &["Aster"]),
        ("contains(rsk_name,'[a-b]')", &["Aster", "birk", "Élan"]),
        ("startswith(rsk_name,'[^a-b]')", &["Élan"]),
        ("contains(rsk_description,'50[%]')", &["Aster"]),
        ("contains(rsk_description,'50%k')", &["birk"]),
        ("not contains(rsk_description,'50 ')", &["Aster"]),
        ("contains(rsk_description,'\"QUOTED')", &["Aster"]),
    ] {
        check(filter, expected);
    }
}

#[test]
fn related_rows_are_reached() {
    for (filter, expected) in [
        ("rsk_HomePortId/rsk_name eq 'Alesund'", &["birk"][..]),
        ("rsk_HomePortId/rsk_name eq null", &["Élan"]),
        ("rsk_operatorid_account/name eq 'rask shipping'", &["Aster"]),
        ("rsk_operatorid_contact/fullname eq 'Kari Nes'", &["birk"]),
        ("rsk_vessel_inspection/any()", &["Aster", "birk"]),
        ("not rsk_vessel_inspection/any()", &["Élan"]),
        ("rsk_vessel_inspection/any(i:i/rsk_score lt 50)", &["Aster"]),
        (
            "rsk_vessel_inspection/all(i:i/rsk_score gt 50)",
            &["birk", "Élan"],
        ),
        (
            "rsk_vessel_inspection/any(i:i/rsk_score gt 50 and i/rsk_VesselId/rsk_name eq 'birk')",
            &["birk"],
        ),
        (
            "rsk_vessel_inspection/any(i:i/rsk_name ne rsk_name and i/rsk_VesselId/rsk_vessel_name eq 1)",
            &[],
        ),
        (
            "rsk_vessel_rsk_category/any(c:startswith(c/rsk_name,'tan'))",
            &["Aster"],
        ),
        (
            "rsk_vessel_rsk_category/any(c:c/rsk_vessel_rsk_category/any(v:v/rsk_name eq rsk_name))",
            &["Aster"],
        ),
    ] {
        if filter.contains("rsk_vessel_name") {
            assert!(
                shared()
                    .refused(&format!("rsk_vessels?$filter={}", escape(filter)))
                    .message
                    .contains("rsk_vessel_name")
            );
        } else {
            check(filter, expected);
        }
    }
}

#[test]
fn functions_of_the_service() {
    let crm = |call: &str| format!("Microsoft.Dynamics.CRM.{call}");
    let one = features(&[0]);
    for (call, expected) in [
        ("Today(PropertyName='rsk_lastseen')".to_owned(), &["Aster"][..]),
        (
            "Last7Days(PropertyName='rsk_lastseen')".to_owned(),
            &["Aster", "birk"],
        ),
        (
            "LastXDays(PropertyName='rsk_lastseen',PropertyValue=3)".to_owned(),
            &["Aster"],
        ),
        (
            "OlderThanXHours(PropertyName='rsk_lastseen',PropertyValue=24)".to_owned(),
            &["birk"],
        ),
        (
            "LastXHours(PropertyName='rsk_lastseen',PropertyValue=2)".to_owned(),
            &["Aster"],
        ),
        ("LastMonth(PropertyName='rsk_lastseen')".to_owned(), &["birk"]),
        (
            "ThisFiscalPeriod(PropertyName='rsk_lastseen')".to_owned(),
            &["Aster", "birk"],
        ),
        (
            "InFiscalYear(PropertyName='rsk_built',PropertyValue=2020)".to_owned(),
            &["birk"],
        ),
        (
            "InFiscalPeriod(PropertyName='rsk_built',PropertyValue=2)".to_owned(),
            &["Aster"],
        ),
        (
            "InFiscalPeriod(PropertyName='rsk_built',PropertyValue=5)".to_owned(),
            &[],
        ),
        (
            "InFiscalPeriodAndYear(PropertyName='rsk_built',PropertyValue1=1,PropertyValue2=2020)".to_owned(),
            &["birk"],
        ),
        (
            "InOrBeforeFiscalPeriodAndYear(PropertyName='rsk_built',PropertyValue1=2,PropertyValue2=2001)"
                .to_owned(),
            &["Aster"],
        ),
        (
            "On(PropertyName='rsk_built',PropertyValue='2001-05-17')".to_owned(),
            &["Aster"],
        ),
        (
            "OnOrAfter(PropertyName='rsk_lastseen',PropertyValue='2024-02-28')".to_owned(),
            &["Aster", "birk"],
        ),
        (
            "OnOrBefore(PropertyName='rsk_lastseen',PropertyValue='2024-02-28')".to_owned(),
            &["birk"],
        ),
        ("EqualUserId(PropertyName='ownerid')".to_owned(), &["Aster"]),
        (
            "NotEqualUserId(PropertyName='ownerid')".to_owned(),
            &["birk", "Élan"],
        ),
        ("EqualUserTeams(PropertyName='ownerid')".to_owned(), &["birk"]),
        (
            "EqualUserOrUserTeams(PropertyName='_ownerid_value')".to_owned(),
            &["Aster", "birk"],
        ),
        (
            "EqualUserOrUserHierarchy(PropertyName='ownerid')".to_owned(),
            &["Aster", "Élan"],
        ),
        (
            "EqualUserOrUserHierarchyAndTeams(PropertyName='ownerid')".to_owned(),
            &["Aster", "birk", "Élan"],
        ),
        (
            "EqualBusinessId(PropertyName='owningbusinessunit')".to_owned(),
            &["Aster"],
        ),
        (
            "In(PropertyName='rsk_crew',PropertyValues=[\"3\",\"4\"])".to_owned(),
            &["birk"],
        ),
        (
            "NotIn(PropertyName='rsk_crew',PropertyValues=[\"3\",\"4\"])".to_owned(),
            &["Aster"],
        ),
        (
            "In(PropertyName='rsk_name',PropertyValues=['BIRK'])".to_owned(),
            &["birk"],
        ),
        (
            "In(PropertyName='rsk_active',PropertyValues=[\"1\"])".to_owned(),
            &["Aster"],
        ),
        (
            "Between(PropertyName='rsk_dayrate',PropertyValues=[\"-20\",\"20.5\"])".to_owned(),
            &["birk"],
        ),
        (
            "NotBetween(PropertyName='rsk_lastseen',PropertyValues=[\"2024-03-01\",\"2024-04-01\"])"
                .to_owned(),
            &["birk"],
        ),
        (
            format!("In(PropertyName='rsk_hulltype',PropertyValues=[\"{}\"])", hull(1)),
            &["birk"],
        ),
        (
            format!("ContainValues(PropertyName='rsk_features',PropertyValues=[\"{one}\"])"),
            &["Aster"],
        ),
        (
            format!("DoesNotContainValues(PropertyName='rsk_features',PropertyValues=[\"{one}\"])"),
            &["birk", "Élan"],
        ),
        (
            "Contains(PropertyName='rsk_description',PropertyValue='knot')".to_owned(),
            &["birk"],
        ),
        (
            "In(PropertyName='rsk_HomePortId/rsk_name',PropertyValues=[\"bergen\"])".to_owned(),
            &["Aster"],
        ),
    ] {
        check(&crm(&call), expected);
    }
    check(
        &format!(
            "rsk_vessel_inspection/any(i:{})",
            crm("Between(PropertyName='i/rsk_score',PropertyValues=[\"0\",\"50\"])")
        ),
        &["Aster"],
    );
}

#[test]
fn hierarchies_are_followed() {
    let world = shared();
    let accounts = |function: &str, number: u128| {
        let filter = format!(
            "Microsoft.Dynamics.CRM.{function}(PropertyName='accountid',PropertyValue='{}')",
            id(number)
        );
        let answer = world.json(&format!("accounts?$select=name&$filter={}", escape(&filter)));
        let rows = answer["value"].as_array().unwrap().clone();
        rows.iter()
            .map(|row| row["name"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(accounts("Under", 0x21), ["Rask North", "Rask Pole"]);
    assert_eq!(accounts("UnderOrEqual", 0x22), ["Rask North", "Rask Pole"]);
    assert_eq!(accounts("NotUnder", 0x21), ["Rask Shipping"]);
    assert_eq!(accounts("Above", 0x23), ["Rask Shipping", "Rask North"]);
    assert_eq!(accounts("AboveOrEqual", 0x22), ["Rask Shipping", "Rask North"]);
}

#[test]
fn aliases_stand_for_values() {
    let world = shared();
    let answer = world.json(
        "rsk_vessels?$select=rsk_name&$filter=rsk_crew%20eq%20@a%20or%20contains(rsk_name,@b)&@a=3&@b='el'",
    );
    assert_eq!(super::fixture::names(&answer), ["birk", "Élan"]);
    let unset = world.json("rsk_vessels?$select=rsk_name&$filter=rsk_crew%20eq%20@a");
    assert_eq!(super::fixture::names(&unset), ["Élan"]);
}
