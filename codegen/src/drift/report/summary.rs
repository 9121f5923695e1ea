//! What a report says before its details.

use std::collections::BTreeMap;

use crate::drift::{Changes, Kind, Severity, Side};

/// `12 changes: 2 break readers and writers, 10 additive`.
pub(super) fn counts(changes: &Changes<'_>) -> String {
    let counts = changes.counts();
    if counts.is_empty() {
        return "no changes".to_owned();
    }
    let parts: Vec<String> = counts
        .iter()
        .map(|(severity, count)| format!("{count} {}", words(*severity, *count)))
        .collect();
    let all = changes.changes.len();
    format!(
        "{all} {}: {}",
        if all == 1 { "change" } else { "changes" },
        parts.join(", ")
    )
}

fn words(severity: Severity, count: usize) -> String {
    let words = severity.to_string();
    match words.strip_prefix("breaks") {
        Some(rest) if count != 1 => format!("break{rest}"),
        _ => words,
    }
}

/// What each side doesn't know, one sentence per side.
pub(super) fn not_known(changes: &Changes<'_>) -> Vec<String> {
    let mut sides: BTreeMap<Side, Vec<(usize, Kind)>> = BTreeMap::new();
    for ((side, kind), count) in changes.not_known_counts() {
        sides.entry(side).or_default().push((count, kind));
    }
    sides
        .into_iter()
        .map(|(side, mut kinds)| {
            kinds.sort_by_key(|(count, kind)| (std::cmp::Reverse(*count), *kind));
            let parts: Vec<String> = kinds
                .iter()
                .map(|(count, kind)| format!("{} ({count})", kind.words()))
                .collect();
            format!(
                "Not compared, because the {} schema doesn't know it: {}.",
                side.id(),
                parts.join(", ")
            )
        })
        .collect()
}
