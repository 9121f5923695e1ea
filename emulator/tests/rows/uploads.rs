//! Files in pieces: chunks through the column's address, and blocks by messages (Microsoft Learn, "Use file column data").

use super::files::{CHUNK, bytes, content, send, told};
use crate::support::rows::{id, serve};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

#[tokio::test]
async fn chunks_follow_each_other_and_the_last_one_commits() {
    let served = serve(json!({})).await;
    let vessel = served.create("rsk_vessels", &json!({})).await;
    let file = format!("{vessel}/rsk_certificate");
    let all = bytes(2 * CHUNK + 5);
    let begin = format!("{file}?x-ms-file-name=plan.pdf");
    let chunked = [("x-ms-transfer-mode", "chunked")];
    let reply = send(&served, Method::PATCH, &begin, &chunked, Vec::new()).await;
    assert_eq!(reply.status(), StatusCode::OK);
    assert_eq!(
        (told(&reply, "x-ms-chunk-size"), told(&reply, "accept-ranges")),
        (CHUNK.to_string(), "bytes".to_owned())
    );
    let location = told(&reply, "location");
    let session = location.strip_prefix(&served.running.api()).unwrap().to_owned();
    assert!(session.starts_with(&format!("{file}?sessiontoken=")), "{session}");

    let chunk = |first: usize, last: usize| {
        let range = format!("bytes {first}-{last}/{}", all.len());
        let (served, session, body) = (&served, &session, all[first..=last].to_vec());
        async move {
            let headers = [("Content-Range", range.as_str()), ("x-ms-file-name", "plan.pdf")];
            send(served, Method::PATCH, session, &headers, body)
                .await
                .status()
        }
    };
    assert_eq!(
        chunk(CHUNK, 2 * CHUNK - 1).await,
        StatusCode::RANGE_NOT_SATISFIABLE
    );
    assert_eq!(chunk(0, CHUNK - 2).await, StatusCode::BAD_REQUEST);
    assert_eq!(chunk(0, CHUNK - 1).await, StatusCode::PARTIAL_CONTENT);
    assert_eq!(chunk(0, CHUNK - 1).await, StatusCode::RANGE_NOT_SATISFIABLE);
    let other_length = [("Content-Range", "bytes 4194304-8388607/9000000")];
    let reply = send(
        &served,
        Method::PATCH,
        &session,
        &other_length,
        all[CHUNK..2 * CHUNK].to_vec(),
    )
    .await;
    assert_eq!(reply.status(), StatusCode::RANGE_NOT_SATISFIABLE);
    let without = send(&served, Method::PATCH, &session, &[], vec![1]).await;
    assert_eq!(without.status(), StatusCode::BAD_REQUEST);
    assert_eq!(chunk(CHUNK, 2 * CHUNK - 1).await, StatusCode::PARTIAL_CONTENT);
    // Nobody sees it before the last chunk.
    assert_eq!(served.get(&vessel).await["rsk_certificate"], Value::Null);
    assert_eq!(chunk(2 * CHUNK, all.len() - 1).await, StatusCode::NO_CONTENT);
    assert!(content(&served, &file).await == all);
    // The token is used up.
    assert_eq!(chunk(0, CHUNK - 1).await, StatusCode::BAD_REQUEST);

    let range = format!("bytes={}-{}", CHUNK - 2, CHUNK + 1);
    let part = send(
        &served,
        Method::GET,
        &format!("{file}/$value"),
        &[("Range", &range)],
        Vec::new(),
    )
    .await;
    assert_eq!(part.bytes().await.unwrap(), &all[CHUNK - 2..CHUNK + 2]);
}

#[tokio::test]
async fn blocks_are_put_together_in_the_order_of_the_list() {
    let served = serve(json!({})).await;
    let vessel = served.create("rsk_vessels", &json!({})).await;
    let target = json!({"@odata.type": "Microsoft.Dynamics.CRM.rsk_vessel", "rsk_vesselid": id(&vessel)});
    let place = json!({"Target": target, "FileAttributeName": "rsk_certificate", "FileName": "a.txt"});
    let begun = served.post("InitializeFileBlocksUpload", &place).await.json();
    let token = begun["FileContinuationToken"].as_str().unwrap();
    let block = |name: &str, data: &[u8]| {
        let (name, data) = (STANDARD.encode(name), STANDARD.encode(data));
        json!({"BlockId": name, "BlockData": data, "FileContinuationToken": token})
    };
    for (name, data) in [("02", &b"world"[..]), ("01", b"wrong"), ("01", b"hello ")] {
        served.post("UploadBlock", &block(name, data)).await.is_done();
    }
    let long = block(&"x".repeat(65), b"");
    for wrong in [block("00003", b""), long, block("03", &vec![0; CHUNK + 1])] {
        served
            .post("UploadBlock", &wrong)
            .await
            .is_refused(400, "0x80040203");
    }
    let commit = |list: &[&str]| {
        let list: Vec<String> = list.iter().map(|name| STANDARD.encode(name)).collect();
        json!({"FileName": "b.txt", "MimeType": "text/plain", "BlockList": list, "FileContinuationToken": token})
    };
    let unknown = served
        .post("CommitFileBlocksUpload", &commit(&["01", "03"]))
        .await;
    unknown.is_refused(400, "0x80040203");
    let done = served
        .post("CommitFileBlocksUpload", &commit(&["01", "02"]))
        .await
        .json();
    assert_eq!(done["FileSizeInBytes"], 11);
    assert_eq!(served.get(&vessel).await["rsk_certificate"], done["FileId"]);
    assert_eq!(
        content(&served, &format!("{vessel}/rsk_certificate")).await,
        b"hello world"
    );

    let open = json!({"Target": target, "FileAttributeName": "rsk_certificate"});
    let opened = served.post("InitializeFileBlocksDownload", &open).await.json();
    assert_eq!(
        [
            &opened["FileName"],
            &opened["FileSizeInBytes"],
            &opened["IsChunkingSupported"]
        ],
        [&json!("b.txt"), &json!(11), &json!(true)]
    );
    let part = |offset: u64, length: u64| json!({"Offset": offset, "BlockLength": length, "FileContinuationToken": opened["FileContinuationToken"]});
    let data = served.post("DownloadBlock", &part(4, 4)).await.json();
    assert_eq!(data["Data"], STANDARD.encode("o wo"));
    served
        .post("DownloadBlock", &part(11, 1))
        .await
        .is_refused(400, "0x80040203");
    let foreign = json!({"Offset": 0, "BlockLength": 1, "FileContinuationToken": "AAAA"});
    served
        .post("DownloadBlock", &foreign)
        .await
        .is_refused(400, "0x80040203");

    let delete = json!({"FileId": done["FileId"]});
    served.post("DeleteFile", &delete).await.is_done();
    served
        .post("DeleteFile", &delete)
        .await
        .is_refused(404, "0x80040217");
    served
        .post("InitializeFileBlocksDownload", &open)
        .await
        .is_refused(404, "0x80040217");
    assert_eq!(served.get(&vessel).await["rsk_certificate"], Value::Null);
}
