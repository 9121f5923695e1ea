//! What of each row is answered: `$select` and `$expand`, as the columns of a statement and the form of the JSON made of them.

mod expand;
mod field;
mod select;

pub(super) use select::{described, fields, push_column};

use super::bind::Binder;
use super::plan::{ColumnRef, SourceId};
use super::sql::Sql;
use super::{Asked, Context};
use crate::Fault;
use crate::answer::{Form, Level, Member};
use crate::model::Entity;
use crate::odata::{Expands, Select};
use std::collections::HashMap;

/// What an answer has of its rows.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'q> {
    pub(super) select: Option<&'q Select>,
    pub(super) expand: &'q Expands,
}

/// Builds the columns of a statement and the form of its rows.
pub(super) struct Shaper<'s, 'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) binder: &'s mut Binder<'a>,
    pub(super) asked: &'s Asked,
    pub(super) sql: Sql,
    /// How many columns there are so far.
    pub(super) columns: usize,
    known: HashMap<(SourceId, String), usize>,
    /// Whether an expansion stands in an expansion somewhere, which changes much.
    pub(super) nested: bool,
}

/// A row in the statement.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    pub(super) entity: &'a Entity,
    pub(super) source: SourceId,
}

/// Whether an expansion stands in an expansion.
pub(super) fn is_nested(expands: &Expands) -> bool {
    expands.0.iter().any(|expand| !expand.expand.0.is_empty())
}

/// Refuses more expansions than the service takes.
pub(super) fn check_count(context: &Context<'_>, expands: &Expands) -> Result<(), Fault> {
    let most = context.settings.expansions;
    if expands.count() > most {
        return Err(Fault::bad_query(format!(
            "The number of $expand options exceeds the maximum of {most}."
        )));
    }
    Ok(())
}

impl<'s, 'a> Shaper<'s, 'a> {
    pub(super) fn new(
        context: &'a Context<'a>,
        binder: &'s mut Binder<'a>,
        asked: &'s Asked,
        mut sql: Sql,
        nested: bool,
    ) -> Self {
        sql.push("SELECT ");
        Self {
            context,
            binder,
            asked,
            sql,
            columns: 0,
            known: HashMap::new(),
            nested,
        }
    }

    fn level(&self) -> Level {
        self.asked.level
    }

    /// Adds a column to the statement, and tells where it stands.
    pub(super) fn add(&mut self, write: impl FnOnce(&mut Sql)) -> usize {
        if self.columns > 0 {
            self.sql.push(", ");
        }
        write(&mut self.sql);
        self.columns += 1;
        self.columns - 1
    }

    /// A column of the database, added once.
    pub(super) fn stored(&mut self, source: SourceId, name: &str) -> usize {
        if let Some(at) = self.known.get(&(source, name.to_owned())) {
            return *at;
        }
        let at = self.add(|sql| sql.column(source, name));
        self.known.insert((source, name.to_owned()), at);
        at
    }

    /// The object of a row.
    pub(super) fn form(
        &mut self,
        at: At<'a>,
        wanted: Wanted<'_>,
        extra: &[&str],
        etag: bool,
    ) -> Result<Form, Fault> {
        let version = (etag && self.level().control).then(|| self.stored(at.source, "$version"));
        let mut fields = fields(at.entity, wanted.select)?;
        for name in extra {
            push_column(&mut fields, at.entity, name);
        }
        for expand in wanted.expand.0.iter().filter(|expand| expand.reference) {
            // The address of a lookup's row comes with its id.
            if let Some(single) = at.entity.single(&expand.navigation) {
                push_column(&mut fields, at.entity, &single.column);
            }
        }
        let mut members = Vec::with_capacity(fields.len() + wanted.expand.0.len());
        for column in fields {
            let column = ColumnRef {
                source: at.source,
                entity: at.entity,
                column,
            };
            let field = self.field(column, &column.column.property());
            members.push(Member::Field(field));
        }
        let mut seen: Vec<&str> = Vec::new();
        for expand in &wanted.expand.0 {
            if seen.contains(&expand.navigation.as_str()) {
                return Err(Fault::bad_query(format!(
                    "The navigation property '{}' is expanded more than once.",
                    expand.navigation
                )));
            }
            seen.push(&expand.navigation);
            members.push(self.expansion(at, expand)?);
        }
        Ok(Form { version, members })
    }

    pub(super) fn finish(self) -> (Sql, usize) {
        (self.sql, self.columns)
    }
}
