//! The code that the compiler checks and nobody runs: it names each table and column of the text, and asks of each column
//! what its place in the text asks.

use super::input::Places;
use super::names::{field, module};
use super::shape::shape;
use super::template::{Piece, pieces};
use crate::errors::Errors;
use dataverse_fetchxml::{Attribute, Element, Group, Link, links, operator, table_of};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};

/// Collects the checks of a text.
pub(super) struct Checks<'q> {
    /// The path of the generated crate.
    generated: &'q TokenStream,
    places: &'q Places,
    links: Vec<Link<'q>>,
    /// The tables that are named, each with the place where it is first.
    tables: Vec<(&'q str, Span)>,
    statements: TokenStream,
    errors: &'q mut Errors,
}

/// The path of what the checks and the written code call.
pub(super) fn support(generated: &TokenStream) -> TokenStream {
    quote!(#generated::dataverse_runtime::support::fetch_xml)
}

/// A place in the program under which no name of the program is meant.
pub(super) fn at(span: Span) -> Span {
    Span::mixed_site().located_at(span)
}

impl<'q> Checks<'q> {
    pub(super) fn new(
        generated: &'q TokenStream,
        root: &'q Element,
        places: &'q Places,
        errors: &'q mut Errors,
    ) -> Self {
        Self {
            generated,
            places,
            links: links(root),
            tables: Vec::new(),
            statements: TokenStream::new(),
            errors,
        }
    }

    /// The checks of all that the entity holds, as a closure that is never called.
    pub(super) fn of(mut self, entity: &'q Element) -> TokenStream {
        let Some(name) = entity.attribute("name") else {
            return TokenStream::new();
        };
        self.table(&name.value, name.at);
        self.children(entity, &name.value);
        let statements = self.statements;
        let parameters = self.tables.iter().enumerate().map(|(index, (table, span))| {
            let (parameter, columns) = (parameter(index, *span), columns(self.generated, table, *span));
            quote!(#parameter: #columns)
        });
        quote!(let _ = |#(#parameters),*| { #statements };)
    }

    fn children(&mut self, element: &'q Element, table: &'q str) {
        for child in &element.children {
            match child.name.as_str() {
                "attribute" => self.attribute(child, table),
                "order" => self.order(child, table),
                "condition" => self.condition(child, table),
                "filter" => self.children(child, table),
                "link-entity" => self.link(child, table),
                _ => {}
            }
        }
    }

    /// Asks something of a column.
    fn ask(&mut self, check: &str, table: &'q str, column: &Attribute) {
        let Some(column) = self.column(table, &column.value, column.at) else {
            return;
        };
        let support = support(self.generated);
        let check = Ident::new(check, Span::mixed_site());
        self.statements.extend(quote!(#support::#check(#column);));
    }

    /// The number of the table among those that are named.
    fn table(&mut self, table: &'q str, place: usize) -> Option<usize> {
        let span = at(self.places.span(place));
        if module(table, span).is_none() {
            let message = format!("`{table}` is no name of a table");
            self.errors.push(syn::Error::new(span, message));
            return None;
        }
        let known = self.tables.iter().position(|(known, _)| *known == table);
        Some(known.unwrap_or_else(|| {
            self.tables.push((table, span));
            self.tables.len() - 1
        }))
    }

    fn column(&mut self, table: &'q str, column: &str, place: usize) -> Option<TokenStream> {
        let span = at(self.places.span(place));
        let Some(field) = field(column, span) else {
            let message = format!("`{column}` is no name of a column");
            self.errors.push(syn::Error::new(span, message));
            return None;
        };
        let parameter = parameter(self.table(table, place)?, span);
        Some(quote_spanned!(span=> #parameter.#field))
    }

    fn attribute(&mut self, element: &'q Element, table: &'q str) {
        let Some(name) = element.attribute("name") else {
            return;
        };
        let check = match element.value("aggregate") {
            Some("sum" | "avg") => "summed",
            Some("min" | "max") => "extreme",
            _ if element.attribute("dategrouping").is_some() => "dated",
            _ if element.flag("groupby") => "grouped",
            _ => "readable",
        };
        self.ask(check, table, name);
    }

    fn order(&mut self, element: &'q Element, table: &'q str) {
        if let Some(column) = element.attribute("attribute") {
            let table = self.named(element, table);
            self.ask("sorted", table, column);
        }
    }

    /// The table of the link that the element names, or else the one that it stands in.
    fn named(&self, element: &Element, table: &'q str) -> &'q str {
        element
            .value("entityname")
            .and_then(|name| table_of(&self.links, name))
            .unwrap_or(table)
    }

    fn link(&mut self, element: &'q Element, parent: &'q str) {
        let Some(name) = element.attribute("name") else {
            return;
        };
        self.table(&name.value, name.at);
        for (table, column) in [(name.value.as_str(), "from"), (parent, "to")] {
            if let Some(column) = element.attribute(column) {
                self.ask("linked", table, column);
            }
        }
        self.children(element, &name.value);
    }

    fn condition(&mut self, element: &'q Element, table: &'q str) {
        let (Some(column), Some(operator)) = (
            element.attribute("attribute"),
            element.value("operator").and_then(operator),
        ) else {
            return;
        };
        let table = self.named(element, table);
        let check = match operator.group {
            Group::Null => "readable",
            Group::Equality => "compared",
            Group::List => "listed",
            Group::Order => "ordered",
            Group::Pattern => "searched",
            Group::Day | Group::Period => "dated",
            Group::Hierarchy | Group::Caller => "identifying",
            Group::Language => "compared",
            Group::Options => "of_options",
        };
        self.ask(check, table, column);
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
            Some((alias, name)) => (table_of(&self.links, alias).unwrap_or(table), name),
            None => (table, other.value.as_str()),
        };
        let column = self.column(table, &column.value, column.at);
        let other = self.column(other_table, name, other.at);
        let support = support(self.generated);
        self.statements
            .extend(quote!(#support::same_kind(#column, #other);));
    }

    /// The value that stands in the text looks like one of the column.
    fn value(&mut self, group: Group, table: &'q str, column: &Attribute, (text, place): (&str, usize)) {
        let check = match group {
            Group::Equality | Group::List | Group::Order | Group::Hierarchy => "spelled",
            Group::Day => "day",
            Group::Period => "count",
            Group::Options => "option",
            Group::Null | Group::Pattern | Group::Caller | Group::Language => return,
        };
        let Some(column) = self.column(table, &column.value, column.at) else {
            return;
        };
        let support = support(self.generated);
        let shape = Ident::new(shape(text), at(self.places.span(place)));
        let check = Ident::new(check, Span::mixed_site());
        let shape = quote_spanned!(shape.span()=> #support::shape::#shape);
        self.statements.extend(quote!(#support::#check(#shape, #column);));
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

/// The parameter that stands for a table's columns.
fn parameter(table: usize, span: Span) -> Ident {
    format_ident!("_table_{table}", span = span)
}

/// The type of a table's columns.
pub(super) fn columns(generated: &TokenStream, table: &str, span: Span) -> TokenStream {
    let module = module(table, span);
    let columns = Ident::new("Columns", span);
    quote!(#generated::#module::#columns)
}
