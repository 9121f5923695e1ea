//! Merging two rows into one.

use super::answer::nothing;
use super::body::body;
use super::{Assignments, Update};
use crate::operation::{json_of, type_of};
use crate::pending::{Content, Draft, Pending};
use crate::text::json_object;
use crate::{Id, Record, Table};
use http::Method;
use std::marker::PhantomData;

/// A merge.
pub struct Merging<T>(PhantomData<fn() -> T>);

/// Merges `subordinate` into `target`, without a client: see `Client::merge`.
pub fn merge<T: Table, A: Assignments<T, Update>>(
    target: Id<T>,
    subordinate: Id<T>,
    taken: impl FnOnce(&T::Columns) -> A,
) -> Pending<Merging<T>, ()> {
    let mut draft = Draft::new(
        Method::POST,
        "Merge".to_owned(),
        "merge",
        Some(T::META.logical_name),
    );
    let taken = body::<T, Update, A>(taken).into_entries();
    draft.problem = taken.problem();
    let row = |id: Id<T>| json_of(&Record::from(id));
    let mut parameters = vec![("Target", row(target)), ("Subordinate", row(subordinate))];
    if !taken.is_empty() {
        // The parameter is declared as a row of any table, so that it has to say its own.
        let content = taken.to_json_after([type_of(&T::META)]);
        parameters.push(("UpdateContent", content));
    }
    parameters.push(("PerformParentingChecks", "false".to_owned()));
    draft.content = Content::Json(json_object(parameters));
    Pending::new(draft, nothing)
}
