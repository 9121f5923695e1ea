//! The code that writes the text: pieces that stand as they are, and variables between them.

use super::input::Places;
use super::tables::Tables;
use super::template::{Piece, pieces};
use crate::errors::Errors;
use dataverse_fetchxml::{Element, Group, escape, operator};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Error;

/// Writes the code that makes the text.
pub(super) struct Text<'q> {
    places: &'q Places,
    tables: &'q Tables<'q>,
    /// What isn't in `statements` yet.
    piece: String,
    statements: TokenStream,
    errors: &'q mut Errors,
}

/// What a variable in an element stands for.
#[derive(Clone, Copy)]
enum Place<'q> {
    /// Nothing: variables hold no names.
    Name,
    /// A number of rows or of a page.
    Number,
    /// A value of this column.
    Value {
        group: Group,
        table: &'q str,
        column: &'q str,
    },
}

impl<'q> Text<'q> {
    pub(super) fn new(places: &'q Places, tables: &'q Tables<'q>, errors: &'q mut Errors) -> Self {
        Self {
            places,
            tables,
            piece: String::new(),
            statements: TokenStream::new(),
            errors,
        }
    }

    /// The statements that make the text in a variable of this name.
    pub(super) fn of(mut self, root: &'q Element, text: &Ident) -> TokenStream {
        self.element(root, "", Place::Name, text);
        self.flush(text);
        let statements = self.statements;
        quote!(let mut #text = ::std::string::String::new(); #statements)
    }

    fn flush(&mut self, text: &Ident) {
        if !self.piece.is_empty() {
            let piece = std::mem::take(&mut self.piece);
            self.statements.extend(quote!(#text.push_str(#piece);));
        }
    }

    /// `table`: where the element stands. `value`: what the values of the condition around it are.
    fn element(&mut self, element: &'q Element, table: &'q str, value: Place<'q>, text: &Ident) {
        let own = match element.name.as_str() {
            "entity" | "link-entity" => element.value("name").unwrap_or_default(),
            _ => table,
        };
        let value = match element.name.as_str() {
            "condition" => self.values_of(element, table),
            _ => value,
        };
        if let (true, [Piece::Values(variable)]) = (
            element.name == "value",
            self.pieces(&element.text, element.at).as_slice(),
        ) {
            self.list(variable, element.at, value, text);
            return;
        }
        self.piece.push('<');
        self.piece.push_str(&element.name);
        for attribute in &element.attributes {
            self.piece.push(' ');
            self.piece.push_str(&attribute.name);
            self.piece.push_str("=\"");
            let place = match (element.name.as_str(), attribute.name.as_str()) {
                ("condition", "value") => value,
                ("fetch", "top" | "count" | "page" | "aggregatelimit") => Place::Number,
                _ => Place::Name,
            };
            self.value(&attribute.value, attribute.at, place, text);
            self.piece.push('"');
        }
        let content = if element.name == "value" {
            element.text.as_str()
        } else {
            ""
        };
        if element.children.is_empty() && content.is_empty() {
            self.piece.push_str("/>");
            return;
        }
        self.piece.push('>');
        self.value(content, element.at, value, text);
        for child in &element.children {
            self.element(child, own, value, text);
        }
        self.piece.push_str("</");
        self.piece.push_str(&element.name);
        self.piece.push('>');
    }

    fn values_of(&self, condition: &'q Element, table: &'q str) -> Place<'q> {
        let operator = condition.value("operator").and_then(operator);
        let (Some(operator), Some(column)) = (operator, condition.value("attribute")) else {
            return Place::Name;
        };
        Place::Value {
            group: operator.group,
            table: self.tables.of(condition, table),
            column,
        }
    }

    fn pieces(&mut self, value: &str, place: usize) -> Vec<Piece> {
        let span = self.places.span(place);
        self.errors
            .ok(pieces(value).map_err(|message| Error::new(span, message)))
            .unwrap_or_default()
    }

    /// Writes a value with its variables.
    fn value(&mut self, value: &str, at: usize, place: Place<'q>, text: &Ident) {
        for piece in self.pieces(value, at) {
            match piece {
                Piece::Text(plain) => escape(&plain, &mut self.piece),
                Piece::Value(variable) => self.variable(&variable, at, place, text),
                Piece::Values(variable) => {
                    let message = format!(
                        "`{{..{variable}}}` is a list of values: it stands alone in a `<value>` of `in`, `not-in`, \
                         `contain-values` or `not-contain-values`"
                    );
                    self.errors.push(Error::new(self.places.span(at), message));
                }
            }
        }
    }

    fn variable(&mut self, variable: &str, place: usize, of: Place<'q>, text: &Ident) {
        self.flush(text);
        let span = self.places.span(place);
        let Some(name) = self.ident(variable, span) else {
            return;
        };
        let statement = match of {
            Place::Name => {
                let message = format!(
                    "`{{{variable}}}` can't stand here: names are checked while the program compiles, and variables hold \
                     the values of conditions, `top`, `count` and `page`; braces themselves are written as `{{{{` and `}}}}`"
                );
                self.errors.push(Error::new(span, message));
                return;
            }
            Place::Number
            | Place::Value {
                group: Group::Period, ..
            } => {
                let push = self.tables.call("push_number", place);
                quote_spanned!(self.places.shown(span)=> #push(&mut #text, #name);)
            }
            Place::Value { group, table, column } => {
                let push = match group {
                    Group::Day => "push_day",
                    Group::Options => "push_option",
                    _ => "push_value",
                };
                let Some(column) = self.tables.column(table, column, place, self.errors) else {
                    return;
                };
                let push = self.tables.call(push, place);
                quote_spanned!(self.places.shown(span)=> #push(&mut #text, #column, &#name);)
            }
        };
        self.statements.extend(statement);
    }

    /// Writes a `<value>` for each of the values in a variable.
    fn list(&mut self, variable: &str, place: usize, of: Place<'q>, text: &Ident) {
        self.flush(text);
        let span = self.places.span(place);
        let Some(name) = self.ident(variable, span) else {
            return;
        };
        let (push, table, column) = match of {
            Place::Value {
                group: Group::List,
                table,
                column,
            } => ("push_values", table, column),
            Place::Value {
                group: Group::Options,
                table,
                column,
            } => ("push_options", table, column),
            _ => {
                let message = format!(
                    "`{{..{variable}}}` is a list of values, and this operator takes none: it goes with `in`, `not-in`, \
                     `contain-values` and `not-contain-values`"
                );
                self.errors.push(Error::new(span, message));
                return;
            }
        };
        let Some(column) = self.tables.column(table, column, place, self.errors) else {
            return;
        };
        let push = self.tables.call(push, place);
        let shown = self.places.shown(span);
        self.statements
            .extend(quote_spanned!(shown=> #push(&mut #text, #column, &#name);));
    }

    /// The variable, as the program knows it.
    fn ident(&mut self, variable: &str, span: Span) -> Option<Ident> {
        let mut ident = self.errors.ok(syn::parse_str::<Ident>(variable))?;
        ident.set_span(span);
        Some(ident)
    }
}
