//! Operators of conditions, by example.

use super::super::fixture::{features, hull, shared};
use super::{id, named, rows, url};
use crate::query::fetch::FUNCTIONS;
use serde_json::json;

fn one(attribute: &str, operator: &str, value: &str) -> String {
    let value = value.replace('"', "&quot;").replace('<', "&lt;");
    format!("<condition attribute='{attribute}' operator='{operator}' value=\"{value}\"/>")
}

fn several(attribute: &str, operator: &str, values: &[&str]) -> String {
    let values: String = values
        .iter()
        .map(|value| format!("<value>{value}</value>"))
        .collect();
    format!("<condition attribute='{attribute}' operator='{operator}'>{values}</condition>")
}

#[test]
fn values_are_compared() {
    for (attribute, operator, value, expected) in [
        ("rsk_name", "eq", "ASTER", &["Aster"][..]),
        ("rsk_name", "ge", "birk", &["birk", "Élan"]),
        ("rsk_crew", "lt", "12", &["birk"]),
        ("rsk_crew", "le", "12.5", &["Aster", "birk"]),
        ("rsk_dayrate", "gt", "20.5", &["Aster"]),
        ("rsk_draught", "eq", "7.50", &["birk"]),
        ("rsk_active", "eq", "1", &["Aster"]),
        ("rsk_active", "eq", "False", &["birk"]),
        ("rsk_built", "lt", "2010-01-01", &["Aster"]),
        ("rsk_lastseen", "eq", "2024-03-06T08:00:00+01:00", &["Aster"]),
        // What has no value is unequal to each.
        ("rsk_crew", "ne", "12", &["birk", "Élan"]),
        ("rsk_crew", "neq", "12", &["birk", "Élan"]),
        ("rsk_name", "like", "%s_er", &["Aster"]),
        ("rsk_name", "like", "s_er", &[]),
        ("rsk_name", "like", "[a-b]%", &["Aster", "birk"]),
        ("rsk_description", "not-like", "50[%]%", &["birk", "Élan"]),
        ("rsk_name", "begins-with", "el", &["Élan"]),
        ("rsk_name", "not-begin-with", "el", &["Aster", "birk"]),
        ("rsk_code", "ends-with", "k", &["birk"]),
        ("rsk_code", "not-end-with", "k", &["Aster", "Élan"]),
        ("rsk_lastseen", "on", "2024-03-06", &["Aster"]),
        ("rsk_lastseen", "last-x-hours", "3", &["Aster"]),
        ("rsk_lastseen", "olderthan-x-days", "3", &["birk"]),
        ("rsk_built", "in-fiscal-year", "2001", &["Aster"]),
    ] {
        assert_eq!(
            named(&one(attribute, operator, value)),
            expected,
            "{attribute} {operator} {value}"
        );
    }
    for (id, expected) in [
        (id(0x11), &["Aster"][..]),
        (format!("{{{}}}", id(0x12)), &["birk"]),
    ] {
        assert_eq!(named(&one("rsk_homeportid", "eq", &id)), expected);
    }
    assert_eq!(named(&one("rsk_hulltype", "eq", &hull(1).to_string())), ["birk"]);
    assert_eq!(
        named(&several("rsk_hulltype", "in", &[&hull(0).to_string(), "5"])),
        ["Aster"]
    );
}

#[test]
fn operators_take_none_one_or_several_values() {
    let bare = |attribute: &str, operator: &str| {
        format!("<condition attribute='{attribute}' operator='{operator}'/>")
    };
    for (condition, expected) in [
        (bare("rsk_crew", "null"), &["Élan"][..]),
        (bare("rsk_crew", "not-null"), &["Aster", "birk"]),
        (bare("rsk_lastseen", "today"), &["Aster"]),
        (bare("rsk_lastseen", "last-month"), &["birk"]),
        (bare("ownerid", "eq-userid"), &["Aster"]),
        (bare("ownerid", "ne-userid"), &["birk", "Élan"]),
        (bare("ownerid", "eq-userteams"), &["birk"]),
        (bare("ownerid", "eq-useroruserteams"), &["Aster", "birk"]),
        (bare("ownerid", "eq-useroruserhierarchy"), &["Aster", "Élan"]),
        (bare("owningbusinessunit", "eq-businessid"), &["Aster"]),
        (bare("owningbusinessunit", "ne-businessid"), &["birk", "Élan"]),
        (several("rsk_crew", "in", &["3", "4"]), &["birk"]),
        (several("rsk_crew", "not-in", &["3", "4"]), &["Aster"]),
        (several("rsk_crew", "between", &["3", "11"]), &["birk"]),
        (several("rsk_crew", "not-between", &["3", "11"]), &["Aster"]),
        (
            several("rsk_features", "contain-values", &[&features(&[0])]),
            &["Aster"],
        ),
        (
            several("rsk_features", "not-contain-values", &[&features(&[0])]),
            &["birk", "Élan"],
        ),
        (
            several("rsk_built", "in-fiscal-period-and-year", &["1", "2020"]),
            &["birk"],
        ),
        (several("rsk_crew", "eq", &["12"]), &["Aster"]),
        (
            "<filter type='or'><filter/></filter>".to_owned(),
            &["Aster", "birk", "Élan"],
        ),
        (
            format!(
                "<filter type='or'>{}{}</filter>",
                bare("rsk_crew", "null"),
                one("rsk_crew", "eq", "3")
            ),
            &["birk", "Élan"],
        ),
    ] {
        assert_eq!(named(&condition), expected, "{condition}");
    }
}

#[test]
fn hierarchies_are_followed() {
    let users = |operator: &str, attribute: &str, of: u128| {
        let xml = format!(
            "<fetch><entity name='systemuser'><attribute name='fullname'/><filter>{}</filter></entity></fetch>",
            one(attribute, operator, &id(of))
        );
        let rows = rows(shared().json(&url("systemusers", &xml)));
        rows.iter()
            .map(|row| row["fullname"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(users("under", "systemuserid", 0x31), ["Bo Ek"]);
    assert_eq!(users("eq-or-under", "systemuserid", 0x31), ["Åsa Lund", "Bo Ek"]);
    assert_eq!(users("above", "systemuserid", 0x32), ["Åsa Lund"]);
    assert_eq!(users("not-under", "systemuserid", 0x31), ["Åsa Lund"]);
}

/// Each operator is known as the function of OData that it is.
#[test]
fn every_operator_has_its_function() {
    for (operator, function) in FUNCTIONS {
        assert!(crate::query::bind::parameters(function).is_some(), "{operator}");
        let sounds = |word: &str| {
            word.replace("notequal", "ne")
                .replace("equal", "eq")
                .replace("not", "ne")
        };
        let same = |text: &str| -> Vec<char> {
            let mut letters: Vec<char> = sounds(&text.to_lowercase())
                .chars()
                .filter(char::is_ascii_alphanumeric)
                .collect();
            letters.sort_unstable();
            letters
        };
        let exceptions = [
            "last-seven-days",
            "next-seven-days",
            "eq-or-under",
            "eq-or-above",
            "not-contain-values",
        ];
        if !exceptions.contains(&operator) {
            assert_eq!(same(operator), same(function), "{operator} {function}");
        }
    }
}

#[test]
fn values_of_a_document_are_only_values() {
    for nasty in [
        "'; DROP TABLE rsk_vessel; --",
        "\" OR 1=1",
        "%_[]^",
        "\u{fffd}é漢",
    ] {
        assert!(named(&one("rsk_name", "eq", nasty)).is_empty());
        let _ = named(&one("rsk_name", "like", nasty));
    }
    assert_eq!(json!(named(&one("rsk_name", "not-null", "")).len()), 3);
}
