//! The entity container: entity sets and imports.

use super::document::{Binding, EntitySet, Import};
use super::error::CsdlError;
use super::read::Reading;
use super::source::Tag;
use super::structured::take_fitting;

impl<'a> Reading<'a> {
    pub(super) fn container(&mut self, container: &Tag<'a>) -> Result<(), CsdlError> {
        let [] = self.source.attributes(container, [])?;
        while let Some(tag) = self.source.child(container)? {
            match tag.name {
                "EntitySet" => self.entity_set(&tag)?,
                "FunctionImport" => {
                    let import = self.import(&tag, "Function")?;
                    self.document.function_imports.push(import);
                }
                "ActionImport" => {
                    let import = self.import(&tag, "Action")?;
                    self.document.action_imports.push(import);
                }
                "Singleton" => {
                    self.notes
                        .add(tag.offset, "a singleton isn't supported: it was skipped");
                    self.source.skip(&tag)?;
                }
                _ => self.source.skip(&tag)?,
            }
        }
        Ok(())
    }

    fn entity_set(&mut self, tag: &Tag<'a>) -> Result<(), CsdlError> {
        let [name, entity_type] = self.source.attributes(tag, ["Name", "EntityType"])?;
        let entity_type = self.required(tag, "EntityType", entity_type)?;
        let mut read = EntitySet {
            name: self.required(tag, "Name", name)?,
            entity_type: self.scope.local(entity_type),
            ..EntitySet::default()
        };
        while let Some(child) = self.source.child(tag)? {
            if child.name == "NavigationPropertyBinding" {
                self.binding(&child, &read)?;
            } else {
                self.annotation_or_skip(&child, &mut read)?;
            }
        }
        read.bindings = take_fitting(&mut self.bindings);
        self.document.entity_sets.push(read);
        Ok(())
    }

    #[inline]
    fn binding(&mut self, tag: &Tag<'a>, of: &EntitySet<'a>) -> Result<(), CsdlError> {
        match self.source.attributes(tag, ["Path", "Target"])? {
            [Some(path), Some(target)] => self.bindings.push(Binding { path, target }),
            _ => self.notes.add(
                tag.offset,
                format!(
                    "a navigation property binding of `{}` lacks its path or target: it was skipped",
                    of.name
                ),
            ),
        }
        self.rest(tag)
    }

    fn import(&mut self, tag: &Tag<'a>, kind: &'static str) -> Result<Import<'a>, CsdlError> {
        let [name, operation] = self.source.attributes(tag, ["Name", kind])?;
        let name = self.required(tag, "Name", name)?;
        let operation = self.required(tag, kind, operation)?;
        self.rest(tag)?;
        Ok(Import {
            name,
            operation: self.scope.local(operation),
        })
    }
}
