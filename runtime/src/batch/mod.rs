//! `$batch`: many operations in one request, and change sets, which are carried out as a whole or not at all
//! (<https://learn.microsoft.com/power-apps/developer/data-platform/webapi/execute-batch-operations-using-web-api>).
//!
//! What stands in a batch is what a client sends otherwise: the same writes, calls and reads with the same checks and options,
//! which aren't awaited but added. Each gives a [`Handle`], and that gives the answer:
//!
#![cfg_attr(
    all(any(doc, doctest), feature = "client"),
    doc = "
```
# use crm::{account::Account, contact::Contact, prelude::*};
# #[derive(Row)]
# #[row(table = Contact)]
# struct Person { fullname: Option<String> }
# async fn example(client: Client) -> Result<(), Error> {
let mut batch = client.batch();
let mut set = batch.change_set();
let account = set.create(Account, |a| a.name.set(\"Contoso\"));
let contact = set.create(Contact, |c| (c.lastname.set(\"Ray\"), c.parentcustomerid.bind(account.reference())));
let people = batch.add(client.query::<Person>().filter(|c| c.lastname.eq(\"Ray\")));

let answers = batch.send().await?;
let (account, contact): (Id<Account>, Id<Contact>) = (answers.get(account)?, answers.get(contact)?);
println!(\"{account} and {contact}, one of {}\", answers.get(people)?.rows.len());
# Ok(())
# }
```
"
)]
//!
//! Operations are carried out in order. Without [`continue_on_error`](Batch::continue_on_error) the first failure ends the
//! batch: what stands before it is done, what stands behind it isn't.

mod answers;
#[cfg(feature = "client")]
mod client;
mod handle;
pub(crate) mod multipart;
mod part;
mod reading;
pub(crate) mod reference;
mod request;
mod set;
mod write;

use crate::InvalidRequest;
use crate::message::{Origin, Request};
use crate::pending::{Draft, Offline};
pub use answers::Answers;
pub use handle::{Alone, CreatedRow, GivesRow, Handle, InChangeSet};
pub use part::{Change, InBatch};
#[doc(hidden)]
pub use part::{Changes, Maker, Part};
pub use set::ChangeSet;
use std::ops::Range;
#[cfg(feature = "client")]
pub(crate) use write::{Inner, Multipart};

/// How many operations a batch takes, those in change sets among them.
const MOST_OPERATIONS: usize = 1_000;
/// Where batches are sent.
pub(crate) const PATH: &str = "$batch";
/// The longest URL that the service takes inside of a batch.
pub(crate) const LONGEST_URL: usize = 65_536;

/// Operations that are sent together. Made by [`Client::batch`](crate::Client::batch) it is sent by [`Batch::send`]; without a
/// client, made by [`Batch::new`], it is a request as text, and reads the answer that somebody else got.
#[must_use = "nothing is done until it is sent"]
#[derive(Debug)]
pub struct Batch<C = Offline> {
    operations: Vec<Entry>,
    items: Vec<Item>,
    continue_on_error: bool,
    client: C,
}

/// An operation of a batch.
#[derive(Debug)]
struct Entry {
    number: u64,
    request: Result<Request, InvalidRequest>,
    draft: Option<Draft>,
    kept: Option<part::Kept>,
    origin: Origin,
}

/// One operation, or those of a change set.
#[derive(Clone, Debug)]
struct Item {
    operations: Range<usize>,
    is_set: bool,
}

impl Batch {
    /// A batch without a client.
    pub fn new() -> Self {
        Self::with_client(Offline)
    }
}

impl Default for Batch {
    fn default() -> Self {
        Self::new()
    }
}

impl<C: Maker> Batch<C> {
    fn with_client(client: C) -> Self {
        Self {
            operations: Vec::new(),
            items: Vec::new(),
            continue_on_error: false,
            client,
        }
    }

    /// Goes on behind an operation that fails. Change sets stay all or nothing.
    pub fn continue_on_error(mut self) -> Self {
        self.continue_on_error = true;
        self
    }

    /// Adds an operation that stands by itself: what comes before it stays done if it fails.
    pub fn add<B: InBatch>(&mut self, operation: B) -> Handle<B::Output> {
        let at = self.operations.len();
        self.items.push(Item {
            operations: at..at + 1,
            is_set: false,
        });
        self.push(operation)
    }

    /// Begins a change set: what is added to it is done as a whole, in one transaction, or not at all.
    ///
    /// In elastic tables the service has no transactions: there a change set that fails may be done in part.
    pub fn change_set(&mut self) -> ChangeSet<'_, C> {
        let at = self.operations.len();
        self.items.push(Item {
            operations: at..at,
            is_set: true,
        });
        ChangeSet::of(self)
    }

    /// How many operations it has.
    pub fn len(&self) -> usize {
        self.operations.len()
    }

    /// Whether it has no operations.
    pub fn is_empty(&self) -> bool {
        self.operations.is_empty()
    }

    fn push<B: InBatch, P>(&mut self, operation: B) -> Handle<B::Output, P> {
        let part = operation.part();
        let request = match self.client.options() {
            Some(options) if !part.has_options => part.request.map(|request| options.apply(request)),
            _ => part.request,
        };
        let number = handle::fresh_number();
        self.operations.push(Entry {
            number,
            request,
            draft: part.draft,
            kept: part.kept,
            origin: part.origin,
        });
        Handle::new(number, part.reader)
    }
}
