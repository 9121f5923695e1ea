//! Tables: which there are, and all that is in them.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::found::At;
use super::knowledge::table_is_defined;
use super::pairs::{Pairs, Renamed};
use super::texts::Texts;
use super::{Sides, columns, relations, table_facts};
use crate::drift::{Changes, Kind, Owner, Rule, Side};
use crate::schema::{Reference, Schema, Table};

/// Compares all tables, and those that are only referred to.
pub(super) fn tables<'s>(sides: &Sides<'s>) -> Changes<'s> {
    let (old, new) = (sides.old, sides.new);
    let mut found = Changes::default();
    let mut pairs = Pairs::by(old.tables.values(), new.tables.values(), |table| &table.name);
    referred(sides, &mut pairs, &mut found);
    for Renamed { old, new, evidence } in pairs.renamed(looks_renamed) {
        At::new(Owner::Table(&new.name), &mut found).renamed(
            Rule::TableRenamed,
            &old.name,
            &new.name,
            evidence,
        );
        pairs.both.push((old, new));
    }
    for table in pairs.gone {
        At::new(Owner::Table(&table.name), &mut found).removed(Rule::TableRemoved, &*table.name);
    }
    for table in pairs.come {
        At::new(Owner::Table(&table.name), &mut found).added(Rule::TableAdded, &*table.name);
    }
    let each: Vec<Changes<'s>> = pairs
        .both
        .par_iter()
        .map(|(old, new)| table(sides, old, new))
        .collect();
    each.into_iter().for_each(|of| found.append(of));
    found
}

/// Tables that a side knows as the target of lookups alone: there they are, but what is in them isn't known.
fn referred<'s>(sides: &Sides<'s>, pairs: &mut Pairs<'s, Table>, found: &mut Changes<'s>) {
    let (old, new) = (sides.old, sides.new);
    let mut only = |table: &'s Table, of: &'s Schema, untold: Side| {
        let Some(reference) = of.references.get(&table.name) else {
            return true;
        };
        let mut at = At::new(Owner::Table(&table.name), found);
        at.not_known(Kind::Table, untold);
        identity(sides, &mut at, untold, Identity::of(table), reference.into());
        false
    };
    pairs.gone.retain(|table| only(table, new, Side::New));
    pairs.come.retain(|table| only(table, old, Side::Old));
    for (name, old) in &old.references {
        if let Some(new) = new.references.get(name) {
            let mut at = At::new(Owner::Table(name), found);
            identity(sides, &mut at, Side::New, old.into(), new.into());
        }
    }
}

/// What is known of a table that is only referred to.
#[derive(Clone, Copy)]
struct Identity<'s> {
    schema_name: Option<&'s String>,
    entity_set: Option<&'s String>,
    label: &'s crate::schema::Label,
    primary_id: &'s String,
}

impl<'s> Identity<'s> {
    fn of(table: &'s Table) -> Self {
        Self {
            schema_name: table.schema_name.as_ref(),
            entity_set: table.entity_set.as_ref(),
            label: &table.label,
            primary_id: &table.primary_id,
        }
    }
}

impl<'s> From<&'s Reference> for Identity<'s> {
    fn from(of: &'s Reference) -> Self {
        Self {
            schema_name: of.schema_name.as_ref(),
            entity_set: of.entity_set.as_ref(),
            label: &of.label,
            primary_id: &of.primary_id,
        }
    }
}

/// Compares two identities, of which the one on the side of `second` comes second.
fn identity<'s>(sides: &Sides<'s>, at: &mut At<'s, '_>, second: Side, a: Identity<'s>, b: Identity<'s>) {
    let (old, new) = match second {
        Side::New => (a, b),
        Side::Old => (b, a),
    };
    if let Some((old, new)) = at.known(Kind::SchemaName, old.schema_name, new.schema_name) {
        at.change(Rule::SchemaNameChanged, old, new);
    }
    if let Some((old, new)) = at.known(Kind::EntitySet, old.entity_set, new.entity_set) {
        at.change(Rule::EntitySetChanged, old, new);
    }
    let id = |of: &Identity<'s>| Some(of.primary_id).filter(|id| !id.is_empty());
    if let Some((old, new)) = at
        .fact("primary id")
        .known(Kind::PrimaryColumn, id(&old), id(&new))
    {
        at.fact("primary id").change(Rule::PrimaryIdChanged, old, new);
    }
    let defined = |of: &Identity<'s>| of.schema_name.is_some() || !of.label.is_empty();
    let texts = Texts::new(&sides.knowledge, defined(&old), defined(&new));
    texts.labels(at, old.label, new.label);
}

/// A table by another name: with the same label, and at least half of the columns.
fn looks_renamed(old: &Table, new: &Table) -> Option<String> {
    if old.label.is_empty() || old.label != new.label {
        return None;
    }
    let names = |table: &'_ Table| -> BTreeSet<String> {
        let columns = table.columns.iter().map(|column| column.name.clone());
        columns.filter(|name| *name != table.primary_id).collect()
    };
    let (before, after) = (names(old), names(new));
    let common = before.intersection(&after).count();
    let least = before.len().max(after.len()).div_ceil(2).max(1);
    let label = old.label.preferred(1033).unwrap_or_default();
    (common >= least)
        .then(|| format!("the same label \u{201c}{label}\u{201d} and {common} columns of the same names"))
}

fn table<'s>(sides: &Sides<'s>, old: &'s Table, new: &'s Table) -> Changes<'s> {
    let mut found = Changes::default();
    let at = &mut At::new(Owner::Table(&new.name), &mut found);
    let texts = Texts::new(&sides.knowledge, table_is_defined(old), table_is_defined(new));
    table_facts::facts(sides, at, &texts, old, new);
    texts.labels(at, &old.label, &new.label);
    texts.labels_of(at, "plural", &old.plural_label, &new.plural_label);
    texts.descriptions(at, &old.description, &new.description);
    columns::columns(sides, at, old, new);
    relations::keys(at, &texts, &old.keys, &new.keys);
    relations::collections(sides, at, &old.collections, &new.collections);
    found
}
