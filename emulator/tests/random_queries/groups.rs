//! Random `$apply`: groups of rows, and what is computed of them.

use crate::condition::{Condition, Path, Place, condition, path};
use crate::plain::{group_key, holds, value};
use crate::support::rows::Served;
use crate::tape::Tape;
use crate::value::{Kind, Value, compare, encode};
use crate::world::World;
use reqwest::Method as Http;
use rust_decimal::Decimal;
use serde_json::Value as Json;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Method {
    Sum,
    Average,
    Min,
    Max,
    CountDistinct,
}

/// `$apply` of the rows of a table.
pub struct Groups {
    table: usize,
    filter: Option<Condition>,
    keys: Vec<Path>,
    /// What is computed; without a path, rows are counted.
    computed: Vec<Option<(Path, Method, Kind)>>,
}

/// A row of an answer: its members, as they are written.
type Found = BTreeMap<String, Box<RawValue>>;

/// What a key is called: behind a lookup, by the names of the table and the column.
fn key_name(world: &World, path: &Path) -> String {
    match path.through.as_slice() {
        [] => path.to_string(),
        _ => {
            let table = &world.tables[path.table];
            format!("{}_{}", table.name, table.columns[path.column].property())
        }
    }
}

impl Groups {
    pub fn new(tape: &mut Tape<'_>, world: &World) -> Self {
        let table = tape.below(world.tables.len());
        let place = Place::of(table);
        let filter = tape.once_in(2).then(|| condition(tape, world, &place));
        let mut keys: Vec<Path> = Vec::new();
        for _ in 0..tape.below(3) {
            let fits = |kind: &Kind| !matches!(kind, Kind::Choices(_));
            let key = path(tape, world, &place, fits);
            let name = |key: &Path| key_name(world, key);
            keys.extend(key.filter(|key| keys.iter().all(|known| name(known) != name(key))));
        }
        let computed = (0..1 + tape.below(3)).map(|_| {
            use Method::{Average, CountDistinct, Max, Min, Sum};
            let method = *tape.one_of(&[CountDistinct, Min, Max, Sum, Average]);
            let fits = |kind: &Kind| match method {
                CountDistinct => !matches!(kind, Kind::Choices(_)),
                Min | Max => kind.is_number() || matches!(kind, Kind::Moment(_) | Kind::Day),
                Sum | Average => kind.is_number(),
            };
            let path = path(tape, world, &place, fits).filter(|_| !tape.once_in(4))?;
            let kind = world.tables[path.table].columns[path.column].kind.clone();
            Some((path, method, kind))
        });
        let computed = computed.collect();
        Self {
            table,
            filter,
            keys,
            computed,
        }
    }

    pub fn shown(&self) -> String {
        let computed: Vec<String> = self
            .computed
            .iter()
            .enumerate()
            .map(|(at, computed)| match computed {
                None => format!("$count as a{at}"),
                Some((path, method, _)) => format!("{path} with {} as a{at}", method.word()),
            })
            .collect();
        let computed = format!("aggregate({})", computed.join(","));
        let keys: Vec<String> = self.keys.iter().map(ToString::to_string).collect();
        let groups = match keys.is_empty() {
            true => computed,
            false => format!("groupby(({}),{computed})", keys.join(",")),
        };
        match &self.filter {
            Some(filter) => format!("filter({filter})/{groups}"),
            None => groups,
        }
    }

    /// Asks, and says what is wrong with the answer.
    pub async fn check(&self, world: &World, served: &Served) -> Result<(), String> {
        let mut groups: BTreeMap<Vec<Option<String>>, Vec<usize>> = BTreeMap::new();
        if self.keys.is_empty() {
            groups.insert(Vec::new(), Vec::new());
        }
        for row in 0..world.tables[self.table].rows.len() {
            let rows = [(self.table, row)];
            if self
                .filter
                .as_ref()
                .is_none_or(|filter| holds(world, filter, &rows) == Some(true))
            {
                let key = |path: &Path| value(world, path, &rows).map(|value| group_key(&value));
                groups
                    .entry(self.keys.iter().map(key).collect())
                    .or_default()
                    .push(row);
            }
        }
        let url = format!(
            "{}?$apply={}",
            world.tables[self.table].set(),
            encode(&self.shown())
        );
        let reply = served.send(Http::GET, &url, &[], None).await;
        let body: BTreeMap<String, Box<RawValue>> =
            serde_json::from_str(&reply.text).map_err(|error| format!("{error}: {}", reply.text))?;
        let found = body.get("value").map_or("null", |rows| rows.get());
        let mut found: Vec<Found> =
            serde_json::from_str(found).map_err(|error| format!("{error}: {}", reply.text))?;
        for (key, rows) in &groups {
            let at = found
                .iter()
                .position(|found| self.is_of(world, found, rows.first().copied(), key));
            let Some(at) = at else {
                return Err(format!("the group {key:?} isn't in {}", reply.text));
            };
            let found = found.swap_remove(at);
            self.compare(world, rows, &found)
                .map_err(|wrong| format!("the group {key:?}: {wrong}"))?;
        }
        match found.is_empty() {
            true => Ok(()),
            false => Err(format!("of these groups there are no rows: {found:?}")),
        }
    }

    /// Whether an answered row is that of a group: of texts that differ in case alone, any may stand for all.
    fn is_of(&self, world: &World, found: &Found, row: Option<usize>, key: &[Option<String>]) -> bool {
        self.keys.iter().zip(key).all(|(path, key)| {
            let member = found.get(&key_name(world, path));
            let (Some(key), Some(member)) = (key, member) else {
                return key.is_none() && member.is_none();
            };
            let value = row.and_then(|row| value(world, path, &[(self.table, row)]));
            match (value, serde_json::from_str(member.get())) {
                (Some(Value::Text(_)), Ok(Json::String(text))) => group_key(&Value::Text(text)) == *key,
                (Some(value), _) => {
                    let kind = &world.tables[path.table].columns[path.column].kind;
                    kind.answered(&value) == member.get()
                }
                (None, _) => false,
            }
        })
    }

    fn compare(&self, world: &World, rows: &[usize], found: &Found) -> Result<(), String> {
        for (at, computed) in self.computed.iter().enumerate() {
            let answered = found
                .get(&format!("a{at}"))
                .map_or("nothing", |member| member.get());
            let wrong = |expected: &str| Err(format!("a{at} is {answered}, not {expected}"));
            let Some((path, method, kind)) = computed else {
                if answered != rows.len().to_string() {
                    return wrong(&rows.len().to_string());
                }
                continue;
            };
            let values: Vec<Value> = rows
                .iter()
                .filter_map(|row| value(world, path, &[(self.table, *row)]))
                .collect();
            let expected = method.of(kind, &values);
            let summed = matches!(method, Method::Sum | Method::Average);
            if expected != answered && !(summed && is_close(&values, &expected, answered)) {
                return wrong(&expected);
            }
        }
        Ok(())
    }
}

/// Sums of binary numbers depend on their order: they may differ by a little of what was added up.
fn is_close(values: &[Value], expected: &str, answered: &str) -> bool {
    let size = |value: &Value| match value {
        Value::Float(number) => number.abs(),
        _ => 0.0,
    };
    let allowed = values.iter().map(size).sum::<f64>() * 1e-12;
    match (expected.parse::<f64>(), answered.parse::<f64>()) {
        (Ok(one), Ok(other)) if allowed > 0.0 => (one - other).abs() <= allowed,
        _ => false,
    }
}

impl Method {
    fn word(self) -> &'static str {
        match self {
            Self::Sum => "sum",
            Self::Average => "average",
            Self::Min => "min",
            Self::Max => "max",
            Self::CountDistinct => "countdistinct",
        }
    }

    /// The JSON of what it gives of these values.
    fn of(self, kind: &Kind, values: &[Value]) -> String {
        let number = |value: &Value| match value {
            Value::Number(number) => *number,
            other => panic!("{other:?} is no number"),
        };
        let float = |value: &Value| match value {
            Value::Float(number) => *number,
            other => panic!("{other:?} is no number"),
        };
        let count = values.len();
        let order = |one: &&Value, other: &&Value| compare(one, other);
        match self {
            Self::CountDistinct => {
                let mut keys: Vec<String> = values.iter().map(group_key).collect();
                keys.sort_unstable();
                keys.dedup();
                keys.len().to_string()
            }
            _ if count == 0 => "null".to_owned(),
            Self::Min => values
                .iter()
                .min_by(order)
                .map_or(String::new(), |value| kind.answered(value)),
            Self::Max => values
                .iter()
                .max_by(order)
                .map_or(String::new(), |value| kind.answered(value)),
            Self::Sum | Self::Average if *kind == Kind::Float => {
                let sum: f64 = values.iter().map(float).sum();
                format!(
                    "{:?}",
                    if self == Self::Sum {
                        sum
                    } else {
                        sum / count as f64
                    }
                )
            }
            Self::Sum | Self::Average => {
                let sum: Decimal = values.iter().map(number).sum();
                let result = if self == Self::Sum {
                    sum
                } else {
                    sum / Decimal::from(count)
                };
                match kind {
                    // The average of whole numbers is one, as in SQL Server.
                    Kind::Whole | Kind::Big => result.trunc().normalize().to_string(),
                    Kind::Money => format!("{:.9}", result.round_dp(9)),
                    _ => format!("{:.10}", result.round_dp(10)),
                }
            }
        }
    }
}
