//! The rows, in SQLite: one connection, every call a transaction of its own.
//!
//! What is acknowledged survives the end of the process: a file is written in WAL mode, and a transaction is committed
//! before its answer is made. The end of the machine is another matter (`synchronous = NORMAL`).

mod adapt;
mod cell;
mod convert;
pub(crate) mod counters;
mod error;
mod fold;
mod functions;
mod layout;
mod state;
mod wildcard;

pub(crate) use adapt::make_ready;
pub(crate) use cell::{Cell, Storage};
pub(crate) use convert::{Moment, cell_of, choice_set, guid, kept_moment, ten_thousandths};
pub(crate) use counters::{next, next_version};
pub use error::StoreError;
pub(crate) use fold::fold;
pub(crate) use functions::{AVERAGE, FITS, LOCAL, NAME, Names, SUM};
pub(crate) use layout::{ENDS, HAS_END, checked_keys, comparable, is_elastic, quoted};
pub(crate) use state::{clear, dump, restore};
pub(crate) use wildcard::{Anchors, LONGEST_PATTERN};

use crate::{Fault, Model};
use jiff::tz::TimeZone;
use layout::Layout;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use rust_decimal::Decimal;
use std::cmp::Ordering;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How many prepared statements are kept.
const STATEMENTS: usize = 256;

/// The database of an environment.
#[derive(Debug)]
pub(crate) struct Store(Mutex<Connection>);

impl Store {
    /// Opens the database: of a file, or in memory. The tables of the model are there afterwards; what the file holds
    /// besides stays.
    pub(crate) fn open(model: &Model, file: Option<&Path>) -> Result<Self, StoreError> {
        let connection = match file {
            // What isn't a database is found out by the first statement.
            Some(file) => Connection::open(file)
                .and_then(|connection| prepare(&connection).map(|()| connection))
                .map_err(|source| StoreError::Open {
                    file: file.to_owned(),
                    source,
                })?,
            None => {
                let connection = Connection::open_in_memory()?;
                prepare(&connection)?;
                connection
            }
        };
        let store = Self(Mutex::new(connection));
        store.lay_out(model, adapt::Rest::Keep)?;
        Ok(store)
    }

    /// Sets the time zone of the users, which is UTC at first.
    pub(crate) fn set_zone(&self, zone: TimeZone) -> Result<(), StoreError> {
        Ok(functions::set_zone(&self.connection(), zone)?)
    }

    /// Makes the tables those of a changed model: rows keep the values of the columns that stay.
    pub(crate) fn adapt(&self, new: &Model) -> Result<(), StoreError> {
        self.lay_out(new, adapt::Rest::Drop)
    }

    fn lay_out(&self, model: &Model, rest: adapt::Rest) -> Result<(), StoreError> {
        let mut connection = self.connection();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        adapt::adapt(&transaction, &Layout::of(model), rest)?;
        transaction.commit()?;
        connection.flush_prepared_statement_cache();
        Ok(())
    }

    fn connection(&self) -> MutexGuard<'_, Connection> {
        // A panic rolled its transaction back: the connection is whole.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads.
    pub(crate) fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T, Fault>) -> Result<T, Fault> {
        work(&self.connection())
    }

    /// Writes, in one transaction: after an error nothing has changed.
    pub(crate) fn write<T, E: From<rusqlite::Error>>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut connection = self.connection();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let done = work(&transaction)?;
        transaction.commit()?;
        Ok(done)
    }
}

/// What every connection needs.
fn prepare(connection: &Connection) -> rusqlite::Result<()> {
    // One process to a file: a second one is told at once.
    connection.busy_timeout(Duration::ZERO)?;
    connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    connection.create_collation("DECIMAL", |one, other| match (number(one), number(other)) {
        (Some(one), Some(other)) => one.cmp(&other),
        (None, None) => one.cmp(other),
        (None, Some(_)) => Ordering::Less,
        (Some(_), None) => Ordering::Greater,
    })?;
    functions::register(connection)?;
    Ok(())
}

fn number(text: &str) -> Option<Decimal> {
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_compared_as_numbers() {
        let connection = Connection::open_in_memory().unwrap();
        prepare(&connection).unwrap();
        connection
            .execute_batch(
                "CREATE TABLE d (v TEXT COLLATE DECIMAL);
                 INSERT INTO d VALUES ('10'), ('9.5'), ('-1'), ('100000000000'), ('0.0000000001')",
            )
            .unwrap();
        let mut statement = connection.prepare("SELECT v FROM d ORDER BY v").unwrap();
        let sorted: Vec<String> = statement
            .query_map([], |row| row.get(0))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        assert_eq!(sorted, ["-1", "0.0000000001", "9.5", "10", "100000000000"]);
    }
}
