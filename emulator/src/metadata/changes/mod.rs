//! `RetrieveMetadataChanges` and the other messages that tell definitions: `RetrieveTimestamp`, `RetrieveEntity`,
//! `RetrieveAllEntities`.

mod criteria;
mod history;
mod query;
mod write;

use super::address::{self, not_found};
use super::catalog::Catalog;
use super::item::Item;
use super::json::Json;
use super::reply;
use crate::odata::{Literal, Parentheses, Request, Segment};
use crate::{Answer, Call, Fault};
pub use history::History;
use history::Kind;
pub(super) use history::after;
use query::{Properties, Query};
use std::collections::HashSet;
use std::time::SystemTime;
use write::Wanted;

/// The arguments of a function, by name.
struct Arguments(Vec<(String, Literal)>);

impl Arguments {
    /// Those of a function that is all of the path.
    fn of(request: &Request, known: &[&str]) -> Result<Self, Fault> {
        let Some((Segment::Name(function), rest)) = request.resource.segments.split_first() else {
            return Err(Fault::no_resource(""));
        };
        address::end(rest)?;
        let mut arguments = Vec::new();
        match &function.parentheses {
            None | Some(Parentheses::Empty) => {}
            Some(Parentheses::One(_)) => {
                return Err(Fault::bad_query(format!(
                    "The arguments of {} need names.",
                    function.name
                )));
            }
            Some(Parentheses::Named(named)) => {
                for (name, argument) in named {
                    if !known.contains(&name.as_str()) {
                        return Err(Fault::bad_query(format!(
                            "The function {} has no parameter '{name}'.",
                            function.name
                        )));
                    }
                    arguments.push((name.clone(), request.options.aliases.resolve(argument)?));
                }
            }
        }
        Ok(Self(arguments))
    }

    fn take(&mut self, name: &str) -> Option<Literal> {
        let at = self.0.iter().position(|(known, _)| known == name)?;
        Some(self.0.swap_remove(at).1).filter(|value| *value != Literal::Null)
    }

    fn text(&mut self, name: &str) -> Result<Option<String>, Fault> {
        match self.take(name) {
            None => Ok(None),
            Some(Literal::Text(text)) => Ok(Some(text)),
            Some(_) => Err(Fault::bad_query(format!("The parameter '{name}' is a text."))),
        }
    }

    /// The members of an enumeration, as texts.
    fn members(&mut self, name: &str) -> Result<Vec<String>, Fault> {
        let text = match self.take(name) {
            None => return Ok(Vec::new()),
            Some(Literal::Member { member: text, .. } | Literal::Text(text) | Literal::Number(text)) => text,
            Some(_) => {
                return Err(Fault::bad_query(format!(
                    "The parameter '{name}' is an enumeration."
                )));
            }
        };
        Ok(text.split(',').map(|word| word.trim().to_owned()).collect())
    }
}

/// Answers `RetrieveMetadataChanges`.
pub(super) fn answer(
    catalog: Catalog<'_>,
    history: &History,
    call: &Call,
    request: &Request,
    now: SystemTime,
) -> Result<Answer, Fault> {
    const KNOWN: [&str; 5] = [
        "Query",
        "ClientVersionStamp",
        "DeletedMetadataFilters",
        "AppModuleId",
        "RetrieveAllSettings",
    ];
    let mut arguments = Arguments::of(request, &KNOWN)?;
    if arguments.take("AppModuleId").is_some() {
        return Err(Fault::unsupported(
            "the parameter 'AppModuleId' of RetrieveMetadataChanges",
        ));
    }
    let query = match arguments.take("Query") {
        None => None,
        Some(Literal::Json(json)) => Some(Query::read(json)?),
        Some(_) => return Err(Fault::bad_query("The parameter 'Query' is an object.")),
    };
    let stamp = arguments
        .text("ClientVersionStamp")?
        .filter(|stamp| !stamp.is_empty());
    let since = stamp.map(|stamp| history.version_of(&stamp, now)).transpose()?;
    let filters = deletions(&arguments.members("DeletedMetadataFilters")?)?;
    // Without a query everything is wanted; a query without properties wants what says which definitions they are.
    let everything = query.is_none();
    let query = query.unwrap_or_default();
    let properties = if everything {
        Properties::all()
    } else {
        Properties::default()
    };
    let wanted = Wanted {
        query: &query,
        properties: query.properties.as_ref().unwrap_or(&properties),
        since: since.map(|since| (history, since)),
    };
    let mut json = message(catalog, call, "RetrieveMetadataChangesResponse");
    if let Some(languages) = query
        .label_query
        .as_ref()
        .and_then(|of| of.filter_languages.clone())
        && !languages.is_empty()
    {
        json.only_languages(languages);
    }
    json.name("ServerVersionStamp");
    json.text(&history.current());
    json.comma();
    deleted(&mut json, history, &filters, since);
    json.name("EntityMetadata");
    all(&mut json, catalog, &wanted)?;
    json.close('}');
    Ok(reply::json(json.finish()))
}

/// Opens the answer of a message.
fn message(catalog: Catalog<'_>, call: &Call, response: &str) -> Json {
    let mut json = Json::new(catalog.language);
    json.open('{');
    json.name("@odata.context");
    json.text(&format!(
        "{}$metadata#Microsoft.Dynamics.CRM.{response}",
        call.root
    ));
    json.comma();
    json
}

fn all(json: &mut Json, catalog: Catalog<'_>, wanted: &Wanted<'_>) -> Result<(), Fault> {
    json.open('[');
    for table in catalog.tables() {
        if wanted.table(json, catalog, table)? {
            json.comma();
        }
    }
    json.close(']');
    Ok(())
}

/// The sorts of deletions that are asked for (`DeletedMetadataFilters`). Deletions of labels aren't remembered.
fn deletions(words: &[String]) -> Result<HashSet<&'static str>, Fault> {
    let mut kinds = HashSet::new();
    for word in words {
        match word.as_str() {
            "All" | "31" => kinds.extend(Kind::ALL.map(Kind::word)),
            "Default" | "Entity" | "1" => {
                kinds.insert(Kind::Table.word());
            }
            "Attribute" | "2" => {
                kinds.insert(Kind::Column.word());
            }
            "Relationship" | "4" => {
                kinds.insert(Kind::Relationship.word());
            }
            "OptionSet" | "16" => {
                kinds.insert(Kind::OptionSet.word());
            }
            "Label" | "8" => return Err(Fault::unsupported("deletions of labels")),
            _ => {
                return Err(Fault::bad_query(format!(
                    "'{}' is no member of DeletedMetadataFilters.",
                    word.chars().take(60).collect::<String>()
                )));
            }
        }
    }
    Ok(kinds)
}

/// A dictionary, as the service writes them: its keys and its values side by side.
fn deleted(json: &mut Json, history: &History, filters: &HashSet<&str>, since: Option<u64>) {
    let wanted = Kind::ALL.into_iter().filter(|kind| filters.contains(kind.word()));
    let found: Vec<_> = wanted
        .map(|kind| {
            (
                kind,
                since.map_or_else(Vec::new, |since| history.deleted(kind, since)),
            )
        })
        .filter(|(_, ids)| !ids.is_empty())
        .collect();
    json.raw(&format!(
        "\"DeletedMetadata\":{{\"Count\":{},\"IsReadOnly\":false,\"Keys\":[",
        found.len()
    ));
    for (kind, _) in &found {
        json.text(kind.word());
        json.comma();
    }
    json.close(']');
    json.raw(",\"Values\":[");
    for (_, ids) in &found {
        json.raw("{\"Items\":[");
        for id in ids {
            json.id(*id);
            json.comma();
        }
        json.close(']');
        json.raw("},");
    }
    json.close(']');
    json.raw("},");
}

/// Answers `RetrieveTimestamp`.
pub(super) fn timestamp(history: &History, call: &Call, request: &Request) -> Result<Answer, Fault> {
    Arguments::of(request, &[])?;
    let mut json = Json::new(0);
    json.open('{');
    json.name("@odata.context");
    json.text(&format!(
        "{}$metadata#Microsoft.Dynamics.CRM.RetrieveTimestampResponse",
        call.root
    ));
    json.comma();
    json.name("Timestamp");
    json.text(&history.current());
    json.close('}');
    Ok(reply::json(json.finish()))
}

/// Which parts `EntityFilters` ask for. `Entity` alone is without parts.
fn filtered(words: &[String]) -> Result<Properties, Fault> {
    let mut names = Vec::new();
    for word in words {
        match word.as_str() {
            "All" | "15" => return Ok(Properties::all()),
            "Entity" | "Default" | "1" | "Privileges" | "4" => {}
            "Attributes" | "2" => names.push("Attributes"),
            "Relationships" | "8" => names.extend([
                "ManyToManyRelationships",
                "ManyToOneRelationships",
                "OneToManyRelationships",
            ]),
            _ => {
                return Err(Fault::bad_query(format!(
                    "'{}' is no member of EntityFilters.",
                    word.chars().take(60).collect::<String>()
                )));
            }
        }
    }
    Ok(Properties::without_parts_but(&names))
}

/// Answers `RetrieveEntity`.
pub(super) fn entity(catalog: Catalog<'_>, call: &Call, request: &Request) -> Result<Answer, Fault> {
    const KNOWN: [&str; 4] = [
        "EntityFilters",
        "LogicalName",
        "MetadataId",
        "RetrieveAsIfPublished",
    ];
    let mut arguments = Arguments::of(request, &KNOWN)?;
    let properties = filtered(&arguments.members("EntityFilters")?)?;
    let name = arguments.text("LogicalName")?.unwrap_or_default();
    let id = match arguments.take("MetadataId") {
        Some(Literal::Guid(id)) if !id.is_nil() => Some(id),
        _ => None,
    };
    let fits = |item: &Item<'_>| id.map_or_else(|| item.name() == name, |id| item.id() == id);
    let table = catalog.tables().find(fits);
    let table = table.ok_or_else(|| not_found("an entity", &format!("with the name '{name}'")))?;
    let wanted = Wanted {
        query: &Query::default(),
        properties: &properties,
        since: None,
    };
    let mut json = message(catalog, call, "RetrieveEntityResponse");
    json.name("EntityMetadata");
    wanted.table(&mut json, catalog, table)?;
    json.close('}');
    Ok(reply::json(json.finish()))
}

/// Answers `RetrieveAllEntities`.
pub(super) fn all_entities(
    catalog: Catalog<'_>,
    history: &History,
    call: &Call,
    request: &Request,
) -> Result<Answer, Fault> {
    let mut arguments = Arguments::of(request, &["EntityFilters", "RetrieveAsIfPublished"])?;
    let properties = filtered(&arguments.members("EntityFilters")?)?;
    let wanted = Wanted {
        query: &Query::default(),
        properties: &properties,
        since: None,
    };
    let mut json = message(catalog, call, "RetrieveAllEntitiesResponse");
    json.name("Timestamp");
    json.text(&history.current());
    json.comma();
    json.name("EntityMetadata");
    all(&mut json, catalog, &wanted)?;
    json.close('}');
    Ok(reply::json(json.finish()))
}
