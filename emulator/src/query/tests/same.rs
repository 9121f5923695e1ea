//! Queries against a plain evaluation of the same rows: random rows with every kind of column, random conditions and orders.

use super::fixture::{World, escape, id, names};
use super::plain::{holds, order};
use crate::store::Cell;
use proptest::prelude::*;
use rust_decimal::Decimal;
use std::cmp::Ordering;

/// A value as the test thinks of it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Val {
    Text(String),
    Number(Decimal),
    Flag(bool),
    /// A day, a time, or an id: they are sorted as texts.
    Other(String),
    Options(Vec<i64>),
}

/// A column: its name, whether its values are written with an apostrophe, and how it is kept.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
    Text,
    Whole,
    Decimal,
    Float,
    Money,
    Flag,
    Day,
    Time,
    Id,
    Options,
}

pub(super) const COLUMNS: [(&str, Kind); 13] = [
    ("rsk_code", Kind::Text),
    ("rsk_description", Kind::Text),
    ("rsk_crew", Kind::Whole),
    ("rsk_distance", Kind::Whole),
    ("rsk_draught", Kind::Decimal),
    ("rsk_beam", Kind::Float),
    ("rsk_dayrate", Kind::Money),
    ("rsk_active", Kind::Flag),
    ("rsk_built", Kind::Day),
    ("rsk_lastseen", Kind::Time),
    ("rsk_photoid", Kind::Id),
    ("rsk_features", Kind::Options),
    ("rsk_hulltype", Kind::Whole),
];

/// Columns that can be compared with each other.
const PAIRS: [(usize, usize); 2] = [(0, 1), (2, 12)];

#[derive(Clone, Debug)]
pub(super) struct Vessel {
    pub(super) values: Vec<Option<Val>>,
    /// The port, of those that are there.
    pub(super) port: Option<usize>,
    pub(super) scores: Vec<i64>,
}

#[derive(Clone, Debug)]
pub(super) enum Cond {
    And(Vec<Cond>),
    Or(Vec<Cond>),
    Not(Box<Cond>),
    Compare(usize, &'static str, Val, bool),
    Columns(usize, &'static str, usize),
    Null(usize, bool),
    Like(&'static str, usize, String),
    In(usize, Vec<Val>, bool),
    Between(usize, Val, Val, bool),
    Contain(Vec<i64>, bool),
    Port(&'static str, Val),
    Scores(bool, &'static str, i64),
}

pub(super) const PORTS: [Option<&str>; 3] = [Some("a"), Some("B"), None];

fn text() -> impl Strategy<Value = String> {
    "[aAäb]{0,3}"
}

fn val(kind: Kind) -> BoxedStrategy<Val> {
    let decimal = |number: i64, scale| Val::Number(Decimal::new(number, scale));
    match kind {
        Kind::Text => text().prop_map(Val::Text).boxed(),
        Kind::Whole => (0_i64..4).prop_map(move |n| decimal(n, 0)).boxed(),
        Kind::Decimal => (0_i64..8).prop_map(move |n| decimal(n * 25, 2)).boxed(),
        Kind::Float => (0_i64..8).prop_map(move |n| decimal(n * 5, 1)).boxed(),
        Kind::Money => (0_i64..6).prop_map(move |n| decimal(n * 5_001, 4)).boxed(),
        Kind::Flag => any::<bool>().prop_map(Val::Flag).boxed(),
        Kind::Day => (1_u8..4)
            .prop_map(|n| Val::Other(format!("2024-02-0{n}")))
            .boxed(),
        Kind::Time => (1_u8..4, 0_u8..2)
            .prop_map(|(d, h)| Val::Other(format!("2024-02-0{d}T0{h}:30:00Z")))
            .boxed(),
        Kind::Id => (1_u128..4).prop_map(|n| Val::Other(id(n).to_string())).boxed(),
        Kind::Options => prop::collection::btree_set(814_250_000_i64..814_250_003, 1..3)
            .prop_map(|set| Val::Options(set.into_iter().collect()))
            .boxed(),
    }
}

pub(super) fn vessel() -> impl Strategy<Value = Vessel> {
    let values: Vec<_> = COLUMNS
        .iter()
        .map(|(_, kind)| prop::option::weighted(0.8, val(*kind)))
        .collect();
    (
        values,
        prop::option::of(0..PORTS.len()),
        prop::collection::vec(0_i64..4, 0..3),
    )
        .prop_map(|(values, port, scores)| Vessel { values, port, scores })
}

fn operator() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["eq", "ne", "gt", "ge", "lt", "le"])
}

/// A literal for a column: also between its values.
fn literal(kind: Kind) -> BoxedStrategy<Val> {
    match kind {
        Kind::Whole | Kind::Decimal | Kind::Float | Kind::Money => prop_oneof![
            val(kind),
            (0_i64..400_000).prop_map(|n| Val::Number(Decimal::new(n, 5)))
        ]
        .boxed(),
        kind => val(kind),
    }
}

fn leaf() -> impl Strategy<Value = Cond> {
    let column = || (0..COLUMNS.len()).prop_flat_map(|at| (Just(at), literal(COLUMNS[at].1)));
    let compared =
        (column(), operator(), any::<bool>()).prop_map(|((at, val), op, turned)| match COLUMNS[at].1 {
            // Only equality is clear for these.
            Kind::Options | Kind::Flag => {
                Cond::Compare(at, if op == "ne" { "ne" } else { "eq" }, val, turned)
            }
            _ => Cond::Compare(at, op, val, turned),
        });
    let listed = |at: usize| prop::collection::vec(val(COLUMNS[at].1), 1..3);
    prop_oneof![
        4 => compared,
        1 => (prop::sample::select(PAIRS.to_vec()), operator()).prop_map(|((a, b), op)| Cond::Columns(a, op, b)),
        1 => (0..COLUMNS.len(), any::<bool>()).prop_map(|(at, is)| Cond::Null(at, is)),
        2 => (prop::sample::select(vec!["contains", "startswith", "endswith"]), 0_usize..2, "[aAäb%_]{0,4}")
            .prop_map(|(function, at, text)| Cond::Like(function, at, text)),
        1 => (prop::sample::select(vec![0_usize, 2, 4, 5, 6, 7, 8, 9, 10, 12]).prop_flat_map(move |at| (Just(at), listed(at))), any::<bool>())
            .prop_map(|((at, list), not)| Cond::In(at, list, not)),
        1 => (prop::sample::select(vec![0_usize, 2, 4, 6, 8, 9]).prop_flat_map(|at| (Just(at), val(COLUMNS[at].1), val(COLUMNS[at].1))), any::<bool>())
            .prop_map(|((at, from, to), not)| Cond::Between(at, from, to, not)),
        1 => (prop::collection::vec(814_250_000_i64..814_250_003, 1..3), any::<bool>()).prop_map(|(list, not)| Cond::Contain(list, not)),
        1 => (operator(), text()).prop_map(|(op, text)| Cond::Port(op, Val::Text(text))),
        1 => (any::<bool>(), operator(), 0_i64..4).prop_map(|(all, op, score)| Cond::Scores(all, op, score)),
    ]
}

pub(super) fn condition() -> impl Strategy<Value = Cond> {
    leaf().prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(Cond::And),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Cond::Or),
            // The service refuses `not` around its own functions.
            inner.prop_map(|cond| if has_function(&cond) {
                cond
            } else {
                Cond::Not(Box::new(cond))
            }),
        ]
    })
}

fn has_function(cond: &Cond) -> bool {
    match cond {
        Cond::And(all) | Cond::Or(all) => all.iter().any(has_function),
        Cond::Not(inner) => has_function(inner),
        Cond::In(..) | Cond::Between(..) | Cond::Contain(..) => true,
        _ => false,
    }
}

pub(super) fn shown(val: &Val) -> String {
    match val {
        Val::Text(text) => format!("'{text}'"),
        Val::Number(number) => number.to_string(),
        Val::Flag(flag) => flag.to_string(),
        Val::Other(text) => text.clone(),
        Val::Options(list) => format!("'{}'", listed(list)),
    }
}

pub(super) fn listed(list: &[i64]) -> String {
    list.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
}

fn bare(val: &Val) -> String {
    match val {
        Val::Text(text) => format!("\"{text}\""),
        other => format!("\"{}\"", shown(other)),
    }
}

pub(super) fn filter(cond: &Cond) -> String {
    let joined = |all: &[Cond], word: &str| {
        let parts: Vec<String> = all.iter().map(|cond| format!("({})", filter(cond))).collect();
        parts.join(word)
    };
    let function = |not: bool, [yes, no]: [&str; 2], column: &str, values: Vec<String>| {
        let name = if not { no } else { yes };
        format!(
            "Microsoft.Dynamics.CRM.{name}(PropertyName='{column}',PropertyValues=[{}])",
            values.join(",")
        )
    };
    match cond {
        Cond::And(all) => joined(all, " and "),
        Cond::Or(all) => joined(all, " or "),
        Cond::Not(inner) => format!("not ({})", filter(inner)),
        Cond::Compare(at, op, val, false) => format!("{} {op} {}", COLUMNS[*at].0, shown(val)),
        Cond::Compare(at, op, val, true) => {
            let turned = match *op {
                "gt" => "lt",
                "ge" => "le",
                "lt" => "gt",
                "le" => "ge",
                same => same,
            };
            format!("{} {turned} {}", shown(val), COLUMNS[*at].0)
        }
        Cond::Columns(a, op, b) => format!("{} {op} {}", COLUMNS[*a].0, COLUMNS[*b].0),
        Cond::Null(at, is) => format!("{} {} null", COLUMNS[*at].0, if *is { "eq" } else { "ne" }),
        Cond::Like(function, at, text) => format!("{function}({},'{text}')", COLUMNS[*at].0),
        Cond::In(at, list, not) => function(
            *not,
            ["In", "NotIn"],
            COLUMNS[*at].0,
            list.iter().map(bare).collect(),
        ),
        Cond::Between(at, from, to, not) => function(
            *not,
            ["Between", "NotBetween"],
            COLUMNS[*at].0,
            vec![bare(from), bare(to)],
        ),
        Cond::Contain(list, not) => {
            let values = list.iter().map(|value| format!("\"{value}\"")).collect();
            function(
                *not,
                ["ContainValues", "DoesNotContainValues"],
                "rsk_features",
                values,
            )
        }
        Cond::Port(op, val) => format!("rsk_HomePortId/rsk_name {op} {}", shown(val)),
        Cond::Scores(all, op, score) => {
            let word = if *all { "all" } else { "any" };
            format!("rsk_vessel_inspection/{word}(i:i/rsk_score {op} {score})")
        }
    }
}

fn cell(kind: Kind, val: &Val) -> Cell {
    use rust_decimal::prelude::ToPrimitive;
    match (kind, val) {
        (_, Val::Text(text)) => Cell::Text(text.clone()),
        (Kind::Decimal, Val::Number(number)) => Cell::Decimal(*number),
        (Kind::Float, Val::Number(number)) => Cell::Real(number.to_f64().unwrap()),
        (Kind::Money, Val::Number(number)) => Cell::Money((number * Decimal::from(10_000)).to_i64().unwrap()),
        (_, Val::Number(number)) => Cell::Integer(number.to_i64().unwrap()),
        (_, Val::Flag(flag)) => Cell::Integer(i64::from(*flag)),
        (Kind::Id, Val::Other(text)) => Cell::Id(text.parse().unwrap()),
        (_, Val::Other(text)) => Cell::Plain(text.clone()),
        (_, Val::Options(list)) => Cell::Plain(listed(list)),
    }
}

pub(super) fn world(vessels: &[Vessel]) -> World {
    let world = World::new();
    for (at, name) in PORTS.iter().enumerate() {
        world.add(
            "rsk_port",
            0x10 + at as u128,
            serde_json::json!({"rsk_name": name}),
        );
    }
    for (at, vessel) in vessels.iter().enumerate() {
        let mut cells = vec![
            ("rsk_vesselid".to_owned(), Cell::Id(id(0x100 + at as u128))),
            ("rsk_name".to_owned(), Cell::Text(at.to_string())),
        ];
        for ((name, kind), val) in COLUMNS.iter().zip(&vessel.values) {
            cells.extend(val.as_ref().map(|val| ((*name).to_owned(), cell(*kind, val))));
        }
        let port = vessel
            .port
            .map(|port| Cell::Lookup(id(0x10 + port as u128), "rsk_port".to_owned()));
        cells.extend(port.map(|port| ("rsk_homeportid".to_owned(), port)));
        world.add_cells("rsk_vessel", &cells);
        for (number, score) in vessel.scores.iter().enumerate() {
            world.add(
                "rsk_inspection",
                0x1000 + (at * 8 + number) as u128,
                serde_json::json!({"rsk_score": score, "rsk_vesselid": format!("rsk_vessel:{}", 0x100 + at)}),
            );
        }
    }
    world
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn sql_finds_the_rows_and_their_order(
        vessels in prop::collection::vec(vessel(), 1..120),
        queries in prop::collection::vec((condition(), prop::collection::vec((0_usize..11, any::<bool>()), 0..3)), 12),
    ) {
        let world = world(&vessels);
        for (cond, orders) in &queries {
            let mut expected: Vec<usize> = (0..vessels.len()).filter(|at| holds(cond, &vessels[*at]) == Some(true)).collect();
            expected.sort_by(|one, other| {
                orders.iter().map(|(column, down)| {
                    let (one, other) = (&vessels[*one].values[*column], &vessels[*other].values[*column]);
                    let order = match (one, other) {
                        (Some(one), Some(other)) => order(one, other),
                        (one, other) => one.is_some().cmp(&other.is_some()),
                    };
                    if *down { order.reverse() } else { order }
                }).fold(Ordering::Equal, Ordering::then)
            });
            let by: Vec<String> = orders.iter().map(|(at, down)| format!("{}{}", COLUMNS[*at].0, if *down { " desc" } else { "" })).collect();
            let by = if by.is_empty() { String::new() } else { format!("&$orderby={}", escape(&by.join(","))) };
            let text = filter(cond);
            let found = names(&world.json(&format!("rsk_vessels?$select=rsk_name&$filter={}{by}", escape(&text))));
            let expected: Vec<String> = expected.iter().map(ToString::to_string).collect();
            prop_assert_eq!(found, expected, "{} {}", text, by);
        }
    }
}
