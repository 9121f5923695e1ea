//! One schema in which everything has the worst name that it could have.

use dataverse_codegen::schema::{
    Access, ChoiceUse, Column, ColumnKind, DateBehavior, Label, Required, Schema, Table,
};

use super::build::{choice, collection, column, key, lookup, set, table, text};
use super::messages;

/// Tables whose names mean something to Rust, to cargo, to file systems or to generated code.
pub const TABLES: [&str; 48] = [
    "access",
    "account",
    "activityparty",
    "alloc",
    "anytable",
    "attribute",
    "box",
    "choice",
    "choices",
    "collection",
    "column",
    "columns",
    "con",
    "contact",
    "core",
    "crate",
    "crm",
    "dataverse_runtime",
    "default",
    "entity",
    "err",
    "i32",
    "id",
    "kind",
    "lib",
    "main",
    "mod",
    "money",
    "none",
    "operations",
    "option",
    "ordering",
    "prelude",
    "record",
    "relationship",
    "result",
    "row",
    "rt",
    "self",
    "solution",
    "some",
    "std",
    "str",
    "string",
    "super",
    "table",
    "targets",
    "type",
];

/// More of the kind, for which a table of their own is too good.
const COLUMNS: [&str; 28] = [
    "type",
    "self",
    "super",
    "crate",
    "Self",
    "async",
    "await",
    "gen",
    "columns",
    "meta",
    "COLUMNS",
    "META",
    "id",
    "to",
    "from",
    "row",
    "r#type",
    "_",
    "__",
    "1st",
    "a-b",
    "a_b",
    "a b",
    "Name",
    "name",
    "NAME",
    "é",
    "e\u{301}\u{327}",
];

/// Labels that are hard to make names of.
fn options() -> Vec<(i32, &'static str)> {
    const LONG: &str = concat!("long ", include_str!("long.txt"));
    let labels = [
        "Open",
        "Open",
        "open",
        "OPEN",
        "",
        " ",
        "نشط",
        "פעיל",
        "บัญชี",
        "ที่ใช้งาน",
        "सक्रिय",
        "有効",
        "取引先",
        "🚀",
        "👩\u{200d}👧",
        "type",
        "Self",
        "self",
        "match",
        "1",
        "01",
        "1.0",
        "-1",
        "+1",
        "C",
        "C#",
        "C++",
        "\u{202e}evil",
        "*/",
        "//",
        "`",
        "\"",
        "\\",
        "'",
        "{}",
        "#",
        "\0",
        "a\nb",
        "None",
        "Some",
        "Ok",
        "Options",
        "OPTIONS",
        "Name",
        "ſ",
        "ß",
        "ǆ",
        "ﬁ",
        "İ",
        "K",
        "K",
        "Ω",
        "Ω",
        LONG,
    ];
    let mut options: Vec<_> = (-3..).zip(labels).collect();
    options.push((i32::MIN, "Least"));
    options.push((i32::MAX, "Most"));
    options
}

pub fn schema() -> Schema {
    let mut schema = Schema::default();
    for name in TABLES {
        let mut of = table(name, COLUMNS.map(|name| column(name, text())).to_vec());
        of.collections = vec![
            collection("name", "type"),
            collection("all_rows", "self"),
            collection(name, name),
        ];
        of.collections.sort_by(|a, b| a.name.cmp(&b.name));
        of.collections.dedup_by(|a, b| a.name == b.name);
        schema.tables.insert(name.to_owned(), of);
    }
    for of in [
        cased("Case"),
        cased("CASE"),
        cased("case"),
        kinds(),
        choices(),
        keys(),
    ] {
        schema.tables.insert(of.name.clone(), of);
    }
    for name in [
        "Option", "Column", "rt", "Choices", "Self", "", "🚀", "a.b", "a b", "a_b",
    ] {
        schema.choices.insert(name.to_owned(), set(name, &options()));
    }
    messages::operations(&mut schema);
    schema.operations.sort_by(|a, b| a.order().cmp(&b.order()));
    schema
}

/// Tables whose names differ in case only; each has a lookup to the others and to itself.
fn cased(name: &str) -> Table {
    let lookups = [
        column("one", lookup(&["Case"])),
        column("own", lookup(&[name])),
        column("few", lookup(&["CASE", "Case", "case"])),
        column("owner", lookup(&["option", "string"])),
        column("many", lookup(&["core", "crate", "self", "std", "super", "type"])),
        column("customer", lookup(&["account", "contact"])),
    ];
    table(name, lookups.to_vec())
}

/// One column of every kind, with every access.
fn kinds() -> Table {
    let global = |name: &str| ColumnKind::Choices {
        choice: ChoiceUse::Global(name.to_owned()),
        default: None,
    };
    let date = |behavior| ColumnKind::DateTime {
        behavior,
        format: None,
    };
    let number = (None, None);
    let (min, max) = number;
    let kinds = [
        text(),
        ColumnKind::WholeNumber {
            min: None,
            max: None,
            format: None,
        },
        ColumnKind::BigInteger { min: None, max: None },
        ColumnKind::Decimal {
            min,
            max,
            precision: None,
        },
        ColumnKind::Float {
            min,
            max,
            precision: None,
        },
        ColumnKind::Money {
            min,
            max,
            precision: None,
            precision_source: None,
            base_of: None,
        },
        ColumnKind::YesNo {
            default: None,
            yes: Label::default(),
            no: Label::default(),
        },
        date(DateBehavior::UserLocal),
        date(DateBehavior::DateOnly),
        date(DateBehavior::TimeZoneIndependent),
        ColumnKind::UniqueId,
        lookup(&[]),
        lookup(&["self"]),
        lookup(&["self", "super"]),
        ColumnKind::PartyList {
            navigation: Some("parties".to_owned()),
            targets: Vec::new(),
        },
        choice(&[(1, "One")]),
        global("Option"),
        global("rt"),
        ColumnKind::State {
            choice: ChoiceUse::Global("a.b".to_owned()),
        },
        ColumnKind::TableName,
        ColumnKind::Image {
            max_size_kb: None,
            max_width: None,
            max_height: None,
            full_image: true,
            primary: false,
        },
        ColumnKind::File { max_size_kb: None },
        ColumnKind::ManagedProperty { value_type: None },
        ColumnKind::Unknown {
            type_name: "Edm.New".to_owned(),
        },
    ];
    let mut columns = Vec::new();
    for (at, kind) in kinds.iter().enumerate() {
        for bits in 0..8 {
            let access = Access {
                read: bits & 1 == 0,
                create: bits & 2 == 0,
                update: bits & 4 == 0,
            };
            columns.push(Column {
                access: Some(access),
                required: (bits % 2 == 0).then_some(Required::System),
                ..column(&format!("c{at}_{bits}"), kind.clone())
            });
        }
    }
    table("kinds", columns)
}

/// Choices whose types would like the names that a table's module has already.
fn choices() -> Table {
    const NAMES: [&str; 16] = [
        "column",
        "columns",
        "Columns",
        "row",
        "option",
        "string",
        "vec",
        "picky",
        "Picky",
        "collection",
        "rt",
        "kind",
        "access",
        "picky_key",
        "self",
        "🚀",
    ];
    let mut of = table(
        "picky",
        NAMES.map(|name| column(name, choice(&options()))).to_vec(),
    );
    of.columns.push(column("empty", choice(&[])));
    of.keys = vec![key("picky", &["column"]), key("picky_key", &["row"])];
    of.collections = vec![collection("collection", "picky"), collection("other", "option")];
    of.sort();
    of
}

fn keys() -> Table {
    let columns = ["key", "self", "type", "name"].map(|name| column(name, text()));
    let mut of = table(
        "keyed",
        [&columns[..], &[column("to", lookup(&["type"]))]].concat(),
    );
    of.keys = vec![
        key("", &["key"]),
        key("key", &["key", "self", "to", "type"]),
        key("Key", &["name"]),
        key("self", &["to"]),
        key("🚀", &["keyedid"]),
        key("column", &["type"]),
        key("keyed", &["nowhere"]),
    ];
    of.sort();
    of
}
