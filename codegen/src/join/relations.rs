//! Relationships as definitions tell them, gathered from whichever side a body shows them.

use std::collections::HashMap;

use crate::definitions::{RawCascade, RawManyToMany, RawOneToMany};
use crate::schema::{Cascade, Collection, CollectionKind, Target};

use super::defined::text;

/// A relationship of the definitions.
#[derive(Debug, Clone)]
pub(super) enum Relation {
    /// A lookup, with the collection at its other end.
    OneToMany {
        many: String,
        lookup: String,
        target: Target,
        collection: Option<String>,
    },
    /// Rows tied by an intersect table.
    ManyToMany {
        sides: [Side; 2],
        intersect: Option<String>,
        relationship: Option<String>,
    },
}

/// One end of a many-to-many relationship: the table and its collection of the other's rows.
#[derive(Debug, Clone)]
pub(super) struct Side {
    table: String,
    collection: Option<String>,
}

impl Relation {
    pub(super) fn one_to_many(raw: &RawOneToMany<'_>) -> Option<Self> {
        Some(Self::OneToMany {
            many: text(raw.referencing_entity.as_deref())?,
            lookup: text(raw.referencing_attribute.as_deref())?,
            target: Target {
                table: text(raw.referenced_entity.as_deref())?,
                navigation: text(raw.referencing_navigation.as_deref()),
                relationship: text(raw.schema_name.as_deref()),
                cascade: raw.cascade.as_ref().map(cascade),
                hierarchical: raw.is_hierarchical == Some(true),
            },
            collection: text(raw.referenced_navigation.as_deref()),
        })
    }

    pub(super) fn many_to_many(raw: &RawManyToMany<'_>) -> Option<Self> {
        let side = |table: Option<&str>, collection: Option<&str>| {
            Some(Side {
                table: text(table)?,
                collection: text(collection),
            })
        };
        Some(Self::ManyToMany {
            sides: [
                side(raw.entity1.as_deref(), raw.entity1_navigation.as_deref())?,
                side(raw.entity2.as_deref(), raw.entity2_navigation.as_deref())?,
            ],
            intersect: text(raw.intersect_entity.as_deref()),
            relationship: text(raw.schema_name.as_deref()),
        })
    }
}

fn cascade(raw: &RawCascade<'_>) -> Cascade {
    let word = |word: Option<&str>| word.unwrap_or_default().to_owned();
    Cascade {
        assign: word(raw.assign.as_deref()),
        delete: word(raw.delete.as_deref()),
        merge: word(raw.merge.as_deref()),
        reparent: word(raw.reparent.as_deref()),
        share: word(raw.share.as_deref()),
        unshare: word(raw.unshare.as_deref()),
    }
}

/// All relationships of the definitions, by what is asked of them.
#[derive(Default)]
pub(super) struct Relations {
    /// table -> its lookups' names with their targets, sorted.
    lookups: HashMap<String, Vec<(String, Target)>>,
    /// table -> its collections.
    collections: HashMap<String, Vec<Collection>>,
}

impl Relations {
    /// Sorts the relationships by what they are asked for. The same one may come from both sides.
    pub(super) fn new(relations: impl IntoIterator<Item = Relation>) -> Self {
        let mut all = Self::default();
        for relation in relations {
            all.add(relation);
        }
        for targets in all.lookups.values_mut() {
            targets.sort_by(|(one, a), (other, b)| {
                (one, &a.table, &a.navigation, &a.relationship).cmp(&(
                    other,
                    &b.table,
                    &b.navigation,
                    &b.relationship,
                ))
            });
            targets.dedup_by(|(later, a), (first, b)| later == first && a.table == b.table);
        }
        for collections in all.collections.values_mut() {
            collections.sort_by(|a, b| {
                (&a.name, &a.table, &a.relationship).cmp(&(&b.name, &b.table, &b.relationship))
            });
            collections.dedup_by(|later, first| later.name == first.name);
        }
        all
    }

    fn add(&mut self, relation: Relation) {
        match relation {
            Relation::OneToMany {
                many,
                lookup,
                target,
                collection,
            } => {
                if let Some(name) = collection {
                    let of = self.collections.entry(target.table.clone()).or_default();
                    let kind = CollectionKind::OneToMany {
                        lookup: Some(lookup.clone()),
                    };
                    of.push(Collection {
                        name,
                        table: many.clone(),
                        kind,
                        relationship: target.relationship.clone(),
                    });
                }
                self.lookups.entry(many).or_default().push((lookup, target));
            }
            Relation::ManyToMany {
                sides: [one, two],
                intersect,
                relationship,
            } => {
                for (side, other) in [(&one, &two), (&two, &one)] {
                    if let Some(name) = side.collection.clone() {
                        let kind = CollectionKind::ManyToMany {
                            intersect: intersect.clone(),
                        };
                        let table = other.table.clone();
                        let of = self.collections.entry(side.table.clone()).or_default();
                        of.push(Collection {
                            name,
                            table,
                            kind,
                            relationship: relationship.clone(),
                        });
                    }
                }
            }
        }
    }

    /// The targets of a lookup.
    pub(super) fn targets(&self, table: &str, lookup: &str) -> impl Iterator<Item = &Target> {
        let all = self.lookups.get(table).map_or(&[][..], Vec::as_slice);
        let start = all.partition_point(|(name, _)| name.as_str() < lookup);
        all[start..]
            .iter()
            .take_while(move |(name, _)| name == lookup)
            .map(|(_, target)| target)
    }

    /// Adds to a table's collections what only definitions know: the relationship, the intersect table, and the lookup of an
    /// activity, whose navigation property has no constraint to tell it.
    pub(super) fn enrich(&self, table: &str, collections: &mut [Collection]) {
        let told = self.collections(table);
        for collection in collections {
            let found = told
                .binary_search_by(|known| known.name.cmp(&collection.name))
                .ok()
                .map(|at| &told[at])
                .filter(|known| known.table == collection.table);
            if let Some(known) = found {
                collection.clone_from(known);
            }
        }
    }

    /// The collections of a table.
    pub(super) fn collections(&self, table: &str) -> &[Collection] {
        self.collections.get(table).map_or(&[], Vec::as_slice)
    }
}
