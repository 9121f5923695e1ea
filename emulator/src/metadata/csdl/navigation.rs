//! Navigation properties: lookups and collections, each with its partner at the other end.

use super::Writer;
use super::hierarchy::PRINCIPAL;
use super::wire::edm_type;
use crate::metadata::relations::{OWNER, owner_navigation};
use crate::model::Entity;
use dataverse_codegen::schema::{Collection, CollectionKind, Column, ColumnKind, Lookup, Schema, Target};
use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

/// What stands at the other end of navigation properties.
pub(super) struct Partners<'s> {
    /// The collection of a target by target, table and lookup.
    collections: HashMap<(&'s str, &'s str, &'s str), &'s str>,
    /// The navigation property of a lookup by table, lookup and target; of owner lookups the target is `owner`.
    lookups: HashMap<(&'s str, &'s str, &'s str), &'s str>,
    /// The collections tied by intersect tables, by their two tables.
    tied: HashMap<(&'s str, &'s str), Vec<&'s Collection>>,
    /// The collections of rows that are tied by what is no lookup, by the rows' table.
    bound: HashMap<&'s str, Vec<(&'s str, &'s Collection)>>,
}

impl<'s> Partners<'s> {
    pub(super) fn new(schema: &'s Schema) -> Self {
        let mut partners = Self {
            collections: HashMap::new(),
            lookups: HashMap::new(),
            tied: HashMap::new(),
            bound: HashMap::new(),
        };
        for table in schema.tables.values() {
            for collection in &table.collections {
                let (one, many) = (table.name.as_str(), collection.table.as_str());
                match &collection.kind {
                    CollectionKind::OneToMany { lookup: Some(lookup) }
                        if is_no_lookup(schema, many, lookup) =>
                    {
                        partners.bound.entry(many).or_default().push((one, collection));
                    }
                    CollectionKind::OneToMany { lookup: Some(lookup) } => {
                        partners
                            .collections
                            .entry((one, many, lookup))
                            .or_insert(&collection.name);
                    }
                    CollectionKind::OneToMany { lookup: None } => {}
                    CollectionKind::ManyToMany { .. } => {
                        partners.tied.entry((one, many)).or_default().push(collection);
                    }
                }
            }
            for column in &table.columns {
                if let ColumnKind::Lookup(lookup) = &column.kind {
                    partners.add_lookup(&table.name, &column.name, lookup);
                }
            }
        }
        partners
    }

    fn add_lookup(&mut self, table: &'s str, column: &'s str, lookup: &'s Lookup) {
        for target in &lookup.targets {
            if let Some(navigation) = &target.navigation {
                self.lookups.insert((table, column, &target.table), navigation);
            }
        }
        if let Some(navigation) = owner_navigation(lookup) {
            self.lookups.insert((table, column, OWNER), navigation);
        }
    }

    /// The navigation property of the lookup by which owners have rows.
    pub(super) fn owner_of(&self, collection: &Collection) -> Option<&'s str> {
        let CollectionKind::OneToMany { lookup: Some(lookup) } = &collection.kind else {
            return None;
        };
        let key = (collection.table.as_str(), lookup.as_str(), OWNER);
        self.lookups.get(&key).copied()
    }

    /// The other end of a table's collection.
    fn of_collection(&self, table: &str, collection: &Collection) -> Option<Cow<'s, str>> {
        match &collection.kind {
            CollectionKind::OneToMany { lookup: Some(lookup) } if self.is_bound(table, collection) => {
                Some(Cow::Owned(by_column(lookup, table)))
            }
            CollectionKind::OneToMany { lookup } => {
                let key = (collection.table.as_str(), lookup.as_deref()?, table);
                self.lookups.get(&key).copied().map(Cow::Borrowed)
            }
            CollectionKind::ManyToMany { .. } => {
                let other = self.tied.get(&(collection.table.as_str(), table))?;
                let same = |known: &&&Collection| {
                    known.kind == collection.kind
                        && known.relationship == collection.relationship
                        && (collection.table != table || known.name != collection.name)
                };
                other
                    .iter()
                    .find(same)
                    .map(|known| Cow::Borrowed(known.name.as_str()))
            }
        }
    }

    fn is_bound(&self, table: &str, collection: &Collection) -> bool {
        let bound = self.bound.get(collection.table.as_str());
        bound.is_some_and(|all| {
            all.iter()
                .any(|(one, of)| *one == table && of.name == collection.name)
        })
    }
}

/// Whether the column that ties rows is no lookup: the key that they share with the row that they belong to, or an image.
fn is_no_lookup(schema: &Schema, table: &str, column: &str) -> bool {
    let Some(table) = schema.tables.get(table) else {
        return false;
    };
    table.column(column).is_none_or(|of| match &of.kind {
        ColumnKind::Lookup(_) => false,
        kind => table.primary_id == column || edm_type(kind).as_deref() != Some("Edm.Guid"),
    })
}

/// The navigation property of a row by a column that is no lookup.
fn by_column(column: &str, table: &str) -> String {
    format!("{column}_{table}")
}

impl<'s> Writer<'s> {
    /// A table's own navigation properties.
    pub(super) fn navigation(&mut self, entity: &'s Entity) {
        let table = entity.table();
        let mut names = BTreeSet::new();
        for column in &table.columns {
            if let ColumnKind::Lookup(lookup) = &column.kind {
                self.lookup(entity, column, lookup, &mut names);
            }
        }
        for collection in &table.collections {
            if !self.hierarchy.inherits_collection(entity, collection) && names.insert(&collection.name) {
                let partner = self.partners.of_collection(&table.name, collection);
                self.collection(&collection.name, &collection.table, partner.as_deref());
            }
        }
        for (one, collection) in self
            .partners
            .bound
            .get(entity.name())
            .cloned()
            .unwrap_or_default()
        {
            let CollectionKind::OneToMany { lookup: Some(column) } = &collection.kind else {
                continue;
            };
            let name = by_column(column, one);
            if !names.contains(name.as_str()) {
                let property = table
                    .column(column)
                    .map_or(Cow::Borrowed(column.as_str()), Column::property);
                let referenced = self.catalog.primary_id(one).unwrap_or_default();
                self.single(&name, one, Some(&collection.name), Some((&property, referenced)));
            }
        }
    }

    /// The navigation properties of a lookup that the table's own type declares, with the types that they lead to.
    pub(super) fn own_lookups(
        &self,
        entity: &'s Entity,
        column: &'s Column,
        lookup: &'s Lookup,
    ) -> Vec<(&'s str, &'s str)> {
        let tables = lookup.targets.iter().map(|target| target.table.as_str());
        if let Some(navigation) = owner_navigation(lookup)
            && self.hierarchy.are_principals(tables)
        {
            let inherited = self
                .base_lookup(entity, column)
                .is_some_and(|of| owner_navigation(of) == Some(navigation));
            return if inherited {
                Vec::new()
            } else {
                vec![(navigation, PRINCIPAL)]
            };
        }
        let base = self.base_lookup(entity, column);
        let inherited = |target: &Target| {
            let known = base.into_iter().flat_map(|base| &base.targets);
            known
                .clone()
                .any(|of| of.table == target.table && of.navigation == target.navigation)
        };
        let own = lookup.targets.iter().filter(|target| !inherited(target));
        own.filter_map(|target| Some((target.navigation.as_deref()?, target.table.as_str())))
            .collect()
    }

    /// The same lookup of the base, if it is inherited.
    fn base_lookup(&self, entity: &'s Entity, column: &Column) -> Option<&'s Lookup> {
        let base = self.hierarchy.base_table(entity)?;
        match &base.column(&column.name)?.kind {
            ColumnKind::Lookup(lookup) => Some(lookup),
            _ => None,
        }
    }

    fn lookup(
        &mut self,
        entity: &'s Entity,
        column: &'s Column,
        lookup: &'s Lookup,
        names: &mut BTreeSet<&'s str>,
    ) {
        for (name, target) in self.own_lookups(entity, column, lookup) {
            if !names.insert(name) {
                continue;
            }
            let (partner, referenced) = if target == PRINCIPAL {
                (self.hierarchy.owned_by(entity.name(), &column.name), "ownerid")
            } else {
                let key = (target, entity.name(), column.name.as_str());
                let partner = self.partners.collections.get(&key).copied();
                (partner, self.catalog.primary_id(target).unwrap_or_default())
            };
            let by_inheritance =
                self.hierarchy.inherits(entity, column) || self.hierarchy.inherits_key(target);
            let told_by_name = by_inheritance && names_its_lookup(entity, column, name);
            let property = column.property();
            let constraint = (!told_by_name).then_some((&*property, referenced));
            self.single(name, target, partner, constraint);
        }
    }

    /// A navigation property to one row, with the property that holds its id and the one that it is the value of.
    fn single(&mut self, name: &str, target: &str, partner: Option<&str>, constraint: Option<(&str, &str)>) {
        self.xml
            .start("NavigationProperty")
            .attribute("Name", name)
            .attribute("Type", &format!("mscrm.{target}"))
            .attribute("Nullable", "false")
            .maybe("Partner", partner);
        if let Some((property, referenced)) = constraint {
            self.xml
                .start("ReferentialConstraint")
                .attribute("Property", property)
                .attribute("ReferencedProperty", referenced);
            self.xml.end("ReferentialConstraint");
        }
        self.xml.end("NavigationProperty");
    }

    pub(super) fn collection(&mut self, name: &str, table: &str, partner: Option<&str>) {
        self.xml
            .start("NavigationProperty")
            .attribute("Name", name)
            .attribute("Type", &format!("Collection(mscrm.{table})"))
            .maybe("Partner", partner);
        self.xml.end("NavigationProperty");
    }
}

/// Whether readers can tell by its name which lookup a navigation property without a constraint belongs to: it starts with
/// the lookup's name, with or without its `id`, and with no longer one's. The service has names that don't; the constraint
/// that it leaves out there is written here.
fn names_its_lookup(entity: &Entity, column: &Column, navigation: &str) -> bool {
    let name = navigation.to_ascii_lowercase();
    let begins = |start: &str| {
        name.strip_prefix(start)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
    };
    let columns = || {
        entity
            .table()
            .columns
            .iter()
            .filter(|of| is_lookup(of))
            .map(|of| of.name.as_str())
    };
    let found = columns()
        .filter(|of| begins(of))
        .max_by_key(|of| of.len())
        .or_else(|| {
            let short = columns().filter(|of| {
                let start = of.strip_suffix("id");
                start.is_some_and(|start| !start.is_empty() && begins(start))
            });
            short.max_by_key(|of| of.len())
        });
    found == Some(&column.name) && column.property().starts_with('_')
}

fn is_lookup(column: &Column) -> bool {
    matches!(column.kind, ColumnKind::Lookup(_)) && column.property().starts_with('_')
}
