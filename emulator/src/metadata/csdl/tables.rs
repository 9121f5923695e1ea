//! The types of tables: keys, properties, navigation properties, alternate keys.

use super::Writer;
use super::hierarchy::{ACTIVITY, PRINCIPAL, ROOT, base};
use super::wire::edm_type;
use crate::model::Entity;
use dataverse_codegen::schema::{Column, Table};
use std::borrow::Cow;

impl<'s> Writer<'s> {
    /// The types of all tables, after those that they extend.
    pub(super) fn tables(&mut self) {
        self.xml
            .start("EntityType")
            .attribute("Name", ROOT)
            .attribute("Abstract", "true");
        self.xml.end("EntityType");
        self.xml
            .start("EntityType")
            .attribute("Name", "expando")
            .attribute("BaseType", "mscrm.crmbaseentity")
            .attribute("OpenType", "true");
        self.xml.end("EntityType");
        for (name, key) in self.hierarchy.bare.clone() {
            self.bare(name, key);
        }
        for entity in self.catalog.model.entities() {
            self.table(entity);
        }
    }

    /// A type that other tables extend, and that is no table itself.
    fn bare(&mut self, name: &str, key: &str) {
        self.xml
            .start("EntityType")
            .attribute("Name", name)
            .attribute("BaseType", "mscrm.crmbaseentity")
            .attribute("Abstract", "true");
        self.key(key);
        if !key.is_empty() {
            self.xml
                .start("Property")
                .attribute("Name", key)
                .attribute("Type", "Edm.Guid");
            self.xml.end("Property");
        }
        if name == PRINCIPAL {
            for collection in self.hierarchy.owned().to_vec() {
                let partner = self.partners.owner_of(collection);
                self.collection(&collection.name, &collection.table, partner);
            }
        }
        self.xml.end("EntityType");
    }

    fn key(&mut self, property: &str) {
        if property.is_empty() {
            return;
        }
        self.xml.start("Key");
        self.xml.start("PropertyRef").attribute("Name", property);
        self.xml.end("PropertyRef");
        self.xml.end("Key");
    }

    fn table(&mut self, entity: &'s Entity) {
        let table = entity.table();
        let base = base(entity);
        self.xml
            .start("EntityType")
            .attribute("Name", &table.name)
            .attribute("BaseType", &format!("mscrm.{base}"))
            .flag("Abstract", table.name == ACTIVITY);
        let by_owner = entity.is_referred() && base == PRINCIPAL;
        let key = table.csdl_key.as_deref().unwrap_or(&table.primary_id);
        self.key(if by_owner { "ownerid" } else { key });
        for column in &table.columns {
            if !self.hierarchy.inherits(entity, column) {
                self.property(column);
            }
        }
        self.navigation(entity);
        self.description(&table.description);
        self.alternate_keys(table.keys.iter().map(|key| {
            let parts = key.columns.iter().map(|name| property_of(table, name));
            parts.collect()
        }));
        self.xml.end("EntityType");
    }

    fn property(&mut self, column: &Column) {
        let Some(edm) = edm_type(&column.kind) else { return };
        self.xml
            .start("Property")
            .attribute("Name", &column.property())
            .attribute("Type", &edm)
            .maybe("Unicode", (edm == "Edm.String").then_some("false"))
            .maybe("Scale", (edm == "Edm.Decimal").then_some("Variable"));
        self.description(&column.description);
        let read_only = column
            .access
            .is_some_and(|access| !access.create && !access.update);
        if self.annotations && read_only {
            self.read_only();
        }
        self.xml.end("Property");
    }

    fn read_only(&mut self) {
        self.xml
            .start("Annotation")
            .attribute("Term", "Org.OData.Core.V1.Permissions");
        self.xml
            .start("EnumMember")
            .text("Org.OData.Core.V1.PermissionType/Read");
        self.xml.end("EnumMember");
        self.xml.end("Annotation");
    }
}

/// The property of a column, which may not be there.
fn property_of<'s>(table: &'s Table, column: &'s str) -> Cow<'s, str> {
    table
        .column(column)
        .map_or(Cow::Borrowed(column), Column::property)
}
