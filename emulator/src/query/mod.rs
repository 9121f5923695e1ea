//! Queries: what a GET asks of the model's rows, as SQL over the store, and its answer.
//!
//! `bind` turns the syntax of `odata` into a plan, `fetch` that of FetchXML, `sql` a plan into a statement, `shape` says what of each row is answered,
//! and `answer` writes it while the database reads.

mod aggregate;
mod bind;
mod changes;
mod count;
mod envelope;
mod fetch;
mod list;
mod names;
mod navigate;
mod number;
mod one;
mod page;
mod period;
mod plan;
mod settings;
mod shape;
mod sql;
mod statement;

#[cfg(test)]
mod tests;

pub use settings::{FiscalYear, Settings};

use crate::model::Entity;
use crate::odata::{Options, Segment};
use crate::server::Preferences;
use crate::{Answer, Call, Fault, Model};
use jiff::Timestamp;
use rusqlite::Connection;
use uuid::Uuid;

/// What a query is asked in.
pub(crate) struct Context<'a> {
    pub(crate) model: &'a Model,
    pub(crate) connection: &'a Connection,
    pub(crate) call: &'a Call,
    pub(crate) now: Timestamp,
    /// The caller's `systemuserid`.
    pub(crate) user: Uuid,
    pub(crate) settings: &'a Settings,
    /// The organization's currency.
    pub(crate) base_currency: Uuid,
    /// The number that every change of the schema raises.
    pub(crate) metadata_version: u64,
}

/// What identifies a row. Without a partition, a row of an elastic table is in the one that its own id names.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Key<'a> {
    pub(crate) id: Uuid,
    pub(crate) partition: Option<&'a str>,
}

/// Answers a GET of an entity set, or of its `$count` or `$ref`.
///
/// # Errors
/// If the service would refuse it.
pub(crate) fn collection(
    context: &Context<'_>,
    entity: &Entity,
    tail: &[Segment],
    options: &Options,
) -> Result<Answer, Fault> {
    let rows = list::Of { entity, parent: None };
    match tail {
        [] => list::rows(context, &rows, options),
        [Segment::Count] => list::count(context, &rows, options),
        [Segment::Ref] => list::references(context, &rows, options),
        [other, ..] => Err(navigate::no_segment(other)),
    }
}

/// Answers a GET of a row, or of what the segments behind its address lead to: a property, related rows, their addresses or
/// their number.
///
/// # Errors
/// If the row isn't there, or the service would refuse the rest.
pub(crate) fn row(
    context: &Context<'_>,
    entity: &Entity,
    key: Key<'_>,
    tail: &[Segment],
    options: &Options,
) -> Result<Answer, Fault> {
    navigate::from(context, entity, key, tail, options)
}

/// The row that a write leaves, with its context, as `$select` and `$expand` of the options ask for it.
///
/// # Errors
/// If the service would refuse the options.
pub(crate) fn row_after_write(
    context: &Context<'_>,
    entity: &Entity,
    key: Key<'_>,
    options: &Options,
) -> Result<Answer, Fault> {
    let asked = Asked::of(context)?;
    one::whole(context, entity, key, options, &asked)
}

/// The JSON object of one row, without its context, as `$select` and `$expand` of the options ask for it.
///
/// # Errors
/// If the row isn't there, or the service would refuse the options.
pub(crate) fn row_json(
    context: &Context<'_>,
    entity: &Entity,
    key: Key<'_>,
    options: &Options,
) -> Result<Vec<u8>, Fault> {
    let asked = Asked::of(context)?;
    one::object(context, entity, key, options, &asked).map(|(object, _)| object)
}

/// What the headers ask for.
pub(super) struct Asked {
    pub(super) preferences: Preferences,
    pub(super) level: crate::answer::Level,
}

impl Asked {
    pub(super) fn of(context: &Context<'_>) -> Result<Self, Fault> {
        let preferences = Preferences::of(&context.call.headers);
        let level = crate::answer::Level::of(&context.call.headers, &preferences)?;
        Ok(Self { preferences, level })
    }
}

/// The entity set of a table, or its name where it has none.
pub(super) fn set_of(entity: &Entity) -> &str {
    entity.table().entity_set.as_deref().unwrap_or(entity.name())
}

/// Whether rows of a table are identified by their partition too.
pub(super) fn is_elastic(entity: &Entity) -> bool {
    let table = entity.table();
    table.table_type == Some(dataverse_codegen::schema::TableType::Elastic)
        && table.column("partitionid").is_some()
}

/// Options that ask for queries of another language.
pub(super) fn refuse_other_languages(options: &Options) -> Result<(), Fault> {
    for name in ["fetchXml", "savedQuery", "userQuery", "sql"] {
        if options.has(name) {
            return Err(Fault::unsupported(&format!("the query option '{name}'")));
        }
    }
    Ok(())
}
