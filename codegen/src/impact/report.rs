//! An impact as text, Markdown and JSON.

use serde_json::{Value, json};

use super::{Break, Diagnostic, Impact};
use crate::drift::{Change, Owner, Part, Rule, change_place, change_words};

/// Changes of one sort that are told one by one.
const SHOWN: usize = 50;

impl Impact<'_, '_> {
    /// Text for a terminal. `new` is what the new schema is called.
    #[must_use]
    pub fn text(&self, new: &str) -> String {
        let mut lines = Vec::new();
        for of in &self.breaks {
            lines.push(break_line(of, new));
        }
        if self.breaks.is_empty() {
            lines.push(format!("the program compiles against {new}"));
        }
        section(
            &mut lines,
            "Doesn't compile as it is",
            self.broken_before.iter().map(place_and_message),
        );
        let unchecked = self
            .unchecked
            .iter()
            .map(|(change, files)| format!("{} (named in {})", change_words(change), files.join(", ")));
        section(
            &mut lines,
            "Not checked by the compiler: look at what the program does with it",
            unchecked,
        );
        let untouched = self.untouched.iter().map(|change| change_words(change));
        section(&mut lines, "Touches nothing that the program uses", untouched);
        if self.not_reached > 0 {
            lines.push(String::new());
            lines.push(format!(
                "{} of the program couldn't be compiled, since what it needs doesn't: it may break too",
                if self.not_reached == 1 {
                    "1 target".to_owned()
                } else {
                    format!("{} targets", self.not_reached)
                }
            ));
        }
        lines.push(String::new());
        lines.join("\n")
    }

    /// JSON for programs.
    #[must_use]
    pub fn json(&self) -> String {
        let breaks: Vec<Value> = self
            .breaks
            .iter()
            .map(|of| {
                let causes: Vec<Value> = of.causes.iter().map(|change| change_json(change)).collect();
                let mut told = diagnostic_json(&of.diagnostic);
                told["causes"] = Value::Array(causes);
                told
            })
            .collect();
        let unchecked: Vec<Value> = self
            .unchecked
            .iter()
            .map(|(change, files)| {
                let mut told = change_json(change);
                told["files"] = json!(files);
                told
            })
            .collect();
        let all = json!({
            "impact": 1,
            "breaks": breaks,
            "broken_before": self.broken_before.iter().map(diagnostic_json).collect::<Vec<_>>(),
            "unchecked": unchecked,
            "untouched": self.untouched.iter().map(|change| change_json(change)).collect::<Vec<_>>(),
            "targets_not_reached": self.not_reached,
        });
        format!("{all:#}\n")
    }
}

fn section(lines: &mut Vec<String>, title: &str, of: impl Iterator<Item = String>) {
    let of: Vec<String> = of.collect();
    if of.is_empty() {
        return;
    }
    lines.push(String::new());
    lines.push(format!("{title}:"));
    lines.extend(of.iter().take(SHOWN).map(|line| format!("  {line}")));
    if of.len() > SHOWN {
        lines.push(format!("  and {} more", of.len() - SHOWN));
    }
}

/// `src/sync.rs:41 uses account.fax, which prod lacks`.
fn break_line(of: &Break<'_, '_>, new: &str) -> String {
    let place = place(&of.diagnostic);
    let Some(cause) = of.causes.first() else {
        return format!("{place}: {} (no change explains it)", of.diagnostic.message);
    };
    let mut line = match lacked(cause) {
        Some(what) => format!("{place} uses {what}, which {new} lacks"),
        None => format!("{place} uses {}", change_words(cause)),
    };
    for other in &of.causes[1..] {
        line.push_str(&format!("; or {}", change_words(other)));
    }
    format!("{line}\n    {}", of.diagnostic.message)
}

/// What is simply gone.
fn lacked(change: &Change<'_>) -> Option<String> {
    let owner = change.place.owner;
    let below = change.place.below();
    match (change.rule, owner, change.place.part) {
        (Rule::TableRemoved, Owner::Table(table), _) => Some(format!("the table {table}")),
        (
            Rule::ColumnRemoved | Rule::ReadOnlyColumnRemoved | Rule::WriteOnlyColumnRemoved,
            Owner::Table(table),
            Some(Part::Column(column)),
        ) => Some(format!("{table}.{column}")),
        (
            Rule::OptionRemoved | Rule::TargetRemoved | Rule::KeyRemoved | Rule::CollectionRemoved,
            owner,
            _,
        ) => Some(format!("{owner}.{below}")),
        (
            Rule::OperationRemoved | Rule::ChoiceRemoved | Rule::ComplexTypeRemoved | Rule::EnumTypeRemoved,
            owner,
            _,
        ) => Some(owner.to_string()),
        _ => None,
    }
}

fn place(of: &Diagnostic) -> String {
    match of.file.as_str() {
        "" => "the program".to_owned(),
        file => format!("{file}:{}", of.line),
    }
}

fn place_and_message(of: &Diagnostic) -> String {
    format!("{}: {}", place(of), of.message)
}

fn diagnostic_json(of: &Diagnostic) -> Value {
    json!({
        "file": of.file,
        "line": of.line,
        "column": of.column,
        "code": of.code,
        "message": of.message,
        "rendered": of.rendered,
    })
}

fn change_json(change: &Change<'_>) -> Value {
    let classified = change.rule.classified();
    json!({
        "rule": classified.id,
        "severity": change.severity().id(),
        "place": change_place(change),
        "old": change.old,
        "new": change.new,
    })
}
