//! The content of files and images at its own address: uploaded whole or in chunks, downloaded whole or in parts, deleted.

use crate::json::Json;
use crate::model::Entity;
use crate::rows::files::{self, CHUNK, Kept, Place, Upload};
use crate::rows::{Conditions, Record, RowId};
use crate::session::{Done, Session, json, no_content, with};
use crate::{Answer, Fault};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode};

/// The headers that scripts in a browser may read.
const EXPOSED: &str = "access-control-expose-headers";

/// Whether a property is a file or an image.
pub(super) fn is_file(entity: &Entity, property: &str) -> bool {
    entity
        .property(property)
        .is_some_and(|(_, column)| files::is_file(column))
}

/// PATCH: a content, the beginning of an upload in chunks, or a chunk.
pub(super) fn upload(
    session: &Session<'_>,
    entity: &Entity,
    row: RowId,
    column: &str,
) -> Result<Done, Fault> {
    let place = checked(session, entity, row, column)?;
    if let Some(token) = session.options().get("sessiontoken") {
        return chunk(session, &place, token);
    }
    // The header wins; the query takes names that no header can hold.
    let name = header(&session.call.headers, "x-ms-file-name")
        .or_else(|| session.options().get("x-ms-file-name"))
        .filter(|name| !name.is_empty())
        .ok_or_else(|| {
            Fault::bad_payload(
                "The name of the file is missing: x-ms-file-name, as a header or in the query.",
            )
        })?;
    if header(&session.call.headers, "x-ms-transfer-mode")
        .is_some_and(|mode| mode.eq_ignore_ascii_case("chunked"))
    {
        if !session.call.body.is_empty() {
            return Err(Fault::bad_payload(
                "The request that begins an upload in chunks has no body.",
            ));
        }
        return begin(session, &place, name);
    }
    files::put(&session.work, &place, name, &session.call.body)?;
    Ok(no_content().into())
}

/// DELETE: nothing is there afterwards.
pub(super) fn delete(
    session: &Session<'_>,
    entity: &Entity,
    row: RowId,
    column: &str,
) -> Result<Done, Fault> {
    let place = checked(session, entity, row, column)?;
    files::clear(&session.work, &place)?;
    Ok(no_content().into())
}

/// The column of the row, as far as the conditions of the request hold.
fn checked<'a>(
    session: &Session<'_>,
    entity: &'a Entity,
    row: RowId,
    column: &str,
) -> Result<Place<'a>, Fault> {
    let conditions = Conditions::of(&session.call.headers);
    conditions.check(entity, &Record::get(&session.work, entity, &row)?)?;
    Place::of(entity, row, column)
}

fn begin(session: &Session<'_>, place: &Place<'_>, name: &str) -> Result<Done, Fault> {
    let token = Upload::begin(&session.work, place, name)?;
    let path = session.call.path.split('?').next().unwrap_or_default();
    let location = format!(
        "{}{}?sessiontoken={token}",
        session.call.root,
        path.trim_start_matches('/')
    );
    let mut answer = no_content();
    answer.status = StatusCode::OK;
    let headers = [
        ("accept-ranges", "bytes"),
        ("location", location.as_str()),
        ("x-ms-chunk-size", &CHUNK.to_string()),
        (EXPOSED, "x-ms-chunk-size"),
    ];
    Ok(with_all(answer, &headers).into())
}

fn chunk(session: &Session<'_>, place: &Place<'_>, token: &str) -> Result<Done, Fault> {
    let upload = Upload::open(&session.work, token)?;
    let same = upload.place.row == place.row && upload.place.column.name == place.column.name;
    if !same || upload.place.entity.name() != place.entity.name() {
        return Err(Fault::bad_payload(
            "The token belongs to an upload to another column.",
        ));
    }
    let range = header(&session.call.headers, "content-range")
        .and_then(content_range)
        .ok_or_else(|| {
            Fault::bad_payload(
                "A chunk needs the header Content-Range: bytes <first>-<last>/<length of the file>.",
            )
        })?;
    let is_last = upload.chunk(&session.work, range, &session.call.body)?;
    let mut answer = no_content();
    if !is_last {
        answer.status = StatusCode::PARTIAL_CONTENT;
    }
    Ok(answer.into())
}

/// `bytes 0-4194303/18123456`
fn content_range(text: &str) -> Option<(u64, u64, u64)> {
    let (range, total) = text.trim().strip_prefix("bytes ")?.trim().split_once('/')?;
    let (first, last) = range.split_once('-')?;
    let (first, last, total) = (number(first)?, number(last)?, number(total)?);
    (first <= last && last < total).then_some((first, last, total))
}

/// GET: the content or a part of it, as it is behind `$value` and as JSON without. Of an image it is the thumbnail, unless
/// `size=full` asks for more.
pub(super) fn download(
    session: &Session<'_>,
    entity: &Entity,
    row: RowId,
    column: &str,
    raw: bool,
) -> Result<Done, Fault> {
    let place = Place::of(entity, row, column)?;
    let Some(kept) = files::find(&session.work, &place)? else {
        return Ok(no_content().into());
    };
    let full = session.options().get("size") == Some("full");
    let answer = if place.is_image() && !full {
        let bytes = kept.thumbnail.clone().unwrap_or_default();
        let kept = Kept {
            mime: "image/png".to_owned(),
            ..kept
        };
        let answer = content(&kept, StatusCode::OK, bytes);
        with(answer, EXPOSED, "x-ms-file-name; mimetype")
    } else if kept.whole {
        asked_for(session, &kept)?
    } else {
        return Ok(no_content().into());
    };
    Ok(if raw {
        answer
    } else {
        in_json(session, &place, answer)
    }
    .into())
}

/// The content, or the part that the request asks for.
fn asked_for(session: &Session<'_>, kept: &Kept) -> Result<Answer, Fault> {
    let size = kept.size.to_string();
    let (from, until) = match header(&session.call.headers, "range").and_then(|text| range(text, kept.size)) {
        None => {
            let bytes = files::part(session.work.connection, kept.id, 0, kept.size)?;
            let headers = [
                ("x-ms-file-size", size.as_str()),
                (EXPOSED, "x-ms-file-size; x-ms-file-name; mimetype"),
            ];
            return Ok(with_all(content(kept, StatusCode::OK, bytes), &headers));
        }
        Some(None) => {
            return Err(Fault::new(
                StatusCode::RANGE_NOT_SATISFIABLE,
                0x8004_0203,
                format!("The range lies behind the end of the file, which has {size} bytes."),
            ));
        }
        Some(Some(range)) => range,
    };
    let bytes = files::part(session.work.connection, kept.id, from, until - from)?;
    let headers = [
        ("x-ms-file-size", size.as_str()),
        ("x-ms-chunk-size", &CHUNK.to_string()),
        ("content-range", &format!("bytes {from}-{}/{size}", until - 1)),
        (
            EXPOSED,
            "x-ms-file-size; x-ms-file-name; x-ms-chunk-size; mimetype",
        ),
    ];
    Ok(with_all(
        content(kept, StatusCode::PARTIAL_CONTENT, bytes),
        &headers,
    ))
}

/// The same in JSON, as the value of the property: what clients of the service read.
fn in_json(session: &Session<'_>, place: &Place<'_>, answer: Answer) -> Answer {
    let context = format!(
        "{}$metadata#{}({})/{}",
        session.call.root,
        place.entity.table().entity_set.as_deref().unwrap_or_default(),
        place.row.id,
        place.column.name
    );
    let body = vec![
        ("@odata.context".to_owned(), Json::Text(context)),
        ("value".to_owned(), Json::Text(STANDARD.encode(&answer.body))),
    ];
    let mut told = json(answer.status, &Json::Object(body));
    let content_type = told.headers.remove("content-type");
    told.headers.extend(answer.headers);
    told.headers
        .extend(content_type.map(|value| (Some(http::header::CONTENT_TYPE), value)));
    told
}

fn content(kept: &Kept, status: StatusCode, bytes: Vec<u8>) -> Answer {
    // A header holds no other characters.
    let name = match kept.name.is_ascii() {
        true => kept.name.clone(),
        false => crate::odata::encode(&kept.name),
    };
    let answer = Answer {
        status,
        headers: HeaderMap::new(),
        body: Bytes::from(bytes),
    };
    // What no header can hold is no type either.
    let mime = match HeaderValue::from_str(&kept.mime) {
        Ok(_) => kept.mime.as_str(),
        Err(_) => "application/octet-stream",
    };
    let disposition = format!("attachment; filename=\"{}\"", name.replace(['"', '\\'], "_"));
    let headers = [
        // By this header clients know a file.
        ("content-disposition", disposition.as_str()),
        ("content-type", mime),
        ("mimetype", mime),
        ("x-ms-file-name", &name),
    ];
    with_all(answer, &headers)
}

/// The part that `bytes=0-4194303` means of a content of this length: from, and until before. None inside if it lies
/// outside; none at all if the header is none of one range, which is as if it weren't there.
fn range(text: &str, size: u64) -> Option<Option<(u64, u64)>> {
    let (first, last) = text.trim().strip_prefix("bytes=")?.split_once('-')?;
    let (from, until) = match (first.is_empty(), last.is_empty()) {
        (true, true) => return None,
        (true, false) => (size.saturating_sub(number(last)?), size),
        (false, true) => (number(first)?, size),
        (false, false) => (number(first)?, number(last)?.saturating_add(1).min(size)),
    };
    Some((from < until).then_some((from, until)))
}

/// Digits alone.
fn number(text: &str) -> Option<u64> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| digits)
}

fn header<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}

fn with_all(answer: Answer, headers: &[(&'static str, &str)]) -> Answer {
    headers
        .iter()
        .fold(answer, |answer, (name, value)| with(answer, name, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_as_the_header_means_them() {
        assert_eq!(range("bytes=0-3", 10), Some(Some((0, 4))));
        assert_eq!(range("bytes=4-", 10), Some(Some((4, 10))));
        assert_eq!(range("bytes=-3", 10), Some(Some((7, 10))));
        assert_eq!(range("bytes=-30", 10), Some(Some((0, 10))));
        assert_eq!(range("bytes=8-99", 10), Some(Some((8, 10))));
        for outside in ["bytes=10-", "bytes=10-12", "bytes=5-4", "bytes=-0"] {
            assert_eq!(range(outside, 10), Some(None), "{outside}");
        }
        for other in ["bytes=-", "bytes=a-b", "rows=1-2", "bytes=0-1,4-5", "bytes=+1-2"] {
            assert_eq!(range(other, 10), None, "{other}");
        }
        assert_eq!(content_range("bytes 0-3/10"), Some((0, 3, 10)));
        for wrong in [
            "bytes 4-3/10",
            "bytes 0-10/10",
            "bytes 0-3/*",
            "0-3/10",
            "bytes 0-3",
            "",
        ] {
            assert_eq!(content_range(wrong), None, "{wrong}");
        }
    }
}
