//! Counters: the version of rows, and the numbers of auto-number columns. Part of the transaction that counts.

use rusqlite::Connection;

/// The counter of row versions.
const VERSION: &str = "version";

/// The next version of a row: one counter for the whole database.
pub(crate) fn next_version(connection: &Connection) -> rusqlite::Result<i64> {
    next(connection, VERSION, 1_000_000)
}

/// The version that a row was given last, of whatever table.
pub(crate) fn last_version(connection: &Connection) -> rusqlite::Result<i64> {
    connection
        .prepare_cached("SELECT ifnull((SELECT value FROM \"$counter\" WHERE name = ?1), 0)")?
        .query_row([VERSION], |row| row.get(0))
}

/// The layout of a table changes: what was told of its changes before is no base for those that follow.
pub(super) fn break_tracking(connection: &Connection, table: &str) -> rusqlite::Result<()> {
    let version = next_version(connection)?;
    connection
        .prepare_cached("INSERT OR REPLACE INTO \"$counter\" (name, value) VALUES (?1, ?2)")?
        .execute((tracking(table), version))?;
    Ok(())
}

/// The version from which on changes of a table are known.
pub(crate) fn tracked_since(connection: &Connection, table: &str) -> rusqlite::Result<i64> {
    connection
        .prepare_cached("SELECT ifnull((SELECT value FROM \"$counter\" WHERE name = ?1), 0)")?
        .query_row([tracking(table)], |row| row.get(0))
}

fn tracking(table: &str) -> String {
    format!("tracking {table}")
}

/// The next number of a counter, which begins at `first`.
pub(crate) fn next(connection: &Connection, name: &str, first: i64) -> rusqlite::Result<i64> {
    connection
        .prepare_cached(
            "INSERT INTO \"$counter\" (name, value) VALUES (?1, ?2)
             ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value",
        )?
        .query_row((name, first), |row| row.get(0))
}

/// Notes that what is there now is what every environment has. Only the first time counts.
pub(crate) fn note_founded(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute(
        "INSERT OR IGNORE INTO \"$counter\" (name, value)
         VALUES ('founded', ifnull((SELECT value FROM \"$counter\" WHERE name = ?1), 0))",
        [VERSION],
    )?;
    Ok(())
}

/// Whether nothing was written since.
pub(crate) fn is_fresh(connection: &Connection) -> rusqlite::Result<bool> {
    connection.query_row(
        "SELECT ifnull((SELECT value FROM \"$counter\" WHERE name = ?1), 0) = value
         FROM \"$counter\" WHERE name = 'founded'",
        [VERSION],
        |row| row.get(0),
    )
}
