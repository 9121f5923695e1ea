//! The entity types: definitions themselves.

use super::EntityType;

/// All entity types of definitions.
pub(in crate::metadata) const ENTITY_TYPES: &[EntityType] = &[
    EntityType {
        name: "crmmodelbaseentity",
        base: "",
        is_abstract: true,
        properties: "",
        navigation: "",
        key: "",
    },
    EntityType {
        name: "MetadataBase",
        base: "crmmodelbaseentity",
        is_abstract: true,
        properties: "MetadataId:Guid HasChanged:Boolean",
        navigation: "",
        key: "",
    },
    EntityType {
        name: "EntityMetadata",
        base: "MetadataBase",
        is_abstract: false,
        properties: "ActivityTypeMask:Int32 AutoRouteToOwnerQueue:Boolean CanTriggerWorkflow:Boolean \
        Description:Label DisplayCollectionName:Label DisplayName:Label \
        EntityHelpUrlEnabled:Boolean EntityHelpUrl:String IsDocumentManagementEnabled:Boolean \
        IsOneNoteIntegrationEnabled:Boolean IsInteractionCentricEnabled:Boolean \
        IsKnowledgeManagementEnabled:Boolean IsSLAEnabled:Boolean IsBPFEntity:Boolean \
        IsDocumentRecommendationsEnabled:Boolean IsMSTeamsIntegrationEnabled:Boolean \
        SettingOf:String DataProviderId:Guid DataSourceId:Guid AutoCreateAccessTeams:Boolean \
        IsActivity:Boolean IsActivityParty:Boolean IsAuditEnabled:BooleanManagedProperty \
        IsRetrieveAuditEnabled:Boolean IsRetrieveMultipleAuditEnabled:Boolean \
        IsArchivalEnabled:Boolean IsRetentionEnabled:Boolean IsAvailableOffline:Boolean \
        IsChildEntity:Boolean IsAIRUpdated:Boolean IsValidForQueue:BooleanManagedProperty \
        IsConnectionsEnabled:BooleanManagedProperty IconLargeName:String IconMediumName:String \
        IconSmallName:String IconVectorName:String IsCustomEntity:Boolean \
        IsBusinessProcessEnabled:Boolean IsCustomizable:BooleanManagedProperty \
        IsRenameable:BooleanManagedProperty IsMappable:BooleanManagedProperty \
        IsDuplicateDetectionEnabled:BooleanManagedProperty \
        CanCreateAttributes:BooleanManagedProperty CanCreateForms:BooleanManagedProperty \
        CanCreateViews:BooleanManagedProperty CanCreateCharts:BooleanManagedProperty \
        CanBeRelatedEntityInRelationship:BooleanManagedProperty \
        CanBePrimaryEntityInRelationship:BooleanManagedProperty \
        CanBeInManyToMany:BooleanManagedProperty \
        CanBeInCustomEntityAssociation:BooleanManagedProperty \
        CanEnableSyncToExternalSearchIndex:BooleanManagedProperty \
        SyncToExternalSearchIndex:Boolean CanModifyAdditionalSettings:BooleanManagedProperty \
        CanChangeHierarchicalRelationship:BooleanManagedProperty \
        IsOptimisticConcurrencyEnabled:Boolean ChangeTrackingEnabled:Boolean \
        CanChangeTrackingBeEnabled:BooleanManagedProperty IsImportable:Boolean \
        IsIntersect:Boolean IsMailMergeEnabled:BooleanManagedProperty IsManaged:Boolean \
        IsEnabledForCharts:Boolean IsEnabledForTrace:Boolean IsValidForAdvancedFind:Boolean \
        IsVisibleInMobile:BooleanManagedProperty IsVisibleInMobileClient:BooleanManagedProperty \
        IsReadOnlyInMobileClient:BooleanManagedProperty \
        IsOfflineInMobileClient:BooleanManagedProperty DaysSinceRecordLastModified:Int32 \
        MobileOfflineFilters:String IsReadingPaneEnabled:Boolean IsQuickCreateEnabled:Boolean \
        LogicalName:String ObjectTypeCode:Int32 OwnershipType:OwnershipTypes \
        PrimaryNameAttribute:String PrimaryImageAttribute:String PrimaryIdAttribute:String \
        Privileges:Collection(SecurityPrivilegeMetadata) RecurrenceBaseEntityLogicalName:String \
        ReportViewName:String SchemaName:String IntroducedVersion:String \
        IsStateModelAware:Boolean EnforceStateTransitions:Boolean ExternalName:String \
        EntityColor:String LogicalCollectionName:String ExternalCollectionName:String \
        CollectionSchemaName:String EntitySetName:String IsEnabledForExternalChannels:Boolean \
        IsPrivate:Boolean UsesBusinessDataLabelTable:Boolean IsLogicalEntity:Boolean \
        HasNotes:Boolean HasActivities:Boolean HasFeedback:Boolean IsSolutionAware:Boolean \
        Settings:Collection(EntitySetting) CreatedOn:DateTimeOffset ModifiedOn:DateTimeOffset \
        HasEmailAddresses:Boolean OwnerId:Guid OwnerIdType:Int32 OwningBusinessUnit:Guid \
        TableType:String",
        navigation: "Attributes:Collection(AttributeMetadata)* \
        ManyToManyRelationships:Collection(ManyToManyRelationshipMetadata) \
        ManyToOneRelationships:Collection(OneToManyRelationshipMetadata) \
        OneToManyRelationships:Collection(OneToManyRelationshipMetadata) \
        Keys:Collection(EntityKeyMetadata)*",
        key: "LogicalName",
    },
    EntityType {
        name: "AttributeMetadata",
        base: "MetadataBase",
        is_abstract: false,
        properties: "AttributeOf:String AttributeType:AttributeTypeCode \
        AttributeTypeName:AttributeTypeDisplayName ColumnNumber:Int32 Description:Label \
        DisplayName:Label DeprecatedVersion:String IntroducedVersion:String \
        EntityLogicalName:String IsAuditEnabled:BooleanManagedProperty IsCustomAttribute:Boolean \
        IsPrimaryId:Boolean IsValidODataAttribute:Boolean! IsPrimaryName:Boolean \
        IsValidForCreate:Boolean IsValidForRead:Boolean IsValidForUpdate:Boolean \
        CanBeSecuredForRead:Boolean CanBeSecuredForCreate:Boolean CanBeSecuredForUpdate:Boolean \
        IsSecured:Boolean IsRetrievable:Boolean IsFilterable:Boolean IsSearchable:Boolean \
        IsManaged:Boolean IsGlobalFilterEnabled:BooleanManagedProperty \
        IsSortableEnabled:BooleanManagedProperty LinkedAttributeId:Guid LogicalName:String \
        IsCustomizable:BooleanManagedProperty IsRenameable:BooleanManagedProperty \
        IsValidForAdvancedFind:BooleanManagedProperty IsValidForForm:Boolean \
        IsRequiredForForm:Boolean IsValidForGrid:Boolean \
        RequiredLevel:AttributeRequiredLevelManagedProperty \
        CanModifyAdditionalSettings:BooleanManagedProperty SchemaName:String ExternalName:String \
        IsLogical:Boolean IsDataSourceSecret:Boolean InheritsFrom:String \
        CreatedOn:DateTimeOffset ModifiedOn:DateTimeOffset SourceType:Int32 \
        AutoNumberFormat:String Settings:Collection(EntitySetting)",
        navigation: "",
        key: "LogicalName",
    },
    EntityType {
        name: "BigIntAttributeMetadata",
        base: "AttributeMetadata",
        is_abstract: false,
        properties: "MaxValue:Int64 MinValue:Int64",
        navigation: "",
        key: "LogicalName",
    },
    EntityType {
        name: "BooleanAttributeMetadata",
        base: "AttributeMetadata",
        is_abstract: false,
        properties: "DefaultValue:Boolean FormulaDefinition:String SourceTypeMask:Int32",
        navigation: "OptionSet:BooleanOptionSetMetadata* GlobalOptionSet:BooleanOptionSetMetadata",
        key: "LogicalName",
    },
    EntityType {
        name: "DateTimeAttributeMetadata",
        base: "AttributeMetadata",
        is_abstract: false,
        properties: "MinSupportedValue:DateTimeOffset! MaxSupportedValue:DateTimeOffset! \
        Format:DateTimeFormat ImeMode:ImeMode SourceTypeMask:Int32 FormulaDefinition:String \
        DateTimeBehavior:DateTimeBehavior CanChangeDateTimeBehavior:BooleanManagedProperty",
        navigation: "",
        key: "LogicalName",
    },
    EntityType {
        name: "DecimalAttributeMetadata",
        base: "AttributeMetadata",
        is_abstract: false,
        properties: "MaxValue:Decimal MinValue:Decimal Precision:Int32 ImeMode:ImeMode \
        FormulaDefinition:String SourceTypeMask:Int32",
        navigation: "",
        key: "LogicalName",
    },
    EntityType {
        name: "DoubleAttributeMetadata",
        base: "AttributeMetadata",
        is_abstract: false,
        properties: "ImeMode:ImeMode MaxValue:Double MinValue:Double Precision:Int32",
        navigation: "",
        key: "LogicalName",
    },
    EntityType {
        name: "EnumAttributeMetadata",
        base: "AttributeMetadata",
        is_abstract: false,
        properties: "DefaultFormValue:Int32",
        navigation: "OptionSet:OptionSetMetadata* GlobalOptionSet:OptionSetMetadata",
        key: "LogicalName",
    },
    EntityType {
        name: "EntityNameAttributeMetadata",
        base: "EnumAttributeMetadata",
        is_abstract: false,
        properties: "IsEntityReferenceStored:Boolean!",
        navigation: "",
        key: "LogicalName",
    },
    EntityType {
        name: "FileAttributeMetadata",
        base: "AttributeMetadata",
        is_abstract: false,
        properties: "MaxSizeInKB:Int32",
        navigation: "",
        key: "LogicalName",
    },
    EntityType {
        name: "ImageAttributeMetadata",
        base: "AttributeMetadata",
        is_abstract: false,
        properties: "IsPrimaryImage:Boolean MaxHeight:Int16 MaxWidth:Int16 MaxSizeInKB:Int32 \
        CanStoreFullImage:Boolean",
        navigation: "",
        key: "LogicalName",
    },
    EntityType {
        name: "IntegerAttributeMetadata",
        base: "AttributeMetadata",
        is_abstract: false,
        properties: "Format:IntegerFormat MaxValue:Int32 MinValue:Int32 FormulaDefinition:String \
        SourceTypeMask:Int32",
        navigation: "",
        key: "LogicalName",
    },
    EntityType {
        name: "LookupAttributeMetadata",
        base: "AttributeMetadata",
        is_abstract: false,
        properties: "Targets:Collection(String) Format:LookupFormat",
        navigation: "",
        key: "LogicalName",
    },
    EntityType {
        name: "ManagedPropertyAttributeMetadata",
        base: "AttributeMetadata",
        is_abstract: false,
        properties: "ManagedPropertyLogicalName:String ParentComponentType:Int32 ParentAttributeName:String \
        ValueAttributeTypeCode:AttributeTypeCode!",
        navigation: "",
        key: "LogicalName",
    },
    EntityType {
        name: "MemoAttributeMetadata",
        base: "AttributeMetadata",
        is_abstract: false,
        properties: "Format:StringFormat FormatName:MemoFormatName ImeMode:ImeMode MaxLength:Int32 \
        IsLocalizable:Boolean",
        navigation: "",
        key: "LogicalName",
    },
    EntityType {
        name: "MoneyAttributeMetadata",
        base: "AttributeMetadata",
        is_abstract: false,
        properties: "ImeMode:ImeMode MaxValue:Double MinValue:Double Precision:Int32 PrecisionSource:Int32 \
        CalculationOf:String FormulaDefinition:String SourceTypeMask:Int32 \
        IsBaseCurrency:Boolean",
        navigation: "",
        key: "LogicalName",
    },
    EntityType {
        name: "MultiSelectPicklistAttributeMetadata",
        base: "EnumAttributeMetadata",
        is_abstract: false,
        properties: "FormulaDefinition:String SourceTypeMask:Int32 ParentPicklistLogicalName:String \
        ChildPicklistLogicalNames:Collection(String)",
        navigation: "",
        key: "LogicalName",
    },
    EntityType {
        name: "PicklistAttributeMetadata",
        base: "EnumAttributeMetadata",
        is_abstract: false,
        properties: "FormulaDefinition:String SourceTypeMask:Int32 ParentPicklistLogicalName:String \
        ChildPicklistLogicalNames:Collection(String)",
        navigation: "",
        key: "LogicalName",
    },
    EntityType {
        name: "StateAttributeMetadata",
        base: "EnumAttributeMetadata",
        is_abstract: false,
        properties: "",
        navigation: "",
        key: "LogicalName",
    },
    EntityType {
        name: "StatusAttributeMetadata",
        base: "EnumAttributeMetadata",
        is_abstract: false,
        properties: "",
        navigation: "",
        key: "LogicalName",
    },
    EntityType {
        name: "StringAttributeMetadata",
        base: "AttributeMetadata",
        is_abstract: false,
        properties: "Format:StringFormat FormatName:StringFormatName ImeMode:ImeMode MaxLength:Int32 \
        YomiOf:String IsLocalizable:Boolean DatabaseLength:Int32 FormulaDefinition:String \
        SourceTypeMask:Int32",
        navigation: "",
        key: "LogicalName",
    },
    EntityType {
        name: "UniqueIdentifierAttributeMetadata",
        base: "AttributeMetadata",
        is_abstract: false,
        properties: "",
        navigation: "",
        key: "LogicalName",
    },
    EntityType {
        name: "EntityKeyMetadata",
        base: "MetadataBase",
        is_abstract: false,
        properties: "DisplayName:Label LogicalName:String SchemaName:String EntityLogicalName:String \
        KeyAttributes:Collection(String) IsCustomizable:BooleanManagedProperty IsManaged:Boolean \
        IntroducedVersion:String EntityKeyIndexStatus:EntityKeyIndexStatus! AsyncJob:Guid! \
        IsSynchronous:Boolean IsExportKey:Boolean IsSecondaryKey:Boolean",
        navigation: "",
        key: "LogicalName",
    },
    EntityType {
        name: "OptionSetMetadataBase",
        base: "MetadataBase",
        is_abstract: false,
        properties: "Description:Label DisplayName:Label IsCustomOptionSet:Boolean IsGlobal:Boolean \
        IsManaged:Boolean IsCustomizable:BooleanManagedProperty Name:String \
        ExternalTypeName:String OptionSetType:OptionSetType IntroducedVersion:String",
        navigation: "",
        key: "Name",
    },
    EntityType {
        name: "OptionSetMetadata",
        base: "OptionSetMetadataBase",
        is_abstract: false,
        properties: "Options:Collection(OptionMetadata) ParentOptionSetName:String",
        navigation: "",
        key: "Name",
    },
    EntityType {
        name: "BooleanOptionSetMetadata",
        base: "OptionSetMetadataBase",
        is_abstract: false,
        properties: "TrueOption:OptionMetadata FalseOption:OptionMetadata",
        navigation: "",
        key: "Name",
    },
    EntityType {
        name: "RelationshipMetadataBase",
        base: "MetadataBase",
        is_abstract: true,
        properties: "IsCustomRelationship:Boolean IsCustomizable:BooleanManagedProperty \
        IsValidForAdvancedFind:Boolean SchemaName:String SecurityTypes:SecurityTypes \
        IsManaged:Boolean RelationshipType:RelationshipType! IntroducedVersion:String",
        navigation: "",
        key: "SchemaName",
    },
    EntityType {
        name: "OneToManyRelationshipMetadata",
        base: "RelationshipMetadataBase",
        is_abstract: false,
        properties: "AssociatedMenuConfiguration:AssociatedMenuConfiguration \
        CascadeConfiguration:CascadeConfiguration ReferencedAttribute:String \
        ReferencedEntity:String ReferencingAttribute:String ReferencingEntity:String \
        IsHierarchical:Boolean EntityKey:String \
        RelationshipAttributes:Collection(RelationshipAttribute) \
        IsRelationshipAttributeDenormalized:Boolean \
        ReferencedEntityNavigationPropertyName:String \
        ReferencingEntityNavigationPropertyName:String RelationshipBehavior:Int32 \
        IsDenormalizedLookup:Boolean DenormalizedAttributeName:String",
        navigation: "Lookup:LookupAttributeMetadata*",
        key: "SchemaName",
    },
    EntityType {
        name: "ManyToManyRelationshipMetadata",
        base: "RelationshipMetadataBase",
        is_abstract: false,
        properties: "Entity1AssociatedMenuConfiguration:AssociatedMenuConfiguration \
        Entity2AssociatedMenuConfiguration:AssociatedMenuConfiguration Entity1LogicalName:String \
        Entity2LogicalName:String IntersectEntityName:String Entity1IntersectAttribute:String \
        Entity2IntersectAttribute:String Entity1NavigationPropertyName:String \
        Entity2NavigationPropertyName:String",
        navigation: "",
        key: "SchemaName",
    },
    EntityType {
        name: "ManagedPropertyMetadata",
        base: "MetadataBase",
        is_abstract: false,
        properties: "LogicalName:String DisplayName:Label ManagedPropertyType:ManagedPropertyType \
        Operation:ManagedPropertyOperation IsGlobalForOperation:Boolean \
        EvaluationPriority:ManagedPropertyEvaluationPriority IsPrivate:Boolean ErrorCode:Int32 \
        EnablesEntityName:String EnablesAttributeName:String Description:Label \
        IntroducedVersion:String",
        navigation: "",
        key: "LogicalName",
    },
];
