//! The types that columns have on the wire.

use crate::metadata::types;
use dataverse_codegen::schema::{ColumnKind, DateBehavior};
use std::borrow::Cow;

/// The type of a column's property. `None` where there is no such property.
pub(super) fn edm_type(kind: &ColumnKind) -> Option<Cow<'_, str>> {
    Some(Cow::Borrowed(match kind {
        ColumnKind::Text { .. }
        | ColumnKind::Memo { .. }
        | ColumnKind::TableName
        | ColumnKind::Choices { .. } => "Edm.String",
        ColumnKind::WholeNumber { .. }
        | ColumnKind::Choice { .. }
        | ColumnKind::State { .. }
        | ColumnKind::Status { .. } => "Edm.Int32",
        ColumnKind::BigInteger { .. } => "Edm.Int64",
        ColumnKind::Decimal { .. } | ColumnKind::Money { .. } => "Edm.Decimal",
        ColumnKind::Float { .. } => "Edm.Double",
        ColumnKind::YesNo { .. } => "Edm.Boolean",
        ColumnKind::DateTime {
            behavior: DateBehavior::DateOnly,
            ..
        } => "Edm.Date",
        ColumnKind::DateTime { .. } => "Edm.DateTimeOffset",
        ColumnKind::UniqueId | ColumnKind::Lookup(_) | ColumnKind::File { .. } => "Edm.Guid",
        ColumnKind::Image { .. } => "Edm.Binary",
        ColumnKind::ManagedProperty { .. } => "mscrm.BooleanManagedProperty",
        ColumnKind::PartyList { .. } => return None,
        ColumnKind::Unknown { type_name } => {
            return is_of_the_wire(type_name).then(|| qualified(type_name));
        }
    }))
}

/// Whether the name of an unknown type is one of the wire, and not of the definitions.
pub(in crate::metadata) fn is_of_the_wire(type_name: &str) -> bool {
    type_name.starts_with("Edm.")
        || type_name.starts_with("Collection(")
        || types::COMPLEX_TYPES.iter().any(|of| of.name == type_name)
        || types::ENUM_TYPES.iter().any(|of| of.name == type_name)
}

/// A name as the schema refers to it: with the alias, unless it has a namespace.
pub(super) fn qualified(name: &str) -> Cow<'_, str> {
    if let Some(item) = name
        .strip_prefix("Collection(")
        .and_then(|rest| rest.strip_suffix(')'))
    {
        return Cow::Owned(format!("Collection({})", qualified(item)));
    }
    if name.contains('.') {
        Cow::Borrowed(name)
    } else {
        Cow::Owned(format!("mscrm.{name}"))
    }
}
