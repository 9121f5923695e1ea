//! Collects errors, so that all of them are reported at once.

use proc_macro2::TokenStream;

/// The errors found so far.
#[derive(Default)]
pub(crate) struct Errors(Option<syn::Error>);

impl Errors {
    /// Adds an error.
    pub(crate) fn push(&mut self, error: syn::Error) {
        match &mut self.0 {
            Some(all) => all.combine(error),
            None => self.0 = Some(error),
        }
    }

    /// The value, or `None` and one error more.
    pub(crate) fn ok<T>(&mut self, result: syn::Result<T>) -> Option<T> {
        result.map_err(|error| self.push(error)).ok()
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// Code that makes the compiler report the errors.
    pub(crate) fn into_tokens(self) -> TokenStream {
        self.0.map(|all| all.into_compile_error()).unwrap_or_default()
    }
}

/// The errors that a derive's output reports, in order.
#[cfg(test)]
pub(crate) fn reported(output: &TokenStream) -> Vec<String> {
    let output = output.to_string();
    let messages = output.split("compile_error ! { \"").skip(1);
    messages
        .map(|rest| {
            let message = rest.split("\" }").next().unwrap_or_default();
            message.replace("\\\"", "\"")
        })
        .collect()
}
