//! The conditions that a column's kind allows.

use super::{Expression, Filter, Order};
use crate::access::Readable;
use crate::kind::{Comparable, LeadsToOne, Ordered, Sortable, Textual};
use crate::{Collection, Column, Fits, Table};

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
        let values = values.into_iter().map(|value| value.literal()).collect();
        Filter::new(Expression::In {
            property: self.property(),
            values,
        })
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

    /// The condition holds for the row that this lookup refers to.
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

    /// Rows are ordered by something of the row that this lookup refers to.
    pub fn to_order<F>(self, order: F) -> Order<T>
    where
        K: LeadsToOne,
        A: Readable,
        F: FnOnce(&<K::Target as Table>::Columns) -> Order<K::Target>,
    {
        order(&K::Target::COLUMNS).through(self.navigation_or_property())
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
    fn navigation_or_property(self) -> &'static str {
        self.navigation().unwrap_or(self.property())
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
