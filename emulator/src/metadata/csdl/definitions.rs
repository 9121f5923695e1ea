//! The types of definitions, complex types and enumerations.

use super::Writer;
use super::declared::{Declared, declared_type};
use crate::metadata::types::{self, ComplexType, EntityType, EnumType};
use dataverse_codegen::schema;
use std::borrow::Cow;

impl<'s> Writer<'s> {
    /// The entity types of definitions.
    pub(super) fn definition_types(&mut self) {
        for of in types::ENTITY_TYPES {
            self.definition_type(of);
        }
    }

    fn definition_type(&mut self, of: &EntityType) {
        let base = (!of.base.is_empty()).then(|| format!("mscrm.{}", of.base));
        self.xml
            .start("EntityType")
            .attribute("Name", of.name)
            .maybe("BaseType", base.as_deref())
            .flag("Abstract", of.is_abstract);
        if of.name == "MetadataBase" {
            self.xml.start("Key");
            self.xml.start("PropertyRef").attribute("Name", "MetadataId");
            self.xml.end("PropertyRef");
            self.xml.end("Key");
        }
        for member in of.properties.split_ascii_whitespace() {
            self.static_member("Property", Declared::of(member));
        }
        for member in of.navigation.split_ascii_whitespace() {
            self.static_member("NavigationProperty", Declared::of(member));
        }
        let key = (!of.key.is_empty()).then(|| vec![Cow::Borrowed(of.key)]);
        self.alternate_keys(key.into_iter());
        self.xml.end("EntityType");
    }

    fn static_member(&mut self, element: &str, member: Declared<'_>) {
        let single = element == "NavigationProperty" && !member.ty.starts_with("Collection(");
        let ty = declared_type(member.ty);
        self.xml
            .start(element)
            .attribute("Name", member.name)
            .attribute("Type", &ty)
            .maybe("Nullable", (member.never_null || single).then_some("false"))
            .maybe("Unicode", ty.contains("Edm.String").then_some("false"))
            .maybe("Scale", (ty == "Edm.Decimal").then_some("Variable"))
            .flag("ContainsTarget", member.contained);
        self.xml.end(element);
    }

    /// The schema's complex types, and those of definitions that the schema doesn't have.
    pub(super) fn complex_types(&mut self) {
        let schema = self.catalog.model.schema();
        for of in schema.complex_types.values() {
            self.complex_type(of);
        }
        let own = |of: &&ComplexType| {
            // A type that extended one of the schema's would come back as one that operations may use.
            let known = |name: &str| schema.complex_types.contains_key(name);
            !known(of.name) && !known(of.base)
        };
        for of in types::COMPLEX_TYPES.iter().filter(own) {
            let base = (!of.base.is_empty()).then(|| format!("mscrm.{}", of.base));
            self.xml
                .start("ComplexType")
                .attribute("Name", of.name)
                .maybe("BaseType", base.as_deref());
            for member in of.members.split_ascii_whitespace() {
                let member = Declared::of(member);
                let row = member.ty == super::hierarchy::ROOT;
                self.static_member(if row { "NavigationProperty" } else { "Property" }, member);
            }
            self.xml.end("ComplexType");
        }
    }

    fn complex_type(&mut self, of: &schema::ComplexType) {
        let base = of.base.as_ref().map(|base| format!("mscrm.{base}"));
        self.xml
            .start("ComplexType")
            .attribute("Name", &of.name)
            .maybe("BaseType", base.as_deref())
            .flag("OpenType", of.open);
        for member in &of.members {
            self.complex_member(member);
        }
        self.xml.end("ComplexType");
    }

    /// The schema's enumerations, and those of definitions that the schema doesn't have.
    pub(super) fn enum_types(&mut self) {
        let schema = self.catalog.model.schema();
        for of in schema.enum_types.values() {
            let members = of
                .members
                .iter()
                .map(|member| (member.name.as_str(), member.value));
            self.enum_type(&of.name, of.flags, members);
        }
        let own = |of: &&EnumType| !schema.enum_types.contains_key(of.name);
        for of in types::ENUM_TYPES.iter().filter(own) {
            self.enum_type(of.name, of.flags, static_values(of.members));
        }
    }

    fn enum_type<'m>(&mut self, name: &str, flags: bool, members: impl Iterator<Item = (&'m str, i64)>) {
        self.xml
            .start("EnumType")
            .attribute("Name", name)
            .flag("IsFlags", flags);
        for (name, value) in members {
            self.xml
                .start("Member")
                .attribute("Name", name)
                .attribute("Value", &value.to_string());
            self.xml.end("Member");
        }
        self.xml.end("EnumType");
    }
}

fn static_values(members: &str) -> impl Iterator<Item = (&str, i64)> {
    let mut next = 0;
    members.split_ascii_whitespace().map(move |member| {
        let (name, value) = member.split_once('=').unwrap_or((member, ""));
        let value = value.parse().unwrap_or(next);
        next = value + 1;
        (name, value)
    })
}
