//! What a table is and can do.

use super::Sides;
use super::found::At;
use super::knowledge::one_sided;
use super::texts::Texts;
use crate::drift::{Kind, Rule, Side};
use crate::schema::{Facts, Table};

pub(super) fn facts<'s>(
    sides: &Sides<'s>,
    at: &mut At<'s, '_>,
    texts: &Texts<'_>,
    old: &'s Table,
    new: &'s Table,
) {
    if old.name == new.name
        && let Some((old, new)) = at.known(
            Kind::SchemaName,
            old.schema_name.as_ref(),
            new.schema_name.as_ref(),
        )
    {
        at.change(Rule::SchemaNameChanged, old, new);
    }
    entity_set(at, texts, old, new);
    primary_columns(at, texts, old, new);
    from_metadata(sides, at, old, new);
    let (old_type, new_type) = (old.table_type.as_ref(), new.table_type.as_ref());
    let mut of_type = at.fact("table type");
    if let Some((old, new)) = of_type.known(Kind::TableFact, old_type, new_type) {
        of_type.change(Rule::TableTypeChanged, old.as_str(), new.as_str());
    }
    let mut ownership = at.fact("ownership");
    let both = ownership.known(Kind::TableFact, old.ownership.as_ref(), new.ownership.as_ref());
    if let Some((old, new)) = both {
        ownership.change(Rule::OwnershipChanged, old, new);
    }
    switches(at, &old.facts, &new.facts);
    solutions(sides, at, old, new);
}

/// What a table has without the other having it.
fn one_of<'s>(
    at: &mut At<'s, '_>,
    texts: &Texts<'_>,
    (old, new): (Option<&'s String>, Option<&'s String>),
    (removed, added, changed): (Rule, Rule, Rule),
) {
    match (old, new) {
        (None, None) => {}
        (Some(old), Some(new)) if old == new => {}
        (Some(old), Some(new)) => at.change(changed, old, new),
        (old, new) => match (texts.untold, old, new) {
            (Some(side), ..) => at.not_known(changed.kind(), side),
            (None, Some(old), _) => at.removed(removed, old),
            (None, _, Some(new)) => at.added(added, new),
            (None, None, None) => {}
        },
    }
}

fn entity_set<'s>(at: &mut At<'s, '_>, texts: &Texts<'_>, old: &'s Table, new: &'s Table) {
    let rules = (
        Rule::EntitySetRemoved,
        Rule::EntitySetAdded,
        Rule::EntitySetChanged,
    );
    one_of(
        at,
        texts,
        (old.entity_set.as_ref(), new.entity_set.as_ref()),
        rules,
    );
}

fn primary_columns<'s>(at: &mut At<'s, '_>, texts: &Texts<'_>, old: &'s Table, new: &'s Table) {
    if old.primary_id != new.primary_id {
        at.fact("primary id")
            .change(Rule::PrimaryIdChanged, &*old.primary_id, &*new.primary_id);
    }
    let same = |rule| (rule, rule, rule);
    let names = (old.primary_name.as_ref(), new.primary_name.as_ref());
    one_of(
        &mut at.fact("primary name"),
        texts,
        names,
        same(Rule::PrimaryNameChanged),
    );
    let images = (old.primary_image.as_ref(), new.primary_image.as_ref());
    one_of(
        &mut at.fact("primary image"),
        texts,
        images,
        same(Rule::PrimaryImageChanged),
    );
}

/// What `$metadata` alone tells.
fn from_metadata<'s>(sides: &Sides<'s>, at: &mut At<'s, '_>, old: &'s Table, new: &'s Table) {
    let untold = one_sided(
        sides.knowledge.metadata(Side::Old),
        sides.knowledge.metadata(Side::New),
    );
    let facts = [
        ("key property", Rule::CsdlKeyChanged, &old.csdl_key, &new.csdl_key),
        ("base", Rule::BaseChanged, &old.base, &new.base),
    ];
    for (name, rule, old, new) in facts {
        let mut at = at.fact(name);
        if old == new {
            continue;
        }
        match untold {
            Some(side) => at.not_known(rule.kind(), side),
            None => at.push(
                rule,
                old.as_deref().map(Into::into),
                new.as_deref().map(Into::into),
                None,
            ),
        }
    }
}

fn switches(at: &mut At<'_, '_>, old: &Facts, new: &Facts) {
    use Rule::{CapabilityGained, CapabilityLost};
    type Switch = (&'static str, fn(&Facts) -> Option<bool>, Rule, Rule);
    const SWITCHES: [Switch; 11] = [
        (
            "activity",
            |of| of.activity,
            Rule::ActivityChanged,
            Rule::ActivityChanged,
        ),
        (
            "activity party",
            |of| of.activity_party,
            CapabilityLost,
            CapabilityGained,
        ),
        (
            "intersect table",
            |of| of.intersect,
            Rule::IntersectChanged,
            Rule::IntersectChanged,
        ),
        ("custom", |of| of.custom, Rule::CustomChanged, Rule::CustomChanged),
        (
            "change tracking",
            |of| of.change_tracking,
            Rule::ChangeTrackingOff,
            Rule::ChangeTrackingOn,
        ),
        (
            "optimistic concurrency",
            |of| of.optimistic_concurrency,
            Rule::ConcurrencyOff,
            Rule::ConcurrencyOn,
        ),
        (
            "duplicate detection",
            |of| of.duplicate_detection,
            CapabilityLost,
            CapabilityGained,
        ),
        ("notes", |of| of.notes, CapabilityLost, CapabilityGained),
        ("activities", |of| of.activities, CapabilityLost, CapabilityGained),
        (
            "status transitions",
            |of| of.enforces_transitions,
            Rule::TransitionsFreed,
            Rule::TransitionsEnforced,
        ),
        (
            "solution-aware",
            |of| of.solution_aware,
            CapabilityLost,
            CapabilityGained,
        ),
    ];
    for (name, of, off, on) in SWITCHES {
        at.fact(name).flag(of(old), of(new), off, on);
    }
}

fn solutions<'s>(sides: &Sides<'s>, at: &mut At<'s, '_>, old: &'s Table, new: &'s Table) {
    if old.solutions == new.solutions {
        return;
    }
    let mut at = at.fact("solutions");
    let knows = |side| sides.knowledge.solutions(side);
    match one_sided(knows(Side::Old), knows(Side::New)) {
        Some(side) => at.not_known(Kind::Origin, side),
        None => at.change(
            Rule::SolutionsChanged,
            old.solutions.join(", "),
            new.solutions.join(", "),
        ),
    }
}
