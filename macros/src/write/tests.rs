//! What the derives write, and what they refuse.

use super::{Write, derive};
use crate::errors::reported;
use quote::quote;

/// The errors that the derive reports, in order.
fn errors(write: Write, input: proc_macro2::TokenStream) -> Vec<String> {
    reported(&derive(write, input))
}

#[test]
fn a_new_row_is_implemented() {
    let output = derive(
        Write::Create,
        quote! {
            #[create(table = account::Account, crate = ::runtime, set(fax = "1", creditonhold = false))]
            struct New<'a> {
                name: &'a str,
                #[create(column = r#type)]
                kind: Option<Cow<'a, str>>,
                #[create(insert)]
                contact_customer_accounts: Vec<NewContact>,
                #[create(skip)]
                note: u8,
            }
        },
    );
    syn::parse2::<syn::File>(output.clone()).unwrap();
    let output = output.to_string();
    for part in [
        "impl < 'a > :: runtime :: NewRow for New < 'a >",
        "COLUMNS . name . write_field :: < __Write , & 'a str > (self . name , & mut body)",
        "COLUMNS . r#type . write_field :: < __Write , Option < Cow < 'a , str > > >",
        "COLUMNS . contact_customer_accounts . insert_field :: <",
        "__fits (< account :: Account as :: runtime :: Table > :: COLUMNS . fax , \"1\")",
        "COLUMNS . creditonhold . set (false)",
        "type __Write = :: runtime :: write :: Create ;",
        "COLUMNS . name . property () , true",
        "COLUMNS . r#type . property () , false",
        "COLUMNS . contact_customer_accounts . property () , true",
        "COLUMNS . fax . property () , true",
    ] {
        assert!(output.contains(part), "{part} is not in {output}");
    }
    assert!(!output.contains("note"), "{output}");
}

#[test]
fn a_change_needs_no_completeness() {
    let output = derive(
        Write::Update,
        quote! {
            #[update(table = Account)]
            struct Changes { name: Option<String> }
        },
    );
    let output = output.to_string();
    assert!(output.contains("impl dataverse_runtime :: RowChanges for Changes"));
    assert!(output.contains("type __Write = dataverse_runtime :: write :: Update ;"));
    assert!(!output.contains("__complete :: <"));
}

#[test]
fn all_errors_are_reported_at_once() {
    let input = quote! {
        #[create(tabel = Account)]
        struct New {
            #[create(inset)]
            name: String,
            #[create(column = "name")]
            other: String,
            #[create(skip, skip)]
            third: String,
            fax: String,
            #[create(column = fax)]
            again: String,
        }
    };
    assert_eq!(
        errors(Write::Create, input),
        [
            "expected `table = ..`, `set(column = ..)`, `incomplete` or `crate = ..`",
            "which table? Add `#[create(table = ..)]` to `New`",
            "expected `column = name`, `insert` or `skip`",
            "write the column's name without quotes: `name`",
            "this is said twice",
            "`fax` is written twice",
        ]
    );
}

#[test]
fn an_update_inserts_nothing() {
    let input = quote! {
        #[update(table = Account, incomplete)]
        struct Changes {
            #[update(insert)]
            contacts: Vec<NewContact>,
        }
    };
    assert_eq!(
        errors(Write::Update, input),
        [
            "expected `table = ..`, `set(column = ..)` or `crate = ..`",
            "expected `column = name` or `skip`",
        ]
    );
}

#[test]
fn only_structs_with_named_fields_are_written() {
    let table = quote!(#[create(table = Account)]);
    assert_eq!(
        errors(Write::Create, quote!(#table enum New {})),
        ["a new row is a struct, not an enum"]
    );
    assert_eq!(
        errors(Write::Create, quote!(#table struct New(String);)),
        ["a new row needs named fields: their names are the columns"]
    );
}

#[test]
fn parameters_need_bounds() {
    let found = errors(
        Write::Create,
        quote! {
            #[create(table = Account)]
            struct New<V, P, Q: NewRow<Table = Contact>> {
                name: V,
                #[create(insert)]
                primarycontactid: P,
                #[create(insert)]
                contact_customer_accounts: Vec<Q>,
            }
        },
    );
    assert_eq!(
        found,
        [
            "`V`: it could be any type, and a column takes one: write that type in its place",
            "`P`: which rows does it create? Write `: NewRow<Table = ..>` behind it",
        ]
    );
}

#[test]
fn a_column_that_is_a_parameter_may_be_left_out() {
    let output = derive(
        Write::Create,
        quote! {
            #[create(table = Account)]
            struct New<V: WrittenTo<Text>, P: NewRow<Table = Contact>> {
                name: V,
                #[create(insert)]
                primarycontactid: P,
            }
        },
    );
    let output = output.to_string();
    for part in [
        "impl < V : WrittenTo < Text > , P : NewRow < Table = Contact > > dataverse_runtime :: NewRow for New < V , P >",
        "COLUMNS . name . property () , false",
        "COLUMNS . primarycontactid . property () , true",
    ] {
        assert!(output.contains(part), "{part} is not in {output}");
    }
}
