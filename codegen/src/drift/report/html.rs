//! The report as a page.

use super::{Report, json, summary};
use crate::page::{Page, page};

/// Writes the page. `impact` is what the changes do to a program, as the page's script reads it.
pub(super) fn html(report: &Report<'_, '_>, impact: Option<&str>) -> String {
    let notes = summary::not_known(report.changes);
    let json = json::json(report, false);
    // What each side doesn't know is told in the same words as everywhere.
    let notes = serde_json::to_string(&notes).unwrap_or_default();
    page(&Page {
        title: "Schema drift",
        style: concat!(include_str!("drift.css"), include_str!("impact.css")),
        script: concat!(include_str!("impact.js"), include_str!("drift.js")),
        data: &[
            ("report", &json),
            ("notes", &notes),
            ("impact", impact.unwrap_or("null")),
        ],
    })
}
