//! Reading the bodies of requests within bounds: how long one is, how much of all is held at once, how long a sender takes.

use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;
use hyper::body::{Body, Incoming};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::time::Instant;

/// How long a body that was refused is still read, so that the client sees the answer before the connection closes.
const REFUSED: Duration = Duration::from_secs(5);

/// How many bytes a second a sender must reach in the long run. Web servers ask for about this much.
const SLOWEST: f64 = 240.0;

/// What takes bodies in.
#[derive(Debug)]
pub(super) struct Intake {
    /// The longest body, in bytes.
    longest: usize,
    /// The most bytes of all bodies at once.
    most: usize,
    /// How long a sender may pause.
    patience: Duration,
    held: Arc<AtomicUsize>,
}

/// A body that was read. Its bytes count until this is dropped.
#[derive(Debug)]
pub(super) struct Held {
    pub(super) bytes: Bytes,
    _share: Share,
}

/// Why a body wasn't read.
#[derive(Debug)]
pub(super) enum Unread {
    /// It is longer than allowed.
    TooLong,
    /// Too much is held already.
    Busy,
    /// The sender pauses too long, or sends too slowly.
    Slow,
    /// The connection broke, or the client's framing.
    Broken,
}

impl Intake {
    pub(super) fn new(longest: usize, patience: Duration) -> Self {
        Self {
            longest,
            most: longest.saturating_mul(4),
            patience,
            held: Arc::default(),
        }
    }

    pub(super) fn patience(&self) -> Duration {
        self.patience
    }

    /// Reads a body of at most `longest` bytes, or of fewer than is allowed otherwise.
    pub(super) async fn read(&self, mut body: Incoming, longest: usize) -> Result<Held, Unread> {
        let longest = longest.min(self.longest);
        let read = self.within(&mut body, longest).await;
        if matches!(read, Err(Unread::TooLong | Unread::Busy)) {
            discard(body);
        }
        read
    }

    /// Reads the longest body that is allowed.
    pub(super) async fn read_all(&self, body: Incoming) -> Result<Held, Unread> {
        self.read(body, self.longest).await
    }

    async fn within(&self, body: &mut Incoming, longest: usize) -> Result<Held, Unread> {
        if body.size_hint().lower() > longest as u64 {
            return Err(Unread::TooLong);
        }
        let mut share = Share {
            size: 0,
            held: self.held.clone(),
        };
        let mut read = BytesMut::new();
        let started = Instant::now();
        loop {
            let pause = Instant::now() + self.patience;
            let slowest = Duration::from_secs_f64(read.len() as f64 / SLOWEST);
            let until = pause.min(started + self.patience + slowest);
            let frame = match tokio::time::timeout_at(until, body.frame()).await {
                Err(_) => return Err(Unread::Slow),
                Ok(None) => break,
                Ok(Some(frame)) => frame.map_err(|_| Unread::Broken)?,
            };
            let Some(data) = frame.data_ref() else { continue };
            if read.len() + data.len() > longest {
                return Err(Unread::TooLong);
            }
            share.grow(data.len(), self.most)?;
            read.extend_from_slice(data);
        }
        Ok(Held {
            bytes: read.freeze(),
            _share: share,
        })
    }
}

/// A body's part of what is held.
#[derive(Debug)]
struct Share {
    size: usize,
    held: Arc<AtomicUsize>,
}

impl Share {
    fn grow(&mut self, by: usize, most: usize) -> Result<(), Unread> {
        // The number alone is shared, nothing that it would have to be in order with.
        let before = self.held.fetch_add(by, Ordering::Relaxed);
        self.size += by;
        if before.saturating_add(by) > most {
            return Err(Unread::Busy);
        }
        Ok(())
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        self.held.fetch_sub(self.size, Ordering::Relaxed);
    }
}

/// Reads what comes and keeps nothing.
pub(super) fn discard(mut body: Incoming) {
    tokio::spawn(async move {
        let all = async { while let Some(Ok(_)) = body.frame().await {} };
        // Whoever is still sending by then gets a closed connection.
        let _ = tokio::time::timeout(REFUSED, all).await;
    });
}
