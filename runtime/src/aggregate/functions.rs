//! Sums, averages, extremes and counts.

use super::kinds::{Extreme, Summable};
use crate::Column;
use crate::access::Readable;
use crate::kind::Comparable;
use std::fmt;
use std::marker::PhantomData;

/// A value that is made of all rows of a group of `T`: a sum, an average, a count. It is a `V`.
pub struct Aggregate<T, V> {
    pub(super) property: &'static str,
    pub(super) function: Function,
    of: PhantomData<fn() -> (T, V)>,
}

/// How the values of a group become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Function {
    Sum,
    Average,
    Min,
    Max,
    CountDistinct,
    /// Of rows, not of a column.
    Count,
}

impl Function {
    /// Its name in `$apply`.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Sum => "sum",
            Self::Average => "average",
            Self::Min => "min",
            Self::Max => "max",
            Self::CountDistinct => "countdistinct",
            Self::Count => "$count",
        }
    }
}

impl<T, V> Aggregate<T, V> {
    fn new(property: &'static str, function: Function) -> Self {
        Self {
            property,
            function,
            of: PhantomData,
        }
    }
}

impl<T, V> fmt::Debug for Aggregate<T, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Aggregate({} of {})", self.function.name(), self.property)
    }
}

/// How many rows a group has.
pub fn count_rows<T>() -> Aggregate<T, i64> {
    Aggregate::new("", Function::Count)
}

// The value is a parameter of its own: with a projection in the return type the compiler would not get as far as saying
// what `Summable` and `Extreme` have to say.
/// What is made of the column in all rows of a group: see [`aggregate`](crate::aggregate). Empty columns don't take part;
/// where all are empty, there is no value.
impl<T, K, A: Readable, N> Column<T, K, A, N> {
    /// The sum.
    pub fn sum<V>(self) -> Aggregate<T, Option<V>>
    where
        K: Summable<Sum = V>,
    {
        Aggregate::new(self.property(), Function::Sum)
    }

    /// The average.
    pub fn average<V>(self) -> Aggregate<T, Option<V>>
    where
        K: Summable<Average = V>,
    {
        Aggregate::new(self.property(), Function::Average)
    }

    /// The smallest value, or the earliest date.
    pub fn min<V>(self) -> Aggregate<T, Option<V>>
    where
        K: Extreme<Value = V>,
    {
        Aggregate::new(self.property(), Function::Min)
    }

    /// The greatest value, or the latest date.
    pub fn max<V>(self) -> Aggregate<T, Option<V>>
    where
        K: Extreme<Value = V>,
    {
        Aggregate::new(self.property(), Function::Max)
    }

    /// How many different values there are.
    pub fn count_distinct(self) -> Aggregate<T, i64>
    where
        K: Comparable,
    {
        Aggregate::new(self.property(), Function::CountDistinct)
    }
}
