//! Images (Microsoft Learn, "Use image column data").

use crate::support::rows::{Served, id, schema, serve};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use dataverse_codegen::schema::ColumnKind;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

const GIF: &[u8] = b"GIF89a\x01\x00\x01\x00 one pixel";

async fn get(served: &Served, path: &str) -> (StatusCode, Vec<u8>) {
    let request = served.client.get(served.running.api() + path);
    let reply = request.send().await.unwrap();
    (reply.status(), reply.bytes().await.unwrap().to_vec())
}

fn is_thumbnail(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\x89PNG")
}

#[tokio::test]
async fn an_image_is_written_with_its_row_and_read_as_a_thumbnail() {
    let served = serve(json!({})).await;
    let body = json!({"rsk_name": "Aster", "rsk_photo": STANDARD.encode(GIF)});
    let vessel = served.create("rsk_vessels", &body).await;
    // Only those who name it get it.
    let row = served.get(&vessel).await;
    assert_eq!(row.get("rsk_photo"), None);
    let url = row["rsk_photo_url"].as_str().unwrap();
    let expected = format!(
        "/Image/download.aspx?Entity=rsk_vessel&Attribute=rsk_photo&Id={}&Timestamp={}",
        id(&vessel),
        row["rsk_photo_timestamp"]
    );
    assert_eq!(url, expected);
    assert!(row["rsk_photoid"].is_string());
    let shown = served.get(&format!("{vessel}?$select=rsk_photo")).await;
    let shown = STANDARD.decode(shown["rsk_photo"].as_str().unwrap()).unwrap();
    assert!(is_thumbnail(&shown));
    let list = served.get("rsk_vessels?$select=rsk_photo").await;
    assert_eq!(list["value"][0]["rsk_photo"], STANDARD.encode(&shown));
    let photo = format!("{vessel}/rsk_photo");
    assert_eq!(served.get(&photo).await["value"], STANDARD.encode(&shown));
    assert_eq!(
        get(&served, &format!("{photo}/$value")).await,
        (StatusCode::OK, shown.clone())
    );
    assert_eq!(
        get(&served, &format!("{photo}/$value?size=full")).await,
        (StatusCode::OK, GIF.to_vec())
    );

    let other = [GIF, b"another"].concat();
    served
        .put(&photo, &json!({"value": STANDARD.encode(&other)}))
        .await
        .is_done();
    let (_, changed) = get(&served, &format!("{photo}/$value")).await;
    assert!(is_thumbnail(&changed) && changed != shown);
    assert_ne!(served.get(&vessel).await["rsk_photoid"], row["rsk_photoid"]);
}

#[tokio::test]
async fn an_image_goes_in_three_ways() {
    let served = serve(json!({})).await;
    let vessel = served.create("rsk_vessels", &json!({})).await;
    let photo = format!("{vessel}/rsk_photo");
    for way in 0..3 {
        let upload = served.client.patch(served.running.api() + &photo);
        let upload = upload.header("x-ms-file-name", "a.gif").body(GIF);
        assert_eq!(upload.send().await.unwrap().status(), StatusCode::NO_CONTENT);
        assert!(served.get(&vessel).await["rsk_photoid"].is_string());
        match way {
            0 => served.delete(&photo).await,
            1 => served.patch(&vessel, &json!({"rsk_photo": null})).await,
            _ => served.put(&photo, &json!({"value": null})).await,
        }
        .is_done();
        let row = served.get(&vessel).await;
        for column in ["rsk_photoid", "rsk_photo_url", "rsk_photo_timestamp"] {
            assert_eq!(row[column], Value::Null, "{way} {column}");
        }
        let (status, _) = get(&served, &format!("{photo}/$value?size=full")).await;
        assert_eq!(status, StatusCode::NO_CONTENT);
    }
}

#[tokio::test]
async fn what_is_no_image_is_refused_and_others_than_the_primary_one_come_later() {
    let mut schema = schema();
    let table = schema.tables.get_mut("rsk_vessel").unwrap();
    let column = table.columns.iter_mut().find(|column| column.name == "rsk_photo");
    column.unwrap().kind = ColumnKind::Image {
        max_size_kb: Some(1),
        max_width: None,
        max_height: None,
        full_image: false,
        primary: false,
    };
    let served = serve(json!({})).await;
    served.environment.replace(schema).unwrap();
    let image = json!({"rsk_photo": STANDARD.encode(GIF)});
    served
        .post("rsk_vessels", &image)
        .await
        .is_refused(400, "0x80090487");
    let vessel = served.create("rsk_vessels", &json!({})).await;
    served.patch(&vessel, &image).await.is_done();
    let wrong = json!({"rsk_photo": STANDARD.encode("%PDF-1.7")});
    served.patch(&vessel, &wrong).await.is_refused(400, "0x80072553");
    let long = json!({"rsk_photo": STANDARD.encode([GIF, &[0; 1_024]].concat())});
    served.patch(&vessel, &long).await.is_refused(400, "0x80072553");
    // This column keeps the thumbnail alone.
    let (status, _) = get(&served, &format!("{vessel}/rsk_photo/$value?size=full")).await;
    assert_eq!(status, StatusCode::NO_CONTENT);
    let target = json!({"@odata.type": "Microsoft.Dynamics.CRM.rsk_vessel", "rsk_vesselid": id(&vessel)});
    let open = json!({"Target": target, "FileAttributeName": "rsk_photo"});
    served
        .post("InitializeFileBlocksDownload", &open)
        .await
        .is_refused(404, "0x80040217");
    let thumbnail = served
        .send(Method::GET, &format!("{vessel}/rsk_photo"), &[], None)
        .await;
    assert!(thumbnail.json()["value"].is_string());
}
