//! Columns: which there are, and what the service says of them.

use super::found::At;
use super::knowledge::{column_is_defined, one_sided, table_is_defined};
use super::lookups::same_relationship;
use super::pairs::{Pairs, Renamed};
use super::texts::Texts;
use super::{Sides, kinds};
use crate::drift::{Kind, Part, Rule, Side};
use crate::emit::{Mandatory, is_mandatory};
use crate::schema::{Access, Column, ColumnKind, Required, Source, Table};

pub(super) fn columns<'s>(sides: &Sides<'s>, at: &mut At<'s, '_>, old: &'s Table, new: &'s Table) {
    let mut pairs = Pairs::by(&old.columns, &new.columns, |column| &column.name);
    for Renamed { old, new, evidence } in pairs.renamed(looks_renamed) {
        at.part(Part::Column(&new.name))
            .renamed(Rule::ColumnRenamed, &old.name, &new.name, evidence);
        pairs.both.push((old, new));
    }
    let untold = one_sided(is_defined(old), is_defined(new));
    for column in pairs.gone {
        let at = &mut at.part(Part::Column(&column.name));
        if untold == Some(Side::New) && only_definitions_know(column) {
            at.not_known(Kind::Column, Side::New);
        } else {
            at.removed(removal(column), column.kind.name());
        }
    }
    for column in pairs.come {
        let at = &mut at.part(Part::Column(&column.name));
        if untold == Some(Side::Old) && only_definitions_know(column) {
            at.not_known(Kind::Column, Side::Old);
        } else if demanded(new, column) {
            at.added(Rule::RequiredColumnAdded, column.kind.name());
        } else {
            at.added(Rule::ColumnAdded, column.kind.name());
        }
    }
    for (of_old, of_new) in pairs.both {
        let at = &mut at.part(Part::Column(&of_new.name));
        column(sides, at, (old, of_old), (new, of_new));
    }
}

fn is_defined(table: &Table) -> bool {
    table_is_defined(table)
        || table
            .columns
            .iter()
            .any(|column| column_is_defined(table, column))
}

/// Party lists are no properties: CSDL can't tell them.
fn only_definitions_know(column: &Column) -> bool {
    matches!(column.kind, ColumnKind::PartyList { .. })
}

fn removal(column: &Column) -> Rule {
    match column.access {
        Some(Access {
            read: true,
            create: false,
            update: false,
        }) => Rule::ReadOnlyColumnRemoved,
        Some(Access { read: false, .. }) => Rule::WriteOnlyColumnRemoved,
        _ => Rule::ColumnRemoved,
    }
}

/// Whether a create has to set the column, as the generator has it where nothing else is asked for.
fn demanded(table: &Table, column: &Column) -> bool {
    is_mandatory(table, column, Mandatory::default())
}

/// A column by another name: of the same type, with the same label, description or relationship.
fn looks_renamed(old: &Column, new: &Column) -> Option<String> {
    let told =
        |text: Option<&str>, what: &str| text.map(|text| format!("the same {what} \u{201c}{text}\u{201d}"));
    let sign = if !old.label.is_empty() && old.label == new.label {
        told(old.label.preferred(1033), "label")
    } else if let Some(relationship) = same_relationship(&old.kind, &new.kind) {
        told(Some(relationship), "relationship")
    } else if old.label == new.label && !old.description.is_empty() && old.description == new.description {
        told(old.description.preferred(1033), "description")
    } else {
        None
    }?;
    kinds::same_shape(&old.kind, &new.kind).then(|| format!("{sign} and the same type, {}", new.kind.name()))
}

fn column<'s>(
    sides: &Sides<'s>,
    at: &mut At<'s, '_>,
    (old_table, old): (&'s Table, &'s Column),
    (new_table, new): (&'s Table, &'s Column),
) {
    let defined = (
        column_is_defined(old_table, old),
        column_is_defined(new_table, new),
    );
    let texts = Texts::new(&sides.knowledge, defined.0, defined.1);
    texts.labels(at, &old.label, &new.label);
    texts.descriptions(at, &old.description, &new.description);
    if old.name == new.name
        && let Some((old, new)) = at.known(
            Kind::SchemaName,
            old.schema_name.as_ref(),
            new.schema_name.as_ref(),
        )
    {
        at.change(Rule::SchemaNameChanged, old, new);
    }
    kinds::kind(sides, at, &texts, &old.kind, &new.kind);
    let demand = (demanded(old_table, old), demanded(new_table, new));
    access(at, old.access, new.access, demand);
    if let Some((was, is)) = at.known(Kind::RequiredLevel, old.required.as_ref(), new.required.as_ref()) {
        at.change(level(*was, *is, demand.1), level_text(*was), level_text(*is));
    }
    from_definitions(at, texts.untold, old, new);
}

fn access(at: &mut At<'_, '_>, old: Option<Access>, new: Option<Access>, demand: (bool, bool)) {
    let Some((old, new)) = at.known(Kind::Access, old.as_ref(), new.as_ref()) else {
        return;
    };
    let gained = match demand {
        (false, true) => Rule::CreateDemanded,
        _ => Rule::CreateGained,
    };
    let rights = [
        ("read", old.read, new.read, Rule::ReadLost, Rule::ReadGained),
        ("create", old.create, new.create, Rule::CreateLost, gained),
        (
            "update",
            old.update,
            new.update,
            Rule::UpdateLost,
            Rule::UpdateGained,
        ),
    ];
    for (name, old, new, off, on) in rights {
        if old != new {
            at.fact(name).switched(old, off, on);
        }
    }
}

/// The rule of a change of level. `demanded` is whether a create has to set the column now.
fn level(old: Required, new: Required, demanded: bool) -> Rule {
    use Required::{Application, None, Recommended, System};
    match (old, new) {
        (System, _) => Rule::MayBeNull,
        (_, System) if demanded => Rule::RequiredByService,
        (_, Application) if demanded => Rule::RequiredByForms,
        (_, System | Application) => Rule::RequiredUnwritten,
        (Application, _) => Rule::NoLongerRequired,
        (None | Recommended, None | Recommended) => Rule::HintChanged,
    }
}

fn level_text(level: Required) -> &'static str {
    match level {
        Required::None => "not required",
        Required::Recommended => "recommended",
        Required::Application => "required by forms",
        Required::System => "required by the service",
    }
}

/// What definitions alone tell, and what has no sign of its own for not being known.
fn from_definitions<'s>(at: &mut At<'s, '_>, untold: Option<Side>, old: &'s Column, new: &'s Column) {
    if let Some(side) = untold {
        let differs = [
            (Kind::Source, None, old.source != new.source),
            (Kind::AutoNumber, None, old.auto_number != new.auto_number),
            (Kind::Security, None, old.secured != new.secured),
            (Kind::Origin, Some("stored elsewhere"), old.logical != new.logical),
            (Kind::Origin, Some("custom"), old.custom != new.custom),
        ];
        for (kind, fact, _) in differs.into_iter().filter(|(.., differs)| *differs) {
            match fact {
                Some(fact) => at.fact(fact).not_known(kind, side),
                None => at.not_known(kind, side),
            }
        }
        return;
    }
    if old.source != new.source {
        let rule = match (old.source, new.source) {
            (Source::Simple, _) => Rule::SourceComputed,
            (_, Source::Simple) => Rule::SourceWritten,
            _ => Rule::SourceChanged,
        };
        at.change(rule, source_text(old.source), source_text(new.source));
    }
    match (&old.auto_number, &new.auto_number) {
        (Some(old), Some(new)) if old != new => at.change(Rule::AutoNumberChanged, old, new),
        (Some(old), None) => at.removed(Rule::AutoNumberRemoved, old),
        (None, Some(new)) => at.added(Rule::AutoNumberAdded, new),
        _ => {}
    }
    if old.secured != new.secured {
        at.switched(old.secured, Rule::SecuredOff, Rule::SecuredOn);
    }
    if old.logical != new.logical {
        at.fact("stored elsewhere")
            .switched(old.logical, Rule::LogicalChanged, Rule::LogicalChanged);
    }
    if old.custom != new.custom {
        at.fact("custom")
            .switched(old.custom, Rule::CustomChanged, Rule::CustomChanged);
    }
}

fn source_text(source: Source) -> &'static str {
    match source {
        Source::Simple => "written",
        Source::Calculated => "calculated",
        Source::Rollup => "rollup",
        Source::Formula => "formula",
    }
}
