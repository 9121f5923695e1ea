//! What a run tells a person while it works: progress where a terminal is there, one line at the end, warnings.

use std::io::IsTerminal;
use std::time::Duration;

use dataverse_codegen::output::Written;
use dataverse_codegen::warning::Warning;
use indicatif::{ProgressBar, ProgressStyle};

/// Warnings shown unless all are asked for.
const SHOWN: usize = 10;

/// Where messages go. They go to standard error: standard output belongs to results.
pub(super) struct Report {
    quiet: bool,
}

impl Report {
    pub(super) fn new(quiet: bool) -> Self {
        Self { quiet }
    }

    /// A sign of life while something long is going on. Nothing is shown without a terminal.
    pub(super) fn working(&self, what: &'static str) -> ProgressBar {
        if self.quiet || !std::io::stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        let spinner = ProgressBar::new_spinner().with_message(what);
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {elapsed}") {
            spinner.set_style(style);
        }
        spinner.enable_steady_tick(Duration::from_millis(100));
        spinner
    }

    pub(super) fn line(&self, text: &str) {
        if !self.quiet {
            eprintln!("{text}");
        }
    }

    pub(super) fn written(&self, what: &str, written: Written) {
        let Written {
            written,
            unchanged,
            removed,
        } = written;
        self.line(&format!(
            "{what}: {} written, {unchanged} unchanged, {removed} removed",
            counted(written, "file")
        ));
    }

    pub(super) fn warnings(&self, warnings: &[Warning], all: bool) {
        let shown = if all {
            warnings.len()
        } else {
            SHOWN.min(warnings.len())
        };
        for warning in &warnings[..shown] {
            self.line(&format!("warning: {}", harmless(&warning.to_string())));
        }
        if shown < warnings.len() {
            let hidden = counted(warnings.len() - shown, "more warning");
            self.line(&format!("and {hidden}: --all-warnings shows all"));
        }
    }
}

/// `1 table`, `2 tables`.
pub(super) fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}

/// A text from the environment for a terminal: control characters never reach it.
pub(super) fn harmless(text: &str) -> String {
    let harmless = |c: char| if c.is_control() { ' ' } else { c };
    text.chars().map(harmless).collect()
}

/// Rows in columns, each as wide as its widest cell.
#[cfg(feature = "fetch")]
pub(super) fn aligned(rows: &[Vec<String>]) -> Vec<String> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    rows.iter()
        .map(|row| {
            let cells = row.iter().zip(&widths);
            let cells = cells.map(|(cell, width)| format!("{:width$}", harmless(cell), width = *width));
            cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
        })
        .collect()
}
