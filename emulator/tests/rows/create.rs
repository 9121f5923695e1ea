//! Creating rows: ids, defaults, what is ignored, what is refused.

use crate::support::rows::serve;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

const ID: &str = "2b7d0000-0000-4000-8000-0000000000aa";

#[tokio::test]
async fn a_row_is_created_and_read_by_its_id() {
    let served = serve(json!({})).await;
    let body = json!({"rsk_name": "Aster  ", "rsk_vesselid": ID.to_uppercase()});
    let reply = served.post("rsk_vessels", &body).await;
    reply.is_done();
    let url = format!("{}rsk_vessels({ID})", served.running.api());
    assert_eq!(reply.headers["odata-entityid"], url.as_str());
    assert_eq!(reply.headers["location"], url.as_str());
    assert!(reply.text.is_empty());
    let row = served.get(&format!("rsk_vessels({ID})")).await;
    assert_eq!(row["rsk_name"], "Aster");
    assert_eq!(row["createdon"], "2024-03-05T08:07:06Z");
    assert_eq!(row["modifiedon"], "2024-03-05T08:07:06Z");
    assert_eq!((&row["statecode"], &row["statuscode"]), (&json!(0), &json!(1)));
    let user = "5d1c0d9a-7d4c-4b3f-9a1e-000000000001";
    for column in [
        "_createdby_value",
        "_modifiedby_value",
        "_ownerid_value",
        "_owninguser_value",
    ] {
        assert_eq!(row[column], user, "{column}");
    }
    assert_eq!(row["_owningteam_value"], Value::Null);
    assert!(row["_owningbusinessunit_value"].is_string());
    let etag = format!("W/\"{}\"", row["versionnumber"]);
    assert_eq!(row["@odata.etag"], etag.as_str());
}

#[tokio::test]
async fn a_representation_comes_without_the_address() {
    let served = serve(json!({})).await;
    let prefer = [("Prefer", "return=representation")];
    let body = json!({"rsk_name": "Aster"});
    let reply = served
        .send(Method::POST, "rsk_vessels?$select=rsk_name", &prefer, Some(&body))
        .await;
    assert_eq!(reply.status, StatusCode::CREATED);
    assert_eq!(reply.headers["preference-applied"], "return=representation");
    assert!(!reply.headers.contains_key("odata-entityid"));
    let row = reply.json();
    assert_eq!(row["rsk_name"], "Aster");
    assert!(row["rsk_vesselid"].is_string() && row["@odata.etag"].is_string());
}

#[tokio::test]
async fn ids_and_keys_are_there_once() {
    let served = serve(json!({})).await;
    let body = json!({"rsk_portid": ID, "rsk_name": "Bergen", "rsk_unlocode": "NOBGO"});
    served.create("rsk_ports", &body).await;
    served
        .post("rsk_ports", &body)
        .await
        .is_refused(412, "0x80040237");
    let same_key = json!({"rsk_name": "Bergen II", "rsk_unlocode": "nobgo"});
    served
        .post("rsk_ports", &same_key)
        .await
        .is_refused(412, "0x80060892");
    // The index of this key isn't there yet: nothing is checked by it.
    for _ in 0..2 {
        served.create("rsk_vessels", &json!({"rsk_code": "C-1"})).await;
    }
}

#[tokio::test]
async fn defaults_fill_what_nobody_says() {
    let served = serve(json!({"rsk_vessels": [{"rsk_vesselid": ID}]})).await;
    let bind = format!("/rsk_vessels({ID})");
    let inspection = json!({"rsk_VesselId@odata.bind": bind});
    let row = served
        .get(&served.create("rsk_inspections", &inspection).await)
        .await;
    assert_eq!(
        (&row["rsk_detained"], &row["rsk_severity"]),
        (&json!(false), &json!(0))
    );
    assert_eq!(row["rsk_number"], "I-202403-1000");
    let null = json!({"rsk_VesselId@odata.bind": bind, "rsk_detained": null, "rsk_severity": null});
    let row = served.get(&served.create("rsk_inspections", &null).await).await;
    assert_eq!(
        (&row["rsk_detained"], &row["rsk_severity"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(row["rsk_number"], "I-202403-1001");
}

#[tokio::test]
async fn what_the_service_requires_is_required() {
    let served = serve(json!({})).await;
    let without_vessel = served.post("rsk_inspections", &json!({"rsk_name": "x"})).await;
    without_vessel.is_refused(400, "0x80040200");
    assert!(without_vessel.text.contains("rsk_vesselid"));
    let empty = json!({"rsk_name": "  ", "rsk_unlocode": "NOBGO"});
    served
        .post("rsk_ports", &empty)
        .await
        .is_refused(400, "0x80040200");
    // What only forms require is not.
    served.create("rsk_vessels", &json!({})).await;
}

#[tokio::test]
async fn what_may_not_be_written_is_ignored() {
    let served = serve(json!({})).await;
    let body = json!({
        "rsk_name": "Aster",
        "createdon": "2001-01-01T00:00:00Z",
        "versionnumber": 1,
        "statecode": 1,
        "rsk_totalfees": 12.5,
        "createdby@odata.bind": "/systemusers(5d1c0d9a-7d4c-4b3f-9a1e-000000000003)",
        "overriddencreatedon": "2010-05-06T07:08:09Z",
        "@odata.type": "Microsoft.Dynamics.CRM.rsk_vessel",
        "rsk_name@OData.Community.Display.V1.FormattedValue": "ASTER"
    });
    let row = served.get(&served.create("rsk_vessels", &body).await).await;
    assert_eq!(row["createdon"], "2010-05-06T07:08:09Z");
    assert_eq!(row["overriddencreatedon"], "2024-03-05T08:07:06Z");
    assert_eq!(row["statecode"], 0);
    assert_eq!(row["rsk_totalfees"], Value::Null);
    assert_eq!(row["_createdby_value"], "5d1c0d9a-7d4c-4b3f-9a1e-000000000001");
}

#[tokio::test]
async fn bodies_that_cant_be_read_are_refused() {
    let served = serve(json!({})).await;
    for (body, code) in [
        (json!({"rsk_nmae": "x"}), "0x80048d19"),
        (json!({"rsk_nmae": null}), "0x80048d19"),
        (json!({"rsk_Name": "x"}), "0x80048d19"),
        (json!({"_rsk_homeportid_value": ID}), "0x80060888"),
        (
            json!({"@odata.type": "Microsoft.Dynamics.CRM.account"}),
            "0x80048d19",
        ),
        (json!([]), "0x80048d19"),
        (json!({"rsk_vesselid": "nonsense"}), "0x80048d19"),
    ] {
        let reply = served.post("rsk_vessels", &body).await;
        reply.is_refused(400, code);
    }
    let reply = served
        .client
        .post(served.running.api() + "rsk_vessels")
        .body("{\"rsk_name\":")
        .send()
        .await
        .unwrap();
    assert_eq!(reply.status(), StatusCode::BAD_REQUEST);
    let twice = served
        .client
        .post(served.running.api() + "rsk_vessels")
        .body("{\"rsk_name\": \"a\", \"rsk_name\": \"b\"}")
        .send()
        .await
        .unwrap();
    assert!(
        twice
            .text()
            .await
            .unwrap()
            .contains("Multiple properties with the name 'rsk_name'")
    );
    let unknown = served.post("nothings", &json!({})).await;
    unknown.is_refused(404, "0x8006088a");
    served
        .post("activitypointers", &json!({"subject": "x"}))
        .await
        .is_refused(400, "0x80040800");
}

#[tokio::test]
async fn sql_in_strings_is_text() {
    let served = serve(json!({})).await;
    let attack = "'; DROP TABLE \"rsk_port\"; --";
    let body = json!({"rsk_name": attack, "rsk_unlocode": "');--"});
    let path = served.create("rsk_ports", &body).await;
    let encoded = |text: &str| -> String { text.bytes().map(|byte| format!("%{byte:02X}")).collect() };
    for path in [
        path.clone(),
        format!("rsk_ports(rsk_unlocode='{}')", encoded("'');--")),
    ] {
        let row = served.get(&path).await;
        assert_eq!(row["rsk_name"], attack);
    }
    let odd = [
        format!("rsk_ports(rsk_unlocode='{}')", encoded("x'' OR 1=1")),
        format!("{}/{}", path, encoded("rsk_name\" = 1; --")),
        format!("rsk_ports?$filter=rsk_name%20eq%20'{}'", encoded("'' OR 1=1 --")),
        encoded("rsk_port\"; DROP TABLE x"),
    ];
    for path in odd {
        served.send(Method::GET, &path, &[], None).await;
        served.send(Method::DELETE, &path, &[], None).await;
    }
    let rename = json!({"rsk_name\" = 'x' --": 1});
    assert_eq!(served.patch(&path, &rename).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(served.get(&path).await["rsk_name"], attack);
}
