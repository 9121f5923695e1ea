//! Rows to start with, from JSON: tables by entity set or logical name, each with its rows in order.

use super::Environment;
use crate::Fault;
use crate::json::Json;
use crate::model::Entity;
use crate::rows::{Origin, Work, create};
use crate::store::counters;

/// Why rows to start with can't be made: nothing of them is there then.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SeedError {
    /// The text isn't an object with an array of rows per table.
    #[error("the rows to start with can't be read: {0}")]
    Unreadable(String),
    /// A row can't be made.
    #[error("table `{table}`, row {row}: {fault}")]
    Row {
        /// The table as the text names it.
        table: String,
        /// The row, from 1.
        row: usize,
        /// Why; its message names the column.
        fault: Fault,
    },
}

impl From<rusqlite::Error> for SeedError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Unreadable(error.to_string())
    }
}

impl Environment {
    /// Creates rows to start with, in one transaction. The text is JSON: an object with an array of rows for each entity
    /// set, in the order in which they refer to each other. A row is what a create sends; besides that it may hold what
    /// the service itself writes, such as `createdon` and `statecode`. What the service requires may be left out.
    ///
    /// # Errors
    /// If the text can't be read, or a row breaks a rule: the error names its table and number, and the column.
    pub fn seed(&self, json: &str) -> Result<usize, SeedError> {
        let rows = Json::read(json.as_bytes()).map_err(|fault| SeedError::Unreadable(fault.message))?;
        self.seed_rows(&rows)
    }

    /// Whether nothing was written yet besides the rows that every environment has.
    ///
    /// # Errors
    /// If the database can't be read.
    pub fn is_fresh(&self) -> Result<bool, Fault> {
        self.write(|work| Ok(counters::is_fresh(work.connection)?))
    }

    pub(super) fn seed_rows(&self, rows: &Json) -> Result<usize, SeedError> {
        let mut refused = None;
        let created = self.write(|work| {
            sow(work, rows).map_err(|error| {
                let fault = match &error {
                    SeedError::Row { fault, .. } => fault.clone(),
                    SeedError::Unreadable(why) => Fault::bad_payload(why.clone()),
                };
                refused = Some(error);
                fault
            })
        });
        created.map_err(|fault| refused.unwrap_or(SeedError::Unreadable(fault.message)))
    }
}

fn sow(work: &Work<'_>, rows: &Json) -> Result<usize, SeedError> {
    let Json::Object(tables) = rows else {
        return Err(SeedError::Unreadable(
            "it has to be an object with an array of rows for each entity set".to_owned(),
        ));
    };
    let mut created = 0;
    for (table, rows) in tables {
        let entity = entity(work, table)?;
        let Json::Array(rows) = rows else {
            return Err(SeedError::Unreadable(format!(
                "`{table}` has to be an array of rows"
            )));
        };
        for (at, row) in rows.iter().enumerate() {
            let made = match row {
                Json::Object(body) => {
                    let origin = Origin {
                        seed: true,
                        ..Origin::default()
                    };
                    create(work, entity, body, &origin)
                }
                _ => Err(Fault::bad_payload("a row has to be an object")),
            };
            made.map_err(|fault| SeedError::Row {
                table: table.clone(),
                row: at + 1,
                fault,
            })?;
            created += 1;
        }
    }
    Ok(created)
}

fn entity<'a>(work: &Work<'a>, table: &str) -> Result<&'a Entity, SeedError> {
    let found = work
        .model
        .entity_of_set(table)
        .or_else(|| work.model.entity(table));
    found.ok_or_else(|| SeedError::Unreadable(format!("the schema has no table `{table}`")))
}
