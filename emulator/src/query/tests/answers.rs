//! What answers look like.

use super::fixture::{ROOT, fleet, hull, id, names};
use http::StatusCode;
use serde_json::{Value, json};

#[test]
fn rows_have_what_is_selected_and_what_always_comes_along() {
    let world = fleet();
    let answer = world
        .json("rsk_vessels?$select=rsk_name,_rsk_homeportid_value,rsk_dayrate&$filter=rsk_crew%20eq%2012");
    assert_eq!(
        answer["@odata.context"],
        format!("{ROOT}$metadata#rsk_vessels(rsk_name,_rsk_homeportid_value,rsk_dayrate)")
    );
    let row = &answer["value"][0];
    let members: Vec<&String> = row.as_object().unwrap().keys().collect();
    assert_eq!(members.len(), 6, "{members:?}");
    assert!(row["@odata.etag"].as_str().unwrap().starts_with("W/\""));
    assert_eq!(row["rsk_vesselid"], id(1).to_string());
    assert_eq!(row["_transactioncurrencyid_value"], id(0x50).to_string());
    let text = String::from_utf8(
        world
            .get("rsk_vessels?$filter=rsk_crew%20eq%2012")
            .unwrap()
            .body
            .to_vec(),
    )
    .unwrap();
    assert!(
        text.contains("\"rsk_dayrate\":1500.5000") && text.contains("\"rsk_draught\":7.25,"),
        "{text}"
    );
    assert!(text.contains("\"rsk_beam\":20.0") && text.contains("\"rsk_code\":\"A-1\""));
    assert!(text.contains("\"rsk_totalfees\":null"));
    assert!(answer.get("@odata.nextLink").is_none());
}

#[test]
fn a_navigation_property_selects_everything() {
    let row = &fleet().json("rsk_vessels?$select=rsk_HomePortId")["value"][0];
    assert!(row.as_object().unwrap().len() > 40);
}

#[test]
fn annotations_stand_in_front_of_their_property() {
    let world = fleet();
    let prefer = "odata.include-annotations=\"*\"";
    let answer = world
        .get_with(&format!("rsk_vessels({})", id(1)), &[("prefer", prefer)])
        .unwrap();
    assert_eq!(answer.headers["preference-applied"], prefer);
    let text = String::from_utf8(answer.body.to_vec()).unwrap();
    for part in [
        "\"rsk_dayrate@OData.Community.Display.V1.FormattedValue\":\"€1,500.50\",\"rsk_dayrate\":1500.5000",
        "\"rsk_crew@OData.Community.Display.V1.FormattedValue\":\"12\",\"rsk_crew\":12",
        "\"rsk_built@OData.Community.Display.V1.FormattedValue\":\"5/17/2001\",\"rsk_built\":\"2001-05-17\"",
        "\"rsk_lastseen@OData.Community.Display.V1.FormattedValue\":\"3/6/2024 7:00 AM\"",
        "\"_rsk_homeportid_value@OData.Community.Display.V1.FormattedValue\":\"Bergen\",\
         \"_rsk_homeportid_value@Microsoft.Dynamics.CRM.associatednavigationproperty\":\"rsk_HomePortId\",\
         \"_rsk_homeportid_value@Microsoft.Dynamics.CRM.lookuplogicalname\":\"rsk_port\",\"_rsk_homeportid_value\":",
        "\"_rsk_operatorid_value@Microsoft.Dynamics.CRM.associatednavigationproperty\":\"rsk_operatorid_account\"",
        "\"_ownerid_value@OData.Community.Display.V1.FormattedValue\":\"Åsa Lund\"",
        "\"_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname\":\"systemuser\"",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    let row: Value = serde_json::from_str(&text).unwrap();
    let features = row["rsk_features@OData.Community.Display.V1.FormattedValue"]
        .as_str()
        .unwrap();
    assert!(features.contains("; "), "{features}");
    assert!(row["rsk_active@OData.Community.Display.V1.FormattedValue"].is_string());
    let one = world.json_with(
        &format!("rsk_vessels({})", id(2)),
        &[(
            "prefer",
            "odata.include-annotations=\"Microsoft.Dynamics.CRM.lookuplogicalname\"",
        )],
    );
    assert_eq!(
        one["_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname"],
        "team"
    );
    assert!(
        one.get("_ownerid_value@OData.Community.Display.V1.FormattedValue")
            .is_none()
    );
}

#[test]
fn a_row_has_an_etag_that_spares_reading_it_again() {
    let world = fleet();
    let url = format!("rsk_vessels({})?$select=rsk_name", id(1));
    let answer = world.get(&url).unwrap();
    let etag = answer.headers["etag"].to_str().unwrap().to_owned();
    let body: Value = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!(body["@odata.etag"], etag);
    assert_eq!(
        body["@odata.context"],
        format!("{ROOT}$metadata#rsk_vessels(rsk_name)/$entity")
    );
    let again = |headers: &[(&'static str, &str)]| world.get_with(&url, headers).unwrap().status;
    assert_eq!(again(&[("if-none-match", &etag)]), StatusCode::NOT_MODIFIED);
    assert_eq!(again(&[("if-none-match", "null")]), StatusCode::OK);
    assert_eq!(again(&[("if-none-match", "W/\"1\"")]), StatusCode::OK);
    let annotated = [
        ("if-none-match", etag.as_str()),
        ("prefer", "odata.include-annotations=\"*\""),
    ];
    assert_eq!(again(&annotated), StatusCode::OK);
    let missing = world.refused(&format!("rsk_vessels({})", id(99)));
    assert_eq!(
        (missing.status, missing.code),
        (StatusCode::NOT_FOUND, 0x8004_0217)
    );
}

#[test]
fn properties_and_related_rows_have_addresses() {
    let world = fleet();
    let vessel = format!("rsk_vessels({})", id(1));
    let get = |tail: &str| world.get(&format!("{vessel}/{tail}")).unwrap();
    let json = |tail: &str| -> Value { serde_json::from_slice(&get(tail).body).unwrap() };
    assert_eq!(json("rsk_name")["value"], "Aster");
    assert_eq!(
        json("rsk_name")["@odata.context"],
        format!("{ROOT}$metadata#rsk_vessels({})/rsk_name", id(1))
    );
    assert_eq!(&get("rsk_name/$value").body[..], b"Aster");
    assert_eq!(&get("rsk_crew/$value").body[..], b"12");
    assert_eq!(get("rsk_age").status, StatusCode::NO_CONTENT);
    assert_eq!(json("rsk_HomePortId?$select=rsk_name")["rsk_name"], "Bergen");
    assert_eq!(json("rsk_HomePortId/rsk_name")["value"], "Bergen");
    assert_eq!(
        json("rsk_HomePortId/$ref")["@odata.id"],
        format!("{ROOT}rsk_ports({})", id(0x11))
    );
    assert_eq!(json("ownerid?$select=fullname")["fullname"], "Åsa Lund");
    assert_eq!(get("rsk_operatorid_contact").status, StatusCode::NO_CONTENT);
    assert_eq!(json("rsk_operatorid_account")["name"], "Rask Shipping");
    assert_eq!(
        names(&json("rsk_vessel_inspection?$filter=rsk_score%20gt%2050")),
        ["Inspection 62"]
    );
    assert_eq!(get("rsk_vessel_inspection/$count").body, "\u{feff}2");
    assert_eq!(
        json(&format!("rsk_vessel_inspection({})/rsk_score", id(0x61)))["value"],
        40.0
    );
    assert_eq!(
        world
            .refused(&format!("{vessel}/rsk_vessel_inspection({})", id(0x63)))
            .status,
        StatusCode::NOT_FOUND
    );
    let addresses = json("rsk_vessel_rsk_category/$ref");
    assert_eq!(
        addresses["value"][1]["@odata.id"],
        format!("{ROOT}rsk_categories({})", id(0x82))
    );
    assert_eq!(world.refused(&format!("{vessel}/nothing")).code, 0x8006_088a);
    assert_eq!(
        world.refused(&format!("{vessel}/rsk_name/$count")).code,
        0x8006_088a
    );
}

#[test]
fn metadata_may_be_left_out() {
    let world = fleet();
    let bare = world.json_with(
        "rsk_vessels?$select=rsk_name&$top=1",
        &[("accept", "application/json;odata.metadata=none")],
    );
    assert_eq!(
        bare,
        json!({"value": [{"rsk_name": "Aster", "rsk_vesselid": id(1).to_string()}]})
    );
    let full = world.get_with(
        "rsk_vessels",
        &[("accept", "application/json; odata.metadata=full")],
    );
    assert_eq!(full.unwrap_err().status, StatusCode::NOT_IMPLEMENTED);
}

#[test]
fn counts_are_capped_and_annotated() {
    let mut world = fleet();
    let prefer = [("prefer", "odata.include-annotations=\"Microsoft.Dynamics.CRM.*\"")];
    let answer = world.json_with("rsk_vessels?$count=true&$top=1&$select=rsk_name", &prefer);
    assert_eq!(answer["@odata.count"], 3);
    assert_eq!(answer["@Microsoft.Dynamics.CRM.totalrecordcount"], 3);
    assert_eq!(
        answer["@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded"],
        false
    );
    assert_eq!(
        answer["@Microsoft.Dynamics.CRM.globalmetadataversion"],
        "81234567"
    );
    assert_eq!(answer["@Microsoft.Dynamics.CRM.morerecords"], false);
    let answer = world.json_with("rsk_vessels?$select=rsk_name", &prefer);
    assert_eq!(answer["@Microsoft.Dynamics.CRM.totalrecordcount"], -1);
    world.settings.count = 2;
    let answer = world.json_with("rsk_vessels?$count=true&$select=rsk_name", &prefer);
    assert_eq!(answer["@odata.count"], 2);
    assert_eq!(
        answer["@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded"],
        true
    );
    assert_eq!(world.get("rsk_vessels/$count").unwrap().body, "\u{feff}2");
    assert_eq!(
        world
            .get("rsk_vessels/$count?$filter=rsk_crew%20eq%203")
            .unwrap()
            .body,
        "\u{feff}1"
    );
}

#[test]
fn aggregates_are_exact() {
    let world = fleet();
    let value = |apply: &str| {
        world.json(&format!("rsk_vessels?$apply={}", super::fixture::escape(apply)))["value"].clone()
    };
    assert_eq!(value("aggregate($count as n)"), json!([{"n": 3}]));
    assert_eq!(
        value(
            "aggregate(rsk_crew with sum as a,rsk_crew with average as b,rsk_crew with max as c,rsk_code with countdistinct as d)"
        ),
        json!([{"a": 15, "b": 7, "c": 12, "d": 2}])
    );
    let text = world.get("rsk_vessels?$apply=aggregate(rsk_dayrate%20with%20sum%20as%20s,rsk_draught%20with%20average%20as%20a)").unwrap();
    let text = String::from_utf8(text.body.to_vec()).unwrap();
    assert!(text.contains("\"s\":1520.500000000,\"a\":7.3750000000"), "{text}");
    // The group without a value lacks the member.
    assert_eq!(
        value("groupby((rsk_HomePortId/rsk_name),aggregate($count as n))"),
        json!([{"n": 1}, {"rsk_port_rsk_name": "ålesund", "n": 1}, {"rsk_port_rsk_name": "Bergen", "n": 1}])
    );
    assert_eq!(
        value("filter(rsk_crew gt 5)/groupby((rsk_hulltype))"),
        json!([{"rsk_hulltype": hull(0)}])
    );
    let annotated = world.json_with(
        "rsk_vessels?$apply=groupby((_rsk_homeportid_value))&$orderby=_rsk_homeportid_value%20desc&$top=1",
        &[("prefer", "odata.include-annotations=\"*\"")],
    );
    assert_eq!(
        annotated["value"][0]["_rsk_homeportid_value@OData.Community.Display.V1.FormattedValue"],
        "Bergen"
    );
}

#[test]
fn aggregates_have_limits() {
    let mut world = fleet();
    for apply in [
        "aggregate(rsk_name with sum as a)",
        "aggregate(nothing with sum as a)",
        "groupby((rsk_features))",
        "aggregate($count as a,$count as a)",
    ] {
        let fault = world.refused(&format!("rsk_vessels?$apply={}", super::fixture::escape(apply)));
        assert_eq!(fault.code, 0x8006_0888, "{apply}: {fault}");
    }
    let fault = world.refused("rsk_vessels?$apply=groupby((rsk_crew),aggregate($count%20as%20n))&$orderby=n");
    assert!(fault.message.contains("SingleValueOpenPropertyAccess"));
    world.settings.aggregated = 2;
    assert_eq!(
        world
            .refused("rsk_vessels?$apply=aggregate($count%20as%20n)")
            .code,
        0x8004_e023
    );
}
