//! Links: rows that are joined, and rows that are only a condition.

use super::condition;
use super::fault;
use super::scope::Scope;
use crate::Fault;
use crate::fetchxml::{Items, Link, LinkType};
use crate::odata::Comparison;
use crate::query::bind::same_kind;
use crate::query::is_elastic;
use crate::query::plan::{Condition, Join, JoinKind, Rows, Source};
use crate::query::shape::At;
use dataverse_codegen::schema::ColumnKind;
use http::StatusCode;

/// A link whose rows are joined.
pub(super) struct Joined<'f, 'a> {
    pub(super) link: &'f Link,
    pub(super) at: At<'a>,
    pub(super) alias: String,
    parent: At<'a>,
    inner: Vec<Joined<'f, 'a>>,
}

impl<'f, 'a> Joined<'f, 'a> {
    /// Whether a row has one partner at most.
    fn is_single(&self) -> bool {
        self.link.from == self.at.entity.primary_id() && !is_elastic(self.at.entity)
    }
}

/// All links in their order, with those within them.
pub(super) fn flat<'j, 'f, 'a>(links: &'j [Joined<'f, 'a>]) -> Vec<&'j Joined<'f, 'a>> {
    let mut all = Vec::new();
    for link in links {
        all.push(link);
        all.extend(flat(&link.inner));
    }
    all
}

/// Whether links make several rows of one.
pub(super) fn multiply(links: &[Joined<'_, '_>]) -> bool {
    !flat(links).iter().all(|link| link.is_single())
}

/// Gives the rows that are joined their numbers and names, so that all that follows can refer to them.
pub(super) fn declared<'f, 'a>(
    scope: &mut Scope<'a>,
    items: &'f Items,
    parent: At<'a>,
) -> Result<Vec<Joined<'f, 'a>>, Fault> {
    let mut all = Vec::new();
    for link in &items.links {
        match link.kind {
            LinkType::Inner | LinkType::Outer => {
                let (at, alias) = scope.declare(link)?;
                check_elastic(link, at, parent)?;
                all.push(Joined {
                    link,
                    at,
                    alias,
                    parent,
                    inner: declared(scope, &link.items, at)?,
                });
            }
            LinkType::Exists | LinkType::In => {}
            LinkType::First => {
                return Err(Fault::unsupported(
                    "the link-type 'matchfirstrowusingcrossapply' of FetchXML",
                ));
            }
            LinkType::Any | LinkType::NotAny | LinkType::All | LinkType::NotAll => {
                return Err(fault::argument(
                    "Links of the types 'any', 'not any', 'all' and 'not all' belong into a filter.",
                ));
            }
        }
    }
    Ok(all)
}

/// Elastic tables are joined by outer links alone (Microsoft Learn, "Elastic tables").
fn check_elastic(link: &Link, at: At<'_>, parent: At<'_>) -> Result<(), Fault> {
    if link.kind == LinkType::Outer || !(is_elastic(at.entity) || is_elastic(parent.entity)) {
        return Ok(());
    }
    Err(Fault::new(
        StatusCode::BAD_REQUEST,
        0x8004_8d0b,
        "Link entities are not supported.",
    ))
}

/// What must hold of rows where a document's items stand: their filters, and the links that are only conditions.
pub(super) fn conditions<'a>(
    scope: &mut Scope<'a>,
    items: &Items,
    at: At<'a>,
) -> Result<Vec<Condition<'a>>, Fault> {
    let mut all = Vec::new();
    for filter in &items.filters {
        all.extend(condition::of_filter(scope, filter, at)?);
    }
    for link in &items.links {
        if matches!(link.kind, LinkType::Exists | LinkType::In) {
            all.push(exists(scope, link, at, true)?);
        }
    }
    Ok(all)
}

/// Joins the rows of links, each behind those that they belong to, and gives what must hold of all rows then.
pub(super) fn joined<'a>(
    scope: &mut Scope<'a>,
    links: &[Joined<'_, 'a>],
    joins: &mut Vec<Join<'a>>,
) -> Result<Vec<Condition<'a>>, Fault> {
    join(scope, links, false, joins)?;
    let mut all = Vec::new();
    for joined in flat(links) {
        // Of rows that have to be there it is the same to filter them later, when all others are there too.
        if joined.link.kind != LinkType::Outer {
            all.extend(conditions(scope, &joined.link.items, joined.at)?);
        }
    }
    Ok(all)
}

fn join<'a>(
    scope: &mut Scope<'a>,
    links: &[Joined<'_, 'a>],
    below_outer: bool,
    joins: &mut Vec<Join<'a>>,
) -> Result<(), Fault> {
    for joined in links {
        let outer = joined.link.kind == LinkType::Outer;
        let is_condition = |link: &Link| matches!(link.kind, LinkType::Exists | LinkType::In);
        if below_outer && !outer || outer && joined.link.items.links.iter().any(is_condition) {
            return Err(Fault::unsupported(
                "a link-entity within one of type 'outer' that isn't of that type itself",
            ));
        }
        scope.join(joined.at);
        let mut on = vec![tie(scope, joined.link, joined.at, joined.parent)?];
        if outer {
            on.extend(conditions(scope, &joined.link.items, joined.at)?);
        }
        joins.push(Join {
            kind: if outer { JoinKind::Outer } else { JoinKind::Inner },
            source: source(joined.at),
            ties: Vec::new(),
            condition: Some(Condition::All(on)),
        });
        join(scope, &joined.inner, outer, joins)?;
    }
    Ok(())
}

fn source(at: At<'_>) -> Source<'_> {
    Source {
        id: at.source,
        table: at.entity.name(),
    }
}

/// That the columns of a link have the same value.
fn tie<'a>(scope: &Scope<'a>, link: &Link, at: At<'a>, parent: At<'a>) -> Result<Condition<'a>, Fault> {
    let from = scope.column(at, &link.from)?;
    let to = scope.column(parent, &link.to)?;
    for column in [from, to] {
        if matches!(
            column.column.kind,
            ColumnKind::File { .. } | ColumnKind::Image { .. } | ColumnKind::Choices { .. }
        ) {
            return Err(fault::argument(format!(
                "The attribute '{}' can't be used in a link-entity.",
                column.column.name
            )));
        }
    }
    if !same_kind(from, to) {
        return Err(Fault::unsupported(
            "a link-entity of FetchXML between attributes of different types",
        ));
    }
    Ok(Condition::Columns(from, Comparison::Eq, to))
}

/// That there are rows of a link, with or without what it filters them by.
fn exists<'a>(
    scope: &mut Scope<'a>,
    link: &Link,
    parent: At<'a>,
    filtered: bool,
) -> Result<Condition<'a>, Fault> {
    let known = scope.known();
    let (at, _) = scope.declare(link)?;
    check_elastic(link, at, parent)?;
    scope.join(at);
    let mut all = vec![tie(scope, link, at, parent)?];
    let mut joins = Vec::new();
    if filtered {
        let links = declared(scope, &link.items, at)?;
        all.extend(joined(scope, &links, &mut joins)?);
        all.extend(conditions(scope, &link.items, at)?);
    }
    scope.forget(known);
    Ok(Condition::Exists(Box::new(Rows {
        from: source(at),
        joins,
        condition: Condition::All(all),
    })))
}

/// A link within a filter.
pub(super) fn in_filter<'a>(scope: &mut Scope<'a>, link: &Link, at: At<'a>) -> Result<Condition<'a>, Fault> {
    if !link.items.attributes.is_empty() || link.items.all || !link.items.orders.is_empty() {
        return Err(fault::argument(
            "A link-entity within a filter has neither attributes nor orders.",
        ));
    }
    let not = |condition| Condition::Not(Box::new(condition));
    match link.kind {
        LinkType::Any | LinkType::NotAll => exists(scope, link, at, true),
        LinkType::NotAny => exists(scope, link, at, true).map(not),
        // The service's word for: there are rows, and none of them meets the filter.
        LinkType::All => {
            let related = exists(scope, link, at, false)?;
            scope.count_again();
            let met = exists(scope, link, at, true)?;
            Ok(Condition::All(vec![related, not(met)]))
        }
        LinkType::Inner | LinkType::Outer | LinkType::Exists | LinkType::In | LinkType::First => Err(
            fault::argument("Within a filter, links are of the types 'any', 'not any', 'all' and 'not all'."),
        ),
    }
}
