//! `dataverse-codegen init`.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::Args;
use dataverse_codegen::config::{self, Config, EDITOR_SCHEMA, FILE, LOCAL_URL, Template};

use super::report::Report;
use super::{Ended, Failure};

/// Write a commented dataverse.toml and a crate to start from.
///
/// In a new or empty folder it is a whole project: the program in src/main.rs, the bindings beside it. In a folder with
/// files of yours it writes dataverse.toml and its schema for editors alone. Nothing that is there is overwritten.
#[derive(Args)]
pub(super) struct Arguments {
    /// The folder.
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
    /// The environment's address [default: the emulator on this machine].
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// The tables wanted, as names and globs.
    #[arg(
        long,
        value_name = "GLOB,...",
        value_delimiter = ',',
        default_value = "account,contact"
    )]
    tables: Vec<String>,
    /// The name of the crate with the bindings.
    #[arg(long, value_name = "NAME", default_value = "crm")]
    crate_name: String,
    /// Where the runtime is [default: beside the source that this program was built from, or else a registry].
    #[arg(long, value_name = "DIR")]
    runtime: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments, report: &Report) -> Result<Ended, Failure> {
    let folder = &arguments.folder;
    let is_new = match fs::read_dir(folder) {
        Ok(mut entries) => entries.all(|entry| {
            // What a new repository has doesn't make a project yet.
            entry.is_ok_and(|entry| entry.file_name().to_string_lossy().starts_with(".git"))
        }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => true,
        Err(error) => return Err(Failure::new(format!("can't read {}: {error}", folder.display()))),
    };
    let runtime = runtime(arguments)?;
    let text = config::template(&Template {
        url: arguments.url.clone(),
        tables: arguments.tables.clone(),
        crate_name: arguments.crate_name.clone(),
        runtime: runtime.as_ref().map(|path| path.display().to_string()),
    });
    // What was given on the command line may be wrong.
    Config::parse(&text, Path::new(FILE)).map_err(Failure::new)?;
    let mut files = vec![(FILE, text), ("dataverse.schema.json", EDITOR_SCHEMA.to_owned())];
    if is_new {
        files.extend([
            ("Cargo.toml", manifest(folder, &arguments.crate_name)),
            ("src/main.rs", program(arguments)),
            (".gitignore", "/target\n/.dataverse\n".to_owned()),
        ]);
    }
    let taken = files
        .iter()
        .map(|(file, _)| folder.join(file))
        .find(|path| path.exists());
    if let Some(taken) = taken {
        return Err(Failure::new(format!("{} is there already", taken.display()))
            .help("nothing is overwritten: move it away, or name another folder"));
    }
    for (file, text) in &files {
        write_new(&folder.join(file), text)?;
        report.line(&format!("wrote {}", folder.join(file).display()));
    }
    next(arguments, runtime.as_deref(), is_new, report);
    Ok(Ended::Well)
}

/// The folder of the runtime that the generated crate is to use.
fn runtime(arguments: &Arguments) -> Result<Option<PathBuf>, Failure> {
    if let Some(path) = &arguments.runtime {
        let found = fs::canonicalize(path);
        let found = found.map_err(|error| Failure::new(format!("can't find {}: {error}", path.display())))?;
        return if found.join("Cargo.toml").is_file() {
            Ok(Some(found))
        } else {
            let message = format!("{} is no crate: it has no Cargo.toml", path.display());
            Err(Failure::new(message).help("it is the folder `runtime` of this program's source"))
        };
    }
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime");
    let is_there = beside.join("Cargo.toml").is_file();
    Ok(is_there.then(|| fs::canonicalize(beside).ok()).flatten())
}

fn write_new(path: &Path, text: &str) -> Result<(), Failure> {
    let failed = |error: io::Error| Failure::new(format!("can't write {}: {error}", path.display()));
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    // Even if it came to be just now, it isn't overwritten.
    let mut file = fs::File::create_new(path).map_err(failed)?;
    io::Write::write_all(&mut file, text.as_bytes()).map_err(failed)
}

fn next(arguments: &Arguments, runtime: Option<&Path>, is_new: bool, report: &Report) {
    let folder = arguments.folder.display();
    if let (None, Some(runtime)) = (&arguments.runtime, runtime) {
        report.line(&format!(
            "the runtime comes from {}: `runtime` in {FILE} names another",
            runtime.display()
        ));
    }
    report.line("");
    report.line("Next:");
    if arguments.folder != Path::new(".") {
        report.line(&format!("  cd {folder}"));
    }
    if let Some(url) = emulator(arguments) {
        report.line(&format!(
            "  dataverse-emulator --snapshot DIR     an environment on this machine, at {url}"
        ));
    }
    report.line("  dataverse-codegen doctor              look at the connection");
    report.line("  dataverse-codegen regenerate          fetch, and generate the crate");
    if is_new {
        report.line("  cargo run                             the program");
    } else {
        let add = format!("cargo add --path {}", arguments.crate_name);
        report.line(&format!("  {add:<36}  let your program use it"));
    }
}

fn manifest(folder: &Path, crate_name: &str) -> String {
    let own = fs::canonicalize(folder)
        .or_else(|_| std::path::absolute(folder))
        .ok();
    let name: String = own
        .as_deref()
        .and_then(Path::file_name)
        .map(|name| name.to_string_lossy().to_ascii_lowercase())
        .unwrap_or_default()
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || c == '_' {
                c
            } else {
                '-'
            }
        })
        .collect();
    let name = name.trim_start_matches(|c: char| !c.is_ascii_alphabetic());
    let name = match name {
        "" => "app",
        name if name == crate_name => "app",
        name => name,
    };
    format!(
        "[package]\n\
         name = \"{name}\"\n\
         version = \"0.1.0\"\n\
         edition = \"2024\"\n\
         publish = false\n\
         \n\
         [workspace]\n\
         members = [\"{crate_name}\"]\n\
         \n\
         [dependencies]\n\
         {crate_name} = {{ path = \"{crate_name}\" }}\n\
         tokio = {{ version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }}\n"
    )
}

/// The address of the emulator that the project begins with, if it begins with one.
fn emulator(arguments: &Arguments) -> Option<&str> {
    match &arguments.url {
        Some(url) => config::is_emulator(url).then_some(url.as_str()),
        None => Some(LOCAL_URL),
    }
}

/// A program that connects, and says how to go on.
fn program(arguments: &Arguments) -> String {
    let module = arguments.crate_name.replace('-', "_");
    let (client, url) = match (emulator(arguments), &arguments.url) {
        (None, Some(url)) => (CONNECTED, url.as_str()),
        (emulator, _) => (ANONYMOUS, emulator.unwrap_or(LOCAL_URL)),
    };
    let table = arguments
        .tables
        .iter()
        .find(|table| table.chars().all(|c| c.is_ascii_lowercase() || c == '_'));
    let example = match table.map(String::as_str) {
        Some("account") => ACCOUNTS,
        _ => "",
    };
    let (imports, call) = match example {
        "" => ("", ""),
        _ => (IMPORTS, "    show(&client).await?;\n"),
    };
    PROGRAM
        .replace("{imports}", imports)
        .replace("{example}", example)
        .replace("{call}", call)
        .replace("{client}", client)
        .replace("{module}", &module)
        .replace("{url}", &format!("{url:?}"))
}

const CONNECTED: &str = r#"    // Who the program is, is said by variables such as AZURE_CLIENT_ID and AZURE_CLIENT_SECRET, or by `az login`.
    let url = std::env::var("DATAVERSE_URL").unwrap_or_else(|_| {url}.to_owned());
    let client = Client::connect(&url).await?;
"#;

const ANONYMOUS: &str = r#"    // Who the program is, is said by variables such as AZURE_CLIENT_ID and AZURE_CLIENT_SECRET; an emulator needs none.
    let client = match std::env::var("DATAVERSE_URL") {
        Ok(url) => Client::connect(&url).await?,
        Err(_) => Client::anonymous({url})?,
    };
"#;

const IMPORTS: &str = "use {module}::account::Account;\n";

const ACCOUNTS: &str = r#"
/// What this program reads of an account. A misspelt column, or a wrong type, doesn't compile.
#[derive(Debug, Row)]
#[row(table = Account)]
struct Company {
    accountid: Id<Account>,
    name: Option<String>,
}

async fn show(client: &Client) -> Result<(), Error> {
    let mut rows = client.query::<Company>().top(10).stream();
    while let Some(company) = rows.try_next().await? {
        println!("{}  {}", company.accountid, company.name.unwrap_or_default());
    }
    Ok(())
}
"#;

const PROGRAM: &str = r#"//! A program on Dataverse. `dataverse-codegen regenerate` writes the crate `{module}` that it uses.

{imports}use {module}::prelude::*;
{example}
#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
{client}    client.check().await?;
    println!("connected");
{call}    Ok(())
}
"#;
