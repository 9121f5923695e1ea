//! The parties of an activity, replaced as a whole.

use super::{Conditions, Origin, PARTY, RowId, Work, create, delete};
use crate::Fault;
use crate::json::{Json, Object, member};
use crate::model::{Entity, Links, Many};
use crate::rows::create::parent;
use crate::store::quoted;
use uuid::Uuid;

/// Replaces the parties by those of a body: `{"value": [...]}`.
///
/// # Errors
/// If the collection doesn't hold parties, or a party breaks a rule.
pub(crate) fn replace_parties(
    work: &Work<'_>,
    entity: &Entity,
    id: &RowId,
    many: &Many,
    body: &Object,
) -> Result<(), Fault> {
    let (PARTY, Links::Lookup(column)) = (many.table.as_str(), &many.links) else {
        return Err(Fault::bad_payload(format!(
            "The collection '{}' can't be replaced: only the parties of an activity are.",
            many.name
        )));
    };
    let Some(Json::Array(parties)) = member(body, "value") else {
        return Err(Fault::bad_payload("The parties have to be an array, 'value'."));
    };
    let party = work.entity(PARTY)?;
    for old in parties_of(work, party, column, id)? {
        delete(work, party, &old, &Conditions::default())?;
    }
    let origin = Origin {
        cells: vec![(column.clone(), parent(entity, party, column, id))],
        ..Origin::default()
    };
    for row in parties {
        let Json::Object(row) = row else {
            return Err(Fault::bad_payload("A party has to be an object."));
        };
        create(work, party, row, &origin)?;
    }
    Ok(())
}

fn parties_of(work: &Work<'_>, party: &Entity, column: &str, id: &RowId) -> Result<Vec<RowId>, Fault> {
    let sql = format!(
        "SELECT {} FROM {} WHERE {} = ?1",
        quoted(party.primary_id()),
        quoted(PARTY),
        quoted(column)
    );
    let mut statement = work.connection.prepare_cached(&sql)?;
    let ids = statement.query_map([id.id.to_string()], |row| row.get::<_, String>(0))?;
    let ids = ids.collect::<Result<Vec<_>, _>>()?;
    Ok(ids
        .iter()
        .filter_map(|id| Uuid::try_parse(id).ok())
        .map(RowId::from)
        .collect())
}
