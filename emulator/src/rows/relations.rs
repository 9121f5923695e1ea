//! Who refers to whom: what a deletion has to look at.

use crate::Model;
use crate::model::Links;
use crate::store::is_elastic;
use dataverse_codegen::schema::ColumnKind;
use std::collections::{BTreeSet, HashMap};

/// The lookups and links that lead to each table. Made once per model.
#[derive(Debug, Default)]
pub(crate) struct Relations {
    lookups: HashMap<String, Vec<Referring>>,
    links: HashMap<String, BTreeSet<(String, String)>>,
    mortal: Vec<String>,
}

/// A lookup that leads to a table.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Referring {
    /// The table that has the lookup.
    pub(crate) table: String,
    /// The lookup's column.
    pub(crate) column: String,
    /// What the deletion of a row does to the rows that refer to it.
    pub(crate) on_delete: OnDelete,
    /// Whether the rows that refer to a merged row refer to the other one afterwards.
    pub(crate) merges: bool,
}

/// What the deletion of a row does to the rows that refer to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OnDelete {
    /// They are deleted too.
    Cascade,
    /// The lookup is cleared.
    RemoveLink,
    /// The row stays as long as they refer to it.
    Restrict,
    /// Nothing.
    Nothing,
}

impl Relations {
    pub(crate) fn of(model: &Model) -> Self {
        let mut relations = Self::default();
        for entity in model.entities() {
            let table = entity.table();
            let has = |column| table.column(column).is_some();
            if is_elastic(entity) && has("ttlinseconds") && has("modifiedon") {
                relations.mortal.push(table.name.clone());
            }
            for column in &entity.table().columns {
                let ColumnKind::Lookup(lookup) = &column.kind else {
                    continue;
                };
                for target in &lookup.targets {
                    let known = target.cascade.as_ref().map(|cascade| cascade.delete.as_str());
                    let referring = Referring {
                        table: entity.name().to_owned(),
                        column: column.name.clone(),
                        on_delete: on_delete(entity.name(), &column.name, known),
                        merges: target
                            .cascade
                            .as_ref()
                            .is_some_and(|cascade| cascade.merge == "Cascade"),
                    };
                    let all = relations.lookups.entry(target.table.clone()).or_default();
                    if !all.contains(&referring) {
                        all.push(referring);
                    }
                }
            }
            for collection in &entity.table().collections {
                if let Some(many) = entity.collection(&collection.name)
                    && let Links::Intersect { table, own, .. } = &many.links
                {
                    let links = relations.links.entry(entity.name().to_owned()).or_default();
                    links.insert((table.clone(), own.clone()));
                }
            }
        }
        relations
    }

    /// The lookups that lead to a table.
    pub(crate) fn to(&self, table: &str) -> &[Referring] {
        self.lookups.get(table).map_or(&[], Vec::as_slice)
    }

    /// The elastic tables whose rows can end by themselves.
    pub(crate) fn mortal(&self) -> &[String] {
        &self.mortal
    }

    /// The intersect tables that hold rows of a table, with the column of its ids.
    pub(crate) fn links_of(&self, table: &str) -> impl Iterator<Item = &(String, String)> {
        self.links.get(table).into_iter().flatten()
    }
}

/// The schema's rule. Where it tells none: parties go with their activity; who made or owns a row stays as it was written,
/// as with the service's own relationships to users; a custom lookup is cleared, the service's default for new ones.
fn on_delete(table: &str, column: &str, known: Option<&str>) -> OnDelete {
    const STAMPS: [&str; 8] = [
        "createdby",
        "modifiedby",
        "createdonbehalfby",
        "modifiedonbehalfby",
        "owninguser",
        "owningteam",
        "owningbusinessunit",
        "organizationid",
    ];
    match known {
        Some("Cascade") => OnDelete::Cascade,
        Some("Restrict") => OnDelete::Restrict,
        Some("RemoveLink") => OnDelete::RemoveLink,
        Some("NoCascade") => OnDelete::Nothing,
        _ if table == super::PARTY && column == "activityid" => OnDelete::Cascade,
        // A user or team that owns rows can't be deleted.
        _ if column == "ownerid" && table != super::PARTY => OnDelete::Restrict,
        _ if STAMPS.contains(&column) || column == "ownerid" => OnDelete::Nothing,
        _ => OnDelete::RemoveLink,
    }
}
