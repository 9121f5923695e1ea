//! Columns.

use super::{RawLabel, RawNumber, RawOptionSet, Text};

/// A column (`AttributeMetadata` and everything derived from it).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RawAttribute<'a> {
    /// `LogicalName`; never empty.
    pub logical_name: Text<'a>,
    /// What the column holds; `None` if the body says nothing about it.
    pub kind: Option<AttributeKind>,
    /// `AttributeTypeName.Value`, such as `StringType`.
    pub type_name: Option<Text<'a>>,
    /// `AttributeType`, such as `String`; `Virtual` also for files, images and multi-select choices.
    pub attribute_type: Option<Text<'a>>,
    /// `@odata.type`, such as `#Microsoft.Dynamics.CRM.StringAttributeMetadata`.
    pub odata_type: Option<Text<'a>>,
    /// `MetadataId`.
    pub metadata_id: Option<Text<'a>>,
    /// `SchemaName`.
    pub schema_name: Option<Text<'a>>,
    /// `EntityLogicalName`: the table it is of.
    pub entity_logical_name: Option<Text<'a>>,
    /// `ExternalName`.
    pub external_name: Option<Text<'a>>,
    /// `AttributeOf`: the column that this one shadows.
    pub attribute_of: Option<Text<'a>>,
    /// `InheritsFrom`.
    pub inherits_from: Option<Text<'a>>,
    /// `DisplayName`.
    pub display_name: RawLabel<'a>,
    /// `Description`.
    pub description: RawLabel<'a>,
    /// `RequiredLevel.Value`: `None`, `SystemRequired`, `ApplicationRequired`, `Recommended`.
    pub required_level: Option<Text<'a>>,
    /// `ColumnNumber`.
    pub column_number: Option<i64>,
    /// `IntroducedVersion`.
    pub introduced_version: Option<Text<'a>>,
    /// `DeprecatedVersion`.
    pub deprecated_version: Option<Text<'a>>,
    /// `IsValidForCreate`.
    pub is_valid_for_create: Option<bool>,
    /// `IsValidForRead`.
    pub is_valid_for_read: Option<bool>,
    /// `IsValidForUpdate`.
    pub is_valid_for_update: Option<bool>,
    /// `IsValidODataAttribute`; `None` also where a body says "no" of every column of a table.
    pub is_valid_odata_attribute: Option<bool>,
    /// `IsSecured`.
    pub is_secured: Option<bool>,
    /// `IsLogical`: stored in another table.
    pub is_logical: Option<bool>,
    /// `IsCustomAttribute`.
    pub is_custom_attribute: Option<bool>,
    /// `IsManaged`.
    pub is_managed: Option<bool>,
    /// `IsPrimaryId`.
    pub is_primary_id: Option<bool>,
    /// `IsPrimaryName`.
    pub is_primary_name: Option<bool>,
    /// `IsFilterable`.
    pub is_filterable: Option<bool>,
    /// `IsSearchable`.
    pub is_searchable: Option<bool>,
    /// `IsRetrievable`.
    pub is_retrievable: Option<bool>,
    /// `IsAuditEnabled.Value`.
    pub is_audit_enabled: Option<bool>,
    /// `IsValidForAdvancedFind.Value`.
    pub is_valid_for_advanced_find: Option<bool>,
    /// `SourceType`: 0 simple, 1 calculated, 2 rollup, 3 formula.
    pub source_type: Option<i64>,
    /// `FormulaDefinition`: XAML or Power Fx of a calculated column.
    pub formula_definition: Option<Text<'a>>,
    /// `AutoNumberFormat`; an empty text means none.
    pub auto_number_format: Option<Text<'a>>,
    /// `MaxLength` of text.
    pub max_length: Option<i64>,
    /// `DatabaseLength` of text.
    pub database_length: Option<i64>,
    /// `IsLocalizable` text.
    pub is_localizable: Option<bool>,
    /// `YomiOf`: the column whose pronunciation this is.
    pub yomi_of: Option<Text<'a>>,
    /// `Format` of text, whole numbers, dates and lookups.
    pub format: Option<Text<'a>>,
    /// `FormatName.Value` of text: richer than `Format`.
    pub format_name: Option<Text<'a>>,
    /// `MinValue` of numbers.
    pub min_value: Option<RawNumber<'a>>,
    /// `MaxValue` of numbers.
    pub max_value: Option<RawNumber<'a>>,
    /// `Precision` of numbers: digits after the point.
    pub precision: Option<i64>,
    /// `PrecisionSource` of money: 0 column, 1 organization, 2 currency.
    pub precision_source: Option<i64>,
    /// `CalculationOf` of money in base currency: the column it is computed from.
    pub calculation_of: Option<Text<'a>>,
    /// `IsBaseCurrency` of money.
    pub is_base_currency: Option<bool>,
    /// `DateTimeBehavior.Value`: `UserLocal`, `DateOnly`, `TimeZoneIndependent`.
    pub date_time_behavior: Option<Text<'a>>,
    /// `MinSupportedValue` of dates.
    pub min_supported_value: Option<Text<'a>>,
    /// `MaxSupportedValue` of dates.
    pub max_supported_value: Option<Text<'a>>,
    /// `Targets` of lookups: logical names of tables.
    pub targets: Vec<Text<'a>>,
    /// `DefaultValue` of yes/no.
    pub default_value: Option<bool>,
    /// `DefaultFormValue` of choices; -1 means none.
    pub default_form_value: Option<i64>,
    /// `ParentPicklistLogicalName` of choices.
    pub parent_picklist: Option<Text<'a>>,
    /// `ChildPicklistLogicalNames` of choices.
    pub child_picklists: Vec<Text<'a>>,
    /// `OptionSet`.
    pub option_set: Option<Box<RawOptionSet<'a>>>,
    /// `GlobalOptionSet`; where it is present, `OptionSet` may be absent.
    pub global_option_set: Option<Box<RawOptionSet<'a>>>,
    /// `IsPrimaryImage`.
    pub is_primary_image: Option<bool>,
    /// `CanStoreFullImage`.
    pub can_store_full_image: Option<bool>,
    /// `MaxHeight` of images, in pixels.
    pub max_height: Option<i64>,
    /// `MaxWidth` of images, in pixels.
    pub max_width: Option<i64>,
    /// `MaxSizeInKB` of images and files.
    pub max_size_in_kb: Option<i64>,
    /// `IsEntityReferenceStored` of table names.
    pub is_entity_reference_stored: Option<bool>,
    /// `ValueAttributeTypeCode` of managed properties: the type of the value, such as `Boolean`.
    pub value_type: Option<Text<'a>>,
}

impl<'a> RawAttribute<'a> {
    /// The column's choice, wherever the body has it; the one with options wins.
    #[must_use]
    pub fn choice(&self) -> Option<&RawOptionSet<'a>> {
        let filled = |set: &&RawOptionSet<'_>| {
            !set.options.is_empty() || set.true_option.is_some() || set.false_option.is_some()
        };
        let (own, global) = (self.option_set.as_deref(), self.global_option_set.as_deref());
        own.filter(filled)
            .or_else(|| global.filter(filled))
            .or(own)
            .or(global)
    }
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AttributeKind {
    /// A 64-bit whole number.
    BigInt,
    /// Yes or no.
    Boolean,
    /// Rules of a calendar.
    CalendarRules,
    /// A lookup of an account or contact.
    Customer,
    /// A date, with or without time.
    DateTime,
    /// An exact decimal.
    Decimal,
    /// A floating point number.
    Double,
    /// The name of a table.
    EntityName,
    /// A file.
    File,
    /// An image.
    Image,
    /// A 32-bit whole number.
    Integer,
    /// A reference to a row.
    Lookup,
    /// A managed property.
    ManagedProperty,
    /// Long text.
    Memo,
    /// An amount of money.
    Money,
    /// Several options of a choice.
    MultiSelectPicklist,
    /// A lookup of a user or team.
    Owner,
    /// A list of activity parties.
    PartyList,
    /// One option of a choice.
    Picklist,
    /// The row's state.
    State,
    /// The row's status reason.
    Status,
    /// Text.
    String,
    /// An id.
    Uniqueidentifier,
    /// Something computed: mostly the shadow of another column.
    Virtual,
    /// A type that this reader doesn't know; see [`RawAttribute::type_name`].
    Unknown,
}
