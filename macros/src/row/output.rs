//! The code that the derive writes.
//!
//! Each field's column is named once, in a constant, and that is where the compiler checks it: the column has the span of
//! the field's name, the read has the span of its type, so that an error lands on the half that is wrong.

use super::input::{Field, Row, Source};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;

/// `impl Row for` the struct.
pub(crate) fn implementation(row: &Row) -> TokenStream {
    let Row {
        ident,
        table,
        runtime,
        fields,
        ..
    } = row;
    let constants: TokenStream = fields
        .iter()
        .enumerate()
        .map(|(at, field)| field_constants(runtime, table, at, field))
        .collect();
    let parts = fields
        .iter()
        .enumerate()
        .map(|(at, field)| part(runtime, at, field));
    let read = read_object(row);
    quote! {
        #[automatically_derived]
        #[allow(non_upper_case_globals, unreachable_code, unreachable_patterns, unused_qualifications)]
        const _: () = {
            #constants
            impl #runtime::Row for #ident {
                type Table = #table;
                const PARTS: &'static [#runtime::row::Part] = &[#(#parts),*];
                #read
            }
            const _: () = #runtime::support::refuse_doubles(<#ident as #runtime::Row>::PARTS);
            const _: () = #runtime::support::refuse_expands(<#ident as #runtime::Row>::PARTS);
            const _: () = #runtime::support::refuse_links(<#ident as #runtime::Row>::PARTS);
        };
    }
}

/// How the field is read.
fn field_name(at: usize) -> Ident {
    format_ident!("__field_{at}", span = Span::call_site())
}

/// The property that holds the field's value.
fn key_name(at: usize) -> Ident {
    format_ident!("__key_{at}", span = Span::call_site())
}

fn field_constants(runtime: &syn::Path, table: &syn::Path, at: usize, field: &Field) -> TokenStream {
    let (name, key, ty) = (field_name(at), key_name(at), &field.ty);
    let plain_key = quote!(const #key: &str = #name.key(););
    match &field.source {
        Source::Column(column) => {
            let read = on_column(runtime, table, column, "read", ty);
            quote!(const #name: #runtime::row::Read<#ty> = #read; #plain_key)
        }
        Source::Expand(column) => {
            let expand = on_column(runtime, table, column, "expand", ty);
            quote!(const #name: #runtime::row::Expand<#ty> = #expand; #plain_key)
        }
        Source::Etag => {
            let etag = quote_spanned!(ty.span()=> etag::<#ty>());
            quote!(const #name: #runtime::row::Read<#ty> = #runtime::support::#etag; #plain_key)
        }
        Source::Link(alias) => {
            let link = quote_spanned!(ty.span()=> #runtime::row::Link::<#ty>::new(#alias));
            quote!(const #name: #runtime::row::Link<#ty> = #link; #plain_key)
        }
        Source::Alias { alias, formatted } => {
            let (make, key) = if *formatted {
                (
                    "formatted",
                    annotation_key(runtime, &name, &key, "FORMATTED_ANNOTATION"),
                )
            } else {
                ("new", plain_key)
            };
            let make = Ident::new(make, Span::call_site());
            let alias = quote_spanned!(ty.span()=> #runtime::row::Alias::<#ty>::#make(#alias));
            quote!(const #name: #runtime::row::Alias<#ty> = #alias; #key)
        }
        Source::Formatted(column) => {
            let formatted = on_column(runtime, table, column, "formatted", ty);
            let key = annotation_key(runtime, &name, &key, "FORMATTED_ANNOTATION");
            quote!(const #name: #runtime::row::Formatted<#ty> = #formatted; #key)
        }
        Source::Target(column) => {
            let target = on_column(runtime, table, column, "target", ty);
            let key = annotation_key(runtime, &name, &key, "TARGET_ANNOTATION");
            quote!(const #name: #runtime::row::Target<#ty> = #target; #key)
        }
    }
}

/// The property that holds an annotation of the field's column.
fn annotation_key(runtime: &syn::Path, name: &Ident, key: &Ident, annotation: &str) -> TokenStream {
    let annotation = Ident::new(annotation, Span::call_site());
    quote! {
        const #key: &str = {
            const LENGTH: usize = #name.key().len() + 1 + #runtime::support::#annotation.len();
            const BYTES: [u8; LENGTH] =
                #runtime::support::annotation_key(#name.key(), #runtime::support::#annotation);
            #runtime::support::text(&BYTES)
        };
    }
}

/// `columns.column.method::<Type>()`: the column as the receiver, so that its kind is known before the type is checked.
fn on_column(
    runtime: &syn::Path,
    table: &syn::Path,
    column: &Ident,
    method: &str,
    ty: &syn::Type,
) -> TokenStream {
    let method = Ident::new(method, column.span());
    let column = quote_spanned!(column.span()=> <#table as #runtime::Table>::COLUMNS.#column.#method);
    let with_type = quote_spanned!(ty.span()=> ::<#ty>());
    quote!(#column #with_type)
}

fn part(runtime: &syn::Path, at: usize, field: &Field) -> TokenStream {
    let name = field_name(at);
    match field.source {
        Source::Etag => quote!(#runtime::row::Part::Etag),
        _ => quote!(#name.part()),
    }
}

fn read_object(row: &Row) -> TokenStream {
    let Row {
        ident: row,
        runtime,
        fields,
        broken,
        ..
    } = row;
    let support = quote!(#runtime::support);
    let count = fields.len();
    let at: Vec<usize> = (0..count).collect();
    let keys: Vec<Ident> = at.iter().map(|at| key_name(*at)).collect();
    let values: Vec<Ident> = at.iter().map(|at| format_ident!("__value_{at}")).collect();
    let reads = fields
        .iter()
        .zip(&keys)
        .zip(&values)
        .map(|((field, key), value)| read_value(&support, field, key, value));
    let finished = fields
        .iter()
        .enumerate()
        .map(|(at, field)| finish_value(&support, field, at, &keys[at], &values[at]));
    let matched = at.iter().filter(|at| !fields[**at].is_link());
    let (matched_keys, matched): (Vec<&Ident>, Vec<usize>) = matched.map(|at| (&keys[*at], *at)).unzip();
    let links = Links::of(runtime, &support, fields);
    let (linked, other_keys) = (links.variable, links.other_keys);
    quote! {
        fn read_object<'de, M: #support::MapAccess<'de>>(
            object: &mut M,
            notes: &#support::Notes,
        ) -> ::core::result::Result<Self, M::Error> {
            const TARGETS: usize =
                if #support::reads_targets(<#row as #runtime::Row>::PARTS) { #count } else { 0 };
            const CURRENCY: bool = #support::reads_currency(<#row as #runtime::Row>::PARTS);
            let mut targets = [const { ::core::option::Option::None }; TARGETS];
            let mut currency = ::core::option::Option::None;
            #(let mut #values = ::core::default::Default::default();)*
            #linked
            let find = #support::Key(|key: &str| match key {
                #(#matched_keys => #matched,)*
                #support::CURRENCY if CURRENCY => #support::CURRENCY_OF_ROW,
                #other_keys
                _ if TARGETS > 0 => #support::target_key(key, <Self as #runtime::Row>::PARTS),
                _ => #support::OTHER,
            });
            while let ::core::option::Option::Some(found) = object.next_key_seed(find)? {
                match found {
                    #(#at => #reads,)*
                    #support::OTHER => #support::skip(object)?,
                    #support::CURRENCY_OF_ROW => currency = #support::currency(object)?,
                    target => targets[target - #count] = #support::target(object)?,
                }
            }
            ::core::result::Result::Ok(Self { #(#finished,)* #(#broken: ::core::unreachable!(),)* })
        }
    }
}

/// What a row adds that reads linked tables. All others do without.
struct Links {
    variable: TokenStream,
    /// The arm of the match for keys that are no field's.
    other_keys: TokenStream,
}

impl Links {
    fn of(runtime: &syn::Path, support: &TokenStream, fields: &[Field]) -> Self {
        if !fields.iter().any(Field::is_link) {
            return Self {
                variable: TokenStream::new(),
                other_keys: TokenStream::new(),
            };
        }
        let link = quote!(#support::link_of(key, <Self as #runtime::Row>::PARTS, &linked));
        Self {
            variable: quote!(let linked = ::core::cell::Cell::new(::core::option::Option::None);),
            // The arms after it are never reached.
            other_keys: quote! {
                _ => match #link {
                    ::core::option::Option::Some(field) => field,
                    ::core::option::Option::None if TARGETS > 0 => #support::target_key(key, <Self as #runtime::Row>::PARTS),
                    ::core::option::Option::None => #support::OTHER,
                },
            },
        }
    }
}

impl Field {
    fn is_link(&self) -> bool {
        matches!(self.source, Source::Link(_))
    }
}

/// Reads the field's value from the object.
fn read_value(support: &TokenStream, field: &Field, key: &Ident, value: &Ident) -> TokenStream {
    let ty = &field.ty;
    let read = match field.source {
        Source::Link(_) => return quote!(#support::set_aside(object, linked.take(), &mut #value)?),
        Source::Expand(_) => quote!(#support::nested::<#ty, Self, M>(#key, object, notes)?),
        Source::Column(ref column) if *column == "transactioncurrencyid" => quote! {
            if CURRENCY {
                #support::value_and_currency::<#ty, Self, M>(#key, object, &mut currency, notes)?
            } else {
                #support::value::<#ty, Self, M>(#key, object, notes)?
            }
        },
        _ => quote!(#support::value::<#ty, Self, M>(#key, object, notes)?),
    };
    quote!(#value = #read)
}

/// The field with what was read, or with what stands for nothing.
fn finish_value(support: &TokenStream, field: &Field, at: usize, key: &Ident, value: &Ident) -> TokenStream {
    let Field { ident, ty, .. } = field;
    match field.source {
        Source::Expand(_) => quote!(#ident: #support::finish_nested::<#ty>(#value)),
        Source::Link(_) => quote! {
            #ident: #support::finish_link::<#ty, Self, M::Error>(#key, #value, notes)?
        },
        Source::Column(_) | Source::Alias { formatted: false, .. } => quote! {
            #ident: #support::finish::<#ty, Self, M::Error>(
                #key, #value, targets.get_mut(#at).and_then(::core::option::Option::take), currency, notes,
            )?
        },
        _ => quote! {
            #ident: #support::finish::<#ty, Self, M::Error>(
                #key, #value, ::core::option::Option::None, ::core::option::Option::None, notes,
            )?
        },
    }
}
