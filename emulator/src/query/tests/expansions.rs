//! `$expand` in both of its regimes.

use super::fixture::{ROOT, id, shared};
use serde_json::json;

#[test]
fn single_rows_stand_in_their_row() {
    let world = shared();
    let answer = world.json(
        "rsk_vessels?$select=rsk_name&$expand=rsk_HomePortId($select=rsk_name),rsk_operatorid_account($select=name),rsk_MasterId($select=fullname)",
    );
    let row = &answer["value"][0];
    assert_eq!(row["rsk_HomePortId"]["rsk_name"], "Bergen");
    assert_eq!(row["rsk_HomePortId"]["rsk_portid"], id(0x11).to_string());
    assert!(row["rsk_HomePortId"]["@odata.etag"].is_string());
    assert_eq!(row["rsk_operatorid_account"]["name"], "Rask Shipping");
    assert_eq!(answer["value"][1]["rsk_operatorid_account"], json!(null));
    assert_eq!(row["rsk_MasterId"], json!(null));
    assert_eq!(
        answer["@odata.context"],
        format!(
            "{ROOT}$metadata#rsk_vessels(rsk_name,rsk_HomePortId(rsk_name),rsk_operatorid_account(name),rsk_MasterId(fullname))"
        )
    );
    let filtered =
        world.json("rsk_vessels?$select=rsk_name&$expand=rsk_HomePortId($filter=rsk_name%20eq%20'x')");
    assert_eq!(filtered["value"].as_array().unwrap().len(), 3);
    assert_eq!(filtered["value"][0]["rsk_HomePortId"], json!(null));
}

#[test]
fn owners_have_nothing_but_their_id() {
    let world = shared();
    let answer = world.json("rsk_vessels?$select=rsk_name&$expand=ownerid($select=ownerid)");
    assert_eq!(
        answer["value"][1]["ownerid"],
        json!({"@odata.type": "#Microsoft.Dynamics.CRM.team", "ownerid": id(0x41).to_string()})
    );
    let fault = world.refused("rsk_vessels?$expand=ownerid($select=fullname)");
    assert_eq!(
        fault.message,
        "Could not find a property named 'fullname' on type 'Microsoft.Dynamics.CRM.principal'."
    );
}

#[test]
fn addresses_of_lookups_come_with_their_ids() {
    let world = shared();
    let answer =
        world.json("rsk_vessels?$select=rsk_name&$expand=rsk_HomePortId/$ref,rsk_operatorid_account/$ref");
    let rows = &answer["value"];
    assert_eq!(
        rows[0]["rsk_HomePortId"],
        json!({"@odata.id": format!("{ROOT}rsk_ports({})", id(0x11))})
    );
    assert_eq!(rows[0]["_rsk_homeportid_value"], id(0x11).to_string());
    assert_eq!(rows[1]["rsk_operatorid_account"], json!(null));
    let fault = world.refused("rsk_vessels?$expand=rsk_vessel_inspection/$ref");
    assert_eq!(
        fault.message,
        "Expand with $ref is only supported on lookup type navigation property."
    );
}

#[test]
fn collections_of_one_level_always_have_an_address_for_more() {
    let world = shared();
    let url = format!(
        "rsk_vessels({})?$select=rsk_name&$expand=rsk_vessel_inspection($select=rsk_name;$orderby=rsk_score%20desc;$filter=rsk_score%20gt%201;$top=1),rsk_vessel_rsk_category($select=rsk_name)",
        id(1)
    );
    let row = world.json(&url);
    let inspections = row["rsk_vessel_inspection"].as_array().unwrap();
    assert_eq!(inspections.len(), 1);
    assert_eq!(inspections[0]["rsk_name"], "Inspection 62");
    assert_eq!(inspections[0]["_rsk_vesselid_value"], id(1).to_string());
    assert!(inspections[0]["@odata.etag"].is_string());
    let next = row["rsk_vessel_inspection@odata.nextLink"].as_str().unwrap();
    assert!(next.starts_with(&format!(
        "{ROOT}rsk_vessels({})/rsk_vessel_inspection?$select=rsk_name&$filter=",
        id(1)
    )));
    let all = world.json(next.strip_prefix(ROOT).unwrap());
    assert_eq!(all["value"].as_array().unwrap().len(), 2);
    assert_eq!(row["rsk_vessel_rsk_category"].as_array().unwrap().len(), 2);
    let empty = world.json(&format!("rsk_vessels({})?$expand=rsk_vessel_inspection", id(3)));
    assert_eq!(empty["rsk_vessel_inspection"], json!([]));
    assert!(empty["rsk_vessel_inspection@odata.nextLink"].is_string());
}

#[test]
fn nested_expansions_are_paged_and_barer() {
    let world = shared();
    let url = format!(
        "rsk_vessels({})?$select=rsk_name&$expand=rsk_vessel_inspection($select=rsk_name;$expand=rsk_VesselId($select=rsk_name))",
        id(1)
    );
    let row = world.json_with(&url, &[("prefer", "odata.maxpagesize=1")]);
    let inspections = row["rsk_vessel_inspection"].as_array().unwrap();
    assert_eq!(inspections.len(), 1);
    assert!(inspections[0].get("@odata.etag").is_none());
    assert!(inspections[0].get("_rsk_vesselid_value").is_none());
    assert_eq!(inspections[0]["rsk_VesselId"]["rsk_name"], "Aster");
    let next = row["rsk_vessel_inspection@odata.nextLink"].as_str().unwrap();
    assert!(next.contains("countOfRecords"));
    let rest = world.json_with(
        next.strip_prefix(ROOT).unwrap(),
        &[("prefer", "odata.maxpagesize=1")],
    );
    assert_eq!(rest["value"].as_array().unwrap().len(), 1);
    assert_ne!(rest["value"][0]["rsk_name"], inspections[0]["rsk_name"]);
    assert_eq!(rest["value"][0]["rsk_VesselId"]["rsk_name"], "Aster");
    assert!(rest.get("@odata.nextLink").is_none());
    let whole = world.json(&url);
    assert!(whole.get("rsk_vessel_inspection@odata.nextLink").is_none());
}

#[test]
fn the_service_refuses_what_it_cannot_expand() {
    let world = shared();
    for (expand, part) in [
        (
            "rsk_HomePortId($orderby=rsk_name)",
            "Only $select and $filter clause can be provided",
        ),
        (
            "rsk_vessel_inspection($top=1;$expand=rsk_VesselId)",
            "Only $select and $filter clause can be provided",
        ),
        (
            "rsk_HomePortId($expand=rsk_port_vessel($expand=rsk_vessel_rsk_category))",
            "Only many-to-one relationships are supported",
        ),
        (
            "nothing",
            "Could not find a property named 'nothing' on type 'Microsoft.Dynamics.CRM.rsk_vessel'.",
        ),
        (
            "rsk_HomePortId($select=nothing)",
            "on type 'Microsoft.Dynamics.CRM.rsk_port'.",
        ),
        ("rsk_HomePortId,rsk_HomePortId", "more than once"),
        ("rsk_HomePortId($filter=rsk_name eq @p)", "@p"),
        (
            "createdby,createdonbehalfby,modifiedby,modifiedonbehalfby,owninguser,owningteam,ownerid,owningbusinessunit,rsk_HomePortId,rsk_MasterId,rsk_operatorid_account,rsk_operatorid_contact,rsk_operatorid_team,transactioncurrencyid,rsk_vessel_inspection,rsk_vessel_portcall",
            "maximum of 15",
        ),
    ] {
        let fault = world.refused(&format!("rsk_vessels?$expand={}", super::fixture::escape(expand)));
        assert_eq!(fault.code, 0x8006_0888, "{expand}");
        assert!(fault.message.contains(part), "{expand}: {fault}");
    }
}
