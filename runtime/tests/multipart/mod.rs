//! Answers to batches, as the service writes them.
#![allow(dead_code, reason = "each test file uses a part of it")]

use dataverse_runtime::message::Response;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue, StatusCode};
use std::fmt::Write as _;

pub const ROOT: &str = "/api/data/v9.2/";

/// The answer to one operation, with these header lines and this body.
pub fn part(number: Option<u64>, status: u16, headers: &str, body: &str) -> String {
    let number = number.map_or_else(String::new, |number| format!("Content-ID: {number}\n"));
    format!(
        "Content-Type: application/http\nContent-Transfer-Encoding: binary\n{number}\n\
         HTTP/1.1 {status} Whatever\nOData-Version: 4.0\n{headers}\n{body}"
    )
}

pub fn alone(status: u16, headers: &str, body: &str) -> String {
    part(None, status, headers, body)
}

/// The answer to a create, or to another write that tells the row's address.
pub fn made(number: Option<u64>, status: u16, set: &str, key: &str, body: &str) -> String {
    let url = format!("https://rsk.crm4.dynamics.com/api/data/v9.2/{set}({key})");
    part(number, status, &format!("OData-EntityId:{url}\n"), body)
}

pub fn failure(number: Option<u64>, status: u16, code: &str, message: &str) -> String {
    let body = format!("{{\"error\":{{\"code\":\"{code}\",\"message\":\"{message}\"}}}}");
    part(number, status, "Content-Type: application/json\n", &body)
}

/// The answers to a change set.
pub fn set(parts: &[String]) -> String {
    let mut text = "Content-Type: multipart/mixed; boundary=changesetresponse_1\n\n".to_owned();
    for part in parts {
        write!(text, "--changesetresponse_1\n{part}\n").unwrap();
    }
    text + "--changesetresponse_1--"
}

/// The body of the answer to a batch.
pub fn body(parts: &[String], lines: &str) -> String {
    let parts: String = parts
        .iter()
        .map(|part| format!("--batchresponse_1\n{part}\n"))
        .collect();
    (parts + "--batchresponse_1--\n").replace('\n', lines)
}

pub const MULTIPART: &str = "multipart/mixed; boundary=batchresponse_1";

/// The answer to a batch.
pub fn answer(status: u16, parts: &[String], lines: &str) -> Response {
    response(status, MULTIPART, body(parts, lines))
}

/// A batch that is refused as a whole.
pub fn refusal(status: u16, code: &str, message: &str) -> Response {
    let body = format!("{{\"error\":{{\"code\":\"{code}\",\"message\":\"{message}\"}}}}");
    response(status, "application/json", body)
}

fn response(status: u16, content_type: &'static str, body: String) -> Response {
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    Response {
        status: StatusCode::from_u16(status).unwrap(),
        headers,
        body: body.into(),
    }
}
