//! The report for a pull request.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::harmless::{code, line};
use super::{Report, before_after, summary};
use crate::drift::{Change, Group, Severity};

/// What is kept free for the note of what was left out.
const NOTE: usize = 400;

/// Which changes a section shows.
type Wanted = fn(Severity) -> bool;

/// The sections: breaking changes are shown, the others can be unfolded.
const SECTIONS: [(&str, Wanted); 3] = [
    ("Breaking", Severity::is_breaking),
    ("Additive", |severity| matches!(severity, Severity::Additive)),
    ("Labels only", |severity| matches!(severity, Severity::Labels)),
];

pub(super) fn markdown(report: &Report<'_, '_>, longest: usize) -> String {
    let mut page = Page {
        text: head(report),
        longest: longest.saturating_sub(NOTE),
        left_out: BTreeMap::new(),
    };
    let groups = report.changes.groups();
    for (title, wanted) in SECTIONS {
        let count = report
            .changes
            .changes
            .iter()
            .filter(|change| wanted(change.severity()))
            .count();
        if count > 0 {
            page.section(title, count, &groups, wanted);
        }
    }
    if !page.left_out.is_empty() {
        let parts: Vec<String> = page
            .left_out
            .iter()
            .map(|(severity, count)| format!("{count} {severity}"))
            .collect();
        let _ = writeln!(
            page.text,
            "\n> **Left out to keep this short:** {}. The formats `text`, `json` and `html` have all.",
            parts.join(", ")
        );
    }
    page.text
}

fn head(report: &Report<'_, '_>) -> String {
    let mut text = format!(
        "## Schema drift: {}\n\nFrom {} to {}.\n",
        summary::counts(report.changes),
        code(report.old),
        code(report.new)
    );
    for sentence in summary::not_known(report.changes) {
        let _ = writeln!(text, "\n{sentence}");
    }
    text
}

struct Page {
    text: String,
    longest: usize,
    left_out: BTreeMap<Severity, usize>,
}

impl Page {
    fn section(&mut self, title: &str, count: usize, groups: &[Group<'_, '_>], wanted: Wanted) {
        let (open, close) = if title == "Breaking" {
            (format!("\n### {title} ({count})\n"), "")
        } else {
            (
                format!("\n<details><summary>{title} ({count})</summary>\n"),
                "\n</details>\n",
            )
        };
        let end = self.longest.saturating_sub(close.len());
        let mut opened = false;
        for group in groups {
            let mut head = format!(
                "\n**{}**\n\n| where | what | before \u{2192} after | why |\n|---|---|---|---|\n",
                code(&group.owner.to_string())
            );
            if !opened {
                head.insert_str(0, &open);
            }
            let mut begun = false;
            for change in group.changes.iter().filter(|change| wanted(change.severity())) {
                let row = row(change);
                let needed = row.len() + if begun { 0 } else { head.len() };
                if self.text.len() + needed > end {
                    *self.left_out.entry(change.severity()).or_default() += 1;
                    continue;
                }
                if !begun {
                    self.text.push_str(&head);
                    (begun, opened) = (true, true);
                }
                self.text.push_str(&row);
            }
        }
        if opened {
            self.text.push_str(close);
        }
    }
}

fn row(change: &Change<'_>) -> String {
    let below = change.place.below();
    let mut place = if below.is_empty() {
        String::new()
    } else {
        code(&below)
    };
    if let Some(detail) = &change.place.detail {
        let separator = if place.is_empty() { "" } else { " " };
        let _ = write!(place, "{separator}({detail})");
    }
    let rule = change.rule.classified();
    let values = before_after(change, code);
    let rename = match &change.evidence {
        Some(evidence) => format!(" (looks like a rename: {})", code(&line(evidence))),
        None => String::new(),
    };
    let severity = if rule.severity.is_breaking() {
        format!("**{}**: ", rule.severity)
    } else {
        String::new()
    };
    format!(
        "| {place} | {severity}{}{rename} | {values} | {} |\n",
        rule.title, rule.reason
    )
}
