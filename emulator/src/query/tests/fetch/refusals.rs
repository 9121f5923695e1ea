//! What is refused, and with which code.

use super::super::fixture::{escape, shared};
use super::{id, refused, vessels};
use http::StatusCode;

#[track_caller]
fn check(inner: &str, code: u32, part: &str) {
    let fault = refused(&vessels(inner));
    assert_eq!(
        (fault.status, fault.code),
        (StatusCode::BAD_REQUEST, code),
        "{inner}: {fault}"
    );
    assert!(fault.message.contains(part), "{inner}: {fault}");
}

#[track_caller]
fn unsupported(inner: &str, part: &str) {
    let fault = refused(&vessels(inner));
    assert_eq!(fault.status, StatusCode::NOT_IMPLEMENTED, "{inner}: {fault}");
    assert!(fault.message.contains(part), "{inner}: {fault}");
}

fn condition(attribute: &str, operator: &str, value: &str) -> String {
    format!("<filter><condition attribute='{attribute}' operator='{operator}' value='{value}'/></filter>")
}

#[test]
fn names_that_arent_there() {
    assert_eq!(
        refused("<fetch><entity name='rsk_nothing'/></fetch>").code,
        0x8004_1102
    );
    let other = refused("<fetch><entity name='rsk_port'/></fetch>");
    assert_eq!((other.status, other.code), (StatusCode::BAD_REQUEST, 0x8006_0888));
    check(
        "<link-entity name='rsk_nothing' from='a' to='b'/>",
        0x8004_1102,
        "rsk_nothing",
    );
    check(
        "<attribute name='rsk_nothing'/>",
        0x8004_1103,
        "'rsk_vessel' entity doesn't contain",
    );
    // Names of properties and of navigation properties aren't those of attributes.
    check(
        "<attribute name='_rsk_homeportid_value'/>",
        0x8004_1103,
        "_rsk_homeportid_value",
    );
    check(
        "<attribute name='rsk_HomePortId'/>",
        0x8004_1103,
        "rsk_HomePortId",
    );
    check("<order attribute='rsk_nothing'/>", 0x8004_1103, "rsk_nothing");
    check(&condition("rsk_nothing", "eq", "1"), 0x8004_1103, "rsk_nothing");
    check(
        "<link-entity name='rsk_port' from='rsk_nothing' to='rsk_homeportid'/>",
        0x8004_1103,
        "'rsk_port' entity",
    );
    check(
        "<filter><condition entityname='p' attribute='rsk_name' operator='null'/></filter>",
        0x8004_0203,
        "alias 'p'",
    );
}

#[test]
fn values_and_operators_that_dont_fit() {
    for (attribute, operator, value) in [
        ("rsk_crew", "eq", "twelve"),
        ("rsk_crew", "eq", ""),
        ("rsk_homeportid", "eq", "Bergen"),
        ("rsk_active", "eq", "yes"),
        ("rsk_built", "eq", "yesterday"),
        ("rsk_built", "last-x-days", "few"),
        ("rsk_built", "last-x-days", "-1"),
        ("rsk_name", "on", "2020-01-01"),
        ("rsk_name", "eq-userid", ""),
        ("rsk_crew", "contain-values", "1"),
        ("rsk_crew", "is", "1"),
        ("rsk_crew", "EQ", "1"),
        ("rsk_crew", "between", "1"),
        ("rsk_homeportid", "under", "11"),
    ] {
        check(&condition(attribute, operator, value), 0x8004_0203, "");
    }
    check(
        "<filter><condition attribute='rsk_crew' operator='eq'/></filter>",
        0x8004_0203,
        "0 values",
    );
    check(
        "<filter><condition attribute='rsk_crew' operator='in'/></filter>",
        0x8004_0203,
        "0 values",
    );
    check(&condition("rsk_description", "in", "a"), 0x8004_4153, "ntext");
    check(
        "<filter><condition attribute='rsk_crew' operator='eq' valueof='rsk_name'/></filter>",
        0x8004_0203,
        "different types",
    );
    check(
        "<filter><condition attribute='rsk_crew' operator='like' valueof='rsk_crew'/></filter>",
        0x8004_0203,
        "'valueof'",
    );
    let many: String = (0..2_001).map(|n| format!("<value>{n}</value>")).collect();
    check(
        &format!("<filter><condition attribute='rsk_crew' operator='in'>{many}</condition></filter>"),
        0x8004_430e,
        "2000",
    );
    let conditions = "<condition attribute='rsk_crew' operator='null'/>".repeat(501);
    check(&format!("<filter>{conditions}</filter>"), 0x8004_430c, "500");
}

#[test]
fn aliases_are_unique_and_well_formed() {
    let port = "<link-entity name='rsk_port' from='rsk_portid' to='rsk_homeportid' alias='p'/>";
    check(&port.repeat(2), 0x8004_1130, "'p'");
    check(
        "<attribute name='rsk_name' alias='a'/><attribute name='rsk_code' alias='a'/>",
        0x8004_1130,
        "'a'",
    );
    check("<attribute name='rsk_name' alias='a b'/>", 0x8004_0203, "a b");
    check("<attribute name='rsk_name' alias='1a'/>", 0x8004_0203, "1a");
    check(
        "<attribute name='rsk_name' alias='n' aggregate='count'/>",
        0x8004_0203,
        "aggregates",
    );
}

#[test]
fn aggregates_that_dont_fit() {
    let check = |inner: &str, part: &str| {
        let fault = refused(&format!(
            "<fetch aggregate='true'><entity name='rsk_vessel'>{inner}</entity></fetch>"
        ));
        assert_eq!(fault.status, StatusCode::BAD_REQUEST, "{inner}: {fault}");
        assert!(fault.message.contains(part), "{inner}: {fault}");
    };
    for (inner, part) in [
        ("", "has attributes"),
        ("<all-attributes/>", "all-attributes"),
        ("<attribute name='rsk_name'/>", "no alias"),
        ("<attribute name='rsk_name' alias='a'/>", "neither"),
        (
            "<attribute name='rsk_name' alias='a' aggregate='sum'/>",
            "can't be",
        ),
        (
            "<attribute name='rsk_features' alias='a' groupby='true'/>",
            "can't be",
        ),
        (
            "<attribute name='rsk_name' alias='a' groupby='true' dategrouping='day'/>",
            "can't be",
        ),
        (
            "<attribute name='rsk_name' alias='a' groupby='true'/><order attribute='rsk_name'/>",
            "alias",
        ),
        (
            "<attribute name='rsk_name' alias='a' groupby='true'/><order alias='b'/>",
            "'b'",
        ),
    ] {
        check(inner, part);
    }
}

#[test]
fn what_isnt_supported_is_named() {
    unsupported(
        "<link-entity name='rsk_port' from='rsk_portid' to='rsk_homeportid' link-type='matchfirstrowusingcrossapply'/>",
        "matchfirstrowusingcrossapply",
    );
    let inner = "<link-entity name='systemuser' from='systemuserid' to='createdby'/>";
    unsupported(
        &format!(
            "<link-entity name='rsk_port' from='rsk_portid' to='rsk_homeportid' link-type='outer'>{inner}</link-entity>"
        ),
        "outer",
    );
    unsupported("<attribute name='rsk_homeportidname'/>", "rsk_homeportidname");
    unsupported("<attribute name='statecodename'/>", "statecodename");
    unsupported(&condition("rsk_crew", "like", "1%"), "'like'");
    unsupported(&condition("rsk_features", "in", "1"), "'in'");
    unsupported(
        "<filter><condition attribute='rsk_name' operator='ne' valueof='rsk_code'/></filter>",
        "valueof",
    );
    unsupported("<order alias='n'/>", "alias");
    unsupported(
        "<link-entity name='rsk_port' from='rsk_portid' to='rsk_name'/>",
        "different types",
    );
    for beside in ["$select=rsk_name", "$top=1", "$filter=rsk_crew%20eq%201"] {
        let fault = shared().refused(&format!("rsk_vessels?fetchXml={}&{beside}", escape(&vessels(""))));
        assert_eq!(fault.status, StatusCode::NOT_IMPLEMENTED, "{beside}");
    }
    for option in ["fetchxml", "FetchXml", "savedquery"] {
        let fault = shared().refused(&format!("rsk_vessels?{option}=x"));
        assert_eq!(fault.status, StatusCode::NOT_IMPLEMENTED, "{option}");
    }
    for url in [
        format!("rsk_vessels/$count?fetchXml={}", escape(&vessels(""))),
        format!("rsk_vessels({})?fetchXml={}", id(1), escape(&vessels(""))),
    ] {
        assert_eq!(
            shared().refused(&url).status,
            StatusCode::NOT_IMPLEMENTED,
            "{url}"
        );
    }
}

#[test]
fn links_stand_where_they_belong() {
    let link = |kind: &str, inner: &str| {
        format!(
            "<link-entity name='rsk_port' from='rsk_portid' to='rsk_homeportid' link-type='{kind}'>{inner}</link-entity>"
        )
    };
    check(&link("any", ""), 0x8004_0203, "filter");
    check(
        &format!("<filter>{}</filter>", link("inner", "")),
        0x8004_0203,
        "filter",
    );
    check(
        &format!("<filter>{}</filter>", link("any", "<attribute name='rsk_name'/>")),
        0x8004_0203,
        "neither",
    );
    check(
        "<link-entity name='rsk_port' from='rsk_portid' to='rsk_features'/>",
        0x8004_0203,
        "rsk_features",
    );
}
