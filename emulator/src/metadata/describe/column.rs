//! Columns (`AttributeMetadata`): what all types have in common.

use super::kind::{Names, facets, has_source};
use super::{LONG_AGO, managed, simple};
use crate::metadata::catalog::shadow_name;
use crate::metadata::node::{Flag, Members, Value};
use dataverse_codegen::schema::{Access, Column, ColumnKind, Required, Source, Table};
use std::borrow::Cow;
use uuid::Uuid;

/// How a table offers a column.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Offer {
    /// As its own.
    Own,
    /// Not at all: its base has it, and rows of this table don't.
    Hidden,
}

/// What the common members say of one column.
struct Common<'s> {
    table: &'s Table,
    name: Cow<'s, str>,
    schema_name: Value<'s>,
    /// The column that it shows in words.
    of: Option<&'s str>,
    attribute_type: &'static str,
    type_name: Value<'s>,
    access: Option<Access>,
    offered: bool,
    column: Option<&'s Column>,
}

/// The members of a column's definition.
pub(super) fn members<'s>(
    table: &'s Table,
    column: &'s Column,
    offer: Offer,
    id: Uuid,
) -> (&'static str, usize, Members<'s>) {
    let names = Names::of(&column.kind);
    let none = Access {
        read: false,
        create: false,
        update: false,
    };
    let common = Common {
        table,
        name: Cow::Borrowed(&column.name),
        schema_name: Value::text(column.schema_name.as_deref()),
        of: None,
        attribute_type: names.attribute_type,
        type_name: names.type_name(),
        access: if offer == Offer::Own {
            column.access
        } else {
            Some(none)
        },
        offered: offer == Offer::Own,
        column: Some(column),
    };
    let label = Value::Label(&column.label, id, "DisplayName");
    let description = Value::Label(&column.description, id, "Description");
    let facets = facets(column);
    let mut members = common.simple();
    let first = members.len();
    members.extend(facets.simple);
    members.extend(complex(label, description, column.required, common.type_name));
    members.extend(facets.complex);
    (names.ty, first, members)
}

/// The type of the column that shows another's value in words: text for names of rows, else the base type.
pub(super) fn shadow_type(column: &Column) -> &'static str {
    if matches!(column.kind, ColumnKind::Lookup(_)) {
        "StringAttributeMetadata"
    } else {
        "AttributeMetadata"
    }
}

/// The column that shows another's value in words.
pub(super) fn shadow<'s>(table: &'s Table, column: &'s Column) -> (&'static str, usize, Members<'s>) {
    let text = matches!(column.kind, ColumnKind::Lookup(_));
    let common = Common {
        table,
        name: Cow::Owned(shadow_name(column)),
        schema_name: column
            .schema_name
            .as_deref()
            .map_or(Value::Null, |name| Value::Text(Cow::Owned(format!("{name}Name")))),
        of: Some(&column.name),
        attribute_type: if text { "String" } else { "Virtual" },
        type_name: Value::Wrapped(Cow::Borrowed(if text { "StringType" } else { "VirtualType" })),
        access: Some(Access::READ_ONLY),
        offered: false,
        column: None,
    };
    let mut members = common.simple();
    let first = members.len();
    if text {
        members.extend([
            ("Format", Value::word("Text")),
            ("ImeMode", Value::word("Auto")),
            ("MaxLength", Value::Int(100)),
            ("YomiOf", Value::Null),
            ("IsLocalizable", Value::Bool(false)),
            ("DatabaseLength", Value::Int(0)),
            ("FormulaDefinition", Value::text(Some(""))),
            ("SourceTypeMask", Value::Int(0)),
        ]);
    }
    let required = Some(Required::None);
    members.extend(complex(
        Value::NoLabel,
        Value::NoLabel,
        required,
        common.type_name,
    ));
    if text {
        members.push(("FormatName", Value::Wrapped(Cow::Borrowed("Text"))));
    }
    (shadow_type(column), first, members)
}

impl<'s> Common<'s> {
    fn simple(&self) -> Members<'s> {
        let may = |right: fn(Access) -> bool| Value::flag(self.access.map(right));
        let column = self.column;
        let is = |flag: fn(&Column) -> bool| Value::Bool(column.is_some_and(flag));
        let source = column
            .filter(|column| column.source != Source::Simple || has_source(&column.kind))
            .map(|column| source_type(column.source));
        let number = column.and_then(|_| {
            let columns = &self.table.columns;
            columns
                .binary_search_by(|known| known.name.as_str().cmp(&self.name))
                .ok()
        });
        let auto_number = column.and_then(|column| column.auto_number.as_deref());
        let is_text = column.is_some_and(|column| matches!(column.kind, ColumnKind::Text { .. }));
        simple(
            [
                ("AttributeOf", Value::text(self.of)),
                ("AttributeType", Value::word(self.attribute_type)),
                (
                    "ColumnNumber",
                    Value::int(number.and_then(|at| i64::try_from(at + 1).ok())),
                ),
                ("DeprecatedVersion", Value::Null),
                ("IntroducedVersion", Value::Null),
                ("EntityLogicalName", Value::text(Some(&self.table.name))),
                ("IsCustomAttribute", is(|column| column.custom)),
                ("IsPrimaryId", Value::Bool(self.table.primary_id == self.name)),
                ("IsValidODataAttribute", Value::Bool(self.offered)),
                (
                    "IsPrimaryName",
                    Value::Bool(self.table.primary_name.as_deref() == Some(&self.name)),
                ),
                ("IsValidForCreate", may(|access| access.create)),
                ("IsValidForRead", may(|access| access.read)),
                ("IsValidForUpdate", may(|access| access.update)),
                ("CanBeSecuredForRead", is(|column| column.secured)),
                ("CanBeSecuredForCreate", is(|column| column.secured)),
                ("CanBeSecuredForUpdate", is(|column| column.secured)),
                ("IsSecured", is(|column| column.secured)),
                ("IsRetrievable", Value::Bool(false)),
                ("IsFilterable", Value::Bool(false)),
                ("IsSearchable", Value::Bool(false)),
                ("IsManaged", Value::Null),
                ("LinkedAttributeId", Value::Null),
                ("LogicalName", Value::Text(self.name.clone())),
                ("IsValidForForm", Value::Bool(self.offered)),
                ("IsRequiredForForm", Value::Bool(false)),
                ("IsValidForGrid", Value::Bool(self.offered)),
                ("SchemaName", self.schema_name.clone()),
                ("ExternalName", Value::Null),
                (
                    "IsLogical",
                    Value::Bool(column.is_none_or(|column| column.logical)),
                ),
                ("IsDataSourceSecret", Value::Bool(false)),
                ("InheritsFrom", Value::Null),
                ("CreatedOn", LONG_AGO),
                ("ModifiedOn", LONG_AGO),
                ("SourceType", Value::int(source)),
                (
                    "AutoNumberFormat",
                    Value::text(auto_number.or_else(|| is_text.then_some(""))),
                ),
            ],
            32,
        )
    }
}

fn source_type(source: Source) -> i64 {
    match source {
        Source::Simple => 0,
        Source::Calculated => 1,
        Source::Rollup => 2,
        Source::Formula => 3,
    }
}

fn complex<'s>(
    label: Value<'s>,
    description: Value<'s>,
    required: Option<Required>,
    type_name: Value<'s>,
) -> Members<'s> {
    let level = required.map_or(Value::Null, |required| {
        let word = match required {
            Required::None => "None",
            Required::Recommended => "Recommended",
            Required::Application => "ApplicationRequired",
            Required::System => "SystemRequired",
        };
        let open = required != Required::System;
        Value::Managed(Flag::Word(word), open, "canmodifyrequirementlevelsettings")
    });
    simple(
        [
            ("AttributeTypeName", type_name),
            ("Description", description),
            ("DisplayName", label),
            ("IsAuditEnabled", managed(false, "canmodifyauditsettings")),
            (
                "IsGlobalFilterEnabled",
                managed(false, "canmodifyglobalfiltersettings"),
            ),
            ("IsSortableEnabled", managed(false, "canmodifyissortablesettings")),
            ("IsCustomizable", managed(true, "iscustomizable")),
            ("IsRenameable", managed(true, "isrenameable")),
            ("IsValidForAdvancedFind", managed(true, "canmodifysearchsettings")),
            ("RequiredLevel", level),
            (
                "CanModifyAdditionalSettings",
                managed(true, "canmodifyadditionalsettings"),
            ),
            ("Settings", Value::List(Vec::new())),
        ],
        0,
    )
}
