//! A CSDL document made ready for questions: which types are tables, what they inherit, what points where.

use std::collections::HashMap;

use crate::csdl::{Document, EntitySet, EntityType, NavigationProperty, TypeName};

/// The type at the root of all rows. As the type of a parameter or navigation property it means "a row of any table".
pub(super) const ANY_ROW: &str = "crmbaseentity";
/// The root of the types that describe the schema itself; what derives from it is no table.
const METADATA_ROOT: &str = "crmmodelbaseentity";
/// A chain of base types longer than this is taken for a circle.
const DEEPEST_HIERARCHY: usize = 16;

/// A document with its look-up tables.
pub(super) struct CsdlIndex<'d, 'a> {
    types: HashMap<&'d str, &'d EntityType<'a>>,
    sets: HashMap<&'d str, &'d EntitySet<'a>>,
    navigation: HashMap<(&'d str, &'d str), &'d NavigationProperty<'a>>,
    /// The tables below a type that has no entity set of its own (`principal` stands for users and teams).
    derived: HashMap<&'d str, Vec<&'d str>>,
}

impl<'d, 'a> CsdlIndex<'d, 'a> {
    pub(super) fn new(document: &'d Document<'a>) -> Self {
        let mut index = Self {
            types: HashMap::with_capacity(document.entity_types.len()),
            sets: HashMap::with_capacity(document.entity_sets.len()),
            navigation: HashMap::with_capacity(
                document.entity_types.iter().map(|t| t.navigation.len()).sum(),
            ),
            derived: HashMap::new(),
        };
        for entity_type in &document.entity_types {
            index.types.entry(&entity_type.name).or_insert(entity_type);
            for navigation in &entity_type.navigation {
                index
                    .navigation
                    .entry((&entity_type.name, &navigation.name))
                    .or_insert(navigation);
            }
        }
        for set in &document.entity_sets {
            index.sets.entry(&set.entity_type).or_insert(set);
        }
        let mut derived: HashMap<&str, Vec<&str>> = HashMap::new();
        for entity_type in &document.entity_types {
            for base in index.chain(entity_type).skip(1) {
                if index.is_table(&entity_type.name) && !index.is_table(&base.name) && base.name != ANY_ROW {
                    derived.entry(&base.name).or_default().push(&entity_type.name);
                }
            }
        }
        index.derived = derived;
        index
    }

    /// The type and its bases, nearest first.
    pub(super) fn chain(&self, entity_type: &'d EntityType<'a>) -> impl Iterator<Item = &'d EntityType<'a>> {
        let parent =
            |of: &&'d EntityType<'a>| of.base.as_deref().and_then(|base| self.types.get(base).copied());
        std::iter::successors(Some(entity_type), parent).take(DEEPEST_HIERARCHY)
    }

    /// Whether rows of the type can be asked for and the type doesn't describe the schema itself.
    pub(super) fn is_table(&self, name: &str) -> bool {
        self.sets.contains_key(name)
            && self
                .types
                .get(name)
                .is_some_and(|of| self.chain(of).all(|base| base.name != METADATA_ROOT))
    }

    /// Whether the document declares the entity type.
    pub(super) fn is_entity_type(&self, name: &str) -> bool {
        self.types.contains_key(name)
    }

    /// Whether the type describes the schema itself.
    pub(super) fn is_metadata(&self, name: &str) -> bool {
        self.types
            .get(name)
            .is_some_and(|of| self.chain(of).any(|base| base.name == METADATA_ROOT))
    }

    /// The entity set of a type.
    pub(super) fn set(&self, entity_type: &str) -> Option<&'d EntitySet<'a>> {
        self.sets.get(entity_type).copied()
    }

    /// The tables that a navigation property of this type can lead to.
    pub(super) fn tables_of<'s>(&'s self, of: &'d TypeName<'a>) -> &'s [&'d str]
    where
        'd: 's,
    {
        let TypeName::Schema(name) = of else { return &[] };
        match self.types.get_key_value(&**name) {
            Some((key, _)) if self.is_table(key) => std::slice::from_ref(key),
            _ => self.derived.get(&**name).map_or(&[], Vec::as_slice),
        }
    }

    /// A navigation property of a type, its own or an inherited one, with the type.
    pub(super) fn navigation(
        &self,
        entity_type: &str,
        name: &str,
    ) -> Option<(&'d EntityType<'a>, &'d NavigationProperty<'a>)> {
        let of = self.types.get(entity_type)?;
        self.chain(of)
            .find_map(|level| self.navigation.get(&(&*level.name, name)).copied())
            .map(|navigation| (*of, navigation))
    }
}
