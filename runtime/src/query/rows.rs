//! The rows of a query, page by page: one page in memory, the next fetched when it is needed.

use super::Count;
use super::asked::Asked;
use crate::decode::Page;
use crate::message::Request;
use crate::{Client, DecodeError, Error};
use futures_core::Stream;
use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// The rows of a query. A stream, which can be read without any other crate by [`try_next`](Self::try_next).
///
/// Dropping it ends the query.
#[must_use = "rows are fetched when they are asked for"]
pub struct Rows<R> {
    client: Client,
    asked: Asked,
    read: ReadPage<R>,
    state: State<R>,
    /// How many more rows are wanted.
    left: Option<usize>,
    /// Rows at the beginning of the next page that were read before.
    skip: usize,
    /// The address of the page being read. `None`: the first.
    address: Option<String>,
    /// How many rows of that page have been given.
    given: usize,
    total: Option<Count>,
    /// Where the changes after the last page are, for rows that are changes.
    later: Option<String>,
}

/// Reads a page.
pub(crate) type ReadPage<R> = fn(&[u8]) -> Result<Page<R>, DecodeError>;

type Fetching<R> = Pin<Box<dyn Future<Output = Result<Page<R>, Error>> + Send>>;

enum State<R> {
    Fetching(Fetching<R>),
    Reading {
        rows: std::vec::IntoIter<R>,
        next: Option<String>,
    },
    Ended,
}

/// A place between two rows of a query, to go on from later: see [`Rows::position`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    address: Option<String>,
    given: usize,
}

/// The text of a [`Position`]: how many rows of a page were read, and the page's address.
impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} {}",
            self.given,
            self.address.as_deref().unwrap_or_default()
        )
    }
}

impl std::str::FromStr for Position {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (given, address) = text.split_once(' ').unwrap_or((text, ""));
        Ok(Self {
            given: given.parse()?,
            address: (!address.is_empty()).then(|| address.to_owned()),
        })
    }
}

impl<R: Send + 'static> Rows<R> {
    pub(crate) fn new(
        client: Client,
        asked: impl Into<Asked>,
        read: ReadPage<R>,
        from: Option<Position>,
    ) -> Self {
        let mut asked = asked.into();
        let from = from.unwrap_or(Position {
            address: None,
            given: 0,
        });
        let request = asked.begin(from.address.as_deref());
        let state = State::Fetching(match request {
            Ok(request) => fetch(client.clone(), request, read),
            Err(invalid) => Box::pin(async { Err(Error::Invalid(invalid)) }),
        });
        Self {
            client,
            left: asked.top(),
            asked,
            read,
            state,
            skip: from.given,
            address: from.address,
            given: 0,
            total: None,
            later: None,
        }
    }

    /// Where the page begins that is being read, or after the last one the changes that come later.
    pub(super) fn page_position(&self) -> Position {
        Position {
            address: self.address.clone(),
            given: 0,
        }
    }

    /// The next row. `None`: there are no more.
    ///
    /// # Errors
    /// If the query [would be refused](super::Query::verify); as [`Client::execute`] for each page; if a page doesn't hold
    /// what `R` reads; if the service gives the same page again. There are no rows after an error.
    pub async fn try_next(&mut self) -> Result<Option<R>, Error> {
        poll_fn(|context| self.poll(context)).await.transpose()
    }

    /// Where the rows that were given end. A program that has stored it goes on from there with
    /// [`Query::resume`](super::Query::resume), as long as the service keeps the page's address.
    pub fn position(&self) -> Position {
        Position {
            address: self.address.clone(),
            given: self.given + self.skip,
        }
    }

    /// How many rows there are on all pages, if [`Query::with_total`](super::Query::with_total) asked for it. It is known
    /// once the first row has been read.
    pub fn total(&self) -> Option<Count> {
        self.total
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<R, Error>>> {
        loop {
            if self.left == Some(0) {
                self.state = State::Ended;
            }
            match &mut self.state {
                State::Ended => return Poll::Ready(None),
                State::Fetching(fetching) => match ready!(fetching.as_mut().poll(context)) {
                    Ok(page) => {
                        let next = match self.asked.next(&page) {
                            Ok(next) => next,
                            Err(error) => {
                                self.state = State::Ended;
                                return Poll::Ready(Some(Err(error.into())));
                            }
                        };
                        self.total = page.total().or(self.total);
                        self.later = page.delta_link;
                        let mut rows = page.rows.into_iter();
                        self.given = std::mem::take(&mut self.skip);
                        if self.given > 0 {
                            rows.nth(self.given - 1);
                        }
                        self.state = State::Reading { rows, next };
                    }
                    Err(error) => {
                        self.state = State::Ended;
                        return Poll::Ready(Some(Err(error)));
                    }
                },
                State::Reading { rows, next } => match (rows.next(), next.take()) {
                    (Some(row), kept) => {
                        *next = kept;
                        self.given += 1;
                        self.left = self.left.map(|left| left - 1);
                        return Poll::Ready(Some(Ok(row)));
                    }
                    (None, Some(address)) => {
                        if self.address.as_ref() == Some(&address) {
                            self.state = State::Ended;
                            return Poll::Ready(Some(Err(Error::SamePage { address })));
                        }
                        self.state =
                            State::Fetching(fetch(self.client.clone(), self.asked.page(&address), self.read));
                        self.address = Some(address);
                        self.given = 0;
                    }
                    (None, None) => {
                        if let Some(later) = self.later.take() {
                            self.address = Some(later);
                            self.given = 0;
                        }
                        self.state = State::Ended;
                    }
                },
            }
        }
    }
}

fn fetch<R: 'static>(client: Client, request: Request, read: ReadPage<R>) -> Fetching<R> {
    Box::pin(async move {
        let response = client.execute(request).await?;
        Ok(read(&response.body)?)
    })
}

// No field is ever pinned: the future is in a box of its own.
impl<R> Unpin for Rows<R> {}

impl<R: Send + 'static> Stream for Rows<R> {
    type Item = Result<R, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

impl<R> fmt::Debug for Rows<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rows")
            .field("given", &self.given)
            .field("left", &self.left)
            .finish_non_exhaustive()
    }
}
