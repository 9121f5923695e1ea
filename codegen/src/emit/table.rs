//! A table's module: the marker, its columns, the one `impl` that ties them, its choices and keys.

use crate::schema::{ChoiceUse, Reference, Schema, Table, TableType};

use super::format::{EmitError, format};
use super::plan::Plan;
use super::source::{Quoted, Source};
use super::{choice, columns, docs, key, row};

/// Writes the module of a selected table.
pub(super) fn table(
    schema: &Schema,
    plan: &Plan,
    table: &Table,
    full_row: bool,
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
        columns::declarations(schema, plan, table, to);
    });
    to.blank();
    to.block(format_args!("impl rt::Table for {marker} {{"), "}", |to| {
        to.line(format_args!("type Columns = Columns;"));
        to.line(format_args!(
            "type ChangeTracking = rt::capability::{};",
            tracking(table)
        ));
        to.line(format_args!("type Storage = rt::storage::{};", storage(table)));
        meta(table, to);
        to.block(format_args!("const COLUMNS: Columns = Columns {{"), "};", |to| {
            columns::values(plan, table, to);
        });
    });
    let file = || format!("table {}", table.name);
    if full_row {
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
    to.block(format_args!("impl rt::Table for {marker} {{"), "}", |to| {
        to.line(format_args!("type Columns = rt::ColumnsNotGenerated;"));
        to.line(format_args!("type ChangeTracking = rt::capability::Unknown;"));
        to.line(format_args!("type Storage = rt::storage::Standard;"));
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
