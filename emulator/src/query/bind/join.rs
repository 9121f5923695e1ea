//! Joins: rows of lookups, and those of collections.

use super::{Binder, no_property, target};
use crate::Fault;
use crate::model::{Entity, Links, Many, Single};
use crate::query::Context;
use crate::query::plan::{Condition, Join, JoinKind, Rows, Source, SourceId, SqlColumn, Tie};
use dataverse_codegen::schema::ColumnKind;
use rusqlite::types::Value;

impl<'a> Binder<'a> {
    /// The source that a lookup leads to: joined once, however often it is named.
    pub(super) fn joined(
        &mut self,
        scope: usize,
        of: &Entity,
        source: SourceId,
        single: &'a Single,
    ) -> Result<SourceId, Fault> {
        let known = &self.scopes[scope].known;
        if let Some((_, _, joined)) = known
            .iter()
            .find(|(from, name, _)| *from == source && *name == single.name)
        {
            return Ok(*joined);
        }
        let id = self.new_source();
        let join = join_single(self.context, of, source, single, id)?;
        let scope = &mut self.scopes[scope];
        scope.joins.push(join);
        scope.known.push((source, single.name.clone(), id));
        Ok(id)
    }

    /// Joins the row of a lookup for itself, whatever else is joined.
    pub(in crate::query) fn join_apart(
        &mut self,
        of: &Entity,
        source: SourceId,
        single: &'a Single,
        condition: impl FnOnce(&mut Self, SourceId) -> Result<Option<Condition<'a>>, Fault>,
    ) -> Result<SourceId, Fault> {
        let id = self.new_source();
        let mut join = join_single(self.context, of, source, single, id)?;
        join.condition = condition(self, id)?;
        self.scopes[0].joins.push(join);
        Ok(id)
    }

    /// The rows of a collection of a source's rows, and the table that they are of.
    pub(in crate::query) fn collection_rows(
        &mut self,
        parent: SourceId,
        entity: &'a Entity,
        many: &'a Many,
    ) -> Result<(Rows<'a>, &'a Entity), Fault> {
        let child = target(self.context, &many.table)?;
        let source = self.new_source();
        let parent_id = SqlColumn {
            source: parent,
            name: entity.primary_id().to_owned(),
        };
        let (join, ties) = self.links(source, child, entity, many, |column| {
            Tie::Columns(column, parent_id)
        })?;
        let rows = Rows {
            from: Source {
                id: source,
                table: child.name(),
            },
            joins: join.into_iter().collect(),
            condition: Condition::Tied(ties),
        };
        Ok((rows, child))
    }

    /// The query's own rows are those of a row's collection, whose id is the statement's first parameter.
    pub(in crate::query) fn of_parent(
        &mut self,
        entity: &'a Entity,
        many: &'a Many,
    ) -> Result<Condition<'a>, Fault> {
        let (source, child) = (self.root(), target(self.context, &many.table)?);
        let (join, ties) = self.links(source, child, entity, many, Tie::Parent)?;
        self.scopes[0].joins.extend(join);
        Ok(Condition::Tied(ties))
    }

    /// What ties rows of a collection to their row: a join with the intersect table if there is one, and ties.
    fn links(
        &mut self,
        source: SourceId,
        child: &'a Entity,
        entity: &'a Entity,
        many: &'a Many,
        tie: impl FnOnce(SqlColumn) -> Tie,
    ) -> Result<(Option<Join<'a>>, Vec<Tie>), Fault> {
        let column = |source: SourceId, name: &str| SqlColumn {
            source,
            name: name.to_owned(),
        };
        match &many.links {
            Links::Lookup(lookup) => {
                let mut ties = vec![tie(column(source, lookup))];
                ties.extend(tie_table(child, source, lookup, entity.name()));
                Ok((None, ties))
            }
            Links::Intersect { table, own, other } => {
                let between = self.new_source();
                let join = Join {
                    kind: JoinKind::Inner,
                    source: Source {
                        id: between,
                        table: table.as_str(),
                    },
                    ties: vec![Tie::Columns(
                        column(between, other),
                        column(source, child.primary_id()),
                    )],
                    condition: None,
                };
                Ok((Some(join), vec![tie(column(between, own))]))
            }
            Links::Unknown => Err(Fault::unsupported(&format!(
                "the navigation property '{}', whose relationship the snapshot doesn't hold",
                many.name
            ))),
        }
    }
}

/// The single-valued navigation property of this name.
pub(super) fn single<'m>(entity: &'m Entity, name: &str) -> Result<&'m Single, Fault> {
    if entity.collection(name).is_some() {
        return Err(Fault::bad_query(format!(
            "The parent value for a property access of a property '{name}' is not a single value. Property access can only be \
             applied to a single value."
        )));
    }
    entity
        .single(name)
        .ok_or_else(|| no_property(name, entity.name()))
}

/// Lookups to several tables hold the name of the table too: ids alone may be those of rows of two. All activities are rows of
/// `activitypointer` besides.
fn tie_table(entity: &Entity, source: SourceId, lookup: &str, table: &str) -> Option<Tie> {
    let several = entity
        .table()
        .column(lookup)
        .is_some_and(|column| matches!(&column.kind, ColumnKind::Lookup(lookup) if lookup.targets.len() > 1));
    (several && table != "activitypointer").then(|| {
        let column = SqlColumn {
            source,
            name: format!("{lookup}$table"),
        };
        Tie::Value(column, Value::Text(table.to_owned()))
    })
}

/// The join of a lookup's row.
fn join_single<'a>(
    context: &Context<'a>,
    of: &Entity,
    source: SourceId,
    single: &'a Single,
    id: SourceId,
) -> Result<Join<'a>, Fault> {
    let entity = target(context, &single.target)?;
    let column = |source: SourceId, name: &str| SqlColumn {
        source,
        name: name.to_owned(),
    };
    let mut ties = vec![Tie::Columns(
        column(id, entity.primary_id()),
        column(source, &single.column),
    )];
    ties.extend(tie_table(of, source, &single.column, entity.name()));
    Ok(Join {
        kind: JoinKind::Outer,
        source: Source {
            id,
            table: entity.name(),
        },
        ties,
        condition: None,
    })
}
