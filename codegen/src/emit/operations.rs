//! Functions and actions with the types that they take and give.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::names::{Lock, Wish, distinct, member};
use crate::schema::{ComplexType, EnumType, Operation, OperationKind, Parameter, Schema, TypeName, TypeUse};

use super::operation_plan::inherited;
use super::plan::Plan;
use super::tokens::{From, docs, ident, marker, tokens};

/// The module of one sort of operations.
pub(super) fn operations(schema: &Schema, plan: &Plan, kind: OperationKind) -> TokenStream {
    let doc = match kind {
        OperationKind::Function => " Functions: they are asked and change nothing.",
        OperationKind::Action => " Actions: they do something.",
    };
    let named = schema
        .operations
        .iter()
        .zip(&plan.operations.operations)
        .filter(|(of, _)| of.kind == kind);
    let items = named.filter_map(|(of, name)| Some(operation(plan, of, name.as_deref()?)));
    module(doc, items)
}

fn module(doc: &str, items: impl Iterator<Item = TokenStream>) -> TokenStream {
    quote! {
        #![doc = #doc]
        #![allow(unused_imports, unused_variables)]

        use ::dataverse_runtime as rt;

        #(#items)*
    }
}

fn operation(plan: &Plan, of: &Operation, name: &str) -> TokenStream {
    let type_name = ident(name);
    let (word, kind) = match of.kind {
        OperationKind::Function => ("Function", quote!(Function)),
        OperationKind::Action => ("Action", quote!(Action)),
    };
    let docs_of_type = docs(&[format!("{word} {}.", super::docs::code(&of.name))]);
    let wire_name = &of.name;
    let response = of
        .returns
        .as_ref()
        .map_or_else(|| quote!(()), |returns| present(plan, returns));
    let Binding {
        field,
        row,
        of: bound,
    } = binding(plan, of.bound.as_ref());
    let (fields, writes) = parameters(plan, &of.parameters, field.is_some());
    let shape = if of.parameters.is_empty() && field.is_none() {
        quote!(;)
    } else {
        quote!({ #field #fields })
    };
    quote! {
        #docs_of_type
        pub struct #type_name #shape

        impl rt::Operation for #type_name {
            type Response = #response;
            type Bound = rt::bound::#bound;
            type Kind = rt::operation::kind::#kind;
            const NAME: &'static str = #wire_name;
            fn parameters(&self, to: &mut rt::ObjectWriter) { #writes }
            #row
        }
    }
}

/// What an operation returns: it is there, whatever the metadata says.
fn present(plan: &Plan, returns: &TypeUse) -> TokenStream {
    let returns = TypeUse {
        nullable: false,
        ..returns.clone()
    };
    type_of(plan, &returns, false)
}

/// The fields of an operation's parameters, and how each is written.
fn parameters(plan: &Plan, parameters: &[Parameter], on_a_row: bool) -> (TokenStream, TokenStream) {
    let reserved: &[&str] = if on_a_row { &["entity"] } else { &[] };
    let names = member_names(&parameters.iter().collect::<Vec<_>>(), reserved);
    let mut fields = TokenStream::new();
    let mut writes = TokenStream::new();
    for (parameter, name) in parameters.iter().zip(&names) {
        let (field, wire) = (ident(name), &parameter.name);
        let value = TypeUse {
            nullable: parameter.of.nullable || parameter.optional,
            ..parameter.of.clone()
        };
        let of = type_of(plan, &value, false);
        let docs = parameter_docs(plan, parameter);
        fields.extend(quote!(#docs pub #field: #of,));
        writes.extend(quote!(to.field(#wire, &self.#field);));
    }
    (fields, writes)
}

/// What an operation is bound to, as a field, a method and a type.
struct Binding {
    field: Option<TokenStream>,
    row: Option<TokenStream>,
    of: TokenStream,
}

fn binding(plan: &Plan, bound: Option<&TypeUse>) -> Binding {
    let Some(bound) = bound else {
        return Binding {
            field: None,
            row: None,
            of: quote!(Unbound),
        };
    };
    let table = match &bound.name {
        TypeName::Table(table) => tokens(&marker(plan, table, From::Submodule)),
        _ => quote!(rt::AnyTable),
    };
    if bound.collection {
        return Binding {
            field: None,
            row: None,
            of: quote!(ToSet<#table>),
        };
    }
    Binding {
        field: Some(quote! {
            #[doc = " The row that it is called on."]
            pub entity: rt::Id<#table>,
        }),
        row: Some(quote! {
            fn row(&self) -> ::core::option::Option<rt::Uuid> { ::core::option::Option::Some(self.entity.uuid()) }
        }),
        of: quote!(ToRow<#table>),
    }
}

fn parameter_docs(plan: &Plan, parameter: &Parameter) -> TokenStream {
    let mut line = super::docs::code(&parameter.name);
    if parameter.optional {
        line.push_str(", may be left out");
    }
    if let Some(description) = super::docs::first(&parameter.description, plan.language) {
        line = format!("{line}: {description}");
    }
    docs(&[line])
}

fn member_names(members: &[&Parameter], reserved: &[&str]) -> Vec<String> {
    let wish = |of: &&Parameter| {
        let name = member(&of.name);
        // Members that differ in case only keep their names as they are on the wire.
        Wish {
            key: String::new(),
            suffix: format!("_{}", crate::names::field(&of.name).trim_start_matches("r#")),
            name,
        }
    };
    let wishes: Vec<Wish> = members.iter().map(wish).collect();
    distinct(&wishes, reserved, &Lock::default(), &mut Lock::default())
}

/// The module of the complex types.
pub(super) fn complex_types(schema: &Schema, plan: &Plan) -> TokenStream {
    let items = schema.complex_types.values().map(|of| complex(schema, plan, of));
    module(" Complex types: what operations take and give.", items)
}

fn complex(schema: &Schema, plan: &Plan, of: &ComplexType) -> TokenStream {
    let type_name = ident(&plan.operations.complex[&of.name]);
    let full_name = format!("{NAMESPACE}{}", of.name);
    let docs_of_type = docs(&[format!("Complex type {}.", super::docs::code(&of.name))]);
    let mut members: Vec<&Parameter> = of.members.iter().chain(inherited(schema, of)).collect();
    members.sort_by(|a, b| a.name.cmp(&b.name));
    members.dedup_by(|later, first| later.name == first.name);
    let names = member_names(&members, &[]);
    let (mut fields, mut reads, mut writes) = (TokenStream::new(), TokenStream::new(), TokenStream::new());
    for (member, name) in members.iter().zip(&names) {
        let (field, wire) = (ident(name), &member.name);
        let boxed = plan
            .operations
            .boxed
            .contains(&(of.name.clone(), member.name.clone()));
        // What the service declares as never null is null in answers all the same.
        let value = type_of(
            plan,
            &TypeUse {
                nullable: true,
                ..member.of.clone()
            },
            boxed,
        );
        let docs = parameter_docs(plan, member);
        fields.extend(quote!(#docs pub #field: #value,));
        reads.extend(quote!(#field: from.field(#wire)?,));
        writes.extend(quote!(to.field(#wire, &self.#field);));
    }
    let extends = ancestors(schema, of).map(|base| {
        let base = ident(&plan.operations.complex[&base.name]);
        quote!(impl rt::Extends<#base> for #type_name {})
    });
    quote! {
        #docs_of_type
        pub struct #type_name { #fields }

        impl rt::ComplexType for #type_name {
            const NAME: &'static str = #full_name;
            fn read(from: &rt::ObjectReader) -> ::core::result::Result<Self, rt::DecodeError> {
                ::core::result::Result::Ok(Self { #reads })
            }
            fn write(&self, to: &mut rt::ObjectWriter) { #writes }
        }

        impl ::core::fmt::Debug for #type_name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                rt::support::show(self, f)
            }
        }
        #(#extends)*
    }
}

fn ancestors<'s>(schema: &'s Schema, of: &'s ComplexType) -> impl Iterator<Item = &'s ComplexType> {
    let base = |of: &&'s ComplexType| of.base.as_ref().and_then(|base| schema.complex_types.get(base));
    std::iter::successors(Some(of), base).skip(1)
}

/// The namespace of all types of the Web API.
const NAMESPACE: &str = "Microsoft.Dynamics.CRM.";

/// The module of the enumerations.
pub(super) fn enum_types(schema: &Schema, plan: &Plan) -> TokenStream {
    let items = schema.enum_types.values().map(|of| enumeration(plan, of));
    module(
        " Enumerations of the API. The choices of tables are with their tables.",
        items,
    )
}

fn enumeration(plan: &Plan, of: &EnumType) -> TokenStream {
    let type_name = ident(&plan.operations.enums[&of.name]);
    let full_name = format!("{NAMESPACE}{}", of.name);
    let docs_of_type = docs(&[format!("Enumeration {}.", super::docs::code(&of.name))]);
    let wish = |member: &crate::schema::Member| Wish {
        key: String::new(),
        name: crate::names::type_name(&member.name).unwrap_or_else(|| "Unnamed".to_owned()),
        suffix: format!("_{}", crate::names::field(&member.name).trim_start_matches("r#")),
    };
    let wishes: Vec<Wish> = of.members.iter().map(wish).collect();
    let names = distinct(&wishes, &[], &Lock::default(), &mut Lock::default());
    let (mut variants, mut rows) = (TokenStream::new(), TokenStream::new());
    for (member, name) in of.members.iter().zip(&names) {
        let (variant, wire, value) = (ident(name), &member.name, Literal::i64_unsuffixed(member.value));
        let docs = docs(&[format!("{}: {}", super::docs::code(wire), member.value)]);
        variants.extend(quote!(#docs #variant,));
        rows.extend(quote!((#value, Self::#variant, #wire),));
    }
    quote! {
        #docs_of_type
        pub enum #type_name { #variants }

        impl rt::EnumType for #type_name {
            const NAME: &'static str = #full_name;
            const MEMBERS: &'static [(i64, Self, &'static str)] = &[#rows];
        }
    }
}

/// The Rust type of a value, seen from a module of operations.
fn type_of(plan: &Plan, of: &TypeUse, boxed: bool) -> TokenStream {
    let item = match &of.name {
        TypeName::Edm(edm) => edm_type(edm),
        TypeName::Table(table) => {
            let table = tokens(&marker(plan, table, From::Submodule));
            quote!(rt::Record<#table>)
        }
        TypeName::AnyRow => quote!(rt::AnyRecord),
        TypeName::Complex(name) => match plan.operations.complex.get(name) {
            Some(type_name) => {
                let type_name = ident(type_name);
                let path = quote!(super::complex::#type_name);
                if plan.operations.extended.contains(name) {
                    quote!(rt::Derived<#path>)
                } else {
                    path
                }
            }
            None => quote!(rt::Json),
        },
        TypeName::Enum(name) => match plan.operations.enums.get(name) {
            Some(type_name) => {
                let type_name = ident(type_name);
                if plan.operations.flags.contains(name) {
                    quote!(rt::Flags<super::enums::#type_name>)
                } else {
                    quote!(rt::Member<super::enums::#type_name>)
                }
            }
            None => quote!(rt::Json),
        },
        TypeName::Other(_) => quote!(rt::Json),
    };
    // What can be of a derived type is held as text: nothing contains itself through it.
    let held = |name| plan.operations.complex.contains_key(name) && !plan.operations.extended.contains(name);
    let item = if boxed && matches!(&of.name, TypeName::Complex(name) if held(name)) {
        quote!(::std::boxed::Box<#item>)
    } else {
        item
    };
    match (of.collection, of.nullable) {
        (false, false) => item,
        (false, true) => quote!(::core::option::Option<#item>),
        (true, false) => quote!(::std::vec::Vec<#item>),
        (true, true) => quote!(::core::option::Option<::std::vec::Vec<#item>>),
    }
}

fn edm_type(name: &str) -> TokenStream {
    match name {
        "String" => quote!(::std::string::String),
        "Boolean" => quote!(bool),
        "Byte" | "SByte" | "Int16" | "Int32" => quote!(i32),
        "Int64" => quote!(i64),
        "Single" | "Double" => quote!(f64),
        "Decimal" => quote!(rt::Decimal),
        "Guid" => quote!(rt::Uuid),
        "Date" => quote!(rt::civil::Date),
        "DateTimeOffset" => quote!(rt::Timestamp),
        "Binary" => quote!(rt::Bytes),
        _ => quote!(rt::Json),
    }
}
