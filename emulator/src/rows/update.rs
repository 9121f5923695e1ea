//! Changing rows, and creating those that aren't there.

use super::address::Address;
use super::draft::Draft;
use super::payload::{Payload, Purpose, is_writable};
use super::record::{Cells, change};
use super::{
    ACTIVITY, Conditions, Origin, Record, RowId, Work, composite, create, files, mirror, money, names, owner,
    required, stamps, state, unique,
};
use crate::Fault;
use crate::json::{Object, member};
use crate::model::Entity;
use crate::store::{Cell, is_elastic};
use dataverse_codegen::schema::{ColumnKind, LookupKind};
use http::StatusCode;

/// How an upsert ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Upserted {
    pub(crate) row: RowId,
    pub(crate) created: bool,
}

/// Changes a row that is there.
///
/// # Errors
/// If it isn't, or the body breaks a rule.
pub(crate) fn update<'a>(
    work: &Work<'a>,
    entity: &'a Entity,
    id: &RowId,
    body: &'a Object,
    conditions: &Conditions,
) -> Result<(), Fault> {
    let before = Record::get(work, entity, id)?;
    conditions.check(entity, &before)?;
    let (entity, before) = really(work, entity, id, before)?;
    let mut payload = Payload::read(work, entity, body, Purpose::Update)?;
    files::keep_images(work, entity, id, payload.images, &mut payload.cells)?;
    apply(work, entity, id, before, payload.cells)
}

/// Changes a row, or creates it if it isn't there. In an elastic table it replaces the row.
///
/// # Errors
/// If a condition doesn't hold, or the body breaks a rule.
pub(crate) fn upsert<'a>(
    work: &Work<'a>,
    entity: &'a Entity,
    address: &Address,
    body: &'a Object,
    conditions: &Conditions,
) -> Result<Upserted, Fault> {
    let address = with_partition(entity, address, body);
    match address.find(work, entity)? {
        Some(_) if conditions.only_create() => Err(Fault::new(
            StatusCode::PRECONDITION_FAILED,
            0x8004_0237,
            "A record with matching key values already exists.",
        )),
        Some(row) => {
            if is_elastic(entity) && !conditions.only_update() {
                replace(work, entity, &row, body)?;
            } else {
                update(
                    work,
                    entity,
                    &row,
                    &without_key(entity, &address, body),
                    conditions,
                )?;
            }
            Ok(Upserted { row, created: false })
        }
        None if conditions.only_update() => Err(address.missing(entity)),
        None => {
            let origin = match address {
                Address::Id(row) => Origin {
                    id: Some(row),
                    ..Origin::default()
                },
                Address::Key(cells) => Origin {
                    cells,
                    ..Origin::default()
                },
            };
            let row = create(work, entity, body, &origin)?;
            Ok(Upserted { row, created: true })
        }
    }
}

/// Writes columns of a row that is there, by all rules.
pub(super) fn change_cells(work: &Work<'_>, entity: &Entity, id: &RowId, cells: Cells) -> Result<(), Fault> {
    let before = Record::get(work, entity, id)?;
    let (entity, before) = really(work, entity, id, before)?;
    apply(work, entity, id, before, cells)
}

/// The row in its own table: that of an activity rather than the base table.
fn really<'a>(
    work: &Work<'a>,
    entity: &'a Entity,
    id: &RowId,
    row: Record,
) -> Result<(&'a Entity, Record), Fault> {
    let real = concrete(work, entity, &row)?;
    if real.name() == entity.name() {
        return Ok((entity, row));
    }
    Ok((real, Record::get(work, real, id)?))
}

fn apply(work: &Work<'_>, entity: &Entity, id: &RowId, before: Record, cells: Cells) -> Result<(), Fault> {
    let mut draft = Draft::new(entity, Some(before), cells);
    names::settle(&mut draft);
    composite::settle(&mut draft);
    state::settle(work, &mut draft)?;
    owner::settle(work, &mut draft)?;
    money::settle(work, &mut draft)?;
    stamps::settle(work, &mut draft);
    required::check(&draft)?;
    unique::check_keys(work, &draft, id)?;
    change(work, entity, id, &mut draft.cells)?;
    mirror::write(work, entity, id)
}

/// The table in which an activity really is.
pub(super) fn concrete<'a>(work: &Work<'a>, entity: &'a Entity, row: &Record) -> Result<&'a Entity, Fault> {
    match row.cells.get("activitytypecode") {
        Some(Cell::Text(table)) if entity.name() == ACTIVITY => work.entity(table),
        _ => Ok(entity),
    }
}

/// Of an elastic row the body may say the partition.
fn with_partition(entity: &Entity, address: &Address, body: &Object) -> Address {
    match (
        address,
        member(body, "partitionid").and_then(|value| value.text()),
    ) {
        (Address::Id(row), Some(partition)) if is_elastic(entity) && row.partition.is_none() => {
            Address::Id(RowId::in_partition(row.id, partition))
        }
        _ => address.clone(),
    }
}

/// The columns of a key in the URL are what the URL says.
fn without_key(entity: &Entity, address: &Address, body: &Object) -> Object {
    let Address::Key(cells) = address else {
        return body.clone();
    };
    let is_key = |name: &str| {
        let column = match entity.property(name) {
            Some((_, column)) => column.name.as_str(),
            None => {
                let navigation = name.split('@').next().unwrap_or_default();
                entity
                    .single(navigation)
                    .map_or("", |single| single.column.as_str())
            }
        };
        cells.iter().any(|(known, _)| known == column)
    };
    body.iter().filter(|(name, _)| !is_key(name)).cloned().collect()
}

/// What isn't in the body is null afterwards. Who owns the row and which state it has stays.
fn replace<'a>(work: &Work<'a>, entity: &'a Entity, id: &RowId, body: &'a Object) -> Result<(), Fault> {
    let payload = Payload::read(work, entity, body, Purpose::Update)?;
    let mut cells = payload.cells;
    files::keep_images(work, entity, id, payload.images, &mut cells)?;
    for column in &entity.table().columns {
        let stays = match &column.kind {
            ColumnKind::State { .. } | ColumnKind::Status { .. } | ColumnKind::PartyList { .. } => true,
            // Files aren't columns that a body could have left out.
            ColumnKind::File { .. } | ColumnKind::Image { .. } => true,
            ColumnKind::Lookup(lookup) => lookup.kind == LookupKind::Owner,
            _ => column.name == entity.primary_id() || column.name == "partitionid",
        };
        if !stays && is_writable(column, Purpose::Update) {
            cells.entry(column.name.clone()).or_insert(Cell::Null);
        }
    }
    change_cells(work, entity, id, cells)
}
