//! What a row asks the service for, as text.

use crate::message::{Origin, Request};
use crate::row::Part;
use crate::{Row, Table};
use http::{HeaderValue, Method};

/// The value of `$select` for rows of type `R`: `name,_primarycontactid_value`.
///
/// A row without columns of its own still selects the primary id, because without `$select` all columns would come.
pub fn select<R: Row>() -> String {
    selected(R::PARTS, R::Table::META.primary_id)
}

/// The value of `$expand` for rows of type `R`: `primarycontactid($select=fullname)`. `None`: nothing is expanded.
pub fn expand<R: Row>() -> Option<String> {
    expanded(R::PARTS)
}

/// The annotations that rows of type `R` need, as the value of the preference `odata.include-annotations`.
pub fn annotations<R: Row>() -> Option<String> {
    let mut wanted = Vec::new();
    if any(R::PARTS, |part| matches!(part, Part::Formatted { .. })) {
        wanted.push(FORMATTED);
    }
    if any(R::PARTS, |part| matches!(part, Part::Column { target: true, .. })) {
        wanted.push(TARGET);
    }
    (!wanted.is_empty()).then(|| wanted.join(","))
}

/// The options of a URL that reads rows of type `R`: `$select` and `$expand`.
pub(crate) fn options<R: Row>() -> String {
    let mut options = format!("$select={}", select::<R>());
    if let Some(expand) = expand::<R>() {
        options.push_str("&$expand=");
        options.push_str(&expand);
    }
    options
}

/// The preference for the annotations that rows of type `R` need.
pub(crate) fn preference<R: Row>() -> Option<HeaderValue> {
    let names = annotations::<R>()?;
    HeaderValue::from_str(&format!("odata.include-annotations=\"{names}\"")).ok()
}

/// The request that reads the row at this path into an `R`.
pub(crate) fn retrieval<R: Row>(row: &str) -> Request {
    let origin = Origin {
        operation: "retrieve",
        table: Some(R::Table::META.logical_name),
    };
    let request = Request::new(Method::GET, format!("{row}?{}", options::<R>()), origin);
    preference::<R>().into_iter().fold(request, Request::prefer)
}

/// The annotation that holds what people see.
pub const FORMATTED: &str = "OData.Community.Display.V1.FormattedValue";
/// The annotation that holds the logical name of the table that a lookup refers to.
pub const TARGET: &str = "Microsoft.Dynamics.CRM.lookuplogicalname";

fn selected(parts: &[Part], primary_id: &str) -> String {
    let mut properties: Vec<&str> = Vec::new();
    for part in parts {
        if let Part::Column { property, .. } | Part::Formatted { property } = part
            && !properties.contains(property)
        {
            properties.push(property);
        }
    }
    if properties.is_empty() {
        primary_id.to_owned()
    } else {
        properties.join(",")
    }
}

fn expanded(parts: &[Part]) -> Option<String> {
    let mut items = Vec::new();
    for part in parts {
        if let Part::Expand {
            navigation,
            primary_id,
            parts,
        } = part
        {
            let inner = expanded(parts)
                .map(|inner| format!(";$expand={inner}"))
                .unwrap_or_default();
            items.push(format!(
                "{navigation}($select={}{inner})",
                selected(parts, primary_id)
            ));
        }
    }
    (!items.is_empty()).then(|| items.join(","))
}

fn any(parts: &[Part], wanted: fn(&Part) -> bool) -> bool {
    parts
        .iter()
        .any(|part| wanted(part) || matches!(part, Part::Expand { parts, .. } if any(parts, wanted)))
}
