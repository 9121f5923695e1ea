//! What conditions and orders mean, row by row in memory.

use crate::condition::{Condition, Operator, Path, Search};
use crate::like;
use crate::value::{Kind, Value, compare, folded};
use crate::world::World;
use std::cmp::Ordering;

/// The value at the end of a path from the rows of the scopes, each with its table. Lookups are ids.
pub fn value(world: &World, path: &Path, rows: &[(usize, usize)]) -> Option<Value> {
    let (table, row) = end(world, path, rows)?;
    match world.tables[table].rows[row][path.column].clone()? {
        Value::Row(table, row) => Some(Value::Id(world.id(table, row))),
        value => Some(value),
    }
}

/// The row to which a path leads, if all lookups on the way lead on, and to the right table.
fn end(world: &World, path: &Path, rows: &[(usize, usize)]) -> Option<(usize, usize)> {
    path.through
        .iter()
        .try_fold(rows[path.scope], |(table, row), (lookup, target)| {
            match world.tables[table].rows[row][*lookup] {
                Some(Value::Row(table, row)) if table == *target => Some((table, row)),
                _ => None,
            }
        })
}

impl Operator {
    fn holds(self, ordering: Ordering) -> bool {
        match self {
            Self::Eq => ordering.is_eq(),
            Self::Ne => ordering.is_ne(),
            Self::Gt => ordering.is_gt(),
            Self::Ge => ordering.is_ge(),
            Self::Lt => ordering.is_lt(),
            Self::Le => ordering.is_le(),
        }
    }
}

/// Whether a condition holds of rows. `None`: unknown, as SQL has it.
pub fn holds(world: &World, condition: &Condition, rows: &[(usize, usize)]) -> Option<bool> {
    let get = |path: &Path| value(world, path, rows);
    match condition {
        Condition::Compare(path, Operator::Eq, None) => Some(get(path).is_none()),
        Condition::Compare(path, Operator::Ne, None) => Some(get(path).is_some()),
        // Nothing is larger than no value.
        Condition::Compare(_, _, None) => Some(false),
        Condition::Compare(path, operator, Some(with)) => Some(operator.holds(compare(&get(path)?, with))),
        Condition::Turned(with, operator, path) => Some(operator.holds(compare(&get(path)?, with).reverse())),
        Condition::Columns(one, operator, other) => Some(operator.holds(compare(&get(one)?, &get(other)?))),
        Condition::Flag(path) => Some(get(path)? == Value::Flag(true)),
        Condition::Search(search, path, pattern) => {
            let Value::Text(text) = get(path)? else {
                panic!("{path} is searched")
            };
            let pattern = match search {
                Search::Contains => format!("%{pattern}%"),
                Search::StartsWith => format!("{pattern}%"),
                Search::EndsWith => format!("%{pattern}"),
            };
            Some(like::fits(&pattern, &text))
        }
        Condition::Within(negated, path, values) => {
            let value = get(path)?;
            Some(values.iter().any(|one| compare(&value, one).is_eq()) != *negated)
        }
        Condition::Between(negated, path, from, to) => {
            let value = get(path)?;
            Some((compare(&value, from).is_ge() && compare(&value, to).is_le()) != *negated)
        }
        Condition::Selected(negated, path, options) => match get(path) {
            Some(Value::Options(selected)) => {
                Some(options.iter().any(|option| selected.contains(option)) != *negated)
            }
            _ => negated.then_some(true),
        },
        Condition::On(name, path, day) => {
            let on = match get(path)? {
                Value::Day(on) => on,
                Value::Moment(at) => jiff::tz::TimeZone::UTC.to_datetime(at).date(),
                other => panic!("{other:?} is no date"),
            };
            Some(match *name {
                "On" => on == *day,
                "OnOrBefore" => on <= *day,
                _ => on >= *day,
            })
        }
        Condition::Related {
            scope,
            collection,
            all,
            body,
            ..
        } => {
            let (table, row) = rows[*scope];
            let mut related = world.related(table, row, *collection).into_iter();
            let Some(body) = body else {
                return Some(related.next().is_some());
            };
            let inner = |other: usize| {
                let mut rows = rows.to_vec();
                rows.push((collection.of, other));
                holds(world, body, &rows)
            };
            // All fulfil it if it is false of none: so SQL finds it.
            Some(if *all {
                related.all(|other| inner(other) != Some(false))
            } else {
                related.any(|other| inner(other) == Some(true))
            })
        }
        Condition::And(parts) => parts
            .iter()
            .map(|part| holds(world, part, rows))
            .fold(Some(true), and),
        Condition::Or(parts) => {
            let none = parts
                .iter()
                .map(|part| holds(world, part, rows).map(|holds| !holds))
                .fold(Some(true), and);
            none.map(|none| !none)
        }
        Condition::Not(inner) => holds(world, inner, rows).map(|holds| !holds),
    }
}

fn and(one: Option<bool>, other: Option<bool>) -> Option<bool> {
    match (one, other) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

/// What rows are sorted by: lookups by the primary name of the row that they lead to.
pub fn sort_key(world: &World, path: &Path, row: (usize, usize)) -> Option<Value> {
    let column = &world.tables[path.table].columns[path.column];
    if !matches!(column.kind, Kind::Lookup(_)) {
        return value(world, path, &[row]);
    }
    let (table, row) = end(world, path, &[row])?;
    match world.tables[table].rows[row][path.column] {
        Some(Value::Row(table, row)) => world.tables[table].rows[row][1].clone(),
        _ => None,
    }
}

/// Which of two rows comes first: those without a value, and at last those with the lower id.
pub fn sorted(world: &World, table: usize, orders: &[(Path, bool)], mut rows: Vec<usize>) -> Vec<usize> {
    rows.sort_by(|one, other| {
        let by = orders.iter().map(|(path, descending)| {
            let key = |row: usize| sort_key(world, path, (table, row));
            let order = match (key(*one), key(*other)) {
                (Some(one), Some(other)) => compare(&one, &other),
                (one, other) => one.is_some().cmp(&other.is_some()),
            };
            if *descending { order.reverse() } else { order }
        });
        let id = world.id(table, *one).cmp(&world.id(table, *other));
        by.fold(Ordering::Equal, Ordering::then).then(id)
    });
    rows
}

/// The same value for the same group.
pub fn group_key(value: &Value) -> String {
    match value {
        Value::Text(text) => folded(text),
        Value::Number(number) => number.normalize().to_string(),
        other => format!("{other:?}"),
    }
}
