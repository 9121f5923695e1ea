//! What has changed, in the words of a changelog.

use std::collections::{BTreeMap, BTreeSet};

use super::Plan;
use crate::drift::{Change, Changes, Severity, change_words, compare};

/// Changes of one sort that are told one by one. Of the rest the number is told.
const SHOWN: usize = 40;

/// What has changed, by how grave it is. Empty where nothing has.
#[must_use]
pub fn summary(changes: &Changes<'_>) -> Vec<String> {
    let sorts: [(&str, &dyn Fn(Severity) -> bool); 3] = [
        ("breaking", &|of| of.is_breaking()),
        ("added", &|of| of == Severity::Additive),
        ("labels and the like", &|of| of == Severity::Labels),
    ];
    let mut lines = Vec::new();
    for (title, is) in sorts {
        let of: Vec<&Change<'_>> = changes
            .changes
            .iter()
            .filter(|change| is(change.severity()))
            .collect();
        if of.is_empty() {
            continue;
        }
        lines.push(format!("  {title}:"));
        lines.extend(
            of.iter()
                .take(SHOWN)
                .map(|change| format!("    {}", change_words(change))),
        );
        if of.len() > SHOWN {
            lines.push(format!("    and {} more", of.len() - SHOWN));
        }
    }
    lines
}

/// Where other environments differ from the base: a row per table and the like, a column per environment. Empty where
/// they don't, or there are no others.
#[must_use]
pub fn differences(plan: &Plan) -> Vec<Vec<String>> {
    let Some(base) = plan.base_schema() else {
        return Vec::new();
    };
    let others: Vec<_> = plan
        .environments
        .iter()
        .filter(|of| of.name != plan.base)
        .collect();
    let mut cells: Vec<BTreeMap<String, String>> = Vec::with_capacity(others.len());
    for other in &others {
        let changes = compare(base, &other.new);
        let mut by_owner: BTreeMap<String, [usize; 3]> = BTreeMap::new();
        for change in &changes.changes {
            let sort = match change.severity() {
                severity if severity.is_breaking() => 0,
                Severity::Additive => 1,
                _ => 2,
            };
            by_owner.entry(change.place.owner.to_string()).or_default()[sort] += 1;
        }
        let told = by_owner.into_iter().map(|(owner, counts)| (owner, cell(counts)));
        cells.push(told.collect());
    }
    let owners: BTreeSet<&String> = cells.iter().flat_map(BTreeMap::keys).collect();
    if owners.is_empty() {
        return Vec::new();
    }
    let mut header = vec![format!("COMPARED WITH {}", plan.base)];
    header.extend(others.iter().map(|of| of.name.clone()));
    let rows = owners.into_iter().map(|owner| {
        let told = cells
            .iter()
            .map(|of| of.get(owner).cloned().unwrap_or_else(|| "same".to_owned()));
        std::iter::once(owner.clone()).chain(told).collect()
    });
    std::iter::once(header).chain(rows).collect()
}

fn cell([breaking, additive, labels]: [usize; 3]) -> String {
    let parts = [(breaking, "breaking"), (additive, "additive"), (labels, "labels")];
    let told: Vec<String> = parts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    told.join(", ")
}
