//! Derives for typed rows on Dataverse tables, to read them and to write them; and queries in FetchXML.
//!
//! They know no schema: the code that they write names the table's columns, and the compiler checks it. Use them through
//! `dataverse-runtime`, which documents them.

mod attributes;
mod errors;
mod fetch_xml;
mod generics;
mod row;
mod write;

use proc_macro::TokenStream;

/// Derives `Row`: see the trait of the same name in `dataverse-runtime`.
#[proc_macro_derive(Row, attributes(row))]
pub fn derive_row(input: TokenStream) -> TokenStream {
    row::derive(input.into()).into()
}

/// Derives `NewRow`: see that trait in `dataverse-runtime`.
#[proc_macro_derive(Create, attributes(create))]
pub fn derive_create(input: TokenStream) -> TokenStream {
    write::derive(write::Write::Create, input.into()).into()
}

/// Derives `RowChanges`: see that trait in `dataverse-runtime`.
#[proc_macro_derive(Update, attributes(update))]
pub fn derive_update(input: TokenStream) -> TokenStream {
    write::derive(write::Write::Update, input.into()).into()
}

/// A query in FetchXML: see `FetchXml` in `dataverse-runtime`. A generated crate has the macro `fetch_xml!`, which hands its
/// own path on to this one.
#[proc_macro]
pub fn fetch_xml(input: TokenStream) -> TokenStream {
    fetch_xml::expand(input.into()).into()
}
