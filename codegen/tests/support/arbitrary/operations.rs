//! Random operations and the types that they use.

use dataverse_codegen::schema::{
    ComplexType, EnumType, Member, Operation, OperationKind, Parameter, Schema, TypeName, TypeUse,
};

use super::{Chance, label, unique};

pub fn types(schema: &mut Schema, chance: &mut Chance) {
    let names: Vec<String> = unique(chance, 3).into_iter().collect();
    for (at, name) in names.iter().enumerate() {
        let flags = chance.once_in(2);
        let enumeration = EnumType {
            name: name.clone(),
            flags,
            members: unique(chance, 3)
                .into_iter()
                .enumerate()
                .map(|(value, name)| Member {
                    name,
                    value: value as i64 - 1,
                })
                .collect(),
        };
        schema.enum_types.insert(name.clone(), enumeration);
        // A base always comes later: no circles.
        let base = names.get(at + 1).filter(|_| chance.once_in(2)).cloned();
        let members = unique(chance, 3);
        let complex = ComplexType {
            name: name.clone(),
            base,
            open: chance.once_in(3),
            members: members
                .into_iter()
                .map(|member| parameter(member, &names, &[], chance))
                .collect(),
        };
        schema.complex_types.insert(name.clone(), complex);
    }
}

fn parameter(name: String, types: &[String], tables: &[String], chance: &mut Chance) -> Parameter {
    Parameter {
        name,
        of: type_use(types, tables, chance),
        optional: chance.once_in(3),
        description: label(chance),
    }
}

fn type_use(types: &[String], tables: &[String], chance: &mut Chance) -> TypeUse {
    let name = match chance.below(7) {
        0 if !tables.is_empty() => TypeName::Table(chance.pick(tables).clone()),
        1 => TypeName::Complex(chance.pick(types).clone()),
        2 => TypeName::Enum(chance.pick(types).clone()),
        3 => TypeName::AnyRow,
        4 => TypeName::Other(chance.text()),
        _ => TypeName::Edm((*chance.pick(&["String", "Int32", "Guid", "Stream", "\"; evil"])).to_owned()),
    };
    TypeUse {
        name,
        collection: chance.once_in(3),
        nullable: chance.once_in(2),
    }
}

pub fn operations(schema: &mut Schema, tables: &[String], chance: &mut Chance) {
    let types: Vec<String> = schema.complex_types.keys().cloned().collect();
    for _ in 0..chance.below(6) {
        let bound = chance.once_in(2).then(|| TypeUse {
            name: TypeName::Table(chance.pick(tables).clone()),
            collection: chance.once_in(2),
            nullable: false,
        });
        let parameters = unique(chance, 3);
        let operation = Operation {
            name: chance.name(),
            kind: *chance.pick(&[OperationKind::Function, OperationKind::Action]),
            filter_only: bound.is_none() && chance.once_in(4),
            bound,
            parameters: parameters
                .into_iter()
                .map(|name| parameter(name, &types, tables, chance))
                .collect(),
            returns: chance.once_in(2).then(|| type_use(&types, tables, chance)),
            composable: chance.once_in(4),
        };
        schema.operations.push(operation);
    }
    schema.operations.sort_by(|a, b| a.order().cmp(&b.order()));
    schema
        .operations
        .dedup_by(|later, first| later.order() == first.order());
}
