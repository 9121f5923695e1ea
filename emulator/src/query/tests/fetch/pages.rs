//! Pages.

use super::super::fixture::{World, fleet, names};
use super::super::same::{COLUMNS, vessel, world};
use super::{json_with, url};
use crate::odata::decode;
use proptest::prelude::*;
use serde_json::Value;

const COOKIE: &str = "@Microsoft.Dynamics.CRM.fetchxmlpagingcookie";
const MORE: &str = "@Microsoft.Dynamics.CRM.morerecords";

/// What a client makes of the annotation: the cookie within, as the value of an attribute.
fn given(annotation: &str) -> String {
    let (_, rest) = annotation.split_once("pagingcookie=\"").unwrap();
    let (encoded, _) = rest.split_once('"').unwrap();
    let once = decode(encoded, false).unwrap();
    let plain = decode(&once, false).unwrap();
    assert!(plain.starts_with("<cookie page=\""), "{plain}");
    plain
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('\'', "&apos;")
}

/// All pages, by cookies where there are some.
fn follow(world: &World, inner: &str, size: u64, distinct: bool) -> (Vec<Vec<String>>, bool) {
    let (mut pages, mut cookie, mut cookies) = (Vec::new(), String::new(), false);
    for number in 1.. {
        let xml = format!(
            "<fetch count='{size}' page='{number}' distinct='{distinct}'{cookie}><entity name='rsk_vessel'><attribute name='rsk_name'/>{inner}</entity></fetch>"
        );
        let page = json_with(
            world,
            "rsk_vessels",
            &xml,
            "Microsoft.Dynamics.CRM.fetchxmlpagingcookie,Microsoft.Dynamics.CRM.morerecords",
        );
        pages.push(names(&page));
        assert!(page.get("@odata.nextLink").is_none());
        if page[MORE] == false {
            assert!(page.get(COOKIE).is_none());
            break;
        }
        cookie = match &page[COOKIE] {
            Value::String(text) => format!(" paging-cookie='{}'", given(text)),
            _ => String::new(),
        };
        cookies |= !cookie.is_empty();
    }
    (pages, cookies)
}

#[test]
fn pages_follow_by_cookies_or_by_numbers() {
    let world = fleet();
    let port = |order: &str| {
        format!(
            "<link-entity name='rsk_port' from='rsk_portid' to='rsk_homeportid' alias='p' link-type='outer'>{order}</link-entity>"
        )
    };
    let many = "<link-entity name='rsk_inspection' from='rsk_vesselid' to='rsk_vesselid'/>";
    for (inner, expected, by_cookies) in [
        (
            "<order attribute='rsk_name' descending='true'/>".to_owned(),
            vec!["Élan", "birk", "Aster"],
            true,
        ),
        (
            "<order attribute='rsk_hulltype'/>".to_owned(),
            vec!["Élan", "birk", "Aster"],
            true,
        ),
        (port(""), vec!["Aster", "birk", "Élan"], true),
        (
            port("<order attribute='rsk_name'/>"),
            vec!["Élan", "birk", "Aster"],
            false,
        ),
        (many.to_owned(), vec!["Aster", "Aster", "birk"], false),
    ] {
        let (pages, cookies) = follow(&world, &inner, 1, false);
        assert_eq!(pages.concat(), expected, "{inner}");
        assert_eq!(cookies, by_cookies, "{inner}");
    }
    let (pages, cookies) = follow(&world, "", 2, true);
    assert_eq!(
        (pages.concat(), cookies),
        (
            vec!["Aster".to_owned(), "birk".to_owned(), "Élan".to_owned()],
            false
        )
    );
}

#[test]
fn cookies_hold_any_text() {
    let world = World::new();
    let codes = ["a\nb", "a\tb <c>", "a & \"b\"", "a'b&#10;", "é%20"];
    for (at, code) in codes.iter().enumerate() {
        let row = serde_json::json!({"rsk_name": at.to_string(), "rsk_code": code});
        world.add("rsk_vessel", 1 + at as u128, row);
    }
    let (whole, _) = follow(&world, "<order attribute='rsk_code'/>", 5_000, false);
    let (pages, cookies) = follow(&world, "<order attribute='rsk_code'/>", 1, false);
    assert!(cookies);
    assert_eq!(pages.concat(), whole.concat());
    assert_eq!(pages.len(), codes.len());
}

#[test]
fn annotations_of_pages_come_only_if_they_are_asked_for() {
    let world = fleet();
    let xml = "<fetch count='1'><entity name='rsk_vessel'><attribute name='rsk_name'/></entity></fetch>";
    let page = world.json(&url("rsk_vessels", xml));
    let keys: Vec<&str> = page.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, ["@odata.context", "value"]);
    let page = json_with(&world, "rsk_vessels", xml, "*");
    let cookie = page[COOKIE].as_str().unwrap();
    assert!(
        cookie
            .starts_with("<cookie pagenumber=\"2\" pagingcookie=\"%253Ccookie%2520page%253D%25221%2522%253E"),
        "{cookie}"
    );
    assert!(cookie.ends_with("\" istracking=\"False\" />"), "{cookie}");
}

#[test]
fn a_cookie_can_lie_several_pages_back() {
    let world = fleet();
    let page = |number: u64, cookie: &str| {
        format!(
            "<fetch count='1' page='{number}'{cookie}><entity name='rsk_vessel'><attribute name='rsk_name'/></entity></fetch>"
        )
    };
    let first = json_with(&world, "rsk_vessels", &page(1, ""), "*");
    let cookie = format!(" paging-cookie='{}'", given(first[COOKIE].as_str().unwrap()));
    assert_eq!(
        names(&world.json(&url("rsk_vessels", &page(3, &cookie)))),
        ["Élan"]
    );
    assert_eq!(names(&world.json(&url("rsk_vessels", &page(3, "")))), ["Élan"]);
    assert!(names(&world.json(&url("rsk_vessels", &page(4, "")))).is_empty());
    let back = world.refused(&url("rsk_vessels", &page(1, &cookie)));
    assert_eq!(back.status, http::StatusCode::NOT_IMPLEMENTED);
    let far = world.refused(&url("rsk_vessels", &page(u64::MAX, "")));
    assert_eq!(far.code, 0x8004_0203);
    for damaged in [
        "x",
        "&lt;cookie page=\"1\"&gt;",
        "&lt;cookie page=\"1\">&lt;a last=\"b\" first=\"c\" />&lt;/cookie>",
    ] {
        let xml = page(2, &format!(" paging-cookie='{damaged}'"));
        assert_eq!(
            world.refused(&url("rsk_vessels", &xml)).code,
            0x8006_0888,
            "{damaged}"
        );
    }
}

#[test]
fn rows_are_counted_and_bounded() {
    let mut world = fleet();
    let get = |world: &World, attributes: &str, beside: &str| {
        let xml = format!(
            "<fetch {attributes}><entity name='rsk_vessel'><attribute name='rsk_name'/></entity></fetch>"
        );
        world.get_with(
            &format!("{}{beside}", url("rsk_vessels", &xml)),
            &[("prefer", "odata.include-annotations=\"*\"")],
        )
    };
    let json = |answer: crate::Answer| serde_json::from_slice::<Value>(&answer.body).unwrap();
    let top = json(get(&world, "top='2'", "").unwrap());
    assert_eq!((names(&top).len(), &top[MORE]), (2, &Value::Bool(false)));
    for (attributes, beside) in [
        ("count='1' returntotalrecordcount='true'", ""),
        ("count='1'", "&$count=true"),
    ] {
        let counted = json(get(&world, attributes, beside).unwrap());
        assert_eq!(
            (&counted["@odata.count"], names(&counted).len()),
            (&Value::from(3), 1)
        );
        assert_eq!(counted["@Microsoft.Dynamics.CRM.totalrecordcount"], 3);
    }
    world.settings.count = 2;
    let counted = json(get(&world, "returntotalrecordcount='true'", "").unwrap());
    assert_eq!(counted["@odata.count"], 2);
    assert_eq!(
        counted["@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded"],
        true
    );
    world.settings.page = 2;
    assert_eq!(names(&json(get(&world, "count='9'", "").unwrap())).len(), 2);
    for refused in [
        "top='1' page='1'",
        "top='1' count='1'",
        "top='1' returntotalrecordcount='1'",
        "top='0'",
        "top='5001'",
        "count='0'",
        "page='0'",
    ] {
        assert_eq!(
            get(&world, refused, "").unwrap_err().code,
            0x8004_0203,
            "{refused}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_row_is_on_one_page(
        all in prop::collection::vec(vessel(), 1..30),
        size in 1_u64..7,
        orders in prop::collection::vec((0_usize..11, any::<bool>()), 0..3),
        by_label in any::<bool>(),
    ) {
        let world = world(&all);
        let mut inner: String = orders.iter().map(|(at, down)| format!("<order attribute='{}' descending='{down}'/>", COLUMNS[*at].0)).collect();
        if by_label {
            inner.push_str("<order attribute='rsk_homeportid'/>");
        }
        let (pages, cookies) = follow(&world, &inner, size, false);
        prop_assert!(pages.iter().rev().skip(1).all(|page| page.len() as u64 == size));
        prop_assert_eq!(cookies, pages.len() > 1);
        let (whole, _) = follow(&world, &inner, 5_000, false);
        prop_assert_eq!(pages.concat(), whole.concat());
    }
}
