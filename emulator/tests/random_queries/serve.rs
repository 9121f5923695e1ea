//! The world in an emulator: its tables as a schema, its rows by requests.

use crate::support::rows::Served;
use crate::support::{client, rows::noon};
use crate::value::Kind;
use crate::value::Value;
use crate::world::{By, Row, Table, World};
use dataverse_codegen::schema as model;
use dataverse_codegen::schema::{
    ChoiceOption, ChoiceSet, ChoiceUse, Collection, CollectionKind, Column, ColumnKind, DateBehavior, Lookup,
    Schema, Target,
};
use dataverse_emulator::{Emulator, Environment};
use serde_json::{Map, Value as Json, json};
use std::sync::Arc;

/// Starts an emulator that holds the world.
pub async fn serve(world: &World) -> Served {
    let environment = Environment::builder(schema(world)).clock(noon()).open().unwrap();
    let tables: Vec<String> = world.tables.iter().map(rows).collect();
    environment.seed(&format!("{{{}}}", tables.join(","))).unwrap();
    let environment = Arc::new(environment);
    let running = Emulator::builder(environment.clone()).start().await.unwrap();
    let served = Served {
        running,
        environment,
        client: client(),
    };
    tie(world, &served).await;
    served
}

/// The rows of a table without their lookups, as a member of an object.
fn rows(table: &Table) -> String {
    let body = |row: &Row| {
        let members =
            table
                .columns
                .iter()
                .zip(row)
                .filter_map(|(column, value)| match (&column.kind, value) {
                    (Kind::Lookup(_), _) | (_, None) => None,
                    (kind, Some(value)) => Some(format!("\"{}\":{}", column.name, kind.written(value))),
                });
        format!("{{{}}}", members.collect::<Vec<_>>().join(","))
    };
    let rows: Vec<String> = table.rows.iter().map(body).collect();
    format!("\"{}\":[{}]", table.set(), rows.join(","))
}

async fn tie(world: &World, served: &Served) {
    let address =
        |table: usize, row: usize| format!("{}({})", world.tables[table].set(), world.id(table, row));
    for (number, table) in world.tables.iter().enumerate() {
        for (at, row) in table.rows.iter().enumerate() {
            let mut bound = Map::new();
            for (column, value) in row.iter().enumerate() {
                if let Some(Value::Row(target, other)) = value {
                    let navigation = table.navigation(column, *target);
                    bound.insert(
                        format!("{navigation}@odata.bind"),
                        json!(address(*target, *other)),
                    );
                }
            }
            if !bound.is_empty() {
                served
                    .patch(&address(number, at), &Json::Object(bound))
                    .await
                    .is_done();
            }
        }
    }
    for (at, pairs) in world.pairs.iter().enumerate() {
        let collection = crate::world::Collection {
            of: pairs.tables[1],
            by: By::Pairs(at, 0),
        };
        let name = world.collection_name(pairs.tables[0], collection);
        for [one, other] in &pairs.rows {
            let url = format!("{}/{name}/$ref", address(pairs.tables[0], *one));
            let other = served.running.api() + &address(pairs.tables[1], *other);
            served.post(&url, &json!({"@odata.id": other})).await.is_done();
        }
    }
}

fn schema(world: &World) -> Schema {
    let mut schema = Schema::default();
    for (number, table) in world.tables.iter().enumerate() {
        let columns = table.columns.iter().enumerate().map(|(at, column)| Column {
            name: column.name.clone(),
            schema_name: None,
            label: Default::default(),
            description: Default::default(),
            kind: kind(&mut schema, table, number, at),
            access: None,
            required: None,
            source: Default::default(),
            auto_number: None,
            secured: false,
            logical: false,
            custom: true,
        });
        let mut made = model::Table {
            name: table.name.clone(),
            entity_set: Some(table.set()),
            primary_id: table.columns[0].name.clone(),
            primary_name: Some(table.columns[1].name.clone()),
            columns: columns.collect(),
            collections: collections(world, number),
            ..model::Table::default()
        };
        made.sort();
        schema.tables.insert(table.name.clone(), made);
    }
    schema
}

fn collections(world: &World, table: usize) -> Vec<Collection> {
    let collections = world.collections(table).into_iter().map(|collection| Collection {
        name: world.collection_name(table, collection),
        table: world.tables[collection.of].name.clone(),
        kind: match collection.by {
            By::Lookup(column) => CollectionKind::OneToMany {
                lookup: Some(world.tables[collection.of].columns[column].name.clone()),
            },
            By::Pairs(at, _) => CollectionKind::ManyToMany {
                intersect: Some(format!("rsk_pairs{at}")),
            },
        },
        relationship: None,
    });
    collections.collect()
}

fn kind(schema: &mut Schema, table: &Table, number: usize, at: usize) -> ColumnKind {
    let mut choice = |options: &[i32]| {
        let name = format!("rsk_choice{number}_{at}");
        let option = |value: &i32| ChoiceOption {
            value: *value,
            ..ChoiceOption::default()
        };
        let set = ChoiceSet {
            name: name.clone(),
            options: options.iter().map(option).collect(),
            ..ChoiceSet::default()
        };
        if at.is_multiple_of(2) {
            return ChoiceUse::Local(set);
        }
        schema.choices.insert(name.clone(), set);
        ChoiceUse::Global(name)
    };
    match &table.columns[at].kind {
        Kind::Text => ColumnKind::Text {
            max_length: Some(100),
            format: None,
        },
        Kind::Memo => ColumnKind::Memo {
            max_length: None,
            format: None,
        },
        Kind::Whole => ColumnKind::WholeNumber {
            min: None,
            max: None,
            format: None,
        },
        Kind::Big => ColumnKind::BigInteger { min: None, max: None },
        Kind::Decimal(digits) => ColumnKind::Decimal {
            min: None,
            max: None,
            precision: Some(*digits),
        },
        Kind::Float => ColumnKind::Float {
            min: None,
            max: None,
            precision: None,
        },
        Kind::Money => ColumnKind::Money {
            min: None,
            max: None,
            precision: None,
            precision_source: None,
            base_of: None,
        },
        Kind::YesNo => ColumnKind::YesNo {
            default: None,
            yes: Default::default(),
            no: Default::default(),
        },
        Kind::Moment(behavior) => ColumnKind::DateTime {
            behavior: *behavior,
            format: None,
        },
        Kind::Day => ColumnKind::DateTime {
            behavior: DateBehavior::DateOnly,
            format: None,
        },
        Kind::Id => ColumnKind::UniqueId,
        Kind::Choice(options) => ColumnKind::Choice {
            choice: choice(options),
            default: None,
        },
        Kind::Choices(options) => ColumnKind::Choices {
            choice: choice(options),
            default: None,
        },
        Kind::Lookup(targets) => ColumnKind::Lookup(Lookup {
            targets: targets
                .iter()
                .map(|target| Target {
                    table: format!("rsk_t{target}"),
                    navigation: Some(table.navigation(at, *target)),
                    ..Target::default()
                })
                .collect(),
            ..Lookup::default()
        }),
    }
}
