//! FetchXML against OData: random conditions over random rows, said in both languages. What OData finds is held against a
//! plain evaluation elsewhere.

use super::super::fixture::{escape, names};
use super::super::same::{COLUMNS, Cond, Val, condition, filter, listed, shown, vessel, world};
use super::{url, vessels};
use proptest::prelude::*;

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}

fn text(val: &Val) -> String {
    match val {
        Val::Text(text) => text.clone(),
        Val::Options(list) => listed(list),
        other => shown(other),
    }
}

fn one(attribute: &str, operator: &str, value: &str) -> String {
    format!(
        "<condition attribute='{attribute}' operator='{operator}' value=\"{}\"/>",
        escaped(value)
    )
}

fn several(attribute: &str, operator: &str, values: &[String]) -> String {
    let values: String = values
        .iter()
        .map(|value| format!("<value>{}</value>", escaped(value)))
        .collect();
    format!("<condition attribute='{attribute}' operator='{operator}'>{values}</condition>")
}

fn all(parts: &[String]) -> String {
    format!("<filter type='and'>{}</filter>", parts.concat())
}

fn any_of(parts: &[String]) -> String {
    format!("<filter type='or'>{}</filter>", parts.concat())
}

/// To OData, rows without a value are neither equal nor unequal; to FetchXML they are unequal.
fn valued(attribute: &str, condition: String) -> String {
    let there = format!("<condition attribute='{attribute}' operator='not-null'/>");
    all(&[condition, there])
}

fn compared(attribute: &str, operator: &str, value: &str) -> String {
    let condition = one(attribute, operator, value);
    if operator == "ne" {
        valued(attribute, condition)
    } else {
        condition
    }
}

fn opposite(operator: &str) -> &'static str {
    match operator {
        "eq" => "ne",
        "ne" => "eq",
        "gt" => "le",
        "ge" => "lt",
        "lt" => "ge",
        _ => "gt",
    }
}

fn linked(kind: &str, table: &str, from: &str, to: &str, condition: &str) -> String {
    format!(
        "<link-entity name='{table}' from='{from}' to='{to}' link-type='{kind}'><filter>{condition}</filter></link-entity>"
    )
}

/// A condition, or its negation: FetchXML has no `not`.
fn said(cond: &Cond, negated: bool) -> String {
    let turned = |operator: &'static str| if negated { opposite(operator) } else { operator };
    let chain = |parts: &[Cond], is_and: bool| {
        let parts: Vec<String> = parts.iter().map(|part| said(part, negated)).collect();
        if is_and != negated {
            all(&parts)
        } else {
            any_of(&parts)
        }
    };
    match cond {
        Cond::And(parts) => chain(parts, true),
        Cond::Or(parts) => chain(parts, false),
        Cond::Not(inner) => said(inner, !negated),
        Cond::Compare(at, operator, val, _) => compared(COLUMNS[*at].0, turned(operator), &text(val)),
        Cond::Columns(a, operator, b) => {
            let column = |operator: &str| {
                format!(
                    "<condition attribute='{}' operator='{operator}' valueof='{}'/>",
                    COLUMNS[*a].0, COLUMNS[*b].0
                )
            };
            match turned(operator) {
                "ne" => any_of(&[column("lt"), column("gt")]),
                operator => column(operator),
            }
        }
        Cond::Null(at, is) => {
            let operator = if *is != negated { "null" } else { "not-null" };
            format!(
                "<condition attribute='{}' operator='{operator}'/>",
                COLUMNS[*at].0
            )
        }
        Cond::Like(function, at, pattern) => {
            let column = COLUMNS[*at].0;
            let (operator, pattern) = match (*function, negated) {
                ("contains", false) => ("like", format!("%{pattern}%")),
                ("contains", true) => ("not-like", format!("%{pattern}%")),
                ("startswith", false) => ("begins-with", pattern.clone()),
                ("startswith", true) => ("not-begin-with", pattern.clone()),
                (_, false) => ("ends-with", pattern.clone()),
                (_, true) => ("not-end-with", pattern.clone()),
            };
            let condition = one(column, operator, &pattern);
            if negated {
                valued(column, condition)
            } else {
                condition
            }
        }
        Cond::In(at, list, not) => {
            let operator = if *not != negated { "not-in" } else { "in" };
            several(
                COLUMNS[*at].0,
                operator,
                &list.iter().map(text).collect::<Vec<_>>(),
            )
        }
        Cond::Between(at, from, to, not) => {
            let operator = if *not != negated { "not-between" } else { "between" };
            several(COLUMNS[*at].0, operator, &[text(from), text(to)])
        }
        Cond::Contain(list, not) => {
            let operator = if *not != negated {
                "not-contain-values"
            } else {
                "contain-values"
            };
            several(
                "rsk_features",
                operator,
                &list.iter().map(ToString::to_string).collect::<Vec<_>>(),
            )
        }
        Cond::Port(operator, val) => linked(
            "any",
            "rsk_port",
            "rsk_portid",
            "rsk_homeportid",
            &compared("rsk_name", turned(operator), &text(val)),
        ),
        // All are like that if none is otherwise.
        Cond::Scores(of_all, operator, score) => linked(
            if *of_all != negated { "not any" } else { "any" },
            "rsk_inspection",
            "rsk_vesselid",
            "rsk_vesselid",
            &compared(
                "rsk_score",
                if *of_all { opposite(operator) } else { operator },
                &score.to_string(),
            ),
        ),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn both_languages_find_the_same_rows_in_the_same_order(
        rows in prop::collection::vec(vessel(), 1..100),
        queries in prop::collection::vec((condition(), prop::collection::vec((0_usize..11, any::<bool>()), 0..3)), 12),
    ) {
        let world = world(&rows);
        for (cond, orders) in &queries {
            let by: Vec<String> = orders.iter().map(|(at, down)| format!("{}{}", COLUMNS[*at].0, if *down { " desc" } else { "" })).collect();
            let by = if by.is_empty() { String::new() } else { format!("&$orderby={}", escape(&by.join(","))) };
            let text = filter(cond);
            let expected = names(&world.json(&format!("rsk_vessels?$select=rsk_name&$filter={}{by}", escape(&text))));
            let order: String = orders.iter().map(|(at, down)| format!("<order attribute='{}' descending='{down}'/>", COLUMNS[*at].0)).collect();
            let xml = vessels(&format!("<attribute name='rsk_name'/>{order}<filter>{}</filter>", said(cond, false)));
            prop_assert_eq!(names(&world.json(&url("rsk_vessels", &xml))), expected, "{} {} {}", text, by, xml);
        }
    }
}
