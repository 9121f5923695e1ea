//! A table's module: the marker, its columns, the one `impl` that ties them, its choices and keys.

use crate::schema::{ChoiceUse, Column, Reference, Schema, Table, TableType};

use super::format::{EmitError, format};
use super::plan::Plan;
use super::source::{Quoted, Source};
use super::{Options, choice, columns, docs, key, mandatory, row};

/// Writes the module of a selected table.
pub(super) fn table(
    schema: &Schema,
    plan: &Plan,
    table: &Table,
    options: &Options,
    to: &mut Source,
) -> Result<(), EmitError> {
    let marker = &plan.tables[&table.name].marker;
    let about = docs::table(table, plan.language);
    to.module_docs(&about);
    to.line(format_args!(
        "use ::dataverse_runtime::{{self as rt, access, kind}};"
    ));
    to.blank();
    to.line(format_args!(
        "type Column<K, A = access::ReadWrite, N = rt::Nullable> = rt::Column<{marker}, K, A, N>;"
    ));
    if !table.collections.is_empty() {
        to.line(format_args!("type Collection<T> = rt::Collection<{marker}, T>;"));
    }
    to.blank();
    to.docs(about.first().map(|line| format!("{line}.")));
    to.line(format_args!("pub struct {marker};"));
    to.blank();
    to.docs([format!("The columns and relationships of [`{marker}`].")]);
    to.block(format_args!("pub struct Columns {{"), "}", |to| {
        columns::declarations(schema, plan, table, options.mandatory, to);
    });
    let needed: Vec<&Column> = mandatory::columns(table, options.mandatory).collect();
    needs(plan, table, &needed, to);
    to.blank();
    to.block(format_args!("impl rt::Table for {marker} {{"), "}", |to| {
        to.line(format_args!("type Columns = Columns;"));
        to.line(format_args!(
            "type ChangeTracking = rt::capability::{};",
            tracking(table)
        ));
        to.line(format_args!("type Storage = rt::storage::{};", storage(table)));
        proof(plan, table, &needed, to);
        meta(table, to);
        to.block(format_args!("const COLUMNS: Columns = Columns {{"), "};", |to| {
            columns::values(plan, table, to);
        });
    });
    let file = || format!("table {}", table.name);
    if options.rows.matches(&table.name) {
        to.formatted(&format(file, row::row(plan, table))?);
    }
    for key in table.keys.iter().filter_map(|of| key::key(plan, table, of)) {
        to.formatted(&format(file, key)?);
    }
    choices(plan, table, to);
    Ok(())
}

/// Writes the module of a table that is only referred to.
pub(super) fn reference(plan: &Plan, of: &Reference, to: &mut Source) {
    let marker = &plan.tables[&of.name].marker;
    let label = docs::first(&of.label, plan.language).unwrap_or_else(|| docs::plain(&of.name));
    to.module_docs([format!(
        "{label} ({}), which other tables refer to",
        docs::code(&of.name)
    )]);
    to.line(format_args!("use ::dataverse_runtime as rt;"));
    to.blank();
    to.docs([format!(
        "{label} ({}): referred to by other tables, but not generated itself.",
        docs::code(&of.name)
    )]);
    to.line(format_args!("pub struct {marker};"));
    to.blank();
    // The macro `fetch_xml!` knows the columns of every table by this name.
    to.line(format_args!("pub use rt::ColumnsNotGenerated as Columns;"));
    to.blank();
    to.block(format_args!("impl rt::Table for {marker} {{"), "}", |to| {
        to.line(format_args!("type Columns = rt::ColumnsNotGenerated;"));
        to.line(format_args!("type ChangeTracking = rt::capability::Unknown;"));
        to.line(format_args!("type Storage = rt::storage::Standard;"));
        to.line(format_args!("type Mandatory = ();"));
        let table = Table {
            name: of.name.clone(),
            entity_set: of.entity_set.clone(),
            primary_id: of.primary_id.clone(),
            ..Table::default()
        };
        meta(&table, to);
        to.line(format_args!(
            "const COLUMNS: rt::ColumnsNotGenerated = rt::ColumnsNotGenerated;"
        ));
    });
}

/// Writes a marker for each column that a create has to set. Most tables have none or one.
fn needs(plan: &Plan, table: &Table, needed: &[&Column], to: &mut Source) {
    if needed.is_empty() {
        return;
    }
    to.blank();
    to.docs(["Markers of the columns that a create has to set."]);
    to.block(format_args!("pub mod needs {{"), "}", |to| {
        for column in needed {
            let name = &plan.members[&table.name].columns[&column.name];
            to.docs([docs::code(&column.name)]);
            to.line(format_args!("pub enum {name} {{}}"));
        }
    });
}

/// Writes what a create has to set, for the compiler and as data.
fn proof(plan: &Plan, table: &Table, needed: &[&Column], to: &mut Source) {
    let names = &plan.members[&table.name].columns;
    match needed {
        [] => return to.line(format_args!("type Mandatory = ();")),
        [one] => to.line(format_args!(
            "type Mandatory = (needs::{}, ());",
            names[&one.name]
        )),
        [others @ .., last] => {
            let close = format!(
                "    (needs::{}, (){};",
                names[&last.name],
                ")".repeat(needed.len())
            );
            to.block(format_args!("type Mandatory ="), &close, |to| {
                for column in others {
                    to.line(format_args!("(needs::{},", names[&column.name]));
                }
            });
        }
    }
    let head = format_args!("const MANDATORY: &'static [&'static str] = &[");
    to.block(head, "];", |to| {
        for column in needed {
            to.line(format_args!("{},", Quoted(&column.property())));
        }
    });
}

fn meta(table: &Table, to: &mut Source) {
    let some = |text: &str| format!("::core::option::Option::Some({text})");
    let none = || "::core::option::Option::None".to_owned();
    let primary_name = table
        .primary_name
        .as_ref()
        .map_or_else(none, |name| some(&Quoted(name).to_string()));
    let optimistic = table
        .facts
        .optimistic_concurrency
        .map_or_else(none, |on| some(&on.to_string()));
    to.block(
        format_args!("const META: rt::TableMeta = rt::TableMeta {{"),
        "};",
        |to| {
            to.line(format_args!("logical_name: {},", Quoted(&table.name)));
            to.line(format_args!(
                "entity_set: {},",
                Quoted(table.entity_set.as_deref().unwrap_or_default())
            ));
            to.line(format_args!("primary_id: {},", Quoted(&table.primary_id)));
            to.line(format_args!("primary_name: {primary_name},"));
            to.line(format_args!(
                "is_activity: {},",
                table.facts.activity == Some(true)
            ));
            to.line(format_args!("optimistic_concurrency: {optimistic},"));
        },
    );
}

fn tracking(table: &Table) -> &'static str {
    match table.facts.change_tracking {
        Some(true) => "Supported",
        Some(false) => "Unsupported",
        None => "Unknown",
    }
}

fn storage(table: &Table) -> &'static str {
    match table.table_type {
        Some(TableType::Elastic) => "Elastic",
        Some(TableType::Virtual) => "Virtual",
        Some(TableType::Standard | TableType::Other(_)) | None => "Standard",
    }
}

fn choices(plan: &Plan, table: &Table, to: &mut Source) {
    for column in &table.columns {
        let Some(ChoiceUse::Local(set)) = column.kind.choice() else {
            continue;
        };
        let label = docs::first(&column.label, plan.language);
        let of = label.map_or_else(String::new, |label| format!("**{label}**: "));
        let doc = format!("{of}the options of {}.", docs::code(&column.name));
        to.blank();
        choice::choice(
            set,
            &plan.members[&table.name].choices[&column.name],
            &doc,
            plan.language,
            to,
        );
    }
}
