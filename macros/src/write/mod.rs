//! `#[derive(Create)]` and `#[derive(Update)]`.

mod input;
mod output;
#[cfg(test)]
mod tests;

use crate::errors::Errors;
use proc_macro2::TokenStream;

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Write {
    Create,
    Update,
}

impl Write {
    /// The attribute's name.
    fn attribute(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Update => "update",
        }
    }

    /// What the struct is.
    fn what(self) -> &'static str {
        match self {
            Self::Create => "a new row",
            Self::Update => "a change of a row",
        }
    }
}

/// The code that the derive adds. Where something is wrong it still adds what it can, so that one mistake isn't reported
/// wherever the struct is used too.
pub(crate) fn derive(write: Write, input: TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let parsed = errors
        .ok(syn::parse2(input))
        .and_then(|item| input::Written::from_item(write, &item, &mut errors));
    let mut tokens = errors.into_tokens();
    if let Some(written) = parsed {
        tokens.extend(output::implementation(&written));
    }
    tokens
}
