//! Documents in few words, and the whole road from them to a crate.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use dataverse_codegen::csdl;
use dataverse_codegen::emit::{Crate, Options, emit};
use dataverse_codegen::join::{Definitions, join};
use dataverse_codegen::schema::{Patterns, Schema};
use dataverse_codegen::snapshot;

use super::sources;

/// What came of some documents.
pub struct Made {
    pub schema: Schema,
    pub warnings: Vec<String>,
    pub generated: Crate,
}

/// Reads, joins and emits, and looks at the crate. An error comes back as its text.
pub fn road(metadata: Option<&str>, definitions: &[String]) -> Result<Made, String> {
    let document = metadata
        .map(|text| csdl::read(text.as_bytes()))
        .transpose()
        .map_err(|error| error.to_string())?;
    let mut defined = Definitions::default();
    for body in definitions {
        defined.add(body.as_bytes()).map_err(|error| error.to_string())?;
    }
    let (schema, warnings) = join(document.as_ref(), defined);
    let snapshot = snapshot::of(schema.clone()).map_err(|error| error.to_string())?;
    let options = Options {
        rows: Patterns::new(["*"]).map_err(|error| error.to_string())?,
        ..Options::default()
    };
    let generated = emit(&snapshot, &options).map_err(|error| error.to_string())?;
    generated
        .files
        .iter()
        .for_each(|(path, text)| sources::assert_sound(path, text));
    Ok(Made {
        schema,
        warnings: warnings.iter().map(ToString::to_string).collect(),
        generated,
    })
}

/// The same on a thread of its own: it ends soon, and never by a panic.
pub fn road_in_time(metadata: Option<String>, definitions: Vec<String>) -> Result<Made, String> {
    let (done, wait) = mpsc::channel();
    thread::spawn(move || {
        // Nobody waits for it any more where it took too long.
        let _ = done.send(road(metadata.as_deref(), &definitions));
    });
    wait.recv_timeout(Duration::from_secs(60))
        .expect("it ends in time, without a panic")
}

/// A `$metadata` document around the types and the entity sets.
pub fn edmx(types: &str, sets: &str) -> String {
    format!(
        "<edmx:Edmx Version=\"4.0\" xmlns:edmx=\"http://docs.oasis-open.org/odata/ns/edmx\"><edmx:DataServices>\
         <Schema Namespace=\"Microsoft.Dynamics.CRM\" Alias=\"mscrm\" xmlns=\"http://docs.oasis-open.org/odata/ns/edm\">\
         {types}<EntityContainer Name=\"System\">{sets}</EntityContainer></Schema></edmx:DataServices></edmx:Edmx>"
    )
}

/// An entity type with a key called after it.
pub fn entity(name: &str, inner: &str) -> String {
    format!(
        "<EntityType Name=\"{name}\"><Key><PropertyRef Name=\"{name}id\"/></Key>\
         <Property Name=\"{name}id\" Type=\"Edm.Guid\"/>{inner}</EntityType>"
    )
}

/// A table's entity set.
pub fn set(name: &str) -> String {
    format!("<EntitySet Name=\"{name}s\" EntityType=\"Microsoft.Dynamics.CRM.{name}\"/>")
}

/// A lookup and its navigation property.
pub fn lookup(name: &str, navigation: &str, target: &str) -> String {
    format!(
        "<Property Name=\"_{name}_value\" Type=\"Edm.Guid\"/>\
         <NavigationProperty Name=\"{navigation}\" Type=\"mscrm.{target}\" Nullable=\"false\">\
         <ReferentialConstraint Property=\"_{name}_value\" ReferencedProperty=\"{target}id\"/></NavigationProperty>"
    )
}

/// The definition of a table, with its attributes and what else there is to say.
pub fn defined(name: &str, attributes: &[String], more: &str) -> String {
    let id = attribute(&format!("{name}id"), "Uniqueidentifier", "");
    let attributes = [&[id], attributes].concat().join(",");
    format!(
        r#"{{"LogicalName":"{name}","EntitySetName":"{name}s","PrimaryIdAttribute":"{name}id","Attributes":[{attributes}]{more}}}"#
    )
}

/// The definition of a column.
pub fn attribute(name: &str, of: &str, more: &str) -> String {
    format!(
        r#"{{"LogicalName":"{name}","AttributeType":"{of}","AttributeTypeName":{{"Value":"{of}Type"}},"IsValidODataAttribute":true,"IsValidForRead":true{more}}}"#
    )
}

/// A body of definitions of tables.
pub fn body(tables: &[String]) -> String {
    format!(r#"{{"value":[{}]}}"#, tables.join(","))
}
