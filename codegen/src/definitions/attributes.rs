//! Which properties of a column are read, and how; what kind of column it is.

use serde::de::MapAccess;

use super::model::{AttributeKind, RawAttribute};
use super::object::{Object, Property, object};

object! {
    RawAttribute, "an object describing a column",
    lacks |column| column.logical_name.is_empty().then_some("LogicalName"),
    column |column| column.logical_name.as_ref();
    "LogicalName" => logical_name: required,
    "MetadataId" => metadata_id: scalar,
    "SchemaName" => schema_name: scalar,
    "EntityLogicalName" => entity_logical_name: scalar,
    "AttributeType" => attribute_type: scalar,
    "AttributeTypeName" => type_name: wrapped,
    "@odata.type" => odata_type: scalar,
    "AttributeOf" => attribute_of: scalar,
    "DisplayName" => display_name: label,
    "Description" => description: label,
    "RequiredLevel" => required_level: wrapped,
    "IsPrimaryId" => is_primary_id: scalar,
    "IsPrimaryName" => is_primary_name: scalar,
    "IsValidForRead" => is_valid_for_read: scalar,
    "IsValidForCreate" => is_valid_for_create: scalar,
    "IsValidForUpdate" => is_valid_for_update: scalar,
    "IsValidODataAttribute" => is_valid_odata_attribute: scalar,
    "IsLogical" => is_logical: scalar,
    "IsCustomAttribute" => is_custom_attribute: scalar,
    "IsSecured" => is_secured: scalar,
    "IsManaged" => is_managed: scalar,
    "IsFilterable" => is_filterable: scalar,
    "IsSearchable" => is_searchable: scalar,
    "IsRetrievable" => is_retrievable: scalar,
    "IsAuditEnabled" => is_audit_enabled: wrapped,
    "IsValidForAdvancedFind" => is_valid_for_advanced_find: wrapped,
    "ColumnNumber" => column_number: scalar,
    "IntroducedVersion" => introduced_version: scalar,
    "DeprecatedVersion" => deprecated_version: scalar,
    "ExternalName" => external_name: scalar,
    "InheritsFrom" => inherits_from: scalar,
    "SourceType" => source_type: scalar,
    "FormulaDefinition" => formula_definition: scalar,
    "AutoNumberFormat" => auto_number_format: scalar,
    "MaxLength" => max_length: scalar,
    "DatabaseLength" => database_length: scalar,
    "IsLocalizable" => is_localizable: scalar,
    "YomiOf" => yomi_of: scalar,
    "Format" => format: scalar,
    "FormatName" => format_name: wrapped,
    "MinValue" => min_value: number,
    "MaxValue" => max_value: number,
    "Precision" => precision: scalar,
    "PrecisionSource" => precision_source: scalar,
    "CalculationOf" => calculation_of: scalar,
    "IsBaseCurrency" => is_base_currency: scalar,
    "DateTimeBehavior" => date_time_behavior: wrapped,
    "MinSupportedValue" => min_supported_value: scalar,
    "MaxSupportedValue" => max_supported_value: scalar,
    "Targets" => targets: scalars,
    "DefaultValue" => default_value: scalar,
    "DefaultFormValue" => default_form_value: scalar,
    "ParentPicklistLogicalName" => parent_picklist: scalar,
    "ChildPicklistLogicalNames" => child_picklists: scalars,
    "OptionSet" => option_set: boxed,
    "GlobalOptionSet" => global_option_set: boxed,
    "IsPrimaryImage" => is_primary_image: scalar,
    "CanStoreFullImage" => can_store_full_image: scalar,
    "MaxHeight" => max_height: scalar,
    "MaxWidth" => max_width: scalar,
    "MaxSizeInKB" => max_size_in_kb: scalar,
    "IsEntityReferenceStored" => is_entity_reference_stored: scalar,
    "ValueAttributeTypeCode" => value_type: scalar,
}

/// What kind of column it is. `cast` is the derived type that the body's context names, if any.
///
/// `AttributeTypeName` tells everything. `AttributeType` calls files, images and multi-select choices
/// `Virtual`, and `@odata.type` calls every lookup `Lookup`, so each covers for the other.
pub(super) fn kind_of_attribute(column: &RawAttribute<'_>, cast: Option<&str>) -> Option<AttributeKind> {
    if let Some(name) = column.type_name.as_deref().filter(|name| !name.is_empty()) {
        return Some(named(name.strip_suffix("Type").unwrap_or(name)));
    }
    let derived = || {
        column
            .odata_type
            .as_deref()
            .or(cast)
            .and_then(derived_type)
            .map(named)
    };
    match column.attribute_type.as_deref() {
        Some("Virtual") => Some(derived().unwrap_or(AttributeKind::Virtual)),
        Some(name) if !name.is_empty() => Some(named(name)),
        _ => derived(),
    }
}

/// `String` of `#Microsoft.Dynamics.CRM.ComplexStringAttributeMetadata`; nothing of the base type, which tells
/// nothing.
fn derived_type(odata_type: &str) -> Option<&str> {
    let name = odata_type.rsplit_once('.').map_or(odata_type, |(_, name)| name);
    let name = name.strip_suffix("AttributeMetadata")?;
    let name = name.strip_prefix("Complex").unwrap_or(name);
    (!name.is_empty() && name != "Enum").then_some(name)
}

fn named(name: &str) -> AttributeKind {
    match name {
        "BigInt" => AttributeKind::BigInt,
        "Boolean" => AttributeKind::Boolean,
        "CalendarRules" => AttributeKind::CalendarRules,
        "Customer" => AttributeKind::Customer,
        "DateTime" => AttributeKind::DateTime,
        "Decimal" => AttributeKind::Decimal,
        "Double" => AttributeKind::Double,
        "EntityName" => AttributeKind::EntityName,
        "File" => AttributeKind::File,
        "Image" => AttributeKind::Image,
        "Integer" => AttributeKind::Integer,
        "Lookup" => AttributeKind::Lookup,
        "ManagedProperty" => AttributeKind::ManagedProperty,
        "Memo" => AttributeKind::Memo,
        "Money" => AttributeKind::Money,
        "MultiSelectPicklist" => AttributeKind::MultiSelectPicklist,
        "Owner" => AttributeKind::Owner,
        "PartyList" => AttributeKind::PartyList,
        "Picklist" => AttributeKind::Picklist,
        "State" => AttributeKind::State,
        "Status" => AttributeKind::Status,
        "String" => AttributeKind::String,
        // The cast is spelled `UniqueIdentifier`.
        "Uniqueidentifier" | "UniqueIdentifier" => AttributeKind::Uniqueidentifier,
        "Virtual" => AttributeKind::Virtual,
        _ => AttributeKind::Unknown,
    }
}
