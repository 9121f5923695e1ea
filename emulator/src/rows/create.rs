//! Creating rows, and with them the rows that hang on them.

use super::draft::Draft;
use super::payload::{Payload, Purpose, lookup_cell};
use super::record::{Cells, insert};
use super::update::change_cells;
use super::{
    ACTIVITY, RowId, Work, add_link, auto_number, composite, defaults, files, mirror, money, names, owner,
    required, stamps, state, unique,
};
use crate::Fault;
use crate::json::{Json, Object};
use crate::model::{Entity, Links, Many};
use crate::store::{Cell, is_elastic};
use dataverse_codegen::schema::ColumnKind;
use http::StatusCode;
use uuid::Uuid;

/// Where a new row comes from, besides its body.
#[derive(Clone, Debug, Default)]
pub(crate) struct Origin {
    /// The id, if the URL says it.
    pub(crate) id: Option<RowId>,
    /// Columns that the URL says, or the row that it hangs on: they win over the body.
    pub(crate) cells: Vec<(String, Cell)>,
    /// Whether a test starts with it: then the body may hold what the service itself writes.
    pub(crate) seed: bool,
}

/// Creates a row.
///
/// # Errors
/// If the body can't be read or breaks a rule.
pub(crate) fn create<'a>(
    work: &Work<'a>,
    entity: &'a Entity,
    body: &'a Object,
    origin: &Origin,
) -> Result<RowId, Fault> {
    refuse_base(entity)?;
    let purpose = if origin.seed {
        Purpose::Seed
    } else {
        Purpose::Create
    };
    let mut payload = Payload::read(work, entity, body, purpose)?;
    if is_elastic(entity) && !(payload.singles.is_empty() && payload.many.is_empty()) {
        return Err(Fault::new(
            StatusCode::BAD_REQUEST,
            0x8004_8d0b,
            format!(
                "Deep insert is not supported for the elastic table '{}'.",
                entity.name()
            ),
        ));
    }
    nested_singles(work, entity, &mut payload, origin)?;
    payload.cells.extend(origin.cells.iter().cloned());
    let id = identity(entity, &payload, origin);
    check_partition(&id)?;
    let images = std::mem::take(&mut payload.images);
    let mut draft = Draft::new(entity, None, std::mem::take(&mut payload.cells));
    complete(work, &mut draft, &id, origin.seed)?;
    files::keep_images(work, entity, &id, images, &mut draft.cells)?;
    insert(work, entity, &mut draft.cells)?;
    mirror::write(work, entity, &id)?;
    for (many, rows) in &payload.many {
        nested_many(work, entity, &id, many, rows, origin)?;
    }
    for (many, rows) in &payload.links {
        for (other, row) in rows {
            add_link(work, entity, &id, many, other, row)?;
        }
    }
    Ok(id)
}

/// Creates a row in a collection of another one.
///
/// # Errors
/// If the body can't be read or breaks a rule.
pub(crate) fn create_in<'a>(
    work: &Work<'a>,
    entity: &'a Entity,
    id: &RowId,
    many: &'a Many,
    body: &'a Object,
) -> Result<RowId, Fault> {
    let other = work.entity(&many.table)?;
    nested(work, entity, id, many, other, body, false)
}

/// Creates a row that hangs on another one.
fn nested<'a>(
    work: &Work<'a>,
    entity: &'a Entity,
    id: &RowId,
    many: &'a Many,
    other: &'a Entity,
    body: &'a Object,
    seed: bool,
) -> Result<RowId, Fault> {
    let mut origin = Origin {
        seed,
        ..Origin::default()
    };
    match &many.links {
        Links::Lookup(column) => origin
            .cells
            .push((column.clone(), parent(entity, other, column, id))),
        Links::Intersect { .. } => {}
        Links::Unknown => return Err(unknown(many)),
    }
    let row = create(work, other, body, &origin)?;
    if let Links::Intersect { .. } = many.links {
        add_link(work, entity, id, many, other, &row)?;
    }
    Ok(row)
}

/// Rows of the base table come about with those of the activities (the service's words).
fn refuse_base(entity: &Entity) -> Result<(), Fault> {
    if entity.name() != ACTIVITY {
        return Ok(());
    }
    Err(Fault::new(
        StatusCode::BAD_REQUEST,
        0x8004_0800,
        format!("The 'Create' method does not support entities of type '{ACTIVITY}'."),
    ))
}

fn identity(entity: &Entity, payload: &Payload<'_>, origin: &Origin) -> RowId {
    if let Some(row) = &origin.id {
        return row.clone();
    }
    let id = payload.id.unwrap_or_else(Uuid::new_v4);
    match payload.cells.get("partitionid") {
        Some(Cell::Text(partition)) if is_elastic(entity) => RowId::in_partition(id, partition),
        _ => RowId::from(id),
    }
}

/// What the name of a partition may hold (Microsoft Learn, "Use elastic tables").
fn check_partition(id: &RowId) -> Result<(), Fault> {
    const LONGEST: usize = 1_024;
    match &id.partition {
        Some(name) if name.len() > LONGEST || name.contains(['/', '\\', '#', '?']) => {
            Err(Fault::bad_payload(format!(
                "The 'partitionid' may hold {LONGEST} bytes, and none of the characters / \\ # ?"
            )))
        }
        _ => Ok(()),
    }
}

/// All that makes a draft a row.
fn complete(work: &Work<'_>, draft: &mut Draft<'_>, id: &RowId, seed: bool) -> Result<(), Fault> {
    let entity = draft.entity;
    unique::check_id(work, draft, id)?;
    draft
        .cells
        .insert(entity.primary_id().to_owned(), Cell::Id(id.id));
    if is_elastic(entity) {
        draft.set("partitionid", id.partition.clone().map_or(Cell::Null, Cell::Text));
    }
    if entity.table().csdl_key.as_deref() == Some("ownerid") {
        // A user and a team are principals under the same id.
        draft.set("ownerid", Cell::Id(id.id));
    }
    defaults::fill(work, draft);
    auto_number::fill(work, draft)?;
    names::settle(draft);
    composite::settle(draft);
    state::settle(work, draft)?;
    owner::settle(work, draft)?;
    money::settle(work, draft)?;
    stamps::settle(work, draft);
    if !seed {
        required::check(draft)?;
    }
    unique::check_keys(work, draft, id)
}

/// Creates the rows that lookups are set to.
fn nested_singles<'a>(
    work: &Work<'a>,
    entity: &'a Entity,
    payload: &mut Payload<'a>,
    origin: &Origin,
) -> Result<(), Fault> {
    let nested = Origin {
        seed: origin.seed,
        ..Origin::default()
    };
    for (single, row) in std::mem::take(&mut payload.singles) {
        let target = work.entity(&single.target)?;
        let id = create(work, target, row, &nested)?;
        if let Some(cell) = lookup_cell(entity, single, target, id.id) {
            payload.cells.insert(single.column.clone(), cell);
        }
    }
    Ok(())
}

/// Creates the rows of a collection.
fn nested_many<'a>(
    work: &Work<'a>,
    entity: &'a Entity,
    id: &RowId,
    many: &'a Many,
    rows: &'a [Json],
    origin: &Origin,
) -> Result<(), Fault> {
    let other = work.entity(&many.table)?;
    for row in rows {
        let Json::Object(body) = row else {
            return Err(Fault::bad_payload(format!(
                "Error identified in Payload provided by the user: the rows of '{}' have to be objects.",
                many.name
            )));
        };
        nested(work, entity, id, many, other, body, origin.seed)?;
    }
    Ok(())
}

/// The value of a lookup of `other` that leads to a row: its table, or its base where the lookup knows that alone.
pub(super) fn parent(entity: &Entity, other: &Entity, column: &str, id: &RowId) -> Cell {
    let mut table = entity.name();
    if let Some(ColumnKind::Lookup(lookup)) = other.table().column(column).map(|column| &column.kind)
        && let Some(base) = entity.table().base.as_deref()
    {
        let leads = |table: &str| lookup.targets.iter().any(|target| target.table == table);
        if !leads(table) && leads(base) {
            table = base;
        }
    }
    Cell::Lookup(id.id, table.to_owned())
}

/// 501: the snapshot doesn't say how the rows are tied.
pub(super) fn unknown(many: &Many) -> Fault {
    Fault::unsupported(&format!(
        "the collection '{}': the snapshot doesn't say by which column its rows are tied",
        many.name
    ))
}

/// Sets a lookup of a row that is there.
pub(super) fn set_lookup(
    work: &Work<'_>,
    entity: &Entity,
    id: &RowId,
    column: &str,
    cell: Cell,
) -> Result<(), Fault> {
    let cells = Cells::from([(column.to_owned(), cell)]);
    change_cells(work, entity, id, cells)
}
