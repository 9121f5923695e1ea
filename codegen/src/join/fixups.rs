//! The oddities of the service's metadata, each settled in one place by a named rule that says why.

use crate::csdl::EdmType;
use crate::schema::{ColumnKind, DateBehavior, LookupKind, Required, Target, TypeName, TypeUse};

/// The type that all activities inherit from.
pub(super) const ACTIVITY_BASE: &str = "activitypointer";

/// CSDL keys users and teams by `ownerid`, which they inherit from `principal`, while definitions and rows identify them
/// by `systemuserid` and `teamid`. Both hold the same GUID; the table's own column is the primary id.
pub(super) fn primary_id_behind_owner_key(
    table: &str,
    key: Option<&str>,
    has: impl Fn(&str) -> bool,
) -> Option<String> {
    let own = format!("{table}id");
    match key {
        Some("ownerid") | None if has(&own) => Some(own),
        Some(key) => Some(key.to_owned()),
        None => None,
    }
}

/// Whether a decimal has a twin in the organization's base currency: only money has.
pub(super) fn has_base_twin(column: &str, has: impl Fn(&str) -> bool) -> bool {
    has(&format!("{column}_base")) || column.strip_suffix("_base").is_some_and(has)
}

/// CSDL types money and decimals alike. Every money column comes with a `<column>_base` in the base currency.
pub(super) fn money_by_base_twin(column: &str, has_base_twin: bool) -> ColumnKind {
    if !has_base_twin {
        return ColumnKind::Decimal {
            min: None,
            max: None,
            precision: None,
        };
    }
    let base_of = column.strip_suffix("_base").map(str::to_owned);
    ColumnKind::Money {
        min: None,
        max: None,
        precision: None,
        precision_source: None,
        base_of,
    }
}

/// Columns that the service alone writes, in every table, whatever CSDL (which has no word for it) leaves open.
pub(super) fn is_kept_by_the_service(column: &str, kind: &ColumnKind) -> bool {
    const KEPT: [&str; 11] = [
        "createdby",
        "createdbyexternalparty",
        "createdon",
        "createdonbehalfby",
        "modifiedby",
        "modifiedbyexternalparty",
        "modifiedon",
        "modifiedonbehalfby",
        "owningteam",
        "owninguser",
        "versionnumber",
    ];
    KEPT.contains(&column) || matches!(kind, ColumnKind::Money { base_of: Some(_), .. })
}

/// The owner of a row is a user or a team; a customer is an account or a contact.
pub(super) fn lookup_kind(column: &str, targets: &[Target]) -> LookupKind {
    let mut tables: Vec<&str> = targets.iter().map(|target| target.table.as_str()).collect();
    tables.sort_unstable();
    match tables[..] {
        ["systemuser", "team"] if column == "ownerid" => LookupKind::Owner,
        ["account", "contact"] if column == "customerid" => LookupKind::Customer,
        _ => LookupKind::Simple,
    }
}

/// What an activity calls its own collection of the sort that it also inherits: of `task` it is `task_activity_parties`,
/// where its base has `activitypointer_activity_parties`. Both hold the same rows, and the service wants the own one.
pub(super) fn own_name_of_inherited(inherited: &str, base: &str, table: &str) -> Option<String> {
    let rest = inherited.strip_prefix(base)?.strip_prefix('_')?;
    Some(format!("{table}_{rest}"))
}

/// Whether a kind and a type on the wire can be the same column. Where they can't, the wire is right: that is what
/// answers carry. (Definitions may be newer than the CSDL, or the service may be inconsistent.)
pub(super) fn fits_the_wire(kind: &ColumnKind, edm: EdmType) -> bool {
    use EdmType as E;
    match kind {
        ColumnKind::Text { .. }
        | ColumnKind::Memo { .. }
        | ColumnKind::TableName
        | ColumnKind::Choices { .. } => edm == E::String,
        ColumnKind::WholeNumber { .. } => matches!(edm, E::Int32 | E::Int16 | E::Byte | E::SByte),
        ColumnKind::Choice { .. } | ColumnKind::State { .. } | ColumnKind::Status { .. } => {
            matches!(edm, E::Int32 | E::Int16 | E::Byte | E::SByte)
        }
        ColumnKind::BigInteger { .. } => matches!(edm, E::Int64 | E::Int32),
        ColumnKind::Decimal { .. } | ColumnKind::Money { .. } => edm == E::Decimal,
        ColumnKind::Float { .. } => matches!(edm, E::Double | E::Single),
        ColumnKind::YesNo { .. } => edm == E::Boolean,
        ColumnKind::DateTime {
            behavior: DateBehavior::DateOnly,
            ..
        } => edm == E::Date,
        ColumnKind::DateTime { .. } => edm == E::DateTimeOffset,
        ColumnKind::UniqueId | ColumnKind::Lookup(_) => edm == E::Guid,
        // Older services typed files as binary.
        ColumnKind::File { .. } => matches!(edm, E::Guid | E::Binary),
        ColumnKind::Image { .. } => matches!(edm, E::Binary | E::Guid),
        ColumnKind::ManagedProperty { .. } | ColumnKind::PartyList { .. } | ColumnKind::Unknown { .. } => {
            true
        }
    }
}

/// The primary id always reads with a value, whatever level the definitions give it.
pub(super) fn primary_id_is_required(
    column: &str,
    primary_id: &str,
    required: Option<Required>,
) -> Option<Required> {
    if column == primary_id {
        Some(Required::System)
    } else {
        required
    }
}

/// `RetrieveUnpublished` gives the row that it is called on, as it will be once it is published. Some documents name the
/// table of another overload as the result of all of them (`systemform`), and documents of the same environment from other
/// days each overload's own. The service gives the bound row every time.
pub(super) fn unpublished_row_is_the_bound_one(
    operation: &str,
    bound: Option<&TypeUse>,
    returns: Option<TypeUse>,
) -> Option<TypeUse> {
    match (bound, returns) {
        (Some(bound), Some(returns))
            if operation == "RetrieveUnpublished" && is_one_row(bound) && is_one_row(&returns) =>
        {
            Some(TypeUse {
                name: bound.name.clone(),
                ..returns
            })
        }
        (_, returns) => returns,
    }
}

fn is_one_row(of: &TypeUse) -> bool {
    matches!(of.name, TypeName::Table(_)) && !of.collection
}
