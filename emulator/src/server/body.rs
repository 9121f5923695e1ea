//! Bodies: reading a request's within a limit, and sending an answer's, whole or cut short.

use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;
use hyper::body::{Body, Frame, Incoming, SizeHint};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::time::Sleep;

/// How long a body that was refused is still read, so that the client sees the answer before the connection closes.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long the last bytes before a cut may take.
const LAST_BYTES: Duration = Duration::from_millis(50);

/// Why a body wasn't read.
#[derive(Debug)]
pub(super) enum Unread {
    /// It is longer than allowed.
    TooLong,
    /// The connection broke, or the client's framing.
    Broken,
}

/// Reads a body of at most `most` bytes. Of a longer one no more than that is ever held.
pub(super) async fn read(mut body: Incoming, most: usize) -> Result<Bytes, Unread> {
    let announced = body.size_hint().lower();
    if announced > most as u64 {
        discard(body);
        return Err(Unread::TooLong);
    }
    let mut read = BytesMut::new();
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| Unread::Broken)?;
        if let Some(data) = frame.data_ref() {
            if read.len() + data.len() > most {
                discard(body);
                return Err(Unread::TooLong);
            }
            read.extend_from_slice(data);
        }
    }
    Ok(read.freeze())
}

/// Reads what comes and keeps nothing.
pub(super) fn discard(mut body: Incoming) {
    tokio::spawn(async move {
        let all = async { while let Some(Ok(_)) = body.frame().await {} };
        // Whoever is still sending by then gets a closed connection.
        let _ = tokio::time::timeout(PATIENCE, all).await;
    });
}

/// The body of an answer.
#[derive(Debug)]
pub(super) struct Sent {
    rest: Bytes,
    /// The connection is cut when this is over, so that the bytes before it reach the wire.
    cut: Option<Pin<Box<Sleep>>>,
    length: u64,
}

/// The connection is to be cut.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the connection is cut, as was asked for")]
pub(super) struct CutShort;

impl Sent {
    /// All of it.
    pub(super) fn whole(body: Bytes) -> Self {
        Self {
            length: body.len() as u64,
            rest: body,
            cut: None,
        }
    }

    /// So many bytes, though all are announced.
    pub(super) fn cut_after(body: &Bytes, bytes: usize) -> Self {
        Self {
            length: body.len() as u64,
            rest: body.slice(..bytes.min(body.len())),
            cut: Some(Box::pin(tokio::time::sleep(LAST_BYTES))),
        }
    }
}

impl Body for Sent {
    type Data = Bytes;
    type Error = CutShort;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, CutShort>>> {
        if !self.rest.is_empty() {
            let data = std::mem::take(&mut self.rest);
            self.length -= data.len() as u64;
            return Poll::Ready(Some(Ok(Frame::data(data))));
        }
        match &mut self.cut {
            Some(pause) => pause.as_mut().poll(context).map(|()| Some(Err(CutShort))),
            None => Poll::Ready(None),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.cut.is_none() && self.rest.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.length)
    }
}
