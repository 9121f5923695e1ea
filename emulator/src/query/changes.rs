//! Change tracking: the rows that changed since a token, and the ids of those that were deleted.

use super::bind::Binder;
use super::envelope::Envelope;
use super::page::{self, Size, Start};
use super::plan::{ColumnRef, Condition, Sort};
use super::shape::{self, At, Shaper, Wanted};
use super::sql::Sql;
use super::statement::Statement;
use super::{Asked, Context, set_of};
use crate::answer::{self, Cookie, Reply};
use crate::model::Entity;
use crate::odata::{Comparison, Expands, Options, Select, encode};
use crate::store::{counters, quoted};
use crate::{Answer, Fault};
use http::StatusCode;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use rusqlite::types::Value;

const PREFERENCE: &str = "odata.track-changes";
const TOKEN: &str = "$deltatoken";

/// Whether a request for rows is one for changes.
pub(super) fn are_asked_for(options: &Options, asked: &Asked) -> bool {
    let is_page = || {
        options
            .get("$skiptoken")
            .is_some_and(|token| Cookie::parse(token).is_ok_and(|cookie| cookie.tracking))
    };
    asked.preferences.has(PREFERENCE) || options.has(TOKEN) || is_page()
}

/// A page of changes; the last one has the deletions and the address for the changes after it. Without a token all rows
/// are new.
pub(super) fn answer(
    context: &Context<'_>,
    entity: &Entity,
    options: &Options,
    asked: &Asked,
) -> Result<Answer, Fault> {
    let version = tracked(entity)?;
    refuse_options(options)?;
    let since = options
        .get(TOKEN)
        .map(|token| since(context, entity, token))
        .transpose()?;
    let select = options.get("$select").map(Select::parse).transpose()?;
    let none = Expands::default();
    let wanted = Wanted {
        select: select.as_ref(),
        expand: &none,
    };
    let size = Size::of(context, entity, options, &asked.preferences)?;
    let mut binder = Binder::new(context, entity, None);
    let source = binder.root();
    let column = ColumnRef {
        source,
        entity,
        column: version,
    };
    let sort = Sort {
        column,
        descending: false,
        by_label: false,
    };
    // In the order of their versions: a row that changes between two pages is on a later one.
    let sorts = page::whole_order(vec![sort], entity, source);
    let cookie = options.get("$skiptoken").map(Cookie::parse).transpose()?;
    let start = cookie
        .as_ref()
        .map(|cookie| Start::at(cookie, &sorts))
        .transpose()?;
    let mut shaper = Shaper::new(context, &mut binder, asked, Sql::default(), false);
    let form = shaper.form(At { entity, source }, wanted, &[], true)?;
    let (sql, columns) = shaper.finish();
    let names = page::names(&sorts);
    let statement = Statement {
        sql,
        columns,
        form,
        sorts,
        most: size.rows,
    };
    let reader = statement.reader(context, binder, newer(column, since), start.as_ref());
    let delta = if since.is_some() { "/$delta" } else { "" };
    let described = shape::described(select.as_ref(), &none);
    let mut answer = Envelope::new(context, asked, &format!("{}{described}{delta}", set_of(entity)));
    answer.counts(None);
    let written = answer.rows(|out| {
        let written = reader.write(context.connection, out)?;
        if let Some(since) = since.filter(|_| !written.more) {
            deletions(context, entity, since, written.rows > 0, out)?;
        }
        Ok(written)
    })?;
    let (name, link) = if written.more {
        let page = start.map_or(1, |start| start.page).saturating_add(1);
        let cookie = Cookie::new(page, None, &names, &written.last, &written.first);
        ("@odata.nextLink", next_page(context, entity, options, cookie))
    } else {
        (
            "@odata.deltaLink",
            next_changes(context, entity, select.as_ref())?,
        )
    };
    answer.text(name, &link);
    let reply = Reply::json(asked.level).applied(&asked.preferences, true);
    let reply = if asked.preferences.has(PREFERENCE) {
        reply.tracking()
    } else {
        reply
    };
    Ok(reply.with(answer.finish()))
}

/// The address of the page behind the rows that a cookie names.
fn next_page(context: &Context<'_>, entity: &Entity, options: &Options, mut cookie: Cookie) -> String {
    cookie.tracking = true;
    let query = options.raw_without("$skiptoken");
    link(context, entity, &query, "$skiptoken", &cookie.encoded())
}

/// The address of the changes from now on.
fn next_changes(context: &Context<'_>, entity: &Entity, select: Option<&Select>) -> Result<String, Fault> {
    let query = select.map(|select| format!("$select={}", encode(&select.to_string())));
    let token = encode(&token(context)?);
    Ok(link(context, entity, &query.unwrap_or_default(), TOKEN, &token))
}

/// How many changes there were since a token.
pub(super) fn count(context: &Context<'_>, entity: &Entity, options: &Options) -> Result<i64, Fault> {
    let version = tracked(entity)?;
    refuse_options(options)?;
    let since = since(context, entity, options.get(TOKEN).unwrap_or_default())?;
    let binder = Binder::new(context, entity, None);
    let column = ColumnRef {
        source: binder.root(),
        entity,
        column: version,
    };
    let mut sql = Sql::default();
    sql.push("SELECT count(*)");
    sql.rows(&binder.finish(newer(column, Some(since))));
    let changed: i64 = context
        .connection
        .prepare_cached(&sql.text)?
        .query_row(rusqlite::params_from_iter(&sql.values), |row| row.get(0))?;
    Ok(changed + i64::try_from(deleted(context, entity, since)?.len()).unwrap_or(i64::MAX))
}

/// The column that holds the version of a row, if changes of the table are tracked.
fn tracked(entity: &Entity) -> Result<&dataverse_codegen::schema::Column, Fault> {
    if entity.table().facts.change_tracking != Some(true) {
        return Err(Fault::new(
            StatusCode::BAD_REQUEST,
            0x8007_2491,
            format!(
                "Change tracking is not enabled for the entity '{}'.",
                entity.name()
            ),
        ));
    }
    entity.table().column("versionnumber").ok_or_else(|| {
        Fault::unsupported("change tracking of a table whose column 'versionnumber' the snapshot lacks")
    })
}

fn refuse_options(options: &Options) -> Result<(), Fault> {
    let other = options
        .iter()
        .find(|(name, _)| name.starts_with('$') && !["$select", "$skiptoken", TOKEN].contains(name));
    match other {
        None => Ok(()),
        Some((name, _)) => Err(Fault::bad_query(format!(
            "The \"{name}\" query parameter isn't supported when Change Tracking is enabled."
        ))),
    }
}

fn newer(column: ColumnRef<'_>, since: Option<i64>) -> Condition<'_> {
    match since {
        Some(since) => Condition::Compare(column, Comparison::Gt, Value::Integer(since)),
        None => Condition::All(Vec::new()),
    }
}

/// The token of this moment: `919042!08/22/2017 08:10:44`.
fn token(context: &Context<'_>) -> Result<String, Fault> {
    let version = counters::last_version(context.connection)?;
    let now = TimeZone::UTC.to_datetime(context.now);
    Ok(format!("{version}!{}", now.strftime("%m/%d/%Y %H:%M:%S")))
}

/// The version of a token that still holds.
fn since(context: &Context<'_>, entity: &Entity, token: &str) -> Result<i64, Fault> {
    let expired = || {
        Fault::new(
            StatusCode::BAD_REQUEST,
            0x8004_4352,
            "Version stamp associated with the client has expired. Please perform a full sync.",
        )
    };
    let (version, at) = token.split_once('!').ok_or_else(expired)?;
    let version: i64 = version.parse().map_err(|_| expired())?;
    let at = DateTime::strptime("%m/%d/%Y %H:%M:%S", at).map_err(|_| expired())?;
    let age = TimeZone::UTC.to_datetime(context.now).duration_since(at);
    let too_old = age.as_hours() >= context.settings.tracking_days.saturating_mul(24);
    let changed = version < counters::tracked_since(context.connection, entity.name())?;
    // A version that nobody was given yet is one of rows that were replaced since.
    if too_old || changed || version > counters::last_version(context.connection)? {
        return Err(expired());
    }
    Ok(version)
}

/// The ids of rows that were deleted since, and not created again.
fn deleted(context: &Context<'_>, entity: &Entity, since: i64) -> Result<Vec<String>, Fault> {
    let sql = format!(
        "SELECT d.id FROM \"$deleted\" AS d WHERE d.\"table\" = ?1 AND d.\"$version\" > ?2 \
         AND NOT EXISTS (SELECT 1 FROM {} AS t WHERE t.{} = d.id) GROUP BY d.id ORDER BY max(d.\"$version\")",
        quoted(entity.name()),
        quoted(entity.primary_id())
    );
    let mut statement = context.connection.prepare_cached(&sql)?;
    let ids = statement.query_map((entity.name(), since), |row| row.get(0))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

fn deletions(
    context: &Context<'_>,
    entity: &Entity,
    since: i64,
    mut follows: bool,
    out: &mut Vec<u8>,
) -> Result<(), Fault> {
    let about = format!("{}$metadata#{}/$deletedEntity", context.call.root, set_of(entity));
    for id in deleted(context, entity, since)? {
        if follows {
            out.push(b',');
        }
        follows = true;
        out.extend_from_slice(b"{\"@odata.context\":");
        answer::text(out, &about);
        out.extend_from_slice(b",\"id\":");
        answer::text(out, &id);
        out.extend_from_slice(b",\"reason\":\"deleted\"}");
    }
    Ok(())
}

fn link(context: &Context<'_>, entity: &Entity, query: &str, name: &str, token: &str) -> String {
    let between = if query.is_empty() { "" } else { "&" };
    format!(
        "{}{}?{query}{between}{name}={token}",
        context.call.root,
        set_of(entity)
    )
}
