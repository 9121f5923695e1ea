//! Tables, and what lookups point to.

use std::marker::PhantomData;

/// A table of the environment. Generated code implements it for one marker type per table.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a table",
    label = "a table's marker type is needed here, such as `account::Account`",
    note = "tables live in the generated crate, each in a module of its own"
)]
pub trait Table: Sized + 'static {
    /// The struct whose fields are the table's columns and relationships.
    type Columns: 'static;
    /// Whether changes can be followed: a marker of [`capability`](crate::capability).
    type ChangeTracking;
    /// Where the rows live: a marker of [`storage`](crate::storage).
    type Storage;
    /// The columns that a create has to set: `()`, or `(Marker, (Marker, ..))`. What counts as such is decided when the
    /// code is generated.
    type Mandatory;
    /// Names and capabilities as data.
    const META: TableMeta;
    /// The names of the columns that a create has to set.
    const MANDATORY: &'static [&'static str] = &[];
    /// The columns and relationships.
    const COLUMNS: Self::Columns;
}

/// What is known of a table besides its columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TableMeta {
    /// Name of the table: `account`.
    pub logical_name: &'static str,
    /// Name in URLs: `accounts`. Empty if the table isn't reachable there.
    pub entity_set: &'static str,
    /// Column that identifies a row: `accountid`.
    pub primary_id: &'static str,
    /// Column that names a row to people.
    pub primary_name: Option<&'static str>,
    /// Whether the table is an activity.
    pub is_activity: bool,
    /// Whether rows carry versions that writes can be made to depend on. `None`: the metadata doesn't say.
    pub optimistic_concurrency: Option<bool>,
}

/// The columns of a table that is only referred to. It has none: select the table to generate them.
#[derive(Clone, Copy, Debug)]
pub struct ColumnsNotGenerated;

/// Target of lookups whose tables are unknown.
pub struct AnyTable(PhantomData<()>);

/// The tables that a polymorphic lookup points to, as an enum. Generated code implements it.
pub trait TargetSet: Sized + 'static {
    /// Logical name and variant of each target.
    const TARGETS: &'static [(&'static str, Self)];
    /// Logical name and entity set of tables, the targets among them, in the order of the names.
    const ENTITY_SETS: &'static [(&'static str, &'static str)] = &[];
}

/// Targets of a lookup or relationship (`Self`: a table or a set of tables) that include rows of `T`.
#[diagnostic::on_unimplemented(
    message = "this relationship does not lead to rows of `{T}`",
    label = "it leads to `{Self}`, and this is a row of `{T}`",
    note = "the column's documentation lists its targets"
)]
pub trait Accepts<T> {}
impl<T: Table> Accepts<T> for T {}

/// A table that belongs to a group: all tables of a group are in the same [sets](TargetSet).
///
/// Sets of thousands of tables are mostly the same tables. Generated code tells each table's group, and each set's groups,
/// instead of each table of each set, which costs the compiler more than the tables' columns.
pub trait Grouped {
    /// The group, a marker type.
    type Group;
}

/// A group (`Self`) whose tables are all in the set `S`.
pub trait Within<S> {}
