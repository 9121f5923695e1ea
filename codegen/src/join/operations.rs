//! Functions, actions and their types, from CSDL.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::csdl::{self, Document, EdmType};
use crate::schema::{
    ComplexType, EnumType, Label, Member, Operation, OperationKind, Parameter, TypeName, TypeUse, cut_circles,
};

use crate::warning::Warning;

use super::csdl_index::CsdlIndex;
use super::fixups;

/// Resolves the types that operations name.
pub(super) struct Types<'d, 'a> {
    index: &'d CsdlIndex<'d, 'a>,
    complex: HashSet<&'d str>,
    enums: HashSet<&'d str>,
}

impl<'d, 'a> Types<'d, 'a> {
    pub(super) fn new(document: &'d Document<'a>, index: &'d CsdlIndex<'d, 'a>) -> Self {
        Self {
            index,
            complex: document.complex_types.iter().map(|of| &*of.name).collect(),
            enums: document.enum_types.iter().map(|of| &*of.name).collect(),
        }
    }

    fn name(&self, of: &csdl::TypeName<'_>) -> TypeName {
        match of {
            csdl::TypeName::Edm(edm) => TypeName::Edm(edm_name(*edm).to_owned()),
            csdl::TypeName::Schema(name) if self.complex.contains(&**name) => {
                TypeName::Complex(name.to_string())
            }
            csdl::TypeName::Schema(name) if self.enums.contains(&**name) => TypeName::Enum(name.to_string()),
            csdl::TypeName::Schema(name) if self.index.is_table(name) => TypeName::Table(name.to_string()),
            // Types without an entity set stand for any of their derived tables; those of the schema are plain objects.
            csdl::TypeName::Schema(name)
                if self.index.is_entity_type(name) && !self.index.is_metadata(name) =>
            {
                TypeName::AnyRow
            }
            csdl::TypeName::Schema(name) | csdl::TypeName::Other(name) => TypeName::Other(name.to_string()),
        }
    }

    fn type_use(&self, of: &csdl::TypeRef<'_>, nullable: Option<bool>) -> TypeUse {
        TypeUse {
            name: self.name(&of.name),
            collection: of.collection,
            nullable: nullable.unwrap_or(true),
        }
    }

    fn parameter(&self, parameter: &csdl::Parameter<'_>) -> Parameter {
        Parameter {
            name: parameter.name.to_string(),
            of: self.type_use(&parameter.ty, parameter.nullable),
            optional: parameter.optional,
            description: description(parameter.description.as_deref()),
        }
    }

    fn operation(&self, of: &csdl::Operation<'_>, kind: OperationKind, imported: bool) -> Operation {
        let (bound, parameters) = match of.parameters.split_first() {
            Some((first, rest)) if of.is_bound => (Some(self.type_use(&first.ty, Some(false))), rest),
            _ => (None, &of.parameters[..]),
        };
        let returns = of.returns.as_ref();
        let returns = returns.map(|returns| self.type_use(&returns.ty, returns.nullable));
        Operation {
            name: of.name.to_string(),
            kind,
            filter_only: kind == OperationKind::Function && bound.is_none() && !imported,
            returns: fixups::unpublished_row_is_the_bound_one(&of.name, bound.as_ref(), returns),
            bound,
            parameters: parameters
                .iter()
                .map(|parameter| self.parameter(parameter))
                .collect(),
            composable: of.is_composable,
        }
    }

    /// All operations in canonical order. Of two overloads that are bound alike, the one with more parameters stays.
    pub(super) fn operations(&self, document: &Document<'_>, warnings: &mut Vec<Warning>) -> Vec<Operation> {
        let imported: BTreeSet<&str> = document
            .function_imports
            .iter()
            .map(|import| &*import.operation)
            .collect();
        let functions = document
            .functions
            .iter()
            .map(|of| self.operation(of, OperationKind::Function, imported.contains(&*of.name)));
        let actions = document
            .actions
            .iter()
            .map(|of| self.operation(of, OperationKind::Action, true));
        let mut operations: Vec<_> = functions.chain(actions).collect();
        operations.sort_by(|a, b| {
            a.order()
                .cmp(&b.order())
                .then(b.parameters.len().cmp(&a.parameters.len()))
                .then_with(|| {
                    let names =
                        |of: &Operation| of.parameters.iter().map(|p| p.name.clone()).collect::<Vec<_>>();
                    names(a).cmp(&names(b))
                })
        });
        operations.dedup_by(|later, first| {
            let overload = later.order() == first.order();
            if overload && later != first {
                warnings.push(Warning::document(format!(
                    "the overloads of {} differ by parameters alone: the one with the most was kept",
                    described(first)
                )));
            }
            overload
        });
        let without_address = operations.iter().filter(|of| {
            let bound = of.bound.as_ref();
            bound.is_some_and(|bound| !matches!(bound.name, TypeName::Table(_)))
        });
        warnings.extend(without_address.map(|of| {
            Warning::document(format!(
                "{} is bound to what has no entity set: the crate leaves it out",
                described(of)
            ))
        }));
        operations
    }

    /// The complex types. Their navigation properties are members like the others: they are written inline.
    pub(super) fn complex_types(&self, document: &Document<'_>) -> BTreeMap<String, ComplexType> {
        let complex = |of: &csdl::ComplexType<'_>| {
            let properties = of.properties.iter().map(|property| Parameter {
                name: property.name.to_string(),
                of: self.type_use(&property.ty, property.nullable),
                optional: false,
                description: description(property.description.as_deref()),
            });
            let navigation = of.navigation.iter().map(|navigation| Parameter {
                name: navigation.name.to_string(),
                of: self.type_use(&navigation.ty, None),
                optional: false,
                description: description(navigation.description.as_deref()),
            });
            let mut members: Vec<_> = properties.chain(navigation).collect();
            members.sort_by(|a, b| a.name.cmp(&b.name));
            members.dedup_by(|later, first| later.name == first.name);
            let base = of
                .base
                .as_deref()
                .filter(|base| self.complex.contains(base))
                .map(str::to_owned);
            ComplexType {
                name: of.name.to_string(),
                base,
                open: of.is_open,
                members,
            }
        };
        let mut types = BTreeMap::new();
        for of in &document.complex_types {
            types.entry(of.name.to_string()).or_insert_with(|| complex(of));
        }
        cut_circles(&mut types);
        types
    }

    /// The enumerations.
    pub(super) fn enum_types(&self, document: &Document<'_>) -> BTreeMap<String, EnumType> {
        let enumeration = |of: &csdl::EnumType<'_>| {
            let member = |of: &csdl::EnumMember<'_>| Member {
                name: of.name.to_string(),
                value: of.value,
            };
            let mut members: Vec<_> = of.members.iter().map(member).collect();
            members.sort_by(|a, b| a.value.cmp(&b.value).then_with(|| a.name.cmp(&b.name)));
            members.dedup_by(|later, first| later.name == first.name);
            EnumType {
                name: of.name.to_string(),
                flags: of.is_flags,
                members,
            }
        };
        let mut types = BTreeMap::new();
        for of in &document.enum_types {
            types
                .entry(of.name.to_string())
                .or_insert_with(|| enumeration(of));
        }
        types
    }
}

fn described(of: &Operation) -> String {
    let kind = match of.kind {
        OperationKind::Function => "function",
        OperationKind::Action => "action",
    };
    format!("the {kind} `{}`", of.name)
}

fn description(text: Option<&str>) -> Label {
    text.map_or_else(Label::default, |text| Label::of(Label::UNKNOWN_LANGUAGE, text))
}

fn edm_name(edm: EdmType) -> &'static str {
    match edm {
        EdmType::Binary => "Binary",
        EdmType::Boolean => "Boolean",
        EdmType::Byte => "Byte",
        EdmType::Date => "Date",
        EdmType::DateTimeOffset => "DateTimeOffset",
        EdmType::Decimal => "Decimal",
        EdmType::Double => "Double",
        EdmType::Duration => "Duration",
        EdmType::Guid => "Guid",
        EdmType::Int16 => "Int16",
        EdmType::Int32 => "Int32",
        EdmType::Int64 => "Int64",
        EdmType::SByte => "SByte",
        EdmType::Single => "Single",
        EdmType::Stream => "Stream",
        EdmType::String => "String",
        EdmType::TimeOfDay => "TimeOfDay",
    }
}
