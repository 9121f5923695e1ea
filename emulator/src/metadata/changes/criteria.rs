//! Which definitions a query's criteria let through.

use super::query::{Condition, Criteria, Operator, Typed};
use crate::Fault;
use crate::metadata::condition::Plain;
use crate::metadata::node::Node;
use serde_json::Value as Json;
use std::cmp::Ordering;

/// How deep filters may nest.
const DEEPEST: usize = 32;

/// Whether a definition fits.
///
/// # Errors
/// If the criteria name what definitions don't have, or compare what can't be compared.
pub(super) fn fits(criteria: Option<&Criteria>, node: &Node<'_>) -> Result<bool, Fault> {
    criteria.map_or(Ok(true), |criteria| within(criteria, node, 0))
}

fn within(criteria: &Criteria, node: &Node<'_>, depth: usize) -> Result<bool, Fault> {
    if depth == DEEPEST {
        return Err(Fault::bad_query(
            "The filters of the parameter 'Query' nest too deeply.",
        ));
    }
    let conditions = criteria
        .conditions
        .iter()
        .flatten()
        .map(|condition| holds(condition, node));
    let filters = criteria
        .filters
        .iter()
        .flatten()
        .map(|filter| within(filter, node, depth + 1));
    // Every condition is looked at: what is wrong is refused whatever the data.
    let results = conditions.chain(filters).collect::<Result<Vec<bool>, _>>()?;
    Ok(if criteria.any()? && !results.is_empty() {
        results.contains(&true)
    } else {
        !results.contains(&false)
    })
}

fn holds(condition: &Condition, node: &Node<'_>) -> Result<bool, Fault> {
    let name = condition.property_name.as_str();
    let found = match name {
        "MetadataId" => Plain::Text(node.id.to_string()),
        _ => match node.member(name) {
            // Columns of other types have other properties.
            None if node.ty.ends_with("AttributeMetadata") || node.ty.ends_with("RelationshipMetadata") => {
                Plain::Null
            }
            None => return Err(refused(name)),
            Some(value) => Plain::of(value).ok_or_else(|| refused(name))?,
        },
    };
    let operator = condition.operator()?;
    let values = values(condition.value.as_ref(), &found)?;
    let one = || values.first().unwrap_or(&Plain::Null);
    let same = |value: &Plain| *value == found;
    Ok(match operator {
        Operator::Equals => same(one()),
        Operator::NotEquals => !same(one()),
        Operator::In => values.iter().any(same),
        Operator::NotIn => !values.iter().any(same),
        Operator::GreaterThan => found.compare(one()) == Some(Ordering::Greater),
        Operator::LessThan => found.compare(one()) == Some(Ordering::Less),
    })
}

fn refused(name: &str) -> Fault {
    Fault::bad_query(format!(
        "The property '{}' of the parameter 'Query' can't be used in a condition.",
        name.chars().take(100).collect::<String>()
    ))
}

/// The values of a condition, in the property's type. Lists come as JSON, or as text with JSON or commas in it.
fn values(typed: Option<&Typed>, like: &Plain) -> Result<Vec<Plain>, Fault> {
    let Some(typed) = typed else {
        return Ok(vec![Plain::Null]);
    };
    let list = typed.ty.as_deref().is_some_and(|ty| ty.ends_with("[]"));
    match &typed.value {
        Some(Json::Array(values)) => values.iter().map(|value| plain(value, like)).collect(),
        Some(Json::String(text)) if list => match serde_json::from_str::<Vec<Json>>(text) {
            Ok(values) => values.iter().map(|value| plain(value, like)).collect(),
            Err(_) => text
                .split(',')
                .map(|part| Ok(parsed(part.trim(), like)))
                .collect(),
        },
        Some(value) => Ok(vec![plain(value, like)?]),
        None => Ok(vec![Plain::Null]),
    }
}

fn plain(value: &Json, like: &Plain) -> Result<Plain, Fault> {
    Ok(match value {
        Json::Null => Plain::Null,
        Json::Bool(flag) => Plain::Bool(*flag),
        Json::Number(number) => number.as_f64().map_or(Plain::Null, Plain::Number),
        Json::String(text) => parsed(text, like),
        Json::Array(_) | Json::Object(_) => {
            return Err(Fault::bad_query(
                "A value of the parameter 'Query' is no single value.",
            ));
        }
    })
}

/// Values are texts, whatever their type: the property says how to read them.
fn parsed(text: &str, like: &Plain) -> Plain {
    match like {
        Plain::Bool(_) => match text.to_ascii_lowercase().as_str() {
            "true" | "1" => Plain::Bool(true),
            "false" | "0" => Plain::Bool(false),
            _ => Plain::Null,
        },
        Plain::Number(_) => text.parse().map_or(Plain::Null, Plain::Number),
        Plain::Null | Plain::Text(_) if text.is_empty() => Plain::Text(String::new()),
        Plain::Null | Plain::Text(_) => Plain::Text(text.to_owned()),
    }
}
