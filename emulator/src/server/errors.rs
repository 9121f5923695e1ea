//! Refusals as answers: the service's JSON, and the pages of what stands in front of it.

use super::Preferences;
use crate::{Answer, Fault};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde_json::{Value, json};

/// The content type of the service's JSON.
const JSON: HeaderValue = HeaderValue::from_static("application/json; odata.metadata=minimal");

/// The answer with the body of an error, with more annotations if the request asks for them.
pub(crate) fn error_answer(fault: &Fault, request: &HeaderMap) -> Answer {
    let mut body = fault.body();
    annotate(&mut body, fault, &Preferences::of(request));
    json_answer(fault.status, &body, JSON)
}

/// JSON that isn't the Web API's: tokens, the emulator's own.
pub(crate) fn plain_json(status: StatusCode, body: &Value) -> Answer {
    let mut answer = json_answer(
        status,
        body,
        HeaderValue::from_static("application/json; charset=utf-8"),
    );
    let stored = HeaderValue::from_static("no-store");
    answer.headers.insert(header::CACHE_CONTROL, stored);
    answer
}

fn json_answer(status: StatusCode, body: &Value, content_type: HeaderValue) -> Answer {
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, content_type);
    Answer {
        status,
        headers,
        body: Bytes::from(body.to_string()),
    }
}

/// The members that errors have on request (Microsoft Learn, "Compose HTTP requests and handle errors").
fn annotate(body: &mut Value, fault: &Fault, preferences: &Preferences) {
    let link = format!(
        "http://go.microsoft.com/fwlink/?LinkID=398563&error=Microsoft.Crm.CrmException%3a{:08x}&client=platform",
        fault.code
    );
    let members = [
        (
            "Microsoft.PowerApps.CDS.ErrorDetails.HttpStatusCode",
            fault.status.as_u16().to_string(),
        ),
        ("Microsoft.PowerApps.CDS.HelpLink", link),
        ("Microsoft.PowerApps.CDS.TraceText", fault.message.clone()),
        (
            "Microsoft.PowerApps.CDS.InnerError.Message",
            fault.message.clone(),
        ),
    ];
    let Some(error) = body.get_mut("error").and_then(Value::as_object_mut) else {
        return;
    };
    for (name, value) in members {
        if preferences.includes(name) {
            error.insert(format!("@{name}"), json!(value));
        }
    }
}

/// What the service says when something went wrong inside.
pub(crate) fn unexpected() -> Fault {
    Fault::new(
        StatusCode::INTERNAL_SERVER_ERROR,
        0x8004_0224,
        "An unexpected error occurred.",
    )
}

/// A page of the web server or the gateway in front of the service.
pub(crate) fn page(status: StatusCode, text: &str) -> Answer {
    let reason = status.canonical_reason().unwrap_or("Error");
    let mut headers = HeaderMap::new();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/html; charset=us-ascii"),
    );
    let body = format!(
        "<!DOCTYPE html>\r\n<html><head><title>{reason}</title></head>\r\n<body><h2>{reason}</h2>\r\n<hr><p>HTTP Error {}. {text}</p>\r\n</body></html>\r\n",
        status.as_u16()
    );
    Answer {
        status,
        headers,
        body: Bytes::from(body),
    }
}
