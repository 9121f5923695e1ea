//! What an environment says of its schema: the service document, `$metadata`, definitions, and what changed in them.
//!
//! All of it is made from the model when it is asked for; nothing is stored but `$metadata`, which every client asks for, and
//! the history of the schemas that came one after the other.

mod address;
mod catalog;
mod changes;
mod condition;
mod csdl;
mod definitions;
mod describe;
mod ids;
mod item;
mod json;
mod node;
mod relations;
mod reply;
mod service;
mod shape;
mod solutions;
mod types;

use crate::model::Model;
use crate::odata;
use crate::{Answer, Call, Fault};
use bytes::Bytes;
use catalog::Catalog;
use changes::History;
use http::{Method, StatusCode};
use relations::Relations;
use std::sync::{Arc, OnceLock};
use std::time::SystemTime;

/// How definitions are to be told.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// The language of the user (LCID): the one of `UserLocalizedLabel`.
    pub language: u32,
}

impl Default for Settings {
    /// English.
    fn default() -> Self {
        Self { language: 1033 }
    }
}

/// The id of a privilege, by its name.
pub(crate) fn privilege_id(name: &str) -> uuid::Uuid {
    ids::id("privilege", &[name])
}

/// What an environment says of one schema, and of those before it.
#[derive(Debug)]
pub struct Metadata {
    model: Arc<Model>,
    settings: Settings,
    history: History,
    relations: OnceLock<Relations>,
    /// `$metadata`, without annotations and with them.
    csdl: [OnceLock<Bytes>; 2],
}

impl Metadata {
    /// The metadata of an environment's first schema.
    pub fn new(model: Arc<Model>, settings: Settings, now: SystemTime) -> Self {
        Self::with(model, settings, History::new(now))
    }

    fn with(model: Arc<Model>, settings: Settings, history: History) -> Self {
        Self {
            model,
            settings,
            history,
            relations: OnceLock::new(),
            csdl: [OnceLock::new(), OnceLock::new()],
        }
    }

    /// The metadata after another schema has taken this one's place. The stamp moves even if nothing differs, as the
    /// service's does when customizations are published.
    #[must_use]
    pub fn replaced(&self, model: Arc<Model>, now: SystemTime) -> Self {
        let next = Self::with(model, self.settings, self.history.clone());
        let history = changes::after(self.history.clone(), self.catalog(), next.catalog(), now);
        Self { history, ..next }
    }

    /// The stamp of the schema: `ServerVersionStamp` of `RetrieveMetadataChanges`.
    pub fn stamp(&self) -> String {
        self.history.current()
    }

    /// The number in the stamp: what the annotation `Microsoft.Dynamics.CRM.globalmetadataversion` says.
    pub fn version(&self) -> u64 {
        self.history.version()
    }

    fn catalog(&self) -> Catalog<'_> {
        Catalog {
            model: &self.model,
            relations: self.relations.get_or_init(|| Relations::new(&self.model)),
            language: self.settings.language,
        }
    }

    /// `$metadata`. Written once for each schema.
    pub fn csdl(&self, annotations: bool) -> Bytes {
        let written = &self.csdl[usize::from(annotations)];
        written
            .get_or_init(|| Bytes::from(csdl::write(self.catalog(), annotations)))
            .clone()
    }

    /// Answers a call that asks for metadata. `None`: it asks for something else.
    ///
    /// # Errors
    /// Inside, if the service would refuse it, or this emulator doesn't do it.
    pub fn answer(&self, call: &Call, now: SystemTime) -> Option<Result<Answer, Fault>> {
        let topic = self.topic(&call.path)?;
        Some(self.about(topic, call, now))
    }

    fn topic(&self, path: &str) -> Option<Topic> {
        let end = path.trim_start_matches('/').split(['?', '#']).next()?;
        let first = end.split(['/', '(']).next()?;
        let first = odata::decode(first, false).ok()?;
        Some(match first.as_str() {
            "" => Topic::Service,
            "$metadata" => Topic::Csdl,
            "EntityDefinitions"
            | "GlobalOptionSetDefinitions"
            | "RelationshipDefinitions"
            | "ManagedPropertyDefinitions" => Topic::Definitions,
            "RetrieveMetadataChanges" => Topic::Changes,
            "RetrieveTimestamp" => Topic::Timestamp,
            "RetrieveEntity" => Topic::Entity,
            "RetrieveAllEntities" => Topic::AllEntities,
            "solutioncomponents" if self.model.entity_of_set("solutioncomponents").is_none() => {
                Topic::Solutions
            }
            _ => return None,
        })
    }

    fn about(&self, topic: Topic, call: &Call, now: SystemTime) -> Result<Answer, Fault> {
        if call.method != Method::GET && call.method != Method::HEAD {
            return Err(refused(topic, &call.method));
        }
        let catalog = self.catalog();
        let request = odata::Request::parse(&call.path)?;
        match topic {
            Topic::Service => {
                address::end(&request.resource.segments)?;
                Ok(reply::json(service::document(catalog, &call.root)))
            }
            Topic::Csdl => {
                address::end(&request.resource.segments[1..])?;
                Ok(reply::xml(
                    self.csdl(reply::wants_annotations(call, &request.options)),
                ))
            }
            Topic::Definitions => definitions::answer(catalog, call, &request),
            Topic::Changes => changes::answer(catalog, &self.history, call, &request, now),
            Topic::Timestamp => changes::timestamp(&self.history, call, &request),
            Topic::Entity => changes::entity(catalog, call, &request),
            Topic::AllEntities => changes::all_entities(catalog, &self.history, call, &request),
            Topic::Solutions => solutions::answer(catalog, call, &request),
        }
    }
}

/// What a call asks for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Topic {
    Service,
    Csdl,
    Definitions,
    Changes,
    Timestamp,
    Entity,
    AllEntities,
    Solutions,
}

/// What may not be done with metadata.
fn refused(topic: Topic, method: &Method) -> Fault {
    let not_allowed = |message: &str| Fault::new(StatusCode::METHOD_NOT_ALLOWED, 0x8006_0888, message);
    match (topic, method) {
        (Topic::Definitions, &Method::PATCH) => not_allowed("Operation not supported on EntityMetadata"),
        (Topic::Definitions, method) => Fault::unsupported(&format!(
            "changing the schema by the Web API ({method} of definitions)"
        )),
        (Topic::Solutions, _) => Fault::unsupported("writing solution components"),
        _ => not_allowed("The requested resource does not support http method."),
    }
}
