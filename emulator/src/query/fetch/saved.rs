//! Views: documents that are kept in rows of `savedquery`, which everybody has, and of `userquery`, which users make.

use crate::Fault;
use crate::fetchxml::shown;
use crate::model::Entity;
use crate::odata::{Options, guid};
use crate::query::Context;
use crate::query::bind::Binder;
use crate::query::plan::{ColumnRef, Condition, SqlColumn, Tie};
use crate::query::sql::Sql;
use rusqlite::OptionalExtension;
use rusqlite::types::Value;

/// A document, and whether it is that of a view.
pub(super) struct Document {
    pub(super) xml: String,
    pub(super) saved: bool,
}

/// The options that name views, and the tables in which they are.
const VIEWS: [(&str, &str); 2] = [("savedQuery", "savedquery"), ("userQuery", "userquery")];

/// The document of the view that a request names.
pub(super) fn document(
    context: &Context<'_>,
    asked: &Entity,
    options: &Options,
) -> Result<Option<Document>, Fault> {
    for (option, table) in VIEWS {
        let Some(text) = options.get(option) else {
            continue;
        };
        let entity = context.model.entity(table).filter(|entity| !entity.is_referred());
        let Some(entity) = entity else {
            return Err(Fault::unsupported(&format!(
                "the query option '{option}' with a snapshot that lacks the table '{table}'"
            )));
        };
        let id = guid(text.trim()).ok_or_else(|| {
            Fault::bad_query(format!(
                "The value '{}' of the query option '{option}' isn't a GUID.",
                shown(text)
            ))
        })?;
        let xml = read(context, entity, &id.to_string(), "fetchxml")?;
        let Some(xml) = xml else {
            return Err(Fault::unsupported("views without FetchXML"));
        };
        let of = match entity.table().column("returnedtypecode") {
            Some(_) => read(context, entity, &id.to_string(), "returnedtypecode")?,
            None => None,
        };
        if let Some(of) = of.filter(|of| of != asked.name()) {
            return Err(Fault::bad_query(format!(
                "The view '{id}' is one of the table '{}', not of '{}'.",
                shown(&of),
                asked.name()
            )));
        }
        return Ok(Some(Document { xml, saved: true }));
    }
    Ok(None)
}

/// A column of a view's row.
fn read(context: &Context<'_>, entity: &Entity, id: &str, name: &str) -> Result<Option<String>, Fault> {
    let Some(column) = entity.table().column(name) else {
        return Err(Fault::unsupported(&format!(
            "views with a snapshot whose table '{}' lacks the column '{name}'",
            entity.name()
        )));
    };
    let binder = Binder::new(context, entity, None);
    let source = binder.root();
    let mut sql = Sql::default();
    sql.push("SELECT ");
    sql.value(ColumnRef {
        source,
        entity,
        column,
    });
    let key = SqlColumn {
        source,
        name: entity.primary_id().to_owned(),
    };
    sql.rows(&binder.finish(Condition::Tied(vec![Tie::Value(key, Value::Text(id.to_owned()))])));
    let found: Option<Option<String>> = context
        .connection
        .prepare_cached(&sql.text)?
        .query_row(rusqlite::params_from_iter(&sql.values), |row| row.get(0))
        .optional()?;
    found.ok_or_else(|| Fault::no_row(entity.name(), id))
}
