//! A bulk under way: requests side by side, and what comes of them as it comes.

use super::chunk::{Chunk, Done, Job, Settled};
use super::target::{Ready, Target};
use crate::client::UnderWay;
use crate::{Client, Error, Uuid};
use futures_core::Stream;
use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::ops::Range;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// What became of some rows of a bulk.
#[derive(Debug)]
#[non_exhaustive]
pub struct BulkPart<V> {
    /// Which rows, by their positions in what the bulk was given, from 0 on.
    pub rows: Range<usize>,
    /// What they gave, in their order, or why none of them was written.
    pub result: Result<Vec<V>, Error>,
}

/// The parts of a bulk, in the order in which they are done. A stream, which can be read without any other crate by
/// [`next`](Self::next).
///
/// Each row is in exactly one part. Rows are taken from where they come as requests go out. Dropping it ends the bulk:
/// nothing more is sent, and of requests under way nobody knows.
#[must_use = "nothing is sent until parts are asked for"]
pub struct BulkParts<'r, V> {
    client: Client,
    job: Job,
    size: usize,
    split: bool,
    source: Source<'r>,
    /// Rows that go once more. They go before others.
    again: VecDeque<Chunk>,
    under_way: UnderWay<Settled>,
    done: VecDeque<Done>,
    values: Values<V>,
}

/// What so many rows give, of which those that were created have these ids.
pub(super) type Values<V> = fn(usize, Vec<Uuid>) -> Vec<V>;

/// The rows that were not sent yet.
struct Source<'r> {
    rows: Box<dyn Iterator<Item = Target> + Send + 'r>,
    /// The position of the next.
    next: usize,
}

/// A request isn't made longer than this by more rows, in bytes.
const LONGEST: usize = 4 * 1024 * 1024;

impl Source<'_> {
    /// The next rows that go by one request. Those that the service would refuse are done already: a chunk ends before one.
    /// `None`: there are no more rows, or so many of these that they are to be told first.
    fn chunk(&mut self, size: usize, done: &mut VecDeque<Done>) -> Option<Chunk> {
        let mut chunk = Chunk {
            begin: self.next,
            targets: Vec::new(),
        };
        let mut length = 0;
        while chunk.targets.len() < size && length < LONGEST && done.len() < size {
            let Some(target) = self.rows.next() else {
                break;
            };
            let position = self.next;
            self.next += 1;
            match target.problem() {
                None => {
                    let ready = Ready::from(target);
                    length += ready.json.len();
                    chunk.targets.push(ready);
                }
                Some(problem) => {
                    done.push_back((position..position + 1, Err(problem.into())));
                    if !chunk.targets.is_empty() {
                        break;
                    }
                    chunk.begin = self.next;
                }
            }
        }
        (!chunk.targets.is_empty()).then_some(chunk)
    }
}

impl<'r, V> BulkParts<'r, V> {
    pub(super) fn new(
        client: Client,
        job: Job,
        rows: Box<dyn Iterator<Item = Target> + Send + 'r>,
        (size, split): (usize, bool),
        values: Values<V>,
    ) -> Self {
        Self {
            client,
            job,
            size,
            split,
            source: Source { rows, next: 0 },
            again: VecDeque::new(),
            under_way: UnderWay::new(),
            done: VecDeque::new(),
            values,
        }
    }

    /// What became of the next rows. `None`: of all rows it has been said.
    pub async fn next(&mut self) -> Option<BulkPart<V>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// How many rows were taken from where they come.
    pub fn taken(&self) -> usize {
        self.source.next
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<BulkPart<V>>> {
        loop {
            if let Some((rows, ids)) = self.done.pop_front() {
                let count = rows.len();
                let result = ids.map(|ids| (self.values)(count, ids));
                return Poll::Ready(Some(BulkPart { rows, result }));
            }
            self.fill();
            if !self.done.is_empty() {
                continue;
            }
            match ready!(self.under_way.poll(context)) {
                Some(settled) => {
                    self.again.extend(settled.again);
                    self.done.extend(settled.parts);
                }
                None => return Poll::Ready(None),
            }
        }
    }

    /// Sends as much as goes at once. One more waits for its turn, so that no turn is missed.
    fn fill(&mut self) {
        while self.under_way.len() <= self.client.at_once() {
            let again = self.again.pop_front();
            let Some(chunk) = again.or_else(|| self.source.chunk(self.size, &mut self.done)) else {
                return;
            };
            let sending = self.job.send(self.client.clone(), chunk, self.split);
            self.under_way.push(sending);
        }
    }
}

// No field is ever pinned: the futures are in boxes of their own.
impl<V> Unpin for BulkParts<'_, V> {}

impl<V> Stream for BulkParts<'_, V> {
    type Item = BulkPart<V>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

impl<V> fmt::Debug for BulkParts<'_, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BulkParts")
            .field("job", &self.job)
            .field("taken", &self.source.next)
            .field("under_way", &self.under_way.len())
            .finish_non_exhaustive()
    }
}
