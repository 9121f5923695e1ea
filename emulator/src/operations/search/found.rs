//! The rows that are found, in an order, and what is told of them.

use super::super::response::{number, text};
use super::asked::{Asked, Table};
use super::words;
use crate::json::{Json, Object, member};
use crate::odata::{Options, encode};
use crate::session::{Session, context};
use crate::{Call, Fault, query};
use dataverse_codegen::schema::{Column, ColumnKind};
use http::{HeaderMap, HeaderValue};
use std::cmp::{Ordering, Reverse};
use std::collections::BTreeMap;

/// A row that is found.
pub(super) struct Found {
    table: String,
    id: Json,
    /// How many of the words it holds.
    score: usize,
    /// By column, the text in which the words are marked.
    highlights: Object,
    attributes: Object,
    /// The words that fit, in the order in which they stand.
    words: Vec<String>,
}

/// The annotation with what people see of a value.
const SHOWN: &str = "OData.Community.Display.V1.FormattedValue";

/// The rows that hold the words. `prefix`: or words that begin like them.
pub(super) fn rows(session: &Session<'_>, asked: &Asked<'_>, prefix: bool) -> Result<Vec<Found>, Fault> {
    let mut found = Vec::new();
    for table in &asked.tables {
        each_row(session, table, |row| {
            found.extend(fitting(asked, table, row, prefix));
        })?;
    }
    Ok(found)
}

/// Reads the rows of a table that fulfil the conditions.
fn each_row(session: &Session<'_>, table: &Table<'_>, mut take: impl FnMut(&Object)) -> Result<(), Fault> {
    let mut call = Call {
        headers: HeaderMap::new(),
        ..session.call.clone()
    };
    let shown =
        HeaderValue::from_static("odata.include-annotations=\"OData.Community.Display.V1.FormattedValue\"");
    call.headers.insert("prefer", shown);
    let mut properties: Vec<&str> = Vec::new();
    for column in table.select.iter().chain(&table.look_in) {
        if let Some(property) = table.entity.property_of(&column.name)
            && !properties.contains(&property.name.as_str())
        {
            properties.push(&property.name);
        }
    }
    let mut asked = format!("$select={}", encode(&properties.join(",")));
    if !table.filters.is_empty() {
        let filters: Vec<String> = table.filters.iter().map(|filter| format!("({filter})")).collect();
        asked.push_str(&format!("&$filter={}", encode(&filters.join(" and "))));
    }
    loop {
        let options = Options::parse(&asked)?;
        let page = query::collection(&context(session, &call), table.entity, &[], &options)?;
        let page = Json::object(&page.body)?;
        if let Some(Json::Array(rows)) = member(&page, "value") {
            for row in rows {
                if let Json::Object(row) = row {
                    take(row);
                }
            }
        }
        let next = member(&page, "@odata.nextLink").and_then(Json::text);
        match next.and_then(|next| next.split_once('?')) {
            Some((_, next)) => asked = next.to_owned(),
            None => return Ok(()),
        }
    }
}

fn fitting(asked: &Asked<'_>, table: &Table<'_>, row: &Object, prefix: bool) -> Option<Found> {
    let mut held = vec![false; asked.words.len()];
    let (mut highlights, mut fitting) = (Object::new(), Vec::new());
    for column in &table.look_in {
        let Some(value) = value(table, column, row).and_then(Json::text) else {
            continue;
        };
        let mut places = Vec::new();
        for (place, word) in words::of(value) {
            let wanted = asked
                .words
                .iter()
                .position(|wanted| words::fits(&word, wanted, prefix));
            if let Some(wanted) = wanted {
                held[wanted] = true;
                places.push(place);
                fitting.push(word);
            }
        }
        if !places.is_empty() {
            let marked = Json::Array(vec![text(words::marked(value, &places))]);
            highlights.push((column.name.clone(), marked));
        }
    }
    let score = held.iter().filter(|held| **held).count();
    let enough = if asked.all { score == held.len() } else { score > 0 };
    enough.then(|| Found {
        table: table.entity.name().to_owned(),
        id: member(row, table.entity.primary_id())
            .cloned()
            .unwrap_or(Json::Null),
        score,
        highlights,
        attributes: attributes(table, row),
        words: fitting,
    })
}

fn value<'r>(table: &Table<'_>, column: &Column, row: &'r Object) -> Option<&'r Json> {
    member(row, &table.entity.property_of(&column.name)?.name)
}

/// The selected columns by their logical names, lookups and choices with what people see.
fn attributes(table: &Table<'_>, row: &Object) -> Object {
    let mut attributes = Object::new();
    for column in &table.select {
        let Some(property) = table.entity.property_of(&column.name) else {
            continue;
        };
        let value = member(row, &property.name).cloned().unwrap_or(Json::Null);
        attributes.push((column.name.clone(), value));
        let is_named = matches!(column.kind, ColumnKind::Lookup(_)) || column.kind.choice().is_some();
        let shown = member(row, &format!("{}@{SHOWN}", property.name)).filter(|_| is_named);
        attributes.extend(shown.map(|shown| (format!("{}_name", column.name), shown.clone())));
    }
    attributes
}

impl Found {
    pub(super) fn hit(&self) -> Json {
        Json::Object(vec![
            ("Id".to_owned(), self.id.clone()),
            ("EntityName".to_owned(), text(&self.table)),
            ("Attributes".to_owned(), Json::Object(self.attributes.clone())),
            ("Highlights".to_owned(), Json::Object(self.highlights.clone())),
            ("Score".to_owned(), number(format!("{}.0", self.score))),
        ])
    }

    pub(super) fn suggestion(&self) -> Json {
        let first = match self.highlights.first() {
            Some((_, Json::Array(texts))) => texts.first().cloned(),
            _ => None,
        };
        let mut document = vec![
            ("@search.objectid".to_owned(), self.id.clone()),
            ("@search.entityname".to_owned(), text(&self.table)),
        ];
        document.extend(self.attributes.iter().cloned());
        Json::Object(vec![
            ("Text".to_owned(), first.unwrap_or(Json::Null)),
            ("Document".to_owned(), Json::Object(document)),
        ])
    }

    fn attribute(&self, column: &str) -> Option<&Json> {
        member(&self.attributes, column).filter(|value| **value != Json::Null)
    }
}

/// Those with the most words first, unless columns say otherwise; among equals as they were found.
pub(super) fn sort(found: &mut [Found], orders: &[(String, bool)]) {
    if orders.is_empty() {
        return found.sort_by_key(|row| Reverse(row.score));
    }
    found.sort_by(|one, other| {
        let mut columns = orders.iter().map(|(column, descending)| {
            let order = match column.as_str() {
                "@search.score" => one.score.cmp(&other.score),
                column => compare(one.attribute(column), other.attribute(column)),
            };
            if *descending { order.reverse() } else { order }
        });
        columns.find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
    });
}

/// Numbers by value, everything else by text; nothing before something.
fn compare(one: Option<&Json>, other: Option<&Json>) -> Ordering {
    match (one, other) {
        (Some(Json::Number(one)), Some(Json::Number(other))) => {
            let number = |text: &str| text.parse::<f64>().unwrap_or_default();
            number(one).total_cmp(&number(other))
        }
        (Some(one), Some(other)) => {
            let key = |value: &Json| value.to_string().to_lowercase();
            key(one).cmp(&key(other))
        }
        (one, other) => one.is_some().cmp(&other.is_some()),
    }
}

/// How often each value comes, the most frequent first.
pub(super) fn facets(found: &[Found], asked: &[(String, usize)]) -> Json {
    let facets = asked.iter().map(|(column, most)| {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for value in found.iter().filter_map(|row| row.attribute(column)) {
            let value = value.text().map_or_else(|| value.to_string(), str::to_owned);
            *counts.entry(value).or_default() += 1;
        }
        let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
        counts.sort_by_key(|(_, count)| Reverse(*count));
        let values = counts.into_iter().take(*most).map(|(value, count)| {
            Json::Object(vec![
                ("Type".to_owned(), text("Value")),
                ("Value".to_owned(), text(value)),
                ("Count".to_owned(), number(count)),
            ])
        });
        (column.clone(), Json::Array(values.collect()))
    });
    Json::Object(facets.collect())
}

/// The text with its last word as most rows have it.
pub(super) fn completed(found: &[Found], asked: &Asked<'_>) -> Option<String> {
    let last = asked.words.last()?;
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let words = found.iter().flat_map(|row| &row.words);
    for word in words.filter(|word| word.starts_with(last.as_str())) {
        *counts.entry(word).or_default() += 1;
    }
    // Of equally frequent ones the first in the alphabet.
    let (word, _) = counts
        .into_iter()
        .max_by_key(|(word, count)| (*count, Reverse(*word)))?;
    let before = &asked.words[..asked.words.len() - 1];
    Some(
        before
            .iter()
            .map(String::as_str)
            .chain([word])
            .collect::<Vec<_>>()
            .join(" "),
    )
}
