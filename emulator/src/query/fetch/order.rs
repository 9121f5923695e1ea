//! What rows are sorted by.

use super::fault;
use super::link::{Joined, flat};
use super::scope::Scope;
use crate::Fault;
use crate::fetchxml::{Fetch, Order, OrderBy};
use crate::query::page;
use crate::query::plan::{ColumnRef, Sort};
use crate::query::shape::At;
use dataverse_codegen::schema::ColumnKind;

/// What a document says of the order: the orders of its entity come before those of its links.
pub(super) fn sorts<'a>(
    scope: &Scope<'a>,
    fetch: &Fetch,
    links: &[Joined<'_, 'a>],
) -> Result<Vec<Sort<'a>>, Fault> {
    let of_links = flat(links)
        .into_iter()
        .flat_map(|joined| joined.link.items.orders.iter().map(|order| (order, joined.at)));
    let all = fetch
        .items
        .orders
        .iter()
        .map(|order| (order, scope.root))
        .chain(of_links);
    let mut sorts: Vec<Sort<'a>> = Vec::new();
    for (order, here) in all {
        let column = column(scope, order, here)?;
        if !has(&sorts, column) {
            sorts.push(Sort {
                column,
                descending: order.descending,
                by_label: by_label(fetch, column),
            });
        }
    }
    Ok(sorts)
}

fn column<'a>(scope: &Scope<'a>, order: &Order, here: At<'a>) -> Result<ColumnRef<'a>, Fault> {
    let OrderBy::Attribute(name) = &order.by else {
        return Err(Fault::unsupported(
            "an order by an alias in a FetchXML query that doesn't aggregate",
        ));
    };
    let column = scope.column(scope.named(order.entity.as_deref(), here)?, name)?;
    if matches!(
        column.column.kind,
        ColumnKind::Choices { .. } | ColumnKind::Image { .. } | ColumnKind::File { .. }
    ) {
        return Err(fault::argument(format!(
            "The attribute '{name}' can't be sorted by."
        )));
    }
    Ok(column)
}

/// Choices are sorted by what people read, unless the document says otherwise.
pub(super) fn by_label(fetch: &Fetch, column: ColumnRef<'_>) -> bool {
    !fetch.raw_order
        && matches!(
            column.column.kind,
            ColumnKind::Choice { .. } | ColumnKind::State { .. } | ColumnKind::Status { .. }
        )
}

fn has(sorts: &[Sort<'_>], column: ColumnRef<'_>) -> bool {
    sorts
        .iter()
        .any(|sort| sort.column.source == column.source && sort.column.column.name == column.column.name)
}

/// An order in which no two rows are equal: with the keys of all rows that are joined at its end.
pub(super) fn whole<'a>(scope: &Scope<'a>, sorts: Vec<Sort<'a>>, links: &[Joined<'_, 'a>]) -> Vec<Sort<'a>> {
    let mut sorts = page::whole_order(sorts, scope.root.entity, scope.root.source);
    for joined in flat(links) {
        let entity = joined.at.entity;
        let key = match entity.table().column(entity.primary_id()) {
            Some(key) => std::slice::from_ref(key),
            // An intersect table has nothing but its two ids.
            None => entity.table().columns.as_slice(),
        };
        for column in key {
            let column = ColumnRef {
                source: joined.at.source,
                entity,
                column,
            };
            if !has(&sorts, column) {
                sorts.push(Sort {
                    column,
                    descending: false,
                    by_label: false,
                });
            }
        }
    }
    sorts
}
