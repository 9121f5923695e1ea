//! A database of the example's schema, and what asks it.

use crate::json::Json;
use crate::model::Entity;
use crate::odata::{Argument, Literal, Parentheses, Request, Segment};
use crate::query::{self, Context, Key, Settings};
use crate::store::{Cell, Store, cell_of, next_version, quoted};
use crate::{Answer, Call, Fault, Model};
use dataverse_codegen::schema::ColumnKind;
use http::{HeaderMap, HeaderValue, Method};
use rusqlite::Connection;
use rusqlite::types::Value;
use std::sync::{Arc, OnceLock};
use uuid::Uuid;

pub(super) const ROOT: &str = "https://rsk.test/api/data/v9.2/";
pub(super) const USER: u128 = 0x31;

pub(super) fn model() -> &'static Model {
    static MODEL: OnceLock<Model> = OnceLock::new();
    MODEL.get_or_init(|| {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../generated-example/snapshot");
        let snapshot = dataverse_codegen::snapshot::read(std::path::Path::new(folder)).unwrap();
        Model::new(Arc::new(snapshot.schema))
    })
}

pub(super) fn id(number: u128) -> Uuid {
    Uuid::from_u128(0x6f1c_0000_0000_4000_8000_0000_0000_0000 | number)
}

/// An environment with its rows.
pub(super) struct World {
    pub(super) store: Store,
    pub(super) settings: Settings,
    pub(super) now: jiff::Timestamp,
}

impl World {
    pub(super) fn new() -> Self {
        Self {
            store: Store::open(model(), None).unwrap(),
            settings: Settings::default(),
            now: "2024-03-06T08:30:15Z".parse().unwrap(),
        }
    }

    /// Writes a row. Lookups are written as `table:number`.
    /// The users are in this time zone from now on.
    pub(super) fn move_to(&mut self, zone: jiff::tz::TimeZone) {
        self.store.set_zone(zone.clone()).unwrap();
        self.settings.time_zone = zone;
    }

    pub(super) fn add(&self, table: &str, number: u128, values: serde_json::Value) {
        let entity = model().entity(table).unwrap();
        let mut cells = vec![(entity.primary_id().to_owned(), Cell::Id(id(number)))];
        for (name, value) in values.as_object().unwrap() {
            cells.push((name.clone(), cell(entity, name, value)));
        }
        self.add_cells(table, &cells);
    }

    pub(super) fn add_cells(&self, table: &str, cells: &[(String, Cell)]) {
        self.store
            .write(|transaction| -> Result<(), Fault> {
                insert(transaction, table, cells);
                Ok(())
            })
            .unwrap();
    }

    /// Ties rows of a many-to-many relationship.
    pub(super) fn tie(&self, table: &str, own: (&str, u128), other: (&str, u128)) {
        let cells = [own, other].map(|(column, number)| (column.to_owned(), Cell::Id(id(number))));
        self.add_cells(table, &cells);
    }

    pub(super) fn get(&self, url: &str) -> Result<Answer, Fault> {
        self.get_with(url, &[])
    }

    pub(super) fn get_with(&self, url: &str, headers: &[(&'static str, &str)]) -> Result<Answer, Fault> {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, HeaderValue::from_str(value).unwrap());
        }
        let call = Call {
            method: Method::GET,
            path: url.to_owned(),
            headers: map,
            body: bytes::Bytes::new(),
            root: ROOT.to_owned(),
            user: id(USER).to_string(),
            caller: id(USER).to_string(),
            content_id: None,
        };
        self.store.read(|connection| self.answer(connection, &call))
    }

    fn answer(&self, connection: &Connection, call: &Call) -> Result<Answer, Fault> {
        let request = Request::parse(&call.path)?;
        let context = Context {
            model: model(),
            connection,
            call,
            now: self.now,
            user: id(USER),
            settings: &self.settings,
            base_currency: id(0x50),
            metadata_version: 81_234_567,
        };
        let Some((Segment::Name(set), tail)) = request.resource.segments.split_first() else {
            panic!("no entity set");
        };
        let entity = model().entity_of_set(&set.name).unwrap();
        match &set.parentheses {
            None => query::collection(&context, entity, tail, &request.options),
            Some(Parentheses::One(Argument::Literal(Literal::Guid(id)))) => {
                let key = Key {
                    id: *id,
                    partition: None,
                };
                query::row(&context, entity, key, tail, &request.options)
            }
            other => panic!("{other:?}"),
        }
    }

    pub(super) fn json(&self, url: &str) -> serde_json::Value {
        self.json_with(url, &[])
    }

    pub(super) fn json_with(&self, url: &str, headers: &[(&'static str, &str)]) -> serde_json::Value {
        let answer = self
            .get_with(url, headers)
            .unwrap_or_else(|fault| panic!("{url}: {fault}"));
        serde_json::from_slice(&answer.body)
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&answer.body)))
    }

    /// The names of the vessels that a filter finds, in the order of their ids.
    pub(super) fn vessels(&self, filter: &str) -> Vec<String> {
        names(&self.json(&format!(
            "rsk_vessels?$select=rsk_name&$filter={}",
            escape(filter)
        )))
    }

    pub(super) fn refused(&self, url: &str) -> Fault {
        match self.get(url) {
            Err(fault) => fault,
            Ok(answer) => panic!("{url}: {}", String::from_utf8_lossy(&answer.body)),
        }
    }
}

pub(super) fn escape(text: &str) -> String {
    crate::odata::encode(text)
}

pub(super) fn names(answer: &serde_json::Value) -> Vec<String> {
    let rows = answer["value"].as_array().unwrap();
    rows.iter()
        .map(|row| row["rsk_name"].as_str().unwrap_or_default().to_owned())
        .collect()
}

fn cell(entity: &Entity, name: &str, value: &serde_json::Value) -> Cell {
    let column = entity
        .table()
        .column(name)
        .unwrap_or_else(|| panic!("no column {name}"));
    if matches!(column.kind, ColumnKind::Lookup(_)) {
        let (table, number) = value.as_str().unwrap().split_once(':').unwrap();
        return Cell::Lookup(id(number.parse().unwrap()), table.to_owned());
    }
    let json = Json::read(value.to_string().as_bytes()).unwrap();
    cell_of(model(), entity, column, &json).unwrap()
}

pub(super) fn insert(connection: &Connection, table: &str, cells: &[(String, Cell)]) {
    let mut columns = vec!["\"$version\"".to_owned()];
    let mut values = vec![Value::Integer(next_version(connection).unwrap())];
    for (name, cell) in cells {
        columns.push(quoted(name));
        values.push(cell.sql());
        let suffix = match cell {
            Cell::Text(_) => "$key",
            Cell::Lookup(..) => "$table",
            _ => continue,
        };
        columns.push(quoted(&format!("{name}{suffix}")));
        values.push(cell.companion());
    }
    let marks = vec!["?"; values.len()].join(", ");
    let sql = format!(
        "INSERT INTO {} ({}) VALUES ({marks})",
        quoted(table),
        columns.join(", ")
    );
    connection
        .prepare_cached(&sql)
        .unwrap()
        .execute(rusqlite::params_from_iter(values))
        .unwrap();
}

/// A small fleet that nobody changes.
pub(super) fn shared() -> &'static World {
    static FLEET: OnceLock<World> = OnceLock::new();
    FLEET.get_or_init(fleet)
}

/// A small fleet.
pub(super) fn fleet() -> World {
    use serde_json::json;
    let world = World::new();
    world.add("businessunit", 0x70, json!({"name": "Fleet"}));
    world.add(
        "systemuser",
        0x31,
        json!({"fullname": "Åsa Lund", "businessunitid": "businessunit:112"}),
    );
    world.add(
        "systemuser",
        0x32,
        json!({"fullname": "Bo Ek", "parentsystemuserid": "systemuser:49"}),
    );
    world.add("team", 0x41, json!({"name": "Crew"}));
    world.tie("teammembership", ("systemuserid", 0x31), ("teamid", 0x41));
    world.add(
        "transactioncurrency",
        0x50,
        json!({"currencysymbol": "€", "currencyname": "Euro"}),
    );
    world.add("rsk_port", 0x11, json!({"rsk_name": "Bergen"}));
    world.add("rsk_port", 0x12, json!({"rsk_name": "ålesund"}));
    world.add("account", 0x21, json!({"name": "Rask Shipping"}));
    world.add(
        "account",
        0x22,
        json!({"name": "Rask North", "parentaccountid": "account:33"}),
    );
    world.add(
        "account",
        0x23,
        json!({"name": "Rask Pole", "parentaccountid": "account:34"}),
    );
    world.add("contact", 0x21, json!({"fullname": "Kari Nes"}));
    world.add(
        "rsk_vessel",
        1,
        json!({"rsk_name": "Aster", "rsk_crew": 12, "rsk_dayrate": 1500.5, "rsk_draught": 7.25, "rsk_beam": 20.0,
            "rsk_active": true, "rsk_hulltype": hull(0), "rsk_built": "2001-05-17", "rsk_lastseen": "2024-03-06T07:00:00Z",
            "rsk_homeportid": "rsk_port:17", "ownerid": "systemuser:49", "rsk_operatorid": "account:33",
            "transactioncurrencyid": "transactioncurrency:80", "owningbusinessunit": "businessunit:112",
            "rsk_features": features(&[0, 1]), "rsk_code": "A-1", "rsk_description": "50% faster\n\"quoted\""}),
    );
    world.add(
        "rsk_vessel",
        2,
        json!({"rsk_name": "birk", "rsk_crew": 3, "rsk_dayrate": 20, "rsk_draught": 7.5, "rsk_active": false,
            "rsk_hulltype": hull(1), "rsk_built": "2020-01-01", "rsk_lastseen": "2024-02-28T00:00:00Z",
            "rsk_homeportid": "rsk_port:18", "ownerid": "team:65", "rsk_operatorid": "contact:33",
            "rsk_features": features(&[1]), "rsk_code": "birk", "rsk_description": "50 knots"}),
    );
    world.add(
        "rsk_vessel",
        3,
        json!({"rsk_name": "Élan", "ownerid": "systemuser:50"}),
    );
    for (number, vessel, score) in [(0x61, 1, 40), (0x62, 1, 80), (0x63, 2, 90)] {
        world.add(
            "rsk_inspection",
            number,
            json!({"rsk_name": format!("Inspection {number:x}"), "rsk_score": score, "rsk_vesselid": format!("rsk_vessel:{vessel}")}),
        );
    }
    world.add("rsk_category", 0x81, json!({"rsk_name": "Tanker"}));
    world.add("rsk_category", 0x82, json!({"rsk_name": "Tug"}));
    world.tie(
        "rsk_vessel_rsk_category",
        ("rsk_vesselid", 1),
        ("rsk_categoryid", 0x81),
    );
    world.tie(
        "rsk_vessel_rsk_category",
        ("rsk_vesselid", 1),
        ("rsk_categoryid", 0x82),
    );
    world
}

fn options(column: &str) -> Vec<i32> {
    let table = model().entity("rsk_vessel").unwrap().table();
    let choice = match &table.column(column).unwrap().kind {
        ColumnKind::Choice { choice, .. } | ColumnKind::Choices { choice, .. } => choice,
        other => panic!("{other:?}"),
    };
    let set = crate::store::choice_set(model(), choice).unwrap();
    set.options.iter().map(|option| option.value).collect()
}

pub(super) fn hull(at: usize) -> i32 {
    options("rsk_hulltype")[at]
}

pub(super) fn features(at: &[usize]) -> String {
    let options = options("rsk_features");
    at.iter()
        .map(|at| options[*at].to_string())
        .collect::<Vec<_>>()
        .join(",")
}
