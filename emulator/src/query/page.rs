//! Pages: their size, their order, and where the next one begins.

use super::plan::{ColumnRef, Sort};
use super::sql::Sql;
use super::{Context, is_elastic};
use crate::Fault;
use crate::answer::{Cookie, SortName, malformed};
use crate::model::Entity;
use crate::odata::{Options, guid};
use crate::query::plan::SourceId;
use crate::server::Preferences;
use crate::store::Storage;
use dataverse_codegen::schema::ColumnKind;
use rusqlite::types::Value;

/// How many rows an answer has at most, and whether an address leads to more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Size {
    pub(super) rows: u64,
    /// False after `$top`: then that is all.
    pub(super) goes_on: bool,
}

impl Size {
    pub(super) fn of(
        context: &Context<'_>,
        entity: &Entity,
        options: &Options,
        preferences: &Preferences,
    ) -> Result<Self, Fault> {
        let most = Self::most(context, entity);
        let top = options.get("$top").map(top).transpose()?;
        let preferred = preferred(preferences);
        // A page size makes `$top` ineffective.
        Ok(match (preferred, top) {
            (None, Some(top)) => Self {
                rows: top.min(most),
                goes_on: false,
            },
            (size, _) => Self {
                rows: size.unwrap_or(most).min(most),
                goes_on: true,
            },
        })
    }

    pub(super) fn most(context: &Context<'_>, entity: &Entity) -> u64 {
        if is_elastic(entity) {
            context.settings.elastic_page
        } else {
            context.settings.page
        }
    }
}

/// The page size that is preferred.
pub(super) fn preferred(preferences: &Preferences) -> Option<u64> {
    let size: u64 = preferences.value("odata.maxpagesize")?.parse().ok()?;
    (size > 0).then_some(size)
}

fn top(text: &str) -> Result<u64, Fault> {
    text.trim().parse().map_err(|_| {
        let shown: String = text.chars().take(40).collect();
        Fault::bad_query(format!(
            "Invalid value '{shown}' for $top query option found. The $top query option requires a non-negative integer value."
        ))
    })
}

/// An order in which no two rows are equal: with the primary key at its end.
pub(super) fn whole_order<'a>(
    mut sorts: Vec<Sort<'a>>,
    entity: &'a Entity,
    source: SourceId,
) -> Vec<Sort<'a>> {
    let partition = is_elastic(entity).then_some("partitionid");
    for name in [Some(entity.primary_id()), partition].into_iter().flatten() {
        let Some(column) = entity.table().column(name) else {
            continue;
        };
        let known = sorts
            .iter()
            .any(|sort| sort.column.source == source && sort.column.column.name == name);
        if !known {
            sorts.push(Sort {
                column: ColumnRef {
                    source,
                    entity,
                    column,
                },
                descending: false,
                by_label: false,
            });
        }
    }
    sorts
}

/// What rows are sorted by, as the cookie calls it.
pub(super) fn names(sorts: &[Sort<'_>]) -> Vec<SortName> {
    sorts
        .iter()
        .map(|sort| SortName {
            name: sort.column.column.name.clone(),
            is_id: Storage::of(&sort.column.column.kind) == Storage::Id,
        })
        .collect()
}

/// Where a page begins: behind the row that has these values.
#[derive(Clone, Debug)]
pub(super) struct Start {
    pub(super) page: u64,
    after: Vec<Value>,
}

impl Start {
    /// Reads the token of a request for rows in this order.
    pub(super) fn of(token: &str, sorts: &[Sort<'_>]) -> Result<Self, Fault> {
        Self::at(&Cookie::parse(token)?, sorts)
    }

    /// Where a page of rows in this order ended.
    pub(super) fn at(cookie: &Cookie, sorts: &[Sort<'_>]) -> Result<Self, Fault> {
        if cookie.keys.len() != sorts.len() {
            return Err(malformed());
        }
        let value = |(key, sort): (&crate::answer::CookieKey, &Sort<'_>)| {
            if key.name != sort.column.column.name {
                return None;
            }
            match &key.last {
                None => Some(Value::Null),
                Some(text) => value_of(sort, text),
            }
        };
        let after: Option<Vec<Value>> = cookie.keys.iter().zip(sorts).map(value).collect();
        Ok(Self {
            page: cookie.page,
            after: after.ok_or_else(malformed)?,
        })
    }

    /// The condition that rows stand behind the start; `key` writes what they are sorted by, by its place.
    pub(super) fn condition(&self, sql: &mut Sql, sorts: &[Sort<'_>], key: impl Fn(&mut Sql, usize)) {
        sql.push(" AND (");
        for (at, sort) in sorts.iter().enumerate() {
            if at > 0 {
                sql.push(" OR ");
            }
            sql.push("(");
            for (before, value) in self.after.iter().enumerate().take(at) {
                key(sql, before);
                sql.push(" IS ");
                sql.bind(value.clone());
                sql.push(" AND ");
            }
            behind(sql, sort.descending, &self.after[at], |sql| key(sql, at));
            sql.push(")");
        }
        sql.push(")");
    }
}

/// Rows without a value come first, and last where the order is turned round.
fn behind(sql: &mut Sql, descending: bool, value: &Value, key: impl Fn(&mut Sql)) {
    match (value, descending) {
        (Value::Null, true) => sql.push("0"),
        (Value::Null, false) => {
            key(sql);
            sql.push(" IS NOT NULL");
        }
        (value, false) => {
            key(sql);
            sql.push(" > ");
            sql.bind(value.clone());
        }
        (value, true) => {
            sql.push("(");
            key(sql);
            sql.push(" < ");
            sql.bind(value.clone());
            sql.push(" OR ");
            key(sql);
            sql.push(" IS NULL)");
        }
    }
}

/// A value of the token in the form in which the column keeps it.
fn value_of(sort: &Sort<'_>, text: &str) -> Option<Value> {
    let kind = &sort.column.column.kind;
    if sort.by_label || matches!(kind, ColumnKind::Lookup(_)) {
        return Some(Value::Text(text.to_owned()));
    }
    Some(match Storage::of(kind) {
        Storage::Integer | Storage::Money => Value::Integer(text.parse().ok()?),
        Storage::Real => Value::Real(text.parse().ok().filter(|number: &f64| number.is_finite())?),
        Storage::Decimal => {
            text.parse::<rust_decimal::Decimal>().ok()?;
            Value::Text(text.to_owned())
        }
        Storage::Id => {
            let bare = text.strip_prefix('{')?.strip_suffix('}')?;
            Value::Text(guid(bare)?.to_string())
        }
        _ => Value::Text(text.to_owned()),
    })
}

/// `ORDER BY` by the position of what is selected.
pub(super) fn order(sql: &mut Sql, sorts: &[Sort<'_>], first: usize) {
    for (at, sort) in sorts.iter().enumerate() {
        sql.push(if at == 0 { " ORDER BY " } else { ", " });
        sql.push(&(first + at + 1).to_string());
        if sort.descending {
            sql.push(" DESC");
        }
    }
}
