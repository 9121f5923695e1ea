//! A table as definitions tell it, in the schema's terms. What several bodies say of one table is put together here.

use crate::definitions::{AttributeKind, RawAttribute, RawKey, RawLabel, RawTable};
use crate::schema::{Access, Column, Facts, Key, Label, Required, Source, Table, TableType};
use crate::warning::Warning;

use super::defined_kind;
use super::relations::Relation;

/// A table of the definitions. The columns stand apart, each with what decides whether the Web API knows it.
#[derive(Debug, Default)]
pub(super) struct DefinedTable {
    pub(super) table: Table,
    pub(super) columns: Vec<DefinedColumn>,
    pub(super) relations: Vec<Relation>,
    pub(super) metadata_id: Option<String>,
}

/// A column of the definitions.
#[derive(Debug)]
pub(super) struct DefinedColumn {
    pub(super) column: Column,
    /// Absent where the body says nothing of the column's type.
    pub(super) kind: Option<AttributeKind>,
    pub(super) valid_for_odata: Option<bool>,
    /// It shows another column's value in other words.
    pub(super) shadow: bool,
    /// Its options are those of a global choice.
    pub(super) global: bool,
    /// Whether the body says anything beyond the name and the options.
    pub(super) partial: bool,
}

/// Reads one table.
pub(super) fn table(raw: RawTable<'_>, warnings: &mut Vec<Warning>) -> DefinedTable {
    let name = raw.logical_name.to_string();
    let mut relations: Vec<Relation> =
        Vec::with_capacity(raw.many_to_one.len() + raw.one_to_many.len() + 2 * raw.many_to_many.len());
    relations.extend(
        raw.many_to_one
            .iter()
            .chain(&raw.one_to_many)
            .filter_map(Relation::one_to_many),
    );
    relations.extend(raw.many_to_many.iter().filter_map(Relation::many_to_many));
    let columns = raw
        .attributes
        .iter()
        .map(|attribute| column(&name, attribute, warnings))
        .collect();
    let table = Table {
        schema_name: text(raw.schema_name.as_deref()),
        entity_set: text(raw.entity_set_name.as_deref()),
        label: label(&raw.display_name),
        plural_label: label(&raw.display_collection_name),
        description: label(&raw.description),
        primary_id: raw.primary_id_attribute.as_deref().unwrap_or_default().to_owned(),
        primary_name: text(raw.primary_name_attribute.as_deref()),
        primary_image: text(raw.primary_image_attribute.as_deref()),
        table_type: text(raw.table_type.as_deref()).map(TableType::from),
        ownership: text(raw.ownership_type.as_deref()),
        facts: facts(&raw),
        keys: raw.keys.iter().filter_map(key).collect(),
        name,
        ..Table::default()
    };
    DefinedTable {
        table,
        columns,
        relations,
        metadata_id: raw.metadata_id.map(|id| id.to_ascii_lowercase()),
    }
}

fn facts(raw: &RawTable<'_>) -> Facts {
    Facts {
        activity: raw.is_activity,
        activity_party: raw.is_activity_party,
        intersect: raw.is_intersect,
        custom: raw.is_custom_entity,
        change_tracking: raw.change_tracking_enabled,
        optimistic_concurrency: raw.is_optimistic_concurrency_enabled,
        duplicate_detection: raw.is_duplicate_detection_enabled,
        notes: raw.has_notes,
        activities: raw.has_activities,
        enforces_transitions: raw.enforce_state_transitions,
        solution_aware: raw.is_solution_aware,
    }
}

fn key(raw: &RawKey<'_>) -> Option<Key> {
    let columns: Vec<String> = raw.key_attributes.iter().map(ToString::to_string).collect();
    let index_status = text(raw.index_status.as_deref()).filter(|status| status != "Active");
    let key = Key {
        name: raw.logical_name.to_string(),
        label: label(&raw.display_name),
        columns,
        index_status,
    };
    (!key.columns.is_empty()).then_some(key)
}

fn column(table: &str, raw: &RawAttribute<'_>, warnings: &mut Vec<Warning>) -> DefinedColumn {
    let name = raw.logical_name.to_string();
    if raw.kind == Some(AttributeKind::Unknown) {
        let found = raw
            .type_name
            .as_deref()
            .or(raw.odata_type.as_deref())
            .unwrap_or("?");
        let message = format!(
            "has the type `{found}`, which this version doesn't know: it is read as $metadata types it, else as JSON"
        );
        warnings.push(Warning::column(table, &name, message));
    }
    let column = Column {
        schema_name: text(raw.schema_name.as_deref()),
        label: label(&raw.display_name),
        description: label(&raw.description),
        kind: defined_kind::kind(table, raw),
        access: access(raw),
        required: raw
            .required_level
            .as_deref()
            .and_then(|level| required(table, &name, level, warnings)),
        source: source(raw),
        auto_number: text(raw.auto_number_format.as_deref()).filter(|format| !format.is_empty()),
        secured: raw.is_secured == Some(true),
        logical: raw.is_logical == Some(true),
        custom: raw.is_custom_attribute == Some(true),
        name,
    };
    DefinedColumn {
        column,
        kind: raw.kind,
        valid_for_odata: raw.is_valid_odata_attribute,
        shadow: raw.attribute_of.as_deref().is_some_and(|of| !of.is_empty()),
        global: defined_kind::is_global(raw),
        partial: raw.required_level.is_none() && raw.is_valid_for_read.is_none(),
    }
}

/// What is unknown counts as allowed as soon as anything is known.
fn access(raw: &RawAttribute<'_>) -> Option<Access> {
    let (read, create, update) = (
        raw.is_valid_for_read,
        raw.is_valid_for_create,
        raw.is_valid_for_update,
    );
    (read.is_some() || create.is_some() || update.is_some()).then(|| Access {
        read: read.unwrap_or(true),
        create: create.unwrap_or(true),
        update: update.unwrap_or(true),
    })
}

fn required(table: &str, column: &str, level: &str, warnings: &mut Vec<Warning>) -> Option<Required> {
    match level {
        "None" => Some(Required::None),
        "Recommended" => Some(Required::Recommended),
        "ApplicationRequired" => Some(Required::Application),
        "SystemRequired" => Some(Required::System),
        other => {
            let message = format!(
                "has the required level `{other}`, which this version doesn't know: taken as unknown"
            );
            warnings.push(Warning::column(table, column, message));
            None
        }
    }
}

fn source(raw: &RawAttribute<'_>) -> Source {
    match raw.source_type {
        Some(1) => Source::Calculated,
        Some(2) => Source::Rollup,
        Some(3) => Source::Formula,
        _ => Source::Simple,
    }
}

impl DefinedTable {
    /// Adds what another body says of the same table: what is known stays, what is missing is filled in.
    pub(super) fn merge(&mut self, other: Self) {
        let (table, more) = (&mut self.table, other.table);
        fill(&mut table.schema_name, more.schema_name);
        fill(&mut table.entity_set, more.entity_set);
        fill(&mut table.primary_name, more.primary_name);
        fill(&mut table.primary_image, more.primary_image);
        fill(&mut table.table_type, more.table_type);
        fill(&mut table.ownership, more.ownership);
        fill_label(&mut table.label, more.label);
        fill_label(&mut table.plural_label, more.plural_label);
        fill_label(&mut table.description, more.description);
        if table.primary_id.is_empty() {
            table.primary_id = more.primary_id;
        }
        fill_facts(&mut table.facts, more.facts);
        for key in more.keys {
            if !table.keys.iter().any(|known| known.name == key.name) {
                table.keys.push(key);
            }
        }
        fill(&mut self.metadata_id, other.metadata_id);
        self.relations.extend(other.relations);
        self.merge_columns(other.columns);
    }

    fn merge_columns(&mut self, mut more: Vec<DefinedColumn>) {
        self.columns.append(&mut more);
        // Stable: of several bodies' words on one column, the first body's comes first.
        self.columns.sort_by(|a, b| a.column.name.cmp(&b.column.name));
        self.columns.dedup_by(|later, first| {
            let same = later.column.name == first.column.name;
            if same {
                first.merge(later);
            }
            same
        });
    }
}

impl DefinedColumn {
    fn merge(&mut self, other: &mut Self) {
        if self.partial && !other.partial {
            std::mem::swap(self, other);
        }
        if self.kind.is_none() && other.kind.is_some() {
            std::mem::swap(&mut self.column.kind, &mut other.column.kind);
            std::mem::swap(&mut self.kind, &mut other.kind);
        } else {
            defined_kind::fill_choice(&mut self.column.kind, &other.column.kind);
        }
        let more = &mut other.column;
        fill(&mut self.column.schema_name, more.schema_name.take());
        fill(&mut self.column.access, more.access);
        fill(&mut self.column.required, more.required);
        fill(&mut self.column.auto_number, more.auto_number.take());
        fill_label(&mut self.column.label, std::mem::take(&mut more.label));
        fill_label(
            &mut self.column.description,
            std::mem::take(&mut more.description),
        );
        fill(&mut self.valid_for_odata, other.valid_for_odata);
        self.shadow |= other.shadow;
        self.global |= other.global;
    }
}

fn fill<T>(known: &mut Option<T>, more: Option<T>) {
    if known.is_none() {
        *known = more;
    }
}

fn fill_label(known: &mut Label, more: Label) {
    if known.is_empty() {
        *known = more;
    }
}

fn fill_facts(known: &mut Facts, more: Facts) {
    fill(&mut known.activity, more.activity);
    fill(&mut known.activity_party, more.activity_party);
    fill(&mut known.intersect, more.intersect);
    fill(&mut known.custom, more.custom);
    fill(&mut known.change_tracking, more.change_tracking);
    fill(&mut known.optimistic_concurrency, more.optimistic_concurrency);
    fill(&mut known.duplicate_detection, more.duplicate_detection);
    fill(&mut known.notes, more.notes);
    fill(&mut known.activities, more.activities);
    fill(&mut known.enforces_transitions, more.enforces_transitions);
    fill(&mut known.solution_aware, more.solution_aware);
}

pub(super) fn text(text: Option<&str>) -> Option<String> {
    text.filter(|text| !text.is_empty()).map(str::to_owned)
}

pub(super) fn label(raw: &RawLabel<'_>) -> Label {
    raw.texts
        .iter()
        .map(|(language, text)| (*language, text.to_string()))
        .collect()
}
