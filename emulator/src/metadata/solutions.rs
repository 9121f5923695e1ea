//! `solutioncomponents`: which tables belong to which solutions. Answered here only where the schema doesn't hold the table
//! itself, since then there are no rows of it.

use super::address;
use super::catalog::Catalog;
use super::condition::Condition;
use super::ids;
use super::item::Item;
use super::json::Json;
use super::node::{Node, Value};
use super::reply;
use super::shape::no_property;
use crate::odata::{Expands, Expression, Request, Select};
use crate::{Answer, Call, Fault};
use std::borrow::Cow;

/// `componenttype` of a table.
const TABLE: i64 = 1;

const COLUMNS: [&str; 5] = [
    "solutioncomponentid",
    "objectid",
    "componenttype",
    "rootcomponentbehavior",
    "_solutionid_value",
];

/// Answers `GET solutioncomponents`.
pub(super) fn answer(catalog: Catalog<'_>, call: &Call, request: &Request) -> Result<Answer, Fault> {
    address::end(&request.resource.segments[1..])?;
    let options = &request.options;
    for (name, _) in options.iter().filter(|(name, _)| name.starts_with('$')) {
        if !["$select", "$filter", "$expand"].contains(&name) {
            return Err(Fault::unsupported(&format!("{name} of solution components")));
        }
    }
    let select = options.get("$select").map(Select::parse).transpose()?;
    let wanted = |name: &str| {
        select
            .as_ref()
            .is_none_or(|select| select.0.iter().any(|of| of == name))
    };
    for name in select.iter().flat_map(|select| &select.0) {
        if !COLUMNS.contains(&name.as_str()) {
            return Err(no_property(name, "solutioncomponent"));
        }
    }
    let expands = options.get("$expand").map(Expands::parse).transpose()?;
    let solution = expands.iter().flat_map(|expands| &expands.0).next();
    if let Some(other) = solution.filter(|of| of.navigation != "solutionid") {
        return Err(no_property(&other.navigation, "solutioncomponent"));
    }
    let filter = options.get("$filter").map(Expression::parse).transpose()?;
    let filter = filter.map(|filter| Condition::new(filter, &options.aliases));
    let mut json = Json::new(catalog.language);
    json.raw("{\"@odata.context\":");
    json.text(&format!("{}$metadata#solutioncomponents", call.root));
    json.raw(",\"value\":[");
    for node in components(catalog) {
        if let Some(filter) = &filter
            && !filter.holds(&node)?
        {
            continue;
        }
        json.open('{');
        json.raw("\"@odata.etag\":\"W/\\\"1\\\"\",");
        for (name, value) in node.members.iter().filter(|(name, _)| wanted(name)) {
            if *name != "solutionid" {
                json.member(name, value);
            }
        }
        if solution.is_some() {
            let value = node.member("solutionid").unwrap_or(&Value::Null);
            json.member("solutionid", value);
        }
        json.close('}');
        json.comma();
    }
    json.close(']');
    json.raw("}");
    Ok(reply::json(json.finish()))
}

/// One row for each table of each solution.
fn components(catalog: Catalog<'_>) -> impl Iterator<Item = Node<'_>> {
    let tables = catalog.model.schema().tables.values();
    tables.flat_map(|table| {
        table.solutions.iter().map(move |solution| {
            let id = ids::id("solution", &[solution]);
            let uniquename = Value::Text(Cow::Borrowed(solution.as_str()));
            let component = ids::id("solutioncomponent", &[solution, &table.name]);
            Node {
                ty: "solutioncomponent",
                id: component,
                first: 0,
                members: vec![
                    ("solutioncomponentid", Value::Id(component)),
                    ("objectid", Value::Id(Item::Table(table).id())),
                    ("componenttype", Value::Int(TABLE)),
                    ("rootcomponentbehavior", Value::Int(0)),
                    ("_solutionid_value", Value::Id(id)),
                    (
                        "solutionid",
                        Value::Object(vec![
                            ("solutionid", Value::Id(id)),
                            ("uniquename", uniquename.clone()),
                            ("friendlyname", uniquename),
                        ]),
                    ),
                ],
            }
        })
    })
}
