//! Tables (`EntityMetadata`).

use super::{LONG_AGO, managed, simple};
use crate::metadata::catalog::Catalog;
use crate::metadata::node::{Members, Value};
use dataverse_codegen::schema::{Table, TableType};
use uuid::Uuid;

pub(super) fn members<'s>(
    catalog: Catalog<'s>,
    table: &'s Table,
    id: Uuid,
) -> (&'static str, usize, Members<'s>) {
    let mut members = capabilities(table);
    members.extend(names(table));
    members.extend(traits(catalog, table));
    let first = members.len();
    members.extend([
        ("Description", Value::Label(&table.description, id, "Description")),
        (
            "DisplayCollectionName",
            Value::Label(&table.plural_label, id, "DisplayCollectionName"),
        ),
        ("DisplayName", Value::Label(&table.label, id, "DisplayName")),
    ]);
    members.extend(locks(table));
    members.extend([
        ("Privileges", Value::List(Vec::new())),
        ("Settings", Value::List(Vec::new())),
    ]);
    ("EntityMetadata", first, members)
}

/// What stands before the names.
fn capabilities(table: &Table) -> Members<'_> {
    let facts = &table.facts;
    let no = || Value::Bool(false);
    simple(
        [
            ("ActivityTypeMask", Value::int(facts.activity.map(i64::from))),
            ("AutoRouteToOwnerQueue", no()),
            ("CanTriggerWorkflow", Value::Bool(true)),
            ("EntityHelpUrlEnabled", no()),
            ("EntityHelpUrl", Value::Null),
            ("IsDocumentManagementEnabled", no()),
            ("IsOneNoteIntegrationEnabled", no()),
            ("IsInteractionCentricEnabled", no()),
            ("IsKnowledgeManagementEnabled", no()),
            ("IsSLAEnabled", no()),
            ("IsBPFEntity", Value::Null),
            ("IsDocumentRecommendationsEnabled", no()),
            ("IsMSTeamsIntegrationEnabled", no()),
            ("SettingOf", Value::Null),
            ("DataProviderId", Value::Null),
            ("DataSourceId", Value::Null),
            ("AutoCreateAccessTeams", no()),
            ("IsActivity", Value::flag(facts.activity)),
            ("IsActivityParty", Value::flag(facts.activity_party)),
            ("IsRetrieveAuditEnabled", no()),
            ("IsRetrieveMultipleAuditEnabled", no()),
            ("IsArchivalEnabled", no()),
            ("IsRetentionEnabled", no()),
            ("IsAvailableOffline", no()),
            ("IsChildEntity", Value::Null),
            ("IsAIRUpdated", Value::Null),
            ("IconLargeName", Value::Null),
            ("IconMediumName", Value::Null),
            ("IconSmallName", Value::Null),
            ("IconVectorName", Value::Null),
            ("IsCustomEntity", Value::flag(facts.custom)),
            ("IsBusinessProcessEnabled", no()),
            ("SyncToExternalSearchIndex", no()),
            (
                "IsOptimisticConcurrencyEnabled",
                Value::flag(facts.optimistic_concurrency),
            ),
            ("ChangeTrackingEnabled", Value::flag(facts.change_tracking)),
            ("IsImportable", Value::Bool(true)),
            ("IsIntersect", Value::flag(facts.intersect)),
            ("IsManaged", Value::Null),
            ("IsEnabledForCharts", no()),
            ("IsEnabledForTrace", no()),
            ("IsValidForAdvancedFind", Value::Bool(true)),
            ("DaysSinceRecordLastModified", Value::Int(0)),
            ("MobileOfflineFilters", Value::Null),
            ("IsReadingPaneEnabled", Value::Bool(true)),
            ("IsQuickCreateEnabled", no()),
        ],
        72,
    )
}

fn names(table: &Table) -> Members<'_> {
    let set = || Value::text(table.entity_set.as_deref());
    simple(
        [
            ("LogicalName", Value::text(Some(&table.name))),
            ("ObjectTypeCode", Value::Null),
            (
                "OwnershipType",
                table
                    .ownership
                    .as_deref()
                    .map_or(Value::Null, |word| Value::Word(word.into())),
            ),
            ("PrimaryNameAttribute", Value::text(table.primary_name.as_deref())),
            (
                "PrimaryImageAttribute",
                Value::text(table.primary_image.as_deref()),
            ),
            ("PrimaryIdAttribute", Value::text(Some(&table.primary_id))),
            ("RecurrenceBaseEntityLogicalName", Value::Null),
            ("ReportViewName", Value::Null),
            ("SchemaName", Value::text(table.schema_name.as_deref())),
            ("IntroducedVersion", Value::Null),
            ("IsStateModelAware", Value::Null),
            (
                "EnforceStateTransitions",
                Value::flag(table.facts.enforces_transitions),
            ),
            ("ExternalName", Value::Null),
            ("EntityColor", Value::Null),
            ("LogicalCollectionName", set()),
            ("ExternalCollectionName", Value::Null),
            ("CollectionSchemaName", Value::Null),
            ("EntitySetName", set()),
        ],
        0,
    )
}

fn traits<'s>(catalog: Catalog<'s>, table: &'s Table) -> Members<'s> {
    let facts = &table.facts;
    let known = catalog.model.schema().tables.contains_key(&table.name);
    let flag = |value: bool| if known { Value::Bool(value) } else { Value::Null };
    simple(
        [
            ("IsEnabledForExternalChannels", flag(false)),
            ("IsPrivate", flag(false)),
            ("UsesBusinessDataLabelTable", flag(false)),
            ("IsLogicalEntity", flag(false)),
            ("HasNotes", Value::flag(facts.notes)),
            ("HasActivities", Value::flag(facts.activities)),
            ("HasFeedback", flag(false)),
            ("IsSolutionAware", Value::flag(facts.solution_aware)),
            ("CreatedOn", LONG_AGO),
            ("ModifiedOn", LONG_AGO),
            ("HasEmailAddresses", Value::Null),
            ("OwnerId", Value::Null),
            ("OwnerIdType", Value::Null),
            ("OwningBusinessUnit", Value::Null),
            (
                "TableType",
                Value::text(table.table_type.as_ref().map(TableType::as_str)),
            ),
        ],
        0,
    )
}

/// The properties that a publisher may lock.
fn locks(table: &Table) -> Members<'_> {
    let duplicates = table.facts.duplicate_detection.map_or(Value::Null, |on| {
        managed(on, "canmodifyduplicatedetectionsettings")
    });
    simple(
        [
            ("IsAuditEnabled", managed(false, "canmodifyauditsettings")),
            ("IsValidForQueue", managed(false, "canmodifyqueuesettings")),
            (
                "IsConnectionsEnabled",
                managed(false, "canmodifyconnectionsettings"),
            ),
            ("IsCustomizable", managed(true, "iscustomizable")),
            ("IsRenameable", managed(true, "isrenameable")),
            ("IsMappable", managed(true, "ismappable")),
            ("IsDuplicateDetectionEnabled", duplicates),
            ("CanCreateAttributes", managed(true, "cancreateattributes")),
            ("CanCreateForms", managed(true, "cancreateforms")),
            ("CanCreateViews", managed(true, "cancreateviews")),
            ("CanCreateCharts", managed(true, "cancreatecharts")),
            (
                "CanBeRelatedEntityInRelationship",
                managed(true, "canberelatedentityinrelationship"),
            ),
            (
                "CanBePrimaryEntityInRelationship",
                managed(true, "canbeprimaryentityinrelationship"),
            ),
            ("CanBeInManyToMany", managed(true, "canbeinmanytomany")),
            (
                "CanBeInCustomEntityAssociation",
                managed(true, "canbeincustomentityassociation"),
            ),
            (
                "CanEnableSyncToExternalSearchIndex",
                managed(true, "canenablesynctoexternalsearchindex"),
            ),
            (
                "CanModifyAdditionalSettings",
                managed(true, "canmodifyadditionalsettings"),
            ),
            (
                "CanChangeHierarchicalRelationship",
                managed(true, "canchangehierarchicalrelationship"),
            ),
            (
                "CanChangeTrackingBeEnabled",
                managed(true, "canchangetrackingbeenabled"),
            ),
            ("IsMailMergeEnabled", managed(false, "canmodifymailmergesettings")),
            ("IsVisibleInMobile", managed(false, "canmodifymobilevisibility")),
            (
                "IsVisibleInMobileClient",
                managed(false, "canmodifymobileclientvisibility"),
            ),
            (
                "IsReadOnlyInMobileClient",
                managed(false, "canmodifymobileclientreadonly"),
            ),
            (
                "IsOfflineInMobileClient",
                managed(false, "canmodifymobileclientoffline"),
            ),
        ],
        2,
    )
}
