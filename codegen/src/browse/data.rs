//! The page's data: the schema in short, as lists whose places `browse.js` names. What is nothing is left out or null.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::facets;
use crate::schema::{
    ChoiceSet, ChoiceUse, Collection, CollectionKind, Column, ColumnKind, Facts, Key, Label, Required,
    Schema, Source, Table,
};

#[derive(Serialize)]
struct Document<'s> {
    name: &'s str,
    language: u32,
    tables: Vec<TableData<'s>>,
    /// Name, label, entity set.
    references: Vec<(&'s str, Text<'s>, Option<&'s str>)>,
    /// Name, label, options.
    choices: Vec<(&'s str, Text<'s>, Vec<OptionData<'s>>)>,
    operations: usize,
}

#[derive(Serialize)]
struct TableData<'s> {
    name: &'s str,
    label: Text<'s>,
    #[serde(skip_serializing_if = "Text::is_empty")]
    plural: Text<'s>,
    #[serde(skip_serializing_if = "Text::is_empty")]
    description: Text<'s>,
    #[serde(skip_serializing_if = "Option::is_none")]
    set: Option<&'s str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    schema_name: Option<&'s str>,
    id: &'s str,
    #[serde(skip_serializing_if = "Option::is_none")]
    names: Option<&'s str>,
    facts: Vec<String>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    solutions: &'s [String],
    columns: Vec<ColumnData<'s>>,
    keys: Vec<KeyData<'s>>,
    collections: Vec<CollectionData<'s>>,
}

/// Name, type, access, required level, label, the rest.
#[derive(Serialize)]
struct ColumnData<'s>(
    &'s str,
    String,
    Option<u8>,
    Option<u8>,
    Text<'s>,
    #[serde(skip_serializing_if = "Rest::is_empty")] Rest<'s>,
);

/// What not every column has.
#[derive(Serialize, Default)]
struct Rest<'s> {
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<Text<'s>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    schema_name: Option<&'s str>,
    /// Table, navigation property, what a delete of the target does.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    targets: Vec<(&'s str, Option<&'s str>, Option<&'s str>)>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    options: Vec<OptionData<'s>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    choice: Option<&'s str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<String>,
}

impl Rest<'_> {
    fn is_empty(&self) -> bool {
        self.description.is_none()
            && self.schema_name.is_none()
            && self.targets.is_empty()
            && self.options.is_empty()
            && self.choice.is_none()
            && self.notes.is_empty()
    }
}

/// Value, label.
type OptionData<'s> = (i32, Text<'s>);
/// Name, columns, label, state of the index.
type KeyData<'s> = (&'s str, &'s [String], Text<'s>, Option<&'s str>);
/// Name, table, whether many to many, lookup or intersect table.
type CollectionData<'s> = (&'s str, &'s str, bool, Option<&'s str>);

/// A label: null, a text in the page's language, or texts by language.
#[derive(Clone, Copy)]
struct Text<'s>(&'s Label, u32);

impl Text<'_> {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Serialize for Text<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut texts = self.0.iter();
        match (texts.next(), texts.next()) {
            (None, _) => serializer.serialize_none(),
            (Some((language, text)), None) if language == self.1 => serializer.serialize_str(text),
            _ => {
                let mut map = serializer.serialize_map(None)?;
                for (language, text) in self.0.iter() {
                    map.serialize_entry(&language, text)?;
                }
                map.end()
            }
        }
    }
}

pub(super) fn json(name: &str, schema: &Schema, language: u32) -> String {
    let document = Document {
        name,
        language,
        tables: schema.tables.values().map(|of| table(of, language)).collect(),
        references: schema
            .references
            .values()
            .map(|of| (&*of.name, Text(&of.label, language), of.entity_set.as_deref()))
            .collect(),
        choices: schema
            .choices
            .values()
            .map(|of| (&*of.name, Text(&of.label, language), options(of, language)))
            .collect(),
        operations: schema.operations.len(),
    };
    // Nothing in it is a map with keys that aren't text or numbers, which alone can fail.
    serde_json::to_string(&document).unwrap_or_default()
}

fn table(of: &Table, language: u32) -> TableData<'_> {
    let mut facts: Vec<String> = of.table_type.iter().map(|of| of.as_str().to_owned()).collect();
    facts.extend(of.ownership.clone());
    facts.extend(of.base.iter().map(|base| format!("extends {base}")));
    facts.extend(told(&of.facts).map(str::to_owned));
    TableData {
        name: &of.name,
        label: Text(&of.label, language),
        plural: Text(&of.plural_label, language),
        description: Text(&of.description, language),
        set: of.entity_set.as_deref(),
        schema_name: of.schema_name.as_deref(),
        id: &of.primary_id,
        names: of.primary_name.as_deref(),
        facts,
        solutions: &of.solutions,
        columns: of.columns.iter().map(|of| column(of, language)).collect(),
        keys: of.keys.iter().map(|of| key(of, language)).collect(),
        collections: of.collections.iter().map(collection).collect(),
    }
}

/// What a table is and can do, as far as it is true.
fn told(facts: &Facts) -> impl Iterator<Item = &'static str> {
    let all = [
        (facts.custom, "custom"),
        (facts.activity, "activity"),
        (facts.intersect, "intersect table"),
        (facts.change_tracking, "change tracking"),
        (facts.optimistic_concurrency, "optimistic concurrency"),
        (facts.duplicate_detection, "duplicate detection"),
        (facts.notes, "notes"),
        (facts.activities, "has activities"),
        (facts.activity_party, "party of activities"),
        (facts.enforces_transitions, "enforces status transitions"),
        (facts.solution_aware, "solution-aware"),
    ];
    all.into_iter()
        .filter(|(told, _)| *told == Some(true))
        .map(|(_, name)| name)
}

fn column(of: &Column, language: u32) -> ColumnData<'_> {
    let access = of
        .access
        .map(|access| u8::from(access.read) | u8::from(access.create) << 1 | u8::from(access.update) << 2);
    let required = of.required.map(|level| match level {
        Required::None => 0,
        Required::Recommended => 1,
        Required::Application => 2,
        Required::System => 3,
    });
    ColumnData(
        &of.name,
        facets::text(&of.kind),
        access,
        required,
        Text(&of.label, language),
        rest(of, language),
    )
}

fn rest(of: &Column, language: u32) -> Rest<'_> {
    let mut rest = Rest {
        description: (!of.description.is_empty()).then_some(Text(&of.description, language)),
        // Nearly always the logical name in another case.
        schema_name: of.schema_name.as_deref().filter(|name| *name != of.name),
        notes: notes(of),
        ..Rest::default()
    };
    match &of.kind {
        ColumnKind::Lookup(lookup) => {
            let targets = lookup.targets.iter().map(|target| {
                let delete = target.cascade.as_ref().map(|cascade| cascade.delete.as_str());
                (
                    &*target.table,
                    target.navigation.as_deref(),
                    delete.filter(|of| !of.is_empty()),
                )
            });
            rest.targets = targets.collect();
        }
        ColumnKind::PartyList { targets, .. } => {
            rest.targets = targets.iter().map(|table| (&**table, None, None)).collect();
        }
        kind => match kind.choice() {
            Some(ChoiceUse::Local(set)) => rest.options = options(set, language),
            Some(ChoiceUse::Global(name)) => rest.choice = Some(name),
            None => {}
        },
    }
    rest
}

fn notes(of: &Column) -> Vec<String> {
    let source = match of.source {
        Source::Simple => None,
        Source::Calculated => Some("calculated".to_owned()),
        Source::Rollup => Some("rollup".to_owned()),
        Source::Formula => Some("formula".to_owned()),
    };
    let number = of
        .auto_number
        .as_ref()
        .map(|pattern| format!("auto-number {pattern}"));
    let secured = of.secured.then(|| "column security".to_owned());
    let custom = of.custom.then(|| "custom".to_owned());
    source
        .into_iter()
        .chain(number)
        .chain(secured)
        .chain(custom)
        .collect()
}

fn options(set: &ChoiceSet, language: u32) -> Vec<OptionData<'_>> {
    set.options
        .iter()
        .map(|of| (of.value, Text(&of.label, language)))
        .collect()
}

fn key(of: &Key, language: u32) -> KeyData<'_> {
    (
        &of.name,
        &of.columns,
        Text(&of.label, language),
        of.index_status.as_deref(),
    )
}

fn collection(of: &Collection) -> CollectionData<'_> {
    let (many, by) = match &of.kind {
        CollectionKind::OneToMany { lookup } => (false, lookup),
        CollectionKind::ManyToMany { intersect } => (true, intersect),
    };
    (&of.name, &of.table, many, by.as_deref())
}
