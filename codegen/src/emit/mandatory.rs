//! Which columns a create has to set: a policy, since the service itself insists on few, and forms on more.

use crate::schema::{Column, ColumnKind, LookupKind, Required, Source, Table};

/// How much a create has to set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mandatory {
    /// Nothing: the service says what is missing.
    None,
    /// What the service requires.
    System,
    /// What the service or forms require.
    #[default]
    Application,
}

/// The columns that a create of the table has to set.
pub(super) fn columns(table: &Table, policy: Mandatory) -> impl Iterator<Item = &Column> {
    table
        .columns
        .iter()
        .filter(move |column| is_mandatory(table, column, policy))
}

/// Whether a create has to set the column: it is required, can be set, and nobody else fills it.
pub(crate) fn is_mandatory(table: &Table, column: &Column, policy: Mandatory) -> bool {
    let required = match policy {
        Mandatory::None => false,
        Mandatory::System => column.required == Some(Required::System),
        Mandatory::Application => column.required >= Some(Required::Application),
    };
    required
        && column.access.is_some_and(|access| access.create)
        && column.name != table.primary_id
        && column.source == Source::Simple
        && column.auto_number.is_none()
        && !column.logical
        && !fills_itself(&column.kind)
}

/// Kinds that get a value where a create gives none, or that a create doesn't write.
fn fills_itself(kind: &ColumnKind) -> bool {
    match kind {
        // The caller owns the row.
        ColumnKind::Lookup(lookup) => {
            lookup.kind == LookupKind::Owner
                || !lookup.targets.iter().any(|target| target.navigation.is_some())
        }
        ColumnKind::Choice { default, .. } | ColumnKind::Choices { default, .. } => default.is_some(),
        ColumnKind::YesNo { .. }
        | ColumnKind::State { .. }
        | ColumnKind::Status { .. }
        | ColumnKind::UniqueId
        | ColumnKind::TableName
        | ColumnKind::PartyList { .. }
        | ColumnKind::Image { .. }
        | ColumnKind::File { .. }
        | ColumnKind::ManagedProperty { .. }
        | ColumnKind::Unknown { .. } => true,
        ColumnKind::Text { .. }
        | ColumnKind::Memo { .. }
        | ColumnKind::WholeNumber { .. }
        | ColumnKind::BigInteger { .. }
        | ColumnKind::Decimal { .. }
        | ColumnKind::Float { .. }
        | ColumnKind::Money { .. }
        | ColumnKind::DateTime { .. } => false,
    }
}
