//! `dataverse-codegen inspect`: a snapshot to read in a terminal, or as a page.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use dataverse_codegen::browse;
use dataverse_codegen::nearest::nearest;
use dataverse_codegen::schema::{CollectionKind, Column, ColumnKind, Required, Schema, Table};
use dataverse_codegen::snapshot;

use super::report::{Report, counted, harmless};
use super::{Failure, file};

/// Show the tables of a snapshot, or one table with its columns, keys and relationships; or write all of it as a page.
#[derive(Args)]
pub(super) struct Arguments {
    /// The folder of the snapshot.
    #[arg(long, value_name = "DIR")]
    snapshot: PathBuf,
    /// The table's logical name [default: a list of all tables].
    #[arg(conflicts_with = "html")]
    table: Option<String>,
    /// Write a page to look at: tables, columns, choices, keys and relationships as diagrams, with search. One file that
    /// needs nothing beside it.
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// The language (LCID) whose labels the page shows first.
    #[arg(long, value_name = "LCID", default_value_t = 1033, requires = "html")]
    language: u32,
}

pub(super) fn run(arguments: &Arguments, report: &Report) -> Result<(), Failure> {
    let snapshot = snapshot::read(&arguments.snapshot).map_err(|error| {
        let help = error.help();
        Failure::new(error).help(help)
    })?;
    let schema = &snapshot.schema;
    if let Some(path) = &arguments.html {
        let page = browse::html(
            &arguments.snapshot.display().to_string(),
            schema,
            arguments.language,
        );
        file::write(path, &page)?;
        report.line(&format!(
            "{}: {}, {:.1} MB",
            path.display(),
            counted(schema.tables.len(), "table"),
            page.len() as f64 / 1e6
        ));
        return Ok(());
    }
    let mut out = io::BufWriter::new(io::stdout().lock());
    let shown = match &arguments.table {
        None => tables(schema, &mut out),
        Some(name) => match schema.tables.get(name) {
            Some(of) => table(of, &mut out),
            None => return Err(unknown(schema, name)),
        },
    };
    match shown.and_then(|()| out.flush()) {
        // A reader like `head` may have enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other.map_err(Failure::new),
    }
}

fn unknown(schema: &Schema, name: &str) -> Failure {
    let failure = Failure::new(format!("the snapshot has no table `{name}`"));
    if schema.references.contains_key(name) {
        return failure
            .help("other tables refer to it, but it wasn't selected when the snapshot was written");
    }
    let tables = || schema.tables.keys().map(String::as_str);
    let near = nearest(name, tables()).or_else(|| tables().find(|table| table.contains(name)));
    match near {
        Some(near) => failure.help(format!("there is `{near}`; without a name all tables are listed")),
        None => {
            failure.help("without a name all tables are listed; names are logical names, such as account")
        }
    }
}

fn tables(schema: &Schema, out: &mut impl Write) -> io::Result<()> {
    let mut rows = vec![
        [
            "TABLE",
            "ENTITY SET",
            "COLUMNS",
            "LOOKUPS",
            "CHOICES",
            "KEYS",
            "LABEL",
        ]
        .map(str::to_owned),
    ];
    for table in schema.tables.values() {
        let count = |of: fn(&ColumnKind) -> bool| {
            table
                .columns
                .iter()
                .filter(|column| of(&column.kind))
                .count()
                .to_string()
        };
        rows.push([
            table.name.clone(),
            table.entity_set.clone().unwrap_or_default(),
            table.columns.len().to_string(),
            count(|kind| matches!(kind, ColumnKind::Lookup(_))),
            count(|kind| kind.choice().is_some()),
            table.keys.len().to_string(),
            table.label.preferred(1033).unwrap_or_default().to_owned(),
        ]);
    }
    align(&rows, out)?;
    writeln!(
        out,
        "\n{}, {}, {}, {}",
        counted(schema.tables.len(), "table"),
        counted(schema.references.len(), "reference"),
        counted(schema.choices.len(), "global choice"),
        counted(schema.operations.len(), "operation")
    )
}

fn table(table: &Table, out: &mut impl Write) -> io::Result<()> {
    writeln!(
        out,
        "{} ({})",
        harmless(table.label.preferred(1033).unwrap_or(&table.name)),
        harmless(&table.name)
    )?;
    if let Some(description) = table.description.preferred(1033) {
        writeln!(out, "{}", harmless(description))?;
    }
    writeln!(
        out,
        "entity set {}, primary id {}",
        harmless(table.entity_set.as_deref().unwrap_or("none")),
        harmless(&table.primary_id)
    )?;
    writeln!(out)?;
    let mut rows = vec![["COLUMN", "TYPE", "REQUIRED", "ACCESS", "LABEL"].map(str::to_owned)];
    rows.extend(table.columns.iter().map(column));
    align(&rows, out)?;
    if !table.keys.is_empty() {
        let keys = table
            .keys
            .iter()
            .map(|key| [key.name.clone(), key.columns.join(", ")]);
        writeln!(out)?;
        align(&with_header(["KEY", "COLUMNS"], keys), out)?;
    }
    if !table.collections.is_empty() {
        let collections = table.collections.iter().map(|of| {
            let kind = match of.kind {
                CollectionKind::OneToMany { .. } => "one to many",
                CollectionKind::ManyToMany { .. } => "many to many",
            };
            [of.name.clone(), kind.to_owned(), of.table.clone()]
        });
        writeln!(out)?;
        align(&with_header(["COLLECTION", "KIND", "OF"], collections), out)?;
    }
    Ok(())
}

fn column(column: &Column) -> [String; 5] {
    let required = match column.required {
        Some(Required::System) => "system",
        Some(Required::Application) => "forms",
        Some(Required::Recommended) => "recommended",
        Some(Required::None) => "",
        None => "?",
    };
    [
        column.name.clone(),
        type_text(&column.kind),
        required.to_owned(),
        column
            .access
            .map_or_else(|| "?".to_owned(), |access| access.to_string()),
        column.label.preferred(1033).unwrap_or_default().to_owned(),
    ]
}

fn type_text(kind: &ColumnKind) -> String {
    match kind {
        ColumnKind::Text {
            max_length: Some(length),
            ..
        }
        | ColumnKind::Memo {
            max_length: Some(length),
            ..
        } => {
            format!("{} {length}", kind.name())
        }
        ColumnKind::Lookup(lookup) => {
            let targets: Vec<&str> = lookup
                .targets
                .iter()
                .map(|target| target.table.as_str())
                .collect();
            match targets.len() {
                0..=3 => format!("lookup {}", targets.join(", ")),
                many => format!("lookup {}, {}, and {} more", targets[0], targets[1], many - 2),
            }
        }
        kind => kind.name().to_owned(),
    }
}

fn with_header<const N: usize>(
    header: [&str; N],
    rows: impl Iterator<Item = [String; N]>,
) -> Vec<[String; N]> {
    std::iter::once(header.map(str::to_owned)).chain(rows).collect()
}

/// Writes rows in columns, each as wide as its widest cell.
fn align<const N: usize>(rows: &[[String; N]], out: &mut impl Write) -> io::Result<()> {
    let width = |column: usize| {
        rows.iter()
            .map(|row| row[column].chars().count())
            .max()
            .unwrap_or(0)
    };
    let widths: [usize; N] = std::array::from_fn(width);
    for row in rows {
        let cells = row.iter().zip(widths).map(|(cell, width)| {
            let cell = harmless(cell);
            format!("{cell:width$}")
        });
        writeln!(out, "{}", cells.collect::<Vec<_>>().join("  ").trim_end())?;
    }
    Ok(())
}
