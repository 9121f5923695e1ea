//! Lookups: what they point at, and by which names.

use super::Sides;
use super::found::At;
use super::pairs::Pairs;
use super::texts::Texts;
use crate::drift::{Item, Kind, Rule, Side};
use crate::schema::{Cascade, ColumnKind, Lookup, LookupKind, Target};

pub(super) fn lookup<'s>(
    sides: &Sides<'s>,
    at: &mut At<'s, '_>,
    texts: &Texts<'_>,
    old: &'s Lookup,
    new: &'s Lookup,
) {
    if old.kind != new.kind {
        match texts.untold {
            Some(side) => at.fact("sort").not_known(Kind::LookupTarget, side),
            None => at
                .fact("sort")
                .change(Rule::LookupKindChanged, sort(old.kind), sort(new.kind)),
        }
    }
    if old.property != new.property {
        let text = |of: &'s Option<String>| of.as_deref().map_or_else(|| "by its name".into(), Into::into);
        at.fact("property").push(
            Rule::LookupPropertyChanged,
            Some(text(&old.property)),
            Some(text(&new.property)),
            None,
        );
    }
    if let Some(side) = untold(old.targets.is_empty(), new.targets.is_empty()) {
        return at.not_known(Kind::LookupTarget, side);
    }
    let added = if old.targets.len() == 1 {
        Rule::SecondTargetAdded
    } else {
        Rule::TargetAdded
    };
    let pairs = Pairs::by(&old.targets, &new.targets, |target| &target.table);
    for target in pairs.gone {
        at.item(Item::Target(&target.table))
            .removed(Rule::TargetRemoved, &*target.table);
    }
    for target in pairs.come {
        at.item(Item::Target(&target.table)).added(added, &*target.table);
    }
    for (old, new) in pairs.both {
        target(sides, &mut at.item(Item::Target(&new.table)), old, new);
    }
}

/// The side that lists nothing where the other does.
pub(super) fn untold(old: bool, new: bool) -> Option<Side> {
    super::knowledge::one_sided(!old, !new)
}

fn target<'s>(sides: &Sides<'s>, at: &mut At<'s, '_>, old: &'s Target, new: &'s Target) {
    navigation(sides, at, old.navigation.as_ref(), new.navigation.as_ref());
    let names = (old.relationship.as_ref(), new.relationship.as_ref());
    if let Some((old, new)) = at.known(Kind::Relationship, names.0, names.1) {
        at.change(Rule::RelationshipChanged, old, new);
    }
    match (&old.cascade, &new.cascade) {
        (Some(old), Some(new)) => cascade(at, old, new),
        (None, Some(_)) => at.not_known(Kind::Cascade, Side::Old),
        (Some(_), None) => at.not_known(Kind::Cascade, Side::New),
        (None, None) => {}
    }
    if old.hierarchical != new.hierarchical {
        let mut at = at.fact("hierarchy");
        match super::knowledge::one_sided(names.0.is_some(), names.1.is_some()) {
            Some(side) => at.not_known(Kind::Relationship, side),
            None => at.switched(old.hierarchical, Rule::HierarchyLost, Rule::HierarchyGained),
        }
    }
}

/// Where a side read no `$metadata`, a name that it lacks is not known.
fn navigation<'s>(sides: &Sides<'s>, at: &mut At<'s, '_>, old: Option<&'s String>, new: Option<&'s String>) {
    match (old, new) {
        (None, None) => {}
        (Some(old), Some(new)) if old == new => {}
        (Some(old), Some(new)) => at.change(Rule::NavigationChanged, old, new),
        (Some(_), None) if !sides.knowledge.metadata(Side::New) => at.not_known(Kind::Navigation, Side::New),
        (None, Some(_)) if !sides.knowledge.metadata(Side::Old) => at.not_known(Kind::Navigation, Side::Old),
        (Some(old), None) => at.removed(Rule::NavigationRemoved, old),
        (None, Some(new)) => at.added(Rule::NavigationAdded, new),
    }
}

fn cascade<'s>(at: &mut At<'s, '_>, old: &'s Cascade, new: &'s Cascade) {
    let all = [
        ("assign", &old.assign, &new.assign),
        ("delete", &old.delete, &new.delete),
        ("merge", &old.merge, &new.merge),
        ("reparent", &old.reparent, &new.reparent),
        ("share", &old.share, &new.share),
        ("unshare", &old.unshare, &new.unshare),
    ];
    for (name, old, new) in all {
        let told = |text: &'s String| Some(text).filter(|text| !text.is_empty());
        let mut at = at.fact(name);
        if let Some((old, new)) = at.known(Kind::Cascade, told(old), told(new)) {
            at.change(Rule::CascadeChanged, old, new);
        }
    }
}

/// The parties of activities.
pub(super) fn parties<'s>(sides: &Sides<'s>, at: &mut At<'s, '_>, old: &'s ColumnKind, new: &'s ColumnKind) {
    let (
        ColumnKind::PartyList {
            navigation: was,
            targets: old,
        },
        ColumnKind::PartyList {
            navigation: is,
            targets: new,
        },
    ) = (old, new)
    else {
        return;
    };
    navigation(sides, at, was.as_ref(), is.as_ref());
    if let Some(side) = untold(old.is_empty(), new.is_empty()) {
        return at.not_known(Kind::LookupTarget, side);
    }
    let pairs = Pairs::by(old, new, |table| table);
    for table in pairs.gone {
        at.item(Item::Target(table))
            .removed(Rule::TargetRemoved, &**table);
    }
    for table in pairs.come {
        // A list of parties names the table of each.
        at.item(Item::Target(table)).added(Rule::TargetAdded, &**table);
    }
}

fn sort(kind: LookupKind) -> &'static str {
    match kind {
        LookupKind::Simple => "simple",
        LookupKind::Customer => "customer",
        LookupKind::Owner => "owner",
    }
}

/// The tables, by name.
pub(super) fn tables(targets: &[Target]) -> String {
    let names: Vec<&str> = targets.iter().map(|target| target.table.as_str()).collect();
    names.join(", ")
}

/// The relationship that ties two lookups to one target, where both name it.
pub(super) fn same_relationship<'s>(old: &'s ColumnKind, new: &'s ColumnKind) -> Option<&'s str> {
    let (ColumnKind::Lookup(old), ColumnKind::Lookup(new)) = (old, new) else {
        return None;
    };
    let names = old
        .targets
        .iter()
        .filter_map(|target| target.relationship.as_deref());
    let mut common = names.filter(|name| {
        new.targets
            .iter()
            .any(|target| target.relationship.as_deref() == Some(name))
    });
    common.next()
}
