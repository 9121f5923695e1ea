//! Assignments to columns, checked against what each write may set, and the bodies they make.

use crate::access::{MaySet, Writable};
use crate::kind::{Referring, Settable};
use crate::text::push_json_string;
use crate::{Accepts, Column, Fits, Nullable, RowAddress, Table};
use std::marker::PhantomData;

/// A write that creates a row.
#[derive(Debug)]
pub enum Create {}
/// A write that changes a row.
#[derive(Debug)]
pub enum Update {}

/// One column of `T` and what the write `M` does to it. A column that isn't assigned stays as it is.
#[must_use = "an assignment does nothing by itself"]
#[derive(Debug)]
pub struct Assignment<T, M> {
    entry: Entry,
    of: PhantomData<fn() -> (T, M)>,
}

/// A property of a body with its JSON.
#[derive(Debug)]
struct Entry {
    name: &'static str,
    /// The property is a navigation property, and the value an address.
    bind: bool,
    json: String,
}

impl<T, K, A, N> Column<T, K, A, N> {
    /// Sets the column to this value.
    pub fn set<M: MaySet<A>, V: Fits<K>>(self, value: V) -> Assignment<T, M>
    where
        K: Settable,
        A: Writable,
    {
        let mut json = String::new();
        value.literal().push_json(&mut json);
        Assignment::new(self.property(), false, json)
    }

    /// Sets the column to this value, or empties it.
    pub fn set_or_clear<M: MaySet<A>, V: Fits<K>>(self, value: Option<V>) -> Assignment<T, M>
    where
        K: Settable,
        A: Writable,
        N: Clearable,
    {
        match value {
            Some(value) => self.set(value),
            None => self.clear(),
        }
    }

    /// Empties the column.
    pub fn clear<M: MaySet<A>>(self) -> Assignment<T, M>
    where
        A: Writable,
        N: Clearable,
    {
        match self.navigation() {
            Some(navigation) => Assignment::new(navigation, true, "null".to_owned()),
            None => Assignment::new(self.property(), false, "null".to_owned()),
        }
    }

    /// Makes the lookup refer to this row: an id, or an alternate key.
    pub fn bind<M: MaySet<A>, R: TargetOf<K::Targets>>(self, row: R) -> Assignment<T, M>
    where
        K: Referring,
        A: Writable,
    {
        let mut json = String::new();
        push_json_string(&mut json, &format!("/{}", row.path()));
        // Every writable lookup has a navigation property for each target. Of one that hasn't, the service says so.
        let navigation = self
            .navigation_to(R::Table::META.logical_name)
            .or(self.navigation());
        Assignment::new(navigation.unwrap_or(self.property()), true, json)
    }
}

/// What finds a row that a lookup to `S` can refer to.
pub trait TargetOf<S>: RowAddress {}
impl<S: Accepts<R::Table>, R: RowAddress> TargetOf<S> for R {}

/// Nullability of columns that can be emptied.
#[diagnostic::on_unimplemented(
    message = "this column can't be cleared",
    label = "the service requires a value in this column"
)]
pub trait Clearable {}
impl Clearable for Nullable {}

impl<T, M> Assignment<T, M> {
    fn new(name: &'static str, bind: bool, json: String) -> Self {
        Self {
            entry: Entry { name, bind, json },
            of: PhantomData,
        }
    }
}

/// Assignments to columns of `T` in the write `M`: one, or tuples, `Vec`s and `Option`s of them.
#[diagnostic::on_unimplemented(
    message = "this can't be written to a row of `{T}`",
    label = "expected assignments to columns of `{T}`: `set(..)`, `clear()` or `bind(..)`, several of them in parentheses",
    note = "found `{Self}`"
)]
pub trait Assignments<T, M> {
    /// Adds the assignments to the body.
    fn push_to(self, body: &mut Body<T, M>);
}

impl<T, M> Assignments<T, M> for Assignment<T, M> {
    fn push_to(self, body: &mut Body<T, M>) {
        body.push(self.entry);
    }
}

impl<T, M, A: Assignments<T, M>> Assignments<T, M> for Option<A> {
    fn push_to(self, body: &mut Body<T, M>) {
        if let Some(assignments) = self {
            assignments.push_to(body);
        }
    }
}

impl<T, M, A: Assignments<T, M>> Assignments<T, M> for Vec<A> {
    fn push_to(self, body: &mut Body<T, M>) {
        self.into_iter().for_each(|assignments| assignments.push_to(body));
    }
}

impl<T, M> Assignments<T, M> for () {
    fn push_to(self, _: &mut Body<T, M>) {}
}

macro_rules! assignments_in_tuples {
    ($(($($one:ident)+))+) => {$(
        impl<T, M, $($one: Assignments<T, M>),+> Assignments<T, M> for ($($one,)+) {
            fn push_to(self, body: &mut Body<T, M>) {
                #[expect(non_snake_case, reason = "each variable has the name of its type")]
                let ($($one,)+) = self;
                $($one.push_to(body);)+
            }
        }
    )+};
}

assignments_in_tuples! {
    (A) (A B) (A B C) (A B C D) (A B C D E) (A B C D E F) (A B C D E F G) (A B C D E F G H) (A B C D E F G H I)
    (A B C D E F G H I J) (A B C D E F G H I J K) (A B C D E F G H I J K L) (A B C D E F G H I J K L O)
    (A B C D E F G H I J K L O P) (A B C D E F G H I J K L O P Q) (A B C D E F G H I J K L O P Q R)
}

/// The body of the write `M` to a row of `T`.
#[derive(Debug)]
pub struct Body<T, M> {
    entries: Vec<Entry>,
    of: PhantomData<fn() -> (T, M)>,
}

impl<T, M> Body<T, M> {
    /// A property can stand in a body once: the last assignment counts.
    fn push(&mut self, entry: Entry) {
        self.entries
            .retain(|other| (other.name, other.bind) != (entry.name, entry.bind));
        self.entries.push(entry);
    }

    /// Whether nothing is assigned.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The JSON to send.
    pub fn to_json(&self) -> String {
        let mut out = String::from("{");
        for (name, json) in self.properties() {
            if out.len() > 1 {
                out.push(',');
            }
            push_json_string(&mut out, &name);
            out.push(':');
            out.push_str(json);
        }
        out.push('}');
        out
    }

    /// Name and JSON of each property.
    pub(crate) fn properties(&self) -> impl Iterator<Item = (String, &str)> {
        self.entries.iter().map(|entry| {
            let suffix = if entry.bind { "@odata.bind" } else { "" };
            (format!("{}{suffix}", entry.name), entry.json.as_str())
        })
    }
}

/// The body that the assignments make, which the closure makes of the table's columns.
pub(crate) fn body<T: Table, M, A: Assignments<T, M>>(assign: impl FnOnce(&T::Columns) -> A) -> Body<T, M> {
    let mut body = Body {
        entries: Vec::new(),
        of: PhantomData,
    };
    assign(&T::COLUMNS).push_to(&mut body);
    body
}

/// The body that creates a row of `table`.
///
/// ```
/// # use dataverse_runtime::{*, prelude::*};
/// # struct Contact;
/// # struct Columns { lastname: Column<Contact, kind::Text>, fax: Column<Contact, kind::Text> }
/// # impl Table for Contact {
/// #     type Columns = Columns;
/// #     type ChangeTracking = capability::Unknown;
/// #     type Storage = storage::Standard;
/// #     const META: TableMeta = TableMeta { logical_name: "contact", entity_set: "contacts", primary_id: "contactid",
/// #         primary_name: None, is_activity: false, optimistic_concurrency: None };
/// #     const COLUMNS: Columns = Columns { lastname: column("lastname"), fax: column("fax") };
/// # }
/// let body = create_body(Contact, |c| (c.lastname.set("Neil"), c.fax.clear()));
/// assert_eq!(body.to_json(), r#"{"lastname":"Neil","fax":null}"#);
/// ```
#[expect(
    clippy::needless_pass_by_value,
    reason = "the table is a marker: `create_body(Account, ..)` reads best"
)]
pub fn create_body<T: Table, A>(table: T, assign: impl FnOnce(&T::Columns) -> A) -> Body<T, Create>
where
    A: Assignments<T, Create>,
{
    let _ = table;
    body(assign)
}

/// The body that changes a row of `table`.
#[expect(
    clippy::needless_pass_by_value,
    reason = "the table is a marker: `update_body(Account, ..)` reads best"
)]
pub fn update_body<T: Table, A>(table: T, assign: impl FnOnce(&T::Columns) -> A) -> Body<T, Update>
where
    A: Assignments<T, Update>,
{
    let _ = table;
    body(assign)
}
