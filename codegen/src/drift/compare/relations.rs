//! Alternate keys and collections.

use super::Sides;
use super::found::At;
use super::knowledge::one_sided;
use super::pairs::{Pairs, Renamed};
use super::texts::Texts;
use crate::drift::{Kind, Part, Rule, Side};
use crate::schema::{Collection, CollectionKind, Key};

pub(super) fn keys<'s>(at: &mut At<'s, '_>, texts: &Texts<'_>, old: &'s [Key], new: &'s [Key]) {
    let mut pairs = Pairs::by(old, new, |key| &key.name);
    let same = pairs.renamed(|old, new| {
        (columns(old) == columns(new)).then(|| format!("the same columns {}", new.columns.join(", ")))
    });
    for Renamed { old, new, evidence } in same {
        let at = &mut at.part(Part::Key(&new.name));
        match texts.untold {
            // CSDL has no names for keys.
            Some(side) => at.not_known(Kind::Key, side),
            None => at.renamed(Rule::KeyRenamed, &old.name, &new.name, evidence),
        }
        pairs.both.push((old, new));
    }
    for key in pairs.gone {
        at.part(Part::Key(&key.name))
            .removed(Rule::KeyRemoved, key.columns.join(", "));
    }
    for key in pairs.come {
        at.part(Part::Key(&key.name))
            .added(Rule::KeyAdded, key.columns.join(", "));
    }
    for (old, new) in pairs.both {
        let at = &mut at.part(Part::Key(&new.name));
        texts.labels(at, &old.label, &new.label);
        if columns(old) != columns(new) {
            at.change(
                Rule::KeyColumnsChanged,
                old.columns.join(", "),
                new.columns.join(", "),
            );
        }
        index(
            at,
            texts,
            old.index_status.as_deref(),
            new.index_status.as_deref(),
        );
    }
}

/// The columns of a key, whose order makes no difference to requests.
fn columns(key: &Key) -> Vec<&str> {
    let mut columns: Vec<&str> = key.columns.iter().map(String::as_str).collect();
    columns.sort_unstable();
    columns
}

fn index<'s>(at: &mut At<'s, '_>, texts: &Texts<'_>, old: Option<&'s str>, new: Option<&'s str>) {
    const ACTIVE: &str = "Active";
    if old == new {
        return;
    }
    let mut at = at.fact("index");
    match texts.untold {
        Some(side) => at.not_known(Kind::Key, side),
        None => {
            let rule = if new.is_some() {
                Rule::KeyUnusable
            } else {
                Rule::KeyUsable
            };
            at.change(rule, old.unwrap_or(ACTIVE), new.unwrap_or(ACTIVE));
        }
    }
}

pub(super) fn collections<'s>(
    sides: &Sides<'s>,
    at: &mut At<'s, '_>,
    old: &'s [Collection],
    new: &'s [Collection],
) {
    // Definitions without relationships tell no collection.
    let untold = |of: &[Collection], side| of.is_empty() && !sides.knowledge.metadata(side);
    if let Some(side) = one_sided(!untold(old, Side::Old), !untold(new, Side::New)) {
        return at.fact("collections").not_known(Kind::Collection, side);
    }
    let mut pairs = Pairs::by(old, new, |of| &of.name);
    for Renamed { old, new, evidence } in pairs.renamed(looks_renamed) {
        at.part(Part::Collection(&new.name))
            .renamed(Rule::CollectionRenamed, &old.name, &new.name, evidence);
        pairs.both.push((old, new));
    }
    for of in pairs.gone {
        at.part(Part::Collection(&of.name))
            .removed(Rule::CollectionRemoved, &*of.table);
    }
    for of in pairs.come {
        at.part(Part::Collection(&of.name))
            .added(Rule::CollectionAdded, &*of.table);
    }
    for (old, new) in pairs.both {
        collection(&mut at.part(Part::Collection(&new.name)), old, new);
    }
}

/// A collection by another name: by the same relationship, or by the same lookup of the same table.
fn looks_renamed(old: &Collection, new: &Collection) -> Option<String> {
    if old.table != new.table {
        return None;
    }
    match (&old.relationship, &new.relationship, &old.kind) {
        (Some(old), Some(new), _) if old == new => Some(format!("the same relationship {new}")),
        (
            _,
            _,
            CollectionKind::OneToMany {
                lookup: Some(lookup), ..
            },
        ) if old.kind == new.kind => Some(format!("the same lookup {lookup} of {}", new.table)),
        _ => None,
    }
}

fn collection<'s>(at: &mut At<'s, '_>, old: &'s Collection, new: &'s Collection) {
    if old.table != new.table {
        at.change(Rule::CollectionTableChanged, &*old.table, &*new.table);
    }
    let names = (old.relationship.as_ref(), new.relationship.as_ref());
    if let Some((old, new)) = at.known(Kind::Relationship, names.0, names.1) {
        at.change(Rule::RelationshipChanged, old, new);
    }
    use CollectionKind::{ManyToMany, OneToMany};
    let mut at = at.fact("tie");
    match (&old.kind, &new.kind) {
        (OneToMany { lookup: old }, OneToMany { lookup: new })
        | (ManyToMany { intersect: old }, ManyToMany { intersect: new }) => {
            if let Some((old, new)) = at.known(Kind::Collection, old.as_ref(), new.as_ref()) {
                at.change(Rule::CollectionKindChanged, old, new);
            }
        }
        _ => at.change(Rule::CollectionKindChanged, tie(&old.kind), tie(&new.kind)),
    }
}

fn tie(kind: &CollectionKind) -> &'static str {
    match kind {
        CollectionKind::OneToMany { .. } => "one to many",
        CollectionKind::ManyToMany { .. } => "many to many",
    }
}
