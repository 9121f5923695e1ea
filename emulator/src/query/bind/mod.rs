//! From the syntax of OData to what it means in a model: names become tables, columns and joins, values the form in which
//! columns keep them.

mod filter;
mod function;
mod join;
mod value;

pub(super) use filter::{like, same_kind};
pub(super) use function::{applied, parameters};
pub(super) use value::{compare, literal_of};

use super::Context;
use super::plan::{ColumnRef, Condition, Join, Rows, Source, SourceId};
use crate::Fault;
use crate::model::Entity;
use crate::odata::{Aliases, Expression, Order, PropertyPath};
use crate::query::plan::Sort;
use dataverse_codegen::schema::{Column, ColumnKind, LookupKind};

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
            let single = join::single(entity, name)?;
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

/// A table that the model refers to.
pub(super) fn target<'a>(context: &Context<'a>, table: &str) -> Result<&'a Entity, Fault> {
    context
        .model
        .entity(table)
        .ok_or_else(|| Fault::unsupported(&format!("the table '{table}', which the snapshot doesn't hold")))
}
