//! Several things at once, without a task of their own: dropping them ends them.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll};

/// Futures that are carried on together, by whoever asks for the next that is done.
pub(crate) struct UnderWay<O>(Vec<Pin<Box<dyn Future<Output = O> + Send>>>);

impl<O> UnderWay<O> {
    pub(crate) fn new() -> Self {
        Self(Vec::new())
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn push(&mut self, begun: impl Future<Output = O> + Send + 'static) {
        self.0.push(Box::pin(begun));
    }

    /// What the next one gives that is done. `None`: there are none.
    ///
    /// There are as many as the service takes requests at once, so that asking each is cheap.
    pub(crate) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<O>> {
        if self.0.is_empty() {
            return Poll::Ready(None);
        }
        for at in 0..self.0.len() {
            if let Poll::Ready(given) = self.0[at].as_mut().poll(context) {
                drop(self.0.swap_remove(at));
                return Poll::Ready(Some(given));
            }
        }
        Poll::Pending
    }

    /// The same as a future.
    pub(crate) async fn next(&mut self) -> Option<O> {
        poll_fn(|context| self.poll(context)).await
    }
}
