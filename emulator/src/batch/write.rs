//! The multipart answer to a batch.

use super::run::Outcome;
use crate::server::{error_answer, request_id};
use crate::{Answer, Fault};
use bytes::{BufMut, BytesMut};
use http::{HeaderMap, HeaderValue, StatusCode, header};

/// In which form the refusal of a change set is written. Services have been seen to use both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FailedChangeSet {
    /// As the one part of a change set's answer.
    #[default]
    Wrapped,
    /// As a part of the batch's answer.
    Bare,
}

/// The answer to a batch. Its status is that of the failure at which the batch stopped; otherwise it is 200.
pub(crate) fn response(outcomes: &[Outcome], go_on: bool, form: FailedChangeSet) -> Answer {
    let boundary = format!("batchresponse_{}", request_id());
    let mut body = BytesMut::new();
    for outcome in outcomes {
        delimiter(&mut body, &boundary);
        match outcome {
            Outcome::One(answer) => part(&mut body, None, answer),
            Outcome::Failed(fault, asked) => failure(&mut body, None, fault, asked),
            Outcome::ChangeSet(answers) => nested(&mut body, |body, boundary| {
                for (id, answer) in answers {
                    delimiter(body, boundary);
                    part(body, id.as_deref(), answer);
                }
            }),
            Outcome::ChangeSetFailed(id, fault, asked) => match form {
                FailedChangeSet::Wrapped => nested(&mut body, |body, boundary| {
                    delimiter(body, boundary);
                    failure(body, id.as_deref(), fault, asked);
                }),
                FailedChangeSet::Bare => failure(&mut body, id.as_deref(), fault, asked),
            },
        }
    }
    close(&mut body, &boundary);
    let failed = outcomes.iter().find_map(Outcome::fault).filter(|_| !go_on);
    Answer {
        status: failed.map_or(StatusCode::OK, |fault| fault.status),
        headers: content_type(&boundary),
        body: body.freeze(),
    }
}

fn content_type(boundary: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    if let Ok(value) = HeaderValue::from_str(&format!("multipart/mixed; boundary={boundary}")) {
        headers.insert(header::CONTENT_TYPE, value);
    }
    headers
}

fn nested(body: &mut BytesMut, write: impl FnOnce(&mut BytesMut, &str)) {
    let boundary = format!("changesetresponse_{}", request_id());
    body.put_slice(format!("Content-Type: multipart/mixed; boundary={boundary}\r\n\r\n").as_bytes());
    write(body, &boundary);
    close(body, &boundary);
}

fn delimiter(body: &mut BytesMut, boundary: &str) {
    body.put_slice(format!("--{boundary}\r\n").as_bytes());
}

fn close(body: &mut BytesMut, boundary: &str) {
    body.put_slice(format!("--{boundary}--\r\n").as_bytes());
}

fn failure(body: &mut BytesMut, id: Option<&str>, fault: &Fault, asked: &HeaderMap) {
    let mut answer = error_answer(fault, asked);
    if let Ok(id) = HeaderValue::from_str(&request_id()) {
        answer.headers.insert("req_id", id);
    }
    part(body, id, &answer);
}

/// A request's answer. The line break after its body belongs to the boundary that follows.
fn part(body: &mut BytesMut, id: Option<&str>, answer: &Answer) {
    body.put_slice(b"Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n");
    if let Some(id) = id {
        body.put_slice(format!("Content-ID: {id}\r\n").as_bytes());
    }
    body.put_slice(b"\r\nHTTP/1.1 ");
    let reason = answer.status.canonical_reason().unwrap_or_default();
    body.put_slice(format!("{} {reason}\r\n", answer.status.as_u16()).as_bytes());
    for (name, value) in &answer.headers {
        body.put_slice(written(name.as_str()).as_bytes());
        body.put_slice(b": ");
        body.put_slice(value.as_bytes());
        body.put_slice(b"\r\n");
    }
    if !answer.headers.contains_key("odata-version") {
        body.put_slice(b"OData-Version: 4.0\r\n");
    }
    body.put_slice(b"\r\n");
    body.put_slice(&answer.body);
    body.put_slice(b"\r\n");
}

/// The name of a header as the service writes it. Clients that search the text of a batch rely on it.
fn written(name: &str) -> String {
    match name {
        "odata-entityid" => return "OData-EntityId".to_owned(),
        "odata-version" => return "OData-Version".to_owned(),
        "req_id" => return "REQ_ID".to_owned(),
        "etag" => return "ETag".to_owned(),
        _ => {}
    }
    let mut upper = true;
    name.chars()
        .map(|c| {
            let written = if upper { c.to_ascii_uppercase() } else { c };
            upper = c == '-';
            written
        })
        .collect()
}
