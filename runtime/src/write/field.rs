//! Fields of structs that rows are written from: which types write which columns, and the three things a field can say.

use super::entry::Entry;
use super::place::TargetOf;
use super::{Clearable, Party};
use crate::access::{MaySet, Writable};
use crate::kind::{self, Settable};
use crate::literal::Literal;
use crate::{Accepts, Column, Fits, Needed, Nullable, Reference, RowAddress, Table, TargetSet};

/// What a write does to a column: nothing, emptying it, or giving it a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Patch<V> {
    /// The column stays as it is.
    #[default]
    Keep,
    /// The column is emptied.
    Clear,
    /// The column is set to this value.
    To(V),
}

impl<V> From<V> for Patch<V> {
    fn from(value: V) -> Self {
        Self::To(value)
    }
}

/// What a field writes.
#[doc(hidden)]
#[derive(Debug)]
pub enum Written {
    Nothing,
    Null,
    Value(Literal),
    Row(super::Place),
    Parties(Vec<Party>),
}

/// Types of fields that write `K` columns: what fits the column, and `Option` and [`Patch`] of it.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` can't write a `{K}` column",
    label = "this type does not fit the column",
    note = "text is written from `String`, whole numbers from `i32`, decimals from `Decimal`, money from `Money`, yes/no from \
            `bool`, choices from `Choice<E>`, lookups from `Id<T>`, an alternate key or `Reference<S>`, parties from \
            `Vec<Party>`; or from an `Option` or `Patch` of those"
)]
pub trait WrittenTo<K> {
    /// Whether the field can empty the column: [`NeverClears`] or [`MayClear`].
    type Clears;

    /// What the field writes.
    #[doc(hidden)]
    fn written(self) -> Written;
}

/// The field never empties its column.
pub enum NeverClears {}
/// The field can empty its column.
pub enum MayClear {}

/// Nullability of columns which a field can write that empties its column as `C` says.
#[diagnostic::on_unimplemented(
    message = "this column can't be cleared",
    label = "the service requires a value in this column",
    note = "a `Patch` can empty its column: use an `Option`"
)]
pub trait ClearsBy<C> {}
#[diagnostic::do_not_recommend]
impl<N> ClearsBy<NeverClears> for N {}
#[diagnostic::do_not_recommend]
impl ClearsBy<MayClear> for Nullable {}
#[diagnostic::do_not_recommend]
impl<M, N: Clearable> ClearsBy<MayClear> for Needed<M, N> {}

/// Values that fill a `K` column.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be written to a `{K}` column",
    label = "this type does not fit the column"
)]
pub trait Fills<K> {
    /// What is written.
    #[doc(hidden)]
    fn fill(self) -> Written;
}

#[diagnostic::do_not_recommend]
impl<K: Settable, V: Fits<K>> Fills<K> for V {
    fn fill(self) -> Written {
        Written::Value(self.literal())
    }
}

#[diagnostic::do_not_recommend]
impl<S, R: TargetOf<S>> Fills<kind::Lookup<S>> for R {
    fn fill(self) -> Written {
        Written::Row(self.place())
    }
}

#[diagnostic::do_not_recommend]
impl<P: Into<Party>> Fills<kind::PartyList> for Vec<P> {
    fn fill(self) -> Written {
        Written::Parties(self.into_iter().map(Into::into).collect())
    }
}

// Kind by kind: of all kinds at once the compiler couldn't know that `Option` isn't such a value itself.
macro_rules! values_are_written {
    ($([$($of:tt)*] $kind:ty),+ $(,)?) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($of)* V: Fills<$kind>> WrittenTo<$kind> for V {
            type Clears = NeverClears;

            fn written(self) -> Written {
                self.fill()
            }
        }
    )+};
}

values_are_written!(
    [] kind::Text, [] kind::Memo, [] kind::WholeNumber, [] kind::BigInteger, [] kind::DecimalNumber,
    [] kind::FloatNumber, [] kind::MoneyAmount, [] kind::YesNo, [] kind::UserLocal, [] kind::DateOnly,
    [] kind::TimeZoneIndependent, [] kind::UniqueId, [] kind::ImageData, [] kind::TableName, [] kind::UnknownValue,
    [] kind::PartyList, [T,] kind::PrimaryId<T>, [E,] kind::ChoiceOf<E>, [E,] kind::ChoicesOf<E>,
);

impl<S: Accepts<R::Table>, R: RowAddress> WrittenTo<kind::Lookup<S>> for R {
    type Clears = NeverClears;

    fn written(self) -> Written {
        Fills::<kind::Lookup<S>>::fill(self)
    }
}

#[diagnostic::do_not_recommend]
impl<S: TargetSet> WrittenTo<kind::Lookup<S>> for Reference<S> {
    type Clears = NeverClears;

    fn written(self) -> Written {
        Fills::<kind::Lookup<S>>::fill(self)
    }
}

#[diagnostic::do_not_recommend]
impl<K, V: Fills<K>> WrittenTo<K> for Option<V> {
    type Clears = NeverClears;

    fn written(self) -> Written {
        self.map_or(Written::Nothing, Fills::fill)
    }
}

#[diagnostic::do_not_recommend]
impl<K, V: Fills<K>> WrittenTo<K> for Patch<V> {
    type Clears = MayClear;

    fn written(self) -> Written {
        match self {
            Self::Keep => Written::Nothing,
            Self::Clear => Written::Null,
            Self::To(value) => value.fill(),
        }
    }
}

impl<T: Table, K, A, N> Column<T, K, A, N> {
    /// What a struct's field writes to this column. The derives call it.
    #[doc(hidden)]
    pub fn write_field<M: MaySet<A>, V: WrittenTo<K>>(self, value: V, body: &mut super::Body<T, M>)
    where
        A: Writable,
        N: ClearsBy<V::Clears>,
    {
        if let Some(entry) = self.written_entry(value.written()) {
            body.push(entry);
        }
    }

    fn written_entry(self, written: Written) -> Option<Entry> {
        match written {
            Written::Nothing => None,
            Written::Null => Some(self.null_entry()),
            Written::Value(literal) => Some(self.value_entry(&literal)),
            Written::Row(place) => Some(self.place_entry(place)),
            Written::Parties(parties) => Some(self.parties_entry(parties)),
        }
    }
}
