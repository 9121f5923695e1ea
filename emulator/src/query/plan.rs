//! What a query asks for, in the model's terms: rows joined to rows, a condition, orders, groups. OData's options become
//! this; FetchXML's links, aliases and aggregates have their place in it too.

use crate::model::Entity;
use crate::odata::{Comparison, Method};
use crate::store::Anchors;
use dataverse_codegen::schema::Column;
use rusqlite::types::Value;
use uuid::Uuid;

/// The number by which a source of rows is known in a query. Numbers are distinct over all nested queries.
pub(crate) type SourceId = usize;

/// Rows of one table, what is joined to them, and the condition that they meet.
#[derive(Clone, Debug)]
pub(crate) struct Rows<'m> {
    /// The table.
    pub(crate) from: Source<'m>,
    /// What is joined, each to one that stands before it.
    pub(crate) joins: Vec<Join<'m>>,
    /// What must hold.
    pub(crate) condition: Condition<'m>,
}

/// A table under a number.
#[derive(Clone, Debug)]
pub(crate) struct Source<'m> {
    pub(crate) id: SourceId,
    pub(crate) table: &'m str,
}

/// A table that is joined.
#[derive(Clone, Debug)]
pub(crate) struct Join<'m> {
    pub(crate) kind: JoinKind,
    pub(crate) source: Source<'m>,
    /// What ties the rows.
    pub(crate) ties: Vec<Tie>,
    /// What the joined rows must meet besides.
    pub(crate) condition: Option<Condition<'m>>,
}

/// Whether rows without a partner stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum JoinKind {
    Inner,
    Outer,
}

/// Two SQL columns that are equal, or one that has a fixed value.
#[derive(Clone, Debug)]
pub(crate) enum Tie {
    Columns(SqlColumn, SqlColumn),
    Value(SqlColumn, Value),
    /// The id of the row to which the rows of the whole query belong: the statement's first parameter.
    Parent(SqlColumn),
}

/// A column of the database.
#[derive(Clone, Debug)]
pub(crate) struct SqlColumn {
    pub(crate) source: SourceId,
    pub(crate) name: String,
}

/// A column of the model in one of the sources.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ColumnRef<'m> {
    pub(crate) source: SourceId,
    pub(crate) entity: &'m Entity,
    pub(crate) column: &'m Column,
}

/// A condition. As in SQL it may be neither true nor false of a row without a value.
#[derive(Clone, Debug)]
pub(crate) enum Condition<'m> {
    /// All hold. Of none: true.
    All(Vec<Condition<'m>>),
    /// One holds. Of none: false.
    Any(Vec<Condition<'m>>),
    Not(Box<Condition<'m>>),
    /// A column and a value, in the form in which the column is kept.
    Compare(ColumnRef<'m>, Comparison, Value),
    /// Two columns of one kind.
    Columns(ColumnRef<'m>, Comparison, ColumnRef<'m>),
    /// There is no value.
    Null(ColumnRef<'m>),
    /// True or false of every value, and neither where there is none.
    OfAny(ColumnRef<'m>, bool),
    /// The text fits a pattern with wildcards.
    Like(ColumnRef<'m>, String, Anchors),
    /// The value is one of these.
    In(ColumnRef<'m>, Vec<Value>),
    /// The choices that are selected include one of these.
    Selected(ColumnRef<'m>, Vec<i64>),
    /// Month and day of a date lie from the first to before the second, of whatever year.
    Season(ColumnRef<'m>, String, String),
    /// The id is one of those that a query finds.
    Ids(ColumnRef<'m>, Ids<'m>),
    /// There is such a row.
    Exists(Box<Rows<'m>>),
    /// Columns of the database that no request names have these values, such as those of an intersect table.
    Tied(Vec<Tie>),
}

/// Queries that find ids.
#[derive(Clone, Debug)]
pub(crate) enum Ids<'m> {
    /// The business unit of a user.
    BusinessUnitOf(Uuid),
    /// The teams of a user.
    TeamsOf(Uuid),
    /// The rows below or above one in a hierarchy.
    Hierarchy {
        table: &'m str,
        id: &'m str,
        parent: &'m str,
        of: Uuid,
        direction: Direction,
    },
}

/// Which way a hierarchy is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    Down,
    Up,
}

/// What rows are sorted by.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sort<'m> {
    pub(crate) column: ColumnRef<'m>,
    pub(crate) descending: bool,
    /// Whether choices are sorted by their labels.
    pub(crate) by_label: bool,
}

/// Groups of rows and what is computed of each.
#[derive(Clone, Debug)]
pub(crate) struct Groups<'m> {
    /// The columns whose values make a group, with the names of the results.
    pub(crate) keys: Vec<(ColumnRef<'m>, String)>,
    /// What is computed.
    pub(crate) aggregates: Vec<Computed<'m>>,
}

/// One computed value. Without a column rows are counted.
#[derive(Clone, Debug)]
pub(crate) struct Computed<'m> {
    pub(crate) of: Option<(ColumnRef<'m>, Method)>,
    pub(crate) alias: String,
}
