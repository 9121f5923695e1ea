//! What an operation is called on: markers for [`Operation::Bound`](super::Operation::Bound).

use super::NAMESPACE;
use crate::{Id, RowAddress, Table, Uuid};
use std::marker::PhantomData;

/// Called on nothing.
pub enum Unbound {}
/// Called on a row of `T`.
pub struct ToRow<T>(PhantomData<fn() -> T>);
/// Called on all rows of `T`.
pub struct ToSet<T>(PhantomData<fn() -> T>);

/// What an operation is called on.
pub trait Binding {
    /// The table, if it is called on rows of one.
    const TABLE: Option<&'static str> = None;

    /// What comes before the operation's name in the URL.
    fn prefix(row: Option<Uuid>) -> String;
}

impl Binding for Unbound {
    fn prefix(_: Option<Uuid>) -> String {
        String::new()
    }
}

impl<T: Table> Binding for ToRow<T> {
    const TABLE: Option<&'static str> = Some(T::META.logical_name);

    fn prefix(row: Option<Uuid>) -> String {
        // An operation that is bound to a row has its id as a field.
        let id = Id::<T>::new(row.unwrap_or_default());
        format!("{}/{NAMESPACE}", id.path())
    }
}

impl<T: Table> Binding for ToSet<T> {
    const TABLE: Option<&'static str> = Some(T::META.logical_name);

    fn prefix(_: Option<Uuid>) -> String {
        format!("{}/{NAMESPACE}", T::META.entity_set)
    }
}
