//! An impact for programs. Its form has a version, which rises when a reader could misunderstand it.

use serde_json::{Value, json};

use crate::drift::{Change, change_place};
use crate::impact::{Diagnostic, Impact};

/// The version of the form.
const FORM: u32 = 1;

pub(super) fn json(impact: &Impact<'_, '_>) -> String {
    let breaks = impact.breaks.iter().map(|of| {
        let mut told = diagnostic(&of.diagnostic);
        told["causes"] = of.causes.iter().map(|cause| change(cause)).collect();
        told
    });
    let unchecked = impact.unchecked.iter().map(|(of, files)| {
        let mut told = change(of);
        told["files"] = json!(files);
        told
    });
    let all = json!({
        "impact": FORM,
        "breaks": breaks.collect::<Value>(),
        "broken_before": impact.broken_before.iter().map(diagnostic).collect::<Value>(),
        "unchecked": unchecked.collect::<Value>(),
        "untouched": impact.untouched.iter().map(|of| change(of)).collect::<Value>(),
        "targets_not_reached": impact.not_reached,
    });
    format!("{all:#}\n")
}

fn diagnostic(of: &Diagnostic) -> Value {
    json!({
        "file": of.file,
        "line": of.line,
        "column": of.column,
        "code": of.code,
        "message": of.message,
        "rendered": of.rendered,
    })
}

fn change(of: &Change<'_>) -> Value {
    json!({
        "rule": of.rule.classified().id,
        "severity": of.severity().id(),
        "place": change_place(of),
        "old": of.old,
        "new": of.new,
    })
}
