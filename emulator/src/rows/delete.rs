//! Deleting rows, and what that does to the rows that refer to them.

use super::create::set_lookup;
use super::relations::OnDelete;
use super::update::concrete;
use super::{Conditions, Record, RowId, Work, files, mirror};
use crate::Fault;
use crate::model::Entity;
use crate::store::{Cell, Moment, is_elastic, next_version, quoted};
use http::StatusCode;
use rusqlite::params_from_iter;
use std::collections::HashSet;
use uuid::Uuid;

/// What a deletion comes to.
#[derive(Default)]
struct Plan<'a> {
    /// The rows to delete, in the order in which they were found.
    rows: Vec<(&'a Entity, RowId)>,
    planned: HashSet<(String, RowId)>,
    /// Lookups to clear.
    unlink: Vec<(&'a Entity, RowId, &'a str)>,
    /// References that forbid the deletion, unless their row is deleted too.
    restrict: Vec<(&'a Entity, RowId)>,
}

/// Deletes a row.
///
/// # Errors
/// If it isn't there, a condition doesn't hold, or a row refers to it that forbids that: nothing has changed then that
/// the transaction doesn't undo.
pub(crate) fn delete(
    work: &Work<'_>,
    entity: &Entity,
    id: &RowId,
    conditions: &Conditions,
) -> Result<(), Fault> {
    let row = Record::get(work, entity, id)?;
    conditions.check(entity, &row)?;
    let entity = work.entity(concrete(work, entity, &row)?.name())?;
    let mut plan = Plan::default();
    plan.add(entity, id.clone());
    let mut at = 0;
    while let Some((entity, id)) = plan.rows.get(at).cloned() {
        plan.follow(work, entity, &id)?;
        at += 1;
    }
    if let Some((by, _)) = plan
        .restrict
        .iter()
        .find(|(by, row)| !plan.planned.contains(&(by.name().to_owned(), row.clone())))
    {
        return Err(Fault::new(
            StatusCode::METHOD_NOT_ALLOWED,
            0x8004_0227,
            format!(
                "The record of type '{}' cannot be deleted because it is associated with a record of type '{}'.",
                entity.name(),
                by.name()
            ),
        ));
    }
    for (by, row, column) in &plan.unlink {
        if !plan.planned.contains(&(by.name().to_owned(), row.clone())) {
            set_lookup(work, by, row, column, Cell::Null)?;
        }
    }
    for (entity, id) in plan.rows.iter().rev() {
        remove(work, entity, id)?;
    }
    Ok(())
}

impl<'a> Plan<'a> {
    fn add(&mut self, entity: &'a Entity, id: RowId) {
        if self.planned.insert((entity.name().to_owned(), id.clone())) {
            self.rows.push((entity, id));
        }
    }

    /// An activity refers by its own row and by its base row: one of them is enough.
    fn unlink(&mut self, (by, row): (&'a Entity, RowId), column: &'a str) {
        let known = |(entity, id, of): &(&Entity, RowId, &str)| {
            entity.name() == by.name() && *id == row && *of == column
        };
        if !self.unlink.iter().any(known) {
            self.unlink.push((by, row, column));
        }
    }

    /// Looks at the rows that refer to one that is deleted.
    fn follow(&mut self, work: &Work<'a>, entity: &'a Entity, id: &RowId) -> Result<(), Fault> {
        let names = [Some(entity.name()), entity.table().base.as_deref()];
        for target in names.into_iter().flatten() {
            for referring in work.relations.to(target) {
                if referring.on_delete == OnDelete::Nothing {
                    continue;
                }
                let by = work.entity(&referring.table)?;
                // The base rows of activities follow their own rows.
                let rows = referring_rows(work, by, &referring.column, target, id.id)?;
                for row in rows {
                    match referring.on_delete {
                        OnDelete::Cascade => {
                            let (by, row) = real(work, by, row)?;
                            self.add(by, row);
                        }
                        OnDelete::RemoveLink => self.unlink(real(work, by, row)?, &referring.column),
                        OnDelete::Restrict => self.restrict.push(real(work, by, row)?),
                        OnDelete::Nothing => {}
                    }
                }
            }
        }
        Ok(())
    }
}

/// An activity by its own table.
fn real<'a>(work: &Work<'a>, entity: &'a Entity, id: RowId) -> Result<(&'a Entity, RowId), Fault> {
    if entity.name() != super::ACTIVITY {
        return Ok((entity, id));
    }
    let row = Record::get(work, entity, &id)?;
    Ok((work.entity(concrete(work, entity, &row)?.name())?, id))
}

/// The rows whose lookup leads to a row.
pub(super) fn referring_rows(
    work: &Work<'_>,
    by: &Entity,
    column: &str,
    target: &str,
    id: Uuid,
) -> Result<Vec<RowId>, Fault> {
    let elastic = is_elastic(by) && by.table().column("partitionid").is_some();
    let partition = if elastic { "\"partitionid\"" } else { "NULL" };
    let sql = format!(
        "SELECT {}, {partition} FROM {} WHERE {} = ?1 AND {} = ?2",
        quoted(by.primary_id()),
        quoted(by.name()),
        quoted(column),
        quoted(&format!("{column}$table"))
    );
    let mut statement = work.connection.prepare_cached(&sql)?;
    let mut rows = statement.query((id.to_string(), target))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let id: String = row.get(0)?;
        let partition: Option<String> = row.get(1)?;
        if let Ok(id) = Uuid::try_parse(&id) {
            found.push(RowId { id, partition });
        }
    }
    Ok(found)
}

/// Removes the row itself, its links, and what was shared of it; its deletion is noted for change tracking.
fn remove(work: &Work<'_>, entity: &Entity, id: &RowId) -> Result<(), Fault> {
    for (table, column) in work.relations.links_of(entity.name()) {
        let sql = format!("DELETE FROM {} WHERE {} = ?1", quoted(table), quoted(column));
        work.connection
            .prepare_cached(&sql)?
            .execute([id.id.to_string()])?;
    }
    let (condition, parameters) = id.condition(entity);
    let sql = format!("DELETE FROM {} WHERE {condition}", quoted(entity.name()));
    work.connection
        .prepare_cached(&sql)?
        .execute(params_from_iter(parameters))?;
    mirror::remove(work, entity, id)?;
    files::forget_row(work, entity, id)?;
    work.connection
        .prepare_cached("DELETE FROM \"$access\" WHERE (\"table\" = ?1 AND id = ?2) OR principal = ?2")?
        .execute((entity.name(), id.id.to_string()))?;
    let names = [Some(entity.name()), entity.table().base.as_deref()];
    for name in names.into_iter().flatten() {
        let version = next_version(work.connection)?;
        work.connection
            .prepare_cached(
                "INSERT INTO \"$deleted\" (\"$version\", \"table\", id, at) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute((version, name, id.id.to_string(), Moment::text(work.now)))?;
    }
    Ok(())
}
