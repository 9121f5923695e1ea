//! Functions and actions.

use crate::support::rows::{id, serve};
use dataverse_emulator::{Fault, Reply};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

const ADMINISTRATOR: &str = "5d1c0d9a-7d4c-4b3f-9a1e-000000000001";

#[tokio::test]
async fn the_environment_says_who_and_what_it_is() {
    let served = serve(json!({"accounts": [{"name": "a"}, {"name": "b"}]})).await;
    for path in ["WhoAmI", "WhoAmI()"] {
        let who = served.get(path).await;
        assert_eq!(who["UserId"], ADMINISTRATOR);
        assert!(who["BusinessUnitId"].is_string() && who["OrganizationId"].is_string());
        assert!(
            who["@odata.context"]
                .as_str()
                .unwrap()
                .ends_with("#Microsoft.Dynamics.CRM.WhoAmIResponse")
        );
        let unit = format!("businessunits({})", who["BusinessUnitId"].as_str().unwrap());
        assert!(served.get(&unit).await["name"].is_string());
    }
    assert!(
        served.get("RetrieveVersion()").await["Version"]
            .as_str()
            .unwrap()
            .starts_with("9.2.")
    );
    let counts = served
        .get("RetrieveTotalRecordCount(EntityNames=@n)?@n=[\"account\",\"contact\"]")
        .await;
    let collection = &counts["EntityRecordCountCollection"];
    assert_eq!(
        (&collection["Keys"], &collection["Values"]),
        (&json!(["account", "contact"]), &json!([2, 0]))
    );
    let unknown = served
        .send(
            Method::GET,
            "RetrieveTotalRecordCount(EntityNames=['x'])",
            &[],
            None,
        )
        .await;
    unknown.is_refused(400, "0x80041102");
    let path = "RetrieveCurrentOrganization(AccessType=Microsoft.Dynamics.CRM.EndpointAccessType'Default')";
    let detail = served.get(path).await["Detail"].clone();
    let unknown = served
        .send(Method::GET, &path.replace("Default", "Outernet"), &[], None)
        .await;
    unknown.is_refused(400, "0x80060888");
    assert_eq!(detail["Endpoints"]["Values"][1], served.running.api().as_str());
}

#[tokio::test]
async fn what_isnt_done_says_so_by_name() {
    let served = serve(json!({})).await;
    let won = json!({"QuoteClose": {}, "Status": 3});
    let reply = served.post("WinQuote", &won).await;
    reply.is_refused(501, "0x80048d0b");
    assert!(reply.text.contains("the action 'WinQuote'"));
    let verb = served.post("WhoAmI", &json!({})).await;
    verb.is_refused(404, "0x8006088a");
    assert!(
        verb.text
            .contains("No HTTP resource was found that matches the request URI '")
    );
    let verb = served.send(Method::GET, "GrantAccess", &[], None).await;
    verb.is_refused(404, "0x8006088a");
    served
        .post("Nonsense", &json!({}))
        .await
        .is_refused(404, "0x8006088a");
    let vessel = served.create("rsk_vessels", &json!({})).await;
    let bound = served
        .post(
            &format!("{vessel}/Microsoft.Dynamics.CRM.AddMembersTeam"),
            &json!({}),
        )
        .await;
    bound.is_refused(404, "0x8006088a");
}

#[tokio::test]
async fn rows_are_shared() {
    let served = serve(json!({
        "systemusers": [{"systemuserid": "31000000-0000-4000-8000-000000000001", "lastname": "Berg"}]
    }))
    .await;
    let vessel = served.create("rsk_vessels", &json!({})).await;
    let target = json!({"@odata.type": "Microsoft.Dynamics.CRM.rsk_vessel", "rsk_vesselid": id(&vessel)});
    let user = json!({"@odata.type": "Microsoft.Dynamics.CRM.systemuser", "ownerid": "31000000-0000-4000-8000-000000000001"});
    let access =
        |mask: &str| json!({"Target": target, "PrincipalAccess": {"AccessMask": mask, "Principal": user}});
    let rights = async || {
        let path = format!(
            "systemusers(31000000-0000-4000-8000-000000000001)/Microsoft.Dynamics.CRM.RetrievePrincipalAccess(Target=@t)?@t={{'@odata.id':'{vessel}'}}"
        );
        served.get(&path).await["AccessRights"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert_eq!(rights().await, "None");
    served.post("GrantAccess", &access("ReadAccess")).await.is_done();
    served.post("GrantAccess", &access("WriteAccess")).await.is_done();
    assert_eq!(rights().await, "ReadAccess, WriteAccess");
    served
        .post("ModifyAccess", &access("DeleteAccess"))
        .await
        .is_done();
    assert_eq!(rights().await, "DeleteAccess");
    served
        .post("RevokeAccess", &json!({"Target": target, "Revokee": user}))
        .await
        .is_done();
    assert_eq!(rights().await, "None");
    served
        .post("GrantAccess", &access("Everything"))
        .await
        .is_refused(400, "0x80048d19");
    let untyped = json!({"Target": {"rsk_vesselid": id(&vessel)}, "Revokee": user});
    served
        .post("RevokeAccess", &untyped)
        .await
        .is_refused(400, "0x80048d19");
}

#[tokio::test]
async fn accounts_are_merged() {
    let served = serve(json!({})).await;
    let target = served.create("accounts", &json!({"name": "Line"})).await;
    let subordinate = served.create("accounts", &json!({"name": "Line Ltd"})).await;
    let contact = json!({"lastname": "Berg", "parentcustomerid_account@odata.bind": subordinate});
    let contact = served.create("contacts", &contact).await;
    let row = |path: &str| json!({"@odata.type": "Microsoft.Dynamics.CRM.account", "accountid": id(path)});
    let mut content = row(&target);
    content["telephone1"] = json!("555");
    let body = json!({
        "Target": row(&target), "Subordinate": row(&subordinate),
        "UpdateContent": content, "PerformParentingChecks": false
    });
    served.post("Merge", &body).await.is_done();
    assert_eq!(served.get(&target).await["telephone1"], "555");
    let merged = served.get(&subordinate).await;
    assert_eq!(
        (&merged["statecode"], &merged["_masterid_value"]),
        (&json!(1), &json!(id(&target)))
    );
    assert_eq!(served.get(&contact).await["_parentcustomerid_value"], id(&target));
    let vessel = served.create("rsk_vessels", &json!({})).await;
    let row = json!({"@odata.type": "Microsoft.Dynamics.CRM.rsk_vessel", "rsk_vesselid": id(&vessel)});
    let body = json!({"Target": row, "Subordinate": row, "PerformParentingChecks": false});
    served.post("Merge", &body).await.is_refused(400, "0x80048d19");
}

#[tokio::test]
async fn members_of_teams_come_and_go() {
    let served =
        serve(json!({"teams": [{"teamid": "7e000000-0000-4000-8000-000000000001", "name": "Crew"}]})).await;
    let team = "teams(7e000000-0000-4000-8000-000000000001)";
    let members = json!({"Members": [{"@odata.type": "Microsoft.Dynamics.CRM.systemuser", "systemuserid": ADMINISTRATOR}]});
    let count = async || {
        let row = served
            .get(&format!(
                "{team}?$expand=teammembership_association($select=systemuserid)"
            ))
            .await;
        row["teammembership_association"].as_array().unwrap().len()
    };
    for _ in 0..2 {
        served
            .post(&format!("{team}/Microsoft.Dynamics.CRM.AddMembersTeam"), &members)
            .await
            .is_done();
        assert_eq!(count().await, 1);
    }
    served
        .post(
            &format!("{team}/Microsoft.Dynamics.CRM.RemoveMembersTeam"),
            &members,
        )
        .await
        .is_done();
    assert_eq!(count().await, 0);
}

#[tokio::test]
async fn transitions_are_foretold() {
    let served = serve(json!({})).await;
    let vessel = served.create("rsk_vessels", &json!({})).await;
    let inspection = served
        .create("rsk_inspections", &json!({"rsk_VesselId@odata.bind": vessel}))
        .await;
    for (state, status, valid) in [
        ("Active", 814_250_000, true),
        ("Inactive", 2, false),
        ("Active", 2, false),
    ] {
        let path = format!(
            "IsValidStateTransition(Entity=@e,NewState='{state}',NewStatus={status})?@e={{'@odata.id':'{inspection}'}}"
        );
        assert_eq!(served.get(&path).await["IsValid"], valid, "{state} {status}");
    }
}

#[tokio::test]
async fn a_row_is_foreseen_from_another() {
    let served = serve(json!({})).await;
    let vessel = served.create("rsk_vessels", &json!({"rsk_name": "Aster"})).await;
    let path = format!(
        "InitializeFrom(EntityMoniker=@m,TargetEntityName='rsk_inspection',TargetFieldType=Microsoft.Dynamics.CRM.TargetFieldType'ValidForCreate')?@m={{'@odata.id':'{vessel}'}}"
    );
    let row = served.get(&path).await;
    assert_eq!(row["@odata.type"], "#Microsoft.Dynamics.CRM.rsk_inspection");
    assert_eq!(
        (&row["rsk_name"], &row["rsk_VesselId@odata.bind"]),
        (&json!("Aster"), &json!(vessel))
    );
    served.post("rsk_inspections", &row).await.is_done();
}

#[tokio::test]
async fn a_test_registers_operations() {
    let served = serve(json!({})).await;
    served.environment.on("rsk_DockVessel", |call, rows| {
        let vessel = call
            .row()
            .ok_or_else(|| Fault::bad_payload("bound to a vessel"))?;
        let port = call.row_parameter("Port")?;
        let berth: Option<String> = call.parameter("Berth")?;
        if berth.as_deref() == Some("none") {
            rows.create("rsk_port", &json!({"rsk_name": "x", "rsk_unlocode": "XXXXX"}))?;
            return Err(Fault::bad_query("no berth"));
        }
        let bind = format!("rsk_ports({})", port.id);
        rows.update(
            &vessel,
            &json!({"rsk_HomePortId@odata.bind": bind, "rsk_description": berth}),
        )?;
        Ok(Reply::Row(vessel))
    });
    served.environment.on("rsk_NextInspection", |_, rows| {
        let all = rows.all("rsk_inspection")?;
        Ok(Reply::Rows {
            table: "rsk_inspection".to_owned(),
            rows: all,
        })
    });
    served.environment.on("rsk_Unheard", |call, _| {
        let times: i64 = call.parameter("Times")?;
        Ok(Reply::Value(
            json!({"Twice": times * 2, "By": call.user().to_string()}),
        ))
    });
    let vessel = served.create("rsk_vessels", &json!({})).await;
    let port = served
        .create(
            "rsk_ports",
            &json!({"rsk_name": "Bergen", "rsk_unlocode": "NOBGO"}),
        )
        .await;
    let path = format!("{vessel}/Microsoft.Dynamics.CRM.rsk_DockVessel");
    let dock = |berth: &str| json!({"Port": {"rsk_portid": id(&port)}, "Berth": berth});
    let reply = served.post(&path, &dock("7")).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
    assert!(
        reply.json()["@odata.context"]
            .as_str()
            .unwrap()
            .ends_with("#rsk_vessels/$entity")
    );
    assert_eq!(served.get(&vessel).await["_rsk_homeportid_value"], id(&port));
    served
        .post(&path, &dock("none"))
        .await
        .is_refused(400, "0x80060888");
    served
        .send(Method::GET, "rsk_ports(rsk_unlocode='XXXXX')", &[], None)
        .await
        .is_refused(404, "0x80060891");
    served
        .post(&path, &json!({"Berth": "7"}))
        .await
        .is_refused(400, "0x80048d19");
    served
        .post(&path, &json!({"Port": {"rsk_portid": id(&port)}, "Brth": "7"}))
        .await
        .is_refused(400, "0x80048d19");
    served
        .create("rsk_inspections", &json!({"rsk_VesselId@odata.bind": vessel}))
        .await;
    let next = served
        .get(&format!("{vessel}/Microsoft.Dynamics.CRM.rsk_NextInspection()"))
        .await;
    assert_eq!(next["value"].as_array().unwrap().len(), 1);
    let reply: Value = served.post("rsk_Unheard", &json!({"Times": 21})).await.json();
    assert_eq!(
        (&reply["Twice"], &reply["By"]),
        (&json!(42), &json!(ADMINISTRATOR))
    );
}
