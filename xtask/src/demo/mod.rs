//! `cargo xtask demo`: the whole road on this machine, from an environment to a program that its compiler checks.

mod application;
mod built;
mod change;
mod story;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use dataverse_codegen::config::{Config, FILE, Template, template};
use dataverse_codegen::regenerate::{Plan, Task, plan, summary};
use dataverse_codegen::snapshot;
use dataverse_emulator::{Emulator, Environment};
use tokio::runtime::Runtime;

use crate::process::target;
use crate::{Failure, root};
use application::Application;
use story::Story;

/// The whole road on this machine: a local Dataverse, its metadata, a typed crate, a program that uses it; then the schema
/// changes, and the compiler says where the program no longer fits.
///
/// Everything is written below `target/demo`, to look at afterwards.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Show what cargo says while it builds.
    #[arg(long)]
    verbose: bool,
}

/// The tables that the program is about. What they refer to comes along as references.
const TABLES: [&str; 5] = ["rsk_port", "rsk_vessel", "rsk_inspection", "account", "contact"];

/// Goes the whole road.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let folder = target().join("demo");
    fs::create_dir_all(&folder)?;
    let mut story = Story::new();

    story.chapter("A Dataverse on this machine");
    let schema = snapshot::read(&root().join("generated-example/snapshot"))?.schema;
    let tables = schema.tables.len();
    let environment = Arc::new(Environment::new(schema.clone())?);
    let runtime = Runtime::new()?;
    let running = runtime.block_on(Emulator::builder(environment.clone()).start())?;
    story.tell(&format!(
        "{} serves {tables} tables; rows are kept in SQLite",
        running.url()
    ));

    story.chapter("From its metadata to a typed crate");
    let config = configure(&folder, running.url())?;
    story.tell(&format!(
        "{FILE} names the environment and {} tables",
        TABLES.len()
    ));
    let fetched = plan(
        &config,
        &Task {
            afresh: true,
            ..Task::default()
        },
        &(),
    )?;
    fetched.write()?;
    tell_fetched(&fetched, &story);
    drop(fetched);

    story.chapter("A program that uses it");
    let application = Application::write(&folder, arguments.verbose)?;
    story.tell(&format!(
        "{} is a copy of generated-example/examples/harbour.rs",
        application.source()
    ));
    story.tell("building it (the first time with its dependencies) ...");
    let seconds = application.build()?;
    story.tell(&format!("built in {seconds:.1} s; now it runs:"));
    story.blank();
    application.run(running.url())?;

    story.chapter("The schema changes");
    environment.replace(change::of(schema))?;
    story.tell("somebody removes the column rsk_vessel.rsk_crew from the environment");
    let fetched = plan(&config, &Task::default(), &())?;
    for refreshed in &fetched.environments {
        let (documents, requests) = refreshed.fetched;
        story.tell(&format!(
            "refreshed: {documents} documents fetched by {requests} requests; what is new:"
        ));
        summary(&refreshed.changes())
            .iter()
            .for_each(|line| story.tell(line));
    }
    fetched.write()?;

    story.chapter("The compiler says where the program no longer fits");
    story.blank();
    let errors = application.errors()?;
    story.quote(&errors);
    story.end(&folder);
    drop(running);
    Ok(())
}

/// Writes the file that says what to fetch and generate.
fn configure(folder: &Path, url: &str) -> Result<Config, Failure> {
    let text = template(&Template {
        url: Some(url.to_owned()),
        tables: TABLES.map(str::to_owned).to_vec(),
        crate_name: "crm".to_owned(),
        runtime: Some(root().join("runtime").display().to_string()),
    });
    // The emulator asks for no token.
    let text = text.replace("\ncredential = ", "\n# credential = ");
    let file: PathBuf = folder.join(FILE);
    fs::write(&file, text)?;
    Ok(Config::read(&file)?)
}

fn tell_fetched(fetched: &Plan, story: &Story) {
    for refreshed in &fetched.environments {
        let (documents, requests) = refreshed.fetched;
        let columns: usize = refreshed
            .new
            .tables
            .values()
            .map(|table| table.columns.len())
            .sum();
        story.tell(&format!("{documents} documents fetched by {requests} requests"));
        story.tell(&format!(
            "{}: {} tables with {columns} columns, one JSON file each, made to be checked in",
            story.shown(&refreshed.folder),
            refreshed.new.tables.len()
        ));
    }
    story.tell(&format!(
        "{}: the crate `crm`, generated from these",
        story.shown(&fetched.crate_folder)
    ));
}
