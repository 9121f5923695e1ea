//! Contents on their way down: images whole, files part by part.

use super::{Download, FileColumn};
use crate::client::Sink;
use crate::message::Response;
use crate::text::percent_decoded;
use crate::{DecodeError, Error};
use bytes::Bytes;
use http::StatusCode;

/// The most bytes of one part.
const PART: u64 = 4 * 1024 * 1024;

impl FileColumn {
    /// The contents. `None`: the column is empty.
    ///
    /// # Errors
    /// As [`download_to`](Self::download_to).
    pub async fn download(&self) -> Result<Option<Download>, Error> {
        let mut content = Vec::new();
        let Some(about) = self.download_to(&mut content).await? else {
            return Ok(None);
        };
        Ok(Some(Download {
            name: about.name,
            mime_type: about.mime_type,
            length: about.length,
            content: Bytes::from(content),
        }))
    }

    /// The contents, into a sink: a file comes in parts of 4 MiB, each of which is asked for again if it is lost on the way, so
    /// that memory stays the same however large it is. `None`: the column is empty, and the sink wasn't begun.
    ///
    /// # Errors
    /// As [`Client::execute`](crate::Client::execute); if the sink can't take it; if the file is replaced by another one while
    /// it comes.
    pub async fn download_to(&self, sink: &mut dyn Sink) -> Result<Option<Download<()>>, Error> {
        let first = match self.part(0).await {
            // An empty file has no first part.
            Err(Error::Service(refused)) if refused.status() == StatusCode::RANGE_NOT_SATISFIABLE => {
                self.client.execute(self.place.download(self.full, None)).await?
            }
            answered => answered?,
        };
        if first.status == StatusCode::NO_CONTENT {
            return Ok(None);
        }
        let full = |source| Error::Sink { source };
        sink.start().map_err(full)?;
        sink.write(&first.body).map_err(full)?;
        let mut taken = first.body.len() as u64;
        let total = match first.status {
            StatusCode::PARTIAL_CONTENT => total(&first)?,
            _ => taken,
        };
        while taken < total {
            let next = self.part(taken).await?;
            let is_same = next.status == StatusCode::PARTIAL_CONTENT && self::total(&next)? == total;
            if !is_same || next.body.is_empty() {
                let expected = format!("the rest of a file of {total} bytes, from {taken} on");
                return Err(DecodeError::mismatch(&expected, "another file, or none").into());
            }
            sink.write(&next.body).map_err(full)?;
            taken += next.body.len() as u64;
        }
        let text = |name: &str| first.header(name).map(str::to_owned);
        Ok(Some(Download {
            // What a header can't hold is percent-encoded.
            name: text("x-ms-file-name").map(|name| percent_decoded(&name).unwrap_or(name)),
            mime_type: text("mimetype").or_else(|| text("content-type")),
            length: total,
            content: (),
        }))
    }

    /// The contents from this place on, as many as go at once.
    async fn part(&self, from: u64) -> Result<Response, Error> {
        let range = (!self.place.is_image).then(|| (from, from + PART - 1));
        self.client.execute(self.place.download(self.full, range)).await
    }
}

/// How many bytes the whole file has of which this is a part.
fn total(part: &Response) -> Result<u64, DecodeError> {
    let ranged = part
        .header("content-range")
        .and_then(|range| range.rsplit('/').next());
    let told = ranged.and_then(|total| total.trim().parse().ok());
    let size = || part.header("x-ms-file-size")?.trim().parse().ok();
    told.or_else(size)
        .ok_or_else(|| DecodeError::missing("the size of the file").inside("Content-Range"))
}
