//! Makes the tables of a database those that a model needs. The catalog `$table` says what is there.
//!
//! The indexes of a table are made when its first row comes: SQLite looks through its whole catalog for each, and of the
//! thousands of tables of a large environment few get rows.

use super::StoreError;
use super::cell::Storage;
use super::counters::break_tracking;
use super::layout::{Index, Layout, SqlTable, quoted};
use rusqlite::{Connection, ErrorCode, OptionalExtension};
use std::collections::{BTreeMap, BTreeSet};

/// What becomes of tables and columns that the model doesn't have.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Rest {
    /// They stay: a file was perhaps opened with another snapshot.
    Keep,
    /// They go, as in an environment where somebody deletes a column.
    Drop,
}

/// What is kept beside the rows: the catalog, counters, deletions for change tracking, shared access, and the contents of
/// files with uploads of them.
const OWN: &str = r#"
CREATE TABLE IF NOT EXISTS "$table" (name TEXT PRIMARY KEY, columns TEXT NOT NULL, indexes TEXT NOT NULL,
    indexed INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS "$counter" (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS "$deleted" ("$version" INTEGER PRIMARY KEY, "table" TEXT NOT NULL, id TEXT NOT NULL, at TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS "$deleted$table" ON "$deleted" ("table", "$version");
CREATE TABLE IF NOT EXISTS "$access" ("table" TEXT NOT NULL, id TEXT NOT NULL, principal TEXT NOT NULL,
    principaltable TEXT NOT NULL, mask INTEGER NOT NULL, PRIMARY KEY ("table", id, principal)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS "$file" (id TEXT PRIMARY KEY, "table" TEXT NOT NULL, row TEXT NOT NULL, "partition" TEXT NOT NULL,
    "column" TEXT NOT NULL, name TEXT NOT NULL, mime TEXT NOT NULL, size INTEGER NOT NULL, whole INTEGER NOT NULL,
    thumbnail BLOB, UNIQUE ("table", row, "partition", "column"));
CREATE TABLE IF NOT EXISTS "$block" (file TEXT NOT NULL, start INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY (file, start));
CREATE TRIGGER IF NOT EXISTS "$file$gone" AFTER DELETE ON "$file" BEGIN
    DELETE FROM "$block" WHERE file = OLD.id;
END;
CREATE TABLE IF NOT EXISTS "$upload" (token TEXT PRIMARY KEY, "table" TEXT NOT NULL, row TEXT NOT NULL, "partition" TEXT NOT NULL,
    "column" TEXT NOT NULL, name TEXT NOT NULL, at TEXT NOT NULL, total INTEGER);
CREATE TABLE IF NOT EXISTS "$staged" (upload TEXT NOT NULL, block TEXT NOT NULL, data BLOB NOT NULL, PRIMARY KEY (upload, block));
CREATE TRIGGER IF NOT EXISTS "$upload$gone" AFTER DELETE ON "$upload" BEGIN
    DELETE FROM "$staged" WHERE upload = OLD.token;
END;
"#;

pub(super) fn adapt(connection: &Connection, wanted: &Layout, rest: Rest) -> Result<(), StoreError> {
    connection.execute_batch(OWN)?;
    let there = catalog(connection)?;
    for (name, table) in &wanted.0 {
        match there.get(name) {
            None => create(connection, name, table)?,
            Some(known) if known.is_of(table) => {}
            Some(known) => change(connection, name, table, known, rest)?,
        }
    }
    if rest == Rest::Drop {
        for name in there.keys().filter(|name| !wanted.0.contains_key(*name)) {
            connection.execute(&format!("DROP TABLE {}", quoted(name)), [])?;
            connection.execute("DELETE FROM \"$table\" WHERE name = ?1", [name])?;
            forget_files(connection, name, None)?;
            break_tracking(connection, name)?;
        }
    }
    Ok(())
}

/// What the catalog says of a table: its columns and its indexes, one a line.
struct Entry {
    columns: String,
    indexes: String,
    /// Whether the indexes are there.
    indexed: bool,
}

impl Entry {
    fn is_of(&self, table: &SqlTable) -> bool {
        let wanted = entry(table, self.indexed);
        self.columns == wanted.columns && self.indexes == wanted.indexes
    }
}

fn entry(table: &SqlTable, indexed: bool) -> Entry {
    let columns = table
        .columns
        .iter()
        .map(|(name, storage)| format!("{name} {storage}"));
    Entry {
        columns: columns.collect::<Vec<_>>().join("\n"),
        indexes: table.indexes.iter().map(line).collect::<Vec<_>>().join("\n"),
        indexed,
    }
}

fn line((name, index): (&String, &Index)) -> String {
    let unique = if index.unique { "unique" } else { "index" };
    format!("{name}\t{unique}\t{}", index.on)
}

fn catalog(connection: &Connection) -> Result<BTreeMap<String, Entry>, StoreError> {
    let mut statement = connection.prepare("SELECT name, columns, indexes, indexed FROM \"$table\"")?;
    let rows = statement.query_map([], |row| {
        let entry = Entry {
            columns: row.get(1)?,
            indexes: row.get(2)?,
            indexed: row.get(3)?,
        };
        Ok((row.get(0)?, entry))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn note(connection: &Connection, name: &str, entry: &Entry) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO \"$table\" (name, columns, indexes, indexed) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute((name, &entry.columns, &entry.indexes, entry.indexed))?;
    Ok(())
}

fn create(connection: &Connection, name: &str, table: &SqlTable) -> Result<(), StoreError> {
    let in_front = |name: &String| table.front.contains(name);
    let front = table
        .front
        .iter()
        .filter_map(|name| table.columns.get_key_value(name));
    let others = table.columns.iter().filter(|(name, _)| !in_front(name));
    let columns = front.chain(others).flat_map(|(name, kind)| declared(name, kind));
    let columns: Vec<String> = ["\"$version\" INTEGER NOT NULL".to_owned()]
        .into_iter()
        .chain(columns)
        .collect();
    let sql = format!("CREATE TABLE {} ({})", quoted(name), columns.join(", "));
    connection.execute(&sql, [])?;
    note(connection, name, &entry(table, false))
}

/// Makes the indexes of a table, if they aren't there. To be called before a row is inserted.
pub(crate) fn make_ready(connection: &Connection, table: &str) -> rusqlite::Result<()> {
    let indexes: Option<String> = connection
        .prepare_cached("SELECT indexes FROM \"$table\" WHERE name = ?1 AND NOT indexed")?
        .query_row([table], |row| row.get(0))
        .optional()?;
    let Some(indexes) = indexes else {
        return Ok(());
    };
    for line in indexes.lines() {
        let mut parts = line.splitn(3, '\t');
        if let (Some(name), Some(unique), Some(on)) = (parts.next(), parts.next(), parts.next()) {
            connection.execute(&index_sql(table, name, unique == "unique", on), [])?;
        }
    }
    connection.execute("UPDATE \"$table\" SET indexed = 1 WHERE name = ?1", [table])?;
    Ok(())
}

fn index_sql(table: &str, name: &str, unique: bool, on: &str) -> String {
    let unique = if unique { "UNIQUE " } else { "" };
    format!("CREATE {unique}INDEX {} ON {} {on}", quoted(name), quoted(table))
}

/// The SQL columns of a column: itself, and its companion.
fn declared(name: &str, kind: &str) -> Vec<String> {
    let Some(storage) = storage(kind) else {
        return Vec::new();
    };
    let itself = format!("{} {}", quoted(name), storage.declaration());
    let companion = storage
        .companion()
        .map(|suffix| format!("{} TEXT", quoted(&format!("{name}{suffix}"))));
    [Some(itself), companion].into_iter().flatten().collect()
}

fn storage(name: &str) -> Option<Storage> {
    use Storage::{Decimal, Id, Integer, Lookup, Money, Plain, Real, Text};
    [Text, Integer, Real, Money, Decimal, Plain, Id, Lookup]
        .into_iter()
        .find(|storage| storage.name() == name)
}

fn create_index(connection: &Connection, table: &str, name: &str, index: &Index) -> Result<(), StoreError> {
    let sql = index_sql(table, name, index.unique, &index.on);
    match connection.execute(&sql, []) {
        Err(rusqlite::Error::SqliteFailure(failure, _)) if failure.code == ErrorCode::ConstraintViolation => {
            Err(StoreError::Key {
                table: table.to_owned(),
                key: name.rsplit('$').next().unwrap_or_default().to_owned(),
            })
        }
        other => Ok(other.map(|_| ())?),
    }
}

/// Changes a table that is there. A column of another kind than before begins empty.
fn change(
    connection: &Connection,
    name: &str,
    table: &SqlTable,
    known: &Entry,
    rest: Rest,
) -> Result<(), StoreError> {
    let wanted_indexes: BTreeSet<String> = table.indexes.iter().map(line).collect();
    let known_indexes: BTreeSet<&str> = known.indexes.lines().collect();
    for line in known_indexes
        .iter()
        .filter(|line| !wanted_indexes.contains(**line))
    {
        let index = line.split('\t').next().unwrap_or_default();
        connection.execute(&format!("DROP INDEX IF EXISTS {}", quoted(index)), [])?;
    }
    let mut kept = table.clone();
    let mut changed = false;
    for (column, kind) in known.columns.lines().filter_map(|line| line.split_once(' ')) {
        match table.columns.get(column) {
            Some(wanted) if *wanted == kind => {}
            None if rest == Rest::Keep => {
                if let Some(storage) = storage(kind) {
                    kept.columns.insert(column.to_owned(), storage.name());
                }
            }
            _ => {
                changed = true;
                drop_column(connection, name, column, kind)?;
            }
        }
    }
    let known_columns: BTreeSet<&str> = known.columns.lines().collect();
    for (column, kind) in &table.columns {
        if !known_columns.contains(format!("{column} {kind}").as_str()) {
            changed = true;
            for declaration in declared(column, kind) {
                connection.execute(
                    &format!("ALTER TABLE {} ADD COLUMN {declaration}", quoted(name)),
                    [],
                )?;
            }
        }
    }
    if changed {
        break_tracking(connection, name)?;
    }
    for (index, made) in table.indexes.iter().filter(|_| known.indexed) {
        if !known_indexes.contains(line((index, made)).as_str()) {
            create_index(connection, name, index, made)?;
        }
    }
    note(connection, name, &entry(&kept, known.indexed))
}

fn drop_column(connection: &Connection, table: &str, column: &str, kind: &str) -> Result<(), StoreError> {
    let companion = storage(kind).and_then(Storage::companion);
    let names = [
        Some(column.to_owned()),
        companion.map(|suffix| format!("{column}{suffix}")),
    ];
    for name in names.into_iter().flatten() {
        connection.execute(
            &format!("ALTER TABLE {} DROP COLUMN {}", quoted(table), quoted(&name)),
            [],
        )?;
    }
    forget_files(connection, table, Some(column))
}

/// Forgets the contents of a table's files, or of those in one column.
fn forget_files(connection: &Connection, table: &str, column: Option<&str>) -> Result<(), StoreError> {
    for kept in ["$file", "$upload"] {
        connection.execute(
            &format!("DELETE FROM \"{kept}\" WHERE \"table\" = ?1 AND \"column\" = ifnull(?2, \"column\")"),
            (table, column),
        )?;
    }
    Ok(())
}
