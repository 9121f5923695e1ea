//! Files in blocks: the messages by which contents of any length are uploaded and downloaded.

use super::Invocation;
use super::response::{complex, number, text};
use crate::Fault;
use crate::json::Json;
use crate::rows::files::{self, CHUNK, Place, Upload};
use crate::session::{Done, Session, no_content};
use crate::store::guid;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::StatusCode;
use uuid::Uuid;

pub(super) fn begin(session: &Session<'_>, invocation: &Invocation<'_>) -> Result<Done, Fault> {
    let place = place(invocation)?;
    let name = invocation.text("FileName")?;
    let token = Upload::begin(&session.work, &place, name)?;
    let members = vec![("FileContinuationToken", text(token))];
    Ok(complex(session, "InitializeFileBlocksUploadResponse", members))
}

pub(super) fn block(session: &Session<'_>, invocation: &Invocation<'_>) -> Result<Done, Fault> {
    let upload = Upload::open(&session.work, invocation.text("FileContinuationToken")?)?;
    let id = invocation.text("BlockId")?;
    const LONGEST: usize = 64;
    if !STANDARD
        .decode(id)
        .is_ok_and(|id| !id.is_empty() && id.len() <= LONGEST)
    {
        return Err(invalid(&format!(
            "The BlockId has to be the base64 of 1 to {LONGEST} bytes."
        )));
    }
    let data = STANDARD.decode(invocation.text("BlockData")?).map_err(|_| {
        Fault::bad_payload("Cannot convert the value of 'BlockData' to the expected type 'Edm.Binary'.")
    })?;
    upload.block(&session.work, id, &data)?;
    Ok(no_content().into())
}

pub(super) fn commit(session: &Session<'_>, invocation: &Invocation<'_>) -> Result<Done, Fault> {
    let upload = Upload::open(&session.work, invocation.text("FileContinuationToken")?)?;
    let blocks: Vec<String> = invocation.parameter("BlockList")?;
    let name = invocation.text("FileName")?;
    let mime = invocation.text("MimeType")?;
    let (id, size) = upload.commit(&session.work, &blocks, name, mime)?;
    let members = vec![("FileId", text(id)), ("FileSizeInBytes", number(size))];
    Ok(complex(session, "CommitFileBlocksUploadResponse", members))
}

pub(super) fn open(session: &Session<'_>, invocation: &Invocation<'_>) -> Result<Done, Fault> {
    let place = place(invocation)?;
    let kept = files::find(&session.work, &place)?
        .filter(|kept| kept.whole)
        .ok_or_else(|| missing(&place))?;
    let members = vec![
        ("FileSizeInBytes", number(kept.size)),
        ("FileName", text(&kept.name)),
        ("FileContinuationToken", text(STANDARD.encode(kept.id.as_bytes()))),
        ("IsChunkingSupported", Json::Bool(true)),
    ];
    Ok(complex(session, "InitializeFileBlocksDownloadResponse", members))
}

pub(super) fn part(session: &Session<'_>, invocation: &Invocation<'_>) -> Result<Done, Fault> {
    let token = invocation.text("FileContinuationToken")?;
    let id = STANDARD
        .decode(token)
        .ok()
        .and_then(|bytes| Uuid::from_slice(&bytes).ok())
        .ok_or_else(|| invalid("The token of the download is not valid."))?;
    let place = files::find_by_id(&session.work, id)?;
    let kept = files::find(&session.work, &place)?.ok_or_else(|| missing(&place))?;
    let from: u64 = invocation.parameter("Offset")?;
    let length: u64 = invocation.parameter("BlockLength")?;
    if length > CHUNK as u64 {
        return Err(invalid(&format!(
            "The BlockLength of a download can't be more than {CHUNK}."
        )));
    }
    if from >= kept.size && kept.size > 0 {
        return Err(invalid(&format!(
            "The Offset lies behind the end of the file, which has {} bytes.",
            kept.size
        )));
    }
    let data = files::part(session.work.connection, kept.id, from, length)?;
    let members = vec![("Data", text(STANDARD.encode(data)))];
    Ok(complex(session, "DownloadBlockResponse", members))
}

pub(super) fn delete(session: &Session<'_>, invocation: &Invocation<'_>) -> Result<Done, Fault> {
    let id = guid(invocation.text("FileId")?)
        .ok_or_else(|| Fault::bad_payload("The parameter 'FileId' has to be a GUID."))?;
    let place = files::find_by_id(&session.work, id)?;
    files::clear(&session.work, &place)?;
    Ok(no_content().into())
}

/// The column that `Target` and `FileAttributeName` mean.
fn place<'a>(invocation: &Invocation<'a>) -> Result<Place<'a>, Fault> {
    let (entity, row) = invocation.referred("Target")?;
    Place::of(entity, row, invocation.text("FileAttributeName")?)
}

fn missing(place: &Place<'_>) -> Fault {
    let kind = if place.is_image() { "image" } else { "file" };
    Fault::new(
        StatusCode::NOT_FOUND,
        0x8004_0217,
        format!(
            "No FileAttachment records found for {kind} attribute: {} of {} record with id {}.",
            place.column.name,
            place.entity.name(),
            place.row.id
        ),
    )
}

fn invalid(what: &str) -> Fault {
    Fault::new(StatusCode::BAD_REQUEST, 0x8004_0203, what)
}
