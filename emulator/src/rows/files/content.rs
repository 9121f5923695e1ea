//! Contents in the database: in blocks, so that a part is read without the rest.

use super::{Cells, Place, companions, image};
use crate::Fault;
use crate::model::Entity;
use crate::rows::{RowId, Work};
use crate::store::Cell;
use dataverse_codegen::schema::ColumnKind;
use rusqlite::{Connection, OptionalExtension, Row};
use uuid::Uuid;

/// How long a chunk or a block is at most, in bytes (Microsoft Learn, "Use file column data").
pub(crate) const CHUNK: usize = 4 << 20;

/// Where a content comes from.
pub(super) enum Source<'b> {
    Bytes(&'b [u8]),
    /// Blocks of an upload, in their order.
    Staged {
        upload: &'b str,
        blocks: &'b [String],
    },
}

/// A file that is kept.
#[derive(Debug)]
pub(crate) struct Kept {
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) mime: String,
    pub(crate) size: u64,
    /// Whether the content is kept, and not only a thumbnail.
    pub(crate) whole: bool,
    pub(crate) thumbnail: Option<Vec<u8>>,
}

const COLUMNS: &str = "id, name, mime, size, whole, thumbnail";

impl Kept {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: Uuid::try_parse(&row.get::<_, String>(0)?).unwrap_or_default(),
            name: row.get(1)?,
            mime: row.get(2)?,
            size: row.get::<_, i64>(3)?.unsigned_abs(),
            whole: row.get(4)?,
            thumbnail: row.get(5)?,
        })
    }
}

/// What names a row beside its table.
pub(super) fn named(row: &RowId) -> (String, String) {
    (row.id.to_string(), row.partition.clone().unwrap_or_default())
}

/// The file in a column.
///
/// # Errors
/// If the database can't be read.
pub(crate) fn find(work: &Work<'_>, place: &Place<'_>) -> Result<Option<Kept>, Fault> {
    let (row, partition) = named(&place.row);
    let sql = format!(
        "SELECT {COLUMNS} FROM \"$file\" WHERE \"table\" = ?1 AND row = ?2 AND \"partition\" = ?3 AND \"column\" = ?4"
    );
    let found = work
        .connection
        .prepare_cached(&sql)?
        .query_row(
            (place.entity.name(), row, partition, &place.column.name),
            Kept::read,
        )
        .optional()?;
    Ok(found)
}

/// The file with this id, and where it is.
///
/// # Errors
/// If there is none.
pub(crate) fn find_by_id<'a>(work: &Work<'a>, id: Uuid) -> Result<Place<'a>, Fault> {
    let missing = || Fault::no_row("fileattachment", &id.to_string());
    let sql = "SELECT \"table\", row, \"partition\", \"column\" FROM \"$file\" WHERE id = ?1";
    let found = work
        .connection
        .prepare_cached(sql)?
        .query_row([id.to_string()], |row| {
            let key: [String; 4] = [row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?];
            Ok(key)
        })
        .optional()?;
    let [table, row, partition, column] = found.ok_or_else(missing)?;
    let row = Uuid::try_parse(&row).map_err(|_| missing())?;
    Place::of(
        work.entity(&table)?,
        RowId::in_partition(row, &partition),
        &column,
    )
}

/// Bytes of a content.
///
/// # Errors
/// If the database can't be read.
pub(crate) fn part(connection: &Connection, file: Uuid, from: u64, length: u64) -> Result<Vec<u8>, Fault> {
    let (from, until) = (number(from), number(from.saturating_add(length)));
    let mut statement = connection.prepare_cached(
        "SELECT start, data FROM \"$block\" WHERE file = ?1 AND start < ?3 AND start + length(data) > ?2 ORDER BY start",
    )?;
    let mut rows = statement.query((file.to_string(), from, until))?;
    let mut bytes = Vec::new();
    while let Some(row) = rows.next()? {
        let start: i64 = row.get(0)?;
        let data = row.get_ref(1)?.as_blob().unwrap_or_default();
        let end = number(data.len() as u64).min(until.saturating_sub(start));
        let begin = from.saturating_sub(start).max(0);
        let within = usize::try_from(begin).ok().zip(usize::try_from(end).ok());
        if let Some(slice) = within.and_then(|(begin, end)| data.get(begin..end)) {
            bytes.extend_from_slice(slice);
        }
    }
    Ok(bytes)
}

fn number(bytes: u64) -> i64 {
    i64::try_from(bytes).unwrap_or(i64::MAX)
}

/// Keeps a content as that of a column: its id, and what the row's columns are then.
pub(super) fn keep(
    work: &Work<'_>,
    place: &Place<'_>,
    name: &str,
    mime: &str,
    source: &Source<'_>,
) -> Result<(Uuid, Cells), Fault> {
    let (beginning, size) = measure(work.connection, source)?;
    place.check_size(size)?;
    let thumbnail = if place.is_image() {
        if !image::is_image(&beginning) {
            return Err(image::failure(&format!(
                "Update image properties failed for objectid: {}, logicalName: {}, attribute: {}",
                place.row.id,
                place.entity.name(),
                place.column.name
            )));
        }
        Some(image::thumbnail(&beginning))
    } else {
        None
    };
    let whole = !matches!(
        place.column.kind,
        ColumnKind::Image {
            full_image: false,
            ..
        }
    );
    forget(work, place)?;
    let id = Uuid::new_v4();
    let (row, partition) = named(&place.row);
    work.connection
        .prepare_cached(
            "INSERT INTO \"$file\" (id, \"table\", row, \"partition\", \"column\", name, mime, size, whole, thumbnail)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute((
            id.to_string(),
            place.entity.name(),
            row,
            partition,
            &place.column.name,
            name,
            mime,
            number(size),
            whole,
            thumbnail,
        ))?;
    if whole {
        write(work.connection, id, source)?;
    }
    Ok((id, cells(work, place, id, name)))
}

/// The first bytes of a content, and the length of all.
fn measure(connection: &Connection, source: &Source<'_>) -> Result<(Vec<u8>, u64), Fault> {
    match source {
        Source::Bytes(bytes) => Ok((bytes[..bytes.len().min(CHUNK)].to_vec(), bytes.len() as u64)),
        Source::Staged { upload, blocks } => {
            let mut size = 0;
            for block in *blocks {
                size += staged_length(connection, upload, block)?;
            }
            let beginning = match blocks.first() {
                Some(block) => connection
                    .prepare_cached("SELECT data FROM \"$staged\" WHERE upload = ?1 AND block = ?2")?
                    .query_row((upload, block), |row| row.get(0))?,
                None => Vec::new(),
            };
            Ok((beginning, size))
        }
    }
}

/// The length of a block of an upload.
pub(super) fn staged_length(connection: &Connection, upload: &str, block: &str) -> Result<u64, Fault> {
    let length: Option<i64> = connection
        .prepare_cached("SELECT length(data) FROM \"$staged\" WHERE upload = ?1 AND block = ?2")?
        .query_row((upload, block), |row| row.get(0))
        .optional()?;
    length.map(i64::unsigned_abs).ok_or_else(|| {
        Fault::new(
            http::StatusCode::BAD_REQUEST,
            0x8004_0203,
            format!(
                "The block '{}' of the list was not uploaded.",
                block.chars().take(100).collect::<String>()
            ),
        )
    })
}

fn write(connection: &Connection, id: Uuid, source: &Source<'_>) -> Result<(), Fault> {
    let id = id.to_string();
    match source {
        Source::Bytes(bytes) => {
            let mut statement = connection
                .prepare_cached("INSERT INTO \"$block\" (file, start, data) VALUES (?1, ?2, ?3)")?;
            for (at, block) in bytes.chunks(CHUNK).enumerate() {
                statement.execute((&id, number((at * CHUNK) as u64), block))?;
            }
        }
        Source::Staged { upload, blocks } => {
            let mut statement = connection.prepare_cached(
                "INSERT INTO \"$block\" (file, start, data)
                 SELECT ?1, ?2, data FROM \"$staged\" WHERE upload = ?3 AND block = ?4",
            )?;
            let mut start = 0;
            for block in *blocks {
                statement.execute((&id, number(start), upload, block))?;
                start += staged_length(connection, upload, block)?;
            }
        }
    }
    Ok(())
}

/// What the columns of a row are when it has a new file.
fn cells(work: &Work<'_>, place: &Place<'_>, id: Uuid, name: &str) -> Cells {
    // Ticks of 100 ns since the year 1, as .NET counts.
    const EPOCH: i64 = 621_355_968_000_000_000;
    let ticks = EPOCH.saturating_add(work.now.as_microsecond().saturating_mul(10));
    let values = if place.is_image() {
        let url = format!(
            "/Image/download.aspx?Entity={}&Attribute={}&Id={}&Timestamp={ticks}",
            place.entity.name(),
            place.column.name,
            place.row.id
        );
        vec![Cell::Id(id), Cell::Id(id), Cell::Integer(ticks), Cell::Text(url)]
    } else {
        vec![Cell::Id(id), Cell::Text(name.to_owned())]
    };
    companions(place).into_iter().zip(values).collect()
}

/// Forgets the content of a column.
pub(super) fn forget(work: &Work<'_>, place: &Place<'_>) -> Result<(), Fault> {
    let (row, partition) = named(&place.row);
    work.connection
        .prepare_cached(
            "DELETE FROM \"$file\" WHERE \"table\" = ?1 AND row = ?2 AND \"partition\" = ?3 AND \"column\" = ?4",
        )?
        .execute((place.entity.name(), row, partition, &place.column.name))?;
    Ok(())
}

/// Forgets the contents of a row, and what is being uploaded to it.
///
/// # Errors
/// If the database can't be written.
pub(crate) fn forget_row(work: &Work<'_>, entity: &Entity, row: &RowId) -> Result<(), Fault> {
    for table in ["$file", "$upload"] {
        let (row, partition) = named(row);
        work.connection
            .prepare_cached(&format!(
                "DELETE FROM \"{table}\" WHERE \"table\" = ?1 AND row = ?2 AND \"partition\" = ?3"
            ))?
            .execute((entity.name(), row, partition))?;
    }
    Ok(())
}
