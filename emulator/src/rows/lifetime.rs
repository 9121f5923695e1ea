//! Rows of elastic tables that end by themselves: `ttlinseconds` after they were last written.

use super::Work;
use super::record::Cells;
use crate::Fault;
use crate::model::Entity;
use crate::store::{ENDS, HAS_END, quoted};
use std::sync::atomic::{AtomicI64, Ordering};

/// Before when no row ends, in seconds since 1970: until then nothing needs to be looked for.
#[derive(Debug)]
pub(crate) struct Lifetimes(AtomicI64);

impl Default for Lifetimes {
    fn default() -> Self {
        Self(AtomicI64::new(UNKNOWN))
    }
}

/// Rows have to be looked at.
const UNKNOWN: i64 = i64::MIN;

impl Lifetimes {
    /// Rows were written by other means than one by one.
    pub(crate) fn forget(&self) {
        self.0.store(UNKNOWN, Ordering::Relaxed);
    }

    /// Whether rows may be over. Calls are carried out one after another: no row comes about in between.
    pub(crate) fn are_over(&self, now: i64) -> bool {
        self.0.load(Ordering::Relaxed) <= now
    }
}

/// A row is written: if it gets an end, the next call looks for it.
pub(super) fn note(work: &Work<'_>, entity: &Entity, cells: &Cells) {
    if cells.contains_key("ttlinseconds")
        && work.relations.mortal().iter().any(|table| table == entity.name())
    {
        work.lifetimes.forget();
    }
}

/// Deletes the rows whose time is over, if there may be any.
pub(crate) fn expire(work: &Work<'_>) -> Result<(), Fault> {
    let now = work.now.as_second();
    if !work.lifetimes.are_over(now) {
        return Ok(());
    }
    let mut next = i64::MAX;
    for table in work.relations.mortal() {
        let table = quoted(table);
        work.connection
            .prepare_cached(&format!("DELETE FROM {table} WHERE {HAS_END} AND {ENDS} <= ?1"))?
            .execute([now])?;
        let first: Option<i64> = work
            .connection
            .prepare_cached(&format!("SELECT min({ENDS}) FROM {table} WHERE {HAS_END}"))?
            .query_row([], |row| row.get(0))?;
        next = next.min(first.unwrap_or(i64::MAX));
    }
    work.lifetimes.0.store(next, Ordering::Relaxed);
    Ok(())
}
