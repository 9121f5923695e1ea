//! FetchXML: by example, against the OData queries of the same meaning, and against loops over the same rows.

mod groups;
mod links;
mod operators;
mod pages;
mod refusals;
mod rows;
mod same;

use super::fixture::{World, escape, names, shared};
use crate::Fault;
use serde_json::Value;

/// The id of the row with this number, as it is written.
fn id(number: u128) -> String {
    super::fixture::id(number).to_string()
}

/// The address of a document whose root is a table with this entity set.
fn url(set: &str, xml: &str) -> String {
    format!("{set}?fetchXml={}", escape(xml))
}

/// A document about vessels.
fn vessels(inner: &str) -> String {
    format!("<fetch><entity name='rsk_vessel'>{inner}</entity></fetch>")
}

/// What a document about vessels finds in the shared fleet.
#[track_caller]
fn found(xml: &str) -> Value {
    shared().json(&url("rsk_vessels", xml))
}

/// The names of the vessels that a filter finds, in the order of their ids.
#[track_caller]
fn named(filter: &str) -> Vec<String> {
    names(&found(&vessels(&format!(
        "<attribute name='rsk_name'/><filter>{filter}</filter>"
    ))))
}

fn refused(xml: &str) -> Fault {
    shared().refused(&url("rsk_vessels", xml))
}

/// The rows of an answer, without their etags.
fn rows(mut answer: Value) -> Vec<Value> {
    let Value::Array(mut rows) = answer["value"].take() else {
        panic!("{answer}");
    };
    for row in &mut rows {
        row.as_object_mut().unwrap().remove("@odata.etag");
    }
    rows
}

fn json_with(world: &World, set: &str, xml: &str, annotations: &str) -> Value {
    let prefer = format!("odata.include-annotations=\"{annotations}\"");
    world.json_with(&url(set, xml), &[("prefer", &prefer)])
}
