//! Which columns a create has to set: what is required, can be set, and isn't filled by anybody else.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use dataverse_codegen::emit::{Mandatory, Options, emit};
use dataverse_codegen::schema::{
    Access, Column, ColumnKind, Label, Lookup, LookupKind, Required, Schema, Source, Table, Target,
};
use dataverse_codegen::snapshot;

fn text() -> ColumnKind {
    ColumnKind::Text {
        max_length: Some(20),
        format: None,
    }
}

fn lookup(kind: LookupKind, navigation: Option<&str>) -> ColumnKind {
    ColumnKind::Lookup(Lookup {
        kind,
        property: None,
        targets: vec![Target {
            table: "rsk_port".to_owned(),
            navigation: navigation.map(str::to_owned),
            ..Target::default()
        }],
    })
}

fn column(name: &str, kind: ColumnKind, required: Required) -> Column {
    Column {
        name: name.to_owned(),
        schema_name: None,
        label: Label::default(),
        description: Label::default(),
        kind,
        access: Some(Access::ALL),
        required: Some(required),
        source: Source::Simple,
        auto_number: None,
        secured: false,
        logical: false,
        custom: false,
    }
}

/// The module of a table with these columns.
fn module(columns: Vec<Column>, mandatory: Mandatory) -> String {
    let mut table = Table {
        name: "rsk_port".to_owned(),
        entity_set: Some("rsk_ports".to_owned()),
        primary_id: "rsk_portid".to_owned(),
        columns,
        ..Table::default()
    };
    table.sort();
    let mut schema = Schema::default();
    schema.tables.insert(table.name.clone(), table);
    let options = Options {
        mandatory,
        ..Options::default()
    };
    let snapshot = snapshot::of(schema).expect("a text");
    emit(&snapshot, &options).expect("Rust").files["src/rsk_port.rs"].clone()
}

fn all() -> Vec<Column> {
    let application = |name: &str, kind| column(name, kind, Required::Application);
    let yes_no = ColumnKind::YesNo {
        default: None,
        yes: Label::default(),
        no: Label::default(),
    };
    vec![
        column("rsk_portid", ColumnKind::UniqueId, Required::System),
        column("code", text(), Required::System),
        application("name", text()),
        application("countryid", lookup(LookupKind::Simple, Some("countryid"))),
        column("note", text(), Required::Recommended),
        column("fax", text(), Required::None),
        application("ownerid", lookup(LookupKind::Owner, Some("ownerid"))),
        application("hidden", lookup(LookupKind::Simple, None)),
        application("open", yes_no),
        application("kind", ColumnKind::TableName),
        Column {
            auto_number: Some("P-{SEQNUM:4}".to_owned()),
            ..application("number", text())
        },
        Column {
            source: Source::Calculated,
            ..application("sum", text())
        },
        Column {
            logical: true,
            ..application("address1_line1", text())
        },
        Column {
            access: Some(Access::READ_ONLY),
            ..application("created", text())
        },
        Column {
            access: None,
            ..application("unknown", text())
        },
    ]
}

#[test]
fn what_forms_require_is_needed_by_default() {
    let module = module(all(), Options::default().mandatory);
    for part in [
        "pub mod needs {\n    /// `code`\n    pub enum code {}\n    /// `countryid`\n    pub enum countryid {}\n    \
         /// `name`\n    pub enum name {}\n}\n",
        "    type Mandatory =\n        (needs::code,\n        (needs::countryid,\n        (needs::name, ())));\n",
        "&[\n        \"code\",\n        \"_countryid_value\",\n        \"name\",\n    ];",
        "pub code: Column<kind::Text, access::ReadWrite, rt::Needed<needs::code, rt::Required>>,",
        "pub name: Column<kind::Text, access::ReadWrite, rt::Needed<needs::name>>,",
    ] {
        assert!(module.contains(part), "{part}\nis not in\n{module}");
    }
    assert_eq!(module.matches("rt::Needed<").count(), 3, "{module}");
}

#[test]
fn the_level_is_chosen() {
    let system = module(all(), Mandatory::System);
    assert!(system.contains("type Mandatory = (needs::code, ());"), "{system}");
    assert_eq!(system.matches("rt::Needed<").count(), 1, "{system}");
    let none = module(all(), Mandatory::None);
    assert!(none.contains("type Mandatory = ();"), "{none}");
    assert!(!none.contains("needs") && !none.contains("MANDATORY"), "{none}");
}

#[test]
fn lengths_are_known_to_the_columns() {
    let long = ColumnKind::Memo {
        max_length: Some(2000),
        format: None,
    };
    let endless = ColumnKind::Text {
        max_length: None,
        format: None,
    };
    let columns = vec![
        column("name", text(), Required::None),
        column("note", long, Required::None),
        column("tail", endless, Required::None),
    ];
    let module = module(columns, Mandatory::None);
    for part in [
        "name: rt::text(\"name\", 20),",
        "note: rt::text(\"note\", 2000),",
        "tail: rt::column(\"tail\"),",
    ] {
        assert!(module.contains(part), "{part}\nis not in\n{module}");
    }
}
