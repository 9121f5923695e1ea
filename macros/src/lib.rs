//! Derives for typed rows on Dataverse tables.
//!
//! They know no schema: the code that they write names the table's columns, and the compiler checks it. Use them through
//! `dataverse-runtime`, which documents them.

mod errors;
mod row;

use proc_macro::TokenStream;

/// Derives `Row`: see the trait of the same name in `dataverse-runtime`.
#[proc_macro_derive(Row, attributes(row))]
pub fn derive_row(input: TokenStream) -> TokenStream {
    row::derive(input.into()).into()
}
