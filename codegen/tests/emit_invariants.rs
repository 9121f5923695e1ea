//! The shape of generated code that keeps it cheap to build and safe from names: one body per table, choice and key, no
//! derives but in rows, no macros, and no path that a table's name could lead astray.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod support;

use std::collections::BTreeMap;

use dataverse_codegen::emit::{Options, emit};
use dataverse_codegen::schema::Patterns;
use dataverse_codegen::snapshot;
use proc_macro2::{Punct, Spacing, TokenStream, TokenTree};
use support::{arbitrary, golden, sources};
use syn::{ImplItem, Item};

/// Sources of the golden folders and of some random schemas, with rows for some tables.
fn all_sources() -> Vec<(String, String)> {
    let mut all = Vec::new();
    for feature in golden::features() {
        let made = feature.make(feature.metadata.as_deref(), &feature.definitions);
        let sources = made.into_iter().filter(|(path, _)| path.starts_with("src/"));
        all.extend(sources.map(|(path, text)| (format!("{}/{path}", feature.folder.display()), text)));
    }
    for seed in 0..6 {
        let snapshot = snapshot::of(arbitrary::schema(4, seed)).expect("a text");
        let options = Options {
            rows: Patterns::new(["rsk_*"]).expect("a glob"),
            ..Options::default()
        };
        let files = emit(&snapshot, &options).expect("a crate").files;
        all.extend(
            files
                .into_iter()
                .map(|(path, text)| (format!("{seed} {path}"), text)),
        );
    }
    assert!(all.len() > 100, "{} sources", all.len());
    all
}

#[test]
fn only_what_ties_a_thing_together_has_a_body() {
    // The associated items of each trait; no other trait is implemented, and no function stands alone.
    let allowed = BTreeMap::from([
        (
            "Table",
            vec![
                "type Columns",
                "type ChangeTracking",
                "type Storage",
                "type Mandatory",
                "const MANDATORY",
                "const META",
                "const COLUMNS",
            ],
        ),
        ("ChoiceSet", vec!["const NAME", "const OPTIONS", "const STATES"]),
        ("TargetSet", vec!["const TARGETS", "const ENTITY_SETS"]),
        ("AlternateKey", vec!["type Table", "const NAME", "fn parts"]),
        ("Accepts", vec![]),
        ("Grouped", vec!["type Group"]),
        ("Within", vec![]),
        ("Extends", vec![]),
        (
            "Operation",
            vec![
                "type Response",
                "type Bound",
                "const NAME",
                "type Kind",
                "fn parameters",
                "fn row",
            ],
        ),
        ("ComplexType", vec!["const NAME", "fn read", "fn write"]),
        ("Debug", vec!["fn fmt"]),
        ("EnumType", vec!["const NAME", "const MEMBERS"]),
    ]);
    for (path, text) in all_sources() {
        let file = syn::parse_file(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
        for (item, shown) in file.items.iter().zip(sources::items(&file)) {
            let Item::Impl(of) = item else { continue };
            let name = shown.trim_start_matches("impl ");
            let allowed = allowed.get(name).unwrap_or_else(|| panic!("{path}: {shown}"));
            for item in &of.items {
                let item = match item {
                    ImplItem::Const(of) => format!("const {}", of.ident),
                    ImplItem::Fn(of) => format!("fn {}", of.sig.ident),
                    ImplItem::Type(of) => format!("type {}", of.ident),
                    _ => "something else".to_owned(),
                };
                assert!(allowed.contains(&item.as_str()), "{path}: {shown} has {item}");
            }
        }
    }
}

#[test]
fn nothing_is_derived_but_rows() {
    for (path, text) in all_sources() {
        let file = syn::parse_file(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
        for item in &file.items {
            let (name, attributes) = match item {
                Item::Struct(of) => (of.ident.to_string(), &of.attrs),
                Item::Enum(of) => (of.ident.to_string(), &of.attrs),
                Item::Impl(of) => (String::new(), &of.attrs),
                _ => continue,
            };
            let own = attributes.iter().filter(|of| !of.path().is_ident("doc"));
            let own: Vec<String> = own
                .map(|of| quote::quote!(#of).to_string().replace(' ', ""))
                .collect();
            if name == "Row" {
                assert_eq!(own[0], "#[derive(::dataverse_runtime::Row)]", "{path}");
                assert!(
                    own.len() == 2 && own[1].ends_with(",crate=::dataverse_runtime)]"),
                    "{path}: {own:?}"
                );
            } else if path.ends_with("src/targets.rs") && name.is_empty() {
                let known = |of: &String| of == "#[diagnostic::do_not_recommend]";
                assert!(own.iter().all(known), "{path}: {own:?}");
            } else {
                assert!(own.is_empty(), "{path}: {name} has {own:?}");
            }
        }
    }
}

#[test]
fn paths_begin_where_no_name_of_the_environment_can_be() {
    for (path, text) in all_sources() {
        let root = path.ends_with("src/lib.rs");
        let mut file = syn::parse_file(&text).expect("Rust");
        file.items
            .retain(|item| !matches!(item, Item::Macro(of) if root && sources::is_fetch_xml(of)));
        walk(&path, root, quote::quote!(#file));
    }
}

/// Looks at the first segment of each path, and for what could run or expand.
fn walk(path: &str, root: bool, tokens: TokenStream) {
    const ABSOLUTE: [&str; 3] = ["dataverse_runtime", "core", "std"];
    const RELATIVE: [&str; 9] = [
        "rt", "access", "kind", "needs", "groups", "table", "super", "crate", "Self",
    ];
    const LINTS: [&str; 3] = ["rustdoc", "clippy", "rustfmt"];
    const KEYWORDS: [&str; 6] = ["use", "for", "as", "in", "impl", "mut"];
    let mut before = String::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let text = match token {
            TokenTree::Group(of) => {
                walk(path, root, of.stream());
                ")".to_owned()
            }
            TokenTree::Punct(of) if is_joint_colon(&of) && tokens.next_if(is_colon).is_some() => {
                let next = tokens.peek().map(ToString::to_string).unwrap_or_default();
                // Behind a segment a path goes on; elsewhere it begins.
                let goes_on = is_name(&before) && !KEYWORDS.contains(&before.as_str());
                let lint = root && LINTS.contains(&before.as_str()) || before == "diagnostic";
                let known = if goes_on {
                    lint || before == SEGMENT || RELATIVE.contains(&before.as_str())
                } else {
                    ABSOLUTE.contains(&next.as_str())
                };
                assert!(known, "{path}: {before}::{next}");
                "::".to_owned()
            }
            TokenTree::Ident(of) => {
                let name = of.to_string();
                let acts = ["unsafe", "static", "extern"].contains(&name.as_str());
                assert!(!acts || before == "'", "{path}: {name}");
                assert!(
                    tokens.peek().is_none_or(|next| next.to_string() != "!"),
                    "{path}: {name}!"
                );
                if before == "::" { SEGMENT.to_owned() } else { name }
            }
            other => other.to_string(),
        };
        before = text;
    }
}

/// What stands for a segment of a path that isn't the first.
const SEGMENT: &str = "::segment";

fn is_joint_colon(of: &Punct) -> bool {
    of.as_char() == ':' && of.spacing() == Spacing::Joint
}

fn is_colon(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(of) if of.as_char() == ':')
}

fn is_name(text: &str) -> bool {
    text == SEGMENT || text.starts_with(|c: char| c.is_alphanumeric() || c == '_')
}
