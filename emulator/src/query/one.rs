//! One row: as an object, and a property of it.

use super::bind::Binder;
use super::plan::{ColumnRef, Condition, SqlColumn, Tie};
use super::shape::{self, At, Shaper, Wanted};
use super::sql::Sql;
use super::statement::Statement;
use super::{Asked, Context, Key, is_elastic, refuse_other_languages, set_of};
use crate::answer::{self, Reply, Scalar};
use crate::model::Entity;
use crate::odata::{Expands, Options, Select};
use crate::{Answer, Fault};
use http::{StatusCode, header};
use rusqlite::OptionalExtension;
use rusqlite::types::Value;

/// The condition that holds of one row.
fn is_row<'a>(entity: &'a Entity, source: usize, key: Key<'_>) -> Condition<'a> {
    let column = |name: &str| SqlColumn {
        source,
        name: name.to_owned(),
    };
    let mut all = vec![Condition::Tied(vec![Tie::Value(
        column(entity.primary_id()),
        Value::Text(key.id.to_string()),
    )])];
    if is_elastic(entity)
        && let Some(partition) = entity.table().column("partitionid")
    {
        all.push(match key.partition {
            Some(partition) => Condition::Tied(vec![Tie::Value(
                column("partitionid"),
                Value::Text(partition.to_owned()),
            )]),
            None => Condition::Null(ColumnRef {
                source,
                entity,
                column: partition,
            }),
        });
    }
    Condition::All(all)
}

/// The object of a row, and the row's version.
pub(super) fn object(
    context: &Context<'_>,
    entity: &Entity,
    key: Key<'_>,
    options: &Options,
    asked: &Asked,
) -> Result<(Vec<u8>, i64), Fault> {
    let select = options.get("$select").map(Select::parse).transpose()?;
    let expand = options
        .get("$expand")
        .map(Expands::parse)
        .transpose()?
        .unwrap_or_default();
    shape::check_count(context, &expand)?;
    let version = version(context, entity, key)?.ok_or_else(|| missing(entity, key))?;
    let wanted = Wanted {
        select: select.as_ref(),
        expand: &expand,
    };
    let mut binder = Binder::new(context, entity, Some(&options.aliases));
    let source = binder.root();
    let nested = shape::is_nested(&expand);
    let mut shaper = Shaper::new(context, &mut binder, asked, Sql::default(), nested);
    let form = shaper.form(At { entity, source }, wanted, &[], true)?;
    let (sql, columns) = shaper.finish();
    let statement = Statement {
        sql,
        columns,
        form,
        sorts: Vec::new(),
        most: 1,
    };
    let reader = statement.reader(context, binder, is_row(entity, source, key), None);
    let mut out = Vec::with_capacity(2 * 1_024);
    reader.write(context.connection, &mut out)?;
    Ok((out, version))
}

fn missing(entity: &Entity, key: Key<'_>) -> Fault {
    Fault::no_row(entity.name(), &key.id.to_string())
}

/// The version of a row, if it is there.
fn version(context: &Context<'_>, entity: &Entity, key: Key<'_>) -> Result<Option<i64>, Fault> {
    let binder = Binder::new(context, entity, None);
    let source = binder.root();
    let mut sql = Sql::default();
    sql.push("SELECT ");
    sql.column(source, "$version");
    sql.rows(&binder.finish(is_row(entity, source, key)));
    Ok(context
        .connection
        .prepare_cached(&sql.text)?
        .query_row(rusqlite::params_from_iter(&sql.values), |row| row.get(0))
        .optional()?)
}

/// Answers a GET of a row.
pub(super) fn row(
    context: &Context<'_>,
    entity: &Entity,
    key: Key<'_>,
    options: &Options,
) -> Result<Answer, Fault> {
    refuse_other_languages(options)?;
    let asked = Asked::of(context)?;
    if unchanged(context, entity, key, options, &asked)? {
        return Ok(Reply::bare(StatusCode::NOT_MODIFIED).with(Vec::new()));
    }
    whole(context, entity, key, options, &asked)
}

/// A row with its context and its etag.
pub(super) fn whole(
    context: &Context<'_>,
    entity: &Entity,
    key: Key<'_>,
    options: &Options,
    asked: &Asked,
) -> Result<Answer, Fault> {
    let (object, version) = object(context, entity, key, options, asked)?;
    let reply = Reply::json(asked.level)
        .applied(&asked.preferences, false)
        .etag(version);
    if !asked.level.control {
        return Ok(reply.with(object));
    }
    let select = options.get("$select").map(Select::parse).transpose()?;
    let expand = options
        .get("$expand")
        .map(Expands::parse)
        .transpose()?
        .unwrap_or_default();
    let described = shape::described(select.as_ref(), &expand);
    let about = format!(
        "{}$metadata#{}{described}/$entity",
        context.call.root,
        set_of(entity)
    );
    Ok(reply.with(with_context(&about, &object)))
}

/// An object with its context in front of its members.
fn with_context(about: &str, object: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(object.len() + about.len() + 24);
    out.push(b'{');
    out.extend_from_slice(&answer::key("@odata.context"));
    answer::text(&mut out, about);
    if object.len() > 2 {
        out.push(b',');
    }
    out.extend_from_slice(object.get(1..).unwrap_or(b"}"));
    out
}

/// Whether the caller has the row already. The service looks at that only where the table is made for it, nothing is
/// expanded, and no annotations are asked for.
fn unchanged(
    context: &Context<'_>,
    entity: &Entity,
    key: Key<'_>,
    options: &Options,
    asked: &Asked,
) -> Result<bool, Fault> {
    let known = context.call.headers.get(header::IF_NONE_MATCH);
    let Some(known) = known.and_then(|value| value.to_str().ok()).map(str::trim) else {
        return Ok(false);
    };
    let checked = entity.table().facts.optimistic_concurrency == Some(true)
        && !options.has("$expand")
        && !asked.level.annotates()
        && known.starts_with("W/");
    if !checked {
        return Ok(false);
    }
    let version = version(context, entity, key)?;
    Ok(version.is_some_and(|version| {
        known
            .split(',')
            .any(|known| known.trim() == answer::etag(version))
    }))
}

/// Answers a GET of a property of a row: as JSON, or as it is.
pub(super) fn property(
    context: &Context<'_>,
    entity: &Entity,
    key: Key<'_>,
    name: &str,
    raw: bool,
) -> Result<Answer, Fault> {
    let asked = Asked::of(context)?;
    let (_, column) = entity.property(name).ok_or_else(|| Fault::no_resource(name))?;
    let binder = Binder::new(context, entity, None);
    let column = ColumnRef {
        source: binder.root(),
        entity,
        column,
    };
    let mut sql = Sql::default();
    sql.push("SELECT ");
    sql.shown(column);
    sql.rows(&binder.finish(is_row(entity, column.source, key)));
    let value: Value = context
        .connection
        .prepare_cached(&sql.text)?
        .query_row(rusqlite::params_from_iter(&sql.values), |row| row.get(0))
        .optional()?
        .ok_or_else(|| missing(entity, key))?;
    let scalar = Scalar::of(column.column);
    if value == Value::Null {
        return Ok(Reply::bare(StatusCode::NO_CONTENT).with(Vec::new()));
    }
    let mut json = Vec::new();
    scalar.write(&mut json, (&value).into());
    if raw {
        return Ok(Reply::text().with(match value {
            Value::Text(text) if json.first() == Some(&b'"') => text.into_bytes(),
            _ => json,
        }));
    }
    let mut object = b"{\"value\":".to_vec();
    object.extend_from_slice(&json);
    object.push(b'}');
    if !asked.level.control {
        return Ok(Reply::json(asked.level).with(object));
    }
    let about = format!(
        "{}$metadata#{}({})/{name}",
        context.call.root,
        set_of(entity),
        key.id
    );
    Ok(Reply::json(asked.level).with(with_context(&about, &object)))
}

/// The id of the row that a lookup points at, if it is one of the table that the navigation property leads to.
pub(super) fn lookup(
    context: &Context<'_>,
    entity: &Entity,
    key: Key<'_>,
    single: &crate::model::Single,
) -> Result<Option<(uuid::Uuid, String)>, Fault> {
    let binder = Binder::new(context, entity, None);
    let source = binder.root();
    let mut sql = Sql::default();
    sql.push("SELECT ");
    sql.column(source, &single.column);
    sql.push(", ");
    sql.column(source, &format!("{}$table", single.column));
    sql.rows(&binder.finish(is_row(entity, source, key)));
    let (id, table): (Option<String>, Option<String>) = context
        .connection
        .prepare_cached(&sql.text)?
        .query_row(rusqlite::params_from_iter(&sql.values), |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?
        .ok_or_else(|| missing(entity, key))?;
    let id = id.and_then(|id| crate::odata::guid(&id));
    Ok(id.zip(table))
}

/// Answers a GET of the address of a row.
pub(super) fn address(context: &Context<'_>, entity: &Entity, key: Key<'_>) -> Result<Answer, Fault> {
    let asked = Asked::of(context)?;
    let root = &context.call.root;
    let mut object = b"{\"@odata.id\":".to_vec();
    answer::text(&mut object, &format!("{root}{}({})", set_of(entity), key.id));
    object.push(b'}');
    let object = if asked.level.control {
        with_context(&format!("{root}$metadata#$ref"), &object)
    } else {
        object
    };
    Ok(Reply::json(asked.level).with(object))
}

/// Whether a row is there.
pub(super) fn is_there(context: &Context<'_>, entity: &Entity, key: Key<'_>) -> Result<bool, Fault> {
    Ok(version(context, entity, key)?.is_some())
}
