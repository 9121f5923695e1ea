//! Relationships.

use super::{RawLabel, Text};

/// A one-to-many relationship (`OneToManyRelationshipMetadata`), seen from either side.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RawOneToMany<'a> {
    /// `SchemaName`.
    pub schema_name: Option<Text<'a>>,
    /// `MetadataId`.
    pub metadata_id: Option<Text<'a>>,
    /// `ReferencedEntity`: the "one" side.
    pub referenced_entity: Option<Text<'a>>,
    /// `ReferencedAttribute`.
    pub referenced_attribute: Option<Text<'a>>,
    /// `ReferencedEntityNavigationPropertyName`: the collection on the "one" side.
    pub referenced_navigation: Option<Text<'a>>,
    /// `ReferencingEntity`: the "many" side, which has the lookup.
    pub referencing_entity: Option<Text<'a>>,
    /// `ReferencingAttribute`: the lookup's column.
    pub referencing_attribute: Option<Text<'a>>,
    /// `ReferencingEntityNavigationPropertyName`: the lookup's navigation property, in its authoritative case.
    pub referencing_navigation: Option<Text<'a>>,
    /// `IsCustomRelationship`.
    pub is_custom: Option<bool>,
    /// `IsManaged`.
    pub is_managed: Option<bool>,
    /// `IsHierarchical`.
    pub is_hierarchical: Option<bool>,
    /// `IsValidForAdvancedFind`.
    pub is_valid_for_advanced_find: Option<bool>,
    /// `SecurityTypes`.
    pub security_types: Option<Text<'a>>,
    /// `EntityKey`.
    pub entity_key: Option<Text<'a>>,
    /// `CascadeConfiguration`.
    pub cascade: Option<RawCascade<'a>>,
    /// `AssociatedMenuConfiguration.Label`.
    pub menu_label: RawLabel<'a>,
}

/// What happens to the "many" side (`CascadeConfiguration`): `NoCascade`, `Cascade`, `Active`, `UserOwned`,
/// `RemoveLink`, `Restrict`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RawCascade<'a> {
    /// `Assign`.
    pub assign: Option<Text<'a>>,
    /// `Delete`.
    pub delete: Option<Text<'a>>,
    /// `Merge`.
    pub merge: Option<Text<'a>>,
    /// `Reparent`.
    pub reparent: Option<Text<'a>>,
    /// `Share`.
    pub share: Option<Text<'a>>,
    /// `Unshare`.
    pub unshare: Option<Text<'a>>,
    /// `RollupView`.
    pub rollup_view: Option<Text<'a>>,
    /// `Archive`.
    pub archive: Option<Text<'a>>,
}

/// A many-to-many relationship (`ManyToManyRelationshipMetadata`).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RawManyToMany<'a> {
    /// `SchemaName`.
    pub schema_name: Option<Text<'a>>,
    /// `MetadataId`.
    pub metadata_id: Option<Text<'a>>,
    /// `IntersectEntityName`: the table between the two.
    pub intersect_entity: Option<Text<'a>>,
    /// `Entity1LogicalName`.
    pub entity1: Option<Text<'a>>,
    /// `Entity1IntersectAttribute`.
    pub entity1_attribute: Option<Text<'a>>,
    /// `Entity1NavigationPropertyName`.
    pub entity1_navigation: Option<Text<'a>>,
    /// `Entity1AssociatedMenuConfiguration.Label`.
    pub entity1_menu_label: RawLabel<'a>,
    /// `Entity2LogicalName`.
    pub entity2: Option<Text<'a>>,
    /// `Entity2IntersectAttribute`.
    pub entity2_attribute: Option<Text<'a>>,
    /// `Entity2NavigationPropertyName`.
    pub entity2_navigation: Option<Text<'a>>,
    /// `Entity2AssociatedMenuConfiguration.Label`.
    pub entity2_menu_label: RawLabel<'a>,
    /// `IsCustomRelationship`.
    pub is_custom: Option<bool>,
    /// `IsManaged`.
    pub is_managed: Option<bool>,
    /// `IsValidForAdvancedFind`.
    pub is_valid_for_advanced_find: Option<bool>,
    /// `SecurityTypes`.
    pub security_types: Option<Text<'a>>,
}
