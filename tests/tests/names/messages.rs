//! Operations and types with the worst of names.

use dataverse_codegen::schema::{OperationKind, Schema, TypeName, TypeUse};

use super::build::{complex, complex_use, edm, enumeration, operation, parameter, uses};

pub fn operations(schema: &mut Schema) {
    let text = || edm("String");
    schema.complex_types.extend([
        complex(
            "Option",
            None,
            &[("Self", text()), ("self", text()), ("rt", complex_use("Result"))],
        ),
        complex(
            "Result",
            Some("Box"),
            &[("Value", complex_use("Option")), ("value", text())],
        ),
        complex(
            "Box",
            None,
            &[("self", complex_use("Box")), ("Many", many(complex_use("Box")))],
        ),
        complex(
            "String",
            Some("Vec"),
            &[("from", text()), ("to", text()), ("type", text())],
        ),
        complex("Vec", Some("Box"), &[("1", text()), ("", text()), ("é", text())]),
        complex("vec", None, &[]),
        complex("Self", None, &[("Next", complex_use("self"))]),
        complex("self", None, &[("Next", complex_use("Self"))]),
    ]);
    schema.enum_types.extend([
        enumeration(
            "Enum",
            false,
            &[
                ("-1", -1),
                ("True", 0),
                ("False", 1),
                ("In", 2),
                ("Break", 3),
                ("Self", 4),
            ],
        ),
        enumeration(
            "Option",
            true,
            &[("None", 0), ("Some", 1), ("none", 2), ("NONE", 4)],
        ),
        enumeration(
            "self",
            false,
            &[
                ("Least", i64::MIN),
                ("Most", i64::MAX),
                ("", 0),
                ("MEMBERS", 1),
                ("NAME", 2),
            ],
        ),
        enumeration("Empty", false, &[]),
    ]);
    let parameters = || {
        let names = [
            "self", "Self", "type", "entity", "Entity", "to", "from", "row", "crate", "1", "",
        ];
        names.map(|name| parameter(name, text())).to_vec()
    };
    let self_row = || uses(TypeName::Table("self".to_owned()));
    for kind in [OperationKind::Action, OperationKind::Function] {
        for name in [
            "Option", "self", "type", "Result", "result", "String", "1", "Some",
        ] {
            schema.operations.push(operation(
                name,
                kind,
                None,
                parameters(),
                Some(complex_use("Option")),
            ));
            schema
                .operations
                .push(operation(name, kind, Some(self_row()), parameters(), None));
            schema.operations.push(operation(
                name,
                kind,
                Some(many(self_row())),
                Vec::new(),
                Some(many(self_row())),
            ));
        }
        let all = [
            uses(TypeName::AnyRow),
            self_row(),
            complex_use("Box"),
            uses(TypeName::Enum("Option".to_owned())),
            uses(TypeName::Enum("Enum".to_owned())),
            uses(TypeName::Other("what".to_owned())),
            uses(TypeName::Complex("nowhere".to_owned())),
            edm("Binary"),
            edm("Date"),
            edm("DateTimeOffset"),
            edm("Decimal"),
            edm("Guid"),
            edm("TimeOfDay"),
        ];
        for (at, of) in all.into_iter().enumerate() {
            let each = [of.clone(), many(of.clone())];
            for (many, of) in each.into_iter().enumerate() {
                let parameters = vec![
                    parameter("one", of.clone()),
                    parameter(
                        "other",
                        TypeUse {
                            nullable: true,
                            ..of.clone()
                        },
                    ),
                ];
                schema.operations.push(operation(
                    &format!("each{at}_{many}"),
                    kind,
                    None,
                    parameters,
                    Some(of),
                ));
            }
        }
    }
}

fn many(of: TypeUse) -> TypeUse {
    TypeUse {
        collection: true,
        ..of
    }
}
