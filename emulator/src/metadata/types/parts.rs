//! The complex types and enumerations that definitions are made of.

use super::{ComplexType, EnumType};

/// The complex types that definitions are made of.
pub(in crate::metadata) const COMPLEX_TYPES: &[ComplexType] = &[
    ComplexType {
        name: "AssociatedMenuConfiguration",
        base: "",
        members: "Behavior:AssociatedMenuBehavior Group:AssociatedMenuGroup Label:Label Order:Int32 \
        IsCustomizable:Boolean Icon:String ViewId:Guid AvailableOffline:Boolean MenuId:String \
        QueryApi:String",
    },
    ComplexType {
        name: "AttributeRequiredLevelManagedProperty",
        base: "",
        members: "Value:AttributeRequiredLevel CanBeChanged:Boolean ManagedPropertyLogicalName:String",
    },
    ComplexType {
        name: "AttributeTypeDisplayName",
        base: "",
        members: "Value:String",
    },
    ComplexType {
        name: "BooleanManagedProperty",
        base: "",
        members: "Value:Boolean CanBeChanged:Boolean ManagedPropertyLogicalName:String",
    },
    ComplexType {
        name: "CascadeConfiguration",
        base: "",
        members: "Assign:CascadeType Delete:CascadeType Archive:CascadeType Merge:CascadeType \
        Reparent:CascadeType Share:CascadeType Unshare:CascadeType RollupView:CascadeType",
    },
    ComplexType {
        name: "DateTimeBehavior",
        base: "",
        members: "Value:String",
    },
    ComplexType {
        name: "EntitySetting",
        base: "",
        members: "Name:String Value:crmbaseentity! ChildSettings:Collection(EntitySetting)",
    },
    ComplexType {
        name: "Label",
        base: "",
        members: "LocalizedLabels:Collection(LocalizedLabel) UserLocalizedLabel:LocalizedLabel",
    },
    ComplexType {
        name: "LocalizedLabel",
        base: "",
        members: "Label:String LanguageCode:Int32 IsManaged:Boolean MetadataId:Guid HasChanged:Boolean",
    },
    ComplexType {
        name: "MemoFormatName",
        base: "",
        members: "Value:String",
    },
    ComplexType {
        name: "OptionMetadata",
        base: "",
        members: "Value:Int32 Label:Label Description:Label Color:String IsManaged:Boolean \
        ExternalValue:String ParentValues:Collection(Int32) MetadataId:Guid HasChanged:Boolean",
    },
    ComplexType {
        name: "RelationshipAttribute",
        base: "",
        members: "ReferencingAttributeName:String ReferencedAttributeName:String",
    },
    ComplexType {
        name: "SecurityPrivilegeMetadata",
        base: "",
        members: "CanBeBasic:Boolean CanBeDeep:Boolean CanBeGlobal:Boolean CanBeLocal:Boolean \
        CanBeEntityReference:Boolean CanBeParentEntityReference:Boolean Name:String \
        PrivilegeId:Guid PrivilegeType:PrivilegeType",
    },
    ComplexType {
        name: "StateOptionMetadata",
        base: "OptionMetadata",
        members: "DefaultStatus:Int32 InvariantName:String",
    },
    ComplexType {
        name: "StatusOptionMetadata",
        base: "OptionMetadata",
        members: "State:Int32 TransitionData:String",
    },
    ComplexType {
        name: "StringFormatName",
        base: "",
        members: "Value:String",
    },
];

/// The enumerations that definitions use.
pub(in crate::metadata) const ENUM_TYPES: &[EnumType] = &[
    EnumType {
        name: "AssociatedMenuBehavior",
        flags: false,
        members: "UseCollectionName UseLabel DoNotDisplay",
    },
    EnumType {
        name: "AssociatedMenuGroup",
        flags: false,
        members: "Details Sales Service Marketing",
    },
    EnumType {
        name: "AttributeRequiredLevel",
        flags: false,
        members: "None SystemRequired ApplicationRequired Recommended",
    },
    EnumType {
        name: "AttributeTypeCode",
        flags: false,
        members: "Boolean Customer DateTime Decimal Double Integer Lookup Memo Money Owner PartyList \
        Picklist State Status String Uniqueidentifier CalendarRules Virtual BigInt \
        ManagedProperty EntityName",
    },
    EnumType {
        name: "CascadeType",
        flags: false,
        members: "NoCascade Cascade Active UserOwned RemoveLink Restrict",
    },
    EnumType {
        name: "DateTimeFormat",
        flags: false,
        members: "DateOnly DateAndTime",
    },
    EnumType {
        name: "EntityKeyIndexStatus",
        flags: false,
        members: "Pending InProgress Active Failed",
    },
    EnumType {
        name: "ImeMode",
        flags: false,
        members: "Auto Inactive Active Disabled",
    },
    EnumType {
        name: "IntegerFormat",
        flags: false,
        members: "None Duration TimeZone Language Locale",
    },
    EnumType {
        name: "LookupFormat",
        flags: false,
        members: "None Connection Regarding Text",
    },
    EnumType {
        name: "ManagedPropertyEvaluationPriority",
        flags: false,
        members: "None Low Normal High Essential",
    },
    EnumType {
        name: "ManagedPropertyOperation",
        flags: false,
        members: "None Create Update CreateUpdate Delete UpdateDelete=6 All",
    },
    EnumType {
        name: "ManagedPropertyType",
        flags: false,
        members: "Operation Attribute CustomEvaluator Custom",
    },
    EnumType {
        name: "OptionSetType",
        flags: false,
        members: "Picklist State Status Boolean",
    },
    EnumType {
        name: "OwnershipTypes",
        flags: true,
        members: "None UserOwned TeamOwned=2 BusinessOwned=4 OrganizationOwned=8 BusinessParented=16",
    },
    EnumType {
        name: "PrivilegeType",
        flags: false,
        members: "None Create Read Write Delete Assign Share Append AppendTo",
    },
    EnumType {
        name: "RelationshipType",
        flags: false,
        members: "OneToManyRelationship ManyToManyRelationship",
    },
    EnumType {
        name: "SecurityTypes",
        flags: true,
        members: "None Append ParentChild=2 Pointer=4 Inheritance=8",
    },
    EnumType {
        name: "StringFormat",
        flags: false,
        members: "Email Text TextArea Url TickerSymbol PhoneticGuide VersionNumber Phone Json RichText",
    },
];
