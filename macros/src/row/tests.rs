//! What the derive writes, and what it refuses.

use super::derive;
use crate::errors::reported;
use quote::quote;

/// The errors that the derive reports, in order.
fn errors(input: proc_macro2::TokenStream) -> Vec<String> {
    reported(&derive(input))
}

#[test]
fn a_row_is_implemented() {
    let output = derive(quote! {
        #[row(table = account::Account, crate = ::runtime)]
        struct Big {
            name: Option<String>,
            #[row(column = r#type)]
            kind: i32,
            #[row(expand)]
            primarycontactid: Option<Person>,
            #[row(formatted = industrycode)]
            industry: Option<String>,
            #[row(etag)]
            version: Option<String>,
        }
    });
    syn::parse2::<syn::File>(output.clone()).unwrap();
    let output = output.to_string();
    for part in [
        "impl :: runtime :: Row for Big",
        "type Table = account :: Account",
        "COLUMNS . name . read :: < Option < String > > ()",
        "COLUMNS . r#type . read :: < i32 > ()",
        "COLUMNS . primarycontactid . expand :: < Option < Person > > ()",
        "COLUMNS . industrycode . formatted :: < Option < String > > ()",
        "support :: etag :: < Option < String > > ()",
    ] {
        assert!(output.contains(part), "{part} is not in {output}");
    }
}

#[test]
fn all_errors_are_reported_at_once() {
    let found = errors(quote! {
        #[row(tabel = Account)]
        struct Big {
            #[row(expnd)]
            name: String,
            #[row(column = "name")]
            other: String,
            #[row(expand, etag)]
            third: String,
        }
    });
    assert_eq!(
        found,
        [
            "expected `table = ..` or `crate = ..`",
            "which table? Add `#[row(table = ..)]` to `Big`",
            "expected `column = name`, `expand`, `formatted = name`, `target = name`, `etag`, `link = \"alias\"` or `alias = \"name\"`",
            "write the column's name without quotes: `name`",
            "this is said twice",
        ]
    );
}

#[test]
fn a_mistake_in_a_field_keeps_the_implementation() {
    let output = derive(quote! {
        #[row(table = Account)]
        struct Big { #[row(oops)] name: String }
    });
    assert!(
        output
            .to_string()
            .contains("impl dataverse_runtime :: Row for Big")
    );
}

#[test]
fn two_fields_cannot_read_the_same_property() {
    let found = errors(quote! {
        #[row(table = Account)]
        struct Big {
            name: Option<String>,
            #[row(column = name)]
            again: Option<String>,
            #[row(formatted = name)]
            shown: Option<String>,
        }
    });
    assert_eq!(found, ["the field `name` reads this already"]);
}

#[test]
fn only_structs_with_named_fields_are_rows() {
    let table = quote!(#[row(table = Account)]);
    let named = ["a row needs named fields: their names are the columns"];
    assert_eq!(
        errors(quote!(#table enum Big {})),
        ["a row is a struct, not an enum"]
    );
    assert_eq!(errors(quote!(#table struct Big(String);)), named);
    assert_eq!(errors(quote!(#table struct Big;)), named);
    let borrows = [
        "a row borrows nothing, because it outlives the answer that it is read from: write `String` for `&str`",
    ];
    assert_eq!(errors(quote!(#table struct Big<'a> { name: &'a str })), borrows);
}

#[test]
fn a_row_with_parameters_is_implemented() {
    let output = derive(quote! {
        #[row(table = Account)]
        struct Big<P: Row<Table = Contact> = Person, const N: usize = 3> where Fixed<N>: Decode {
            name: Option<String>,
            fax: Option<Fixed<N>>,
            #[row(expand)]
            primarycontactid: Option<P>,
        }
    });
    syn::parse2::<syn::File>(output.clone()).unwrap();
    let output = output.to_string();
    for part in [
        "impl < P : Row < Table = Contact > , const N : usize > dataverse_runtime :: Row for Big < P , N > where Fixed < N > : Decode",
        "const __key_0 : & str = __field_0 . key () ;",
        "COLUMNS . fax . property () ;",
        "const __key_2 : & str = < __Of < Big < P , N > >> :: __field_2 . key () ;",
        "__key_0 => 0usize , __key_1 => 1usize , key if key == < __Of < Big < P , N > >> :: __key_2 => 2usize ,",
    ] {
        assert!(output.contains(part), "{part} is not in {output}");
    }
}

#[test]
fn a_parameter_without_bounds_is_reported_once() {
    let found = errors(quote! {
        #[row(table = Account)]
        struct Big<P, V, Q> where Q: Row<Table = Contact> {
            name: V,
            #[row(expand)]
            primarycontactid: Option<P>,
            #[row(expand)]
            contact_customer_accounts: Vec<P>,
            #[row(expand)]
            account_parent_account: Vec<Q>,
        }
    });
    assert_eq!(
        found,
        [
            "`V`: it could be any type, and a column gives one: write that type in its place",
            "`P`: which rows does it hold? Write `: Row<Table = ..>` behind it",
        ]
    );
}

#[test]
fn column_goes_with_columns() {
    let found = errors(quote! {
        #[row(table = Account)]
        struct Big { #[row(column = name, etag)] version: Option<String> }
    });
    assert_eq!(found, ["`column` goes with a plain field or `expand` only"]);
}
