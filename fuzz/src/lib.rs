//! What must hold of every schema, whatever bytes it was read from.

use std::collections::BTreeSet;

use dataverse_codegen::emit::{self, Options};
use dataverse_codegen::names::Lock;
use dataverse_codegen::schema::{Patterns, Schema, Table};
use dataverse_codegen::snapshot::{self, TABLES};

/// A schema's snapshot reads back as the schema, its crate is Rust, and generating again changes nothing.
///
/// # Panics
/// Where one of these doesn't hold: that is the finding.
pub fn check(schema: Schema) {
    let files = snapshot::files(&schema).expect("a schema can be written");
    for (name, text) in files.iter().filter(|(name, _)| name.starts_with(TABLES)) {
        let table: Table = serde_json::from_slice(text).expect("what was written can be read");
        let again = serde_json::to_vec_pretty(&table).expect("a table can be written");
        assert_eq!(
            text.trim_ascii_end(),
            again,
            "{name} reads back as something else"
        );
    }
    let options = Options {
        rows: Patterns::new(["*"]).expect("a pattern"),
        ..Options::default()
    };
    let mut snapshot = snapshot::of(schema).expect("a schema has a snapshot");
    let generated = emit::emit(&snapshot, &options).expect("a schema can be emitted");
    for (name, text) in &generated.files {
        match syn::parse_file(text) {
            Ok(file) => distinct(name, &file.items),
            Err(error) => panic!("{name}: {error}\n{text}"),
        }
    }
    let lock = generated.names.to_string();
    snapshot.names = match Lock::parse(&lock) {
        Ok(names) => names,
        Err(bad) => panic!("the names lock can't be read back: {bad:?}\n{lock}"),
    };
    let again = emit::emit(&snapshot, &options).expect("a schema can be emitted again");
    for (name, text) in &generated.files {
        let (before, after) = (
            text.lines(),
            again.files.get(name).map_or("", |text| text).lines(),
        );
        if let Some((before, after)) = before.zip(after).find(|(before, after)| before != after) {
            panic!("the names lock changed {name}:\n{before}\n{after}");
        }
    }
    assert_eq!(generated.files, again.files, "the names lock changed the crate");
    assert_eq!(generated.names, again.names, "the names lock changed itself");
}

/// No two types of a module, fields of a struct or variants of an enum have the same name.
fn distinct(file: &str, items: &[syn::Item]) {
    let mut types = BTreeSet::new();
    for item in items {
        let name = match item {
            syn::Item::Struct(of) => {
                unique(file, of.fields.iter().filter_map(|field| field.ident.as_ref()));
                &of.ident
            }
            syn::Item::Enum(of) => {
                unique(file, of.variants.iter().map(|variant| &variant.ident));
                &of.ident
            }
            syn::Item::Type(of) => &of.ident,
            syn::Item::Trait(of) => &of.ident,
            syn::Item::Mod(of) => {
                let inner = of.content.as_ref().map(|(_, items)| &items[..]);
                distinct(file, inner.unwrap_or_default());
                &of.ident
            }
            _ => continue,
        };
        assert!(
            types.insert(name.to_string()),
            "{file}: two items are called {name}"
        );
    }
}

fn unique<'n>(file: &str, names: impl Iterator<Item = &'n syn::Ident>) {
    let mut seen = BTreeSet::new();
    for name in names {
        assert!(seen.insert(name.to_string()), "{file}: `{name}` is there twice");
    }
}
