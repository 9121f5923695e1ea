//! Some rows of a bulk that go by one request, and what becomes of them.

use super::message::Message;
use super::target::{self, Ready};
use crate::message::Request;
use crate::pending::{Content, Draft};
use crate::{Client, Error, InvalidRequest, ServiceError, Uuid};
use std::ops::Range;

/// What a bulk does, without its types.
#[derive(Clone, Copy, Debug)]
pub(super) struct Job {
    pub(super) message: Message,
    /// The message to the table, but for its rows.
    pub(super) draft: fn(Message, bool) -> Draft,
    pub(super) elastic: bool,
}

/// Neighbouring rows of a bulk.
#[derive(Debug)]
pub(super) struct Chunk {
    /// The position of the first.
    pub(super) begin: usize,
    pub(super) targets: Vec<Ready>,
}

/// What became of neighbouring rows: they are done, with the ids of those that were created, or failed for good.
pub(super) type Done = (Range<usize>, Result<Vec<Uuid>, Error>);

/// What became of a chunk.
#[derive(Debug, Default)]
pub(super) struct Settled {
    pub(super) parts: Vec<Done>,
    /// Rows that go once more.
    pub(super) again: Vec<Chunk>,
}

impl Job {
    fn request(self, chunk: &Chunk) -> Result<Request, InvalidRequest> {
        let mut draft = (self.draft)(self.message, chunk.ids().is_some());
        draft.content = Content::Json(target::body_of(&chunk.targets));
        draft.request()
    }

    /// Sends a chunk. `split`: rows of a refused chunk go once more, fewer at a time, until those are found that are refused.
    pub(super) async fn send(self, client: Client, chunk: Chunk, split: bool) -> Settled {
        let sent = match self.request(&chunk) {
            Ok(request) => client.execute(request).await,
            Err(invalid) => Err(invalid.into()),
        };
        let ids = sent.and_then(|response| match self.message {
            Message::Create => super::answer::created_ids(chunk.ids(), &response),
            _ => Ok(Vec::new()),
        });
        match ids {
            Err(Error::Service(error)) if chunk.targets.len() > 1 => self.refused(chunk, error, split),
            settled => Settled {
                parts: vec![(chunk.rows(), settled)],
                again: Vec::new(),
            },
        }
    }

    fn refused(self, chunk: Chunk, error: Box<ServiceError>, split: bool) -> Settled {
        if self.elastic
            && let Some(failed) = error.failed_rows()
            && failed.iter().all(|failed| failed.position < chunk.targets.len())
            && !failed.is_empty()
        {
            let failed: Vec<usize> = failed.iter().map(|failed| failed.position).collect();
            return chunk.without(&failed, self.message);
        }
        // In an elastic table rows before the one that failed are written.
        if split && !self.elastic && may_be_of_a_row(&error) {
            return Settled {
                parts: Vec::new(),
                again: chunk.halves(),
            };
        }
        Settled {
            parts: vec![(chunk.rows(), Err(error.into()))],
            again: Vec::new(),
        }
    }
}

/// Whether fewer rows could fare better: not where the service refuses the user, or is too busy for anything.
fn may_be_of_a_row(error: &ServiceError) -> bool {
    let refused_user = matches!(error.status().as_u16(), 401 | 403);
    !(refused_user || error.is_throttled() || error.may_have_been_done())
}

impl Chunk {
    pub(super) fn rows(&self) -> Range<usize> {
        self.begin..self.begin + self.targets.len()
    }

    /// The ids of its rows, if all are known.
    fn ids(&self) -> Option<Vec<Uuid>> {
        self.targets.iter().map(|target| target.id).collect()
    }

    fn halves(mut self) -> Vec<Self> {
        let middle = self.targets.len() / 2;
        let later = Self {
            begin: self.begin + middle,
            targets: self.targets.split_off(middle),
        };
        vec![self, later]
    }

    /// The rows that failed each by itself once more, which tells why; all others are done.
    fn without(self, failed: &[usize], message: Message) -> Settled {
        let mut settled = Settled::default();
        let mut done: Option<(Range<usize>, Option<Vec<Uuid>>)> = None;
        for (at, target) in self.targets.into_iter().enumerate() {
            let position = self.begin + at;
            if failed.contains(&at) {
                settled.parts.extend(done.take().map(|done| known(done, message)));
                settled.again.push(Self {
                    begin: position,
                    targets: vec![target],
                });
                continue;
            }
            let (rows, ids) = done.get_or_insert_with(|| (position..position, Some(Vec::new())));
            rows.end = position + 1;
            match (target.id, &mut *ids) {
                (Some(id), Some(ids)) => ids.push(id),
                _ => *ids = None,
            }
        }
        settled.parts.extend(done.map(|done| known(done, message)));
        settled
    }
}

/// What is known of rows that are done where the answer names only those that aren't.
fn known((rows, ids): (Range<usize>, Option<Vec<Uuid>>), message: Message) -> Done {
    let ids = match (message, ids) {
        (Message::Create, Some(ids)) => Ok(ids),
        (Message::Create, None) => {
            Err(crate::DecodeError::missing("the ids of the new rows, of which others failed").into())
        }
        _ => Ok(Vec::new()),
    };
    (rows, ids)
}
