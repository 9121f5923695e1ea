//! Random columns of all kinds.

use std::collections::BTreeSet;

use dataverse_codegen::schema::{
    Access, Cascade, ChoiceUse, Column, ColumnKind, DateBehavior, Lookup, LookupKind, Required, Schema,
    Source, Target,
};

use super::{Chance, choice_set, flag, label, unique};

pub fn column(table: &str, name: &str, names: &[String], schema: &Schema, chance: &mut Chance) -> Column {
    let access = Access {
        read: !chance.once_in(4),
        create: !chance.once_in(3),
        update: !chance.once_in(3),
    };
    let kind = if *name == format!("{table}id") {
        ColumnKind::UniqueId
    } else {
        kind(names, schema, chance)
    };
    Column {
        name: name.to_owned(),
        schema_name: (!chance.once_in(3)).then(|| chance.name()),
        label: label(chance),
        description: label(chance),
        kind,
        access: (!chance.once_in(3)).then_some(access),
        required: *chance.pick(&[
            None,
            Some(Required::None),
            Some(Required::Recommended),
            Some(Required::Application),
            Some(Required::System),
        ]),
        source: *chance.pick(&[
            Source::Simple,
            Source::Calculated,
            Source::Rollup,
            Source::Formula,
        ]),
        auto_number: if chance.once_in(5) {
            chance.maybe_text()
        } else {
            None
        },
        secured: chance.once_in(5),
        logical: chance.once_in(5),
        custom: chance.once_in(2),
    }
}

fn real(chance: &mut Chance) -> Option<f64> {
    const LIMITS: [f64; 8] = [
        0.0,
        -0.0,
        -1e-10,
        1e11,
        922_337_203_685_477.0,
        0.1,
        f64::MAX,
        f64::MIN_POSITIVE,
    ];
    match chance.below(3) {
        0 => None,
        1 => Some(*chance.pick(&LIMITS)),
        _ => Some(f64::from_bits(chance.number())).filter(|number| number.is_finite()),
    }
}

fn whole(chance: &mut Chance) -> Option<i64> {
    *chance.pick(&[
        None,
        Some(0),
        Some(-1),
        Some(i64::MIN),
        Some(i64::MAX),
        Some(i64::from(i32::MAX)),
    ])
}

fn small(chance: &mut Chance) -> Option<u32> {
    *chance.pick(&[None, Some(0), Some(1), Some(100), Some(u32::MAX)])
}

fn kind(names: &[String], schema: &Schema, chance: &mut Chance) -> ColumnKind {
    let (max_length, format, precision) = (small(chance), chance.maybe_text(), small(chance));
    match chance.below(23) {
        0 => ColumnKind::Text { max_length, format },
        1 => ColumnKind::Memo { max_length, format },
        2 => ColumnKind::WholeNumber {
            min: whole(chance),
            max: whole(chance),
            format,
        },
        3 => ColumnKind::BigInteger {
            min: whole(chance),
            max: whole(chance),
        },
        4 => ColumnKind::Decimal {
            min: real(chance),
            max: real(chance),
            precision,
        },
        5 => ColumnKind::Float {
            min: real(chance),
            max: real(chance),
            precision,
        },
        6 => ColumnKind::Money {
            min: real(chance),
            max: real(chance),
            precision,
            precision_source: small(chance),
            base_of: chance.maybe_text(),
        },
        7 => ColumnKind::YesNo {
            default: flag(chance),
            yes: label(chance),
            no: label(chance),
        },
        8 => ColumnKind::DateTime {
            behavior: *chance.pick(&[
                DateBehavior::UserLocal,
                DateBehavior::DateOnly,
                DateBehavior::TimeZoneIndependent,
            ]),
            format,
        },
        9 => ColumnKind::UniqueId,
        10..=12 => ColumnKind::Lookup(lookup(names, chance)),
        13 => ColumnKind::PartyList {
            navigation: chance.maybe_text(),
            targets: unique(chance, 2).into_iter().collect(),
        },
        14 | 15 => ColumnKind::Choice {
            choice: choice_use(schema, chance),
            default: chance.once_in(2).then_some(1),
        },
        16 => ColumnKind::Choices {
            choice: choice_use(schema, chance),
            default: chance.once_in(2).then_some(-1),
        },
        17 => ColumnKind::State {
            choice: choice_use(schema, chance),
        },
        18 => ColumnKind::Status {
            choice: choice_use(schema, chance),
        },
        19 => ColumnKind::TableName,
        20 => ColumnKind::Image {
            max_size_kb: small(chance),
            max_width: small(chance),
            max_height: small(chance),
            full_image: chance.once_in(2),
            primary: chance.once_in(2),
        },
        21 => ColumnKind::ManagedProperty { value_type: format },
        _ => ColumnKind::Unknown {
            type_name: chance.text(),
        },
    }
}

fn choice_use(schema: &Schema, chance: &mut Chance) -> ChoiceUse {
    let globals: Vec<&String> = schema.choices.keys().collect();
    if chance.once_in(3) {
        ChoiceUse::Global((*chance.pick(&globals)).clone())
    } else {
        ChoiceUse::Local(choice_set(chance.text(), chance))
    }
}

fn lookup(names: &[String], chance: &mut Chance) -> Lookup {
    let tables: BTreeSet<&String> = (0..chance.below(5)).map(|_| chance.pick(names)).collect();
    let target = |table: &String| Target {
        table: table.clone(),
        navigation: chance.maybe_text(),
        relationship: chance.maybe_text(),
        cascade: chance.once_in(3).then(|| Cascade {
            delete: (*chance.pick(&["", "Restrict", "RemoveLink"])).to_owned(),
            ..Cascade::default()
        }),
        hierarchical: chance.once_in(5),
    };
    let targets = tables.into_iter().map(target).collect();
    Lookup {
        kind: *chance.pick(&[LookupKind::Simple, LookupKind::Customer, LookupKind::Owner]),
        property: if chance.once_in(3) {
            chance.maybe_text()
        } else {
            None
        },
        targets,
    }
}
