//! `dataverse-codegen regenerate`.

use std::cell::OnceCell;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

use clap::Args;
use dataverse_codegen::config::{Config, FILE};
use dataverse_codegen::fetch::Progress;
use dataverse_codegen::output::Pending;
use dataverse_codegen::regenerate::{
    Follow, Plan, Refreshed, RegenerateError, Task, differences, plan, summary,
};
use indicatif::{HumanBytes, ProgressBar};

use super::report::{Report, aligned, counted, harmless};
use super::{Ended, Failure};

/// Fetch the environments of dataverse.toml, write their snapshots, and generate the crate.
///
/// Only what has changed since the last time is fetched. The crate is made from the base environment; the others get a
/// snapshot each, and a table says where they differ. A run that is cut off leaves what was there, or what is new.
#[derive(Args)]
pub(super) struct Arguments {
    /// The file that says what to do.
    #[arg(long, value_name = "FILE", default_value = FILE)]
    config: PathBuf,
    /// One environment alone. The crate is generated if it is the base.
    #[arg(long, value_name = "NAME")]
    env: Option<String>,
    /// Change nothing; exit with 2 if something would change.
    #[arg(long)]
    check: bool,
    /// Fetch nothing: generate from the snapshots that are there.
    #[arg(long)]
    offline: bool,
    /// Fetch all documents again, whatever was kept.
    #[arg(long, conflicts_with = "offline")]
    afresh: bool,
    /// Show every warning.
    #[arg(long)]
    all_warnings: bool,
}

pub(super) fn run(arguments: &Arguments, report: &Report) -> Result<Ended, Failure> {
    let config = read_config(&arguments.config)?;
    let task = Task {
        environment: arguments.env.clone(),
        offline: arguments.offline,
        afresh: arguments.afresh,
    };
    let shown = Shown::new(report);
    let plan = plan(&config, &task, &shown).map_err(failed)?;
    shown.finish();
    for of in &plan.environments {
        tell_environment(of, arguments, report);
    }
    tell_differences(&plan, report);
    if arguments.check {
        return Ok(checked(&plan, report));
    }
    let working = report.working("writing");
    let written = plan.write().map_err(failed)?;
    working.finish_and_clear();
    if let Some(written) = written {
        report.written(&plan.crate_folder.display().to_string(), written);
    }
    Ok(Ended::Well)
}

/// Reads `dataverse.toml`.
pub(super) fn read_config(file: &std::path::Path) -> Result<Config, Failure> {
    Config::read(file).map_err(|error| {
        let failure = Failure::new(&error);
        match error {
            dataverse_codegen::config::ConfigError::Io { .. } => {
                failure.help("`dataverse-codegen init` writes one; --config FILE names another")
            }
            _ => failure,
        }
    })
}

pub(super) fn failed(error: RegenerateError) -> Failure {
    let failure = Failure::new(&error);
    match error.help() {
        Some(help) => failure.help(help),
        None => failure,
    }
}

fn tell_environment(of: &Refreshed, arguments: &Arguments, report: &Report) {
    report.warnings(&of.warnings, arguments.all_warnings);
    let folder = of.folder.display();
    let source = match of.fetched {
        (_, 0) => "as its snapshot has it".to_owned(),
        (0, requests) => format!("nothing new, by {}", counted(requests, "request")),
        (documents, requests) => format!(
            "{} fetched, by {}",
            counted(documents, "document"),
            counted(requests, "request")
        ),
    };
    let columns: usize = of.new.tables.values().map(|table| table.columns.len()).sum();
    report.line(&format!(
        "{}: {} with {}, {} ({source})",
        of.name,
        counted(of.new.tables.len(), "table"),
        counted(columns, "column"),
        counted(of.new.operations.len(), "operation"),
    ));
    if of.old.is_none() {
        return report.line(&format!("  {folder}: a new snapshot"));
    }
    let changes = of.changes();
    if changes.is_empty() && of.pending.is_empty() {
        return report.line(&format!("  {folder}: nothing has changed"));
    }
    for line in summary(&changes) {
        report.line(&harmless(&line));
    }
    if changes.is_empty() {
        report.line(&format!(
            "  {folder}: {} in another form, no change of meaning",
            counted(of.pending.changed.len() + of.pending.removed.len(), "file")
        ));
    }
}

fn tell_differences(plan: &Plan, report: &Report) {
    let rows = differences(plan);
    if rows.is_empty() {
        return;
    }
    report.line("");
    for line in aligned(&rows) {
        report.line(&line);
    }
    report.line("");
}

fn checked(plan: &Plan, report: &Report) -> Ended {
    if plan.is_up_to_date() {
        report.line("everything is up to date");
        return Ended::Well;
    }
    let snapshots = plan.environments.iter().map(|of| (&of.folder, &of.pending));
    let generated = plan.generated.iter().map(|of| (&plan.crate_folder, of));
    for (folder, pending) in snapshots.chain(generated).filter(|(_, of)| !of.is_empty()) {
        eprintln!("{}: {}", folder.display(), would(pending));
    }
    eprintln!("not up to date: run `dataverse-codegen regenerate` and review the difference");
    Ended::Denied
}

fn would(pending: &Pending) -> String {
    const SHOWN: usize = 3;
    let all: Vec<&String> = pending.changed.iter().chain(&pending.removed).collect();
    let mut names: Vec<&str> = all.iter().take(SHOWN).map(|name| name.as_str()).collect();
    if all.len() > SHOWN {
        names.push("...");
    }
    format!(
        "{} would change, {} would go: {}",
        counted(pending.changed.len(), "file"),
        pending.removed.len(),
        harmless(&names.join(", "))
    )
}

/// Shows on a terminal how far the work is.
pub(super) struct Shown {
    bar: ProgressBar,
    fetching: OnceCell<Fetching>,
}

impl Shown {
    pub(super) fn new(report: &Report) -> Self {
        Self {
            bar: report.working("connecting"),
            fetching: OnceCell::new(),
        }
    }

    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

impl Follow for Shown {
    fn fetching(&self, environment: &str) -> &dyn Progress {
        self.bar.set_message(format!("{environment}: connecting"));
        self.fetching.get_or_init(|| Fetching {
            bar: self.bar.clone(),
            bytes: AtomicU64::new(0),
        })
    }

    fn working(&self, what: &'static str) {
        self.bar.set_message(what);
    }
}

struct Fetching {
    bar: ProgressBar,
    bytes: AtomicU64,
}

impl Progress for Fetching {
    fn documents(&self, done: usize, of: usize) {
        let bytes = HumanBytes(self.bytes.load(Ordering::Relaxed));
        self.bar.set_message(format!("{done} of {of} documents, {bytes}"));
    }

    fn bytes(&self, more: u64) {
        self.bytes.fetch_add(more, Ordering::Relaxed);
    }
}
