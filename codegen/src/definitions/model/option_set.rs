//! Choices.

use super::{RawLabel, Text};

/// A choice (`OptionSetMetadata`, `BooleanOptionSetMetadata`), of a column or global.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RawOptionSet<'a> {
    /// `Name`.
    pub name: Option<Text<'a>>,
    /// `MetadataId`.
    pub metadata_id: Option<Text<'a>>,
    /// `IsGlobal`.
    pub is_global: Option<bool>,
    /// `IsCustomOptionSet`.
    pub is_custom: Option<bool>,
    /// `IsManaged`.
    pub is_managed: Option<bool>,
    /// `OptionSetType`: `Picklist`, `State`, `Status`, `Boolean`.
    pub option_set_type: Option<Text<'a>>,
    /// `ExternalTypeName`.
    pub external_type_name: Option<Text<'a>>,
    /// `ParentOptionSetName`.
    pub parent_option_set_name: Option<Text<'a>>,
    /// `IntroducedVersion`.
    pub introduced_version: Option<Text<'a>>,
    /// `DisplayName`.
    pub display_name: RawLabel<'a>,
    /// `Description`.
    pub description: RawLabel<'a>,
    /// `Options`, each with a value; empty for a yes/no choice.
    pub options: Vec<RawOption<'a>>,
    /// `TrueOption` of a yes/no choice.
    pub true_option: Option<RawOption<'a>>,
    /// `FalseOption` of a yes/no choice.
    pub false_option: Option<RawOption<'a>>,
}

/// One option of a choice.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RawOption<'a> {
    /// `Value`.
    pub value: i64,
    /// `Label`.
    pub label: RawLabel<'a>,
    /// `Description`.
    pub description: RawLabel<'a>,
    /// `Color`, such as `#0000ff`.
    pub color: Option<Text<'a>>,
    /// `ExternalValue`.
    pub external_value: Option<Text<'a>>,
    /// `IsManaged`.
    pub is_managed: Option<bool>,
    /// `IsHidden`.
    pub is_hidden: Option<bool>,
    /// `State` of a status reason: the state it belongs to.
    pub state: Option<i64>,
    /// `DefaultStatus` of a state.
    pub default_status: Option<i64>,
    /// `InvariantName` of a state.
    pub invariant_name: Option<Text<'a>>,
    /// `TransitionData` of a status reason: XML of the status reasons it may change to.
    pub transition_data: Option<Text<'a>>,
    /// `ParentValues`: options of the parent choice that this one depends on.
    pub parent_values: Vec<i64>,
}
