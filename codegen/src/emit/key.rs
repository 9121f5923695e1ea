//! Alternate keys: a struct with one field per part, so that a key can't lack one.

use proc_macro2::TokenStream;
use quote::quote;

use crate::schema::{Column, ColumnKind, DateBehavior, Key, Table};

use super::columns::choice_type;
use super::plan::{Plan, target_set};
use super::tokens::{From, docs, ident, marker, tokens};

/// The struct of a key. `None` where its index isn't active, or where a part's column is unknown or can't be in a key.
pub(super) fn key(plan: &Plan, table: &Table, key: &Key) -> Option<TokenStream> {
    if key.index_status.is_some() {
        return None;
    }
    let names = &plan.members[&table.name];
    let type_name = ident(names.keys.get(&key.name)?);
    let owner = ident(&plan.tables[&table.name].marker);
    let mut columns: Vec<&Column> = Vec::with_capacity(key.columns.len());
    for name in &key.columns {
        let column = table.column(name)?;
        if !columns.iter().any(|known| known.name == column.name) {
            columns.push(column);
        }
    }
    let types: Vec<TokenStream> = columns
        .iter()
        .map(|column| part_type(plan, table, column))
        .collect::<Option<_>>()?;
    let borrows = columns.iter().any(|column| is_text(&column.kind));
    let (generic, elided) = if borrows {
        (quote!(<'a>), quote!(<'_>))
    } else {
        (quote!(), quote!())
    };
    let mut fields = TokenStream::new();
    let mut parts = TokenStream::new();
    for (column, of) in columns.iter().zip(&types) {
        let (field, property) = (ident(&names.columns[&column.name]), column.property());
        let docs = docs(&[super::docs::first(&column.label, plan.language)
            .unwrap_or_else(|| super::docs::plain(&column.name))]);
        fields.extend(quote!(#docs pub #field: #of,));
        parts.extend(quote!(key.part(#property, &self.#field);));
    }
    let key_name = &key.name;
    let label = super::docs::first(&key.label, plan.language)
        .map_or_else(String::new, |label| format!("**{label}**: "));
    let docs = docs(&[format!(
        "{label}the alternate key {} of [`{owner}`].",
        super::docs::code(key_name)
    )]);
    Some(quote! {
        #docs
        pub struct #type_name #generic { #fields }

        impl rt::AlternateKey for #type_name #elided {
            type Table = #owner;
            const NAME: &'static str = #key_name;
            fn parts(&self, key: &mut rt::KeyWriter) { #parts }
        }
    })
}

fn is_text(kind: &ColumnKind) -> bool {
    matches!(
        kind,
        ColumnKind::Text { .. } | ColumnKind::Memo { .. } | ColumnKind::TableName
    )
}

fn part_type(plan: &Plan, table: &Table, column: &Column) -> Option<TokenStream> {
    Some(match &column.kind {
        _ if column.name == table.primary_id => {
            let owner = ident(&plan.tables[&table.name].marker);
            quote!(rt::Id<#owner>)
        }
        kind if is_text(kind) => quote!(&'a str),
        ColumnKind::WholeNumber { .. } => quote!(i32),
        ColumnKind::BigInteger { .. } => quote!(i64),
        ColumnKind::Decimal { .. } => quote!(rt::Decimal),
        ColumnKind::YesNo { .. } => quote!(bool),
        ColumnKind::UniqueId => quote!(rt::Uuid),
        ColumnKind::DateTime { behavior, .. } => match behavior {
            DateBehavior::UserLocal => quote!(rt::Timestamp),
            DateBehavior::DateOnly => quote!(rt::civil::Date),
            DateBehavior::TimeZoneIndependent => quote!(rt::civil::DateTime),
        },
        ColumnKind::Lookup(lookup) if target_set(lookup).is_none() && !lookup.targets.is_empty() => {
            let target = tokens(&marker(plan, &lookup.targets[0].table, From::Table(&table.name)));
            quote!(rt::Id<#target>)
        }
        ColumnKind::Lookup(_) => quote!(rt::Uuid),
        ColumnKind::Choice { choice, .. } | ColumnKind::State { choice } | ColumnKind::Status { choice } => {
            let of = tokens(&choice_type(plan, table, column, choice));
            quote!(rt::Choice<#of>)
        }
        _ => return None,
    })
}
