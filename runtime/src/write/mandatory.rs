//! Whether a create sets all columns that its table requires, which the compiler proves.
//!
//! Each such column's nullability is [`Needed<C, _>`](Needed) with a marker type `C` of its own, and an assignment to it
//! carries `C`. The proof looks for each marker of [`Table::Mandatory`](crate::Table::Mandatory) among the assignments of
//! the tuple; where it is found is inferred, so that nobody writes it.

use super::{Assignment, Assignments, Body};
use crate::{Needed, Nullable, Required};
use std::marker::PhantomData;

/// Nullability, and the marker that an assignment to such a column carries.
pub trait Marked {
    /// The marker. `()`: a create can do without the column.
    type Mark;
}
impl Marked for Nullable {
    type Mark = ();
}
impl Marked for Required {
    type Mark = ();
}
impl<C, N> Marked for Needed<C, N> {
    type Mark = C;
}

/// A list of markers whose columns the assignments `A` set. `I`, where among them, is inferred.
// The list is `Self`, and not the assignments, so that the compiler speaks of the one marker that it doesn't find: of two
// conditions on one type it would only tell the outer one.
pub trait SetBy<A, I> {}
impl<A> SetBy<A, ()> for () {}
impl<A: Sets<C, I>, C, L: SetBy<A, J>, I, J> SetBy<A, (I, J)> for (C, L) {}

/// Assignments that set the column which `C` marks. `I`, where among them, is inferred.
#[diagnostic::on_unimplemented(
    message = "this create lacks `{C}`, which the table requires",
    label = "a column that the table requires is not set",
    note = "set the column in every case, not within an `Option`; or say that the create needs no check: \
            `incomplete((..))` around all of its assignments"
)]
pub trait Sets<C, I> {}
impl<A: Has<C, I>, C, I> Sets<C, In<I>> for A {}

/// Assignments among which one sets the column that `C` marks.
#[diagnostic::on_unimplemented(
    message = "this create lacks `{C}`, which the table requires",
    label = "a column that the table requires is not set",
    note = "set the column in every case, not within an `Option`; or say that the create needs no check: \
            `incomplete((..))` around all of its assignments"
)]
pub trait Has<C, I> {}
#[diagnostic::do_not_recommend]
impl<T, M, C> Has<C, Here> for Assignment<T, M, C> {}

/// It is this assignment.
pub struct Here(PhantomData<()>);
/// It is among those of the element `N` of a tuple.
pub struct At<const N: usize, I>(PhantomData<I>);
/// It is among these.
pub struct In<I>(PhantomData<I>);
/// It isn't looked for.
pub struct Unchecked(PhantomData<()>);

macro_rules! element {
    ($one:ident $at:literal ($($all:ident)+)) => {
        #[diagnostic::do_not_recommend]
        impl<X, Y, $($all),+> Has<X, At<$at, Y>> for ($($all,)+) where $one: Has<X, Y> {}
    };
}

macro_rules! elements {
    ($($all:tt: $($one:ident $at:literal)+;)+) => { $($(element!($one $at $all);)+)+ };
}

elements! {
    (A): A 0;
    (A B): A 0 B 1;
    (A B C): A 0 B 1 C 2;
    (A B C D): A 0 B 1 C 2 D 3;
    (A B C D E): A 0 B 1 C 2 D 3 E 4;
    (A B C D E F): A 0 B 1 C 2 D 3 E 4 F 5;
    (A B C D E F G): A 0 B 1 C 2 D 3 E 4 F 5 G 6;
    (A B C D E F G H): A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7;
    (A B C D E F G H I): A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8;
    (A B C D E F G H I J): A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9;
    (A B C D E F G H I J K): A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10;
    (A B C D E F G H I J K L): A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11;
    (A B C D E F G H I J K L M): A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11 M 12;
    (A B C D E F G H I J K L M N): A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11 M 12 N 13;
    (A B C D E F G H I J K L M N O): A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11 M 12 N 13 O 14;
    (A B C D E F G H I J K L M N O P): A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11 M 12 N 13 O 14 P 15;
}

/// Assignments of a create that may lack what the table requires.
#[must_use = "assignments do nothing by themselves"]
#[derive(Debug)]
pub struct Incomplete<A>(A);

/// All assignments of a create which may lack columns that the table requires, because a plug-in sets them, or because
/// forms alone insist on them.
///
/// ```
/// # use dataverse_runtime::{*, prelude::*, write::incomplete};
/// # mod needs { pub enum name {} }
/// # struct Account;
/// # struct Columns { name: Column<Account, kind::Text, access::ReadWrite, Needed<needs::name>>, fax: Column<Account, kind::Text> }
/// # impl Table for Account {
/// #     type Columns = Columns;
/// #     type ChangeTracking = capability::Unknown;
/// #     type Storage = storage::Standard;
/// #     type Mandatory = (needs::name, ());
/// #     const META: TableMeta = TableMeta { logical_name: "account", entity_set: "accounts", primary_id: "accountid",
/// #         primary_name: None, is_activity: false, optimistic_concurrency: None };
/// #     const COLUMNS: Columns = Columns { name: text("name", 160), fax: text("fax", 50) };
/// # }
/// let whole = create_body(Account, |a| (a.name.set("Contoso"), a.fax.set("1")));
/// let part = create_body(Account, |a| incomplete((a.fax.set("1"),)));
/// # let _ = (whole, part);
/// ```
pub fn incomplete<A>(assignments: A) -> Incomplete<A> {
    Incomplete(assignments)
}

#[diagnostic::do_not_recommend]
impl<A, C> Sets<C, Unchecked> for Incomplete<A> {}

impl<T, M, A: Assignments<T, M>> Assignments<T, M> for Incomplete<A> {
    fn push_to(self, body: &mut Body<T, M>) {
        self.0.push_to(body);
    }
}
