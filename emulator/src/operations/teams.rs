//! The members of teams, where the schema has the tables.

use super::Invocation;
use super::invocation::{Binding, row_of};
use crate::Fault;
use crate::json::Json;
use crate::model::{Entity, Links, Many};
use crate::rows::{RowId, add_link, remove_link};
use crate::session::{Done, Session, no_content};

pub(super) fn add(session: &Session<'_>, invocation: &Invocation<'_>) -> Result<Done, Fault> {
    each(session, invocation, |team, id, many, user, member| {
        // Who is a member already stays one.
        remove_link(&session.work, id, many, user, member)?;
        add_link(&session.work, team, id, many, user, member)
    })
}

pub(super) fn remove(session: &Session<'_>, invocation: &Invocation<'_>) -> Result<Done, Fault> {
    each(session, invocation, |_, id, many, user, member| {
        remove_link(&session.work, id, many, user, member)
    })
}

fn each(
    session: &Session<'_>,
    invocation: &Invocation<'_>,
    work: impl Fn(&Entity, &RowId, &Many, &Entity, &RowId) -> Result<(), Fault>,
) -> Result<Done, Fault> {
    let Binding::Row(table, id) = invocation.binding() else {
        return Err(Fault::no_resource(invocation.name()));
    };
    let team = session.work.entity(table)?;
    let is_membership = |many: &&Many| {
        many.table == "systemuser"
            && matches!(&many.links, Links::Intersect { table, .. } if table == "teammembership")
    };
    let many = team
        .table()
        .collections
        .iter()
        .filter_map(|collection| team.collection(&collection.name))
        .find(is_membership)
        .ok_or_else(|| {
            Fault::unsupported(&format!(
                "the action '{}': the snapshot lacks the relationship of teams and their members",
                invocation.name()
            ))
        })?;
    let Json::Array(members) = invocation.json("Members") else {
        return Err(Fault::bad_payload("The parameter 'Members' has to be an array."));
    };
    for member in members {
        let (user, row) = row_of(&session.work, "Members", member, Some("systemuser"))?;
        work(team, id, many, user, &row)?;
    }
    Ok(no_content().into())
}
