//! What rows look like.

use super::super::fixture::{ROOT, fleet, hull, names, shared};
use super::{found, id, json_with, rows, url, vessels};
use serde_json::json;

#[test]
fn rows_have_what_is_asked_for_without_what_is_empty() {
    let answer = found(&vessels(
        "<attribute name='rsk_name'/><attribute name='rsk_homeportid'/><attribute name='rsk_dayrate'/>",
    ));
    assert_eq!(
        answer["@odata.context"],
        format!(
            "{ROOT}$metadata#rsk_vessels(rsk_name,_rsk_homeportid_value,rsk_dayrate,_transactioncurrencyid_value,rsk_vesselid)"
        )
    );
    assert!(
        answer["value"][0]["@odata.etag"]
            .as_str()
            .unwrap()
            .starts_with("W/\"")
    );
    let rows = rows(answer);
    assert_eq!(
        rows[0],
        json!({"rsk_name": "Aster", "_rsk_homeportid_value": id(0x11), "rsk_dayrate": 1500.5, "rsk_vesselid": id(1),
            "_transactioncurrencyid_value": id(0x50)})
    );
    assert_eq!(rows[2], json!({"rsk_name": "Élan", "rsk_vesselid": id(3)}));
}

#[test]
fn whoever_asks_for_nothing_gets_everything() {
    for inner in ["", "<all-attributes/>"] {
        let answer = found(&vessels(inner));
        assert_eq!(answer["@odata.context"], format!("{ROOT}$metadata#rsk_vessels"));
        let row = answer["value"][0].as_object().unwrap();
        assert!(row.len() > 12 && row.contains_key("_ownerid_value"), "{row:?}");
        assert!(!row.contains_key("rsk_totalfees"), "{row:?}");
    }
    let link = "<link-entity name='rsk_port' from='rsk_portid' to='rsk_homeportid' alias='p'><attribute name='rsk_name'/></link-entity>";
    assert_eq!(
        rows(found(&vessels(link)))[0],
        json!({"rsk_vesselid": id(1), "p.rsk_name": "Bergen"})
    );
}

#[test]
fn annotations_come_if_they_are_asked_for() {
    let xml = vessels(
        "<attribute name='rsk_homeportid'/><attribute name='rsk_hulltype' alias='hull'/><attribute name='rsk_dayrate'/>\
         <filter><condition attribute='rsk_name' operator='eq' value='aster'/></filter>\
         <link-entity name='rsk_inspection' from='rsk_vesselid' to='rsk_vesselid' alias='i'><attribute name='rsk_vesselid'/><attribute name='rsk_score'/></link-entity>",
    );
    let answer = json_with(shared(), "rsk_vessels", &xml, "*");
    let row = &rows(answer.clone())[0];
    for (key, value) in [
        (
            "_rsk_homeportid_value@OData.Community.Display.V1.FormattedValue",
            json!("Bergen"),
        ),
        (
            "_rsk_homeportid_value@Microsoft.Dynamics.CRM.lookuplogicalname",
            json!("rsk_port"),
        ),
        (
            "_rsk_homeportid_value@Microsoft.Dynamics.CRM.associatednavigationproperty",
            json!("rsk_HomePortId"),
        ),
        ("hull", json!(hull(0))),
        (
            "hull@OData.Community.Display.V1.FormattedValue",
            json!("Single hull"),
        ),
        (
            "hull@OData.Community.Display.V1.AttributeName",
            json!("rsk_hulltype"),
        ),
        (
            "rsk_dayrate@OData.Community.Display.V1.FormattedValue",
            json!("€1,500.50"),
        ),
        ("i.rsk_vesselid", json!(id(1))),
        (
            "i.rsk_vesselid@Microsoft.Dynamics.CRM.lookuplogicalname",
            json!("rsk_vessel"),
        ),
        (
            "i.rsk_vesselid@OData.Community.Display.V1.FormattedValue",
            json!("Aster"),
        ),
        ("i.rsk_score", json!(40.0)),
        (
            "i.rsk_score@OData.Community.Display.V1.AttributeName",
            json!("rsk_score"),
        ),
    ] {
        assert_eq!(row[key], value, "{key} {row}");
    }
    for key in [
        "i.rsk_vesselid@Microsoft.Dynamics.CRM.associatednavigationproperty",
        "rsk_dayrate@OData.Community.Display.V1.AttributeName",
    ] {
        assert!(row.get(key).is_none(), "{key}");
    }
    assert_eq!(answer["@Microsoft.Dynamics.CRM.totalrecordcount"], -1);
    assert_eq!(answer["@Microsoft.Dynamics.CRM.morerecords"], false);
    let plain = rows(found(&xml)).remove(0);
    assert!(
        plain.as_object().unwrap().keys().all(|key| !key.contains('@')),
        "{plain}"
    );
}

#[test]
fn orders_are_by_what_people_read() {
    for (inner, expected) in [
        (
            "<order attribute='rsk_name' descending='true'/>",
            ["Élan", "birk", "Aster"],
        ),
        ("<order attribute='rsk_homeportid'/>", ["Élan", "birk", "Aster"]),
        ("<order attribute='rsk_hulltype'/>", ["Élan", "birk", "Aster"]),
        (
            "<order attribute='rsk_crew' descending='1'/><order attribute='rsk_name'/>",
            ["Aster", "birk", "Élan"],
        ),
    ] {
        let xml = vessels(&format!("<attribute name='rsk_name'/>{inner}"));
        assert_eq!(names(&found(&xml)), expected, "{inner}");
    }
    let raw = "<fetch useraworderby='true'><entity name='rsk_vessel'><attribute name='rsk_name'/><order attribute='rsk_hulltype'/></entity></fetch>";
    assert_eq!(names(&found(raw)), ["Élan", "Aster", "birk"]);
    let linked = vessels(
        "<attribute name='rsk_name'/><order attribute='rsk_name' entityname='p' descending='true'/>\
         <link-entity name='rsk_port' from='rsk_portid' to='rsk_homeportid' alias='p' link-type='outer'/>",
    );
    assert_eq!(names(&found(&linked)), ["Aster", "birk", "Élan"]);
    // The orders of a link come after those of the entity.
    let both = vessels(
        "<attribute name='rsk_name'/>\
         <link-entity name='rsk_port' from='rsk_portid' to='rsk_homeportid' alias='p'><order attribute='rsk_name'/></link-entity>\
         <order attribute='rsk_active' descending='true'/>",
    );
    assert_eq!(names(&found(&both)), ["Aster", "birk"]);
}

#[test]
fn equal_rows_are_answered_once() {
    let world = fleet();
    world.add("rsk_vessel", 4, json!({"rsk_name": "ASTER", "rsk_crew": 12}));
    world.add("rsk_vessel", 5, json!({"rsk_name": "Carl"}));
    let distinct = |inner: &str| {
        let xml = format!(
            "<fetch distinct='true' returntotalrecordcount='true'><entity name='rsk_vessel'>{inner}</entity></fetch>"
        );
        world.json(&url("rsk_vessels", &xml))
    };
    let answer = distinct("<attribute name='rsk_crew'/>");
    assert_eq!(answer["@odata.count"], 3);
    assert_eq!(answer["value"], json!([{}, {"rsk_crew": 3}, {"rsk_crew": 12}]));
    let answer = distinct("<attribute name='rsk_name'/><order attribute='rsk_name' descending='true'/>");
    let names = names(&answer);
    assert_eq!(names.len(), 4);
    assert!(names[3].eq_ignore_ascii_case("aster"), "{names:?}");
    let fault = world.refused(&url(
        "rsk_vessels",
        "<fetch distinct='1'><entity name='rsk_vessel'><attribute name='rsk_crew'/><order attribute='rsk_name'/></entity></fetch>",
    ));
    assert_eq!(fault.status, http::StatusCode::NOT_IMPLEMENTED);
}

#[test]
fn rows_of_a_row_are_asked_for_behind_it() {
    let xml = "<fetch><entity name='rsk_inspection'><attribute name='rsk_score'/><order attribute='rsk_score' descending='true'/></entity></fetch>";
    let base = format!("rsk_vessels({})/rsk_vessel_inspection", id(1));
    let answer = rows(shared().json(&url(&base, xml)));
    let scores: Vec<f64> = answer
        .iter()
        .map(|row| row["rsk_score"].as_f64().unwrap())
        .collect();
    assert_eq!(scores, [80.0, 40.0]);
    let categories = "<fetch returntotalrecordcount='1'><entity name='rsk_category'><attribute name='rsk_name'/></entity></fetch>";
    let base = format!("rsk_vessels({})/rsk_vessel_rsk_category", id(1));
    let answer = shared().json(&url(&base, categories));
    assert_eq!(names(&answer), ["Tanker", "Tug"]);
    assert_eq!(answer["@odata.count"], 2);
    let count = "<fetch aggregate='true'><entity name='rsk_category'><attribute name='rsk_name' aggregate='count' alias='n'/></entity></fetch>";
    assert_eq!(rows(shared().json(&url(&base, count))), [json!({"n": 2})]);
}
