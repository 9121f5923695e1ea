//! What a body of definitions says, as it says it: nothing is decided or renamed here.
//!
//! Text is borrowed from the body. `None` means that the body doesn't tell: the property is missing,
//! `null` or unreadable (the last also gives a [`Warning`](super::Warning)).

mod attribute;
mod label;
mod number;
mod option_set;
mod relationship;

use std::borrow::Cow;

pub use attribute::{AttributeKind, RawAttribute};
pub use label::RawLabel;
pub use number::RawNumber;
pub(super) use number::whole;
pub use option_set::{RawOption, RawOptionSet};
pub use relationship::{RawCascade, RawManyToMany, RawOneToMany};

/// Text borrowed from a body; owned only where the JSON had to be unescaped.
pub type Text<'a> = Cow<'a, str>;

/// A table (`EntityMetadata`), or the part of it that one body carries.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RawTable<'a> {
    /// `LogicalName`; never empty.
    pub logical_name: Text<'a>,
    /// True if the body carries only columns or keys of the table (`…/Attributes`, `…/Keys`), so the table's
    /// own properties are absent rather than unknown to the environment.
    pub partial: bool,
    /// `MetadataId`.
    pub metadata_id: Option<Text<'a>>,
    /// `SchemaName`.
    pub schema_name: Option<Text<'a>>,
    /// `EntitySetName`.
    pub entity_set_name: Option<Text<'a>>,
    /// `LogicalCollectionName`.
    pub logical_collection_name: Option<Text<'a>>,
    /// `CollectionSchemaName`.
    pub collection_schema_name: Option<Text<'a>>,
    /// `ExternalName`.
    pub external_name: Option<Text<'a>>,
    /// `ExternalCollectionName`.
    pub external_collection_name: Option<Text<'a>>,
    /// `DisplayName`.
    pub display_name: RawLabel<'a>,
    /// `DisplayCollectionName`.
    pub display_collection_name: RawLabel<'a>,
    /// `Description`.
    pub description: RawLabel<'a>,
    /// `PrimaryIdAttribute`.
    pub primary_id_attribute: Option<Text<'a>>,
    /// `PrimaryNameAttribute`.
    pub primary_name_attribute: Option<Text<'a>>,
    /// `PrimaryImageAttribute`.
    pub primary_image_attribute: Option<Text<'a>>,
    /// `ObjectTypeCode`; of a custom table it differs per environment.
    pub object_type_code: Option<i64>,
    /// `TableType`: `Standard`, `Elastic`, `Virtual`…
    pub table_type: Option<Text<'a>>,
    /// `OwnershipType`: `UserOwned`, `OrganizationOwned`, `None`…
    pub ownership_type: Option<Text<'a>>,
    /// `ActivityTypeMask`.
    pub activity_type_mask: Option<i64>,
    /// `DataProviderId` of a virtual table.
    pub data_provider_id: Option<Text<'a>>,
    /// `DataSourceId` of a virtual table.
    pub data_source_id: Option<Text<'a>>,
    /// `RecurrenceBaseEntityLogicalName`.
    pub recurrence_base_entity: Option<Text<'a>>,
    /// `SettingOf`.
    pub setting_of: Option<Text<'a>>,
    /// `IntroducedVersion`.
    pub introduced_version: Option<Text<'a>>,
    /// `IsActivity`.
    pub is_activity: Option<bool>,
    /// `IsActivityParty`.
    pub is_activity_party: Option<bool>,
    /// `IsIntersect`.
    pub is_intersect: Option<bool>,
    /// `IsPrivate`.
    pub is_private: Option<bool>,
    /// `IsLogicalEntity`.
    pub is_logical_entity: Option<bool>,
    /// `IsChildEntity`.
    pub is_child_entity: Option<bool>,
    /// `IsCustomEntity`.
    pub is_custom_entity: Option<bool>,
    /// `IsManaged`.
    pub is_managed: Option<bool>,
    /// `IsBPFEntity`.
    pub is_bpf_entity: Option<bool>,
    /// `IsSolutionAware`.
    pub is_solution_aware: Option<bool>,
    /// `IsStateModelAware`.
    pub is_state_model_aware: Option<bool>,
    /// `EnforceStateTransitions`.
    pub enforce_state_transitions: Option<bool>,
    /// `ChangeTrackingEnabled`.
    pub change_tracking_enabled: Option<bool>,
    /// `IsOptimisticConcurrencyEnabled`.
    pub is_optimistic_concurrency_enabled: Option<bool>,
    /// `IsEnabledForExternalChannels`.
    pub is_enabled_for_external_channels: Option<bool>,
    /// `SyncToExternalSearchIndex`.
    pub sync_to_external_search_index: Option<bool>,
    /// `IsValidForAdvancedFind`.
    pub is_valid_for_advanced_find: Option<bool>,
    /// `HasNotes`.
    pub has_notes: Option<bool>,
    /// `HasActivities`.
    pub has_activities: Option<bool>,
    /// `HasFeedback`.
    pub has_feedback: Option<bool>,
    /// `HasEmailAddresses`.
    pub has_email_addresses: Option<bool>,
    /// `IsAuditEnabled.Value`.
    pub is_audit_enabled: Option<bool>,
    /// `IsDuplicateDetectionEnabled.Value`.
    pub is_duplicate_detection_enabled: Option<bool>,
    /// `IsCustomizable.Value`.
    pub is_customizable: Option<bool>,
    /// `IsValidForQueue.Value`.
    pub is_valid_for_queue: Option<bool>,
    /// `CanBeInManyToMany.Value`.
    pub can_be_in_many_to_many: Option<bool>,
    /// `CanChangeTrackingBeEnabled.Value`.
    pub can_change_tracking_be_enabled: Option<bool>,
    /// `CanCreateAttributes.Value`.
    pub can_create_attributes: Option<bool>,
    /// `Attributes`, each with a name.
    pub attributes: Vec<RawAttribute<'a>>,
    /// `Keys`.
    pub keys: Vec<RawKey<'a>>,
    /// `OneToManyRelationships`: this table is the referenced one.
    pub one_to_many: Vec<RawOneToMany<'a>>,
    /// `ManyToOneRelationships`: this table is the referencing one.
    pub many_to_one: Vec<RawOneToMany<'a>>,
    /// `ManyToManyRelationships`.
    pub many_to_many: Vec<RawManyToMany<'a>>,
}

/// An alternate key (`EntityKeyMetadata`).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RawKey<'a> {
    /// `LogicalName`; never empty.
    pub logical_name: Text<'a>,
    /// `SchemaName`.
    pub schema_name: Option<Text<'a>>,
    /// `MetadataId`.
    pub metadata_id: Option<Text<'a>>,
    /// `EntityLogicalName`: the table it is of.
    pub entity_logical_name: Option<Text<'a>>,
    /// `KeyAttributes`: logical names of its columns, in order.
    pub key_attributes: Vec<Text<'a>>,
    /// `EntityKeyIndexStatus`: `Active`, `Pending`, `InProgress`, `Failed`.
    pub index_status: Option<Text<'a>>,
    /// `IsManaged`.
    pub is_managed: Option<bool>,
    /// `DisplayName`.
    pub display_name: RawLabel<'a>,
}

/// A row of `solutioncomponents`: a solution and a component that it contains.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RawSolutionComponent<'a> {
    /// `objectid`: for a table its `MetadataId`; never empty.
    pub object_id: Text<'a>,
    /// `componenttype`: 1 is a table.
    pub component_type: Option<i64>,
    /// `rootcomponentbehavior`: 0 means with all subcomponents.
    pub root_component_behavior: Option<i64>,
    /// `_solutionid_value`.
    pub solution_id: Option<Text<'a>>,
    /// The expanded `solutionid.uniquename`.
    pub solution_unique_name: Option<Text<'a>>,
    /// The expanded `solutionid.friendlyname`, or the formatted value of `_solutionid_value`.
    pub solution_display_name: Option<Text<'a>>,
}

impl RawSolutionComponent<'_> {
    /// `componenttype` of a table.
    pub const TABLE: i64 = 1;

    /// True if the row says that a table belongs to the solution; a row that doesn't tell its type is taken
    /// for one, because people filter by `componenttype eq 1` without selecting it.
    #[must_use]
    pub fn is_table(&self) -> bool {
        self.component_type.is_none_or(|kind| kind == Self::TABLE)
    }
}
