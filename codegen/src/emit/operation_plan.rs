//! The names of operations and their types.

use std::collections::{BTreeMap, BTreeSet};

use crate::names::{Lock, Wish, distinct, member, type_name};
use crate::schema::{ComplexType, Operation, OperationKind, Parameter, Schema, TypeName};

use super::plan::{TableNames, USED};

/// Names of operations and their types.
#[derive(Default)]
pub(crate) struct OperationNames {
    /// The structs of operations, in the schema's order; those that can't be called have none: they stand in filters
    /// alone, or are bound to what has no address.
    pub(crate) operations: Vec<Option<String>>,
    /// The structs of complex types by name.
    pub(crate) complex: BTreeMap<String, String>,
    /// The enums of enumerations by name.
    pub(crate) enums: BTreeMap<String, String>,
    /// Complex types that others extend: a value may be of any of them.
    pub(crate) extended: BTreeSet<String>,
    /// Enumerations whose members can stand together.
    pub(crate) flags: BTreeSet<String>,
    /// Members, as (complex type, member), that must be boxed because the type contains itself through them.
    pub(crate) boxed: BTreeSet<(String, String)>,
}

pub(super) fn operation_names(
    schema: &Schema,
    tables: &BTreeMap<String, TableNames>,
    before: &Lock,
    after: &mut Lock,
) -> OperationNames {
    let simple = |prefix: &str, names: Vec<&String>| -> Vec<Wish> {
        let wish = |name: &&String| Wish {
            key: format!("{prefix} {name}"),
            name: type_name(name).unwrap_or_else(|| "Unnamed".to_owned()),
            suffix: format!("_{}", member(name).trim_start_matches("r#")),
        };
        names.iter().map(wish).collect()
    };
    let complex = distinct(
        &simple("complex", schema.complex_types.keys().collect()),
        &USED,
        before,
        after,
    );
    let enums = distinct(
        &simple("enum", schema.enum_types.keys().collect()),
        &USED,
        before,
        after,
    );
    OperationNames {
        operations: structs(schema, tables, before, after),
        complex: schema.complex_types.keys().cloned().zip(complex).collect(),
        enums: schema.enum_types.keys().cloned().zip(enums).collect(),
        extended: schema
            .complex_types
            .values()
            .filter_map(|of| of.base.clone())
            .collect(),
        flags: schema
            .enum_types
            .values()
            .filter(|of| of.flags)
            .map(|of| of.name.clone())
            .collect(),
        boxed: boxed(schema),
    }
}

/// Overloads differ by what they are bound to, and take its name as theirs.
fn structs(
    schema: &Schema,
    tables: &BTreeMap<String, TableNames>,
    before: &Lock,
    after: &mut Lock,
) -> Vec<Option<String>> {
    let mut names: Vec<Option<String>> = vec![None; schema.operations.len()];
    for kind in [OperationKind::Function, OperationKind::Action] {
        let callable =
            |of: &&(usize, &Operation)| of.1.kind == kind && !of.1.filter_only && has_address(of.1, tables);
        let all: Vec<(usize, &Operation)> = schema.operations.iter().enumerate().collect();
        let all: Vec<_> = all.iter().filter(callable).collect();
        let wish = |(_, of): &&(usize, &Operation)| {
            let word = if kind == OperationKind::Function {
                "function"
            } else {
                "action"
            };
            let bound = bound_name(of, tables);
            let key = if bound.is_empty() {
                format!("{word} {}", of.name)
            } else {
                format!("{word} {} {bound}", of.name)
            };
            Wish {
                key,
                name: type_name(&of.name).unwrap_or_else(|| "Unnamed".to_owned()),
                suffix: format!("_{bound}"),
            }
        };
        let wishes: Vec<Wish> = all.iter().map(wish).collect();
        for ((at, _), name) in all.iter().zip(distinct(&wishes, &USED, before, after)) {
            names[*at] = Some(name);
        }
    }
    names
}

/// Whether there is a URL to call the operation at. Types without an entity set have none.
fn has_address(operation: &Operation, tables: &BTreeMap<String, TableNames>) -> bool {
    let bound = operation.bound.as_ref().map(|bound| &bound.name);
    bound.is_none_or(|bound| matches!(bound, TypeName::Table(table) if tables.contains_key(table)))
}

fn bound_name(operation: &Operation, tables: &BTreeMap<String, TableNames>) -> String {
    let Some(bound) = &operation.bound else {
        return String::new();
    };
    let named = |name: &str| type_name(name).unwrap_or_else(|| "Unnamed".to_owned());
    let name = match &bound.name {
        TypeName::Table(table) => tables
            .get(table)
            .map_or_else(|| named(table), |names| names.marker.clone()),
        TypeName::Complex(name) | TypeName::Enum(name) | TypeName::Other(name) | TypeName::Edm(name) => {
            named(name)
        }
        TypeName::AnyRow => "AnyRow".to_owned(),
    };
    format!("{name}{}", if bound.collection { "Set" } else { "" })
}

/// The members through which a type would contain itself.
fn boxed(schema: &Schema) -> BTreeSet<(String, String)> {
    fn held(of: &Parameter) -> Option<&str> {
        match &of.of.name {
            TypeName::Complex(name) if !of.of.collection => Some(name),
            _ => None,
        }
    }
    let mut holders: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for complex in schema.complex_types.values() {
        for inner in all_members(schema, complex).filter_map(held) {
            holders.entry(inner).or_default().insert(&complex.name);
        }
    }
    let mut boxed = BTreeSet::new();
    for complex in schema.complex_types.values() {
        // All types that hold this one, however deep, and itself.
        let mut outer = BTreeSet::from([complex.name.as_str()]);
        let mut next = vec![complex.name.as_str()];
        while let Some(name) = next.pop() {
            let more = holders.get(name).into_iter().flatten().copied();
            next.extend(more.filter(|holder| outer.insert(holder)));
        }
        let through =
            all_members(schema, complex).filter(|of| held(of).is_some_and(|inner| outer.contains(inner)));
        boxed.extend(through.map(|of| (complex.name.clone(), of.name.clone())));
    }
    boxed
}

fn all_members<'s>(schema: &'s Schema, of: &'s ComplexType) -> impl Iterator<Item = &'s Parameter> {
    of.members.iter().chain(inherited(schema, of))
}

/// The members of the types that a complex type extends, nearest first.
pub(crate) fn inherited<'s>(
    schema: &'s Schema,
    complex: &'s ComplexType,
) -> impl Iterator<Item = &'s Parameter> {
    let base = |of: &&'s ComplexType| of.base.as_ref().and_then(|base| schema.complex_types.get(base));
    std::iter::successors(Some(complex), base)
        .skip(1)
        .flat_map(|base| &base.members)
}
