//! Bodies: reading a request's within a limit, and sending an answer's, whole or cut short.

use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;
use hyper::body::{Body, Frame, Incoming, SizeHint};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

/// How long a body that was refused is still read, so that the client sees the answer before the connection closes.
const PATIENCE: Duration = Duration::from_secs(5);

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
    cut: bool,
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
            cut: false,
        }
    }

    /// So many bytes, though all are announced.
    pub(super) fn cut_after(body: &Bytes, bytes: usize) -> Self {
        Self {
            length: body.len() as u64,
            rest: body.slice(..bytes.min(body.len())),
            cut: true,
        }
    }
}

impl Body for Sent {
    type Data = Bytes;
    type Error = CutShort;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, CutShort>>> {
        let this = self.get_mut();
        if !this.rest.is_empty() {
            let data = std::mem::take(&mut this.rest);
            this.length -= data.len() as u64;
            if this.cut {
                // The bytes before the cut have to reach the wire first.
                context.waker().wake_by_ref();
            }
            return Poll::Ready(Some(Ok(Frame::data(data))));
        }
        Poll::Ready(this.cut.then_some(Err(CutShort)))
    }

    fn is_end_stream(&self) -> bool {
        !self.cut && self.rest.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.length)
    }
}
