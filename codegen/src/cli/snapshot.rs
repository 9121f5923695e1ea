//! `dataverse-codegen snapshot`.

use std::path::PathBuf;

use clap::Args;
use dataverse_codegen::documents::{self, DocumentsError};
use dataverse_codegen::project::write_snapshot;
use dataverse_codegen::schema::{Patterns, Selection};

use super::Failure;
use super::report::{Report, counted};

/// Read documents and write the schema as a snapshot.
///
/// Give the $metadata document, the definitions, or both. Together they make the full schema: $metadata has navigation
/// properties and operations, the definitions have choices, labels, lengths and permissions. Definitions are the JSON
/// answers of EntityDefinitions, RetrieveMetadataChanges, RetrieveEntity, attribute casts and GlobalOptionSetDefinitions,
/// in any number of files.
#[derive(Args)]
pub(super) struct Arguments {
    /// The $metadata document (CSDL, XML).
    #[arg(long, value_name = "FILE")]
    metadata: Option<PathBuf>,
    /// Bodies of definitions: files, or folders of .json files.
    #[arg(long, value_name = "PATH", num_args = 1..)]
    definitions: Vec<PathBuf>,
    /// The folder of the snapshot.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// The tables wanted, as names and globs [default: all].
    #[arg(long, value_name = "GLOB,...", num_args = 1..)]
    tables: Vec<String>,
    /// Tables that are not wanted though they fit.
    #[arg(long, value_name = "GLOB,...", num_args = 1..)]
    exclude: Vec<String>,
    /// Solutions whose tables are wanted, by unique name; the definitions must include their solutioncomponents.
    #[arg(long, value_name = "NAME,...", value_delimiter = ',')]
    solutions: Vec<String>,
    /// The operations wanted, as names and globs [default: all, or with --tables those bound to a wanted table].
    #[arg(long, value_name = "GLOB,...", num_args = 1..)]
    operations: Vec<String>,
    /// The languages whose labels are kept, by code: 1033 is English [default: all].
    #[arg(long, value_name = "LCID,...", value_delimiter = ',')]
    languages: Vec<u32>,
    /// Show every warning.
    #[arg(long)]
    all_warnings: bool,
}

pub(super) fn run(arguments: &Arguments, report: &Report) -> Result<(), Failure> {
    let selection = selection(arguments).map_err(Failure::new)?;
    let working = report.working("reading");
    let (schema, mut warnings) =
        documents::read(arguments.metadata.as_deref(), &arguments.definitions).map_err(unreadable)?;
    let known = schema.tables.len();
    let unmatched = selection.unmatched(&schema);
    let schema = schema.select(&selection);
    warnings.retain(|warning| selection.is_about(&schema, warning));
    warnings.splice(0..0, unmatched);
    if schema.tables.is_empty() {
        working.finish_and_clear();
        report.warnings(&warnings, arguments.all_warnings);
        let message = format!("no table is wanted, of {known} in the documents");
        return Err(Failure::new(message)
            .help("check --tables, --exclude and --solutions: names are logical names, such as account"));
    }
    working.set_message("writing");
    let written = write_snapshot(&schema, &arguments.out).map_err(Failure::new)?;
    working.finish_and_clear();
    report.warnings(&warnings, arguments.all_warnings);
    let columns: usize = schema.tables.values().map(|table| table.columns.len()).sum();
    report.line(&format!(
        "{} of {} with {}, {}, {}",
        schema.tables.len(),
        counted(known, "table"),
        counted(columns, "column"),
        counted(schema.operations.len(), "operation"),
        counted(schema.references.len(), "reference"),
    ));
    report.written(&arguments.out.display().to_string(), written);
    Ok(())
}

fn selection(arguments: &Arguments) -> Result<Selection, dataverse_codegen::schema::BadPattern> {
    Ok(Selection {
        tables: Patterns::new(&arguments.tables)?,
        exclude: Patterns::new(&arguments.exclude)?,
        solutions: arguments.solutions.clone(),
        operations: if arguments.operations.is_empty() {
            None
        } else {
            Some(Patterns::new(&arguments.operations)?)
        },
        languages: arguments.languages.clone(),
    })
}

fn unreadable(error: DocumentsError) -> Failure {
    let help = match &error {
        DocumentsError::Nothing => "give --metadata FILE, --definitions PATH, or both",
        DocumentsError::NoTables => {
            "definitions are answers of EntityDefinitions, RetrieveMetadataChanges or RetrieveEntity"
        }
        _ => return Failure::new(error),
    };
    Failure::new(error).help(help)
}
