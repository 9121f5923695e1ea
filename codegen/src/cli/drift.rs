//! `dataverse-codegen drift`.

mod impact;

use std::collections::BTreeSet;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use dataverse_codegen::drift::report::{LONGEST_COMMENT, Report as Drift};
use dataverse_codegen::drift::{Changes, Severity, compare};
use dataverse_codegen::schema::{Patterns, Selection};

use super::report::{Report, counted};
use super::side::{Side, sides};
use super::{Ended, Failure, file};

/// Compare two schemas by meaning: what changed, whether programs break, and why.
///
/// OLD is what programs were built for, NEW is what they meet. Labels, order and the version of this program make no
/// difference where they mean none; what only one side was told is no change. The rules are in docs/drift.md.
#[derive(Args)]
#[command(after_help = CODES)]
pub(super) struct Arguments {
    /// The schema that programs were built for: an environment of dataverse.toml, or the folder of a snapshot
    /// [default: the snapshot of the base environment].
    #[arg(value_name = "OLD")]
    first: Option<String>,
    /// The schema that they meet, likewise [default: the base environment as it is now]. One argument alone is this one.
    #[arg(value_name = "NEW")]
    second: Option<String>,
    /// OLD by name, where NEW is left out.
    #[arg(long, value_name = "OLD", conflicts_with = "second")]
    against: Option<String>,
    /// Compile the program at this path against both schemas, and say which of its lines break by which change.
    #[arg(long, value_name = "PATH")]
    impact: Option<PathBuf>,
    /// The name of the program's generated crate, where it has several.
    #[arg(long, value_name = "NAME", requires = "impact")]
    bindings: Option<String>,
    /// Features of the program to switch on when it is compiled.
    #[arg(
        long,
        value_name = "FEATURE,...",
        requires = "impact",
        conflicts_with = "all_features"
    )]
    features: Option<String>,
    /// Compile the program with all of its features.
    #[arg(long, requires = "impact")]
    all_features: bool,
    /// The form of the report.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Write the report into a file instead of standard output.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Which changes make the exit code 2.
    #[arg(long, value_enum, value_name = "CHANGES")]
    deny: Option<Deny>,
    /// Compare these tables alone, with their choices and the operations bound to them, as names and globs.
    #[arg(long, value_name = "GLOB,...", num_args = 1..)]
    tables: Vec<String>,
}

const CODES: &str = "\
Exit codes: 0 nothing that is denied has changed, 2 something that is denied has, 1 failure or wrong arguments. \
Without --deny the exit code of a comparison is 0, whatever has changed. With --impact it is 2 also if the program breaks.

Examples:
  dataverse-codegen drift                       the base environment against its snapshot
  dataverse-codegen drift prod --deny breaking  would the program work there?
  dataverse-codegen drift dev prod              two environments as they are now
  dataverse-codegen drift schema/ schema-of-prod/
  dataverse-codegen drift prod --impact .       which lines of this program would break there
  dataverse-codegen drift prod --impact . --format html --out impact.html
  dataverse-codegen drift old/ new/ --deny breaking --format markdown --out drift.md
  dataverse-codegen drift old/ new/ --tables 'account,rsk_*' --format html --out drift.html";

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// For a terminal: by table, the gravest first; in colours where there is a terminal.
    Text,
    /// For a pull request: bounded in length, with a note of what was left out.
    Markdown,
    /// For programs: all of it, in a documented form with a version.
    Json,
    /// For people: one page with search and filters that needs nothing beside it.
    Html,
}

#[derive(Clone, Copy, ValueEnum)]
enum Deny {
    /// What breaks readers or writers.
    Breaking,
    /// What breaks, and what adds.
    Additive,
    /// Every change, labels too.
    Any,
}

impl Deny {
    fn denies(self, severity: Severity) -> bool {
        match self {
            Self::Breaking => severity.is_breaking(),
            Self::Additive => severity <= Severity::Additive,
            Self::Any => true,
        }
    }
}

pub(super) fn run(arguments: &Arguments, report: &Report) -> Result<Ended, Failure> {
    let selection = selection(&arguments.tables)?;
    let working = report.working("reading");
    let (first, second) = (arguments.first.as_deref(), arguments.second.as_deref());
    let (old, new) = match &arguments.against {
        Some(old) => (old.clone(), sides(None, first)?.1),
        None => sides(first, second)?,
    };
    let old = Side::read(&old, report)?;
    let new = Side::read(&new, report)?;
    working.set_message("comparing");
    let (old, new) = match &selection {
        Some(selection) => selected(old, new, selection, report)?,
        None => (old, new),
    };
    let changes = compare(&old.schema, &new.schema);
    let mut breaks = false;
    if let Some(path) = &arguments.impact {
        working.set_message("compiling");
        let told = impact::run(arguments, path, &old, &new, &changes);
        working.finish_and_clear();
        breaks = told?;
    } else {
        working.finish_and_clear();
        write_report(arguments, &old.name, &new.name, &changes)?;
    }
    let denied = arguments.deny.map_or(0, |deny| {
        let all = changes.changes.iter();
        all.filter(|change| deny.denies(change.severity())).count()
    });
    if denied > 0 {
        report.line(&format!("{} denied", counted(denied, "change")));
    }
    Ok(if denied > 0 || breaks {
        Ended::Denied
    } else {
        Ended::Well
    })
}

fn selection(tables: &[String]) -> Result<Option<Selection>, Failure> {
    if tables.is_empty() {
        return Ok(None);
    }
    Ok(Some(Selection {
        tables: Patterns::new(tables).map_err(Failure::new)?,
        ..Selection::default()
    }))
}

/// The sides with the wanted tables alone. A table may be on one side only: that is what is to be told.
fn selected(old: Side, new: Side, selection: &Selection, report: &Report) -> Result<(Side, Side), Failure> {
    let sides = [&old, &new];
    let tables = sides.iter().flat_map(|side| side.schema.tables.keys());
    let references = sides.iter().flat_map(|side| side.schema.references.keys());
    let names: BTreeSet<&str> = tables.chain(references).map(String::as_str).collect();
    let unmatched = selection.tables.unmatched("table", &names);
    if !names.iter().any(|name| selection.tables.matches(name)) {
        let asked: Vec<String> = unmatched.iter().map(ToString::to_string).collect();
        return Err(Failure::new(format!("--tables: {}", asked.join("; ")))
            .help("names are logical names, such as account"));
    }
    report.warnings(&unmatched, true);
    let narrow = |side: Side| Side {
        schema: side.schema.select(selection),
        ..side
    };
    Ok((narrow(old), narrow(new)))
}

fn write_report(arguments: &Arguments, old: &str, new: &str, changes: &Changes<'_>) -> Result<(), Failure> {
    let drift = Drift { old, new, changes };
    let terminal = arguments.out.is_none()
        && io::stdout().is_terminal()
        && std::env::var_os("NO_COLOR").is_none_or(|set| set.is_empty());
    let text = match arguments.format {
        Format::Text => drift.text(terminal),
        Format::Markdown => drift.markdown(LONGEST_COMMENT),
        Format::Json => drift.json(),
        Format::Html => drift.html(),
    };
    write(arguments, &text)
}

/// Writes a report where it is wanted.
fn write(arguments: &Arguments, text: &str) -> Result<(), Failure> {
    match &arguments.out {
        Some(path) => file::write(path, text),
        None => match io::stdout().lock().write_all(text.as_bytes()) {
            // A reader like `head` may have enough.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            other => other.map_err(Failure::new),
        },
    }
}
