//! Asks the metadata of an emulator, and reads the answers back into a schema.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use dataverse_codegen::csdl;
use dataverse_codegen::definitions::Shape;
use dataverse_codegen::join::{Definitions, join};
use dataverse_codegen::schema::{Patterns, Schema, Selection};
use dataverse_codegen::snapshot;
use dataverse_emulator::metadata::{Metadata, Settings};
use dataverse_emulator::{Answer, Call, Fault, Model};
use http::{HeaderMap, Method};

pub const ROOT: &str = "https://rsk.example/api/data/v9.2/";

pub fn metadata(schema: Schema) -> Metadata {
    Metadata::new(model(schema), Settings::default(), start())
}

pub fn model(schema: Schema) -> Arc<Model> {
    Arc::new(Model::new(Arc::new(schema)))
}

/// The time at which each test starts: 2022-10-09 22:10:22.
pub fn start() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_665_353_422)
}

pub fn call(method: Method, path: &str) -> Call {
    Call {
        method,
        path: path.to_owned(),
        headers: HeaderMap::new(),
        body: Bytes::new(),
        root: ROOT.to_owned(),
        user: String::new(),
        caller: String::new(),
        content_id: None,
    }
}

pub fn ask(metadata: &Metadata, path: &str) -> Result<Answer, Fault> {
    let answer = metadata.answer(&call(Method::GET, path), start());
    answer.expect("a question about metadata")
}

pub fn body(metadata: &Metadata, path: &str) -> Bytes {
    match ask(metadata, path) {
        Ok(answer) => answer.body,
        Err(fault) => panic!("{path}: {fault}"),
    }
}

pub fn json(metadata: &Metadata, path: &str) -> serde_json::Value {
    serde_json::from_slice(&body(metadata, path)).expect("JSON")
}

/// Percent-encodes a value of a query.
pub fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric();
    text.bytes()
        .map(|byte| {
            if plain(byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}

/// How definitions can be asked for.
#[derive(Clone, Copy, Debug)]
pub enum Road {
    /// All tables with all that can come along, and each cast of each table's columns.
    Expanded,
    /// Each table by itself, its columns, keys and relationships apart.
    Apart,
    /// `RetrieveMetadataChanges` without a stamp.
    Changes,
}

pub const ROADS: [Road; 3] = [Road::Expanded, Road::Apart, Road::Changes];

/// The types of columns that have choices, each to be cast to.
const CASTS: [&str; 5] = ["Picklist", "MultiSelectPicklist", "State", "Status", "Boolean"];

/// All answers of a road.
pub fn answers(metadata: &Metadata, schema: &Schema, road: Road) -> Vec<Bytes> {
    let ask = |path: String| body(metadata, &path);
    let all = "Attributes,Keys,OneToManyRelationships,ManyToOneRelationships,ManyToManyRelationships";
    let mut bodies = vec![
        ask("GlobalOptionSetDefinitions".to_owned()),
        ask(
            "solutioncomponents?$select=objectid,componenttype&$expand=solutionid($select=uniquename)"
                .to_owned(),
        ),
    ];
    let table = |name: &str| {
        format!(
            "EntityDefinitions(LogicalName='{}')",
            encoded(&name.replace('\'', "''"))
        )
    };
    match road {
        Road::Changes => bodies.push(ask("RetrieveMetadataChanges()".to_owned())),
        Road::Expanded => bodies.push(ask(format!("EntityDefinitions?$expand={all}"))),
        Road::Apart => {
            bodies.push(ask("RelationshipDefinitions".to_owned()));
            for name in schema.tables.keys().chain(schema.references.keys()) {
                bodies.push(ask(table(name)));
                bodies.extend(["Attributes", "Keys"].map(|part| ask(format!("{}/{part}", table(name)))));
            }
        }
    }
    if !matches!(road, Road::Changes) {
        for name in schema.tables.keys() {
            bodies.extend(CASTS.map(|cast| {
                ask(format!(
                    "{}/Attributes/Microsoft.Dynamics.CRM.{cast}AttributeMetadata?$expand=OptionSet,GlobalOptionSet",
                    table(name)
                ))
            }));
        }
    }
    bodies
}

/// What our own readers make of a document and bodies of definitions: the schema's tables and all operations.
pub fn read(document: &[u8], bodies: &[Bytes], schema: &Schema) -> Schema {
    let document = csdl::read(document).expect("CSDL");
    let mut definitions = Definitions::default();
    for body in bodies {
        let shape = definitions.add(body).unwrap_or_else(|error| {
            panic!(
                "{error}: {}",
                String::from_utf8_lossy(&body[..body.len().min(600)])
            )
        });
        let empty = body.ends_with(b"\"value\":[]}");
        assert!(
            empty || shape != Shape::NotMetadata,
            "{}",
            String::from_utf8_lossy(body)
        );
    }
    let (read, _) = join(Some(&document), definitions);
    let selection = Selection {
        tables: Patterns::new(schema.tables.keys()).expect("names"),
        operations: Some(Patterns::new(["*"]).expect("a pattern")),
        ..Selection::default()
    };
    read.select(&selection)
}

/// Says where two schemas differ, and nothing else.
pub fn assert_same(read: &Schema, schema: &Schema, road: &str) {
    let files = |schema: &Schema| snapshot::files(schema).expect("a text");
    let (found, expected) = (files(read), files(schema));
    let mut wrong = Vec::new();
    for path in expected
        .keys()
        .chain(found.keys().filter(|path| !expected.contains_key(*path)))
    {
        let text = |of: Option<&Vec<u8>>| {
            of.map_or_else(String::new, |text| String::from_utf8_lossy(text).into_owned())
        };
        let (one, other) = (text(expected.get(path)), text(found.get(path)));
        if one != other {
            wrong.push(format!("{path}:\n{}", difference(&one, &other)));
        }
    }
    assert!(
        wrong.is_empty(),
        "{road}: {} files differ\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    let digest = |schema: &Schema| snapshot::of(schema.clone()).expect("a text").digest;
    assert_eq!(digest(read), digest(schema), "{road}");
}

fn difference(one: &str, other: &str) -> String {
    let (one, other): (Vec<&str>, Vec<&str>) = (one.lines().collect(), other.lines().collect());
    let same = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let from = same.saturating_sub(6);
    let show = |lines: &[&str], mark: &str| {
        let part = lines.iter().skip(from).take(14);
        part.map(|line| format!("  {mark} {line}\n")).collect::<String>()
    };
    format!("{}{}", show(&one, "-"), show(&other, "+"))
}
