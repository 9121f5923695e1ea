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
        generics,
        table,
        runtime,
        fields,
        ..
    } = row;
    let (impl_generics, type_generics, bounds) = generics.split_for_impl();
    let bounds = bounds_of(row, bounds);
    let (shared, own) = constants(row);
    let parts = fields.iter().enumerate().map(|(at, field)| part(row, at, field));
    let parts = quote!(&[#(#parts),*]);
    let (of, parts, checks) = if generics.params.is_empty() {
        let checks = quote! {
            const _: () = #runtime::support::refuse_doubles(<#ident as #runtime::row::FetchRow>::PARTS);
            const _: () = #runtime::support::refuse_expands(<#ident as #runtime::row::FetchRow>::PARTS);
            const _: () = #runtime::support::refuse_links(<#ident as #runtime::row::FetchRow>::PARTS);
        };
        (TokenStream::new(), parts, checks)
    } else {
        // Checked once the parameters are known.
        let of = quote! {
            #[allow(dead_code)]
            struct __Of<T>(T);
            impl #impl_generics __Of<#ident #type_generics> #bounds {
                const __parts: &'static [#runtime::row::Part] = #parts;
                #own
            }
        };
        let parts = quote!(#runtime::support::checked(<__Of<#ident #type_generics>>::__parts));
        (of, parts, TokenStream::new())
    };
    let read = read_object(row);
    // Other queries don't give what this one reads.
    let of_any_query = (!fields.iter().any(Field::needs_fetch_xml))
        .then(|| quote!(impl #impl_generics #runtime::Row for #ident #type_generics #bounds {}));
    quote! {
        #[automatically_derived]
        #[allow(non_upper_case_globals, unreachable_code, unreachable_patterns, unused_qualifications)]
        const _: () = {
            #shared
            #of
            impl #impl_generics #runtime::row::FetchRow for #ident #type_generics #bounds {
                type Table = #table;
                const PARTS: &'static [#runtime::row::Part] = #parts;
                #read
            }
            #of_any_query
            #checks
        };
    }
}

/// The struct's own bounds. Where a field is wrong its parameter may lack some, and that is said once, about the field.
fn bounds_of(row: &Row, bounds: Option<&syn::WhereClause>) -> TokenStream {
    if row.broken.is_empty() {
        return quote!(#bounds);
    }
    let own = bounds.map(|bounds| &bounds.predicates).into_iter().flatten();
    let (ident, (_, type_generics, _)) = (&row.ident, row.generics.split_for_impl());
    quote!(where #(#own,)* #ident #type_generics: ::core::marker::Send + 'static)
}

/// The constants of all fields, and those among them that depend on parameters, which are constants of a type.
fn constants(row: &Row) -> (TokenStream, TokenStream) {
    let (mut shared, mut own) = (TokenStream::new(), TokenStream::new());
    for (at, field) in row.fields.iter().enumerate() {
        let to = if field.generic { &mut own } else { &mut shared };
        to.extend(field_constant(row, at, field));
        let to = if key_is_generic(field) {
            &mut own
        } else {
            &mut shared
        };
        to.extend(key_constant(row, at, field));
    }
    (shared, own)
}

/// How the field is read.
fn field_name(at: usize) -> Ident {
    format_ident!("__field_{at}", span = Span::call_site())
}

/// The property that holds the field's value.
fn key_name(at: usize) -> Ident {
    format_ident!("__key_{at}", span = Span::call_site())
}

/// The constant of this name, as code outside of the other constants says it.
fn constant(row: &Row, name: &Ident, generic: bool) -> TokenStream {
    let (ident, (_, type_generics, _)) = (&row.ident, row.generics.split_for_impl());
    if generic {
        quote!(<__Of<#ident #type_generics>>::#name)
    } else {
        quote!(#name)
    }
}

/// Whether the field's key depends on a parameter: the table of related rows decides between several targets.
fn key_is_generic(field: &Field) -> bool {
    field.generic && matches!(field.source, Source::Expand(_))
}

fn field_constant(row: &Row, at: usize, field: &Field) -> TokenStream {
    let Row { table, runtime, .. } = row;
    let (name, ty) = (field_name(at), &field.ty);
    let (how, value) = match &field.source {
        Source::Column(column) => ("Read", on_column(runtime, table, column, "read", ty)),
        Source::Expand(column) => ("Expand", on_column(runtime, table, column, "expand", ty)),
        Source::Formatted(column) => ("Formatted", on_column(runtime, table, column, "formatted", ty)),
        Source::Target(column) => ("Target", on_column(runtime, table, column, "target", ty)),
        Source::Etag => {
            let etag = quote_spanned!(ty.span()=> etag::<#ty>());
            ("Read", quote!(#runtime::support::#etag))
        }
        Source::Link(alias) => {
            let link = quote_spanned!(ty.span()=> link::<#ty>(#alias));
            ("Link", quote!(#runtime::support::#link))
        }
        Source::Alias { alias, formatted } => {
            let make = if *formatted { "formatted_alias" } else { "alias" };
            let make = Ident::new(make, ty.span());
            let alias = quote_spanned!(ty.span()=> #make::<#ty>(#alias));
            ("Alias", quote!(#runtime::support::#alias))
        }
    };
    let how = Ident::new(how, Span::call_site());
    quote!(const #name: #runtime::row::#how<#ty> = #value;)
}

fn key_constant(row: &Row, at: usize, field: &Field) -> TokenStream {
    let Row { table, runtime, .. } = row;
    let key = key_name(at);
    let property = match &field.source {
        // The field's own constant depends on parameters, which no pattern and no length of an array may do.
        Source::Column(column) | Source::Formatted(column) | Source::Target(column) if field.generic => {
            quote_spanned!(column.span()=> <#table as #runtime::Table>::COLUMNS.#column.property())
        }
        Source::Etag if field.generic => quote!(#runtime::support::ETAG),
        Source::Link(alias) | Source::Alias { alias, .. } if field.generic => quote!(#alias),
        _ => {
            let name = constant(row, &field_name(at), field.generic);
            quote!(#name.key())
        }
    };
    match &field.source {
        Source::Formatted(_) | Source::Alias { formatted: true, .. } => {
            annotation_key(runtime, &property, &key, "FORMATTED_ANNOTATION")
        }
        Source::Target(_) => annotation_key(runtime, &property, &key, "TARGET_ANNOTATION"),
        _ => quote!(const #key: &str = #property;),
    }
}

/// The property that holds an annotation of the column that is read as `property`.
fn annotation_key(runtime: &syn::Path, property: &TokenStream, key: &Ident, annotation: &str) -> TokenStream {
    let annotation = Ident::new(annotation, Span::call_site());
    quote! {
        const #key: &str = {
            const LENGTH: usize = #property.len() + 1 + #runtime::support::#annotation.len();
            const BYTES: [u8; LENGTH] =
                #runtime::support::annotation_key(#property, #runtime::support::#annotation);
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

fn part(row: &Row, at: usize, field: &Field) -> TokenStream {
    let (runtime, name) = (&row.runtime, constant(row, &field_name(at), field.generic));
    match field.source {
        Source::Etag => quote!(#runtime::row::Part::Etag),
        _ => quote!(#name.part()),
    }
}

/// Whether lookups' targets are read, and whether a currency is: known before the parameters are, because one of them is the
/// length of an array. Of columns whose type depends on a parameter both are taken for read.
fn what_is_read(row: &Row) -> (TokenStream, TokenStream) {
    let (ident, runtime) = (&row.ident, &row.runtime);
    let parts = if row.generics.params.is_empty() {
        quote!(<#ident as #runtime::row::FetchRow>::PARTS)
    } else {
        let open = |field: &Field| {
            let valued = matches!(
                field.source,
                Source::Column(_) | Source::Alias { formatted: false, .. }
            );
            field.generic && valued
        };
        if row.fields.iter().any(open) {
            return (quote!(true), quote!(true));
        }
        let fields = row.fields.iter().enumerate();
        let known = fields.filter(|(_, field)| !field.generic);
        let parts = known.map(|(at, field)| part(row, at, field));
        quote!(&[#(#parts),*])
    };
    (
        quote!(#runtime::support::reads_targets(#parts)),
        quote!(#runtime::support::reads_currency(#parts)),
    )
}

fn read_object(row: &Row) -> TokenStream {
    let Row {
        runtime,
        fields,
        broken,
        ..
    } = row;
    let support = quote!(#runtime::support);
    let count = fields.len();
    let at: Vec<usize> = (0..count).collect();
    let keys: Vec<TokenStream> = fields
        .iter()
        .enumerate()
        .map(|(at, field)| constant(row, &key_name(at), key_is_generic(field)))
        .collect();
    let values: Vec<Ident> = at.iter().map(|at| format_ident!("__value_{at}")).collect();
    let patterns = patterns(fields, &keys);
    let reads = fields
        .iter()
        .zip(&keys)
        .zip(&values)
        .map(|((field, key), value)| read_value(&support, field, key, value));
    let finished = fields
        .iter()
        .enumerate()
        .map(|(at, field)| finish_value(&support, field, at, &keys[at], &values[at]));
    let (reads_targets, reads_currency) = what_is_read(row);
    let links = Links::of(runtime, &support, fields);
    let (linked, other_keys) = (links.variable, links.other_keys);
    quote! {
        fn read_object<'de, M: #support::MapAccess<'de>>(
            object: &mut M,
            notes: &#support::Notes,
        ) -> ::core::result::Result<Self, M::Error> {
            const TARGETS: usize = if #reads_targets { #count } else { 0 };
            const CURRENCY: bool = #reads_currency;
            let mut targets = [const { ::core::option::Option::None }; TARGETS];
            let mut currency = ::core::option::Option::None;
            #(let mut #values = ::core::default::Default::default();)*
            #linked
            let find = #support::Key(|key: &str| match key {
                #(#patterns,)*
                #support::CURRENCY if CURRENCY => #support::CURRENCY_OF_ROW,
                #other_keys
                _ if TARGETS > 0 => #support::target_key(key, <Self as #runtime::row::FetchRow>::PARTS),
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

/// The arms of the match that finds a property's field.
fn patterns(fields: &[Field], keys: &[TokenStream]) -> Vec<TokenStream> {
    let arm = |(at, (field, key)): (usize, (&Field, &TokenStream))| {
        if field.is_link() {
            None
        } else if key_is_generic(field) {
            Some(quote!(key if key == #key => #at))
        } else {
            Some(quote!(#key => #at))
        }
    };
    fields.iter().zip(keys).enumerate().filter_map(arm).collect()
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
        let link = quote!(#support::link_of(key, <Self as #runtime::row::FetchRow>::PARTS, &linked));
        Self {
            variable: quote!(let linked = ::core::cell::Cell::new(::core::option::Option::None);),
            // The arms after it are never reached.
            other_keys: quote! {
                _ => match #link {
                    ::core::option::Option::Some(field) => field,
                    ::core::option::Option::None if TARGETS > 0 => #support::target_key(key, <Self as #runtime::row::FetchRow>::PARTS),
                    ::core::option::Option::None => #support::OTHER,
                },
            },
        }
    }
}

impl Field {
    fn needs_fetch_xml(&self) -> bool {
        matches!(self.source, Source::Link(_) | Source::Alias { .. })
    }

    fn is_link(&self) -> bool {
        matches!(self.source, Source::Link(_))
    }
}

/// Reads the field's value from the object.
fn read_value(support: &TokenStream, field: &Field, key: &TokenStream, value: &Ident) -> TokenStream {
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
fn finish_value(
    support: &TokenStream,
    field: &Field,
    at: usize,
    key: &TokenStream,
    value: &Ident,
) -> TokenStream {
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
