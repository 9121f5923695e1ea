//! Sending the body of an answer, whole or cut short.

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::time::Sleep;

/// How long the last bytes before a cut may take.
const LAST_BYTES: Duration = Duration::from_millis(50);

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
