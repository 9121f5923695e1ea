//! Random conditions, and how `$filter` writes them.

use crate::pool;
use crate::tape::Tape;
use crate::value::{Kind, Value, bare, listed, literal};
use crate::world::{Collection, World};
use jiff::civil::Date;
use serde_json::json;
use std::fmt;

/// A column, perhaps behind lookups, of the query's rows or of those of a lambda's variable.
#[derive(Clone, Debug)]
pub struct Path {
    /// How many lambdas stand around the one whose variable it is, from the outermost: 0 are the query's own rows.
    pub scope: usize,
    /// Lookups by number, each with the table that it leads to.
    pub through: Vec<(usize, usize)>,
    pub column: usize,
    /// The table of the column.
    pub table: usize,
    text: String,
    /// The same with the logical name of the column, as query functions want it.
    logical: String,
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Operator {
    Eq,
    Ne,
    Gt,
    Ge,
    Lt,
    Le,
}

#[derive(Clone, Copy, Debug)]
pub enum Search {
    Contains,
    StartsWith,
    EndsWith,
}

#[derive(Clone, Debug)]
pub enum Condition {
    Compare(Path, Operator, Option<Value>),
    /// The same with the sides turned: `1 lt rsk_crew`.
    Turned(Value, Operator, Path),
    Columns(Path, Operator, Path),
    Flag(Path),
    Search(Search, Path, String),
    /// `In` and `NotIn`.
    Within(bool, Path, Vec<Value>),
    /// `Between` and `NotBetween`.
    Between(bool, Path, Value, Value),
    /// `ContainValues` and `DoesNotContainValues`.
    Selected(bool, Path, Vec<i32>),
    /// `On`, `OnOrBefore` and `OnOrAfter`.
    On(&'static str, Path, Date),
    /// `any` and `all`, over the rows of a collection of the rows of a scope.
    Related {
        scope: usize,
        collection: Collection,
        name: String,
        /// The scope of its variable.
        variable: usize,
        all: bool,
        body: Option<Box<Condition>>,
    },
    And(Vec<Condition>),
    Or(Vec<Condition>),
    Not(Box<Condition>),
}

/// Where a condition stands.
#[derive(Clone, Default)]
pub struct Place {
    /// The tables of the query's rows and of the lambdas' variables.
    pub scopes: Vec<usize>,
    negated: bool,
    depth: usize,
}

impl Place {
    pub fn of(table: usize) -> Self {
        Self {
            scopes: vec![table],
            ..Self::default()
        }
    }

    fn deeper(&self) -> Self {
        Self {
            depth: self.depth + 1,
            ..self.clone()
        }
    }
}

/// A path to a column that fits.
pub fn path(tape: &mut Tape<'_>, world: &World, place: &Place, fits: impl Fn(&Kind) -> bool) -> Option<Path> {
    let last = place.scopes.len() - 1;
    let scope = if last > 0 && tape.once_in(4) {
        tape.below(last)
    } else {
        last
    };
    let mut table = place.scopes[scope];
    let mut through = Vec::new();
    let mut text = if scope > 0 {
        format!("v{scope}/")
    } else {
        String::new()
    };
    while through.len() < 3 && tape.once_in(4) {
        let columns = &world.tables[table].columns;
        let lookups: Vec<usize> = (0..columns.len())
            .filter(|at| matches!(columns[*at].kind, Kind::Lookup(_)))
            .collect();
        if lookups.is_empty() {
            break;
        }
        let lookup = *tape.one_of(&lookups);
        let Kind::Lookup(targets) = &columns[lookup].kind else {
            continue;
        };
        let target = *tape.one_of(targets);
        text += &format!("{}/", world.tables[table].navigation(lookup, target));
        through.push((lookup, target));
        table = target;
    }
    let columns = &world.tables[table].columns;
    let fitting: Vec<usize> = (0..columns.len()).filter(|at| fits(&columns[*at].kind)).collect();
    if fitting.is_empty() {
        return None;
    }
    let column = *tape.one_of(&fitting);
    let logical = format!("{text}{}", columns[column].name);
    text += &columns[column].property();
    Some(Path {
        scope,
        through,
        column,
        table,
        text,
        logical,
    })
}

/// A condition on rows.
pub fn condition(tape: &mut Tape<'_>, world: &World, place: &Place) -> Condition {
    let inner = |tape: &mut Tape<'_>, place: &Place| condition(tape, world, &place.deeper());
    let shape = if place.depth < 5 { tape.below(10) } else { 0 };
    match shape {
        7 => Condition::And((0..2 + tape.below(2)).map(|_| inner(tape, place)).collect()),
        8 => Condition::Or((0..2 + tape.below(2)).map(|_| inner(tape, place)).collect()),
        9 => Condition::Not(Box::new(inner(
            tape,
            &Place {
                negated: true,
                ..place.clone()
            },
        ))),
        6 => related(tape, world, place).unwrap_or_else(|| leaf(tape, world, place)),
        _ => leaf(tape, world, place),
    }
}

fn related(tape: &mut Tape<'_>, world: &World, place: &Place) -> Option<Condition> {
    let scope = tape.below(place.scopes.len());
    let table = place.scopes[scope];
    let collections = world.collections(table);
    if collections.is_empty() {
        return None;
    }
    let collection = *tape.one_of(&collections);
    let all = tape.once_in(2);
    let mut within = place.deeper();
    within.scopes.push(collection.of);
    let body = (all || !tape.once_in(4)).then(|| Box::new(condition(tape, world, &within)));
    Some(Condition::Related {
        scope,
        collection,
        name: world.collection_name(table, collection),
        variable: place.scopes.len(),
        all,
        body,
    })
}

fn leaf(tape: &mut Tape<'_>, world: &World, place: &Place) -> Condition {
    let any = |tape: &mut Tape<'_>| path(tape, world, place, |_| true).unwrap();
    let column = any(tape);
    let kind = &world.tables[column.table].columns[column.column].kind;
    // Query functions don't stand under `not`; inside a lambda they name columns of its variable alone.
    let functions = !place.negated && column.scope + 1 == place.scopes.len();
    match (tape.below(8), kind) {
        (1, kind) if functions => function(tape, world, column, kind),
        (2 | 3, kind) if kind.is_text() => {
            let search = *tape.one_of(&[Search::Contains, Search::StartsWith, Search::EndsWith]);
            Condition::Search(search, column, pool::pattern(tape))
        }
        (2, Kind::YesNo) => Condition::Flag(column),
        (4, kind) if !matches!(kind, Kind::Choices(_)) => {
            let same = path(tape, world, place, |other| is_like(kind, other));
            let operator = operator(tape, kind);
            match same {
                Some(other) => Condition::Columns(column, operator, other),
                None => Condition::Compare(column, Operator::Ne, None),
            }
        }
        (5, _) | (_, Kind::Choices(_)) => Condition::Compare(
            column,
            *tape.one_of(&[Operator::Eq, Operator::Ne, Operator::Gt]),
            None,
        ),
        (6, kind) if !matches!(kind, Kind::Lookup(_)) => {
            Condition::Turned(pool::asked(tape, kind), operator(tape, kind), column)
        }
        _ => {
            let operator = operator(tape, kind);
            let value = value(tape, world, kind);
            Condition::Compare(column, operator, Some(value))
        }
    }
}

fn operator(tape: &mut Tape<'_>, kind: &Kind) -> Operator {
    use Operator::{Eq, Ge, Gt, Le, Lt, Ne};
    match kind {
        // How ids are ordered is nowhere said.
        Kind::Id | Kind::Lookup(_) | Kind::YesNo => *tape.one_of(&[Eq, Ne]),
        _ => *tape.one_of(&[Eq, Ne, Gt, Ge, Lt, Le]),
    }
}

/// Whether values of two columns can be compared.
fn is_like(one: &Kind, other: &Kind) -> bool {
    let id = |kind: &Kind| matches!(kind, Kind::Id | Kind::Lookup(_));
    match (one, other) {
        (Kind::Decimal(_), Kind::Decimal(_)) | (Kind::Choice(_), Kind::Choice(_)) => true,
        (Kind::Moment(_), Kind::Moment(_)) => true,
        (one, other) => one == other || id(one) && id(other) || one.is_text() && other.is_text(),
    }
}

/// A value to compare a column with. Lookups are compared with the ids of rows.
fn value(tape: &mut Tape<'_>, world: &World, kind: &Kind) -> Value {
    let table = match kind {
        Kind::Lookup(targets) => *tape.one_of(targets),
        Kind::Id if tape.once_in(2) => tape.below(world.tables.len()),
        kind => return pool::asked(tape, kind),
    };
    match world.tables[table].rows.len() {
        0 => pool::kept(tape, &Kind::Id),
        rows => Value::Id(world.id(table, tape.below(rows))),
    }
}

fn function(tape: &mut Tape<'_>, world: &World, column: Path, kind: &Kind) -> Condition {
    let negated = tape.once_in(2);
    match kind {
        Kind::Choices(options) => {
            let some = (0..1 + tape.below(2)).map(|_| *tape.one_of(options)).collect();
            Condition::Selected(negated, column, some)
        }
        Kind::Memo => Condition::Compare(column, Operator::Eq, None),
        Kind::Id | Kind::Lookup(_) | Kind::YesNo => {
            let values = (0..tape.below(4)).map(|_| value(tape, world, kind)).collect();
            Condition::Within(negated, column, values)
        }
        Kind::Moment(_) | Kind::Day if tape.once_in(2) => {
            let Value::Day(day) = pool::kept(tape, &Kind::Day) else {
                panic!("a day is kept as something else");
            };
            Condition::On(
                tape.one_of::<&str>(&["On", "OnOrBefore", "OnOrAfter"]),
                column,
                day,
            )
        }
        _ if tape.once_in(2) => {
            let (from, to) = (pool::asked(tape, kind), pool::asked(tape, kind));
            Condition::Between(negated, column, from, to)
        }
        _ => Condition::Within(
            negated,
            column,
            (0..tape.below(4)).map(|_| pool::asked(tape, kind)).collect(),
        ),
    }
}

impl Operator {
    fn word(self) -> &'static str {
        match self {
            Self::Eq => "eq",
            Self::Ne => "ne",
            Self::Gt => "gt",
            Self::Ge => "ge",
            Self::Lt => "lt",
            Self::Le => "le",
        }
    }
}

/// `Microsoft.Dynamics.CRM.In(PropertyName='…',PropertyValues=["…"])`
fn listing(f: &mut fmt::Formatter<'_>, name: &str, column: &Path, values: &[String]) -> fmt::Result {
    let values = json!(values);
    write!(
        f,
        "Microsoft.Dynamics.CRM.{name}(PropertyName='{}',PropertyValues={values})",
        column.logical
    )
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let chain = |f: &mut fmt::Formatter<'_>, parts: &[Condition], word: &str| {
            let parts: Vec<String> = parts.iter().map(|part| format!("({part})")).collect();
            f.write_str(&parts.join(word))
        };
        let in_list = |value: &Value| match value {
            Value::Flag(flag) => i32::from(*flag).to_string(),
            value => bare(value),
        };
        match self {
            Self::Compare(column, operator, value) => {
                let value = value.as_ref().map_or("null".to_owned(), literal);
                write!(f, "{column} {} {value}", operator.word())
            }
            Self::Turned(value, operator, column) => {
                write!(f, "{} {} {column}", literal(value), operator.word())
            }
            Self::Columns(one, operator, other) => write!(f, "{one} {} {other}", operator.word()),
            Self::Flag(column) => column.fmt(f),
            Self::Search(search, column, pattern) => {
                let name = match search {
                    Search::Contains => "contains",
                    Search::StartsWith => "startswith",
                    Search::EndsWith => "endswith",
                };
                write!(f, "{name}({column},'{}')", pattern.replace('\'', "''"))
            }
            Self::Within(negated, column, values) => {
                let values: Vec<String> = values.iter().map(in_list).collect();
                listing(f, if *negated { "NotIn" } else { "In" }, column, &values)
            }
            Self::Between(negated, column, from, to) => {
                let name = if *negated { "NotBetween" } else { "Between" };
                listing(f, name, column, &[in_list(from), in_list(to)])
            }
            Self::Selected(negated, column, options) => {
                let name = if *negated {
                    "DoesNotContainValues"
                } else {
                    "ContainValues"
                };
                let values: Vec<String> = options.iter().map(|option| listed(&[*option])).collect();
                listing(f, name, column, &values)
            }
            Self::On(name, column, day) => {
                let column = &column.logical;
                write!(
                    f,
                    "Microsoft.Dynamics.CRM.{name}(PropertyName='{column}',PropertyValue='{day}')"
                )
            }
            Self::Related {
                scope,
                name,
                variable,
                all,
                body,
                ..
            } => {
                if *scope > 0 {
                    write!(f, "v{scope}/")?;
                }
                let quantifier = if *all { "all" } else { "any" };
                match body {
                    Some(body) => write!(f, "{name}/{quantifier}(v{variable}:{body})"),
                    None => write!(f, "{name}/{quantifier}()"),
                }
            }
            Self::And(parts) => chain(f, parts, " and "),
            Self::Or(parts) => chain(f, parts, " or "),
            Self::Not(inner) => write!(f, "not ({inner})"),
        }
    }
}
