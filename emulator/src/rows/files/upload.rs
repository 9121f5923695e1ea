//! Uploads under way: begun, fed in chunks or blocks, and committed. Nobody sees anything of them before that.

use super::content::{Source, named};
use super::{Place, content, mime, put_from};
use crate::Fault;
use crate::rows::{RowId, Work};
use crate::store::Moment;
use http::StatusCode;
use jiff::SignedDuration;
use rusqlite::OptionalExtension;
use uuid::Uuid;

/// How long an upload may take. The service's own limit isn't documented.
const LIFETIME: SignedDuration = SignedDuration::from_hours(24);

/// An upload under way.
pub(crate) struct Upload<'a> {
    token: String,
    pub(crate) place: Place<'a>,
    /// The name of the file.
    pub(crate) name: String,
    /// How long the content will be, once a chunk said so.
    total: Option<u64>,
}

impl<'a> Upload<'a> {
    /// Begins an upload: its token.
    ///
    /// # Errors
    /// If the database can't be written.
    pub(crate) fn begin(work: &Work<'_>, place: &Place<'_>, name: &str) -> Result<String, Fault> {
        let ended = work.now.checked_sub(LIFETIME).unwrap_or(work.now);
        work.connection
            .prepare_cached("DELETE FROM \"$upload\" WHERE at < ?1")?
            .execute([Moment::text(ended)])?;
        let token = Uuid::new_v4().to_string();
        let (row, partition) = named(&place.row);
        work.connection
            .prepare_cached(
                "INSERT INTO \"$upload\" (token, \"table\", row, \"partition\", \"column\", name, at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute((
                &token,
                place.entity.name(),
                row,
                partition,
                &place.column.name,
                name,
                Moment::text(work.now),
            ))?;
        Ok(token)
    }

    /// The upload that a token names.
    ///
    /// # Errors
    /// If there is none, or it was committed.
    pub(crate) fn open(work: &Work<'a>, token: &str) -> Result<Self, Fault> {
        let sql =
            "SELECT \"table\", row, \"partition\", \"column\", name, total FROM \"$upload\" WHERE token = ?1";
        let found = work
            .connection
            .prepare_cached(sql)?
            .query_row([token], |row| {
                let key: [String; 5] = [row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?];
                Ok((key, row.get::<_, Option<i64>>(5)?))
            })
            .optional()?;
        let unknown = || invalid("The token of the upload is not valid: it was committed, or never given.");
        let ([table, row, partition, column, name], total) = found.ok_or_else(unknown)?;
        let row = Uuid::try_parse(&row).map_err(|_| unknown())?;
        let row = RowId::in_partition(row, &partition);
        Ok(Self {
            token: token.to_owned(),
            place: Place::of(work.entity(&table)?, row, &column)?,
            name,
            total: total.map(i64::unsigned_abs),
        })
    }

    /// How much has come, but for one block.
    fn received(&self, work: &Work<'_>, without: &str) -> Result<u64, Fault> {
        let sql = "SELECT ifnull(sum(length(data)), 0) FROM \"$staged\" WHERE upload = ?1 AND block <> ?2";
        let sum: i64 = work
            .connection
            .prepare_cached(sql)?
            .query_row((&self.token, without), |row| row.get(0))?;
        Ok(sum.unsigned_abs())
    }

    /// Takes the next chunk: whether it was the last one, with which the content is committed.
    ///
    /// # Errors
    /// If it doesn't follow the one before, says another length of the whole, or isn't as long as chunks are.
    pub(crate) fn chunk(
        &self,
        work: &Work<'_>,
        (first, last, total): (u64, u64, u64),
        bytes: &[u8],
    ) -> Result<bool, Fault> {
        let is_last = last + 1 == total;
        let length = bytes.len() as u64;
        if last - first + 1 != length
            || (!is_last && bytes.len() != content::CHUNK)
            || bytes.len() > content::CHUNK
        {
            return Err(invalid(&format!(
                "A chunk has {} bytes, but for the last one, and its header Content-Range says as many.",
                content::CHUNK
            )));
        }
        if self.received(work, "")? != first || self.total.is_some_and(|known| known != total) {
            return Err(unsatisfiable("The chunk doesn't follow the one before."));
        }
        self.place.check_size(total)?;
        work.connection
            .prepare_cached("UPDATE \"$upload\" SET total = ?2 WHERE token = ?1")?
            .execute((&self.token, i64::try_from(total).unwrap_or(i64::MAX)))?;
        self.stage(work, &format!("{first:020}"), bytes)?;
        if is_last {
            let blocks = self.blocks(work)?;
            self.commit(work, &blocks, &self.name, mime::of_name(&self.name))?;
        }
        Ok(is_last)
    }

    /// Takes a block. One of the same name is replaced.
    ///
    /// # Errors
    /// If it is too long, or its name isn't as long as those of the other blocks.
    pub(crate) fn block(&self, work: &Work<'_>, name: &str, bytes: &[u8]) -> Result<(), Fault> {
        if bytes.len() > content::CHUNK {
            return Err(invalid(&format!(
                "A block can't be longer than {} bytes.",
                content::CHUNK
            )));
        }
        let known = self.blocks(work)?;
        if known.first().is_some_and(|known| known.len() != name.len()) {
            return Err(invalid(
                "The ids of the blocks of a file have to be of the same length.",
            ));
        }
        let length = bytes.len() as u64;
        let others = self.received(work, name)?;
        self.place.check_size(others.saturating_add(length))?;
        self.stage(work, name, bytes)
    }

    fn stage(&self, work: &Work<'_>, block: &str, bytes: &[u8]) -> Result<(), Fault> {
        work.connection
            .prepare_cached("INSERT OR REPLACE INTO \"$staged\" (upload, block, data) VALUES (?1, ?2, ?3)")?
            .execute((&self.token, block, bytes))?;
        Ok(())
    }

    fn blocks(&self, work: &Work<'_>) -> Result<Vec<String>, Fault> {
        let mut statement = work
            .connection
            .prepare_cached("SELECT block FROM \"$staged\" WHERE upload = ?1 ORDER BY block")?;
        let blocks = statement.query_map([&self.token], |row| row.get(0))?;
        Ok(blocks.collect::<Result<_, _>>()?)
    }

    /// Makes the blocks, in this order, the content of the column: the id of the file, and its length.
    ///
    /// # Errors
    /// If one of them didn't come, or the column doesn't take the content.
    pub(crate) fn commit(
        &self,
        work: &Work<'_>,
        blocks: &[String],
        name: &str,
        mime: &str,
    ) -> Result<(Uuid, u64), Fault> {
        let mut size = 0;
        for block in blocks {
            size += content::staged_length(work.connection, &self.token, block)?;
        }
        let source = Source::Staged {
            upload: &self.token,
            blocks,
        };
        let id = put_from(work, &self.place, name, mime, &source)?;
        work.connection
            .prepare_cached("DELETE FROM \"$upload\" WHERE token = ?1")?
            .execute([&self.token])?;
        Ok((id, size))
    }
}

fn invalid(what: &str) -> Fault {
    Fault::new(StatusCode::BAD_REQUEST, 0x8004_0203, what)
}

fn unsatisfiable(what: &str) -> Fault {
    Fault::new(StatusCode::RANGE_NOT_SATISFIABLE, 0x8004_0203, what)
}
