//! Functions of users, teams, business units and hierarchies.

use super::Call;
use crate::Fault;
use crate::model::{Entity, Links};
use crate::odata::{Comparison, Literal};
use crate::query::bind::value::literal_of;
use crate::query::bind::{Binder, target};
use crate::query::plan::{Condition, Direction, Ids};
use crate::store::Storage;
use dataverse_codegen::schema::ColumnKind;
use rusqlite::types::Value;
use uuid::Uuid;

/// The functions that take no value and name no period.
pub(super) fn bare<'a>(binder: &Binder<'a>, call: &Call<'_, 'a>) -> Result<Condition<'a>, Fault> {
    let user = binder.context.user;
    if call.name == "EqualUserLanguage" {
        let language = Value::Integer(i64::from(binder.context.settings.language));
        return match Storage::of(&call.column.column.kind) {
            Storage::Integer => Ok(Condition::Compare(call.column, Comparison::Eq, language)),
            _ => Err(call.wrong_kind(call.column.column.kind.name())),
        };
    }
    if !matches!(
        Storage::of(&call.column.column.kind),
        Storage::Lookup | Storage::Id
    ) {
        return Err(call.wrong_kind(call.column.column.kind.name()));
    }
    let own = |comparison| Condition::Compare(call.column, comparison, Value::Text(user.to_string()));
    let ids = |ids| Condition::Ids(call.column, ids);
    Ok(match call.name {
        "EqualUserId" => own(Comparison::Eq),
        "NotEqualUserId" => own(Comparison::Ne),
        "EqualBusinessId" => ids(Ids::BusinessUnitOf(user)),
        "NotEqualBusinessId" => Condition::Not(Box::new(ids(Ids::BusinessUnitOf(user)))),
        "EqualUserTeams" => ids(teams(binder)?),
        "EqualUserOrUserTeams" => Condition::Any(vec![own(Comparison::Eq), ids(teams(binder)?)]),
        "EqualUserOrUserHierarchy" => Condition::Any(vec![own(Comparison::Eq), ids(subordinates(binder)?)]),
        _ => Condition::Any(vec![
            own(Comparison::Eq),
            ids(subordinates(binder)?),
            ids(teams(binder)?),
        ]),
    })
}

fn teams<'a>(binder: &Binder<'a>) -> Result<Ids<'a>, Fault> {
    let users = target(binder.context, "systemuser")?;
    let is_membership = |name: &str| {
        users.collection(name).is_some_and(
            |many| matches!(&many.links, Links::Intersect { table, .. } if table == "teammembership"),
        )
    };
    let known = users
        .table()
        .collections
        .iter()
        .any(|collection| is_membership(&collection.name));
    if known {
        Ok(Ids::TeamsOf(binder.context.user))
    } else {
        Err(Fault::unsupported(
            "query functions about teams with a snapshot that lacks the relationship 'teammembership'",
        ))
    }
}

fn subordinates<'a>(binder: &Binder<'a>) -> Result<Ids<'a>, Fault> {
    let users = target(binder.context, "systemuser")?;
    ids_along(users, binder.context.user, Direction::Down).ok_or_else(|| {
        Fault::unsupported("query functions about the users' hierarchy with a snapshot that lacks it")
    })
}

/// The query along a table's hierarchical lookup.
fn ids_along(entity: &Entity, of: Uuid, direction: Direction) -> Option<Ids<'_>> {
    let table = entity.table();
    let parent = table.columns.iter().find(|column| match &column.kind {
        ColumnKind::Lookup(lookup) => lookup
            .targets
            .iter()
            .any(|target| target.hierarchical && target.table == table.name),
        _ => false,
    })?;
    Some(Ids::Hierarchy {
        table: &table.name,
        id: &table.primary_id,
        parent: &parent.name,
        of,
        direction,
    })
}

pub(super) fn hierarchy<'a>(binder: &Binder<'a>, call: &Call<'_, 'a>) -> Result<Condition<'a>, Fault> {
    let Literal::Guid(of) = literal_of(call.column, call.text()?)? else {
        return Err(call.wrong_kind(call.column.column.kind.name()));
    };
    let direction = match call.name {
        "Above" | "AboveOrEqual" => Direction::Up,
        _ => Direction::Down,
    };
    let ids = match &call.column.column.kind {
        ColumnKind::Lookup(lookup) => lookup
            .targets
            .iter()
            .filter_map(|target| binder.context.model.entity(&target.table))
            .find_map(|entity| ids_along(entity, of, direction)),
        _ if call.column.column.name == call.column.entity.primary_id() => {
            ids_along(call.column.entity, of, direction)
        }
        _ => None,
    };
    let ids = ids.ok_or_else(|| {
        Fault::bad_query(format!(
            "The condition operator '{}' needs a hierarchical relationship, and the attribute '{}' has none.",
            call.name, call.column.column.name
        ))
    })?;
    let below = Condition::Ids(call.column, ids);
    let itself = |comparison| Condition::Compare(call.column, comparison, Value::Text(of.to_string()));
    Ok(match call.name {
        "UnderOrEqual" | "AboveOrEqual" => Condition::Any(vec![itself(Comparison::Eq), below]),
        "NotUnder" => Condition::Not(Box::new(below)),
        _ => below,
    })
}
