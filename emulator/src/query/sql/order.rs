//! What rows are sorted by, and the names of the rows that lookups point at.

use super::Sql;
use crate::Model;
use crate::answer::Labels;
use crate::query::Context;
use crate::query::names::primary_name;
use crate::query::plan::{ColumnRef, Sort};
use crate::store::{self, NAME, quoted};
use dataverse_codegen::schema::ColumnKind;
use std::fmt::Write;

impl Sql {
    /// The primary name of the row that a lookup points at; folded for order, or as people see it.
    pub(crate) fn lookup_name(&mut self, model: &Model, column: ColumnRef<'_>, folded: bool) {
        let ColumnKind::Lookup(lookup) = &column.column.kind else {
            return self.push("NULL");
        };
        let targets: Vec<_> = lookup
            .targets
            .iter()
            .filter_map(|target| model.entity(&target.table))
            .filter_map(|entity| Some((entity, primary_name(entity)?)))
            .collect();
        if targets.is_empty() {
            return self.push("NULL");
        }
        self.push("CASE ");
        self.column(column.source, &format!("{}$table", column.column.name));
        for (entity, name) in targets {
            self.push(" WHEN ");
            self.bind(entity.name().to_owned());
            let shown = if folded {
                store::comparable(name)
            } else {
                quoted(&name.name)
            };
            let _ = write!(
                self.text,
                " THEN (SELECT n.{shown} FROM {} AS n WHERE n.{} = ",
                quoted(entity.name()),
                quoted(entity.primary_id())
            );
            self.value(column);
            self.push(")");
        }
        self.push(" END");
    }

    /// The folded name of the row that a lookup points at, from those that a parameter holds.
    pub(crate) fn known_name(&mut self, column: ColumnRef<'_>, names: usize) {
        self.push(NAME);
        self.push("(");
        self.value(column);
        self.push(", ");
        self.column(column.source, &format!("{}$table", column.column.name));
        let _ = write!(self.text, ", ?{names})");
    }

    /// What rows are sorted by.
    pub(crate) fn sorted_by(&mut self, context: &Context<'_>, sort: &Sort<'_>) {
        let labels = Labels {
            model: context.model,
            language: context.settings.language,
        };
        let options = labels.options(sort.column.column).filter(|_| sort.by_label);
        let Some(options) = options.filter(|options| !options.is_empty()) else {
            return self.sort_key(context.model, sort.column);
        };
        let mut options: Vec<(i64, String)> = options.into_iter().collect();
        options.sort_unstable();
        self.push("CASE ");
        self.value(sort.column);
        for (value, label) in options {
            self.push(" WHEN ");
            self.bind(value);
            self.push(" THEN ");
            self.bind(store::fold(&label));
        }
        self.push(" END");
    }

    /// What rows are sorted by for a column: lookups by the name of what they point at.
    pub(crate) fn sort_key(&mut self, model: &Model, column: ColumnRef<'_>) {
        match column.column.kind {
            ColumnKind::Lookup(_) => self.lookup_name(model, column, true),
            _ => self.comparable(column),
        }
    }
}
