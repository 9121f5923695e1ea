//! A row as a URL names it: by its id, by a named id, or by an alternate key.

use super::{RowId, Work};
use crate::Fault;
use crate::json::Json;
use crate::model::Entity;
use crate::odata::{Aliases, Literal, Name, Parentheses};
use crate::store::{Cell, cell_of, comparable, is_elastic, quoted};
use dataverse_codegen::schema::{Column, ColumnKind, Key};
use http::StatusCode;
use rusqlite::{OptionalExtension, params_from_iter};
use uuid::Uuid;

/// Where a row is, or would be.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Address {
    /// By its id.
    Id(RowId),
    /// By the values of an alternate key: columns in the key's order.
    Key(Vec<(String, Cell)>),
}

impl Address {
    /// Reads what stands in the parentheses behind an entity set. `partition` is the query's `partitionId`.
    pub(crate) fn read(
        work: &Work<'_>,
        entity: &Entity,
        name: &Name,
        aliases: &Aliases,
        partition: Option<&str>,
    ) -> Result<Self, Fault> {
        match &name.parentheses {
            Some(Parentheses::One(argument)) => match aliases.resolve(argument)? {
                Literal::Guid(id) => Ok(Self::Id(row_id(entity, id, partition))),
                _ => Err(not_valid(entity)),
            },
            Some(Parentheses::Named(named)) => {
                let named: Vec<(&str, Literal)> = named
                    .iter()
                    .map(|(name, argument)| Ok((name.as_str(), aliases.resolve(argument)?)))
                    .collect::<Result<_, Fault>>()?;
                named_key(work, entity, &named, partition)
            }
            Some(Parentheses::Empty) | None => Err(not_valid(entity)),
        }
    }

    /// The row, if it is there.
    pub(crate) fn find(&self, work: &Work<'_>, entity: &Entity) -> Result<Option<RowId>, Fault> {
        match self {
            Self::Id(row) => {
                let (condition, parameters) = row.condition(entity);
                let sql = format!("SELECT 1 FROM {} WHERE {condition}", quoted(entity.name()));
                let mut statement = work.connection.prepare_cached(&sql)?;
                Ok(statement
                    .exists(params_from_iter(parameters))?
                    .then(|| row.clone()))
            }
            Self::Key(cells) => by_key(work, entity, cells),
        }
    }

    /// The row.
    ///
    /// # Errors
    /// If it isn't there.
    pub(crate) fn existing(&self, work: &Work<'_>, entity: &Entity) -> Result<RowId, Fault> {
        self.find(work, entity)?.ok_or_else(|| self.missing(entity))
    }

    /// Refuses values of an alternate key that no path of the service takes, encoded or not (Microsoft Learn, "Define alternate
    /// keys"). Bodies name rows by such keys all the same.
    ///
    /// # Errors
    /// If there is such a value.
    pub(crate) fn check_characters(&self, entity: &Entity) -> Result<(), Fault> {
        const REFUSED: [char; 11] = ['/', '#', '<', '>', '*', '%', '&', ':', '\\', '?', '+'];
        let Self::Key(cells) = self else {
            return Ok(());
        };
        for (column, cell) in cells {
            if let Cell::Text(text) = cell
                && let Some(c) = text.chars().find(|c| REFUSED.contains(c))
            {
                return Err(Fault::bad_query(format!(
                    "The key in the request URI is not valid for resource 'Microsoft.Dynamics.CRM.{}': the value of '{column}' has the character '{c}', which rows can't be addressed with. Find the row by $filter.",
                    entity.name()
                )));
            }
        }
        Ok(())
    }

    /// 404: no such row.
    pub(crate) fn missing(&self, entity: &Entity) -> Fault {
        match self {
            Self::Id(row) => Fault::no_row(entity.name(), &row.id.to_string()),
            Self::Key(_) => Fault::new(
                StatusCode::NOT_FOUND,
                0x8006_0891,
                format!(
                    "A record with the specified key values does not exist in {} entity",
                    entity.name()
                ),
            ),
        }
    }
}

fn row_id(entity: &Entity, id: Uuid, partition: Option<&str>) -> RowId {
    match partition {
        Some(partition) if is_elastic(entity) => RowId::in_partition(id, partition),
        _ => RowId::from(id),
    }
}

fn not_valid(entity: &Entity) -> Fault {
    let name = entity.name();
    Fault::bad_query(format!(
        "The key in the request URI is not valid for resource 'Microsoft.Dynamics.CRM.{name}'. Ensure that the names and number of key properties match the declared or alternate key properties for the resource 'Microsoft.Dynamics.CRM.{name}'."
    ))
}

fn named_key(
    work: &Work<'_>,
    entity: &Entity,
    named: &[(&str, Literal)],
    partition: Option<&str>,
) -> Result<Address, Fault> {
    let value = |wanted: &str| {
        named
            .iter()
            .find(|(name, _)| *name == wanted)
            .map(|(_, value)| value)
    };
    // Users and teams are named by the key of principals, not by their own id (Microsoft Learn, "Use an alternate key to
    // reference a record").
    let id = entity.table().csdl_key.as_deref().unwrap_or(entity.primary_id());
    if let Some(Literal::Guid(id)) = value(id) {
        match (named.len(), value("partitionid")) {
            (1, _) => return Ok(Address::Id(row_id(entity, *id, partition))),
            (2, Some(Literal::Text(partition))) if is_elastic(entity) => {
                return Ok(Address::Id(RowId::in_partition(*id, partition)));
            }
            (2, Some(Literal::Null)) if is_elastic(entity) => return Ok(Address::Id(RowId::from(*id))),
            _ => {}
        }
    }
    let columns: Vec<(&Column, &Literal)> = named
        .iter()
        .map(|(name, value)| match entity.property(name) {
            Some((_, column)) => Ok((column, value)),
            None => Err(not_valid(entity)),
        })
        .collect::<Result<_, _>>()?;
    let key = key_of(entity, &columns)?;
    let mut cells = Vec::with_capacity(key.columns.len());
    for wanted in &key.columns {
        let Some((column, value)) = columns.iter().find(|(column, _)| column.name == *wanted) else {
            return Err(not_valid(entity));
        };
        cells.push((wanted.clone(), key_cell(work, entity, column, value)?));
    }
    Ok(Address::Key(cells))
}

/// The alternate key that has exactly these columns.
fn key_of<'a>(entity: &'a Entity, columns: &[(&Column, &Literal)]) -> Result<&'a Key, Fault> {
    let fits = |key: &&Key| {
        key.columns.len() == columns.len()
            && key
                .columns
                .iter()
                .all(|name| columns.iter().any(|(column, _)| column.name == *name))
    };
    let key = entity
        .table()
        .keys
        .iter()
        .find(fits)
        .ok_or_else(|| not_valid(entity))?;
    match &key.index_status {
        None => Ok(key),
        Some(status) => Err(Fault::new(
            StatusCode::BAD_REQUEST,
            0x8006_0890,
            format!(
                "The specified key attributes are not a defined key for the {} entity: the index of '{}' is {status}.",
                entity.name(),
                key.name
            ),
        )),
    }
}

fn key_cell(work: &Work<'_>, entity: &Entity, column: &Column, value: &Literal) -> Result<Cell, Fault> {
    if let ColumnKind::Lookup(lookup) = &column.kind {
        let Literal::Guid(id) = value else {
            return Err(not_valid(entity));
        };
        // The key names the id alone. Which table it is of tells where the row is; without one it is the first.
        let targets = lookup.targets.iter().map(|target| target.table.as_str());
        for table in targets.clone() {
            if let Some(target) = work.model.entity(table)
                && Address::Id((*id).into()).find(work, target)?.is_some()
            {
                return Ok(Cell::Lookup(*id, table.to_owned()));
            }
        }
        return Ok(Cell::Lookup(
            *id,
            targets.clone().next().unwrap_or_default().to_owned(),
        ));
    }
    let json = match value {
        Literal::Null => Json::Null,
        Literal::Boolean(flag) => Json::Bool(*flag),
        Literal::Number(text) => Json::Number(text.clone()),
        Literal::Text(text) => Json::Text(text.clone()),
        Literal::Guid(id) => Json::Text(id.to_string()),
        Literal::Date(date) => Json::Text(date.to_string()),
        Literal::Time(time) => Json::Text(time.to_string()),
        Literal::Member { .. } | Literal::Json(_) => return Err(not_valid(entity)),
    };
    cell_of(work.model, entity, column, &json)
}

fn by_key(work: &Work<'_>, entity: &Entity, cells: &[(String, Cell)]) -> Result<Option<RowId>, Fault> {
    let mut conditions = Vec::with_capacity(cells.len());
    let mut parameters = Vec::with_capacity(cells.len());
    for (name, cell) in cells {
        let Some(column) = entity.table().column(name) else {
            return Ok(None);
        };
        if cell.is_null() {
            // Rows without a value aren't found by a key.
            return Ok(None);
        }
        conditions.push(format!("{} = ?", comparable(column)));
        parameters.push(match cell {
            Cell::Text(_) => cell.companion(),
            other => other.sql(),
        });
    }
    let sql = format!(
        "SELECT {} FROM {} WHERE {}",
        quoted(entity.primary_id()),
        quoted(entity.name()),
        conditions.join(" AND ")
    );
    let found: Option<String> = work
        .connection
        .prepare_cached(&sql)?
        .query_row(params_from_iter(parameters), |row| row.get(0))
        .optional()?;
    Ok(found.and_then(|id| Uuid::try_parse(&id).ok()).map(RowId::from))
}
