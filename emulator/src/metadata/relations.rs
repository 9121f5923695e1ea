//! The relationships of a schema, gathered from its lookups and collections.

use crate::model::Model;
use dataverse_codegen::schema::{
    Cascade, Collection, CollectionKind, ColumnKind, Lookup, LookupKind, Schema, Target,
};
use std::collections::HashMap;

/// The table that owner lookups are related to. No rows of it exist: they are users and teams.
pub(super) const OWNER: &str = "owner";

/// A lookup of one table to another, with the collection at its other end.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct OneToMany {
    /// The schema name.
    pub(super) name: String,
    /// The table with the lookup.
    pub(super) referencing: String,
    /// The lookup.
    pub(super) column: String,
    /// The table that it points at.
    pub(super) referenced: String,
    /// The lookup's navigation property.
    pub(super) navigation: Option<String>,
    /// The collection's navigation property, where the schema knows it.
    pub(super) collection: Option<String>,
    /// What is passed on.
    pub(super) cascade: Option<Cascade>,
    /// Whether it is the table's hierarchy.
    pub(super) hierarchical: bool,
}

/// Rows tied by an intersect table.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ManyToMany {
    /// The schema name.
    pub(super) name: String,
    /// The intersect table.
    pub(super) intersect: Option<String>,
    /// Both tables, with their collections.
    pub(super) sides: [Side; 2],
}

/// One end of a many-to-many relationship.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Side {
    /// The table.
    pub(super) table: String,
    /// Its collection of the other's rows, where the schema knows it.
    pub(super) collection: Option<String>,
}

impl ManyToMany {
    /// The intersect table's columns: called after the tables; between rows of one table they end in `one` and `two`.
    pub(super) fn columns(&self) -> [String; 2] {
        let [one, two] = &self.sides;
        if one.table == two.table {
            [format!("{}idone", one.table), format!("{}idtwo", two.table)]
        } else {
            [format!("{}id", one.table), format!("{}id", two.table)]
        }
    }
}

/// All relationships that have a name.
#[derive(Debug, Default)]
pub(super) struct Relations {
    one_to_many: Vec<OneToMany>,
    many_to_many: Vec<ManyToMany>,
    by_referencing: HashMap<String, Vec<usize>>,
    by_referenced: HashMap<String, Vec<usize>>,
    by_side: HashMap<String, Vec<usize>>,
}

impl Relations {
    /// Gathers the relationships of a model.
    pub(super) fn new(model: &Model) -> Self {
        let schema = model.schema();
        let mut all = Self::default();
        let collections = named_collections(schema);
        for table in schema.tables.values() {
            for column in &table.columns {
                if let ColumnKind::Lookup(lookup) = &column.kind {
                    all.add_lookup(schema, &collections, &table.name, &column.name, lookup);
                }
            }
        }
        all.add_many_to_many(schema);
        for (at, relation) in all.one_to_many.iter().enumerate() {
            let (many, one) = (relation.referencing.clone(), relation.referenced.clone());
            all.by_referencing.entry(many).or_default().push(at);
            all.by_referenced.entry(one).or_default().push(at);
        }
        for (at, relation) in all.many_to_many.iter().enumerate() {
            let [one, two] = &relation.sides;
            all.by_side.entry(one.table.clone()).or_default().push(at);
            if one.table != two.table {
                all.by_side.entry(two.table.clone()).or_default().push(at);
            }
        }
        all
    }

    fn add_lookup(
        &mut self,
        schema: &Schema,
        collections: &NamedCollections<'_>,
        table: &str,
        column: &str,
        lookup: &Lookup,
    ) {
        for target in &lookup.targets {
            if let Some(name) = &target.relationship {
                let collection = collections
                    .get(&(target.table.as_str(), name.as_str()))
                    .filter(|collection| collection.table == table && is_one_to_many(collection));
                self.one_to_many.push(OneToMany {
                    name: name.clone(),
                    referencing: table.to_owned(),
                    column: column.to_owned(),
                    referenced: target.table.clone(),
                    navigation: target.navigation.clone(),
                    collection: collection.map(|collection| collection.name.clone()),
                    cascade: target.cascade.clone(),
                    hierarchical: target.hierarchical,
                });
            }
        }
        if lookup.kind == LookupKind::Owner
            && let Some(navigation) = owner_navigation(lookup)
        {
            let collection = owner_collection(schema, table, column, lookup);
            self.one_to_many.push(OneToMany {
                name: collection.map_or_else(|| format!("owner_{table}"), str::to_owned),
                referencing: table.to_owned(),
                column: column.to_owned(),
                referenced: OWNER.to_owned(),
                navigation: Some(navigation.to_owned()),
                collection: collection.map(str::to_owned),
                cascade: None,
                hierarchical: false,
            });
        }
    }

    fn add_many_to_many(&mut self, schema: &Schema) {
        let mut known: HashMap<&str, usize> = HashMap::new();
        for table in schema.tables.values() {
            for collection in &table.collections {
                let (CollectionKind::ManyToMany { intersect }, Some(name)) =
                    (&collection.kind, &collection.relationship)
                else {
                    continue;
                };
                if let Some(&at) = known.get(name.as_str())
                    && self.many_to_many[at].complete(&table.name, collection)
                {
                    continue;
                }
                known.insert(name, self.many_to_many.len());
                let own = Side {
                    table: table.name.clone(),
                    collection: Some(collection.name.clone()),
                };
                let other = Side {
                    table: collection.table.clone(),
                    collection: None,
                };
                let turned = table.name == collection.table && collection.name.starts_with("Referenced");
                self.many_to_many.push(ManyToMany {
                    name: name.clone(),
                    intersect: intersect.clone(),
                    sides: if turned { [other, own] } else { [own, other] },
                });
            }
        }
    }

    /// All lookups' relationships.
    pub(super) fn all_one_to_many(&self) -> &[OneToMany] {
        &self.one_to_many
    }

    /// All relationships by intersect tables.
    pub(super) fn all_many_to_many(&self) -> &[ManyToMany] {
        &self.many_to_many
    }

    /// The relationships of a table's lookups.
    pub(super) fn many_to_one_of(&self, table: &str) -> impl Iterator<Item = &OneToMany> {
        let at = self.by_referencing.get(table).map_or(&[][..], Vec::as_slice);
        at.iter().map(|at| &self.one_to_many[*at])
    }

    /// The relationships of the lookups that point at a table.
    pub(super) fn one_to_many_of(&self, table: &str) -> impl Iterator<Item = &OneToMany> {
        let at = self.by_referenced.get(table).map_or(&[][..], Vec::as_slice);
        at.iter().map(|at| &self.one_to_many[*at])
    }

    /// The relationships by intersect tables that a table takes part in.
    pub(super) fn many_to_many_of(&self, table: &str) -> impl Iterator<Item = &ManyToMany> {
        let at = self.by_side.get(table).map_or(&[][..], Vec::as_slice);
        at.iter().map(|at| &self.many_to_many[*at])
    }
}

impl ManyToMany {
    /// Takes over the other side's collection, if it is that.
    fn complete(&mut self, table: &str, collection: &Collection) -> bool {
        let [one, two] = &mut self.sides;
        let (open, full) = if one.collection.is_none() {
            (one, two)
        } else {
            (two, one)
        };
        let fits = open.collection.is_none() && open.table == table && full.table == collection.table;
        if fits {
            open.collection = Some(collection.name.clone());
        }
        fits
    }
}

type NamedCollections<'s> = HashMap<(&'s str, &'s str), &'s Collection>;

/// The collections that name their relationship, by table and relationship.
fn named_collections(schema: &Schema) -> NamedCollections<'_> {
    let mut named = HashMap::new();
    for table in schema.tables.values() {
        for collection in table.collections.iter().filter(|of| is_one_to_many(of)) {
            if let Some(relationship) = &collection.relationship {
                named
                    .entry((table.name.as_str(), relationship.as_str()))
                    .or_insert(collection);
            }
        }
    }
    named
}

fn is_one_to_many(collection: &Collection) -> bool {
    matches!(collection.kind, CollectionKind::OneToMany { .. })
}

/// The navigation property of a lookup of owners: one leads to users and teams alike, by no relationship of theirs. Lookups
/// of another kind can be such too (`principalid`).
pub(super) fn owner_navigation(lookup: &Lookup) -> Option<&str> {
    let (first, rest) = lookup.targets.split_first()?;
    let alike = |target: &Target| target.relationship.is_none() && target.navigation == first.navigation;
    let several = lookup.kind == LookupKind::Owner || !rest.is_empty();
    let owner = several && alike(first) && rest.iter().all(alike);
    first.navigation.as_deref().filter(|_| owner)
}

/// The collection of what users and teams own, by an owner lookup.
pub(super) fn owner_collection<'s>(
    schema: &'s Schema,
    table: &str,
    column: &str,
    lookup: &Lookup,
) -> Option<&'s str> {
    let tables = lookup
        .targets
        .iter()
        .filter_map(|target| schema.tables.get(&target.table));
    tables
        .flat_map(|owner| &owner.collections)
        .find(|collection| {
            collection.relationship.is_none() && collection.table == table && ties(collection, column)
        })
        .map(|collection| collection.name.as_str())
}

/// Whether the collection's rows are tied by that lookup of theirs.
pub(super) fn ties(collection: &Collection, column: &str) -> bool {
    matches!(&collection.kind, CollectionKind::OneToMany { lookup: Some(lookup) } if lookup == column)
}
