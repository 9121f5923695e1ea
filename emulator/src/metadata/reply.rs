//! Answers with their headers, and what of a request decides their form.

use crate::odata::Options;
use crate::{Answer, Call};
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue, StatusCode};

fn answer(content_type: &'static str, body: Bytes) -> Answer {
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    Answer {
        status: StatusCode::OK,
        headers,
        body,
    }
}

/// JSON with little metadata, as the service answers.
pub(super) fn json(body: Vec<u8>) -> Answer {
    answer("application/json; odata.metadata=minimal", Bytes::from(body))
}

/// XML.
pub(super) fn xml(body: Bytes) -> Answer {
    answer("application/xml", body)
}

/// A value as bare text.
pub(super) fn text(body: String) -> Answer {
    answer("text/plain", Bytes::from(body))
}

/// Whether `$metadata` is wanted with annotations.
pub(super) fn wants_annotations(call: &Call, options: &Options) -> bool {
    if let Some(asked) = options.get("annotations") {
        return asked.eq_ignore_ascii_case("true");
    }
    let preferences = call.headers.get_all("prefer").iter();
    let mut texts = preferences.filter_map(|value| value.to_str().ok());
    texts.any(|text| text.replace(' ', "").contains("odata.include-annotations=\"*\""))
}
