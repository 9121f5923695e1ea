//! The page of a comparison, with a section on the program.

use serde_json::{Value, json};

use super::{extent, not_reached, place, told};
use crate::drift::Change;
use crate::drift::report::Report;
use crate::impact::{Diagnostic, Impact};

pub(super) fn html(impact: &Impact<'_, '_>, report: &Report<'_, '_>) -> String {
    let groups = report.changes.groups();
    // The page has the changes in this order.
    let shown: Vec<&Change<'_>> = groups.iter().flat_map(|group| group.changes).collect();
    let at = |change: &Change<'_>| shown.iter().position(|of| std::ptr::eq(*of, change));
    let breaks = told(impact).into_iter().map(|of| {
        let mut json = line(&of.diagnostic);
        json["changes"] = of.causes.iter().filter_map(|cause| at(cause)).collect();
        json
    });
    let unchecked = impact
        .unchecked
        .iter()
        .map(|(change, files)| json!({ "change": at(change), "files": files }));
    let (lines, files) = extent(&impact.breaks);
    let program = json!({
        "lines": lines,
        "files": files,
        "breaks": breaks.collect::<Value>(),
        "before": impact.broken_before.iter().map(line).collect::<Value>(),
        "unchecked": unchecked.collect::<Value>(),
        "untouched": impact.untouched.iter().filter_map(|change| at(change)).collect::<Value>(),
        "note": not_reached(impact),
    });
    report.page(Some(&program.to_string()))
}

fn line(of: &Diagnostic) -> Value {
    json!({
        "file": if of.file.is_empty() { place(of) } else { of.file.clone() },
        "line": of.line,
        "source": of.text.trim(),
        "message": of.message,
    })
}
