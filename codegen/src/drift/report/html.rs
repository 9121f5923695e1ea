//! The report as a page.

use super::{Report, json, summary};
use crate::page::{Page, page};

pub(super) fn html(report: &Report<'_, '_>) -> String {
    let notes = summary::not_known(report.changes);
    let json = json::json(report, false);
    // What each side doesn't know is told in the same words as everywhere.
    let notes = serde_json::to_string(&notes).unwrap_or_default();
    page(&Page {
        title: "Schema drift",
        style: include_str!("drift.css"),
        script: include_str!("drift.js"),
        data: &[("report", &json), ("notes", &notes)],
    })
}
