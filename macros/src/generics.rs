//! Generic parameters of structs, and which types depend on them.

use crate::errors::Errors;
use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Error, GenericParam, Generics, Ident, Type, TypeParam};

/// Whether the type names one of the type or const parameters.
pub(crate) fn depends(on: &Generics, ty: &Type) -> bool {
    let names = on.params.iter().filter_map(|parameter| match parameter {
        GenericParam::Type(of) => Some(&of.ident),
        GenericParam::Const(of) => Some(&of.ident),
        GenericParam::Lifetime(_) => None,
    });
    let tokens = ty.to_token_stream();
    names.into_iter().any(|name| names_it(name, tokens.clone()))
}

/// Type parameters that fields use and of which the struct says nothing: they could be any type.
#[derive(Default)]
pub(crate) struct Unbound<'a>(Vec<(&'a Ident, &'static str)>);

impl<'a> Unbound<'a> {
    /// Whether the type uses some. `wants` says what they lack.
    pub(crate) fn finds(&mut self, ty: &Type, generics: &'a Generics, wants: &'static str) -> bool {
        let (ty, bounds) = (ty.to_token_stream(), generics.where_clause.to_token_stream());
        let found = generics
            .type_params()
            .filter(|of| of.bounds.is_empty() && !names_it(&of.ident, bounds.clone()))
            .filter(|of| names_it(&of.ident, ty.clone()));
        let mut any = false;
        for TypeParam { ident, .. } in found {
            any = true;
            if self.0.iter().all(|(known, _)| *known != ident) {
                self.0.push((ident, wants));
            }
        }
        any
    }

    /// Reports each of them once.
    pub(crate) fn report(self, errors: &mut Errors) {
        for (parameter, wants) in self.0 {
            errors.push(Error::new(parameter.span(), format!("`{parameter}`: {wants}")));
        }
    }
}

/// Whether the name stands among the tokens. What else is called so, such as an item of a module, is taken for it too.
fn names_it(name: &Ident, tokens: TokenStream) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == *name,
        TokenTree::Group(group) => names_it(name, group.stream()),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}
