//! The report for programs. Its form has a version of its own, which rises when a reader could misunderstand it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Report;
use crate::drift::place::type_text;
use crate::drift::{Change, Detail, Item, Owner, Part, Rule, Severity};

/// The version of the form.
const FORM: u32 = 1;

#[derive(Serialize)]
struct Document<'d> {
    dataverse_drift: u32,
    old: &'d str,
    new: &'d str,
    counts: BTreeMap<&'static str, usize>,
    rules: BTreeMap<&'static str, RuleText>,
    changes: Vec<ChangeText<'d>>,
    not_known: Vec<NotKnownText>,
}

#[derive(Serialize)]
struct RuleText {
    kind: &'static str,
    severity: &'static str,
    breaking: bool,
    title: &'static str,
    reason: &'static str,
}

#[derive(Serialize)]
struct ChangeText<'d> {
    rule: &'static str,
    severity: &'static str,
    owner: OwnerText<'d>,
    #[serde(skip_serializing_if = "Option::is_none")]
    part: Option<PartText<'d>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    item: Option<PartText<'d>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fact: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    old: Option<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    new: Option<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    looks_renamed: Option<&'d str>,
}

#[derive(Serialize)]
struct OwnerText<'d> {
    kind: &'static str,
    name: &'d str,
    #[serde(skip_serializing_if = "Option::is_none")]
    bound: Option<String>,
}

#[derive(Serialize)]
struct PartText<'d> {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<i32>,
}

#[derive(Serialize)]
struct NotKnownText {
    side: &'static str,
    kind: &'static str,
    count: usize,
}

pub(super) fn json(report: &Report<'_, '_>, pretty: bool) -> String {
    let changes = report.changes;
    let counts = changes.counts();
    let document = Document {
        dataverse_drift: FORM,
        old: report.old,
        new: report.new,
        counts: Severity::ALL
            .iter()
            .map(|severity| (severity.id(), counts.get(severity).copied().unwrap_or(0)))
            .collect(),
        rules: changes.changes.iter().map(|change| rule(change.rule)).collect(),
        changes: changes
            .groups()
            .iter()
            .flat_map(|group| group.changes)
            .map(change)
            .collect(),
        not_known: changes
            .not_known_counts()
            .into_iter()
            .map(|((side, kind), count)| NotKnownText {
                side: side.id(),
                kind: kind.id(),
                count,
            })
            .collect(),
    };
    let text = if pretty {
        serde_json::to_string_pretty(&document)
    } else {
        serde_json::to_string(&document)
    };
    // Nothing in it is a map with keys that aren't text, which alone can fail.
    text.unwrap_or_default()
}

fn rule(rule: Rule) -> (&'static str, RuleText) {
    let row = rule.classified();
    let text = RuleText {
        kind: row.kind.id(),
        severity: row.severity.id(),
        breaking: row.severity.is_breaking(),
        title: row.title,
        reason: row.reason,
    };
    (row.id, text)
}

fn change<'d>(of: &'d Change<'_>) -> ChangeText<'d> {
    let (language, fact) = match of.place.detail {
        None => (None, None),
        Some(Detail::Language(code)) => (Some(code), None),
        Some(Detail::TextIn(fact, code)) => (Some(code), Some(fact)),
        Some(Detail::Fact(fact)) => (None, Some(fact)),
    };
    ChangeText {
        rule: of.rule.classified().id,
        severity: of.severity().id(),
        owner: owner(of.place.owner),
        part: of.place.part.map(part),
        item: of.place.item.map(|item| match item {
            Item::Option(value) => numbered("option", value),
            Item::Target(table) => named("target", table),
        }),
        language,
        fact,
        old: of.old.as_deref(),
        new: of.new.as_deref(),
        looks_renamed: of.evidence.as_deref(),
    }
}

fn owner(of: Owner<'_>) -> OwnerText<'_> {
    let bound = match of {
        Owner::Operation {
            bound: Some(bound), ..
        } => Some(type_text(bound)),
        _ => None,
    };
    OwnerText {
        kind: of.word(),
        name: of.name(),
        bound,
    }
}

fn part(of: Part<'_>) -> PartText<'_> {
    match of {
        Part::Column(name) => named("column", name),
        Part::Key(name) => named("key", name),
        Part::Collection(name) => named("collection", name),
        Part::Parameter(name) => named("parameter", name),
        Part::Member(name) => named("member", name),
        Part::Option(value) => numbered("option", value),
        Part::Result => PartText {
            kind: "result",
            name: None,
            value: None,
        },
    }
}

fn named<'d>(kind: &'static str, name: &'d str) -> PartText<'d> {
    PartText {
        kind,
        name: Some(name),
        value: None,
    }
}

fn numbered(kind: &'static str, value: i32) -> PartText<'static> {
    PartText {
        kind,
        name: None,
        value: Some(value),
    }
}
