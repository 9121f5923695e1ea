//! Activities have two rows: one in their own table, and one with what all activities share in `activitypointer`.

use super::{ACTIVITY, RowId, Work};
use crate::Fault;
use crate::model::Entity;
use crate::store::{Storage, make_ready, quoted};

/// Writes the base row of an activity as its own row is.
pub(super) fn write(work: &Work<'_>, entity: &Entity, id: &RowId) -> Result<(), Fault> {
    let Some(base) = base(work, entity) else {
        return Ok(());
    };
    let mut names = vec![quoted("$version")];
    for column in &base.table().columns {
        let storage = Storage::of(&column.kind);
        let same = entity
            .table()
            .column(&column.name)
            .is_some_and(|own| Storage::of(&own.kind) == storage);
        if !same || storage == Storage::Elsewhere || column.name.starts_with("activitytypecode") {
            continue;
        }
        names.push(quoted(&column.name));
        if let Some(suffix) = storage.companion() {
            names.push(quoted(&format!("{}{suffix}", column.name)));
        }
    }
    make_ready(work.connection, ACTIVITY)?;
    remove(work, entity, id)?;
    let names = names.join(", ");
    let (kind, kinds) = if base.table().column("activitytypecode").is_some() {
        (", \"activitytypecode\", \"activitytypecode$key\"", ", ?2, ?2")
    } else {
        ("", "")
    };
    let sql = format!(
        "INSERT INTO {} ({names}{kind}) SELECT {names}{kinds} FROM {} WHERE {} = ?1",
        quoted(ACTIVITY),
        quoted(entity.name()),
        quoted(entity.primary_id())
    );
    let mut statement = work.connection.prepare_cached(&sql)?;
    if kind.is_empty() {
        statement.execute([id.id.to_string()])?;
    } else {
        statement.execute([id.id.to_string(), entity.name().to_owned()])?;
    }
    Ok(())
}

/// Removes the base row of an activity.
pub(super) fn remove(work: &Work<'_>, entity: &Entity, id: &RowId) -> Result<(), Fault> {
    let Some(base) = base(work, entity) else {
        return Ok(());
    };
    let sql = format!(
        "DELETE FROM {} WHERE {} = ?1",
        quoted(ACTIVITY),
        quoted(base.primary_id())
    );
    work.connection
        .prepare_cached(&sql)?
        .execute([id.id.to_string()])?;
    Ok(())
}

fn base<'a>(work: &Work<'a>, entity: &Entity) -> Option<&'a Entity> {
    let is_activity = entity.table().base.as_deref() == Some(ACTIVITY);
    is_activity.then(|| work.model.entity(ACTIVITY)).flatten()
}
