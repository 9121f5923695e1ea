//! What a row asks the service for, as text.

use crate::message::{Origin, Request};
use crate::query::Expanded;
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
    expanded(R::PARTS, &[])
}

/// The annotations that rows of type `R` need, as the value of the preference `odata.include-annotations`.
pub fn annotations<R: Row>() -> Option<String> {
    let wanted = annotations_of(R::PARTS);
    (!wanted.is_empty()).then(|| wanted.join(","))
}

/// The names of the annotations that these parts need.
pub(crate) fn annotations_of(parts: &[Part]) -> Vec<&'static str> {
    let mut wanted = Vec::new();
    if any(parts, |part| {
        matches!(part, Part::Formatted { .. } | Part::Alias { formatted: true, .. })
    }) {
        wanted.push(FORMATTED);
    }
    if any(parts, |part| {
        matches!(
            part,
            Part::Column { target: true, .. } | Part::Target { .. } | Part::Alias { target: true, .. }
        )
    }) {
        wanted.push(TARGET);
    }
    wanted
}

/// The options of a URL that reads rows of type `R`: `$select` and `$expand`.
pub(crate) fn options<R: Row>() -> String {
    options_with(&select::<R>(), expand::<R>())
}

/// The options of a URL with this `$select` and `$expand`.
pub(crate) fn options_with(select: &str, expand: Option<String>) -> String {
    let mut options = format!("$select={select}");
    if let Some(expand) = expand {
        options.push_str("&$expand=");
        options.push_str(&expand);
    }
    options
}

/// The preference for the annotations that rows of type `R` need.
pub(crate) fn preference<R: Row>() -> Option<HeaderValue> {
    annotations::<R>().as_deref().and_then(including)
}

/// The preference for these annotations.
pub(crate) fn including(annotations: &str) -> Option<HeaderValue> {
    HeaderValue::from_str(&format!("odata.include-annotations=\"{annotations}\"")).ok()
}

/// The request that reads the row at this path into an `R`.
pub(crate) fn retrieval<R: Row>(row: &str) -> Request {
    let table = R::Table::META.logical_name;
    retrieval_of(row, table, &options::<R>(), preference::<R>())
}

pub(crate) fn retrieval_origin(table: &'static str) -> Origin {
    Origin {
        operation: "retrieve",
        table: Some(table),
    }
}

/// The request that reads these options of the row at this path.
pub(crate) fn retrieval_of(
    row: &str,
    table: &'static str,
    options: &str,
    preference: Option<HeaderValue>,
) -> Request {
    let request = Request::new(Method::GET, format!("{row}?{options}"), retrieval_origin(table));
    preference.into_iter().fold(request, Request::prefer)
}

/// The annotation that holds what people see.
pub const FORMATTED: &str = "OData.Community.Display.V1.FormattedValue";
/// The annotation that holds the logical name of the table that a lookup refers to.
pub const TARGET: &str = "Microsoft.Dynamics.CRM.lookuplogicalname";

/// The property that holds the currency of a row's amounts.
pub const CURRENCY: &str = "_transactioncurrencyid_value";

pub(crate) fn selected(parts: &[Part], primary_id: &str) -> String {
    let mut properties: Vec<&str> = Vec::new();
    for part in parts {
        if let Part::Column { property, .. } | Part::Formatted { property } | Part::Target { property } = part
            && !properties.contains(property)
        {
            properties.push(property);
        }
    }
    // An amount's currency is the row's.
    let needs_currency = parts
        .iter()
        .any(|part| matches!(part, Part::Column { currency: true, .. }));
    if needs_currency && !properties.contains(&CURRENCY) {
        properties.push(CURRENCY);
    }
    if properties.is_empty() {
        primary_id.to_owned()
    } else {
        properties.join(",")
    }
}

/// The value of `$expand` for these parts, with what is said about some of them.
pub(crate) fn expanded(parts: &[Part], said: &[Expanded]) -> Option<String> {
    let mut items = Vec::new();
    for part in parts {
        if let Part::Expand {
            navigation,
            primary_id,
            parts,
            ..
        } = part
        {
            let said = said.iter().find(|said| said.navigation == *navigation);
            let options = said.map(Expanded::options).unwrap_or_default();
            let inner = expanded(parts, said.map_or(&[], |said| &said.inner))
                .map(|inner| format!(";$expand={inner}"))
                .unwrap_or_default();
            items.push(format!(
                "{navigation}($select={}{options}{inner})",
                selected(parts, primary_id)
            ));
        }
    }
    (!items.is_empty()).then(|| items.join(","))
}

fn any(parts: &[Part], wanted: fn(&Part) -> bool) -> bool {
    parts.iter().any(|part| {
        wanted(part)
            || matches!(part, Part::Expand { parts, .. } | Part::Link { parts, .. } if any(parts, wanted))
    })
}
