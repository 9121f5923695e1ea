//! What an aggregation asks for, and what each of it gives.

use super::answer::Group;
use super::functions::{Aggregate, Function};
use super::kinds::Groupable;
use crate::access::Readable;
use crate::kind::{LeadsToOne, Referring};
use crate::{Accepts, Column, Decode, DecodeError, Table};
use std::marker::PhantomData;

/// What an aggregation of rows of `T` asks for: columns to group by, aggregates, or tuples of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is nothing that rows of `{T}` can be grouped by or aggregated to",
    label = "expected columns of `{T}`, aggregates such as `sum()`, or a tuple of them"
)]
pub trait Aggregated<T> {
    /// What comes back for each group.
    type Value;

    /// Adds what is asked for.
    #[doc(hidden)]
    fn push_to(&self, parts: &mut Parts);

    /// Reads what came back.
    ///
    /// # Errors
    /// If a value has another type.
    #[doc(hidden)]
    fn read(&self, group: &mut Group<'_, '_>) -> Result<Self::Value, DecodeError>;
}

/// Columns that are grouped by, and nothing that is aggregated.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no column",
    label = "distinct values are those of columns: for sums and counts use `aggregate`"
)]
pub trait Keys {}

/// What is asked for, without types.
#[doc(hidden)]
#[derive(Debug, Default)]
pub struct Parts {
    pub(super) list: Vec<Part>,
}

#[derive(Debug)]
pub(super) struct Part {
    /// The path to the column, empty for a count of rows.
    path: String,
    /// `None`: the rows are grouped by it.
    function: Option<Function>,
    /// The property that holds it in the answer.
    pub key: String,
    /// For a lookup that leads to several tables the answer has to say to which.
    targets: bool,
}

impl Parts {
    /// `groupby((..),aggregate(..))`
    pub(super) fn to_apply(&self) -> String {
        let joined = |items: Vec<String>| items.join(",");
        let of_groups = self.list.iter().filter(|part| part.function.is_none());
        let groups: Vec<String> = of_groups.map(|part| part.path.clone()).collect();
        let of_values = self.list.iter().filter_map(|part| Some((part, part.function?)));
        let values: Vec<String> = of_values
            .map(|(part, function)| match function {
                Function::Count => format!("$count as {}", part.key),
                _ => format!("{} with {} as {}", part.path, function.name(), part.key),
            })
            .collect();
        match (groups.is_empty(), values.is_empty()) {
            (false, true) => format!("groupby(({}))", joined(groups)),
            (false, false) => format!("groupby(({}),aggregate({}))", joined(groups), joined(values)),
            (true, _) => format!("aggregate({})", joined(values)),
        }
    }

    /// A name under which two different groups would come back.
    pub(super) fn doubled(&self) -> Option<String> {
        let mut parts = self.list.iter().enumerate();
        let doubled = parts.find(|(at, part)| self.list[..*at].iter().any(|other| other.key == part.key));
        doubled.map(|(_, part)| part.key.clone())
    }

    pub(super) fn needs_targets(&self) -> bool {
        self.list.iter().any(|part| part.targets)
    }

    fn push(&mut self, part: Part) {
        self.list.push(part);
    }
}

impl Part {
    /// The properties that may hold it. A group that is a path comes back under the names of the table and the column
    /// (<https://learn.microsoft.com/power-apps/developer/data-platform/webapi/query/aggregate-data>); the names of the path
    /// are understood too.
    pub(super) fn keys(&self) -> impl Iterator<Item = std::borrow::Cow<'_, str>> {
        let path = (self.function.is_none() && self.path.contains('/')).then(|| self.path.replace('/', "_"));
        std::iter::once(self.key.as_str().into()).chain(path.map(Into::into))
    }
}

impl<T, K: Groupable, A: Readable, N> Aggregated<T> for Column<T, K, A, N> {
    /// `None`: the group of rows in which the column is empty.
    type Value = Option<K::Value>;

    fn push_to(&self, parts: &mut Parts) {
        parts.push(Part {
            path: self.property().to_owned(),
            function: None,
            key: self.property().to_owned(),
            targets: self.navigation().is_some() && self.only_target().is_none(),
        });
    }

    fn read(&self, group: &mut Group<'_, '_>) -> Result<Self::Value, DecodeError> {
        group.next_of(self.only_target())
    }
}

impl<T, K, A, N> Keys for Column<T, K, A, N> {}

impl<T, V: Decode> Aggregated<T> for Aggregate<T, V> {
    type Value = V;

    fn push_to(&self, parts: &mut Parts) {
        // Names of our own: no column has one like these.
        let key = format!("value_{}", parts.list.len() + 1);
        parts.push(Part {
            path: self.property.to_owned(),
            function: Some(self.function),
            key,
            targets: false,
        });
    }

    fn read(&self, group: &mut Group<'_, '_>) -> Result<V, DecodeError> {
        group.next_of(None)
    }
}

/// A column, or an aggregate of it, of the row that a lookup of `T` refers to.
#[derive(Debug)]
pub struct Through<T, U, P> {
    navigation: &'static str,
    part: P,
    of: PhantomData<fn() -> (T, U)>,
}

impl<T, U: Table, P: Aggregated<U>> Aggregated<T> for Through<T, U, P> {
    type Value = P::Value;

    fn push_to(&self, parts: &mut Parts) {
        let before = parts.list.len();
        self.part.push_to(parts);
        for part in &mut parts.list[before..] {
            // A group comes back under its table and column, however long the path is.
            if part.function.is_none() && !part.path.contains('/') {
                part.key = format!("{}_{}", U::META.logical_name, part.key);
            }
            part.path = format!("{}/{}", self.navigation, part.path);
        }
    }

    fn read(&self, group: &mut Group<'_, '_>) -> Result<P::Value, DecodeError> {
        self.part.read(group)
    }
}

impl<T, U, P: Keys> Keys for Through<T, U, P> {}

impl<T, K, A: Readable, N> Column<T, K, A, N> {
    /// What of the row that this lookup refers to is grouped by or aggregated:
    ///
    /// ```
    /// # use crm::{account::Account, prelude::*};
    /// use dataverse_runtime::aggregate::aggregate;
    ///
    /// let by_person = aggregate(Account, |a| (a.primarycontactid.to_value(|c| c.fullname), a.revenue.sum()));
    /// assert_eq!(
    ///     by_person.request()?.path(),
    ///     "accounts?$apply=groupby%28%28primarycontactid%2Ffullname%29%2Caggregate%28revenue%20with%20sum%20as%20value_2%29%29"
    /// );
    /// # Ok::<(), dataverse_runtime::InvalidRequest>(())
    /// ```
    pub fn to_value<U: Table, P: Aggregated<U>>(self, part: impl FnOnce(&U::Columns) -> P) -> Through<T, U, P>
    where
        K: LeadsToOne<Target = U>,
    {
        Through {
            navigation: self.navigation_or_property(),
            part: part(&U::COLUMNS),
            of: PhantomData,
        }
    }

    /// The same of a row of `table`, one of this lookup's targets.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "the table is a marker: `to_value_of(Account, ..)` reads best"
    )]
    pub fn to_value_of<U: Table, P: Aggregated<U>>(
        self,
        table: U,
        part: impl FnOnce(&U::Columns) -> P,
    ) -> Through<T, U, P>
    where
        K: Referring,
        K::Targets: Accepts<U>,
    {
        let _ = table;
        Through {
            navigation: self.navigation_to_rows_of::<U>(),
            part: part(&U::COLUMNS),
            of: PhantomData,
        }
    }
}

macro_rules! aggregated_in_tuples {
    ($(($($one:ident)+))+) => {$(
        impl<T, $($one: Aggregated<T>),+> Aggregated<T> for ($($one,)+) {
            type Value = ($($one::Value,)+);

            fn push_to(&self, parts: &mut Parts) {
                #[expect(non_snake_case, reason = "each variable has the name of its type")]
                let ($($one,)+) = self;
                $($one.push_to(parts);)+
            }

            fn read(&self, group: &mut Group<'_, '_>) -> Result<Self::Value, DecodeError> {
                #[expect(non_snake_case, reason = "each variable has the name of its type")]
                let ($($one,)+) = self;
                Ok(($($one.read(group)?,)+))
            }
        }

        impl<$($one: Keys),+> Keys for ($($one,)+) {}
    )+};
}

aggregated_in_tuples! {
    (A) (A B) (A B C) (A B C D) (A B C D E) (A B C D E F) (A B C D E F G) (A B C D E F G H)
}
