//! Rows whose columns are chosen when the program runs.

use super::plan::Plan;
use super::{Changes, Query, Retrieve};
use crate::access::Readable;
use crate::{Column, Record, Table, select};

/// Columns of `T` to read: one, or a tuple or `Vec` of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be selected from rows of `{T}`",
    label = "expected columns of `{T}`, several of them in parentheses: `|a| (a.name, a.revenue)`"
)]
pub trait Selects<T> {
    /// Adds the columns to the selection.
    #[doc(hidden)]
    fn push_to(self, selection: &mut Selection);
}

/// What is selected.
#[doc(hidden)]
#[derive(Debug, Default)]
pub struct Selection {
    properties: Vec<&'static str>,
    /// Whether the name of the table that a lookup refers to is needed.
    targets: bool,
}

impl<T, K, A: Readable, N> Selects<T> for Column<T, K, A, N> {
    fn push_to(self, selection: &mut Selection) {
        let property = self.property();
        // Parties have no property of their own: they are rows of a table that is queried by itself.
        if !property.is_empty() && !selection.properties.contains(&property) {
            selection.properties.push(property);
        }
        selection.targets |= self.navigation().is_some() && self.only_target().is_none();
    }
}

impl<T, S: Selects<T>> Selects<T> for Vec<S> {
    fn push_to(self, selection: &mut Selection) {
        self.into_iter().for_each(|column| column.push_to(selection));
    }
}

macro_rules! selects_in_tuples {
    ($(($($one:ident)+))+) => {$(
        impl<T, $($one: Selects<T>),+> Selects<T> for ($($one,)+) {
            fn push_to(self, selection: &mut Selection) {
                #[expect(non_snake_case, reason = "each variable has the name of its type")]
                let ($($one,)+) = self;
                $($one.push_to(selection);)+
            }
        }
    )+};
}

selects_in_tuples! {
    (A) (A B) (A B C) (A B C D) (A B C D E) (A B C D E F) (A B C D E F G) (A B C D E F G H) (A B C D E F G H I)
    (A B C D E F G H I J) (A B C D E F G H I J K) (A B C D E F G H I J K L)
}

impl Selection {
    /// The properties, each once.
    #[cfg(feature = "client")]
    pub(crate) fn properties(&self) -> &[&'static str] {
        &self.properties
    }

    /// Adds what is selected to a query's columns: the first selection takes the place of the primary id, which the service
    /// adds itself.
    fn extend(&self, select: &mut String, annotations: &mut Vec<&'static str>, primary_id: &str) {
        for property in &self.properties {
            let is_new = !select.split(',').any(|known| known == *property);
            if select == primary_id {
                *select = (*property).to_owned();
            } else if is_new {
                select.push(',');
                select.push_str(property);
            }
        }
        if self.targets && !annotations.contains(&select::TARGET) {
            annotations.push(select::TARGET);
        }
    }
}

impl Plan {
    fn add(&mut self, selection: &Selection, primary_id: &str) {
        selection.extend(&mut self.select, &mut self.annotations, primary_id);
    }
}

fn selection<T: Table, S: Selects<T>>(columns: impl FnOnce(&T::Columns) -> S) -> Selection {
    let mut selection = Selection::default();
    columns(&T::COLUMNS).push_to(&mut selection);
    selection
}

impl<T: Table, C> Query<Record<T>, C> {
    /// Reads these columns; after an earlier selection, besides those. Without it only ids are read.
    pub fn select<S: Selects<T>>(mut self, columns: impl FnOnce(&T::Columns) -> S) -> Self {
        self.plan.add(&selection(columns), T::META.primary_id);
        self
    }

    /// Reads along what people see of each column: see [`Record::formatted`].
    pub fn formatted(mut self) -> Self {
        self.plan.annotations.push(select::FORMATTED);
        self
    }
}

impl<T: Table, C> Changes<Record<T>, C> {
    /// Reads these columns; after an earlier selection, besides those. Without it only ids are read.
    pub fn select<S: Selects<T>>(mut self, columns: impl FnOnce(&T::Columns) -> S) -> Self {
        self.plan.add(&selection(columns), T::META.primary_id);
        self
    }

    /// Reads along what people see of each column: see [`Record::formatted`].
    pub fn formatted(mut self) -> Self {
        self.plan.annotations.push(select::FORMATTED);
        self
    }
}

impl<T: Table, O, C> Retrieve<Record<T>, O, C> {
    /// Reads these columns; after an earlier selection, besides those. Without it only the id is read.
    pub fn select<S: Selects<T>>(mut self, columns: impl FnOnce(&T::Columns) -> S) -> Self {
        selection(columns).extend(&mut self.select, &mut self.annotations, T::META.primary_id);
        self
    }

    /// Reads along what people see of each column: see [`Record::formatted`].
    pub fn formatted(mut self) -> Self {
        self.annotations.push(select::FORMATTED);
        self
    }
}
