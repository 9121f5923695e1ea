//! The code that the derives write.
//!
//! Each field's column is the receiver of a method that takes the field's type, and that is where the compiler checks it:
//! the column has the span of the field's name, the type its own, so that an error lands on the half that is wrong.

use super::Write;
use super::input::{Field, Written};
use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, ExprLit, Lit};

/// `impl NewRow for` or `impl RowChanges for` the struct.
pub(crate) fn implementation(written: &Written) -> TokenStream {
    let Written {
        write,
        ident,
        generics,
        table,
        runtime,
        ..
    } = written;
    let (impl_generics, type_generics, bounds) = generics.split_for_impl();
    let (implemented, kind) = match write {
        Write::Create => (quote!(NewRow), quote!(Create)),
        Write::Update => (quote!(RowChanges), quote!(Update)),
    };
    let fields = written
        .fields
        .iter()
        .map(|field| push_field(written, &kind, field));
    let constants = written
        .constants
        .iter()
        .map(|(column, value)| push_constant(written, column, value));
    let check = (*write == Write::Create && !written.incomplete).then(|| completeness(written));
    quote! {
        #[automatically_derived]
        #[allow(unused_qualifications, clippy::all)]
        const _: () = {
            impl #impl_generics #runtime::#implemented for #ident #type_generics #bounds {
                type Table = #table;
                fn into_body(self) -> #runtime::Body<#table, #runtime::write::#kind> {
                    #[allow(unused_mut)]
                    let mut body = #runtime::support::empty_body();
                    #(#fields)*
                    #(#constants)*
                    body
                }
            }
            #check
        };
    }
}

/// The token of a column, which has the column's span.
fn token(written: &Written, column: &Ident) -> TokenStream {
    let Written { table, runtime, .. } = written;
    quote_spanned!(column.span()=> <#table as #runtime::Table>::COLUMNS.#column)
}

fn push_field(written: &Written, kind: &TokenStream, field: &Field) -> TokenStream {
    let Field {
        ident,
        ty,
        column,
        insert,
    } = field;
    let runtime = &written.runtime;
    let token = token(written, column);
    let method = if *insert { "insert_field" } else { "write_field" };
    let method = Ident::new(method, column.span());
    let of = quote_spanned!(ty.span()=> ::<#runtime::write::#kind, #ty>);
    quote!(#token.#method #of(self.#ident, &mut body);)
}

fn push_constant(written: &Written, column: &Ident, value: &Expr) -> TokenStream {
    let runtime = &written.runtime;
    let token = token(written, column);
    let set = quote_spanned!(value.span()=> set(#value));
    // A text is checked against the column's length here, and other values only when the row is written.
    let check = match value {
        Expr::Lit(ExprLit {
            lit: Lit::Str(text), ..
        }) => {
            let call = quote_spanned!(text.span()=> #runtime::support::refuse_longer(#token, #text));
            quote!(const _: () = #call;)
        }
        _ => TokenStream::new(),
    };
    quote! {
        #check
        #runtime::support::assign(&mut body, #token.#set);
    }
}

/// The check that all columns which the table requires are written.
fn completeness(written: &Written) -> TokenStream {
    let Written {
        ident,
        table,
        runtime,
        ..
    } = written;
    let fields = written.fields.iter().map(|field| {
        let token = token(written, &field.column);
        let method = if field.insert { "inserted_by" } else { "written_by" };
        let method = Ident::new(method, field.column.span());
        let ty = static_lifetimes(field.ty.to_token_stream());
        let of = quote_spanned!(field.ty.span()=> ::<#ty>());
        quote!(#token.#method #of)
    });
    let constants = written.constants.iter().map(|(column, _)| {
        let token = token(written, column);
        quote!((#token.property(), true))
    });
    let name = ident.to_string();
    quote_spanned! {ident.span()=>
        const _: () = #runtime::support::refuse_incomplete::<#table>(#name, &[#(#fields,)* #(#constants,)*]);
    }
}

/// The same type without the struct's lifetimes, which a constant can't name.
fn static_lifetimes(ty: TokenStream) -> TokenStream {
    let mut after_quote = false;
    ty.into_iter()
        .map(|tree| match tree {
            TokenTree::Ident(name) if std::mem::take(&mut after_quote) => {
                TokenTree::Ident(Ident::new("static", Span::call_site().located_at(name.span())))
            }
            TokenTree::Punct(mark) => {
                after_quote = mark.as_char() == '\'';
                TokenTree::Punct(mark)
            }
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), static_lifetimes(group.stream()));
                inner.set_span(group.span());
                TokenTree::Group(inner)
            }
            other => other,
        })
        .collect()
}
