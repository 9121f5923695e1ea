//! The tables and columns that a text names, as the generated crate has them.
//!
//! Each name has the place that it has in the program, so that the compiler points there; the same mistake in the same place
//! is reported once, however often the code names it.

use super::input::Places;
use super::names::{field, module};
use crate::errors::Errors;
use dataverse_fetchxml::{Element, Link, links, table_of};
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote_spanned;

/// The tables of a text.
pub(super) struct Tables<'q> {
    places: &'q Places,
    links: Vec<Link<'q>>,
    /// Each table with the place where it is named.
    named: Vec<(&'q str, Span)>,
}

impl<'q> Tables<'q> {
    pub(super) fn new(root: &'q Element, places: &'q Places, errors: &mut Errors) -> Self {
        let links = links(root);
        let elements = root
            .children_named("entity")
            .chain(links.iter().map(|link| link.element));
        let names = elements.filter_map(|element| element.attribute("name"));
        let named: Vec<(&str, Span)> = names
            .map(|name| (name.value.as_str(), places.span(name.at)))
            .collect();
        for (table, span) in &named {
            if module(table, *span).is_none() && !table.contains('{') {
                errors.push(syn::Error::new(*span, format!("`{table}` is no name of a table")));
            }
        }
        Self { places, links, named }
    }

    /// The table of the link that the element names, or else the one that it stands in.
    pub(super) fn of(&self, element: &Element, table: &'q str) -> &'q str {
        element
            .value("entityname")
            .and_then(|name| self.linked(name))
            .unwrap_or(table)
    }

    /// The table that is linked under this alias.
    pub(super) fn linked(&self, alias: &str) -> Option<&'q str> {
        table_of(&self.links, alias)
    }

    /// The type of the table's columns. `None`: no table is called so.
    pub(super) fn columns(&self, table: &str) -> Option<TokenStream> {
        let (_, span) = self.named.iter().find(|(named, _)| *named == table)?;
        let span = self.places.shown(*span);
        let module = module(table, span)?;
        Some(quote_spanned!(span=> tables::#module::Columns))
    }

    /// A closure that gives the column of the table's columns. `None`: no column is called so.
    pub(super) fn column(
        &self,
        table: &str,
        column: &str,
        place: usize,
        errors: &mut Errors,
    ) -> Option<TokenStream> {
        let span = self.places.shown(self.places.span(place));
        let Some(field) = field(column, span) else {
            // Of a variable it is said elsewhere that it can't stand here.
            if !column.contains('{') {
                errors.push(syn::Error::new(
                    span,
                    format!("`{column}` is no name of a column"),
                ));
            }
            return None;
        };
        let columns = self.columns(table)?;
        Some(quote_spanned!(span=> |_columns: #columns| _columns.#field))
    }

    /// The name of one of the runtime's functions for what stands at this place.
    pub(super) fn call(&self, function: &str, place: usize) -> TokenStream {
        let span = self.places.shown(self.places.span(place));
        let function = Ident::new(function, span);
        quote_spanned!(span=> tables::dataverse_runtime::support::fetch_xml::#function)
    }
}
