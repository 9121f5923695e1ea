//! Schemas in few words.

use dataverse_codegen::schema::{
    ChoiceOption, ChoiceSet, ChoiceUse, Collection, CollectionKind, Column, ColumnKind, ComplexType,
    EnumType, Key, Label, Lookup, LookupKind, Member, Operation, OperationKind, Parameter, Source, Table,
    Target, TypeName, TypeUse,
};

pub const ENGLISH: u32 = 1033;

/// A text column.
pub const fn text() -> ColumnKind {
    ColumnKind::Text {
        max_length: None,
        format: None,
    }
}

pub fn lookup(targets: &[&str]) -> ColumnKind {
    let target = |table: &&str| Target {
        table: (*table).to_owned(),
        navigation: Some(format!("nav_{table}")),
        ..Target::default()
    };
    ColumnKind::Lookup(Lookup {
        kind: LookupKind::Simple,
        property: None,
        targets: targets.iter().map(target).collect(),
    })
}

pub fn set(name: &str, options: &[(i32, &str)]) -> ChoiceSet {
    let mut options: Vec<ChoiceOption> = options
        .iter()
        .map(|(value, label)| ChoiceOption {
            value: *value,
            label: Label::of(ENGLISH, label),
            ..ChoiceOption::default()
        })
        .collect();
    options.sort_by_key(|option| option.value);
    ChoiceSet {
        name: name.to_owned(),
        options,
        ..ChoiceSet::default()
    }
}

pub fn choice(options: &[(i32, &str)]) -> ColumnKind {
    ColumnKind::Choice {
        choice: ChoiceUse::Local(set("local", options)),
        default: None,
    }
}

pub fn column(name: &str, kind: ColumnKind) -> Column {
    Column {
        name: name.to_owned(),
        schema_name: None,
        label: Label::of(ENGLISH, name),
        description: Label::default(),
        kind,
        access: None,
        required: None,
        source: Source::Simple,
        auto_number: None,
        secured: false,
        logical: false,
        custom: false,
    }
}

pub fn table(name: &str, mut columns: Vec<Column>) -> Table {
    let primary_id = format!("{name}id");
    columns.push(column(&primary_id, ColumnKind::UniqueId));
    let mut table = Table {
        name: name.to_owned(),
        entity_set: Some(format!("{name}s")),
        label: Label::of(ENGLISH, name),
        primary_id,
        columns,
        ..Table::default()
    };
    table.sort();
    table
}

pub fn collection(name: &str, table: &str) -> Collection {
    Collection {
        name: name.to_owned(),
        table: table.to_owned(),
        kind: CollectionKind::OneToMany { lookup: None },
        relationship: None,
    }
}

pub fn key(name: &str, columns: &[&str]) -> Key {
    Key {
        name: name.to_owned(),
        columns: columns.iter().map(ToString::to_string).collect(),
        ..Key::default()
    }
}

pub fn uses(name: TypeName) -> TypeUse {
    TypeUse {
        name,
        collection: false,
        nullable: false,
    }
}

pub fn edm(name: &str) -> TypeUse {
    uses(TypeName::Edm(name.to_owned()))
}

pub fn complex_use(name: &str) -> TypeUse {
    uses(TypeName::Complex(name.to_owned()))
}

pub fn parameter(name: &str, of: TypeUse) -> Parameter {
    Parameter {
        name: name.to_owned(),
        of,
        optional: false,
        description: Label::default(),
    }
}

pub fn complex(name: &str, base: Option<&str>, members: &[(&str, TypeUse)]) -> (String, ComplexType) {
    let members = members
        .iter()
        .map(|(name, of)| parameter(name, of.clone()))
        .collect();
    let complex = ComplexType {
        name: name.to_owned(),
        base: base.map(str::to_owned),
        open: false,
        members,
    };
    (name.to_owned(), complex)
}

pub fn enumeration(name: &str, flags: bool, members: &[(&str, i64)]) -> (String, EnumType) {
    let member = |(name, value): &(&str, i64)| Member {
        name: (*name).to_owned(),
        value: *value,
    };
    let enumeration = EnumType {
        name: name.to_owned(),
        flags,
        members: members.iter().map(member).collect(),
    };
    (name.to_owned(), enumeration)
}

pub fn operation(
    name: &str,
    kind: OperationKind,
    bound: Option<TypeUse>,
    parameters: Vec<Parameter>,
    returns: Option<TypeUse>,
) -> Operation {
    Operation {
        name: name.to_owned(),
        kind,
        bound,
        parameters,
        returns,
        composable: false,
        filter_only: false,
    }
}
