//! The ready-made row with all columns of a table, for the tables that ask for it.

use proc_macro2::TokenStream;
use quote::quote;

use crate::schema::{Column, ColumnKind, DateBehavior, Table};

use super::columns::{choice_type, lookup_target, reads_without_option};
use super::plan::{Plan, target_set};
use super::tokens::{docs, ident, tokens};

/// The struct with one field per column that can be read.
pub(super) fn row(plan: &Plan, table: &Table) -> TokenStream {
    let owner = ident(&plan.tables[&table.name].marker);
    let names = &plan.members[&table.name];
    let mut fields = TokenStream::new();
    for column in table
        .columns
        .iter()
        .filter(|column| column.access.is_none_or(|access| access.read))
    {
        let Some(value) = value_type(plan, table, column) else {
            continue;
        };
        let name = ident(&names.columns[&column.name]);
        let of = if reads_without_option(table, column) {
            value
        } else {
            quote!(::core::option::Option<#value>)
        };
        let docs = docs(&[super::docs::first(&column.label, plan.language)
            .unwrap_or_else(|| super::docs::plain(&column.name))]);
        fields.extend(quote!(#docs pub #name: #of,));
    }
    let docs = docs(&[format!("A row of [`{owner}`] with all of its columns.")]);
    quote! {
        #docs
        #[derive(::dataverse_runtime::Row)]
        #[row(table = #owner, crate = ::dataverse_runtime)]
        pub struct Row { #fields }
    }
}

fn value_type(plan: &Plan, table: &Table, column: &Column) -> Option<TokenStream> {
    Some(match &column.kind {
        _ if column.name == table.primary_id => {
            let of = ident(&plan.tables[&table.name].marker);
            quote!(rt::Id<#of>)
        }
        ColumnKind::Text { .. } | ColumnKind::Memo { .. } | ColumnKind::TableName => {
            quote!(::std::string::String)
        }
        ColumnKind::WholeNumber { .. } => quote!(i32),
        ColumnKind::BigInteger { .. } => quote!(i64),
        ColumnKind::Decimal { .. } => quote!(rt::Decimal),
        ColumnKind::Float { .. } => quote!(f64),
        ColumnKind::Money { .. } => quote!(rt::Money),
        ColumnKind::YesNo { .. } => quote!(bool),
        ColumnKind::DateTime { behavior, .. } => match behavior {
            DateBehavior::UserLocal => quote!(rt::Timestamp),
            DateBehavior::DateOnly => quote!(rt::civil::Date),
            DateBehavior::TimeZoneIndependent => quote!(rt::civil::DateTime),
        },
        ColumnKind::UniqueId | ColumnKind::File { .. } => quote!(rt::Uuid),
        ColumnKind::Lookup(lookup) => {
            let target = tokens(&lookup_target(plan, table, lookup));
            match (lookup.targets.is_empty(), target_set(lookup)) {
                (true, _) => quote!(rt::Uuid),
                (false, None) => quote!(rt::Id<#target>),
                (false, Some(_)) => quote!(rt::Reference<#target>),
            }
        }
        ColumnKind::Choice { choice, .. } | ColumnKind::State { choice } | ColumnKind::Status { choice } => {
            let of = tokens(&choice_type(plan, table, column, choice));
            quote!(rt::Choice<#of>)
        }
        ColumnKind::Choices { choice, .. } => {
            let of = tokens(&choice_type(plan, table, column, choice));
            quote!(rt::Choices<#of>)
        }
        ColumnKind::Image { .. } => quote!(rt::Bytes),
        ColumnKind::ManagedProperty { .. } => quote!(rt::ManagedFlag),
        ColumnKind::Unknown { .. } => quote!(rt::Json),
        // Parties are read through their collection, as rows of their own.
        ColumnKind::PartyList { .. } => return None,
    })
}
