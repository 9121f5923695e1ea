//! From the syntax of OData to what it means in a model: names become tables, columns and joins, values the form in which
//! columns keep them.

mod filter;
mod function;
mod value;

pub(super) use filter::{like, same_kind};
pub(super) use function::{applied, parameters};
pub(super) use value::{compare, literal_of};

use super::Context;
use super::plan::{ColumnRef, Condition, Join, JoinKind, Rows, Source, SourceId, SqlColumn, Tie};
use crate::Fault;
use crate::model::{Entity, Links, Many, Single};
use crate::odata::{Aliases, Expression, Order, PropertyPath};
use crate::query::plan::Sort;
use dataverse_codegen::schema::{Column, ColumnKind, LookupKind};
use rusqlite::types::Value;

/// Resolves names, within the rows of one query and those of its lambdas.
pub(super) struct Binder<'a> {
    pub(super) context: &'a Context<'a>,
    aliases: Option<&'a Aliases>,
    next: SourceId,
    scopes: Vec<Scope<'a>>,
    conditions: usize,
    /// In how many expansions of collections this stands.
    pub(super) depth: usize,
}

/// The rows that names refer to: those of the query, or those of a lambda's variable.
struct Scope<'a> {
    variable: Option<String>,
    entity: &'a Entity,
    source: SourceId,
    joins: Vec<Join<'a>>,
    /// Which joins belong to which navigation property of which source.
    known: Vec<(SourceId, String, SourceId)>,
}

/// No property of that name: the service's words.
pub(crate) fn no_property(name: &str, entity: &str) -> Fault {
    let name: String = name.chars().take(200).collect();
    Fault::bad_query(format!(
        "Could not find a property named '{name}' on type 'Microsoft.Dynamics.CRM.{entity}'."
    ))
}

/// Whether a column holds users and teams, whose type is the abstract `principal`.
pub(crate) fn is_owner(column: &Column) -> bool {
    matches!(&column.kind, ColumnKind::Lookup(lookup) if lookup.kind == LookupKind::Owner)
}

impl<'a> Binder<'a> {
    /// A binder for rows of a table. Without aliases, none may be used.
    pub(super) fn new(context: &'a Context<'a>, entity: &'a Entity, aliases: Option<&'a Aliases>) -> Self {
        let mut binder = Self {
            context,
            aliases,
            next: 0,
            scopes: Vec::new(),
            conditions: 0,
            depth: 0,
        };
        let source = binder.new_source();
        binder.push_scope(None, entity, source);
        binder
    }

    /// The same query goes on with numbers that aren't taken.
    pub(super) fn new_source(&mut self) -> SourceId {
        let source = self.next;
        self.next += 1;
        source
    }

    fn push_scope(&mut self, variable: Option<String>, entity: &'a Entity, source: SourceId) {
        self.scopes.push(Scope {
            variable,
            entity,
            source,
            joins: Vec::new(),
            known: Vec::new(),
        });
    }

    /// The table that the query is about.
    pub(super) fn root(&self) -> SourceId {
        self.scopes.first().map_or(0, |scope| scope.source)
    }

    /// The rows of the query, with this condition.
    pub(super) fn finish(mut self, condition: Condition<'a>) -> Rows<'a> {
        let scope = self.scopes.swap_remove(0);
        Rows {
            from: Source {
                id: scope.source,
                table: scope.entity.name(),
            },
            joins: scope.joins,
            condition,
        }
    }

    /// Joins rows of another table to those of the query.
    pub(super) fn add_join(&mut self, join: Join<'a>) {
        self.scopes[0].joins.push(join);
    }

    /// What `$filter` says.
    pub(super) fn condition(&mut self, expression: &Expression) -> Result<Condition<'a>, Fault> {
        filter::condition(self, expression, false)
    }

    /// What `$orderby` says, without the primary key, which makes it whole.
    pub(super) fn sorts(&mut self, orders: &[Order]) -> Result<Vec<Sort<'a>>, Fault> {
        let mut sorts: Vec<Sort<'a>> = Vec::with_capacity(orders.len());
        for order in orders {
            let column = self.column(&order.path)?;
            if matches!(
                column.column.kind,
                ColumnKind::Choices { .. } | ColumnKind::Image { .. } | ColumnKind::File { .. }
            ) {
                return Err(Fault::bad_query(format!(
                    "The property '{}' cannot be used in the $orderby query option.",
                    order.path
                )));
            }
            let same = |sort: &Sort<'_>| {
                sort.column.source == column.source && sort.column.column.name == column.column.name
            };
            // What is sorted by a column already isn't changed by it again.
            if !sorts.iter().any(same) {
                sorts.push(Sort {
                    column,
                    descending: order.descending,
                    by_label: false,
                });
            }
        }
        Ok(sorts)
    }

    /// The column that a path leads to, through lookups.
    pub(super) fn column(&mut self, path: &PropertyPath) -> Result<ColumnRef<'a>, Fault> {
        let (scope, names) = self.scope_of(&path.0);
        let Some((last, through)) = names.split_last() else {
            return Err(Fault::bad_query(format!(
                "The variable '{path}' is a row, not a value."
            )));
        };
        let (mut source, mut entity) = (self.scopes[scope].source, self.scopes[scope].entity);
        for (at, name) in through.iter().enumerate() {
            let single = single(entity, name)?;
            if let Some(column) = entity.table().column(&single.column)
                && is_owner(column)
            {
                // An owner's type has one property, which is what the lookup holds.
                if at + 1 == through.len() && last == "ownerid" {
                    return Ok(ColumnRef {
                        source,
                        entity,
                        column,
                    });
                }
                return Err(no_property(last, "principal"));
            }
            source = self.joined(scope, entity, source, single)?;
            entity = target(self.context, &single.target)?;
        }
        let column = match entity.property(last) {
            Some((_, column)) => Some(column),
            // A lookup by the name of its navigation property.
            None => entity
                .single(last)
                .and_then(|single| entity.table().column(&single.column)),
        };
        let column = column.ok_or_else(|| no_property(last, entity.name()))?;
        Ok(ColumnRef {
            source,
            entity,
            column,
        })
    }

    /// Which scope a path starts in, and what of it follows the variable.
    fn scope_of<'p>(&self, names: &'p [String]) -> (usize, &'p [String]) {
        let first = names.first();
        let found = self
            .scopes
            .iter()
            .rposition(|scope| scope.variable.is_some() && scope.variable.as_ref() == first);
        match found {
            Some(scope) => (scope, &names[1..]),
            None => (0, names),
        }
    }

    /// The source that a lookup leads to: joined once, however often it is named.
    fn joined(
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
    pub(super) fn join_apart(
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

    /// A condition on rows of another source, by its own names.
    pub(super) fn condition_on(
        &mut self,
        entity: &'a Entity,
        source: SourceId,
        expression: &Expression,
    ) -> Result<Condition<'a>, Fault> {
        let outer = std::mem::take(&mut self.scopes);
        // Parameter aliases aren't known inside $expand.
        let aliases = self.aliases.take();
        self.push_scope(None, entity, source);
        let condition = self.condition(expression);
        self.aliases = aliases;
        let inner = std::mem::replace(&mut self.scopes, outer);
        if inner.iter().any(|scope| !scope.joins.is_empty()) {
            return Err(Fault::unsupported(
                "a $filter through navigation properties in the $expand of a lookup",
            ));
        }
        condition
    }

    /// The rows of a collection of a source's rows, and the table that they are of.
    pub(super) fn collection_rows(
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
    pub(super) fn of_parent(&mut self, entity: &'a Entity, many: &'a Many) -> Result<Condition<'a>, Fault> {
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

    pub(super) fn count_condition(&mut self) -> Result<(), Fault> {
        self.conditions += 1;
        if self.conditions > self.context.settings.conditions {
            return Err(Fault::new(
                http::StatusCode::BAD_REQUEST,
                0x8004_430c,
                format!(
                    "The number of conditions in the query exceeds the maximum of {}.",
                    self.context.settings.conditions
                ),
            ));
        }
        Ok(())
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

/// A table that the model refers to.
pub(super) fn target<'a>(context: &Context<'a>, table: &str) -> Result<&'a Entity, Fault> {
    context
        .model
        .entity(table)
        .ok_or_else(|| Fault::unsupported(&format!("the table '{table}', which the snapshot doesn't hold")))
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
