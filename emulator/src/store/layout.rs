//! Which SQL tables, columns and indexes a model needs.

use super::Storage;
use crate::Model;
use crate::model::{Entity, Links};
use dataverse_codegen::schema::{Column, Key, TableType};
use std::collections::BTreeMap;

/// An identifier in SQL. Names come from the model alone.
pub(crate) fn quoted(identifier: &str) -> String {
    format!("\"{}\"", identifier.replace('"', "\"\""))
}

/// When a row ends by itself, in seconds since 1970, if it does.
pub(crate) const ENDS: &str = "unixepoch(\"modifiedon\") + \"ttlinseconds\"";
pub(crate) const HAS_END: &str = "\"ttlinseconds\" > 0";

/// All tables of a database, by name.
pub(super) struct Layout(pub(super) BTreeMap<String, SqlTable>);

/// One SQL table.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct SqlTable {
    /// Names and kinds, by name.
    pub(super) columns: BTreeMap<String, &'static str>,
    /// The columns that stand in front: SQLite passes over all columns before the one that it reads, and these are those by
    /// which rows are told apart and sorted most.
    pub(super) front: Vec<String>,
    /// The indexes by name: what stands behind `ON table` in the statement that makes them.
    pub(super) indexes: BTreeMap<String, Index>,
}

/// An index.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Index {
    pub(super) unique: bool,
    /// The columns or expressions, in parentheses.
    pub(super) on: String,
}

impl Layout {
    pub(super) fn of(model: &Model) -> Self {
        let mut tables = BTreeMap::new();
        for entity in model.entities() {
            tables.insert(entity.name().to_owned(), table(entity));
        }
        for entity in model.entities() {
            let table = entity.table();
            for collection in &table.collections {
                if let Some(many) = entity.collection(&collection.name)
                    && let Links::Intersect { table, own, other } = &many.links
                {
                    intersect(tables.entry(table.clone()).or_default(), table, [own, other]);
                }
            }
        }
        Self(tables)
    }
}

/// Whether rows of the table are identified by their partition too.
pub(crate) fn is_elastic(entity: &Entity) -> bool {
    entity.table().table_type == Some(TableType::Elastic)
}

fn table(entity: &Entity) -> SqlTable {
    let mut table = SqlTable::default();
    let source = entity.table();
    table.front.push(source.primary_id.clone());
    let name = source.primary_name.clone();
    table.front.extend(name.filter(|name| *name != source.primary_id));
    for column in &source.columns {
        let storage = Storage::of(&column.kind);
        if storage == Storage::Elsewhere {
            continue;
        }
        table.columns.insert(column.name.clone(), storage.name());
        // Lookups are joined and searched for.
        if storage == Storage::Lookup {
            let on = format!("({})", quoted(&column.name));
            table.add_index(&source.name, &column.name, Index { unique: false, on });
        }
    }
    let has = |name: &str| source.column(name).is_some();
    if is_elastic(entity) && has("ttlinseconds") && has("modifiedon") {
        let on = format!("({ENDS}) WHERE {HAS_END}");
        table.add_index(&source.name, "ends", Index { unique: false, on });
    }
    // A table without a column for its id has one all the same: rows are found by it.
    table
        .columns
        .entry(source.primary_id.clone())
        .or_insert(Storage::Id.name());
    let id = quoted(&source.primary_id);
    let on = if is_elastic(entity) && source.column("partitionid").is_some() {
        format!("({id}, ifnull(\"partitionid\", ''))")
    } else {
        format!("({id})")
    };
    table.add_index(&source.name, "", Index { unique: true, on });
    for key in checked_keys(entity) {
        let columns: Option<Vec<String>> = key
            .columns
            .iter()
            .map(|name| source.column(name).map(comparable))
            .collect();
        if let Some(columns) = columns.filter(|columns| !columns.is_empty()) {
            let on = format!("({})", columns.join(", "));
            table.add_index(
                &source.name,
                &format!("key ${}", key.name),
                Index { unique: true, on },
            );
        }
    }
    table
}

/// The alternate keys whose values the service checks: those whose index is there. The key that elastic tables have of the
/// primary id and the partition is the row's identity, and no key of its own.
pub(crate) fn checked_keys(entity: &Entity) -> impl Iterator<Item = &Key> {
    let table = entity.table();
    let is_identity = |key: &Key| key.columns.contains(&table.primary_id);
    table
        .keys
        .iter()
        .filter(move |key| key.index_status.is_none() && !is_identity(key))
}

/// The SQL column, quoted, by which values of a column are compared.
pub(crate) fn comparable(column: &Column) -> String {
    match Storage::of(&column.kind) {
        Storage::Text => quoted(&format!("{}$key", column.name)),
        _ => quoted(&column.name),
    }
}

fn intersect(table: &mut SqlTable, name: &str, sides: [&String; 2]) {
    for side in sides {
        table.columns.entry(side.clone()).or_insert(Storage::Id.name());
    }
    let [mut one, mut other] = sides;
    if one > other {
        (one, other) = (other, one);
    }
    let pair = |one: &str, other: &str| format!("({}, {})", quoted(one), quoted(other));
    table.add_index(
        name,
        "$pair",
        Index {
            unique: true,
            on: pair(one, other),
        },
    );
    let on = pair(other, one);
    table.add_index(name, "$riap", Index { unique: false, on });
}

impl SqlTable {
    fn add_index(&mut self, table: &str, what: &str, index: Index) {
        self.indexes.insert(format!("{table}${what}"), index);
    }
}
