//! From the answer to a batch to the answers to its operations.

use super::answers::{Answers, Outcome};
use super::request::ORIGIN;
use super::{Batch, Item, multipart};
use crate::message::Response;
use crate::{Code, DecodeError, Error, ServiceError};
use bytes::Bytes;
use http::{HeaderMap, StatusCode};

/// The outcomes so far.
pub(super) struct Reading {
    outcomes: Vec<Outcome>,
    /// The first item without an outcome.
    pub next: usize,
}

impl<C> Batch<C> {
    /// Reads the answer.
    ///
    /// # Errors
    /// If the batch was refused as a whole, or if the answer has no parts. What became of each operation,
    /// [`Answers::get`] says.
    pub fn read(self, response: &Response) -> Result<Answers, Error> {
        let mut reading = Reading::of(&self);
        reading.take(&self, response, false)?;
        Ok(reading.finish(self))
    }
}

impl Reading {
    pub fn of<C>(batch: &Batch<C>) -> Self {
        Self {
            outcomes: vec![Outcome::Unanswered; batch.operations.len()],
            next: 0,
        }
    }

    /// Whether there are operations without an outcome.
    #[cfg(feature = "client")]
    pub fn remains<C>(&self, batch: &Batch<C>) -> bool {
        let items = batch.items.iter().skip(self.next);
        items.into_iter().any(|item| !item.operations.is_empty())
    }

    pub fn finish<C>(self, batch: Batch<C>) -> Answers {
        Answers::of(batch, self.outcomes)
    }

    /// Takes the answer to the items from [`next`](Self::next) on. Afterwards all have an outcome, but for those behind one
    /// that turned out to be done: with `in_doubt`, an earlier attempt may have been carried out, and a create that finds
    /// its row there already ends the batch without having failed.
    pub fn take<C>(&mut self, batch: &Batch<C>, response: &Response, in_doubt: bool) -> Result<(), Error> {
        let Some(boundary) = multipart::boundary(&response.headers) else {
            return Err(if response.status.is_success() {
                DecodeError::missing("the answers in a batch").into()
            } else {
                Box::new(ServiceError::from_response(response, ORIGIN)).into()
            });
        };
        let mut parts = multipart::parts(&response.body, &boundary);
        while let Some(item) = batch.items.get(self.next) {
            self.next += 1;
            if item.operations.is_empty() {
                continue;
            }
            let Some(part) = parts.next() else {
                self.next = batch.items.len();
                break;
            };
            let Some(failed) = self.take_item(batch, item, &part, response) else {
                continue;
            };
            if in_doubt && self.settle(item, &failed) {
                if batch.continue_on_error {
                    continue;
                }
                break;
            }
            if !batch.continue_on_error {
                for outcome in &mut self.outcomes[item.operations.end..] {
                    *outcome = Outcome::NotReached(failed.at);
                }
                self.next = batch.items.len();
            }
        }
        Ok(())
    }

    /// Takes the answers to the operations of an item, and says whether it failed.
    fn take_item<C>(
        &mut self,
        batch: &Batch<C>,
        item: &Item,
        part: &Bytes,
        whole: &Response,
    ) -> Option<Failed> {
        let answers = answers(part, whole);
        let several = answers.len() > 1;
        let mut refused = None;
        for (place, (number, answer)) in answers.into_iter().enumerate() {
            let entries = &batch.operations[item.operations.clone()];
            let named = number.and_then(|number| entries.iter().position(|entry| entry.number == number));
            let at = named
                .or_else(|| (several || entries.len() == 1).then_some(place))
                .map(|place| item.operations.start + place)
                .filter(|at| item.operations.contains(at));
            if answer.status.is_success() {
                if let Some(at) = at {
                    self.outcomes[at] = Outcome::Answered(answer);
                }
            } else {
                refused.get_or_insert(Failed { at, answer });
            }
        }
        let failed = refused?;
        // One answer stands for a whole change set: what another operation of it did is undone.
        for at in item.operations.clone() {
            self.outcomes[at] = if Some(at) == failed.at {
                Outcome::Answered(failed.answer.clone())
            } else {
                Outcome::Undone(failed.at, failed.answer.clone())
            };
        }
        Some(failed)
    }

    /// Takes an item as done before, if it failed because what it creates is there already, and says whether it did. A batch
    /// in doubt was repeated, and so does nothing but read and create.
    fn settle(&mut self, item: &Item, failed: &Failed) -> bool {
        let error = ServiceError::from_response(&failed.answer, ORIGIN);
        let done = error.code() == Some(Code::DUPLICATE_RECORD);
        if done {
            for at in item.operations.clone() {
                self.outcomes[at] = Outcome::Answered(Response {
                    status: StatusCode::NO_CONTENT,
                    headers: HeaderMap::new(),
                    body: Bytes::new(),
                });
            }
        }
        done
    }
}

/// The refusal of an item, and the operation that it is about, where that is known.
struct Failed {
    at: Option<usize>,
    answer: Response,
}

/// The answers in a part, each with the number of its operation where it has one: those of a change set stand in a part that
/// has parts itself, but for a refusal, which may also stand alone.
fn answers(part: &Bytes, whole: &Response) -> Vec<(Option<u64>, Response)> {
    let parts = match multipart::boundary(&multipart::own_headers(part)) {
        Some(boundary) => multipart::parts(&multipart::content(part), &boundary).collect(),
        None => vec![part.clone()],
    };
    let read = |part: &Bytes| {
        let answer = multipart::with_headers_of(whole, multipart::response(part)?);
        Some((number(&multipart::own_headers(part)), answer))
    };
    parts.iter().filter_map(read).collect()
}

fn number(headers: &HeaderMap) -> Option<u64> {
    headers.get("content-id")?.to_str().ok()?.trim().parse().ok()
}
