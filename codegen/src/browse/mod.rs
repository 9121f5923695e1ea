//! A schema as a page to look at: tables, columns, choices, keys and relationships as diagrams, with search.
//!
//! The page is one file that needs nothing beside it. It holds the schema as compact JSON and makes what is looked at from
//! it, so that an environment of thousands of tables opens as quickly as a small one.

mod data;
mod facets;

use crate::page::{Page, page};
use crate::schema::Schema;

/// The page of a schema, with its labels in the given language (LCID) first.
///
/// ```
/// let schema = dataverse_codegen::schema::Schema::default();
/// let page = dataverse_codegen::browse::html("dev", &schema, 1033);
/// assert!(page.starts_with("<!doctype html>"));
/// ```
#[must_use]
pub fn html(name: &str, schema: &Schema, language: u32) -> String {
    let json = data::json(name, schema, language);
    page(&Page {
        title: "Schema",
        style: include_str!("browse.css"),
        script: concat!(include_str!("browse.js"), include_str!("diagram.js")),
        data: &[("schema", &json)],
    })
}
