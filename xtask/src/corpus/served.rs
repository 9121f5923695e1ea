//! `cargo xtask emulator-corpus`: the schemas of captured documents, told by the emulator and read back.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Instant, SystemTime};

use bytes::Bytes;
use clap::Args;
use dataverse_codegen::join::{Definitions, join};
use dataverse_codegen::schema::{Patterns, Schema, Selection};
use dataverse_codegen::snapshot::{self, Files};
use dataverse_codegen::{csdl, documents};
use dataverse_emulator::metadata::{Metadata, Settings};
use dataverse_emulator::{Call, Model};
use http::{HeaderMap, Method};

use crate::Failure;

use super::discover::{self, Document};

/// Have the emulator tell the schemas of captured documents, and read back what it says.
///
/// Documents are found as `corpus` finds them. Of each, the emulator writes `$metadata` and the definitions, by
/// RetrieveMetadataChanges and by EntityDefinitions with the casts of choices; both ways must read back as the schema that
/// they came from. Prints seconds and megabytes: build with --release for figures that mean something.
#[derive(Args)]
pub(crate) struct Arguments {
    /// The folder of the captured documents.
    #[arg(value_name = "METADATA_DIR")]
    folder: PathBuf,
    /// Take only documents whose path contains this text.
    #[arg(long, value_name = "TEXT", default_value = "")]
    only: String,
    /// Leave out EntityDefinitions, which is asked for table by table.
    #[arg(long)]
    changes_only: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let found = discover::discover(&arguments.folder)?;
    let wanted: Vec<&Document> = found
        .documents
        .iter()
        .filter(|document| document.name.contains(&arguments.only))
        .collect();
    if wanted.is_empty() {
        let folder = arguments.folder.display();
        return Err(format!("{folder} has no metadata documents: nothing was checked").into());
    }
    let mut failed = 0;
    for document in &wanted {
        println!("{}", document.name);
        if let Err(failure) = serve(document, arguments.changes_only) {
            failed += 1;
            println!("  FAILED: {failure}");
        }
    }
    if failed > 0 {
        return Err(format!("{failed} of {} documents failed", wanted.len()).into());
    }
    println!("all {} documents passed", wanted.len());
    Ok(())
}

/// Measures a piece of work, and prints what it took.
fn timed<T>(what: &str, work: impl FnOnce() -> T, bytes: impl FnOnce(&T) -> usize) -> T {
    let start = Instant::now();
    let made = work();
    let seconds = start.elapsed().as_secs_f64();
    let megabytes = bytes(&made) as f64 / 1e6;
    println!("  {what:<44} {seconds:>8.3} s {megabytes:>9.2} MB");
    made
}

fn serve(document: &Document, changes_only: bool) -> Result<(), Failure> {
    let (schema, _) = documents::read(document.metadata.as_deref(), &document.definitions)?;
    let columns: usize = schema.tables.values().map(|table| table.columns.len()).sum();
    println!("  {} tables, {columns} columns", schema.tables.len());
    // What documents can't tell together with a $metadata, a schema of definitions alone may hold: it is told once before.
    let schema = if document.metadata.is_some() {
        schema
    } else {
        let metadata = metadata(&schema);
        read(&metadata.csdl(false), &changes(&metadata)?, &schema)?
    };
    let metadata = timed("model", || metadata(&schema), |_| 0);
    let csdl = timed("$metadata", || metadata.csdl(false), Bytes::len);
    let told = timed("RetrieveMetadataChanges", || changes(&metadata), size)?;
    let back = timed("reading them back", || read(&csdl, &told, &schema), |_| 0)?;
    same(&schema, &back)?;
    if changes_only {
        return Ok(());
    }
    drop((told, back));
    let told = timed(
        "EntityDefinitions and casts",
        || definitions(&metadata, &schema),
        size,
    )?;
    let back = timed("reading them back", || read(&csdl, &told, &schema), |_| 0)?;
    same(&schema, &back)
}

fn size(told: &Result<Vec<Bytes>, Failure>) -> usize {
    told.iter().flatten().map(Bytes::len).sum()
}

fn metadata(schema: &Schema) -> Metadata {
    let model = Arc::new(Model::new(Arc::new(schema.clone())));
    Metadata::new(model, Settings::default(), SystemTime::UNIX_EPOCH)
}

fn ask(metadata: &Metadata, path: &str) -> Result<Bytes, Failure> {
    let call = Call {
        method: Method::GET,
        path: path.to_owned(),
        headers: HeaderMap::new(),
        body: Bytes::new(),
        root: "http://127.0.0.1/api/data/v9.2/".to_owned(),
        user: String::new(),
        caller: String::new(),
        content_id: None,
    };
    match metadata.answer(&call, SystemTime::UNIX_EPOCH) {
        Some(Ok(answer)) => Ok(answer.body),
        Some(Err(fault)) => Err(format!("{path}: {fault}").into()),
        None => Err(format!("{path}: is no question about metadata").into()),
    }
}

fn changes(metadata: &Metadata) -> Result<Vec<Bytes>, Failure> {
    ["GlobalOptionSetDefinitions", "RetrieveMetadataChanges()"]
        .into_iter()
        .map(|path| ask(metadata, path))
        .collect()
}

fn definitions(metadata: &Metadata, schema: &Schema) -> Result<Vec<Bytes>, Failure> {
    let mut told = vec![
        ask(metadata, "GlobalOptionSetDefinitions")?,
        ask(
            metadata,
            "EntityDefinitions?$expand=Attributes,Keys,ManyToOneRelationships,ManyToManyRelationships",
        )?,
    ];
    for table in schema.tables.keys() {
        for cast in ["Picklist", "MultiSelectPicklist", "State", "Status", "Boolean"] {
            told.push(ask(
                metadata,
                &format!(
                    "EntityDefinitions(LogicalName='{table}')/Attributes/Microsoft.Dynamics.CRM.{cast}AttributeMetadata\
                     ?$expand=OptionSet,GlobalOptionSet"
                ),
            )?);
        }
    }
    Ok(told)
}

/// The part of the answers that the schema has, as a user would select it.
fn read(csdl: &[u8], told: &[Bytes], schema: &Schema) -> Result<Schema, Failure> {
    let document = csdl::read(csdl)?;
    let mut definitions = Definitions::default();
    for body in told {
        definitions.add(body)?;
    }
    let (read, _) = join(Some(&document), definitions);
    let selection = Selection {
        tables: Patterns::new(schema.tables.keys())?,
        operations: Some(Patterns::new(["*"])?),
        ..Selection::default()
    };
    Ok(read.select(&selection))
}

fn same(schema: &Schema, back: &Schema) -> Result<(), Failure> {
    let (expected, found) = (snapshot::files(schema)?, snapshot::files(back)?);
    let differ: Vec<&String> = expected
        .keys()
        .chain(found.keys().filter(|path| !expected.contains_key(*path)))
        .filter(|path| expected.get(*path) != found.get(*path))
        .collect();
    let Some(first) = differ.first() else {
        println!("  read back equal");
        return Ok(());
    };
    let names: Vec<&str> = differ.iter().take(20).map(|path| path.as_str()).collect();
    let lines = lines(first, &expected, &found);
    Err(format!(
        "{} files differ: {}; of the first:\n{lines}",
        differ.len(),
        names.join(", ")
    )
    .into())
}

/// The first lines that differ.
fn lines(path: &str, expected: &Files, found: &Files) -> String {
    let text = |files: &Files| {
        let text = files.get(path).map_or(&[][..], Vec::as_slice);
        String::from_utf8_lossy(text).into_owned()
    };
    let (one, other) = (text(expected), text(found));
    let same = one.lines().zip(other.lines()).take_while(|(a, b)| a == b).count();
    let show = |text: &str, mark: &str| {
        let part = text.lines().skip(same.saturating_sub(8)).take(16);
        part.map(|line| format!("  {mark} {line}\n")).collect::<String>()
    };
    format!("{}{}", show(&one, "-"), show(&other, "+"))
}
