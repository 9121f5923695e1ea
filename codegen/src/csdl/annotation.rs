//! The annotations of interest: what their terms mean, and what they say of the element they stand on.

use super::document::{
    AlternateKey, Capabilities, ComplexType, EntitySet, EntityType, EnumType, KeyPart, NavigationProperty,
    Operation, Parameter, Permission, Property, Text,
};
use super::expression::Value;
use super::scope::Vocabulary;

/// An annotation of interest.
#[derive(Debug)]
pub(super) enum Annotation<'a> {
    Description(Text<'a>),
    Computed(bool),
    Permission(Permission),
    Optional,
    AlternateKeys(Vec<AlternateKey<'a>>),
    Capabilities(Capabilities),
}

/// Whether a term is of interest at all.
pub(super) fn is_known(vocabulary: Vocabulary, term: &str) -> bool {
    match vocabulary {
        Vocabulary::Core => matches!(
            term,
            "Description" | "Computed" | "Permissions" | "OptionalParameter"
        ),
        Vocabulary::Keys => term == "AlternateKeys",
        Vocabulary::Capabilities => matches!(
            term,
            "ChangeTracking"
                | "CountRestrictions"
                | "SearchRestrictions"
                | "SkipSupported"
                | "IndexableByKey"
        ),
    }
}

/// What a term with that value says; `None` if the value isn't of the term's type.
pub(super) fn understand<'a>(
    vocabulary: Vocabulary,
    term: &str,
    mut value: Value<'a>,
) -> Option<Annotation<'a>> {
    let mut capabilities = Capabilities::default();
    match (vocabulary, term) {
        (Vocabulary::Core, "Description") => return value.into_text().map(Annotation::Description),
        (Vocabulary::Core, "Computed") => return value.as_bool().map(Annotation::Computed),
        (Vocabulary::Core, "Permissions") => {
            return value
                .into_text()
                .and_then(|text| permission(&text))
                .map(Annotation::Permission);
        }
        (Vocabulary::Core, _) => return Some(Annotation::Optional),
        (Vocabulary::Keys, _) => return alternate_keys(value).map(Annotation::AlternateKeys),
        (Vocabulary::Capabilities, "ChangeTracking") => {
            capabilities.change_tracking = Some(value.take("Supported").as_bool()?);
        }
        (Vocabulary::Capabilities, "CountRestrictions") => {
            capabilities.countable = Some(value.take("Countable").as_bool()?);
        }
        (Vocabulary::Capabilities, "SearchRestrictions") => {
            capabilities.searchable = Some(value.take("Searchable").as_bool()?);
        }
        (Vocabulary::Capabilities, "SkipSupported") => capabilities.skip_supported = Some(value.as_bool()?),
        (Vocabulary::Capabilities, _) => capabilities.indexable_by_key = Some(value.as_bool()?),
    }
    Some(Annotation::Capabilities(capabilities))
}

/// Members of `Core.PermissionType`, separated by white space.
fn permission(text: &str) -> Option<Permission> {
    let (mut read, mut write) = (false, false);
    for member in text.split_ascii_whitespace() {
        match member.rsplit('/').next() {
            Some("Read") => read = true,
            Some("Write") => write = true,
            Some("ReadWrite") => (read, write) = (true, true),
            Some("None") => {}
            _ => return None,
        }
    }
    Some(match (read, write) {
        (true, true) => Permission::ReadWrite,
        (true, false) => Permission::Read,
        (false, true) => Permission::Write,
        (false, false) => Permission::None,
    })
}

/// A collection of records with a `Key`, each a collection of records with a `Name` and an `Alias`.
fn alternate_keys(value: Value<'_>) -> Option<Vec<AlternateKey<'_>>> {
    value
        .into_items()
        .into_iter()
        .map(|mut key| key_parts(key.take("Key")))
        .collect()
}

fn key_parts(parts: Value<'_>) -> Option<AlternateKey<'_>> {
    let parts: Option<Vec<_>> = parts.into_items().into_iter().map(key_part).collect();
    parts
        .filter(|parts| !parts.is_empty())
        .map(|parts| AlternateKey { parts })
}

fn key_part(mut part: Value<'_>) -> Option<KeyPart<'_>> {
    let name = part.take("Name").into_text().filter(|name| !name.is_empty())?;
    let alias = part.take("Alias").into_text().filter(|alias| !alias.is_empty());
    Some(KeyPart {
        alias: alias.unwrap_or_else(|| name.clone()),
        name,
    })
}

/// An element that annotations can stand on.
pub(super) trait Annotated<'a> {
    /// Takes what an annotation says; returns whether it says anything of such an element.
    fn annotate(&mut self, annotation: Annotation<'a>) -> bool;
}

/// Dataverse writes an empty description where there is none.
fn said(text: Text<'_>) -> Option<Text<'_>> {
    Some(text).filter(|text| !text.is_empty())
}

/// Elements that have a description and nothing else.
macro_rules! described {
    ($($name:ident),*) => {$(
        impl<'a> Annotated<'a> for $name<'a> {
            fn annotate(&mut self, annotation: Annotation<'a>) -> bool {
                let Annotation::Description(text) = annotation else { return false };
                self.description = said(text);
                true
            }
        }
    )*};
}

described!(ComplexType, EnumType, NavigationProperty, Operation);

impl<'a> Annotated<'a> for EntityType<'a> {
    fn annotate(&mut self, annotation: Annotation<'a>) -> bool {
        match annotation {
            Annotation::Description(text) => self.description = said(text),
            Annotation::AlternateKeys(keys) => self.alternate_keys.extend(keys),
            _ => return false,
        }
        true
    }
}

impl<'a> Annotated<'a> for Property<'a> {
    fn annotate(&mut self, annotation: Annotation<'a>) -> bool {
        match annotation {
            Annotation::Description(text) => self.description = said(text),
            Annotation::Computed(computed) => self.computed = computed,
            Annotation::Permission(permission) => self.permission = Some(permission),
            _ => return false,
        }
        true
    }
}

impl<'a> Annotated<'a> for Parameter<'a> {
    fn annotate(&mut self, annotation: Annotation<'a>) -> bool {
        match annotation {
            Annotation::Description(text) => self.description = said(text),
            Annotation::Optional => self.optional = true,
            _ => return false,
        }
        true
    }
}

impl<'a> Annotated<'a> for EntitySet<'a> {
    fn annotate(&mut self, annotation: Annotation<'a>) -> bool {
        let Annotation::Capabilities(said) = annotation else {
            return false;
        };
        let own = &mut self.capabilities;
        own.change_tracking = said.change_tracking.or(own.change_tracking);
        own.countable = said.countable.or(own.countable);
        own.searchable = said.searchable.or(own.searchable);
        own.skip_supported = said.skip_supported.or(own.skip_supported);
        own.indexable_by_key = said.indexable_by_key.or(own.indexable_by_key);
        true
    }
}
