//! Random queries of rows: `$select`, `$filter`, `$orderby`, `$expand`, `$top`, `$count`, and pages.

use crate::condition::{Condition, Path, Place, condition, path};
use crate::expand::Expand;
use crate::plain::{holds, sorted};
use crate::support::rows::Served;
use crate::tape::Tape;
use crate::value::{Kind, Value, encode};
use crate::world::World;
use reqwest::Method;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// A query of rows of a table.
pub struct Query {
    table: usize,
    select: Vec<usize>,
    filter: Option<Condition>,
    orders: Vec<(Path, bool)>,
    top: Option<usize>,
    page: Option<usize>,
    count: bool,
    expand: Option<Expand>,
}

/// A page.
#[derive(Deserialize)]
struct Page<'a> {
    #[serde(borrow)]
    value: Vec<BTreeMap<&'a str, &'a RawValue>>,
    #[serde(rename = "@odata.nextLink")]
    next: Option<String>,
    #[serde(rename = "@odata.count")]
    count: Option<usize>,
}

impl Query {
    pub fn new(tape: &mut Tape<'_>, world: &World) -> Self {
        let table = tape.below(world.tables.len());
        let place = Place::of(table);
        let filter = (!tape.once_in(8)).then(|| condition(tape, world, &place));
        let sortable = |kind: &Kind| !matches!(kind, Kind::Choices(_));
        let orders = (0..tape.below(4))
            .filter_map(|_| Some((path(tape, world, &place, sortable)?, tape.once_in(2))))
            .collect();
        let columns = world.tables[table].columns.len();
        Self {
            table,
            filter,
            orders,
            select: (0..1 + tape.below(3)).map(|_| tape.below(columns)).collect(),
            top: tape.once_in(4).then(|| tape.below(12)),
            page: tape.once_in(2).then(|| 1 + tape.below(9)),
            count: tape.once_in(3),
            expand: tape.once_in(4).then(|| Expand::new(tape, world, table)).flatten(),
        }
    }

    pub fn url(&self, world: &World) -> String {
        let table = &world.tables[self.table];
        let select: Vec<String> = self
            .select
            .iter()
            .map(|at| table.columns[*at].property())
            .collect();
        let mut url = format!("{}?$select={}", table.set(), select.join(","));
        if let Some(filter) = &self.filter {
            url += &format!("&$filter={}", encode(&filter.to_string()));
        }
        let by: Vec<String> = self
            .orders
            .iter()
            .map(|(path, descending)| format!("{path}{}", if *descending { " desc" } else { "" }))
            .collect();
        if !by.is_empty() {
            url += &format!("&$orderby={}", encode(&by.join(",")));
        }
        if let Some(top) = self.top {
            url += &format!("&$top={top}");
        }
        if let Some(expand) = &self.expand {
            url += &format!("&$expand={}", encode(&expand.text(world, self.table)));
        }
        if self.count {
            url += "&$count=true";
        }
        url
    }

    /// For people: the query, undecoded.
    pub fn shown(&self, world: &World) -> String {
        let filter = self.filter.as_ref().map(ToString::to_string).unwrap_or_default();
        let expand = self.expand.as_ref().map(|expand| expand.text(world, self.table));
        let expand = expand.unwrap_or_default();
        format!(
            "{} (page of {:?})\nfilter {filter}\nexpand {expand}",
            self.url(world),
            self.page
        )
    }

    /// The rows of the table that it finds, in their order, whatever the page.
    fn found(&self, world: &World) -> Vec<usize> {
        let rows = (0..world.tables[self.table].rows.len()).filter(|row| match &self.filter {
            None => true,
            Some(filter) => holds(world, filter, &[(self.table, *row)]) == Some(true),
        });
        sorted(world, self.table, &self.orders, rows.collect())
    }

    /// Asks, and says what is wrong with the answer.
    pub async fn check(&self, world: &World, served: &Served) -> Result<(), String> {
        let mut rest = self.found(world);
        let total = rest.len();
        // A page size makes `$top` ineffective.
        if let (Some(top), None) = (self.top, self.page) {
            rest.truncate(top);
        }
        let mut rest = rest.as_slice();
        let size = self.page.unwrap_or(usize::MAX);
        let mut url = self.url(world);
        loop {
            let prefer = format!("odata.maxpagesize={size}");
            let headers = [("prefer", prefer.as_str())];
            let headers = if self.page.is_some() { &headers[..] } else { &[] };
            let reply = served.send(Method::GET, &url, headers, None).await;
            let page: Page<'_> =
                serde_json::from_str(&reply.text).map_err(|error| format!("{error}: {}", reply.text))?;
            if page.count != self.count.then_some(total) {
                return Err(format!("{:?} of {total} rows are counted", page.count));
            }
            let (here, after) = rest.split_at(size.min(rest.len()));
            self.compare(world, here, &page.value)?;
            rest = after;
            match (page.next, rest.is_empty()) {
                (None, true) => return Ok(()),
                (Some(next), false) => {
                    url = next
                        .strip_prefix(&served.running.api())
                        .ok_or("a link elsewhere")?
                        .to_owned();
                }
                (next, _) => {
                    return Err(format!(
                        "{} rows are left, and the next link is {next:?}",
                        rest.len()
                    ));
                }
            }
        }
    }

    fn compare(
        &self,
        world: &World,
        rows: &[usize],
        found: &[BTreeMap<&str, &RawValue>],
    ) -> Result<(), String> {
        let table = &world.tables[self.table];
        let ids = found
            .iter()
            .map(|row| row.get(table.columns[0].name.as_str()).map_or("", |id| id.get()));
        let expected: Vec<String> = rows
            .iter()
            .map(|row| format!("\"{}\"", world.id(self.table, *row)))
            .collect();
        if !ids.clone().eq(expected.iter()) {
            return Err(format!(
                "found {:?}\nexpected {expected:?}",
                ids.collect::<Vec<_>>()
            ));
        }
        for (row, found) in rows.iter().zip(found) {
            if let Some(expand) = &self.expand {
                expand.check(world, (self.table, *row), found)?;
            }
            for column in &self.select {
                let value = table.rows[*row][*column].as_ref();
                let column = &table.columns[*column];
                let expected = match value {
                    None => "null".to_owned(),
                    // Spaces at the end aren't kept.
                    Some(Value::Text(text)) => serde_json::Value::from(text.trim_end()).to_string(),
                    Some(Value::Row(table, row)) => format!("\"{}\"", world.id(*table, *row)),
                    Some(value) => column.kind.answered(value),
                };
                let property = column.property();
                let answered = found.get(property.as_str()).map(|raw| raw.get());
                if answered != Some(expected.as_str()) {
                    return Err(format!("{property} is {answered:?}, and {expected} was written"));
                }
            }
        }
        Ok(())
    }
}
