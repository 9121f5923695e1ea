//! Enum types.

use super::document::{EnumMember, EnumType};
use super::error::CsdlError;
use super::read::Reading;
use super::source::Tag;
use super::types::EdmType;

impl<'a> Reading<'a> {
    pub(super) fn enum_type(&mut self, tag: &Tag<'a>) -> Result<(), CsdlError> {
        let [name, is_flags, underlying] = self
            .source
            .attributes(tag, ["Name", "IsFlags", "UnderlyingType"])?;
        let underlying = underlying.and_then(|name| EdmType::from_local_name(name.strip_prefix("Edm.")?));
        let mut read = EnumType {
            name: self.required(tag, "Name", name)?,
            is_flags: self.flag(tag, "IsFlags", is_flags),
            underlying,
            ..EnumType::default()
        };
        while let Some(child) = self.source.child(tag)? {
            if child.name == "Member" {
                self.member(&child, &mut read)?;
            } else {
                self.annotation_or_skip(&child, &mut read)?;
            }
        }
        self.distinct(tag, "enum member", &mut read.members, |member| &member.name);
        self.document.enum_types.push(read);
        Ok(())
    }

    fn member(&mut self, tag: &Tag<'a>, of: &mut EnumType<'a>) -> Result<(), CsdlError> {
        let [name, value] = self.source.attributes(tag, ["Name", "Value"])?;
        let name = self.required(tag, "Name", name)?;
        let value = match value {
            Some(value) => value.parse().ok(),
            None => of
                .members
                .last()
                .map_or(Some(0), |last| last.value.checked_add(1)),
        };
        match value {
            Some(value) => of.members.push(EnumMember { name, value }),
            None => self.notes.add(
                tag.offset,
                format!("the value of `{}.{name}` is no integer: it was skipped", of.name),
            ),
        }
        self.rest(tag)
    }
}
