//! Emits a schema as the files of a crate: a pure function of the snapshot and the options.

mod choice;
mod columns;
mod docs;
mod format;
mod key;
mod mandatory;
mod operation_plan;
mod operations;
mod plan;
mod root;
mod row;
mod source;
mod table;
mod targets;
mod tokens;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::names::Lock;
use crate::schema::{OperationKind, Patterns, Schema};
use crate::snapshot::Snapshot;

pub use format::EmitError;
pub use mandatory::Mandatory;
pub(crate) use mandatory::is_mandatory;
pub(crate) use plan::Plan;
use source::Source;

/// What may be chosen.
#[derive(Debug, Clone)]
pub struct Options {
    /// The crate's name in a manifest that is written for the first time.
    pub crate_name: String,
    /// The language (LCID) whose labels come first, and name options.
    pub language: u32,
    /// The tables that get a ready-made row with all columns.
    pub rows: Patterns,
    /// Which columns a create has to set.
    pub mandatory: Mandatory,
    /// Where the runtime comes from, as the value of a dependency in a manifest: a version, or a table without features.
    pub runtime: String,
    /// The runtime's features that the crate has by default, in a manifest that is written for the first time.
    pub features: Vec<String>,
}

impl Default for Options {
    fn default() -> Self {
        let version = env!("CARGO_PKG_VERSION");
        Self {
            crate_name: "crm".to_owned(),
            language: 1033,
            rows: Patterns::default(),
            mandatory: Mandatory::default(),
            runtime: format!("\"{version}\""),
            features: vec!["client".to_owned()],
        }
    }
}

/// A generated crate.
#[derive(Debug, Clone)]
pub struct Crate {
    /// The sources, by path below the crate's folder.
    pub files: BTreeMap<String, String>,
    /// The manifest, for a crate that has none yet.
    pub manifest: String,
    /// The names given, to be kept beside the snapshot.
    pub names: Lock,
}

/// Emits the crate of a snapshot.
///
/// # Errors
/// Where what was emitted is no Rust, which no snapshot should give cause for.
pub fn emit(snapshot: &Snapshot, options: &Options) -> Result<Crate, EmitError> {
    let schema = &snapshot.schema;
    let plan = Plan::new(schema, &snapshot.names, options.language);
    let mut files = tables(snapshot, &plan, options)?;
    files.extend(shared(schema, &plan));
    let root = format!("snapshot {}", snapshot.digest);
    for (name, made_from, tokens) in [
        ("lib.rs", root.as_str(), root::root(schema, &plan)),
        ("operations/mod.rs", OPERATIONS, root::operations()),
        (
            "operations/actions.rs",
            OPERATIONS,
            operations::operations(schema, &plan, OperationKind::Action),
        ),
        (
            "operations/functions.rs",
            OPERATIONS,
            operations::operations(schema, &plan, OperationKind::Function),
        ),
        (
            "operations/complex.rs",
            OPERATIONS,
            operations::complex_types(schema, &plan),
        ),
        (
            "operations/enums.rs",
            OPERATIONS,
            operations::enum_types(schema, &plan),
        ),
    ] {
        let text = format::format(|| name.to_owned(), tokens)?;
        files.extend([file(name, made_from, &text)]);
    }
    Ok(Crate {
        files,
        manifest: root::manifest(options),
        names: plan.lock,
    })
}

/// A file for each table.
fn tables(
    snapshot: &Snapshot,
    plan: &Plan,
    options: &Options,
) -> Result<BTreeMap<String, String>, EmitError> {
    let schema = &snapshot.schema;
    let tables: Vec<_> = schema.tables.values().collect();
    tables
        .par_iter()
        .map(|table| {
            let digest = snapshot
                .tables
                .get(&table.name)
                .map_or_else(String::new, |digest| format!("table {digest}"));
            let mut source = Source::with_capacity(1 << 14);
            table::table(schema, plan, table, options, &mut source)?;
            Ok(file(&file_name(plan, &table.name), &digest, &source.finish()))
        })
        .collect()
}

/// A file for each table that is only referred to, and those for what tables share.
fn shared(schema: &Schema, plan: &Plan) -> Vec<(String, String)> {
    let written = |name: &str, made_from: &str, write: &dyn Fn(&mut Source)| {
        let mut source = Source::default();
        write(&mut source);
        file(name, made_from, &source.finish())
    };
    let references = schema.references.values().map(|of| {
        written(&file_name(plan, &of.name), "a reference", &|to| {
            table::reference(plan, of, to);
        })
    });
    let mut files: Vec<_> = references.collect();
    files.push(written("choices.rs", "the global choices", &|to| {
        choice::global_choices(schema, plan, to);
    }));
    files.push(written("targets.rs", "the lookups", &|to| {
        targets::targets(schema, plan, to);
    }));
    files
}

/// The file of a table's module. The name is no longer raw there.
fn file_name(plan: &Plan, table: &str) -> String {
    let module = &plan.tables[table].module;
    format!("{}.rs", module.trim_start_matches("r#"))
}

/// What the files of operations say that they were made from.
const OPERATIONS: &str = "the operations";

fn file(name: &str, made_from: &str, text: &str) -> (String, String) {
    let version = env!("CARGO_PKG_VERSION");
    let header = format!("// @generated by dataverse-codegen {version} from {made_from}. Do not edit.\n\n");
    (format!("src/{name}"), header + text)
}
