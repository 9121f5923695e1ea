//! Comparing two columns of the same row.

use super::{Expression, Filter};
use crate::Column;
use crate::access::Readable;
use crate::kind::{Comparable, Ordered};

/// Comparisons with another column of the same row and kind. They are never true where either is empty.
///
/// ```
/// # use crm::{account::Account, prelude::*};
/// let over = filter(Account, |a| a.revenue.gt_column(a.creditlimit));
/// assert_eq!(over.to_string(), "revenue gt creditlimit");
/// ```
impl<T, K, A: Readable, N> Column<T, K, A, N> {
    /// Both columns have the same value.
    pub fn eq_column<B: Readable, O>(self, other: Column<T, K, B, O>) -> Filter<T>
    where
        K: Comparable,
    {
        self.compare_column("eq", other)
    }

    /// The columns have different values.
    pub fn ne_column<B: Readable, O>(self, other: Column<T, K, B, O>) -> Filter<T>
    where
        K: Comparable,
    {
        self.compare_column("ne", other)
    }

    /// The column's value is greater than the other's.
    pub fn gt_column<B: Readable, O>(self, other: Column<T, K, B, O>) -> Filter<T>
    where
        K: Ordered,
    {
        self.compare_column("gt", other)
    }

    /// The column's value is greater than the other's or the same.
    pub fn ge_column<B: Readable, O>(self, other: Column<T, K, B, O>) -> Filter<T>
    where
        K: Ordered,
    {
        self.compare_column("ge", other)
    }

    /// The column's value is smaller than the other's.
    pub fn lt_column<B: Readable, O>(self, other: Column<T, K, B, O>) -> Filter<T>
    where
        K: Ordered,
    {
        self.compare_column("lt", other)
    }

    /// The column's value is smaller than the other's or the same.
    pub fn le_column<B: Readable, O>(self, other: Column<T, K, B, O>) -> Filter<T>
    where
        K: Ordered,
    {
        self.compare_column("le", other)
    }

    fn compare_column<B, O>(self, operator: &'static str, other: Column<T, K, B, O>) -> Filter<T> {
        Filter::new(Expression::Columns {
            property: self.property(),
            operator,
            other: other.property(),
        })
    }
}
