//! Which properties of a table are read, and how.

use serde::de::MapAccess;

use super::model::{RawAttribute, RawKey, RawTable};
use super::object::{Object, Property, object};

object! {
    RawTable, "an object describing a table",
    lacks |table| table.logical_name.is_empty().then_some("LogicalName");
    "LogicalName" => logical_name: required,
    "MetadataId" => metadata_id: scalar,
    "SchemaName" => schema_name: scalar,
    "EntitySetName" => entity_set_name: scalar,
    "LogicalCollectionName" => logical_collection_name: scalar,
    "CollectionSchemaName" => collection_schema_name: scalar,
    "ExternalName" => external_name: scalar,
    "ExternalCollectionName" => external_collection_name: scalar,
    "DisplayName" => display_name: label,
    "DisplayCollectionName" => display_collection_name: label,
    "Description" => description: label,
    "PrimaryIdAttribute" => primary_id_attribute: scalar,
    "PrimaryNameAttribute" => primary_name_attribute: scalar,
    "PrimaryImageAttribute" => primary_image_attribute: scalar,
    "ObjectTypeCode" => object_type_code: scalar,
    "TableType" => table_type: scalar,
    "OwnershipType" => ownership_type: scalar,
    "ActivityTypeMask" => activity_type_mask: scalar,
    "DataProviderId" => data_provider_id: scalar,
    "DataSourceId" => data_source_id: scalar,
    "RecurrenceBaseEntityLogicalName" => recurrence_base_entity: scalar,
    "SettingOf" => setting_of: scalar,
    "IntroducedVersion" => introduced_version: scalar,
    "IsActivity" => is_activity: scalar,
    "IsActivityParty" => is_activity_party: scalar,
    "IsIntersect" => is_intersect: scalar,
    "IsPrivate" => is_private: scalar,
    "IsLogicalEntity" => is_logical_entity: scalar,
    "IsChildEntity" => is_child_entity: scalar,
    "IsCustomEntity" => is_custom_entity: scalar,
    "IsManaged" => is_managed: scalar,
    "IsBPFEntity" => is_bpf_entity: scalar,
    "IsSolutionAware" => is_solution_aware: scalar,
    "IsStateModelAware" => is_state_model_aware: scalar,
    "EnforceStateTransitions" => enforce_state_transitions: scalar,
    "ChangeTrackingEnabled" => change_tracking_enabled: scalar,
    "IsOptimisticConcurrencyEnabled" => is_optimistic_concurrency_enabled: scalar,
    "IsEnabledForExternalChannels" => is_enabled_for_external_channels: scalar,
    "SyncToExternalSearchIndex" => sync_to_external_search_index: scalar,
    "IsValidForAdvancedFind" => is_valid_for_advanced_find: scalar,
    "HasNotes" => has_notes: scalar,
    "HasActivities" => has_activities: scalar,
    "HasFeedback" => has_feedback: scalar,
    "HasEmailAddresses" => has_email_addresses: scalar,
    "IsAuditEnabled" => is_audit_enabled: wrapped,
    "IsDuplicateDetectionEnabled" => is_duplicate_detection_enabled: wrapped,
    "IsCustomizable" => is_customizable: wrapped,
    "IsValidForQueue" => is_valid_for_queue: wrapped,
    "CanBeInManyToMany" => can_be_in_many_to_many: wrapped,
    "CanChangeTrackingBeEnabled" => can_change_tracking_be_enabled: wrapped,
    "CanCreateAttributes" => can_create_attributes: wrapped,
    "Attributes" => attributes: objects,
    "Keys" => keys: objects,
    "OneToManyRelationships" => one_to_many: objects,
    "ManyToOneRelationships" => many_to_one: objects,
    "ManyToManyRelationships" => many_to_many: objects,
}

object! {
    RawKey, "an object describing an alternate key",
    lacks |key| key.logical_name.is_empty().then_some("LogicalName");
    "LogicalName" => logical_name: required,
    "SchemaName" => schema_name: scalar,
    "MetadataId" => metadata_id: scalar,
    "EntityLogicalName" => entity_logical_name: scalar,
    "KeyAttributes" => key_attributes: scalars,
    "EntityKeyIndexStatus" => index_status: scalar,
    "IsManaged" => is_managed: scalar,
    "DisplayName" => display_name: label,
}

/// Forgets `IsValidODataAttribute` where it is false for every column of a table.
///
/// `RetrieveMetadataChanges` answers `false`, not `null`, for that property if it wasn't asked for. A real table
/// always has a valid column, its id, so "no" everywhere can only mean "not asked": taken at its word it would
/// leave the table without columns.
pub(super) fn forget_unrequested_odata_flags(attributes: &mut [RawAttribute<'_>]) {
    if attributes
        .iter()
        .all(|attribute| attribute.is_valid_odata_attribute == Some(false))
    {
        for attribute in attributes {
            attribute.is_valid_odata_attribute = None;
        }
    }
}
