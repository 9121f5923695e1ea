//! What a search asks for: parameters of which some are JSON in a text.

use super::super::Invocation;
use super::words;
use crate::Fault;
use crate::json::Json;
use crate::model::Entity;
use crate::session::Session;
use dataverse_codegen::schema::{Column, ColumnKind};

/// A search.
pub(super) struct Asked<'a> {
    pub(super) text: String,
    /// The words in small letters, each once.
    pub(super) words: Vec<String>,
    /// Whether a row has to hold all of them.
    pub(super) all: bool,
    pub(super) tables: Vec<Table<'a>>,
    pub(super) top: usize,
    pub(super) skip: usize,
    pub(super) count: bool,
    /// Columns, and how many of their values are told.
    pub(super) facets: Vec<(String, usize)>,
    /// Columns, and whether their greatest values come first.
    pub(super) orders: Vec<(String, bool)>,
}

/// A table that is searched.
pub(super) struct Table<'a> {
    pub(super) entity: &'a Entity,
    /// The columns that are given.
    pub(super) select: Vec<&'a Column>,
    /// The columns that are searched.
    pub(super) look_in: Vec<&'a Column>,
    /// Conditions, as they stand in `$filter`.
    pub(super) filters: Vec<String>,
}

/// The most characters of a search, and the most rows of an answer.
const LONGEST: usize = 100;
const MOST: usize = 100;

impl<'a> Asked<'a> {
    /// `top`: how many rows are given where the caller doesn't say.
    pub(super) fn read(
        session: &Session<'a>,
        invocation: &Invocation<'_>,
        top: usize,
    ) -> Result<Self, Fault> {
        let text: String = invocation
            .parameter::<Option<String>>("search")?
            .unwrap_or_default();
        let length = text.chars().count();
        if length == 0 || length > LONGEST {
            return Err(Fault::bad_payload(format!(
                "The search text has {length} characters; it takes 1 to {LONGEST}."
            )));
        }
        let options = inner(invocation, "options")?;
        refuse_lucene(&text, &options)?;
        let filter: Option<String> = invocation.parameter("filter")?;
        let number = |name: &str, default: usize| -> Result<usize, Fault> {
            Ok(invocation.parameter::<Option<usize>>(name)?.unwrap_or(default))
        };
        if invocation.parameter::<Option<bool>>("fuzzy")? == Some(true) {
            return Err(Fault::unsupported(
                "words that are almost the same in a search ('fuzzy')",
            ));
        }
        let mut words: Vec<String> = words::of(&text).map(|(_, word)| word).collect();
        words.dedup();
        let top = number("top", top)?;
        if !(1..=MOST).contains(&top) {
            return Err(Fault::bad_payload(format!(
                "A search gives 1 to {MOST} rows, not {top}."
            )));
        }
        Ok(Self {
            all: option(&options, "searchmode").is_some_and(|mode| mode.eq_ignore_ascii_case("all")),
            words,
            tables: tables(session, &inner(invocation, "entities")?, filter.as_deref())?,
            top,
            skip: number("skip", 0)?,
            count: invocation.parameter::<Option<bool>>("count")?.unwrap_or(false),
            facets: texts(&inner(invocation, "facets")?)
                .map(facet)
                .collect::<Result<_, _>>()?,
            orders: texts(&inner(invocation, "orderby")?).map(order).collect(),
            text,
        })
    }

    /// Whether words are looked for that begin like these: `aster*`.
    pub(super) fn is_prefix(&self) -> bool {
        self.text.trim_end().ends_with('*')
    }
}

/// A parameter that is JSON in a text. One that isn't there is null.
fn inner(invocation: &Invocation<'_>, name: &str) -> Result<Json, Fault> {
    match invocation.parameter::<Option<String>>(name)? {
        Some(text) if !text.trim().is_empty() => Json::read(text.as_bytes())
            .map_err(|_| Fault::bad_payload(format!("The text of the parameter '{name}' is no JSON."))),
        _ => Ok(Json::Null),
    }
}

fn texts(list: &Json) -> impl Iterator<Item = &str> {
    items(list).iter().filter_map(Json::text)
}

fn items(list: &Json) -> &[Json] {
    match list {
        Json::Array(items) => items,
        _ => &[],
    }
}

/// A member, whose name is in any case.
fn option<'j>(object: &'j Json, name: &str) -> Option<&'j str> {
    any_case(object, name)?.text()
}

fn any_case<'j>(object: &'j Json, name: &str) -> Option<&'j Json> {
    let Json::Object(members) = object else {
        return None;
    };
    let (_, value) = members
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(name))?;
    Some(value)
}

/// Simple words are the same in both languages.
fn refuse_lucene(text: &str, options: &Json) -> Result<(), Fault> {
    let plain = text.trim_end().trim_end_matches('*');
    let is_simple = plain
        .chars()
        .all(|letter| letter.is_alphanumeric() || letter.is_whitespace());
    let lucene = option(options, "querytype").is_some_and(|kind| kind.eq_ignore_ascii_case("lucene"));
    if lucene && !is_simple {
        return Err(Fault::unsupported("the query language of Lucene in a search"));
    }
    Ok(())
}

/// `rsk_hulltype,count:10`
fn facet(text: &str) -> Result<(String, usize), Fault> {
    let mut parts = text.split(',');
    let column = parts.next().unwrap_or_default().trim().to_owned();
    let mut most = 10;
    for part in parts {
        match part.split_once(':') {
            Some((name, number)) if name.trim().eq_ignore_ascii_case("count") => {
                most = number.trim().parse().map_err(|_| {
                    Fault::bad_payload(format!("The facet '{text}' has a count that is no number."))
                })?;
            }
            _ => {
                return Err(Fault::unsupported(&format!(
                    "the part '{}' of a facet",
                    part.trim()
                )));
            }
        }
    }
    Ok((column, most))
}

/// `rsk_name desc`
fn order(text: &str) -> (String, bool) {
    let (column, direction) = text.trim().split_once(' ').unwrap_or((text.trim(), ""));
    (column.to_owned(), direction.trim().eq_ignore_ascii_case("desc"))
}

/// The tables that are named, or all whose rows have a name.
fn tables<'a>(session: &Session<'a>, named: &Json, filter: Option<&str>) -> Result<Vec<Table<'a>>, Fault> {
    let model = session.work.model;
    let mut tables = Vec::new();
    if items(named).is_empty() {
        let is_searched = |entity: &&Entity| {
            let table = entity.table();
            !entity.is_referred() && table.entity_set.is_some() && table.primary_name.is_some()
        };
        for entity in model.entities().into_iter().filter(is_searched) {
            tables.push(table(entity, &Json::Null, filter)?);
        }
        return Ok(tables);
    }
    for named in items(named) {
        let name = option(named, "name").unwrap_or_default();
        let entity = model
            .entity(name)
            .filter(|entity| !entity.is_referred())
            .ok_or_else(|| Fault::bad_payload(format!("The table '{name}' is not searchable.")))?;
        tables.push(table(entity, named, filter)?);
    }
    Ok(tables)
}

fn table<'a>(entity: &'a Entity, said: &Json, filter: Option<&str>) -> Result<Table<'a>, Fault> {
    let columns = |member: &str| -> Result<Vec<&'a Column>, Fault> {
        let names = any_case(said, member).unwrap_or(&Json::Null);
        texts(names).map(|name| column(entity, name)).collect()
    };
    let (mut select, mut look_in) = (columns("selectcolumns")?, columns("searchcolumns")?);
    if let Some(no_text) = look_in.iter().find(|column| !is_text(column)) {
        return Err(Fault::bad_payload(format!(
            "The column '{}' of '{}' holds no text to search.",
            no_text.name,
            entity.name()
        )));
    }
    if look_in.is_empty() {
        let of_one_line = |column: &&Column| matches!(column.kind, ColumnKind::Text { .. });
        let known = |column: &&Column| entity.property_of(&column.name).is_some();
        look_in = entity
            .table()
            .columns
            .iter()
            .filter(of_one_line)
            .filter(known)
            .collect();
    }
    if select.is_empty() {
        let name = entity.table().primary_name.as_deref();
        select = name
            .map(|name| column(entity, name))
            .transpose()?
            .into_iter()
            .collect();
    }
    let own = option(said, "filter");
    let filters = own
        .into_iter()
        .chain(filter)
        .filter(|filter| !filter.trim().is_empty());
    Ok(Table {
        entity,
        select,
        look_in,
        filters: filters.map(str::to_owned).collect(),
    })
}

fn is_text(column: &Column) -> bool {
    matches!(column.kind, ColumnKind::Text { .. } | ColumnKind::Memo { .. })
}

fn column<'a>(entity: &'a Entity, name: &str) -> Result<&'a Column, Fault> {
    let column = entity.table().column(name);
    column
        .filter(|column| entity.property_of(&column.name).is_some())
        .ok_or_else(|| {
            Fault::bad_payload(format!(
                "The column '{name}' of '{}' is not in the search index.",
                entity.name()
            ))
        })
}
