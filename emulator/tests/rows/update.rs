//! Changing rows, upserts, conditions, single properties.

use crate::support::rows::{id, serve};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

const ID: &str = "2b7d0000-0000-4000-8000-0000000000aa";

fn vessel() -> Value {
    json!({"rsk_vessels": [{"rsk_vesselid": ID, "rsk_name": "Aster", "rsk_imo": "9312345"}]})
}

#[tokio::test]
async fn an_update_changes_what_it_names_and_the_version() {
    let served = serve(vessel()).await;
    let path = format!("rsk_vessels({ID})");
    let before = served.get(&path).await;
    served.running.clock().advance(std::time::Duration::from_secs(60));
    let reply = served.patch(&path, &json!({"rsk_name": "Birk"})).await;
    reply.is_done();
    assert_eq!(served.path_of(&reply), path);
    assert!(!reply.headers.contains_key("location"));
    let after = served.get(&path).await;
    assert_eq!(
        (&after["rsk_name"], &after["rsk_imo"]),
        (&json!("Birk"), &json!("9312345"))
    );
    assert_eq!(after["createdon"], before["createdon"]);
    assert_eq!(after["modifiedon"], "2024-03-05T08:08:06Z");
    assert!(after["versionnumber"].as_i64() > before["versionnumber"].as_i64());
    served.patch(&path, &json!({})).await.is_done();
    let again = served.get(&path).await;
    assert!(again["versionnumber"].as_i64() > after["versionnumber"].as_i64());
}

#[tokio::test]
async fn an_upsert_creates_what_isnt_there() {
    let served = serve(json!({})).await;
    let path = format!("rsk_vessels({ID})");
    served.patch(&path, &json!({"rsk_name": "Aster"})).await.is_done();
    assert_eq!(served.get(&path).await["rsk_name"], "Aster");
    let prefer = [("Prefer", "return=representation")];
    let other = "rsk_vessels(2b7d0000-0000-4000-8000-0000000000bb)";
    for status in [StatusCode::CREATED, StatusCode::OK] {
        let body = json!({"rsk_name": "Birk"});
        let reply = served.send(Method::PATCH, other, &prefer, Some(&body)).await;
        assert_eq!(reply.status, status);
        assert_eq!(reply.json()["rsk_name"], "Birk");
        assert!(!reply.headers.contains_key("odata-entityid"));
    }
}

#[tokio::test]
async fn only_a_creates_representation_is_expanded() {
    let served = serve(json!({})).await;
    let prefer = [("Prefer", "return=representation")];
    let query = "?$select=rsk_name&$expand=rsk_HomePortId($select=rsk_name)";
    let body = json!({"rsk_HomePortId": {"rsk_name": "Bergen", "rsk_unlocode": "NOBGO"}});
    let path = format!("rsk_vessels{query}");
    let created = served
        .send(Method::POST, &path, &prefer, Some(&body))
        .await
        .json();
    assert_eq!(created["rsk_HomePortId"]["rsk_name"], "Bergen");
    let path = format!(
        "rsk_vessels({}){query}",
        created["rsk_vesselid"].as_str().unwrap()
    );
    let updated = served
        .send(Method::PATCH, &path, &prefer, Some(&json!({"rsk_name": "Aster"})))
        .await;
    assert_eq!(updated.status, StatusCode::OK, "{}", updated.text);
    let updated = updated.json();
    assert_eq!(
        (&updated["rsk_name"], updated.get("rsk_HomePortId")),
        (&json!("Aster"), None)
    );
}

#[tokio::test]
async fn a_key_in_the_url_wins_over_the_body() {
    let served = serve(json!({})).await;
    let path = "rsk_vessels(rsk_imo='9312345')";
    let reply = served
        .patch(path, &json!({"rsk_imo": "1111111", "rsk_name": "Aster"}))
        .await;
    reply.is_done();
    assert_eq!(served.path_of(&reply), path);
    served
        .patch(path, &json!({"rsk_imo": "2222222", "rsk_name": "Birk"}))
        .await
        .is_done();
    let row = served.get(path).await;
    assert_eq!(
        (&row["rsk_imo"], &row["rsk_name"]),
        (&json!("9312345"), &json!("Birk"))
    );
    // A key of a lookup and a text.
    let port = served
        .create(
            "rsk_ports",
            &json!({"rsk_name": "Bergen", "rsk_unlocode": "NOBGO"}),
        )
        .await;
    let path = format!(
        "rsk_vessels(_rsk_homeportid_value={},rsk_name='Cora%20''C''')",
        id(&port)
    );
    served
        .patch(&path, &json!({"rsk_yardnumber": "1"}))
        .await
        .is_done();
    let row = served.get(&path).await;
    assert_eq!(row["rsk_name"], "Cora 'C'");
    assert_eq!(row["_rsk_homeportid_value"], id(&port));
}

#[tokio::test]
async fn keys_that_arent_are_refused() {
    let served = serve(vessel()).await;
    for (path, status, code) in [
        ("rsk_vessels(rsk_imo='0')", 404, "0x80060891"),
        ("rsk_vessels(rsk_name='Aster')", 400, "0x80060888"),
        (
            "rsk_vessels(rsk_imo='9312345',rsk_name='Aster')",
            400,
            "0x80060888",
        ),
        (
            "rsk_vessels(rsk_homeportid=2b7d0000-0000-4000-8000-0000000000aa,rsk_name='x')",
            400,
            "0x80060888",
        ),
        ("rsk_vessels(rsk_code='C-1')", 400, "0x80060890"),
        ("rsk_vessels(5)", 400, "0x80060888"),
        // No path takes these characters in a key, encoded or not (Microsoft Learn, "Define alternate keys").
        ("rsk_vessels(rsk_imo='a%2Fb')", 400, "0x80060888"),
        ("rsk_vessels(rsk_imo='a%3Ab')", 400, "0x80060888"),
        ("rsk_vessels(rsk_imo='a%20%C3%A9')", 404, "0x80060891"),
        // The key of users is that of principals ("Use an alternate key to reference a record").
        (
            "systemusers(systemuserid=2b7d0000-0000-4000-8000-00000000dead)",
            400,
            "0x80060888",
        ),
        (
            "systemusers(ownerid=2b7d0000-0000-4000-8000-00000000dead)",
            404,
            "0x80040217",
        ),
        ("rsk_vessels(rsk_imo=9312345)", 400, "0x80048d19"),
        (
            "rsk_vessels(2b7d0000-0000-4000-8000-00000000dead)",
            404,
            "0x80040217",
        ),
        (
            "rsk_vessels(rsk_vesselid=2b7d0000-0000-4000-8000-00000000dead)",
            404,
            "0x80040217",
        ),
    ] {
        let reply = served.send(Method::GET, path, &[], None).await;
        assert_eq!(
            reply.refusal(),
            (status, code.to_owned()),
            "{path}: {}",
            reply.text
        );
    }
    let missing = served
        .send(Method::GET, &format!("accounts({ID})"), &[], None)
        .await;
    assert!(
        missing
            .text
            .contains(&format!("account With Id = {ID} Does Not Exist"))
    );
}

#[tokio::test]
async fn conditions_are_kept() {
    let served = serve(vessel()).await;
    let path = format!("rsk_vessels({ID})");
    let missing = "rsk_vessels(2b7d0000-0000-4000-8000-00000000dead)";
    let body = json!({"rsk_name": "Birk"});
    let send = |path: &'static str, name: &'static str, value: String| {
        let (served, body) = (&served, &body);
        async move {
            served
                .send(Method::PATCH, path, &[(name, &value)], Some(body))
                .await
        }
    };
    send(missing, "If-Match", "*".to_owned())
        .await
        .is_refused(404, "0x80040217");
    send(missing, "If-Match", "W/\"1\"".to_owned())
        .await
        .is_refused(404, "0x80040217");
    let here: &'static str = path.clone().leak();
    send(here, "If-None-Match", "*".to_owned())
        .await
        .is_refused(412, "0x80040237");
    send(here, "If-Match", "W/\"1\"".to_owned())
        .await
        .is_refused(412, "0x80060882");
    send(here, "If-Match", "x".to_owned())
        .await
        .is_refused(412, "0x80060882");
    send(here, "If-Match", "*".to_owned()).await.is_done();
    send(here, "If-None-Match", "null".to_owned()).await.is_done();
    let etag = served.get(&path).await["@odata.etag"]
        .as_str()
        .unwrap()
        .to_owned();
    send(here, "If-Match", etag.clone()).await.is_done();
    send(here, "If-Match", etag.clone())
        .await
        .is_refused(412, "0x80060882");
    let gone = served
        .send(Method::DELETE, here, &[("If-Match", &etag)], None)
        .await;
    gone.is_refused(412, "0x80060882");
    send("rsk_vessels(rsk_imo='7')", "If-None-Match", "*".to_owned())
        .await
        .is_done();
    let reading = served.create("rsk_readings", &json!({"rsk_name": "x"})).await;
    let reply = served
        .send(
            Method::PATCH,
            &reading,
            &[("If-Match", "W/\"1\"")],
            Some(&json!({})),
        )
        .await;
    reply.is_refused(400, "0x8006088d");
}

#[tokio::test]
async fn one_property_is_written_by_itself() {
    let served = serve(vessel()).await;
    let path = format!("rsk_vessels({ID})");
    served
        .put(&format!("{path}/rsk_name"), &json!({"value": "Birk"}))
        .await
        .is_done();
    assert_eq!(served.get(&path).await["rsk_name"], "Birk");
    served.delete(&format!("{path}/rsk_name")).await.is_done();
    assert_eq!(served.get(&path).await["rsk_name"], Value::Null);
    let value = json!({"value": "x"});
    served
        .put(&format!("{path}/rsk_nmae"), &value)
        .await
        .is_refused(404, "0x8006088a");
    served
        .put(&format!("{path}/_rsk_homeportid_value"), &value)
        .await
        .is_refused(400, "0x80060888");
    served
        .put(&format!("{path}/rsk_vesselid"), &value)
        .await
        .is_refused(400, "0x80060888");
    served
        .put(&format!("{path}/rsk_imo"), &json!({"v": 1}))
        .await
        .is_refused(400, "0x80048d19");
    served.put(&path, &json!({})).await.is_refused(405, "0x8006088a");
}

#[tokio::test]
async fn new_rows_dont_hang_on_an_update() {
    let served = serve(vessel()).await;
    let path = format!("rsk_vessels({ID})");
    for body in [
        json!({"rsk_HomePortId": {"rsk_name": "x", "rsk_unlocode": "y"}}),
        json!({"rsk_vessel_inspection": [{"rsk_name": "x"}]}),
        json!({"rsk_vessel_rsk_category@odata.bind": []}),
    ] {
        served.patch(&path, &body).await.is_refused(400, "0x80048d19");
    }
    served
        .put(&format!("{path}/rsk_vessel_inspection"), &json!({"value": []}))
        .await
        .is_refused(400, "0x80048d19");
    served
        .patch("rsk_vessels", &json!({}))
        .await
        .is_refused(405, "0x8006088a");
    served.delete("rsk_vessels").await.is_refused(405, "0x8006088a");
}

#[tokio::test]
async fn keys_stay_unique_when_rows_change() {
    let served = serve(vessel()).await;
    let other = served.create("rsk_vessels", &json!({"rsk_imo": "7654321"})).await;
    served
        .patch(&other, &json!({"rsk_imo": "9312345"}))
        .await
        .is_refused(412, "0x80060892");
    served.patch(&other, &json!({"rsk_imo": null})).await.is_done();
    let third = served.create("rsk_vessels", &json!({})).await;
    served
        .patch(&third, &json!({"rsk_imo": "7654321"}))
        .await
        .is_done();
}
