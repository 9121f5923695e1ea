//! `$ref` in all its forms.

use crate::support::rows::{Served, id, serve};
use serde_json::{Value, json};

async fn rows() -> (Served, String, String, String) {
    let served = serve(json!({})).await;
    let port = served
        .create(
            "rsk_ports",
            &json!({"rsk_name": "Bergen", "rsk_unlocode": "NOBGO"}),
        )
        .await;
    let vessel = served.create("rsk_vessels", &json!({"rsk_name": "Aster"})).await;
    let category = served
        .create("rsk_categories", &json!({"rsk_name": "Tankers"}))
        .await;
    (served, port, vessel, category)
}

fn links(served: &Served, table: &str) -> usize {
    let state: Value = serde_json::from_str(&served.environment.state().unwrap().to_json()).unwrap();
    state["tables"]
        .get(table)
        .and_then(Value::as_array)
        .map_or(0, Vec::len)
}

#[tokio::test]
async fn a_lookup_is_set_and_cleared() {
    let (served, port, vessel, category) = rows().await;
    let at = format!("{vessel}/rsk_HomePortId/$ref");
    for url in [
        format!("{}{port}", served.running.api()),
        format!("/{port}"),
        port.clone(),
        "rsk_ports(rsk_unlocode='NOBGO')".to_owned(),
    ] {
        served.put(&at, &json!({"@odata.id": url})).await.is_done();
        assert_eq!(served.get(&vessel).await["_rsk_homeportid_value"], id(&port));
        served.delete(&at).await.is_done();
        assert_eq!(served.get(&vessel).await["_rsk_homeportid_value"], Value::Null);
    }
    served
        .put(&at, &json!({"@odata.id": category}))
        .await
        .is_refused(400, "0x80048d19");
    served
        .put(&at, &json!({"id": port}))
        .await
        .is_refused(400, "0x80048d19");
    let nowhere = json!({"@odata.id": "rsk_ports(6f1c0000-0000-4000-8000-00000000dead)"});
    served.put(&at, &nowhere).await.is_refused(404, "0x80040217");
    let unknown = format!("{vessel}/rsk_homeportid/$ref");
    served
        .put(&unknown, &json!({"@odata.id": port}))
        .await
        .is_refused(404, "0x8006088a");
}

#[tokio::test]
async fn rows_join_and_leave_a_collection() {
    let (served, port, vessel, category) = rows().await;
    let at = format!("{port}/rsk_port_vessel");
    let join = json!({"@odata.id": format!("{}{vessel}", served.running.api())});
    for leave in [
        format!("{at}({})/$ref", id(&vessel)),
        format!("{at}/$ref?$id={}{vessel}", served.running.api()),
        format!("{at}/$ref?$id={vessel}"),
    ] {
        served.post(&format!("{at}/$ref"), &join).await.is_done();
        assert_eq!(served.get(&vessel).await["_rsk_homeportid_value"], id(&port));
        served.delete(&leave).await.is_done();
        assert_eq!(served.get(&vessel).await["_rsk_homeportid_value"], Value::Null);
    }
    let wrong = json!({"@odata.id": category});
    served
        .post(&format!("{at}/$ref"), &wrong)
        .await
        .is_refused(400, "0x80048d19");
    served
        .delete(&format!("{at}/$ref"))
        .await
        .is_refused(400, "0x80060888");
}

#[tokio::test]
async fn many_to_many_links_are_there_once() {
    let (served, _, vessel, category) = rows().await;
    let at = format!("{vessel}/rsk_vessel_rsk_category");
    let join = json!({"@odata.id": category});
    served.post(&format!("{at}/$ref"), &join).await.is_done();
    served
        .post(&format!("{at}/$ref"), &join)
        .await
        .is_refused(412, "0x80040237");
    let back = format!("{category}/rsk_vessel_rsk_category/$ref");
    served
        .post(&back, &json!({"@odata.id": vessel}))
        .await
        .is_refused(412, "0x80040237");
    assert_eq!(links(&served, "rsk_vessel_rsk_category"), 1);
    served.delete(&format!("{back}?$id={vessel}")).await.is_done();
    assert_eq!(links(&served, "rsk_vessel_rsk_category"), 0);
}

#[tokio::test]
async fn links_of_a_table_to_itself_have_a_direction() {
    let (served, _, vessel, _) = rows().await;
    let other = served.create("rsk_vessels", &json!({"rsk_name": "Birk"})).await;
    let join = json!({"@odata.id": other});
    served
        .post(&format!("{vessel}/Referencingrsk_vessel_sister/$ref"), &join)
        .await
        .is_done();
    served
        .post(&format!("{vessel}/Referencedrsk_vessel_sister/$ref"), &join)
        .await
        .is_done();
    assert_eq!(links(&served, "rsk_vessel_sister"), 2);
    let leave = format!("{other}/Referencedrsk_vessel_sister({})/$ref", id(&vessel));
    served.delete(&leave).await.is_done();
    assert_eq!(links(&served, "rsk_vessel_sister"), 1);
}

#[tokio::test]
async fn a_row_is_created_in_a_collection() {
    let (served, port, _, _) = rows().await;
    let reply = served
        .post(&format!("{port}/rsk_port_vessel"), &json!({"rsk_name": "Cora"}))
        .await;
    reply.is_done();
    let row = served.get(&served.path_of(&reply)).await;
    assert_eq!(
        (&row["rsk_name"], &row["_rsk_homeportid_value"]),
        (&json!("Cora"), &json!(id(&port)))
    );
}
