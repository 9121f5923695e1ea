//! `cargo xtask corpus`: the generator on captured metadata, and the compiler on what it makes.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;
use dataverse_codegen::emit::Options;
use dataverse_codegen::schema::{ColumnKind, Patterns, Schema, Selection};
use dataverse_codegen::{documents, project, snapshot};

use crate::process::{first_errors, quiet};
use crate::{Failure, root};

/// Documents below a folder: `.xml` files that are CSDL, each with the definitions beside it, and folders of definitions.
#[derive(Args)]
pub(crate) struct Arguments {
    /// The folder of the captured documents.
    folder: PathBuf,
    /// Don't compile what is generated.
    #[arg(long)]
    no_check: bool,
    /// Take only documents whose path contains this text.
    #[arg(long, default_value = "")]
    only: String,
}

/// One environment's documents.
struct Document {
    name: String,
    metadata: Option<PathBuf>,
    definitions: Vec<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let mut found = Vec::new();
    if arguments.folder.is_dir() {
        discover(&arguments.folder, &arguments.folder, &mut found)?;
    }
    found.retain(|document| document.name.contains(&arguments.only));
    if found.is_empty() {
        return Err(format!(
            "{} has no metadata documents: nothing was checked",
            arguments.folder.display()
        )
        .into());
    }
    let mut failed = 0;
    println!(
        "{:<60} tables columns choices lookups operations warnings  read generate check clippy check-20",
        "document"
    );
    for document in &found {
        let work = root().join("target/corpus").join(document.name.replace('/', "_"));
        match one(document, &work, !arguments.no_check) {
            Ok(line) => println!("{:<60} {line}", document.name),
            Err(failure) => {
                failed += 1;
                println!("{:<60} FAILED: {failure}", document.name);
            }
        }
    }
    if failed > 0 {
        Err(format!("{failed} of {} documents failed", found.len()).into())
    } else {
        Ok(())
    }
}

/// A folder with CSDL gives a document per CSDL file, the definitions below it going along. A folder without, whose
/// subfolders are tables, gives one document of definitions.
fn discover(top: &Path, folder: &Path, found: &mut Vec<Document>) -> Result<(), Failure> {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)?
        .map(|entry| entry.map(|of| of.path()))
        .collect::<Result<_, _>>()?;
    entries.sort();
    let has_extension = |path: &Path, extension: &str| path.extension().is_some_and(|own| own == extension);
    let name = |path: &Path| path.strip_prefix(top).unwrap_or(path).display().to_string();
    let csdl: Vec<&PathBuf> = entries
        .iter()
        .filter(|path| has_extension(path, "xml") && is_csdl(path))
        .collect();
    if !csdl.is_empty() {
        let folders: Vec<PathBuf> = entries.iter().filter(|path| path.is_dir()).cloned().collect();
        found.extend(csdl.into_iter().map(|path| Document {
            name: name(path),
            metadata: Some(path.clone()),
            definitions: folders.clone(),
        }));
        return Ok(());
    }
    let holds_definitions = |path: &PathBuf| path.join("EntityMetadata.json").is_file();
    let is_definition = |path: &&PathBuf| has_extension(path, "json") && names_table(path);
    if entries.iter().any(holds_definitions) || entries.iter().any(|path| is_definition(&path)) {
        found.push(Document {
            name: name(folder),
            metadata: None,
            definitions: vec![folder.to_owned()],
        });
        return Ok(());
    }
    entries
        .iter()
        .filter(|path| path.is_dir())
        .try_for_each(|path| discover(top, path, found))
}

fn is_csdl(path: &Path) -> bool {
    fs::read(path).is_ok_and(|text| text.windows(9).take(4096).any(|part| part == b"edmx:Edmx"))
}

fn names_table(path: &Path) -> bool {
    fs::read(path).is_ok_and(|text| {
        text.windows(16)
            .take(4096)
            .any(|part| part == b"\"EntityMetadata\"")
    })
}

fn one(document: &Document, work: &Path, check: bool) -> Result<String, Failure> {
    let start = Instant::now();
    let (schema, warnings) = documents::read(document.metadata.as_deref(), &document.definitions)?;
    let read = start.elapsed().as_secs_f64();
    let line = counts(&schema, warnings.len());
    let start = Instant::now();
    let whole = write(&schema, &work.join("whole"))?;
    let generate = start.elapsed().as_secs_f64();
    let mut line = format!("{line} {read:>5.2} {generate:>8.2}");
    if check {
        line.push_str(&format!(" {:>5.1}", compile(&whole, &["check"])?));
        line.push_str(&format!(
            " {:>6.1}",
            compile(&whole, &["clippy", "--", "-D", "warnings"])?
        ));
        let some = Selection {
            tables: Patterns::new(twenty(&schema))?,
            ..Selection::default()
        };
        let selected = write(&schema.select(&some), &work.join("selected"))?;
        line.push_str(&format!(" {:>8.1}", compile(&selected, &["check"])?));
    }
    Ok(line)
}

/// Twenty tables spread evenly over the alphabet.
fn twenty(schema: &Schema) -> Vec<String> {
    let step = (schema.tables.len() / 20).max(1);
    schema.tables.keys().step_by(step).take(20).cloned().collect()
}

fn counts(schema: &Schema, warnings: usize) -> String {
    let columns = || schema.tables.values().flat_map(|table| &table.columns);
    let choices = columns().filter(|column| column.kind.choice().is_some()).count();
    let lookups = columns()
        .filter(|column| matches!(column.kind, ColumnKind::Lookup(_)))
        .count();
    let (tables, all, operations) = (schema.tables.len(), columns().count(), schema.operations.len());
    format!("{tables:>6} {all:>7} {choices:>7} {lookups:>7} {operations:>10} {warnings:>8}")
}

/// Writes the snapshot and the crate, and makes sure that the snapshot reads back as the same schema.
fn write(schema: &Schema, work: &Path) -> Result<PathBuf, Failure> {
    let (folder, generated) = (work.join("snapshot"), work.join("crate"));
    project::write_snapshot(schema, &folder)?;
    if snapshot::read(&folder)?.schema != *schema {
        return Err("the snapshot doesn't read back as the schema".into());
    }
    let runtime = root().join("runtime").display().to_string();
    let options = Options {
        runtime: format!("{{ path = {runtime:?} }}"),
        ..Options::default()
    };
    project::write_crate(project::generate(&folder, &options)?, &folder, &generated)?;
    // So that cargo doesn't look for the crate in the workspace around it.
    let manifest = generated.join("Cargo.toml");
    let text = fs::read_to_string(&manifest)?;
    if !text.contains("[workspace]") {
        fs::write(&manifest, format!("{text}\n[workspace]\n"))?;
    }
    Ok(generated)
}

fn compile(folder: &Path, arguments: &[&str]) -> Result<f64, Failure> {
    let target = root().join("target/corpus/target");
    let start = Instant::now();
    let output = quiet(folder, &target, arguments)?;
    if output.status.success() {
        return Ok(start.elapsed().as_secs_f64());
    }
    Err(format!("cargo {}: {}", arguments.join(" "), first_errors(&output)).into())
}
