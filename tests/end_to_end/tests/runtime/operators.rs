//! Every operator on every kind of column, in random combinations over random rows: the rows that come are those that a
//! plain evaluation in memory gives, in the same order.

use std::cmp::Ordering;

use crm::choices::RskFlagstate;
use crm::dataverse_runtime::ChoiceSet as _;
use crm::prelude::*;
use crm::rsk_port::RskPort;
use crm::rsk_vessel::{RskType, RskVessel};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;

use crate::support::Office;

/// A ship as the test knows it. Few values, so that conditions hit.
#[derive(Debug, Clone)]
struct Ship {
    /// Its yard number: text that belongs to no key.
    text: String,
    crew: Option<i32>,
    distance: Option<i64>,
    draught: Option<Decimal>,
    beam: Option<f64>,
    rate: Option<Decimal>,
    active: Option<bool>,
    kind: Option<i32>,
    built: Option<civil::Date>,
    seen: Option<Timestamp>,
    /// Which of the ports, if any.
    home: Option<usize>,
}

/// The names and berths of the ports.
const PORTS: [(&str, &str, i32); 3] = [
    ("Bergen", "NOBGO", 5),
    ("Ålesund", "NOAES", 12),
    ("oslo", "NOOSL", 12),
];
/// Letters that collations fold, that LIKE and OData give a meaning to, and that are neither.
const TEXTS: [&str; 9] = [
    "aster", "Aster", "Äster", "as%er", "a_t[e]r", "O'Brien", "b", "aste", "ter & co",
];

#[derive(Debug, Clone, Copy)]
enum Operator {
    Eq,
    Ne,
    Gt,
    Ge,
    Lt,
    Le,
}

#[derive(Debug, Clone, Copy)]
enum Search {
    Contains,
    StartsWith,
    EndsWith,
}

/// A condition, as a tree.
#[derive(Debug, Clone)]
enum Condition {
    Text(Operator, &'static str),
    TextIn(Vec<&'static str>),
    TextHas(Search, &'static str),
    Crew(Operator, i32),
    CrewIn(Vec<i32>),
    CrewBetween(i32, i32),
    CrewIsNull(bool),
    Distance(Operator, i64),
    Draught(Operator, Decimal),
    Beam(Operator, f64),
    Rate(Operator, Decimal),
    Active(bool, bool),
    Kind(bool, i32),
    KindIn(Vec<i32>),
    Built(Operator, civil::Date),
    BuiltIsNull(bool),
    Seen(Operator, Timestamp),
    HomeIs(usize),
    HomeName(Operator, &'static str),
    HomeBerths(Operator, i32),
    And(Box<Condition>, Box<Condition>),
    Or(Box<Condition>, Box<Condition>),
    Not(Box<Condition>),
}

fn day(number: i64) -> civil::Date {
    civil::date(2024, 2, 27) + jiff::Span::new().days(number)
}

fn instant(number: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + number).unwrap()
}

fn types() -> Vec<i32> {
    RskType::OPTIONS.iter().map(|option| option.0).collect()
}

fn operator() -> impl Strategy<Value = Operator> {
    use Operator::*;
    prop::sample::select(vec![Eq, Ne, Gt, Ge, Lt, Le])
}

fn a_text() -> impl Strategy<Value = &'static str> {
    prop::sample::select(TEXTS.to_vec())
}

fn a_decimal() -> impl Strategy<Value = Decimal> {
    (0_i64..6).prop_map(|number| Decimal::new(number * 25, 2))
}

fn condition() -> impl Strategy<Value = Condition> {
    use Condition::*;
    let search = prop::sample::select(vec![Search::Contains, Search::StartsWith, Search::EndsWith]);
    let leaf = prop_oneof![
        (operator(), a_text()).prop_map(|(operator, text)| Text(operator, text)),
        prop::collection::vec(a_text(), 0..3).prop_map(TextIn),
        (search, a_text()).prop_map(|(search, text)| TextHas(search, text)),
        (operator(), 0..4).prop_map(|(operator, crew)| Crew(operator, crew)),
        prop::collection::vec(0..4, 0..3).prop_map(CrewIn),
        (0..4, 0..4).prop_map(|(from, to)| CrewBetween(from, to)),
        any::<bool>().prop_map(CrewIsNull),
        (operator(), 0_i64..3).prop_map(|(operator, number)| Distance(operator, i64::MAX - number)),
        (operator(), a_decimal()).prop_map(|(operator, draught)| Draught(operator, draught)),
        (operator(), 0..4).prop_map(|(operator, beam)| Beam(operator, f64::from(beam) / 2.0)),
        (operator(), a_decimal()).prop_map(|(operator, rate)| Rate(operator, rate)),
        any::<(bool, bool)>().prop_map(|(equal, active)| Active(equal, active)),
        (any::<bool>(), prop::sample::select(types())).prop_map(|(equal, kind)| Kind(equal, kind)),
        prop::collection::vec(prop::sample::select(types()), 0..3).prop_map(KindIn),
        (operator(), 0_i64..4).prop_map(|(operator, number)| Built(operator, day(number))),
        any::<bool>().prop_map(BuiltIsNull),
        (operator(), 0_i64..3).prop_map(|(operator, number)| Seen(operator, instant(number))),
        (0..PORTS.len()).prop_map(HomeIs),
        (
            operator(),
            prop::sample::select(PORTS.map(|port| port.0).to_vec())
        )
            .prop_map(|(operator, name)| HomeName(operator, name)),
        (operator(), prop::sample::select(vec![5, 12]))
            .prop_map(|(operator, berths)| HomeBerths(operator, berths)),
    ];
    leaf.prop_recursive(4, 12, 2, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| And(a.into(), b.into())),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| Or(a.into(), b.into())),
            inner.prop_map(|a| Not(a.into())),
        ]
    })
}

fn ship() -> impl Strategy<Value = Ship> {
    let numbers = (
        prop::option::of(0..4_i32),
        prop::option::of((0_i64..3).prop_map(|number| i64::MAX - number)),
        prop::option::of(a_decimal()),
        prop::option::of((0..4).prop_map(|half| f64::from(half) / 2.0)),
        prop::option::of(a_decimal()),
    );
    let rest = (
        prop::option::of(any::<bool>()),
        prop::option::of(prop::sample::select(types())),
        prop::option::of((0_i64..4).prop_map(day)),
        prop::option::of((0_i64..3).prop_map(instant)),
        prop::option::of(0..PORTS.len()),
    );
    (a_text(), numbers, rest).prop_map(|(text, numbers, rest)| Ship {
        text: text.to_owned(),
        crew: numbers.0,
        distance: numbers.1,
        draught: numbers.2,
        beam: numbers.3,
        rate: numbers.4,
        active: rest.0,
        kind: rest.1,
        built: rest.2,
        seen: rest.3,
        home: rest.4,
    })
}

/// What the service compares of a text: neither case nor accents.
fn folded(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    use unicode_normalization::char::is_combining_mark;
    let plain: String = text.nfkd().filter(|letter| !is_combining_mark(*letter)).collect();
    plain.to_lowercase().trim_end().to_owned()
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

/// Compares as SQL does: with an empty column nothing is known.
fn compared<V: PartialOrd>(value: Option<&V>, operator: Operator, with: &V) -> Option<bool> {
    Some(operator.holds(value?.partial_cmp(with)?))
}

impl Condition {
    /// Whether it holds. `None`: unknown, as SQL has it.
    fn evaluate(&self, ship: &Ship) -> Option<bool> {
        let text = folded(&ship.text);
        let home = ship.home.map(|port| PORTS[port]);
        match self {
            Self::Text(operator, with) => compared(Some(&text), *operator, &folded(with)),
            Self::TextIn(texts) => Some(texts.iter().any(|one| folded(one) == text)),
            Self::TextHas(search, part) => Some(match search {
                Search::Contains => text.contains(&folded(part)),
                Search::StartsWith => text.starts_with(&folded(part)),
                Search::EndsWith => text.ends_with(&folded(part)),
            }),
            Self::Crew(operator, crew) => compared(ship.crew.as_ref(), *operator, crew),
            // An empty list is written as a condition that is never true, and whose opposite always is.
            Self::CrewIn(crews) if crews.is_empty() => Some(false),
            Self::CrewIn(crews) => Some(crews.contains(&ship.crew?)),
            Self::CrewBetween(from, to) => Some((from..=to).contains(&&ship.crew?)),
            Self::CrewIsNull(null) => Some(ship.crew.is_none() == *null),
            Self::Distance(operator, distance) => compared(ship.distance.as_ref(), *operator, distance),
            Self::Draught(operator, draught) => compared(ship.draught.as_ref(), *operator, draught),
            Self::Beam(operator, beam) => compared(ship.beam.as_ref(), *operator, beam),
            Self::Rate(operator, rate) => compared(ship.rate.as_ref(), *operator, rate),
            Self::Active(equal, active) => Some((ship.active? == *active) == *equal),
            Self::Kind(equal, kind) => Some((ship.kind? == *kind) == *equal),
            Self::KindIn(kinds) if kinds.is_empty() => Some(false),
            Self::KindIn(kinds) => Some(kinds.contains(&ship.kind?)),
            Self::Built(operator, built) => compared(ship.built.as_ref(), *operator, built),
            Self::BuiltIsNull(null) => Some(ship.built.is_none() == *null),
            Self::Seen(operator, seen) => compared(ship.seen.as_ref(), *operator, seen),
            Self::HomeIs(port) => Some(ship.home? == *port),
            Self::HomeName(operator, text) => compared(Some(&folded(home?.0)), *operator, &folded(text)),
            Self::HomeBerths(operator, berths) => compared(Some(&home?.2), *operator, berths),
            Self::And(a, b) => match (a.evaluate(ship), b.evaluate(ship)) {
                (Some(false), _) | (_, Some(false)) => Some(false),
                (Some(true), Some(true)) => Some(true),
                _ => None,
            },
            Self::Or(a, b) => match (a.evaluate(ship), b.evaluate(ship)) {
                (Some(true), _) | (_, Some(true)) => Some(true),
                (Some(false), Some(false)) => Some(false),
                _ => None,
            },
            Self::Not(a) => a.evaluate(ship).map(|holds| !holds),
        }
    }

    /// The same for the runtime.
    fn filter(&self, ports: &[Id<RskPort>]) -> Filter<RskVessel> {
        let v = &<RskVessel as Table>::COLUMNS;
        macro_rules! compare {
            ($column:expr, $operator:expr, $value:expr) => {
                match $operator {
                    Operator::Eq => $column.eq($value),
                    Operator::Ne => $column.ne($value),
                    Operator::Gt => $column.gt($value),
                    Operator::Ge => $column.ge($value),
                    Operator::Lt => $column.lt($value),
                    Operator::Le => $column.le($value),
                }
            };
        }
        match self {
            Self::Text(operator, value) => compare!(v.rsk_yardnumber, operator, value.to_owned()),
            Self::TextIn(values) => v
                .rsk_yardnumber
                .is_in(values.iter().map(|value| value.to_owned())),
            Self::TextHas(Search::Contains, value) => v.rsk_yardnumber.contains(*value),
            Self::TextHas(Search::StartsWith, value) => v.rsk_yardnumber.starts_with(*value),
            Self::TextHas(Search::EndsWith, value) => v.rsk_yardnumber.ends_with(*value),
            Self::Crew(operator, value) => compare!(v.rsk_crew, operator, *value),
            Self::CrewIn(values) => v.rsk_crew.is_in(values.iter().copied()),
            Self::CrewBetween(from, to) => v.rsk_crew.between(*from, *to),
            Self::CrewIsNull(true) => v.rsk_crew.is_null(),
            Self::CrewIsNull(false) => v.rsk_crew.is_not_null(),
            Self::Distance(operator, value) => compare!(v.rsk_distance, operator, *value),
            Self::Draught(operator, value) => compare!(v.rsk_draught, operator, *value),
            Self::Beam(operator, value) => compare!(v.rsk_beam, operator, *value),
            Self::Rate(operator, value) => compare!(v.rsk_dayrate, operator, Money::from(*value)),
            Self::Active(true, value) => v.rsk_active.eq(*value),
            Self::Active(false, value) => v.rsk_active.ne(*value),
            Self::Kind(true, value) => v.rsk_type.eq(Choice::new(*value)),
            Self::Kind(false, value) => v.rsk_type.ne(Choice::new(*value)),
            Self::KindIn(values) => v.rsk_type.is_in(values.iter().map(|value| Choice::new(*value))),
            Self::Built(operator, value) => compare!(v.rsk_built, operator, *value),
            Self::BuiltIsNull(true) => v.rsk_built.is_null(),
            Self::BuiltIsNull(false) => v.rsk_built.is_not_null(),
            Self::Seen(operator, value) => compare!(v.rsk_lastseen, operator, *value),
            Self::HomeIs(port) => v.rsk_homeportid.eq(ports[*port]),
            Self::HomeName(operator, value) => v
                .rsk_homeportid
                .to(|p| compare!(p.rsk_name, operator, value.to_owned())),
            Self::HomeBerths(operator, value) => {
                v.rsk_homeportid.to(|p| compare!(p.rsk_berths, operator, *value))
            }
            Self::And(a, b) => a.filter(ports) & b.filter(ports),
            Self::Or(a, b) => a.filter(ports) | b.filter(ports),
            Self::Not(a) => !a.filter(ports),
        }
    }
}

#[derive(Debug, Row)]
#[row(table = RskVessel)]
struct Found {
    rsk_imo: Option<String>,
}

/// Ships whose number is their place in the list.
async fn launch(office: &Office, ships: &[Ship]) -> Vec<Id<RskPort>> {
    let mut ports = Vec::new();
    for (name, code, berths) in PORTS {
        let port = office.port(name, code).await;
        office
            .client
            .update(port, |p| p.rsk_berths.set(berths))
            .await
            .unwrap();
        ports.push(port);
    }
    for (number, ship) in ships.iter().enumerate() {
        let ship = ship.clone();
        let new = office.client.create(RskVessel, |v| {
            incomplete((
                v.rsk_imo.set(format!("{number:07}")),
                v.rsk_yardnumber.set(ship.text),
                v.rsk_flagstate.set(RskFlagstate::Norway),
                v.rsk_crew.set_or_clear(ship.crew),
                v.rsk_distance.set_or_clear(ship.distance),
                v.rsk_draught.set_or_clear(ship.draught),
                v.rsk_beam.set_or_clear(ship.beam),
                (
                    v.rsk_dayrate.set_or_clear(ship.rate.map(Money::from)),
                    v.rsk_active.set_or_clear(ship.active),
                    v.rsk_type.set_or_clear(ship.kind.map(Choice::new)),
                    v.rsk_built.set_or_clear(ship.built),
                    v.rsk_lastseen.set_or_clear(ship.seen),
                ),
            ))
        });
        let id = new.await.unwrap();
        if let Some(home) = ship.home {
            let port = ports[home];
            office
                .client
                .update(id, |v| v.rsk_homeportid.bind(port))
                .await
                .unwrap();
        }
    }
    ports
}

#[test]
fn the_emulator_finds_what_memory_finds() {
    let tokio = tokio::runtime::Runtime::new().unwrap();
    let office = tokio.block_on(Office::open());
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let fleet = prop::collection::vec(ship(), 60)
        .new_tree(&mut runner)
        .unwrap()
        .current();
    let ports = tokio.block_on(launch(&office, &fleet));
    let check = |condition: Condition, descending: bool, size: u32| {
        let mut expected: Vec<(Option<i32>, String)> = fleet
            .iter()
            .enumerate()
            .filter(|(_, ship)| condition.evaluate(ship) == Some(true))
            .map(|(number, ship)| (ship.crew, format!("{number:07}")))
            .collect();
        // Empty columns come first, as in SQL Server; of equal ones the number decides.
        expected.sort_by(|a, b| {
            let crew = if descending { b.0.cmp(&a.0) } else { a.0.cmp(&b.0) };
            crew.then_with(|| a.1.cmp(&b.1))
        });
        let filter = condition.filter(&ports);
        let text = filter.to_string();
        let query = office.client.query::<Found>().filter(|_| filter).page_size(size);
        let query = match descending {
            true => query.order_by(|v| (v.rsk_crew.desc(), v.rsk_imo.asc())),
            false => query.order_by(|v| (v.rsk_crew.asc(), v.rsk_imo.asc())),
        };
        let found = tokio.block_on(query.all()).unwrap();
        let found: Vec<String> = found.into_iter().filter_map(|ship| ship.rsk_imo).collect();
        let expected: Vec<String> = expected.into_iter().map(|(_, number)| number).collect();
        prop_assert_eq!(found, expected, "{}", text);
        Ok(())
    };
    proptest!(ProptestConfig::with_cases(400), |(
        condition in condition(), descending in any::<bool>(), size in 1_u32..70
    )| check(condition, descending, size)?);
}
