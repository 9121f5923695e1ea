//! Files and images: one store of contents, which single uploads, chunked uploads, blocks and images in bodies feed.
//!
//! A column holds the id of its file. What else the service tells of it stands in companions, as far as the table has
//! them: `x_name` of a file; `xid`, `x_timestamp` and `x_url` of an image.

mod content;
mod image;
mod mime;
mod upload;

pub(crate) use content::{CHUNK, Kept, find, find_by_id, forget_row, part};
pub(crate) use upload::Upload;

use super::record::Cells;
use super::update::change_cells;
use super::{RowId, Work};
use crate::Fault;
use crate::model::Entity;
use crate::store::Cell;
use content::Source;
use dataverse_codegen::schema::{Column, ColumnKind};
use http::StatusCode;
use uuid::Uuid;

/// The column of a row in which a file is kept.
#[derive(Clone)]
pub(crate) struct Place<'a> {
    pub(crate) entity: &'a Entity,
    pub(crate) row: RowId,
    pub(crate) column: &'a Column,
}

/// Whether a column holds a file or an image.
pub(crate) fn is_file(column: &Column) -> bool {
    matches!(column.kind, ColumnKind::Image { .. } | ColumnKind::File { .. })
}

impl<'a> Place<'a> {
    /// # Errors
    /// If the table has no such column for files or images.
    pub(crate) fn of(entity: &'a Entity, row: RowId, column: &str) -> Result<Self, Fault> {
        match entity.property(column) {
            Some((_, column)) if is_file(column) => Ok(Self { entity, row, column }),
            _ => Err(Fault::bad_query(format!(
                "The attribute '{column}' of '{}' is neither a file nor an image.",
                entity.name()
            ))),
        }
    }

    pub(crate) fn is_image(&self) -> bool {
        matches!(self.column.kind, ColumnKind::Image { .. })
    }

    /// The longest content, in bytes. The defaults are the service's (Microsoft Learn, "Work with file column definitions"
    /// and "Work with image column definitions").
    fn longest(&self) -> u64 {
        let kilobytes = match self.column.kind {
            ColumnKind::Image { max_size_kb, .. } => max_size_kb.unwrap_or(10_240),
            ColumnKind::File { max_size_kb } => max_size_kb.unwrap_or(32_768),
            _ => 0,
        };
        u64::from(kilobytes) * 1_024
    }

    /// Refuses a content that is longer than the column takes.
    pub(super) fn check_size(&self, size: u64) -> Result<(), Fault> {
        const MEGABYTE: u64 = 1 << 20;
        if size <= self.longest() {
            return Ok(());
        }
        if self.is_image() {
            return Err(image::failure(&format!(
                "File size is too big. MaxSize: {} MB, Uploaded filesize: {} MB.",
                self.longest() / MEGABYTE,
                size / MEGABYTE
            )));
        }
        Err(Fault::new(
            StatusCode::BAD_REQUEST,
            0x8004_4a02,
            "Attachment file size is too big.",
        ))
    }
}

/// Puts a content into a column, in the place of what was there. Gives the id of the file.
///
/// # Errors
/// If it is too long, or no image where there has to be one, or the row isn't there.
pub(crate) fn put(work: &Work<'_>, place: &Place<'_>, name: &str, bytes: &[u8]) -> Result<Uuid, Fault> {
    let mime = mime::of_name(name);
    put_from(work, place, name, mime, &Source::Bytes(bytes))
}

fn put_from(
    work: &Work<'_>,
    place: &Place<'_>,
    name: &str,
    mime: &str,
    source: &Source<'_>,
) -> Result<Uuid, Fault> {
    let (id, cells) = content::keep(work, place, name, mime, source)?;
    change_cells(work, place.entity, &place.row, cells)?;
    Ok(id)
}

/// Empties a column.
///
/// # Errors
/// If the row isn't there.
pub(crate) fn clear(work: &Work<'_>, place: &Place<'_>) -> Result<(), Fault> {
    let cells = emptied(work, place)?;
    change_cells(work, place.entity, &place.row, cells)
}

/// An image of a body, as base64 or nothing.
pub(super) type Image<'a> = (&'a Column, Option<Vec<u8>>);

/// Keeps the images of a body: what the row's columns are then.
pub(super) fn keep_images<'a>(
    work: &Work<'a>,
    entity: &'a Entity,
    row: &RowId,
    images: Vec<Image<'a>>,
    cells: &mut Cells,
) -> Result<(), Fault> {
    for (column, bytes) in images {
        let place = Place {
            entity,
            row: row.clone(),
            column,
        };
        cells.extend(match bytes {
            Some(bytes) => {
                let source = Source::Bytes(&bytes);
                content::keep(work, &place, &column.name, mime::UNKNOWN, &source)?.1
            }
            None => emptied(work, &place)?,
        });
    }
    Ok(())
}

fn emptied(work: &Work<'_>, place: &Place<'_>) -> Result<Cells, Fault> {
    content::forget(work, place)?;
    Ok(companions(place)
        .into_iter()
        .map(|name| (name, Cell::Null))
        .collect())
}

/// The columns that tell of a file, with its own.
fn companions(place: &Place<'_>) -> Vec<String> {
    let name = &place.column.name;
    if place.is_image() {
        let other = ["id", "_timestamp", "_url"].map(|suffix| format!("{name}{suffix}"));
        return [vec![name.clone()], other.to_vec()].concat();
    }
    vec![name.clone(), format!("{name}_name")]
}

/// Only the primary image can be set by a create (Microsoft Learn, "Use image column data").
pub(super) fn check_primary(entity: &Entity, column: &Column) -> Result<(), Fault> {
    if matches!(column.kind, ColumnKind::Image { primary: true, .. }) {
        return Ok(());
    }
    Err(Fault::new(
        StatusCode::BAD_REQUEST,
        0x8009_0487,
        format!(
            "Non-primary image attribute {} of entity {} is not allowed to upload during Create operation.",
            column.name,
            entity.name()
        ),
    ))
}
