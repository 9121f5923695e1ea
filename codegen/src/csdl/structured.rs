//! Entity types and complex types, with their properties and navigation properties.

use super::document::{ComplexType, EntityType, NavigationProperty, Property, ReferentialConstraint};
use super::error::CsdlError;
use super::read::Reading;
use super::source::Tag;

const TYPE: [&str; 4] = ["Name", "BaseType", "Abstract", "OpenType"];

/// The members of the type being read. Kept from type to type, so that they grow once and each type's copy fits exactly.
#[derive(Default)]
pub(super) struct Members<'a> {
    properties: Vec<Property<'a>>,
    navigation: Vec<NavigationProperty<'a>>,
}

impl<'a> Reading<'a> {
    pub(super) fn entity_type(&mut self, tag: &Tag<'a>) -> Result<(), CsdlError> {
        let [name, base, is_abstract, is_open] = self.source.attributes(tag, TYPE)?;
        let mut read = EntityType {
            name: self.required(tag, "Name", name)?,
            base: base.map(|base| self.scope.local(base)),
            is_abstract: self.flag(tag, "Abstract", is_abstract),
            is_open: self.flag(tag, "OpenType", is_open),
            ..EntityType::default()
        };
        while let Some(child) = self.source.child(tag)? {
            match child.name {
                "Property" => self.property(&child)?,
                "NavigationProperty" => self.navigation_property(&child)?,
                "Key" => self.key(&child, &mut read)?,
                _ => self.annotation_or_skip(&child, &mut read)?,
            }
        }
        (read.properties, read.navigation) = self.members(tag);
        self.document.entity_types.push(read);
        Ok(())
    }

    pub(super) fn complex_type(&mut self, tag: &Tag<'a>) -> Result<(), CsdlError> {
        let [name, base, is_abstract, is_open] = self.source.attributes(tag, TYPE)?;
        let mut read = ComplexType {
            name: self.required(tag, "Name", name)?,
            base: base.map(|base| self.scope.local(base)),
            is_abstract: self.flag(tag, "Abstract", is_abstract),
            is_open: self.flag(tag, "OpenType", is_open),
            ..ComplexType::default()
        };
        while let Some(child) = self.source.child(tag)? {
            match child.name {
                "Property" => self.property(&child)?,
                "NavigationProperty" => self.navigation_property(&child)?,
                _ => self.annotation_or_skip(&child, &mut read)?,
            }
        }
        (read.properties, read.navigation) = self.members(tag);
        self.document.complex_types.push(read);
        Ok(())
    }

    /// Takes the members of the type that ends.
    fn members(&mut self, of: &Tag<'a>) -> (Vec<Property<'a>>, Vec<NavigationProperty<'a>>) {
        let Members {
            mut properties,
            mut navigation,
        } = std::mem::take(&mut self.members);
        self.distinct(of, "property", &mut properties, |property| &property.name);
        self.distinct(of, "navigation property", &mut navigation, |navigation| {
            &navigation.name
        });
        let taken = (take_fitting(&mut properties), take_fitting(&mut navigation));
        self.members = Members {
            properties,
            navigation,
        };
        taken
    }

    fn key(&mut self, key: &Tag<'a>, of: &mut EntityType<'a>) -> Result<(), CsdlError> {
        while let Some(tag) = self.source.child(key)? {
            if tag.name == "PropertyRef" {
                let [name] = self.source.attributes(&tag, ["Name"])?;
                of.key.push(self.required(&tag, "Name", name)?);
                self.rest(&tag)?;
            } else {
                self.source.skip(&tag)?;
            }
        }
        Ok(())
    }

    #[inline]
    fn property(&mut self, tag: &Tag<'a>) -> Result<(), CsdlError> {
        let [name, ty, nullable] = self.source.attributes(tag, ["Name", "Type", "Nullable"])?;
        let ty = self.required(tag, "Type", ty)?;
        let mut read = Property {
            name: self.required(tag, "Name", name)?,
            ty: self.scope.type_ref(ty),
            nullable: self.facet(tag, "Nullable", nullable),
            computed: false,
            permission: None,
            description: None,
        };
        self.annotations(tag, &mut read)?;
        self.members.properties.push(read);
        Ok(())
    }

    #[inline]
    fn navigation_property(&mut self, tag: &Tag<'a>) -> Result<(), CsdlError> {
        let [name, ty, nullable, partner, contains] = self
            .source
            .attributes(tag, ["Name", "Type", "Nullable", "Partner", "ContainsTarget"])?;
        let ty = self.required(tag, "Type", ty)?;
        let mut read = NavigationProperty {
            name: self.required(tag, "Name", name)?,
            ty: self.scope.type_ref(ty),
            nullable: self.facet(tag, "Nullable", nullable),
            partner: partner.filter(|partner| !partner.is_empty()),
            contains_target: self.flag(tag, "ContainsTarget", contains),
            constraints: Vec::new(),
            description: None,
        };
        while let Some(child) = self.source.child(tag)? {
            if child.name == "ReferentialConstraint" {
                self.constraint(&child, &mut read)?;
            } else {
                self.annotation_or_skip(&child, &mut read)?;
            }
        }
        self.members.navigation.push(read);
        Ok(())
    }

    fn constraint(&mut self, tag: &Tag<'a>, of: &mut NavigationProperty<'a>) -> Result<(), CsdlError> {
        let [property, referenced] = self.source.attributes(tag, ["Property", "ReferencedProperty"])?;
        match (property, referenced) {
            (Some(property), Some(referenced)) => {
                // There is one, but for composite keys.
                of.constraints.reserve_exact(1);
                of.constraints
                    .push(ReferentialConstraint { property, referenced });
            }
            _ => self.notes.add(
                tag.offset,
                format!(
                    "a referential constraint of `{}` lacks a property: it was skipped",
                    of.name
                ),
            ),
        }
        self.rest(tag)
    }
}

/// Takes all items out, in memory that just fits them; the larger memory stays for what comes next.
#[expect(
    clippy::drain_collect,
    reason = "taking the vector would take its spare memory too"
)]
pub(super) fn take_fitting<T>(items: &mut Vec<T>) -> Vec<T> {
    items.drain(..).collect()
}
