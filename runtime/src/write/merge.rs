//! Merging two rows into one.

use super::answer::nothing;
use super::body::body;
use super::{Assignments, Update};
use crate::pending::{Content, Draft, Pending};
use crate::text::push_json_string;
use crate::{Id, Table};
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
    draft.problem = taken.problem().cloned();
    let id = |id: Id<T>| {
        let mut json = String::new();
        push_json_string(&mut json, T::META.primary_id);
        format!("{{{},{json}:\"{id}\"}}", type_of::<T>())
    };
    let mut json = format!("{{\"Target\":{},\"Subordinate\":{}", id(target), id(subordinate));
    let content = taken.to_json();
    if content != "{}" {
        json.push_str(&format!(
            ",\"UpdateContent\":{{{},{}",
            type_of::<T>(),
            &content[1..]
        ));
    }
    json.push_str(",\"PerformParentingChecks\":false}");
    draft.content = Content::Json(json);
    Pending::new(draft, nothing)
}

/// The parameters are declared as rows of any table, so that each has to say its own.
fn type_of<T: Table>() -> String {
    let mut json = String::from("\"@odata.type\":");
    push_json_string(
        &mut json,
        &format!("Microsoft.Dynamics.CRM.{}", T::META.logical_name),
    );
    json
}
