//! The report for a terminal.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::harmless::line;
use super::{Report, before_after, summary};
use crate::drift::{Change, Severity};

/// The widest place before what happened is no longer aligned.
const WIDEST: usize = 44;

pub(super) fn text(report: &Report<'_, '_>, colours: bool) -> String {
    let paint = Paint(colours);
    let mut text = String::new();
    // Writing to a string can't fail.
    let _ = writeln!(
        text,
        "{} \u{2192} {}\n{}",
        line(report.old),
        line(report.new),
        summary::counts(report.changes)
    );
    for group in report.changes.groups() {
        let _ = writeln!(text, "\n{}", paint.bold(&line(&group.owner.to_string())));
        let places: Vec<String> = group.changes.iter().map(place).collect();
        let width = places
            .iter()
            .map(|place| place.chars().count())
            .max()
            .unwrap_or(0);
        let width = width.min(WIDEST);
        for (change, place) in group.changes.iter().zip(&places) {
            let severity = paint.severity(
                change.severity(),
                &format!("{:<26}", change.severity().to_string()),
            );
            let _ = writeln!(text, "  {severity}  {place:<width$}  {}", happened(change));
        }
    }
    for sentence in summary::not_known(report.changes) {
        let _ = writeln!(text, "\n{sentence}");
    }
    let rules: BTreeSet<_> = report
        .changes
        .changes
        .iter()
        .map(|change| (change.severity(), change.rule))
        .collect();
    if !rules.is_empty() {
        let _ = writeln!(text, "\n{}", paint.bold("Why"));
    }
    for (severity, rule) in rules {
        let row = rule.classified();
        let severity = paint.severity(severity, &severity.to_string());
        let _ = writeln!(text, "  {} ({severity}): {}", row.title, row.reason);
    }
    text
}

fn place(change: &Change<'_>) -> String {
    let below = change.place.below();
    match (&change.place.detail, below.is_empty()) {
        (None, _) => line(&below),
        (Some(detail), true) => detail.to_string(),
        (Some(detail), false) => format!("{} ({detail})", line(&below)),
    }
}

fn happened(change: &Change<'_>) -> String {
    let values = before_after(change, line);
    let mut text = format!("{}: {values}", change.rule.classified().title);
    if let Some(evidence) = &change.evidence {
        let _ = write!(text, " (looks like a rename: {})", line(evidence));
    }
    text
}

/// Colours, where there is a terminal that shows them.
struct Paint(bool);

impl Paint {
    fn with(&self, code: &str, text: &str) -> String {
        if self.0 {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }

    fn bold(&self, text: &str) -> String {
        self.with("1", text)
    }

    fn severity(&self, severity: Severity, text: &str) -> String {
        let code = match severity {
            Severity::BreaksBoth => "1;31",
            Severity::BreaksReaders | Severity::BreaksWriters => "31",
            Severity::Additive => "32",
            Severity::Labels => "2",
        };
        self.with(code, text)
    }
}
