//! `EntityDefinitions`, `GlobalOptionSetDefinitions`, `RelationshipDefinitions` and all below them.

use super::address::{Address, Found, not_found};
use super::catalog::Catalog;
use super::condition::Condition;
use super::describe::describe;
use super::item::Item;
use super::json::Json;
use super::node::Value;
use super::reply;
use super::shape::{Expand, Place, Shape, is_of_table, members};
use super::types;
use crate::odata::{Aliases, Expands, Expression, Options, Request, Select};
use crate::{Answer, Call, Fault};

/// The options that a request for definitions may have.
const KNOWN: [&str; 4] = ["$select", "$filter", "$expand", "$count"];

/// Answers a request for definitions. There are no pages: everything is in one answer, as the service has it.
pub(super) fn answer<'s>(catalog: Catalog<'s>, call: &Call, request: &Request) -> Result<Answer, Fault> {
    let options = &request.options;
    for (name, _) in options.iter().filter(|(name, _)| name.starts_with('$')) {
        if !KNOWN.contains(&name) {
            return Err(Fault::bad_query(format!(
                "The query parameter {name} is not supported for definitions."
            )));
        }
    }
    let address = Address::resolve(catalog, &request.resource.segments, &options.aliases)?;
    let shape = shape(options, address.declared)?;
    let filter = options
        .get("$filter")
        .map(Expression::parse)
        .transpose()?
        .map(|expression| Condition::new(expression, &options.aliases));
    let path = address.context();
    let context = |selected: &str, tail: &str| format!("{}$metadata#{}{selected}{tail}", call.root, path);
    let mut json = Json::new(catalog.language);
    json.raw("{\"@odata.context\":");
    match address.found {
        Found::Many(items) => {
            json.text(&context(&selected(&shape), ""));
            let items = wanted(catalog, items, filter.as_ref())?;
            if options.get("$count").is_some_and(|count| count == "true") {
                json.raw(&format!(",\"@odata.count\":{}", items.len()));
            }
            json.raw(",\"value\":");
            write_all(&mut json, catalog, &items, &shape, address.declared)?;
        }
        Found::One(Some(item)) => {
            refuse_filter(filter.as_ref())?;
            shape.check(&describe(catalog, item))?;
            json.text(&context(&selected(&shape), "/$entity"));
            json.comma();
            let place = Place {
                declared: address.declared,
                id_first: !shape.expand.is_empty(),
            };
            members(&mut json, catalog, item, &shape, place)?;
        }
        Found::One(None) => return Err(not_found(address.declared, "there")),
        Found::Property(name, value) => {
            refuse_filter(filter.as_ref())?;
            json.text(&context("", &format!("/{name}")));
            property(&mut json, &value);
        }
        Found::Count(count) => {
            return Ok(reply::text(count.to_string()));
        }
    }
    json.close('}');
    Ok(reply::json(json.finish()))
}

fn refuse_filter(filter: Option<&Condition>) -> Result<(), Fault> {
    match filter {
        None => Ok(()),
        Some(_) => Err(Fault::bad_query(
            "The query option $filter can only be applied to collections.",
        )),
    }
}

/// A property by itself: simple ones and collections as `value`, complex ones by their members.
fn property(json: &mut Json, value: &Value<'_>) {
    if let Value::Object(members) = value {
        json.comma();
        for (name, value) in members {
            json.member(name, value);
        }
    } else {
        json.raw(",\"value\":");
        json.value(value);
    }
}

fn wanted<'s>(
    catalog: Catalog<'s>,
    items: Vec<Item<'s>>,
    filter: Option<&Condition>,
) -> Result<Vec<Item<'s>>, Fault> {
    let Some(filter) = filter else { return Ok(items) };
    let mut wanted = Vec::new();
    for item in items {
        if filter.holds(&describe(catalog, item))? {
            wanted.push(item);
        }
    }
    Ok(wanted)
}

fn write_all<'s>(
    json: &mut Json,
    catalog: Catalog<'s>,
    items: &[Item<'s>],
    shape: &Shape,
    declared: &'static str,
) -> Result<(), Fault> {
    let place = Place {
        declared,
        id_first: !shape.expand.is_empty(),
    };
    json.open('[');
    for item in items {
        json.open('{');
        members(json, catalog, *item, shape, place)?;
        json.close('}');
        json.comma();
    }
    json.close(']');
    Ok(())
}

/// What `$select` and `$expand` ask for.
fn shape(options: &Options, declared: &'static str) -> Result<Shape, Fault> {
    let select = options.get("$select").map(Select::parse).transpose()?;
    let expands = options.get("$expand").map(Expands::parse).transpose()?;
    let shape = Shape {
        select: select.map(|select| select.0),
        expand: expands.map_or(Ok(Vec::new()), |expands| {
            expand_all(&expands, declared, &options.aliases, 0)
        })?,
    };
    for name in shape.select.iter().flatten() {
        if !types::has_property(declared, name) {
            return Err(super::shape::no_property(name, declared));
        }
    }
    Ok(shape)
}

/// How deep definitions may be expanded: a table's columns, their choices.
const DEEPEST: usize = 2;

fn expand_all(
    expands: &Expands,
    declared: &str,
    aliases: &Aliases,
    depth: usize,
) -> Result<Vec<Expand>, Fault> {
    if depth == DEEPEST {
        return Err(Fault::bad_query("Definitions are expanded by one level."));
    }
    let mut all = Vec::new();
    for expand in &expands.0 {
        let known = types::has_navigation(declared, &expand.navigation);
        if !known {
            return Err(super::shape::no_property(&expand.navigation, declared));
        }
        if expand.reference || expand.order_by.is_some() || expand.top.is_some() {
            return Err(Fault::unsupported(
                "$ref, $orderby and $top in $expand of definitions",
            ));
        }
        if expand.filter.is_some() && !is_of_table(&expand.navigation) {
            return Err(Fault::bad_query(
                "The query option $filter can only be applied to collections.",
            ));
        }
        let inner = super::shape::declared(&expand.navigation);
        all.push(Expand {
            name: expand.navigation.clone(),
            shape: Shape {
                select: expand.select.as_ref().map(|select| select.0.clone()),
                expand: expand_all(&expand.expand, inner, aliases, depth + 1)?,
            },
            filter: expand
                .filter
                .clone()
                .map(|filter| Condition::new(filter, aliases)),
        });
    }
    Ok(all)
}

/// What is selected, as contexts show it: `(LogicalName,OptionSet())`.
fn selected(shape: &Shape) -> String {
    let inner = |expand: &Expand| {
        let of = selected(&expand.shape);
        format!("{}{}", expand.name, if of.is_empty() { "()" } else { &of })
    };
    let names = shape.select.iter().flatten().cloned();
    let all: Vec<String> = names.chain(shape.expand.iter().map(inner)).collect();
    if all.is_empty() {
        String::new()
    } else {
        format!("({})", all.join(","))
    }
}
