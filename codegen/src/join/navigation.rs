//! Which navigation property belongs to which lookup, for the properties that CSDL declares without saying so.

use std::collections::{BTreeMap, BTreeSet};

use crate::csdl::{EdmType, EntityType, NavigationProperty, TypeName};
use crate::schema::Target;

use super::csdl_index::CsdlIndex;

/// The lookups of a table as CSDL tells them: logical name -> targets with their navigation properties.
#[derive(Default)]
pub(super) struct Lookups {
    pub(super) targets: BTreeMap<String, Vec<Target>>,
    /// Navigation properties that could not be tied to any lookup.
    pub(super) loose: Vec<String>,
}

/// The logical name of the lookup that the property holds the id of: `_parentaccountid_value` -> `parentaccountid`.
pub(super) fn lookup_of_property(property: &str) -> Option<&str> {
    property
        .strip_prefix('_')?
        .strip_suffix("_value")
        .filter(|name| !name.is_empty())
}

/// Collects the lookups of a type: what it declares itself wins over what it inherits, since the service wants the
/// navigation property of the row's own type (`regardingobjectid_account_task`, not `regardingobjectid_account`).
pub(super) fn lookups<'d, 'a>(index: &CsdlIndex<'d, 'a>, entity_type: &'d EntityType<'a>) -> Lookups {
    let levels: Vec<_> = index.chain(entity_type).collect();
    let properties = || levels.iter().flat_map(|level| &level.properties);
    let names: BTreeSet<&str> = properties()
        .filter_map(|property| lookup_of_property(&property.name))
        .collect();
    // Some lookups are plain ids: `stageid` of activities.
    let ids: BTreeSet<&str> = properties()
        .filter(|property| property.ty.name == TypeName::Edm(EdmType::Guid))
        .map(|property| &*property.name)
        .collect();
    let keys: BTreeSet<&str> = levels
        .iter()
        .flat_map(|level| &level.key)
        .map(|key| &**key)
        .collect();
    let mut found = Lookups::default();
    for level in &levels {
        for navigation in level
            .navigation
            .iter()
            .filter(|navigation| !navigation.ty.collection)
        {
            let tables = index.tables_of(&navigation.ty.name);
            if tables.is_empty() {
                continue;
            }
            let lookup = match navigation.constraints.first() {
                Some(constraint) => {
                    let property = &*constraint.property;
                    Some(lookup_of_property(property).unwrap_or(property))
                        .filter(|_| !keys.contains(property))
                }
                None => lookup_by_name(|| names.iter().copied(), &navigation.name)
                    .or_else(|| lookup_by_name(|| ids.iter().copied(), &navigation.name))
                    .filter(|name| !keys.contains(name)),
            };
            let by_key = lookup_by_name(|| keys.iter().copied(), &navigation.name).is_some();
            match lookup {
                Some(lookup) => found.add(lookup, tables, navigation),
                // `activityid_activitypointer` leads from an activity to itself as any activity: no lookup holds that.
                None if navigation.constraints.is_empty() && !by_key => {
                    found.loose.push(navigation.name.to_string());
                }
                None => {}
            }
        }
    }
    for targets in found.targets.values_mut() {
        targets.sort_by(|a, b| a.table.cmp(&b.table));
    }
    found
}

impl Lookups {
    fn add(&mut self, lookup: &str, tables: &[&str], navigation: &NavigationProperty<'_>) {
        let targets = match self.targets.get_mut(lookup) {
            Some(targets) => targets,
            None => self.targets.entry(lookup.to_owned()).or_default(),
        };
        for table in tables {
            if !targets.iter().any(|target| target.table == **table) {
                targets.push(Target {
                    table: (*table).to_owned(),
                    navigation: Some(navigation.name.to_string()),
                    ..Target::default()
                });
            }
        }
    }
}

/// The lookup that one navigation property of a type belongs to.
pub(super) fn lookup_of_navigation<'d>(
    index: &CsdlIndex<'d, '_>,
    entity_type: &'d EntityType<'_>,
    navigation: &'d NavigationProperty<'_>,
) -> Option<&'d str> {
    if let Some(constraint) = navigation.constraints.first() {
        let property = &*constraint.property;
        return Some(lookup_of_property(property).unwrap_or(property));
    }
    let properties = || index.chain(entity_type).flat_map(|level| &level.properties);
    let names = || properties().filter_map(|property| lookup_of_property(&property.name));
    let ids = || {
        properties()
            .filter(|property| property.ty.name == TypeName::Edm(EdmType::Guid))
            .map(|property| &*property.name)
    };
    let is_key = |name: &str| {
        let mut keys = index.chain(entity_type).flat_map(|level| &level.key);
        keys.any(|key| &**key == name)
    };
    // `activityid_activitypointer` leads from an activity to itself as any activity: no lookup holds that.
    lookup_by_name(names, &navigation.name)
        .or_else(|| lookup_by_name(ids, &navigation.name))
        .filter(|name| !is_key(name))
}

/// The lookup that a navigation property without a constraint belongs to. Such properties occur where the foreign key or
/// the key that it points at is inherited, and are called `<lookup>[_<target>][_<activity>]`: the longest lookup name
/// that begins the property's name is the one. `sla_task_sla` belongs to `slaid`: a name may stand without its `id`.
fn lookup_by_name<'n, I: Iterator<Item = &'n str>>(
    lookups: impl Fn() -> I,
    navigation: &str,
) -> Option<&'n str> {
    let name = navigation.to_ascii_lowercase();
    let begins = |start: &str| {
        name.strip_prefix(start)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
    };
    let longest = |matches: &dyn Fn(&str) -> bool| {
        lookups()
            .filter(|lookup| matches(lookup))
            .max_by_key(|lookup| lookup.len())
    };
    longest(&begins).or_else(|| {
        longest(&|lookup: &str| {
            lookup
                .strip_suffix("id")
                .is_some_and(|start| !start.is_empty() && begins(start))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_without_a_constraint_find_their_lookup() {
        let lookups = BTreeSet::from(["regardingobjectid", "slaid", "slainvokedid", "owner", "ownerid"]);
        let find = |name| lookup_by_name(|| lookups.iter().copied(), name);
        assert_eq!(find("regardingobjectid_account_task"), Some("regardingobjectid"));
        assert_eq!(find("slainvokedid_task_sla"), Some("slainvokedid"));
        assert_eq!(find("sla_task_sla"), Some("slaid"));
        assert_eq!(find("ownerid_task"), Some("ownerid"));
        assert_eq!(find("activityid_activitypointer"), None);
    }
}
