//! What each side knows. What only one side was told is never a change.

use std::collections::BTreeSet;

use crate::drift::Side;
use crate::schema::{ChoiceSet, ChoiceUse, Column, ColumnKind, Label, Required, Schema, Source, Table};

/// What the two sides know as a whole.
pub(super) struct Knowledge {
    old: Known,
    new: Known,
}

struct Known {
    /// Navigation names, collections and operations.
    metadata: bool,
    /// The languages that labels come in.
    languages: BTreeSet<u32>,
    /// Which solutions hold a table.
    solutions: bool,
}

impl Knowledge {
    pub(super) fn new(old: &Schema, new: &Schema) -> Self {
        let (old, new) = rayon::join(|| Known::of(old), || Known::of(new));
        Self { old, new }
    }

    fn side(&self, side: Side) -> &Known {
        match side {
            Side::Old => &self.old,
            Side::New => &self.new,
        }
    }

    pub(super) fn metadata(&self, side: Side) -> bool {
        self.side(side).metadata
    }

    /// The side that has no texts in a language that the other has.
    pub(super) fn speaks(&self, side: Side, language: u32) -> bool {
        self.side(side).languages.contains(&language)
    }

    pub(super) fn solutions(&self, side: Side) -> bool {
        self.side(side).solutions
    }
}

impl Known {
    fn of(schema: &Schema) -> Self {
        Self {
            metadata: !schema.without_metadata,
            languages: languages(schema),
            solutions: schema.tables.values().any(|table| !table.solutions.is_empty()),
        }
    }
}

/// The side that was not told, where only one was.
pub(super) fn one_sided(old: bool, new: bool) -> Option<Side> {
    match (old, new) {
        (false, true) => Some(Side::Old),
        (true, false) => Some(Side::New),
        _ => None,
    }
}

/// Whether there were definitions of the table.
pub(super) fn table_is_defined(table: &Table) -> bool {
    table.schema_name.is_some()
        || !table.label.is_empty()
        || !table.plural_label.is_empty()
        || table.table_type.is_some()
        || table.ownership.is_some()
}

/// Whether there were definitions of the column. CSDL knows a name, a type, sometimes that nobody may write it, and
/// that the primary id is required.
pub(super) fn column_is_defined(table: &Table, column: &Column) -> bool {
    column.schema_name.is_some()
        || !column.label.is_empty()
        || column.custom
        || column.secured
        || column.logical
        || column.auto_number.is_some()
        || column.source != Source::Simple
        || column
            .required
            .is_some_and(|level| column.name != table.primary_id || level != Required::System)
}

/// The types on the wire that a kind may have, a bit for each. Two kinds that share one may be the same column, told by
/// definitions and by CSDL alone.
fn on_the_wire(kind: &ColumnKind) -> u32 {
    const TEXT: u32 = 1;
    const INT32: u32 = 2;
    const INT64: u32 = 4;
    const DECIMAL: u32 = 8;
    const DOUBLE: u32 = 16;
    const BOOLEAN: u32 = 32;
    const INSTANT: u32 = 64;
    const DATE: u32 = 128;
    const GUID: u32 = 256;
    const BINARY: u32 = 512;
    use crate::schema::DateBehavior;
    match kind {
        ColumnKind::Text { .. }
        | ColumnKind::Memo { .. }
        | ColumnKind::TableName
        | ColumnKind::Choices { .. } => TEXT,
        ColumnKind::WholeNumber { .. }
        | ColumnKind::Choice { .. }
        | ColumnKind::State { .. }
        | ColumnKind::Status { .. } => INT32,
        ColumnKind::BigInteger { .. } => INT64 | INT32,
        ColumnKind::Decimal { .. } | ColumnKind::Money { .. } => DECIMAL,
        ColumnKind::Float { .. } => DOUBLE,
        ColumnKind::YesNo { .. } => BOOLEAN,
        ColumnKind::DateTime {
            behavior: DateBehavior::DateOnly,
            ..
        } => DATE,
        ColumnKind::DateTime { .. } => INSTANT,
        ColumnKind::UniqueId | ColumnKind::Lookup(_) => GUID,
        ColumnKind::File { .. } | ColumnKind::Image { .. } => GUID | BINARY,
        ColumnKind::PartyList { .. } | ColumnKind::ManagedProperty { .. } | ColumnKind::Unknown { .. } => {
            u32::MAX
        }
    }
}

/// Whether two kinds may be one column, of which one side knows the type on the wire alone.
pub(super) fn may_be_the_same(old: &ColumnKind, new: &ColumnKind) -> bool {
    on_the_wire(old) & on_the_wire(new) != 0
}

fn languages(schema: &Schema) -> BTreeSet<u32> {
    let mut found = BTreeSet::new();
    let mut add = |label: &Label| {
        for (code, _) in label.iter() {
            // Nearly every label has languages that are known already.
            if !found.contains(&code) {
                found.insert(code);
            }
        }
    };
    let set = |of: &ChoiceSet, add: &mut dyn FnMut(&Label)| {
        add(&of.label);
        for option in &of.options {
            add(&option.label);
            add(&option.description);
        }
    };
    for table in schema.tables.values() {
        add(&table.label);
        add(&table.plural_label);
        add(&table.description);
        table.keys.iter().for_each(|key| add(&key.label));
        for column in &table.columns {
            add(&column.label);
            add(&column.description);
            if let ColumnKind::YesNo { yes, no, .. } = &column.kind {
                add(yes);
                add(no);
            }
            if let Some(ChoiceUse::Local(of)) = column.kind.choice() {
                set(of, &mut add);
            }
        }
    }
    schema.references.values().for_each(|of| add(&of.label));
    schema.choices.values().for_each(|of| set(of, &mut add));
    let parameters = schema.operations.iter().flat_map(|of| &of.parameters);
    let members = schema.complex_types.values().flat_map(|of| &of.members);
    parameters.chain(members).for_each(|of| add(&of.description));
    found
}
