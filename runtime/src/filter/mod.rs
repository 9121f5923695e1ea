//! Conditions on rows, checked against the table, written as OData.

mod columns;
mod conditions;
mod expression;
mod functions;
mod order;
mod period;
mod verify;

use crate::Table;
pub(crate) use expression::Expression;
pub(crate) use functions::logical_name;
pub use order::{Order, Orders, order_by};
pub use period::{Age, Period};
use std::fmt;
use std::marker::PhantomData;
use std::ops::{BitAnd, BitOr, Not};

/// A condition on rows of `T`. Conditions combine with `&`, `|` and `!`, or with [`and`](Self::and) and [`or`](Self::or).
///
/// `&&` and `||` don't combine them: these are for `bool` alone, in every Rust program.
///
/// Its text is the value of `$filter`, not yet percent-encoded.
///
/// A comparison with a value is never true of an empty column, not even `ne`: the service follows SQL there.
#[must_use = "a condition does nothing by itself"]
pub struct Filter<T> {
    expression: Expression,
    of: PhantomData<fn() -> T>,
}

/// The condition on `table`'s rows that the closure makes of its columns.
///
/// ```
/// # use dataverse_runtime::{*, prelude::*};
/// # struct Account;
/// # struct Columns { name: Column<Account, kind::Text>, revenue: Column<Account, kind::MoneyAmount> }
/// # impl Table for Account {
/// #     type Columns = Columns;
/// #     type ChangeTracking = capability::Unknown;
/// #     type Storage = storage::Standard;
/// #     type Mandatory = ();
/// #     const META: TableMeta = TableMeta { logical_name: "account", entity_set: "accounts", primary_id: "accountid",
/// #         primary_name: None, is_activity: false, optimistic_concurrency: None };
/// #     const COLUMNS: Columns = Columns { name: column("name"), revenue: column("revenue") };
/// # }
/// let rich = filter(Account, |a| a.revenue.gt(money!(1_000_000)) & a.name.contains("O'Neil"));
/// assert_eq!(rich.to_string(), "revenue gt 1000000 and contains(name,'O''Neil')");
/// ```
#[expect(
    clippy::needless_pass_by_value,
    reason = "the table is a marker: `filter(Account, ..)` reads best"
)]
pub fn filter<T: Table>(table: T, condition: impl FnOnce(&T::Columns) -> Filter<T>) -> Filter<T> {
    let _ = table;
    condition(&T::COLUMNS)
}

impl<T> Filter<T> {
    pub(crate) fn new(expression: Expression) -> Self {
        Self {
            expression,
            of: PhantomData,
        }
    }

    /// This and the other: the same as `self & other`.
    pub fn and(self, other: Self) -> Self {
        self & other
    }

    /// This or the other: the same as `self | other`.
    ///
    /// ```
    /// # use crm::{account::Account, prelude::*};
    /// let known = filter(Account, |a| a.name.contains("Contoso").or(a.accountnumber.eq("A-1")).and(a.fax.is_null()));
    /// assert_eq!(
    ///     known.to_string(),
    ///     "(contains(name,'Contoso') or accountnumber eq 'A-1') and fax eq null"
    /// );
    /// ```
    pub fn or(self, other: Self) -> Self {
        self | other
    }

    pub(crate) fn into_expression(self) -> Expression {
        self.expression
    }
}

impl<T> Clone for Filter<T> {
    fn clone(&self) -> Self {
        Self::new(self.expression.clone())
    }
}

impl<T> BitAnd for Filter<T> {
    type Output = Self;
    fn bitand(self, other: Self) -> Self {
        Self::new(self.expression.and(other.expression))
    }
}

impl<T> BitOr for Filter<T> {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self::new(self.expression.or(other.expression))
    }
}

impl<T> Not for Filter<T> {
    type Output = Self;
    fn not(self) -> Self {
        Self::new(Expression::Not(Box::new(self.expression)))
    }
}

impl<T> fmt::Display for Filter<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.expression.to_odata())
    }
}

impl<T> fmt::Debug for Filter<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Filter({self})")
    }
}
