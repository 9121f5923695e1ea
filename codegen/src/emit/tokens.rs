//! Small pieces of code that several emitters use.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{format_ident, quote};

use crate::schema::Schema;

use super::plan::{Plan, TableNames};

/// An identifier that [`names`](crate::names) made; raw ones keep their `r#`.
pub(super) fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => format_ident!("{name}"),
    }
}

/// A path or type that this module's siblings wrote as text.
pub(super) fn tokens(path: &str) -> TokenStream {
    // Only identifiers, `::`, `<` and `>` ever stand in one; if not, the formatter reports it as the defect it is.
    path.parse()
        .unwrap_or_else(|_| quote!(compile_error!("not a path")))
}

/// Doc comments, one attribute a line.
pub(super) fn docs(lines: &[String]) -> TokenStream {
    // A name of nothing but marks that don't show leaves nothing to say.
    let said = lines.iter().filter(|_| lines.iter().any(|line| !line.is_empty()));
    let attributes = said.map(|line| {
        let text = Literal::string(&if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        });
        quote!(#[doc = #text])
    });
    quote!(#(#attributes)*)
}

/// The path of a table's marker, as it is seen from somewhere in the crate.
pub(super) fn marker(plan: &Plan, table: &str, from: From<'_>) -> String {
    let Some(TableNames { module, marker }) = plan.tables.get(table) else {
        return "rt::AnyTable".to_owned();
    };
    match from {
        From::Table(own) if own == table => marker.clone(),
        From::Table(_) | From::Module => format!("super::{module}::{marker}"),
        From::Submodule => format!("super::super::{module}::{marker}"),
    }
}

/// From where a path is written.
#[derive(Clone, Copy)]
pub(super) enum From<'t> {
    /// A table's module.
    Table(&'t str),
    /// Another module at the crate's root.
    Module,
    /// A module in a module at the crate's root.
    Submodule,
}

/// A link in a doc comment to a table, seen from a module at the crate's root.
pub(super) fn link(plan: &Plan, schema: &Schema, table: &str) -> String {
    let Some(names) = plan.tables.get(table) else {
        return super::docs::code(table);
    };
    let label = schema
        .tables
        .get(table)
        .map(|of| &of.label)
        .or_else(|| schema.references.get(table).map(|of| &of.label));
    // Links name raw identifiers without their `r#`, which would be taken for an anchor.
    let path = format!(
        "super::{}::{}",
        names.module.trim_start_matches("r#"),
        names.marker
    );
    match label.and_then(|label| super::docs::first(label, plan.language)) {
        Some(text) => format!("[{text}]({path})"),
        None => format!("[`{}`]({path})", names.marker),
    }
}
