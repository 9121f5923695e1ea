//! Random `$expand`: the row of a lookup, and the rows of a collection.

use crate::condition::{Condition, Path, Place, condition, path};
use crate::plain::{holds, sorted};
use crate::tape::Tape;
use crate::value::{Kind, Value};
use crate::world::{Collection, World};
use serde_json::Value as Json;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// What is expanded of a table's rows.
pub enum Expand {
    /// A lookup, for one of its targets.
    One { column: usize, target: usize },
    /// A collection, of which some rows are wanted, in some order.
    Many {
        collection: Collection,
        filter: Option<Box<Condition>>,
        orders: Vec<(Path, bool)>,
    },
}

impl Expand {
    pub fn new(tape: &mut Tape<'_>, world: &World, table: usize) -> Option<Self> {
        let columns = world.tables[table].columns.iter().enumerate();
        let lookups = columns.filter_map(|(at, column)| match &column.kind {
            Kind::Lookup(targets) => Some((at, targets)),
            _ => None,
        });
        let lookups: Vec<(usize, &Vec<usize>)> = lookups.collect();
        let collections = world.collections(table);
        if tape.once_in(2) && !lookups.is_empty() {
            let (column, targets) = *tape.one_of(&lookups);
            return Some(Self::One {
                column,
                target: *tape.one_of(targets),
            });
        }
        if collections.is_empty() {
            return None;
        }
        let collection = *tape.one_of(&collections);
        let place = Place::of(collection.of);
        let sortable = |kind: &Kind| !matches!(kind, Kind::Choices(_));
        Some(Self::Many {
            collection,
            filter: tape.once_in(2).then(|| Box::new(condition(tape, world, &place))),
            orders: (0..tape.below(3))
                .filter_map(|_| Some((path(tape, world, &place, sortable)?, tape.once_in(2))))
                .collect(),
        })
    }

    fn name(&self, world: &World, table: usize) -> String {
        match self {
            Self::One { column, target } => world.tables[table].navigation(*column, *target),
            Self::Many { collection, .. } => world.collection_name(table, *collection),
        }
    }

    /// What follows `$expand=`.
    pub fn text(&self, world: &World, table: usize) -> String {
        let mut options = vec!["$select=rsk_name".to_owned()];
        if let Self::Many { filter, orders, .. } = self {
            options.extend(filter.iter().map(|filter| format!("$filter={filter}")));
            let by: Vec<String> = orders
                .iter()
                .map(|(path, descending)| format!("{path}{}", if *descending { " desc" } else { "" }))
                .collect();
            if !by.is_empty() {
                options.push(format!("$orderby={}", by.join(",")));
            }
        }
        format!("{}({})", self.name(world, table), options.join(";"))
    }

    /// Says what is wrong with the expansion of a row.
    pub fn check(
        &self,
        world: &World,
        (table, row): (usize, usize),
        found: &BTreeMap<&str, &RawValue>,
    ) -> Result<(), String> {
        let name = self.name(world, table);
        let raw = found.get(name.as_str()).map_or("nothing", |raw| raw.get());
        let read: Json = serde_json::from_str(raw).map_err(|error| format!("{name} is {raw}: {error}"))?;
        let (of, expected) = match self {
            Self::One { column, target } => match world.tables[table].rows[row][*column] {
                Some(Value::Row(of, row)) if of == *target => (of, vec![row]),
                _ if read == Json::Null => return Ok(()),
                _ => return Err(format!("{name} is {raw}, and leads nowhere")),
            },
            Self::Many {
                collection,
                filter,
                orders,
            } => {
                let mut related = world.related(table, row, *collection);
                related.retain(|row| {
                    let holds =
                        |filter: &Condition| holds(world, filter, &[(collection.of, *row)]) == Some(true);
                    filter.as_deref().is_none_or(holds)
                });
                (collection.of, sorted(world, collection.of, orders, related))
            }
        };
        let rows = match read {
            Json::Array(rows) => rows,
            one => vec![one],
        };
        let key = &world.tables[of].columns[0].name;
        let ids: Vec<&str> = rows.iter().filter_map(|row| row[key].as_str()).collect();
        let expected: Vec<String> = expected
            .iter()
            .map(|row| world.id(of, *row).to_string())
            .collect();
        if ids == expected {
            return Ok(());
        }
        Err(format!("{name} is {raw}, and not {expected:?}"))
    }
}
