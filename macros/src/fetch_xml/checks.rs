//! The code that the compiler checks and nobody runs: it names each column of the text, and asks of it what its place in the
//! text asks.

use super::shape::shape;
use super::tables::Tables;
use super::template::{Piece, pieces};
use crate::errors::Errors;
use dataverse_fetchxml::{Attribute, Element, Group, operator};
use proc_macro2::TokenStream;
use quote::quote;

/// Collects the checks of a text.
pub(super) struct Checks<'q> {
    tables: &'q Tables<'q>,
    statements: TokenStream,
    errors: &'q mut Errors,
}

/// The checks of all that the entity holds.
pub(super) fn checks<'q>(entity: &'q Element, tables: &'q Tables<'q>, errors: &'q mut Errors) -> TokenStream {
    let mut checks = Checks {
        tables,
        statements: TokenStream::new(),
        errors,
    };
    checks.children(entity, entity.value("name").unwrap_or_default());
    checks.statements
}

impl<'q> Checks<'q> {
    fn children(&mut self, element: &'q Element, table: &'q str) {
        for child in &element.children {
            match child.name.as_str() {
                "attribute" => self.attribute(child, table),
                "order" => {
                    let column = child.attribute("attribute");
                    self.ask("sorted", self.tables.of(child, table), column);
                }
                "condition" => self.condition(child, table),
                "filter" => self.children(child, table),
                "link-entity" => {
                    let linked = child.value("name").unwrap_or_default();
                    self.ask("linked", linked, child.attribute("from"));
                    self.ask("linked", table, child.attribute("to"));
                    self.children(child, linked);
                }
                _ => {}
            }
        }
    }

    /// Asks something of a column.
    fn ask(&mut self, check: &str, table: &str, column: Option<&Attribute>) {
        let Some(column) = column else {
            return;
        };
        let check = self.tables.call(check, column.at);
        if let Some(column) = self.column(table, &column.value, column.at) {
            self.statements.extend(quote!(#check(#column);));
        }
    }

    fn column(&mut self, table: &str, column: &str, place: usize) -> Option<TokenStream> {
        self.tables.column(table, column, place, self.errors)
    }

    fn attribute(&mut self, element: &'q Element, table: &'q str) {
        let check = match element.value("aggregate") {
            Some("sum" | "avg") => "summed",
            Some("min" | "max") => "extreme",
            _ if element.attribute("dategrouping").is_some() => "dated",
            _ if element.flag("groupby") => "grouped",
            _ => "readable",
        };
        self.ask(check, table, element.attribute("name"));
    }

    fn condition(&mut self, element: &'q Element, table: &'q str) {
        let (Some(column), Some(operator)) = (
            element.attribute("attribute"),
            element.value("operator").and_then(operator),
        ) else {
            return;
        };
        let table = self.tables.of(element, table);
        let check = match operator.group {
            Group::Null => "readable",
            Group::Equality | Group::Language => "compared",
            Group::List => "listed",
            Group::Order => "ordered",
            Group::Pattern => "searched",
            Group::Day | Group::Period => "dated",
            Group::Hierarchy | Group::Caller => "identifying",
            Group::Options => "of_options",
        };
        self.ask(check, table, Some(column));
        if let Some(other) = element.attribute("valueof") {
            self.other_column(table, column, other);
        }
        for (value, place) in values(element) {
            // What holds variables is checked where it is written.
            if let Ok([Piece::Text(text)]) = pieces(value).as_deref() {
                self.value(operator.group, table, column, (text, place));
            }
        }
    }

    /// The columns that are compared hold the same.
    fn other_column(&mut self, table: &'q str, column: &Attribute, other: &'q Attribute) {
        let (other_table, name) = match other.value.split_once('.') {
            Some((alias, name)) => (self.tables.linked(alias).unwrap_or(table), name),
            None => (table, other.value.as_str()),
        };
        let check = self.tables.call("same_kind", other.at);
        let column = self.column(table, &column.value, column.at);
        let other = self.column(other_table, name, other.at);
        if let (Some(column), Some(other)) = (column, other) {
            self.statements.extend(quote!(#check(#column, #other);));
        }
    }

    /// The value that stands in the text looks like one of the column.
    fn value(&mut self, group: Group, table: &'q str, column: &Attribute, (text, place): (&str, usize)) {
        let check = match group {
            Group::Equality | Group::List | Group::Order | Group::Hierarchy => "spelled",
            Group::Day => "day",
            Group::Period | Group::Options => "count",
            Group::Null | Group::Pattern | Group::Caller | Group::Language => return,
        };
        let shape = self.tables.call(shape(text), place);
        let check = self.tables.call(check, place);
        if let Some(column) = self.column(table, &column.value, column.at) {
            self.statements.extend(quote!(#check(#shape, #column);));
        }
    }
}

/// The condition's values with their places.
fn values(condition: &Element) -> impl Iterator<Item = (&str, usize)> {
    let value = condition
        .attribute("value")
        .map(|value| (value.value.as_str(), value.at));
    let children = condition.children_named("value");
    value
        .into_iter()
        .chain(children.map(|value| (value.text.as_str(), value.at)))
}
