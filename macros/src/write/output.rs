//! The code that the derives write.
//!
//! Each field's column is the receiver of a method that takes the field's type, and that is where the compiler checks it:
//! the column has the span of the field's name, the type its own, so that an error lands on the half that is wrong.

use super::Write;
use super::input::{Field, Written};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, ExprLit, Lit, Type};

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
    let fields = written.fields.iter().map(|field| push_field(written, field));
    let constants = written
        .constants
        .iter()
        .map(|(column, value)| push_constant(written, column, value));
    let check = (*write == Write::Create && !written.incomplete).then(|| completeness(written));
    quote! {
        #[automatically_derived]
        #[allow(unused_imports, unused_qualifications, clippy::all)]
        const _: () = {
            // One name each, so that what is wrong with it can have the span of a field.
            use #runtime::support::{assign as __assign, refuse_incomplete as __complete, refuse_longer as __fits};
            type __Write = #runtime::write::#kind;
            impl #impl_generics #runtime::#implemented for #ident #type_generics #bounds {
                type Table = #table;
                fn into_body(self) -> #runtime::Body<#table, __Write> {
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

/// Where `at` is, with the names of the code around it.
fn located_at(at: Span) -> Span {
    Span::call_site().located_at(at)
}

fn push_field(written: &Written, field: &Field) -> TokenStream {
    let Field {
        ident,
        ty,
        column,
        insert,
    } = field;
    let token = token(written, column);
    let method = if *insert { "insert_field" } else { "write_field" };
    let method = Ident::new(method, column.span());
    let write = Ident::new("__Write", located_at(column.span()));
    let of = quote_spanned!(ty.span()=> ::<#write, #ty>);
    let value = quote_spanned!(located_at(ty.span())=> (self.#ident, &mut body));
    quote!(#token.#method #of #value;)
}

fn push_constant(written: &Written, column: &Ident, value: &Expr) -> TokenStream {
    let token = token(written, column);
    let set = quote_spanned!(value.span()=> set(#value));
    // A text is checked against the column's length here, and other values only when the row is written.
    let check = match value {
        Expr::Lit(ExprLit {
            lit: Lit::Str(text), ..
        }) => {
            let fits = quote_spanned!(located_at(text.span())=> __fits(#token, #text));
            quote!(const _: () = #fits;)
        }
        _ => TokenStream::new(),
    };
    quote! {
        #check
        __assign(&mut body, #token.#set);
    }
}

/// The check that all columns which the table requires are written.
fn completeness(written: &Written) -> TokenStream {
    let Written { ident, table, .. } = written;
    let fields = written.fields.iter().map(|field| {
        let token = token(written, &field.column);
        let always = !may_leave_out(&field.ty) && (field.insert || !is_parameter(written, &field.ty));
        quote!((#token.property(), #always))
    });
    let constants = written.constants.iter().map(|(column, _)| {
        let token = token(written, column);
        quote!((#token.property(), true))
    });
    let name = ident.to_string();
    quote_spanned! {located_at(ident.span())=>
        const _: () = __complete::<#table>(#name, &[#(#fields,)* #(#constants,)*]);
    }
}

/// Whether the type is a type parameter, which may stand for an `Option`.
fn is_parameter(written: &Written, ty: &Type) -> bool {
    let is = |of: &syn::TypeParam| matches!(ty, Type::Path(path) if path.path.is_ident(&of.ident));
    written.generics.type_params().any(is)
}

/// Whether a field of this type may write nothing. The name of the type decides, because a constant couldn't ask the type
/// itself without repeating what is wrong with it.
fn may_leave_out(ty: &Type) -> bool {
    match ty {
        Type::Path(of) => of
            .path
            .segments
            .last()
            .is_some_and(|last| last.ident == "Option" || last.ident == "Patch"),
        Type::Group(of) => may_leave_out(&of.elem),
        Type::Paren(of) => may_leave_out(&of.elem),
        _ => false,
    }
}
