//! Alternate keys (`EntityKeyMetadata`).

use super::{managed, simple};
use crate::metadata::node::{Members, Value};
use dataverse_codegen::schema::{Key, Table};
use std::borrow::Cow;
use uuid::Uuid;

pub(super) fn members<'s>(table: &'s Table, key: &'s Key, id: Uuid) -> (&'static str, usize, Members<'s>) {
    let status = key.index_status.as_deref().unwrap_or("Active");
    let mut members = simple(
        [
            ("LogicalName", Value::text(Some(&key.name))),
            ("SchemaName", Value::text(Some(&key.name))),
            ("EntityLogicalName", Value::text(Some(&table.name))),
            (
                "KeyAttributes",
                Value::texts(key.columns.iter().map(String::as_str)),
            ),
            ("IsManaged", Value::Bool(false)),
            ("IntroducedVersion", Value::Null),
            ("EntityKeyIndexStatus", Value::Word(Cow::Borrowed(status))),
            ("AsyncJob", Value::Null),
            ("IsSynchronous", Value::Bool(false)),
            ("IsExportKey", Value::Bool(false)),
            ("IsSecondaryKey", Value::Bool(false)),
        ],
        2,
    );
    let first = members.len();
    members.extend([
        ("DisplayName", Value::Label(&key.label, id, "DisplayName")),
        ("IsCustomizable", managed(true, "iscustomizable")),
    ]);
    ("EntityKeyMetadata", first, members)
}
