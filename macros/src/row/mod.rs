//! `#[derive(Row)]`.

mod input;
mod output;
#[cfg(test)]
mod tests;

use crate::errors::Errors;
use proc_macro2::TokenStream;

/// The code that the derive adds. Where something is wrong it still adds what it can, so that one mistake isn't reported
/// wherever the struct is used too.
pub(crate) fn derive(input: TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let parsed = errors
        .ok(syn::parse2(input))
        .and_then(|item| input::Row::from_item(&item, &mut errors));
    let mut tokens = errors.into_tokens();
    if let Some(row) = parsed {
        tokens.extend(output::implementation(&row));
    }
    tokens
}
