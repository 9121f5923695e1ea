//! Conditions held against rows in memory, by a reading of their own.

use super::same::{Cond, PORTS, Val, Vessel, listed};
use rust_decimal::Decimal;
use std::cmp::Ordering;

/// Without case and accents.
fn plain(text: &str) -> String {
    text.to_lowercase().replace('ä', "a")
}

pub(super) fn order(one: &Val, other: &Val) -> Ordering {
    match (one, other) {
        (Val::Text(one), Val::Text(other)) => plain(one).cmp(&plain(other)),
        (Val::Number(one), Val::Number(other)) => one.cmp(other),
        (Val::Flag(one), Val::Flag(other)) => one.cmp(other),
        (Val::Other(one), Val::Other(other)) => one.cmp(other),
        (Val::Options(one), Val::Options(other)) => listed(one).cmp(&listed(other)),
        _ => panic!("{one:?} {other:?}"),
    }
}

fn compare(one: Option<&Val>, op: &str, other: Option<&Val>) -> Option<bool> {
    let order = order(one?, other?);
    Some(match op {
        "eq" => order.is_eq(),
        "ne" => order.is_ne(),
        "gt" => order.is_gt(),
        "ge" => order.is_ge(),
        "lt" => order.is_lt(),
        _ => order.is_le(),
    })
}

fn like(pattern: &[char], text: &[char]) -> bool {
    match pattern.split_first() {
        None => text.is_empty(),
        Some(('%', rest)) => (0..=text.len()).any(|at| like(rest, &text[at..])),
        Some((c, rest)) => text.first().is_some_and(|t| *c == '_' || c == t) && like(rest, &text[1..]),
    }
}

fn negate(value: Option<bool>, not: bool) -> Option<bool> {
    value.map(|value| value != not)
}

/// Whether a condition holds: true, false, or neither.
pub(super) fn holds(cond: &Cond, vessel: &Vessel) -> Option<bool> {
    let value = |at: usize| vessel.values[at].as_ref();
    let chain = |all: &[Cond], decides: bool| {
        let results: Vec<Option<bool>> = all.iter().map(|cond| holds(cond, vessel)).collect();
        if results.contains(&Some(decides)) {
            return Some(decides);
        }
        (!results.contains(&None)).then_some(!decides)
    };
    match cond {
        Cond::And(all) => chain(all, false),
        Cond::Or(all) => chain(all, true),
        Cond::Not(inner) => negate(holds(inner, vessel), true),
        Cond::Compare(at, op, val, _) => compare(value(*at), op, Some(val)),
        Cond::Columns(a, op, b) => compare(value(*a), op, value(*b)),
        Cond::Null(at, is) => Some(value(*at).is_none() == *is),
        Cond::Like(function, at, text) => {
            let Some(Val::Text(value)) = value(*at) else {
                return None;
            };
            let pattern = match *function {
                "contains" => format!("%{text}%"),
                "startswith" => format!("{text}%"),
                _ => format!("%{text}"),
            };
            let chars = |text: &str| plain(text).chars().collect::<Vec<_>>();
            Some(like(&chars(&pattern), &chars(value)))
        }
        Cond::In(at, list, not) => {
            let value = value(*at)?;
            negate(Some(list.iter().any(|val| order(value, val).is_eq())), *not)
        }
        Cond::Between(at, from, to, not) => {
            let value = value(*at)?;
            negate(Some(order(value, from).is_ge() && order(value, to).is_le()), *not)
        }
        Cond::Contain(list, not) => match value(11) {
            Some(Val::Options(own)) => Some(own.iter().any(|value| list.contains(value)) != *not),
            _ => not.then_some(true),
        },
        Cond::Port(op, val) => {
            let name = vessel
                .port
                .and_then(|port| PORTS[port])
                .map(|name| Val::Text(name.to_owned()));
            compare(name.as_ref(), op, Some(val))
        }
        Cond::Scores(all, op, score) => {
            let other = Val::Number(Decimal::from(*score));
            let mut results = vessel
                .scores
                .iter()
                .map(|score| compare(Some(&Val::Number(Decimal::from(*score))), op, Some(&other)));
            Some(if *all {
                results.all(|result| result == Some(true))
            } else {
                results.any(|result| result == Some(true))
            })
        }
    }
}
