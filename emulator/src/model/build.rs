//! From the schema to the model.

use super::{Entity, Links, Many, Model, Property, Single};
use dataverse_codegen::schema::{Collection, CollectionKind, Column, ColumnKind, Reference, Schema, Table};
use std::collections::HashMap;
use std::sync::Arc;

pub(super) fn model(schema: Arc<Schema>) -> Model {
    let selected = schema.tables.values().map(|table| entity(table.clone(), false));
    let referred = schema
        .references
        .values()
        .filter(|reference| !schema.tables.contains_key(&reference.name))
        .map(|reference| entity(identity(reference), true));
    let entities: HashMap<String, Entity> = selected
        .chain(referred)
        .map(|entity| (entity.name().to_owned(), entity))
        .collect();
    let sets = entities
        .values()
        .filter_map(|entity| Some((entity.table.entity_set.clone()?, entity.table.name.clone())))
        .collect();
    let intersects = intersects(&entities);
    Model {
        schema,
        entities,
        intersects,
        sets,
    }
}

/// The intersect tables of which the snapshot doesn't hold more. Their own ids aren't kept.
fn intersects(entities: &HashMap<String, Entity>) -> HashMap<String, Entity> {
    let ties = entities.values().flat_map(|entity| entity.collections.values());
    let tables = ties.filter_map(|many| match &many.links {
        Links::Intersect { table, own, other } if entities.get(table).is_none_or(Entity::is_referred) => {
            Some((table, [own, other]))
        }
        _ => None,
    });
    tables
        .map(|(name, columns)| {
            let mut table = Table {
                name: name.clone(),
                columns: columns.map(|column| id_column(column)).to_vec(),
                primary_id: format!("{name}id"),
                ..Table::default()
            };
            table.sort();
            (name.clone(), entity(table, false))
        })
        .collect()
}

/// A table of which only the identity is known has its id for a column.
fn identity(reference: &Reference) -> Table {
    let primary_id = if reference.primary_id.is_empty() {
        format!("{}id", reference.name)
    } else {
        reference.primary_id.clone()
    };
    Table {
        name: reference.name.clone(),
        schema_name: reference.schema_name.clone(),
        entity_set: reference.entity_set.clone(),
        label: reference.label.clone(),
        columns: vec![id_column(&primary_id)],
        primary_id,
        ..Table::default()
    }
}

fn id_column(name: &str) -> Column {
    Column {
        name: name.to_owned(),
        schema_name: None,
        label: Default::default(),
        description: Default::default(),
        kind: ColumnKind::UniqueId,
        access: None,
        required: None,
        source: Default::default(),
        auto_number: None,
        secured: false,
        logical: false,
        custom: false,
    }
}

fn entity(table: Table, referred: bool) -> Entity {
    let mut properties = HashMap::with_capacity(table.columns.len());
    let mut singles = HashMap::new();
    for (at, column) in table.columns.iter().enumerate() {
        if let Some(name) = property_name(column) {
            properties.insert(name.clone(), Property { name, column: at });
        }
        if let ColumnKind::Lookup(lookup) = &column.kind {
            for target in &lookup.targets {
                if let Some(name) = &target.navigation {
                    singles.entry(name.clone()).or_insert_with(|| Single {
                        name: name.clone(),
                        column: column.name.clone(),
                        target: target.table.clone(),
                    });
                }
            }
        }
    }
    let collections = table
        .collections
        .iter()
        .map(|collection| (collection.name.clone(), many(&table, collection)))
        .collect();
    Entity {
        table,
        properties,
        singles,
        collections,
        referred,
    }
}

fn property_name(column: &Column) -> Option<String> {
    match &column.kind {
        ColumnKind::PartyList { .. } => None,
        _ => Some(column.property().into_owned()),
    }
}

fn many(table: &Table, collection: &Collection) -> Many {
    let links = match &collection.kind {
        CollectionKind::OneToMany { lookup: Some(lookup) } => Links::Lookup(lookup.clone()),
        CollectionKind::ManyToMany { intersect } => intersect_links(table, collection, intersect.as_deref()),
        CollectionKind::OneToMany { lookup: None } => Links::Unknown,
    };
    Many {
        name: collection.name.clone(),
        table: collection.table.clone(),
        links,
    }
}

/// The columns of an intersect table are called after the tables; between rows of one table they end in `one` and `two`.
fn intersect_links(table: &Table, collection: &Collection, intersect: Option<&str>) -> Links {
    let Some(intersect) = intersect.or(collection.relationship.as_deref()) else {
        return Links::Unknown;
    };
    let (own, other) = if collection.table == table.name {
        let (one, two) = (format!("{}idone", table.name), format!("{}idtwo", table.name));
        if collection.name.starts_with("Referenced") {
            (two, one)
        } else {
            (one, two)
        }
    } else {
        (format!("{}id", table.name), format!("{}id", collection.table))
    };
    Links::Intersect {
        table: intersect.to_owned(),
        own,
        other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> Model {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../generated-example/snapshot");
        let snapshot = dataverse_codegen::snapshot::read(std::path::Path::new(folder)).unwrap();
        Model::new(Arc::new(snapshot.schema))
    }

    #[test]
    fn names_of_the_wire_are_found() {
        let model = example();
        let vessels = model.entity_of_set("rsk_vessels").unwrap();
        assert_eq!(vessels.name(), "rsk_vessel");
        assert!(vessels.property("rsk_name").is_some());
        assert!(vessels.property("RSK_NAME").is_none());
        assert!(vessels.property("createdby").is_none());
        assert_eq!(vessels.property("_createdby_value").unwrap().1.name, "createdby");
        assert_eq!(vessels.single("createdby").unwrap().target, "systemuser");
        let accounts = model.entity("account").unwrap();
        assert_eq!(
            accounts.collection("contact_customer_accounts").unwrap().links,
            Links::Lookup("parentcustomerid".to_owned())
        );
    }

    #[test]
    fn both_sides_of_a_table_related_to_itself_are_opposite() {
        let model = example();
        let vessels = model.entity("rsk_vessel").unwrap();
        let links = |name: &str| vessels.collection(name).unwrap().links.clone();
        let Links::Intersect { table, own, other } = links("Referencingrsk_vessel_sister") else {
            panic!("no intersect table");
        };
        let opposite = Links::Intersect {
            table,
            own: other,
            other: own,
        };
        assert_eq!(links("Referencedrsk_vessel_sister"), opposite);
    }

    #[test]
    fn tables_that_are_only_referred_to_have_an_identity() {
        let model = example();
        let calendars = model.entity_of_set("calendars").unwrap();
        assert!(calendars.is_referred());
        assert!(calendars.property("calendarid").is_some());
    }
}
