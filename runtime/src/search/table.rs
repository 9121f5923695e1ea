//! A table in a search: what of it is looked through, and what is given of its rows.

use crate::filter::{Expression, logical_name};
use crate::query::{Selection, Selects};
use crate::text::{json_object, json_string};
use crate::{Filter, InvalidRequest, Orders, Table};
use std::marker::PhantomData;

/// What is said about a table in a search: [`Search::table`](super::Search::table).
#[derive(Debug)]
pub struct SearchTable<T> {
    select: Vec<&'static str>,
    look_in: Vec<&'static str>,
    filter: Option<String>,
    problem: Option<InvalidRequest>,
    facets: Vec<String>,
    orders: Vec<String>,
    of: PhantomData<fn() -> T>,
}

/// The same without its type.
pub(super) struct Described {
    pub(super) json: String,
    pub(super) facets: Vec<String>,
    pub(super) orders: Vec<String>,
    pub(super) problem: Option<InvalidRequest>,
}

/// Whether a condition only compares columns of the row itself with values. The index names lookups otherwise.
fn compares(expression: &Expression) -> bool {
    match expression {
        Expression::Compare { property, .. } | Expression::Null { property, .. } => {
            !property.starts_with('_')
        }
        Expression::And(parts) | Expression::Or(parts) => parts.iter().all(compares),
        Expression::Not(condition) => compares(condition),
        _ => false,
    }
}

fn names<T: Table, S: Selects<T>>(columns: impl FnOnce(&T::Columns) -> S) -> Vec<&'static str> {
    let mut selection = Selection::default();
    columns(&T::COLUMNS).push_to(&mut selection);
    selection
        .properties()
        .iter()
        .map(|property| logical_name(property))
        .collect()
}

impl<T: Table> SearchTable<T> {
    pub(super) fn new() -> Self {
        Self {
            select: Vec::new(),
            look_in: Vec::new(),
            filter: None,
            problem: None,
            facets: Vec::new(),
            orders: Vec::new(),
            of: PhantomData,
        }
    }

    /// Gives these columns of each row; after an earlier selection, besides those. Without it the service chooses.
    #[must_use]
    pub fn select<S: Selects<T>>(mut self, columns: impl FnOnce(&T::Columns) -> S) -> Self {
        self.select.extend(names::<T, S>(columns));
        self
    }

    /// Looks in these columns alone.
    #[must_use]
    pub fn look_in<S: Selects<T>>(mut self, columns: impl FnOnce(&T::Columns) -> S) -> Self {
        self.look_in.extend(names::<T, S>(columns));
        self
    }

    /// Only rows for which this holds: comparisons with values, for columns that the index has.
    #[must_use]
    pub fn filter(mut self, condition: impl FnOnce(&T::Columns) -> Filter<T>) -> Self {
        let expression = condition(&T::COLUMNS).into_expression();
        if compares(&expression) {
            self.filter = Some(expression.to_odata());
        } else {
            self.problem = Some(InvalidRequest::SearchFilter {
                table: T::META.logical_name,
            });
        }
        self
    }

    /// Counts the rows by the values of these columns, with up to so many values of each.
    #[must_use]
    pub fn facet<S: Selects<T>>(mut self, columns: impl FnOnce(&T::Columns) -> S, values: u32) -> Self {
        let facets = names::<T, S>(columns).into_iter();
        self.facets
            .extend(facets.map(|name| format!("{name},count:{values}")));
        self
    }

    /// Orders the rows of all tables by these columns, in place of how well they fit.
    #[must_use]
    pub fn order_by<O: Orders<T>>(mut self, orders: impl FnOnce(&T::Columns) -> O) -> Self {
        let mut list = Vec::new();
        orders(&T::COLUMNS).push_to(&mut list);
        self.orders.extend(list.iter().map(ToString::to_string));
        self
    }

    pub(super) fn described(self) -> Described {
        let list = |names: &[&str]| {
            let names: Vec<String> = names.iter().map(|name| json_string(name)).collect();
            format!("[{}]", names.join(","))
        };
        let mut members = vec![("Name", json_string(T::META.logical_name))];
        if !self.select.is_empty() {
            members.push(("SelectColumns", list(&self.select)));
        }
        if !self.look_in.is_empty() {
            members.push(("SearchColumns", list(&self.look_in)));
        }
        if let Some(filter) = &self.filter {
            members.push(("Filter", json_string(filter)));
        }
        Described {
            json: json_object(members),
            facets: self.facets,
            orders: self.orders,
            problem: self.problem,
        }
    }
}
