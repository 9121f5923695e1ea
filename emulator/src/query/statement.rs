//! A statement, from its columns to its end.

use super::bind::Binder;
use super::plan::{Condition, JoinKind, Rows, Sort};
use super::sql::Sql;
use super::{Context, names, page};
use crate::answer::{Form, Reader};
use crate::store::quoted;

/// A statement whose columns are there, and whose rows aren't yet.
pub(super) struct Statement<'a> {
    pub(super) sql: Sql,
    pub(super) columns: usize,
    pub(super) form: Form,
    pub(super) sorts: Vec<Sort<'a>>,
    pub(super) most: u64,
}

impl<'a> Statement<'a> {
    /// Completes the statement.
    pub(super) fn reader(
        mut self,
        context: &'a Context<'a>,
        binder: Binder<'a>,
        condition: Condition<'a>,
        start: Option<&page::Start>,
    ) -> Reader {
        let rows = binder.finish(condition);
        // Few rows belong to one row, and they are found by an index.
        let filtered = is_filtered(&rows.condition) && !names::is_of_row(&rows.condition);
        if !self.sorts.is_empty() && (filtered || self.needs_sorting(&rows)) {
            self.sorted(context, &rows, start);
        } else {
            self.direct(context, &rows, start);
        }
        Reader {
            sql: self.sql.text,
            values: self.sql.values,
            form: self.form,
            most: self.most,
            sorts: (self.columns, self.sorts.len()),
        }
    }

    /// Whether the rows come in another order than that of the primary key, which has an index.
    fn needs_sorting(&self, rows: &Rows<'_>) -> bool {
        self.sorts.first().is_some_and(|sort| {
            sort.column.source != rows.from.id || sort.column.column.name != sort.column.entity.primary_id()
        })
    }

    /// Reads rows as they come.
    fn direct(&mut self, context: &Context<'_>, rows: &Rows<'_>, start: Option<&page::Start>) {
        for (at, sort) in self.sorts.iter().enumerate() {
            if self.columns + at > 0 {
                self.sql.push(", ");
            }
            self.sql.sorted_by(context, sort);
        }
        self.sql.rows(rows);
        if let Some(start) = start {
            start.condition(&mut self.sql, &self.sorts, |sql, at| {
                sql.sorted_by(context, &self.sorts[at]);
            });
        }
        page::order(&mut self.sql, &self.sorts, self.columns);
        self.limit();
    }

    /// Sorts nothing but keys and positions first, and reads the rest of the rows of this page only.
    fn sorted(&mut self, context: &Context<'_>, rows: &Rows<'_>, start: Option<&page::Start>) {
        for at in 0..self.sorts.len() {
            if self.columns + at > 0 {
                self.sql.push(", ");
            }
            self.sql.push(&format!("p.o{at}"));
        }
        let source = rows.from.id;
        let keys = self.keys(context, rows);
        self.sql.push(&format!(" FROM (SELECT t{source}.rowid AS r"));
        for (at, key) in keys.iter().enumerate() {
            self.sql.push(", ");
            key.write(context, &mut self.sql);
            self.sql.push(&format!(" AS o{at}"));
        }
        self.sql.rows(rows);
        if let Some(start) = start {
            start.condition(&mut self.sql, &self.sorts, |sql, at| keys[at].write(context, sql));
        }
        page::order(&mut self.sql, &self.sorts, 1);
        self.limit();
        let table = quoted(rows.from.table);
        self.sql.push(&format!(
            ") AS p CROSS JOIN {table} AS t{source} ON t{source}.rowid = p.r"
        ));
        // Rows of lookups are there for their columns; what else is joined is only a condition.
        for join in rows.joins.iter().filter(|join| join.kind == JoinKind::Outer) {
            self.sql.join(join);
        }
        page::order(&mut self.sql, &self.sorts, self.columns);
    }

    /// What the rows are sorted by.
    fn keys(&mut self, context: &Context<'_>, rows: &Rows<'_>) -> Vec<Key<'a>> {
        let filtered = is_filtered(&rows.condition);
        let sorts = self.sorts.iter();
        sorts
            .map(|sort| Key {
                sort: *sort,
                names: names::of(context, rows, sort.column).map(|names| self.sql.parameter(names)),
                filtered,
            })
            .collect()
    }

    /// One more than is written tells whether there are more.
    fn limit(&mut self) {
        self.sql.push(" LIMIT ");
        let most = self.most.saturating_add(1);
        self.sql.bind(i64::try_from(most).unwrap_or(i64::MAX));
    }
}

/// What rows are sorted by, as it is written.
struct Key<'m> {
    sort: Sort<'m>,
    /// The parameter that holds the names of what a lookup leads to.
    names: Option<usize>,
    filtered: bool,
}

impl Key<'_> {
    fn write(&self, context: &Context<'_>, sql: &mut Sql) {
        match self.names {
            Some(names) => sql.known_name(self.sort.column, names),
            None => {
                // Rows that a condition chooses aren't fetched in the order of an index, one here and one there, to be
                // dropped: all are looked at as they lie, and those that stay are sorted. A sign keeps indexes away.
                if self.filtered {
                    sql.push("+");
                }
                sql.sorted_by(context, &self.sort);
            }
        }
    }
}

/// Whether a condition says more than to which row the rows belong.
fn is_filtered(condition: &Condition<'_>) -> bool {
    match condition {
        Condition::All(parts) => parts.iter().any(is_filtered),
        Condition::Tied(_) => false,
        _ => true,
    }
}
