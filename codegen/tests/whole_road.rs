//! From documents to a crate: the order of things doesn't matter, hostile text does no harm, what is written reads back.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::fs;

use dataverse_codegen::emit::{Crate, Options, emit};
use dataverse_codegen::schema::{Operation, OperationKind, Schema, Selection, TypeName, TypeUse};
use dataverse_codegen::{documents, project, snapshot};
use proptest::prelude::*;

/// A vessel's and a port's documents, with columns, options and tables in the given order and a text everywhere a text can be.
fn schema(order: &[usize], text: &str) -> Schema {
    let folder = tempfile::tempdir().expect("a folder");
    let (xml, json) = (
        folder.path().join("metadata.xml"),
        folder.path().join("definitions.json"),
    );
    fs::write(&xml, csdl(order)).expect("written");
    fs::write(&json, definitions(order, text)).expect("written");
    documents::read(Some(&xml), &[json])
        .expect("both documents are sound")
        .0
}

fn shuffled(order: &[usize], items: &[String]) -> String {
    order
        .iter()
        .filter_map(|at| items.get(*at))
        .cloned()
        .collect::<Vec<_>>()
        .join("\u{1}")
}

fn csdl(order: &[usize]) -> String {
    let property = |name: &str, of: &str| format!("<Property Name=\"{name}\" Type=\"Edm.{of}\"/>");
    let vessel = [
        property("rsk_vesselid", "Guid"),
        property("rsk_name", "String"),
        property("rsk_hulltype", "Int32"),
        property("_rsk_homeportid_value", "Guid"),
        "<NavigationProperty Name=\"rsk_HomePortId\" Type=\"mscrm.rsk_port\" Nullable=\"false\" Partner=\"rsk_port_vessel\">\
         <ReferentialConstraint Property=\"_rsk_homeportid_value\" ReferencedProperty=\"rsk_portid\"/></NavigationProperty>"
            .to_owned(),
    ];
    let port = "<EntityType Name=\"rsk_port\" BaseType=\"mscrm.crmbaseentity\"><Key><PropertyRef Name=\"rsk_portid\"/></Key>\
                <Property Name=\"rsk_portid\" Type=\"Edm.Guid\"/><NavigationProperty Name=\"rsk_port_vessel\" \
                Type=\"Collection(mscrm.rsk_vessel)\" Partner=\"rsk_HomePortId\"/></EntityType>";
    let vessel = format!(
        "<EntityType Name=\"rsk_vessel\" BaseType=\"mscrm.crmbaseentity\"><Key><PropertyRef Name=\"rsk_vesselid\"/></Key>{}</EntityType>",
        shuffled(order, &vessel).replace('\u{1}', "")
    );
    let types = shuffled(order, &[vessel, port.to_owned()]).replace('\u{1}', "");
    format!(
        "<edmx:Edmx Version=\"4.0\" xmlns:edmx=\"http://docs.oasis-open.org/odata/ns/edmx\"><edmx:DataServices>\
         <Schema Namespace=\"Microsoft.Dynamics.CRM\" Alias=\"mscrm\" xmlns=\"http://docs.oasis-open.org/odata/ns/edm\">\
         <EntityType Name=\"crmbaseentity\" Abstract=\"true\"/>{types}<EntityContainer Name=\"System\">\
         <EntitySet Name=\"rsk_vessels\" EntityType=\"Microsoft.Dynamics.CRM.rsk_vessel\"/>\
         <EntitySet Name=\"rsk_ports\" EntityType=\"Microsoft.Dynamics.CRM.rsk_port\"/>\
         </EntityContainer></Schema></edmx:DataServices></edmx:Edmx>"
    )
}

fn definitions(order: &[usize], text: &str) -> String {
    let label = serde_json::json!({"LocalizedLabels": [{"Label": text, "LanguageCode": 1033}]});
    let option =
        |value: i32| serde_json::json!({"Value": value, "Label": label, "Description": label}).to_string();
    let options = shuffled(order, &[option(1), option(-7), option(814_250_000)]).replace('\u{1}', ",");
    let attribute = |name: &str, of: &str, more: &str| {
        format!(
            "{{\"LogicalName\":\"{name}\",\"AttributeTypeName\":{{\"Value\":\"{of}\"}},\"DisplayName\":{label},\
             \"Description\":{label},\"RequiredLevel\":{{\"Value\":\"None\"}},\"IsValidForRead\":true{more}}}"
        )
    };
    let attributes = shuffled(
        order,
        &[
            attribute("rsk_vesselid", "UniqueidentifierType", ""),
            attribute("rsk_name", "StringType", ",\"MaxLength\":100"),
            attribute(
                "rsk_hulltype",
                "PicklistType",
                &format!(",\"OptionSet\":{{\"Name\":\"rsk_hull\",\"Options\":[{options}]}}"),
            ),
            attribute("rsk_homeportid", "LookupType", ",\"Targets\":[\"rsk_port\"]"),
        ],
    )
    .replace('\u{1}', ",");
    format!(
        "{{\"value\":[{{\"LogicalName\":\"rsk_vessel\",\"SchemaName\":\"rsk_Vessel\",\"EntitySetName\":\"rsk_vessels\",\
         \"PrimaryIdAttribute\":\"rsk_vesselid\",\"DisplayName\":{label},\"Description\":{label},\"Attributes\":[{attributes}]}}]}}"
    )
}

fn generated(schema: Schema) -> Crate {
    emit(&snapshot::of(schema).expect("a text"), &Options::default()).expect("Rust")
}

const HOSTILE: [&str; 8] = [
    "*/ pub fn injected() {} /*",
    "\" ); pub fn injected() {} //",
    "line\n//! injected\r\n#![no_std]",
    "`code` [link](x) <b>bold</b> ${x} {y} #[derive(Debug)]",
    "\u{202e}right to left\u{2066}\u{200f}",
    "",
    "🚢🚢",
    "\u{0}\u{7}\u{1b}[31m",
];

/// The items of a file, in short; nothing else may stand in it whatever the labels say.
fn items(text: &str) -> Vec<String> {
    let file = syn::parse_file(text).expect("generated code parses");
    let name = |item: &syn::Item| match item {
        syn::Item::Use(_) => "use".to_owned(),
        syn::Item::Type(of) => format!("type {}", of.ident),
        syn::Item::Struct(of) => format!("struct {}", of.ident),
        syn::Item::Enum(of) => format!("enum {} of {}", of.ident, of.variants.len()),
        syn::Item::Impl(of) => format!("impl with {}", of.items.len()),
        _ => panic!("an item that nobody asked for in {text}"),
    };
    file.items.iter().map(name).collect()
}

#[test]
fn hostile_labels_stay_texts() {
    for text in HOSTILE {
        let generated = generated(schema(&[0, 1, 2, 3, 4], text));
        let vessel = &generated.files["src/rsk_vessel.rs"];
        let expected = [
            "use",
            "type Column",
            "struct RskVessel",
            "struct Columns",
            "impl with 6",
            "enum RskHulltype of 3",
            "impl with 2",
        ];
        assert_eq!(items(vessel), expected, "{text:?}");
        let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        assert!(!vessel.contains(turns), "{text:?}");
        assert!(vessel.lines().all(|line| line == line.trim_end()), "{text:?}");
    }
}

#[test]
fn a_relabel_renames_nothing() {
    let first = generated(schema(&[0, 1, 2, 3, 4], "Bulk carrier"));
    let mut relabelled = snapshot::of(schema(&[0, 1, 2, 3, 4], "Tanker")).expect("a text");
    relabelled.names = first.names.clone();
    let second = emit(&relabelled, &Options::default()).expect("Rust");
    assert_eq!(second.names, first.names);
    assert!(second.files["src/rsk_vessel.rs"].contains("BulkCarrier"));
    assert!(
        second.files["src/rsk_vessel.rs"].contains("Tanker"),
        "the comment has the new label"
    );
}

#[test]
fn a_selection_keeps_what_it_refers_to_as_references() {
    let only = Selection {
        tables: dataverse_codegen::schema::Patterns::new(["rsk_vessel"]).expect("a glob"),
        ..Selection::default()
    };
    let selected = schema(&[0, 1, 2, 3, 4], "x").select(&only);
    assert_eq!(selected.tables.keys().collect::<Vec<_>>(), ["rsk_vessel"]);
    assert_eq!(
        selected.references["rsk_port"].entity_set.as_deref(),
        Some("rsk_ports")
    );
    assert!(generated(selected).files.contains_key("src/rsk_port.rs"));
}

#[test]
fn operations_bound_to_nothing_known_are_left_out() {
    let mut schema = schema(&[0, 1, 2, 3, 4], "x");
    let overload = |name: &str, collection: bool| Operation {
        name: "rsk_Berth".to_owned(),
        kind: OperationKind::Action,
        bound: Some(TypeUse {
            name: TypeName::Other(name.to_owned()),
            collection,
            nullable: false,
        }),
        parameters: Vec::new(),
        returns: None,
        composable: false,
        filter_only: false,
    };
    schema.operations = vec![
        Operation {
            name: "rsk_Unberth".to_owned(),
            bound: None,
            ..overload("", false)
        },
        overload("mcrm.rsk_vessel", false),
        overload("Collection(\0", true),
    ];
    let actions = &generated(schema).files["src/operations/actions.rs"];
    let mut structs = items(actions);
    structs.retain(|item| item.starts_with("struct"));
    assert_eq!(structs, ["struct RskUnberth"]);
}

#[test]
fn an_option_that_a_merge_doubled_counts_once() {
    let folder = tempfile::tempdir().expect("a folder");
    project::write_snapshot(&schema(&[0, 1, 2, 3, 4], "x"), folder.path()).expect("written");
    let file = folder.path().join("tables/rsk_vessel.json");
    let text = fs::read_to_string(&file).expect("read");
    fs::write(&file, text.replace("\"value\": 814250000", "\"value\": 1")).expect("written");
    let generated = emit(&snapshot::read(folder.path()).expect("read"), &Options::default()).expect("Rust");
    assert!(items(&generated.files["src/rsk_vessel.rs"]).contains(&"enum RskHulltype of 2".to_owned()));
}

#[test]
fn writing_twice_changes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let (stored, made) = (folder.path().join("schema"), folder.path().join("crm"));
    let schema = schema(&[0, 1, 2, 3, 4], "x");
    project::write_snapshot(&schema, &stored).expect("written");
    let write = || {
        let generated = project::generate(&stored, &Options::default()).expect("generated");
        project::write_crate(generated, &stored, &made).expect("written")
    };
    assert!(write().written > 0);
    assert_eq!(write().written, 0);
    assert_eq!(
        project::write_snapshot(&schema, &stored)
            .expect("written")
            .written,
        0
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn the_order_in_the_documents_does_not_matter(order in Just(vec![0_usize, 1, 2, 3, 4]).prop_shuffle()) {
        let (straight, mixed) = (schema(&[0, 1, 2, 3, 4], "Bulk carrier"), schema(&order, "Bulk carrier"));
        prop_assert_eq!(&straight, &mixed);
        prop_assert_eq!(snapshot::files(&straight).expect("text"), snapshot::files(&mixed).expect("text"));
        prop_assert_eq!(generated(straight).files, generated(mixed).files);
    }

    #[test]
    fn any_label_survives_the_snapshot_and_gives_rust(text in any::<String>()) {
        let schema = schema(&[0, 1, 2, 3, 4], &text);
        let folder = tempfile::tempdir().expect("a folder");
        project::write_snapshot(&schema, folder.path()).expect("written");
        let back = snapshot::read(folder.path()).expect("read");
        prop_assert_eq!(&back.schema, &schema);
        for file in emit(&back, &Options::default()).expect("Rust").files.values() {
            prop_assert!(syn::parse_file(file).is_ok());
        }
    }
}
