//! The conditions that a column's kind allows.

use super::functions::logical_name;
use super::{Expression, Filter, Order};
use crate::access::Readable;
use crate::kind::{Comparable, LeadsToOne, Ordered, Referring, Sortable, Textual};
use crate::{Accepts, Collection, Column, Fits, Table};

impl<T, K, A, N> Column<T, K, A, N> {
    /// The column has this value.
    pub fn eq<V: Fits<K>>(self, value: V) -> Filter<T>
    where
        K: Comparable,
        A: Readable,
    {
        self.compare("eq", &value)
    }

    /// The column has a value, and it is not this.
    pub fn ne<V: Fits<K>>(self, value: V) -> Filter<T>
    where
        K: Comparable,
        A: Readable,
    {
        self.compare("ne", &value)
    }

    /// The column's value is greater.
    pub fn gt<V: Fits<K>>(self, value: V) -> Filter<T>
    where
        K: Ordered,
        A: Readable,
    {
        self.compare("gt", &value)
    }

    /// The column's value is greater or the same.
    pub fn ge<V: Fits<K>>(self, value: V) -> Filter<T>
    where
        K: Ordered,
        A: Readable,
    {
        self.compare("ge", &value)
    }

    /// The column's value is smaller.
    pub fn lt<V: Fits<K>>(self, value: V) -> Filter<T>
    where
        K: Ordered,
        A: Readable,
    {
        self.compare("lt", &value)
    }

    /// The column's value is smaller or the same.
    pub fn le<V: Fits<K>>(self, value: V) -> Filter<T>
    where
        K: Ordered,
        A: Readable,
    {
        self.compare("le", &value)
    }

    /// The column's value is one of the two or between them.
    pub fn between<V: Fits<K>, W: Fits<K>>(self, from: V, to: W) -> Filter<T>
    where
        K: Ordered,
        A: Readable,
    {
        self.compare("ge", &from) & self.compare("le", &to)
    }

    /// The column has one of these values.
    pub fn is_in<V: Fits<K>>(self, values: impl IntoIterator<Item = V>) -> Filter<T>
    where
        K: Comparable,
        A: Readable,
    {
        self.one_of(values, false)
    }

    /// The column has a value, and it is none of these.
    pub fn is_not_in<V: Fits<K>>(self, values: impl IntoIterator<Item = V>) -> Filter<T>
    where
        K: Comparable,
        A: Readable,
    {
        self.one_of(values, true)
    }

    /// The column's value is smaller than the first or greater than the second.
    pub fn not_between<V: Fits<K>, W: Fits<K>>(self, from: V, to: W) -> Filter<T>
    where
        K: Ordered,
        A: Readable,
    {
        self.compare("lt", &from) | self.compare("gt", &to)
    }

    /// The column is empty.
    pub fn is_null(self) -> Filter<T>
    where
        A: Readable,
    {
        Filter::new(Expression::Null {
            property: self.property(),
            is_null: true,
        })
    }

    /// The column has a value.
    pub fn is_not_null(self) -> Filter<T>
    where
        A: Readable,
    {
        Filter::new(Expression::Null {
            property: self.property(),
            is_null: false,
        })
    }

    /// The column's text has this text in it.
    pub fn contains(self, text: impl Into<String>) -> Filter<T>
    where
        K: Textual,
        A: Readable,
    {
        self.search("contains", text.into())
    }

    /// The column's text starts with this text.
    pub fn starts_with(self, text: impl Into<String>) -> Filter<T>
    where
        K: Textual,
        A: Readable,
    {
        self.search("startswith", text.into())
    }

    /// The column's text ends with this text.
    pub fn ends_with(self, text: impl Into<String>) -> Filter<T>
    where
        K: Textual,
        A: Readable,
    {
        self.search("endswith", text.into())
    }

    /// The condition holds for the row that this lookup refers to: `a.primarycontactid.to(|c| c.fullname.is_not_null())`.
    pub fn to<F>(self, condition: F) -> Filter<T>
    where
        K: LeadsToOne,
        A: Readable,
        F: FnOnce(&<K::Target as Table>::Columns) -> Filter<K::Target>,
    {
        let condition = Box::new(condition(&K::Target::COLUMNS).into_expression());
        Filter::new(Expression::Through {
            navigation: self.navigation_or_property(),
            condition,
        })
    }

    /// The lookup, of whose targets `table` is one, refers to a row of `table` for which the condition holds:
    ///
    /// ```
    /// # use crm::{account::Account, incident::Incident, prelude::*};
    /// let big = filter(Incident, |i| i.customerid.to_row_of(Account, |a| a.revenue.gt(money!(1_000_000))));
    /// assert_eq!(big.to_string(), "customerid_account/revenue gt 1000000");
    /// ```
    #[expect(
        clippy::needless_pass_by_value,
        reason = "the table is a marker: `to_row_of(Account, ..)` reads best"
    )]
    pub fn to_row_of<U: Table>(self, table: U, condition: impl FnOnce(&U::Columns) -> Filter<U>) -> Filter<T>
    where
        K: Referring,
        K::Targets: Accepts<U>,
        A: Readable,
    {
        let _ = table;
        let condition = Box::new(condition(&U::COLUMNS).into_expression());
        Filter::new(Expression::Through {
            navigation: self.navigation_to_rows_of::<U>(),
            condition,
        })
    }

    /// Rows are ordered by something of the row that this lookup refers to.
    pub fn to_order<F>(self, order: F) -> Order<T>
    where
        K: LeadsToOne,
        A: Readable,
        F: FnOnce(&<K::Target as Table>::Columns) -> Order<K::Target>,
    {
        order(&K::Target::COLUMNS).through(self.navigation_or_property())
    }

    /// Rows are ordered by something of the row of `table`, one of the lookup's targets, that it refers to.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "the table is a marker: `to_order_of(Account, ..)` reads best"
    )]
    pub fn to_order_of<U: Table>(self, table: U, order: impl FnOnce(&U::Columns) -> Order<U>) -> Order<T>
    where
        K: Referring,
        K::Targets: Accepts<U>,
        A: Readable,
    {
        let _ = table;
        order(&U::COLUMNS).through(self.navigation_to_rows_of::<U>())
    }

    /// Rows with smaller values come first.
    pub fn asc(self) -> Order<T>
    where
        K: Sortable,
        A: Readable,
    {
        Order::new(self.property(), false)
    }

    /// Rows with greater values come first.
    pub fn desc(self) -> Order<T>
    where
        K: Sortable,
        A: Readable,
    {
        Order::new(self.property(), true)
    }

    /// Every lookup that leads somewhere has a navigation property. Of one that doesn't, the service says what is wrong.
    pub(crate) fn navigation_or_property(self) -> &'static str {
        self.navigation().unwrap_or(self.property())
    }

    pub(crate) fn navigation_to_rows_of<U: Table>(self) -> &'static str {
        self.navigation_to(U::META.logical_name)
            .unwrap_or(self.property())
    }

    fn one_of<V: Fits<K>>(self, values: impl IntoIterator<Item = V>, negated: bool) -> Filter<T> {
        Filter::new(Expression::In {
            property: self.property(),
            column: logical_name(self.property()),
            values: values.into_iter().map(|value| value.literal()).collect(),
            negated,
        })
    }

    fn compare<V: Fits<K>>(self, operator: &'static str, value: &V) -> Filter<T> {
        Filter::new(Expression::Compare {
            property: self.property(),
            operator,
            value: value.literal(),
        })
    }

    fn search(self, function: &'static str, text: String) -> Filter<T> {
        Filter::new(Expression::Search {
            function,
            property: self.property(),
            text,
        })
    }
}

impl<T, U: Table> Collection<T, U> {
    /// The condition holds for any of the related rows.
    pub fn any(self, condition: impl FnOnce(&U::Columns) -> Filter<U>) -> Filter<T> {
        self.related(false, Some(condition(&U::COLUMNS)))
    }

    /// The condition holds for all related rows, or there are none.
    pub fn all(self, condition: impl FnOnce(&U::Columns) -> Filter<U>) -> Filter<T> {
        self.related(true, Some(condition(&U::COLUMNS)))
    }

    /// There are related rows.
    pub fn exists(self) -> Filter<T> {
        self.related(false, None)
    }

    fn related(self, all: bool, condition: Option<Filter<U>>) -> Filter<T> {
        let condition = condition.map(|filter| Box::new(filter.into_expression()));
        Filter::new(Expression::Related {
            navigation: self.navigation(),
            all,
            condition,
        })
    }
}
