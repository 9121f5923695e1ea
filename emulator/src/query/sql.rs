//! From a plan to SQL. Names come from the model and are quoted; every value is a bound parameter.

mod order;

use super::plan::{ColumnRef, Condition, Direction, Ids, Join, JoinKind, Rows, SourceId, SqlColumn, Tie};
use crate::odata::Comparison;
use crate::store::{self, FITS, LOCAL, quoted};
use dataverse_codegen::schema::{ColumnKind, DateBehavior};
use rusqlite::types::Value;
use std::fmt::Write;

/// A statement under construction, with the values of its parameters.
#[derive(Debug, Default)]
pub(crate) struct Sql {
    pub(crate) text: String,
    pub(crate) values: Vec<Value>,
}

impl Sql {
    /// A statement whose first parameter is the id of the row to which all rows belong.
    pub(crate) fn of_parent(parent: Value) -> Self {
        Self {
            text: String::new(),
            values: vec![parent],
        }
    }

    pub(crate) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    pub(crate) fn bind(&mut self, value: impl Into<Value>) {
        self.values.push(value.into());
        // Writing to a string doesn't fail.
        let _ = write!(self.text, "?{}", self.values.len());
    }

    /// Binds a value that is named by its number, perhaps several times.
    pub(crate) fn parameter(&mut self, value: impl Into<Value>) -> usize {
        self.values.push(value.into());
        self.values.len()
    }

    pub(crate) fn column(&mut self, source: SourceId, name: &str) {
        let _ = write!(self.text, "t{source}.{}", quoted(name));
    }

    fn sql_column(&mut self, column: &SqlColumn) {
        self.column(column.source, &column.name);
    }

    /// Items with something between them.
    fn joined<T>(&mut self, items: &[T], between: &str, mut write: impl FnMut(&mut Self, &T)) {
        for (at, item) in items.iter().enumerate() {
            if at > 0 {
                self.push(between);
            }
            write(self, item);
        }
    }

    /// What a column is compared and sorted by.
    pub(crate) fn comparable(&mut self, column: ColumnRef<'_>) {
        match replaced(column) {
            Some(name) => self.column(column.source, name),
            None => {
                let _ = write!(
                    self.text,
                    "t{}.{}",
                    column.source,
                    store::comparable(column.column)
                );
            }
        }
    }

    /// What a column holds.
    pub(crate) fn value(&mut self, column: ColumnRef<'_>) {
        let name = replaced(column).unwrap_or(&column.column.name);
        self.column(column.source, name);
    }

    /// What a column shows: of an image its thumbnail, and else what it holds.
    pub(crate) fn shown(&mut self, column: ColumnRef<'_>) {
        if !matches!(column.column.kind, ColumnKind::Image { .. }) {
            return self.value(column);
        }
        self.push("(SELECT f.thumbnail FROM \"$file\" AS f WHERE f.id = ");
        self.value(column);
        self.push(")");
    }

    /// A date as the users' calendar has it.
    pub(crate) fn local(&mut self, column: ColumnRef<'_>) {
        let moment = matches!(
            column.column.kind,
            ColumnKind::DateTime {
                behavior: DateBehavior::UserLocal,
                ..
            }
        );
        if !moment {
            return self.value(column);
        }
        self.push(LOCAL);
        self.push("(");
        self.value(column);
        self.push(")");
    }

    /// `FROM … WHERE …`
    pub(crate) fn rows(&mut self, rows: &Rows<'_>) {
        self.push(" FROM ");
        self.push(&quoted(rows.from.table));
        let _ = write!(self.text, " AS t{}", rows.from.id);
        for join in &rows.joins {
            self.join(join);
        }
        self.push(" WHERE ");
        self.condition(&rows.condition);
    }

    /// ` JOIN … ON …`
    pub(crate) fn join(&mut self, join: &Join<'_>) {
        self.push(match join.kind {
            JoinKind::Inner => " JOIN ",
            JoinKind::Outer => " LEFT JOIN ",
        });
        self.push(&quoted(join.source.table));
        let _ = write!(self.text, " AS t{} ON ", join.source.id);
        self.joined(&join.ties, " AND ", Self::tie);
        if let Some(condition) = &join.condition {
            if !join.ties.is_empty() {
                self.push(" AND ");
            }
            self.condition(condition);
        }
    }

    fn tie(&mut self, tie: &Tie) {
        match tie {
            Tie::Columns(one, other) => {
                self.sql_column(one);
                self.push(" = ");
                self.sql_column(other);
            }
            Tie::Value(column, value) => {
                self.sql_column(column);
                self.push(" = ");
                self.bind(value.clone());
            }
            Tie::Parent(column) => {
                self.sql_column(column);
                self.push(" = ?1");
            }
        }
    }

    /// A condition, in parentheses where it needs them.
    pub(crate) fn condition(&mut self, condition: &Condition<'_>) {
        match condition {
            Condition::All(parts) if parts.is_empty() => self.push("1"),
            Condition::Any(parts) if parts.is_empty() => self.push("0"),
            Condition::All(parts) => self.chain(parts, " AND "),
            Condition::Any(parts) => self.chain(parts, " OR "),
            Condition::Not(inner) => {
                self.push("NOT (");
                self.condition(inner);
                self.push(")");
            }
            Condition::Compare(column, comparison, value) => {
                self.comparable(*column);
                self.push(operator(*comparison));
                self.bind(value.clone());
            }
            Condition::Columns(left, comparison, right) => {
                self.comparable(*left);
                self.push(operator(*comparison));
                self.comparable(*right);
            }
            Condition::Null(column) => {
                self.value(*column);
                self.push(" IS NULL");
            }
            Condition::OfAny(column, holds) => {
                self.value(*column);
                self.push(operator(if *holds { Comparison::Eq } else { Comparison::Ne }));
                self.value(*column);
            }
            Condition::Like(column, pattern, anchors) => {
                let anchored = i64::from(anchors.start) + 2 * i64::from(anchors.end);
                self.push(FITS);
                self.push("(");
                self.comparable(*column);
                self.push(", ");
                self.bind(pattern.clone());
                self.push(", ");
                self.bind(anchored);
                self.push(")");
            }
            Condition::In(column, values) if values.is_empty() => {
                self.condition(&Condition::OfAny(*column, false));
            }
            Condition::In(column, values) => {
                self.comparable(*column);
                self.push(" IN (");
                self.joined(values, ", ", |sql, value| sql.bind(value.clone()));
                self.push(")");
            }
            Condition::Selected(column, choices) => self.selected(*column, choices),
            Condition::Season(column, from, to) => self.season(*column, from, to),
            Condition::Ids(column, ids) => {
                self.value(*column);
                self.push(" IN (");
                self.ids(ids);
                self.push(")");
            }
            Condition::Exists(rows) => {
                self.push("EXISTS (SELECT 1");
                self.rows(rows);
                self.push(")");
            }
            Condition::Tied(ties) => self.joined(ties, " AND ", Self::tie),
        }
    }

    fn chain(&mut self, parts: &[Condition<'_>], between: &str) {
        self.push("(");
        self.joined(parts, between, Self::condition);
        self.push(")");
    }

    /// The list of choices as it is kept, `1,3`, holds one of these.
    fn selected(&mut self, column: ColumnRef<'_>, choices: &[i64]) {
        if choices.is_empty() {
            return self.condition(&Condition::OfAny(column, false));
        }
        self.push("(");
        self.joined(choices, " OR ", |sql, choice| {
            sql.push("instr(',' || ");
            sql.value(column);
            sql.push(" || ',', ");
            sql.bind(format!(",{choice},"));
            sql.push(") > 0");
        });
        self.push(")");
    }

    fn season(&mut self, column: ColumnRef<'_>, from: &str, to: &str) {
        // A season over the end of the year has two parts.
        let between = if from < to { " AND " } else { " OR " };
        self.push("(");
        for (operator, bound, after) in [(" >= ", from, between), (" < ", to, ")")] {
            self.push("substr(");
            self.local(column);
            self.push(", 6, 5)");
            self.push(operator);
            self.bind(bound.to_owned());
            self.push(after);
        }
    }

    fn ids(&mut self, ids: &Ids<'_>) {
        match ids {
            Ids::BusinessUnitOf(user) => {
                self.push("SELECT \"businessunitid\" FROM \"systemuser\" WHERE \"systemuserid\" = ");
                self.bind(user.to_string());
            }
            Ids::TeamsOf(user) => {
                self.push("SELECT \"teamid\" FROM \"teammembership\" WHERE \"systemuserid\" = ");
                self.bind(user.to_string());
            }
            Ids::Hierarchy {
                table,
                id,
                parent,
                of,
                direction,
            } => {
                let (table, id, parent) = (quoted(table), quoted(id), quoted(parent));
                let (found, by) = match direction {
                    Direction::Down => (&id, &parent),
                    Direction::Up => (&parent, &id),
                };
                // Rows that are there already aren't followed again: a circle ends.
                let _ = write!(
                    self.text,
                    "WITH RECURSIVE along(id) AS (SELECT {found} FROM {table} WHERE {by} = "
                );
                self.bind(of.to_string());
                let _ = write!(
                    self.text,
                    " UNION SELECT h.{found} FROM {table} AS h JOIN along ON h.{by} = along.id) \
                     SELECT id FROM along WHERE id IS NOT NULL"
                );
            }
        }
    }
}

/// Columns that are kept under another name: the version of a row, and the key that users and teams share.
fn replaced<'m>(column: ColumnRef<'m>) -> Option<&'m str> {
    let table = column.entity.table();
    if column.column.name == "versionnumber" {
        return Some("$version");
    }
    let is_key = table.csdl_key.as_deref() == Some(column.column.name.as_str());
    is_key.then_some(table.primary_id.as_str())
}

fn operator(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Eq => " = ",
        Comparison::Ne => " <> ",
        Comparison::Gt => " > ",
        Comparison::Ge => " >= ",
        Comparison::Lt => " < ",
        Comparison::Le => " <= ",
    }
}
