//! Which properties of relationships are read, and how.

use serde::de::MapAccess;

use super::model::{RawCascade, RawLabel, RawManyToMany, RawOneToMany};
use super::object::{Object, Property, object};

object! {
    RawOneToMany, "an object describing a one-to-many relationship";
    "SchemaName" => schema_name: scalar,
    "MetadataId" => metadata_id: scalar,
    "ReferencedEntity" => referenced_entity: scalar,
    "ReferencedAttribute" => referenced_attribute: scalar,
    "ReferencedEntityNavigationPropertyName" => referenced_navigation: scalar,
    "ReferencingEntity" => referencing_entity: scalar,
    "ReferencingAttribute" => referencing_attribute: scalar,
    "ReferencingEntityNavigationPropertyName" => referencing_navigation: scalar,
    "IsCustomRelationship" => is_custom: scalar,
    "IsManaged" => is_managed: scalar,
    "IsHierarchical" => is_hierarchical: scalar,
    "IsValidForAdvancedFind" => is_valid_for_advanced_find: scalar,
    "SecurityTypes" => security_types: scalar,
    "EntityKey" => entity_key: scalar,
    "CascadeConfiguration" => cascade: maybe,
    "AssociatedMenuConfiguration" => menu_label: menu,
}

object! {
    RawCascade, "an object describing the cascading of a relationship";
    "Assign" => assign: scalar,
    "Delete" => delete: scalar,
    "Merge" => merge: scalar,
    "Reparent" => reparent: scalar,
    "Share" => share: scalar,
    "Unshare" => unshare: scalar,
    "RollupView" => rollup_view: scalar,
    "Archive" => archive: scalar,
}

object! {
    RawManyToMany, "an object describing a many-to-many relationship";
    "SchemaName" => schema_name: scalar,
    "MetadataId" => metadata_id: scalar,
    "IntersectEntityName" => intersect_entity: scalar,
    "Entity1LogicalName" => entity1: scalar,
    "Entity1IntersectAttribute" => entity1_attribute: scalar,
    "Entity1NavigationPropertyName" => entity1_navigation: scalar,
    "Entity1AssociatedMenuConfiguration" => entity1_menu_label: menu,
    "Entity2LogicalName" => entity2: scalar,
    "Entity2IntersectAttribute" => entity2_attribute: scalar,
    "Entity2NavigationPropertyName" => entity2_navigation: scalar,
    "Entity2AssociatedMenuConfiguration" => entity2_menu_label: menu,
    "IsCustomRelationship" => is_custom: scalar,
    "IsManaged" => is_managed: scalar,
    "IsValidForAdvancedFind" => is_valid_for_advanced_find: scalar,
    "SecurityTypes" => security_types: scalar,
}

/// `AssociatedMenuConfiguration`.
#[derive(Default)]
struct Menu<'a> {
    label: RawLabel<'a>,
}

object! {
    Menu, "an object describing a menu entry";
    "Label" => label: label,
}

impl<'de, A: MapAccess<'de>> Property<'_, 'de, A> {
    /// The label of a menu entry.
    fn menu(self, target: &mut RawLabel<'de>) -> Result<(), A::Error> {
        let mut menu = Menu::default();
        self.object(&mut menu)?;
        *target = menu.label;
        Ok(())
    }
}
