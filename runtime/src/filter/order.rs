//! The order of rows.

use crate::Table;
use std::fmt;
use std::marker::PhantomData;

/// One thing that rows of `T` are ordered by. Its text is an item of `$orderby`.
#[must_use = "an order does nothing by itself"]
pub struct Order<T> {
    path: String,
    descending: bool,
    of: PhantomData<fn() -> T>,
}

impl<T> Order<T> {
    pub(crate) fn new(property: &str, descending: bool) -> Self {
        Self {
            path: property.to_owned(),
            descending,
            of: PhantomData,
        }
    }

    pub(crate) fn through<O>(self, navigation: &str) -> Order<O> {
        Order {
            path: format!("{navigation}/{}", self.path),
            descending: self.descending,
            of: PhantomData,
        }
    }
}

impl<T> Clone for Order<T> {
    fn clone(&self) -> Self {
        Self {
            path: self.path.clone(),
            descending: self.descending,
            of: PhantomData,
        }
    }
}

impl<T> fmt::Display for Order<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} {}",
            self.path,
            if self.descending { "desc" } else { "asc" }
        )
    }
}

impl<T> fmt::Debug for Order<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Order({self})")
    }
}

/// Orders of rows of `T`: one, or a tuple, array or `Vec` of them, the most important first.
#[diagnostic::on_unimplemented(
    message = "rows of `{T}` can't be ordered by this",
    label = "expected `asc()` or `desc()` of columns of `{T}`, several of them in parentheses"
)]
pub trait Orders<T> {
    /// Adds the orders to the list.
    fn push_to(self, list: &mut Vec<Order<T>>);
}

impl<T> Orders<T> for Order<T> {
    fn push_to(self, list: &mut Vec<Self>) {
        list.push(self);
    }
}

impl<T, O: Orders<T>> Orders<T> for Vec<O> {
    fn push_to(self, list: &mut Vec<Order<T>>) {
        self.into_iter().for_each(|order| order.push_to(list));
    }
}

impl<T, O: Orders<T>, const N: usize> Orders<T> for [O; N] {
    fn push_to(self, list: &mut Vec<Order<T>>) {
        self.into_iter().for_each(|order| order.push_to(list));
    }
}

macro_rules! orders_in_tuples {
    ($(($($order:ident)+))+) => {$(
        impl<T, $($order: Orders<T>),+> Orders<T> for ($($order,)+) {
            fn push_to(self, list: &mut Vec<Order<T>>) {
                #[expect(non_snake_case, reason = "each variable has the name of its type")]
                let ($($order,)+) = self;
                $($order.push_to(list);)+
            }
        }
    )+};
}

orders_in_tuples! { (A) (A B) (A B C) (A B C D) (A B C D E) (A B C D E F) }

/// The value of `$orderby` that the closure makes of `table`'s columns.
#[expect(
    clippy::needless_pass_by_value,
    reason = "the table is a marker: `order_by(Account, ..)` reads best"
)]
pub fn order_by<T: Table, O: Orders<T>>(table: T, orders: impl FnOnce(&T::Columns) -> O) -> String {
    let _ = table;
    let mut list = Vec::new();
    orders(&T::COLUMNS).push_to(&mut list);
    list.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
}
