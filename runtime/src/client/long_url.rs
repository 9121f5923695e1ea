//! Reads whose URL is too long for a request of their own: they travel inside of a `$batch`, whose answer is taken out of its
//! wrapping again (<https://learn.microsoft.com/power-apps/developer/data-platform/webapi/execute-batch-operations-using-web-api>).

use crate::batch::{Inner, LONGEST_URL, Multipart, PATH, multipart};
use crate::message::{Request, Response};
use crate::{DecodeError, InvalidRequest};
use http::Method;
use http::header::CONTENT_TYPE;
use reqwest::Url;

/// The longest URL that is sent directly. The service takes 32,768 characters, gateways on the way may add some.
const LONGEST_DIRECT: usize = 32_000;

const BOUNDARY: &str = "batch_of_one";

/// The batch that holds this request. `None`: it goes by itself.
pub(super) fn packed(request: &Request, address: &Url) -> Result<Option<Request>, InvalidRequest> {
    let length = address.as_str().len();
    if length <= LONGEST_DIRECT || *request.method() != Method::GET {
        return Ok(None);
    }
    if length > LONGEST_URL {
        return Err(InvalidRequest::UrlTooLong { length });
    }
    let query = address.query().unwrap_or_default();
    let path = format!("{}?{query}", address.path());
    let mut body = Vec::with_capacity(length + 512);
    let mut parts = Multipart::new(&mut body, BOUNDARY);
    parts.request(&Inner {
        content_id: None,
        method: request.method(),
        path: &path,
        headers: request.headers(),
        content: &[],
    });
    parts.end();
    let batch = Request::new(Method::POST, PATH, request.origin());
    Ok(Some(
        batch
            .header(CONTENT_TYPE, Multipart::content_type(BOUNDARY))
            .body(body),
    ))
}

/// The answer as it would have come directly. A batch that was refused as a whole has no parts: its answer is the answer.
pub(super) fn unpacked(batch: Response) -> Result<Response, DecodeError> {
    let Some(boundary) = multipart::boundary(&batch.headers) else {
        return Ok(batch);
    };
    let part = multipart::parts(&batch.body, &boundary)
        .next()
        .and_then(|part| multipart::response(&part));
    let part = part.ok_or_else(|| DecodeError::missing("the answer inside of a batch"))?;
    Ok(multipart::with_headers_of(&batch, part))
}
