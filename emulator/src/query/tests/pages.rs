//! Pages.

use super::fixture::{ROOT, World, fleet, names};
use proptest::prelude::*;
use serde_json::json;

fn follow(world: &World, url: &str, size: u64) -> Vec<Vec<String>> {
    let prefer = format!("odata.maxpagesize={size}");
    let mut pages = Vec::new();
    let mut url = url.to_owned();
    loop {
        let page = world.json_with(&url, &[("prefer", &prefer)]);
        pages.push(names(&page));
        match page.get("@odata.nextLink") {
            Some(next) => url = next.as_str().unwrap().strip_prefix(ROOT).unwrap().to_owned(),
            None => return pages,
        }
    }
}

#[test]
fn rows_come_in_the_services_order() {
    let world = fleet();
    for (order, expected) in [
        ("rsk_name", ["Aster", "birk", "Élan"]),
        ("rsk_name%20desc", ["Élan", "birk", "Aster"]),
        ("rsk_crew", ["Élan", "birk", "Aster"]),
        ("rsk_crew%20desc", ["Aster", "birk", "Élan"]),
        // By the name of the port, in which ålesund is before Bergen.
        ("_rsk_homeportid_value", ["Élan", "birk", "Aster"]),
        ("rsk_HomePortId/rsk_name%20desc", ["Aster", "birk", "Élan"]),
        ("rsk_hulltype%20desc", ["birk", "Aster", "Élan"]),
        ("_ownerid_value", ["Aster", "Élan", "birk"]),
        // An account and a contact that have the same id.
        ("_rsk_operatorid_value", ["Élan", "birk", "Aster"]),
    ] {
        let answer = world.json(&format!("rsk_vessels?$select=rsk_name&$orderby={order}"));
        assert_eq!(names(&answer), expected, "{order}");
    }
}

#[test]
fn a_page_size_makes_top_ineffective() {
    let world = fleet();
    let answer = world.json("rsk_vessels?$top=2&$select=rsk_name");
    assert_eq!(names(&answer).len(), 2);
    assert!(answer.get("@odata.nextLink").is_none());
    assert_eq!(names(&world.json("rsk_vessels?$top=0&$select=rsk_name")).len(), 0);
    assert_eq!(
        follow(&world, "rsk_vessels?$top=1&$select=rsk_name", 2),
        [vec!["Aster", "birk"], vec!["Élan"]]
    );
    assert_eq!(follow(&world, "rsk_vessels?$select=rsk_name", 9_999).len(), 1);
}

/// The service answers with those preferences that it followed (Microsoft Learn, "Compose HTTP requests and handle errors").
#[test]
fn page_sizes_that_are_not_followed_are_not_told() {
    for (size, told) in [
        ("1", true),
        ("5000", true),
        ("0", false),
        ("-1", false),
        ("5001", false),
        ("x", false),
    ] {
        let prefer = format!("odata.maxpagesize={size}");
        let answer = fleet().get_with("rsk_vessels?$select=rsk_name", &[("prefer", &prefer)]);
        assert_eq!(
            answer.unwrap().headers.contains_key("preference-applied"),
            told,
            "{size}"
        );
    }
}

#[test]
fn the_token_has_the_services_form() {
    let world = fleet();
    let answer = world
        .get_with(
            "rsk_vessels?$select=rsk_name",
            &[("prefer", "odata.maxpagesize=2")],
        )
        .unwrap();
    assert_eq!(answer.headers["preference-applied"], "odata.maxpagesize=2");
    let body: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
    let next = body["@odata.nextLink"].as_str().unwrap();
    let start = format!(
        "{ROOT}rsk_vessels?$select=rsk_name&$skiptoken=%3Ccookie%20pagenumber%3D%222%22%20pagingcookie%3D%22%253Ccookie"
    );
    assert!(next.starts_with(&start), "{next}");
    for damaged in ["x", "%3Ccookie%20%2F%3E", &next[next.len() - 200..], ""] {
        let fault = world.refused(&format!("rsk_vessels?$skiptoken={damaged}"));
        assert_eq!(fault.code, 0x8006_0888, "{damaged}");
    }
    // A token of another order.
    let token = next.split("$skiptoken=").nth(1).unwrap();
    assert_eq!(
        world
            .refused(&format!("rsk_vessels?$orderby=rsk_name&$skiptoken={token}"))
            .code,
        0x8006_0888
    );
}

#[test]
fn elastic_tables_have_smaller_pages() {
    let mut world = World::new();
    for number in 1..=5 {
        world.add(
            "rsk_reading",
            number,
            json!({"rsk_name": number.to_string(), "partitionid": format!("p{}", number % 2)}),
        );
    }
    world.settings.elastic_page = 2;
    let answer = world.json("rsk_readings?$select=rsk_name");
    assert_eq!(names(&answer), ["1", "2"]);
    assert!(answer["@odata.nextLink"].is_string());
    assert_eq!(
        follow(&world, "rsk_readings?$select=rsk_name", 100).concat(),
        ["1", "2", "3", "4", "5"]
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_row_is_on_one_page(
        rows in prop::collection::vec((
            prop::option::of("[aAbÄ&<\"' ]{0,2}"), prop::option::of(0_i32..3), prop::option::of(0_i32..3), 0_usize..3), 1..40),
        size in 1_u64..9,
        orders in prop::collection::vec((prop::sample::select(vec![
            "rsk_code", "rsk_crew", "rsk_draught", "rsk_beam", "rsk_dayrate", "rsk_built", "_rsk_homeportid_value",
            "rsk_HomePortId/rsk_name", "rsk_active", "rsk_vesselid", "versionnumber"]), any::<bool>()), 0..4),
    ) {
        let world = World::new();
        world.add("rsk_port", 0x11, json!({"rsk_name": "Bergen"}));
        world.add("rsk_port", 0x12, json!({}));
        for (at, (text, small, other, port)) in rows.iter().enumerate() {
            let mut values = json!({"rsk_name": at.to_string()});
            if let Some(text) = text { values["rsk_code"] = json!(text); }
            if let Some(small) = small {
                values["rsk_crew"] = json!(small);
                values["rsk_built"] = json!(format!("200{small}-01-01"));
                values["rsk_active"] = json!(*small == 1);
            }
            if let Some(other) = other {
                values["rsk_draught"] = json!(f64::from(*other) / 2.0);
                values["rsk_beam"] = json!(f64::from(*other) / 4.0);
                values["rsk_dayrate"] = json!(other);
            }
            if *port > 0 { values["rsk_homeportid"] = json!(format!("rsk_port:{}", 16 + port)); }
            world.add("rsk_vessel", 100 + at as u128, values);
        }
        let order: Vec<String> = orders.iter().map(|(name, down)| format!("{name}{}", if *down { "%20desc" } else { "" })).collect();
        let option = if order.is_empty() { String::new() } else { format!("&$orderby={}", order.join(",")) };
        let url = format!("rsk_vessels?$select=rsk_name{option}");
        let whole = names(&world.json(&url));
        let pages = follow(&world, &url, size);
        prop_assert!(pages.iter().rev().skip(1).all(|page| page.len() as u64 == size));
        prop_assert_eq!(&pages.concat(), &whole);
        let mut sorted: Vec<usize> = whole.iter().map(|name| name.parse().unwrap()).collect();
        sorted.sort_unstable();
        prop_assert_eq!(sorted, (0..rows.len()).collect::<Vec<_>>());
    }
}
