//! The requests of a fetch.
//!
//! Sources: Microsoft Learn, "Query schema definitions", "Cache schema data", "Query table definitions using the Web API".

use dataverse_runtime::message::{Origin, Request};
use dataverse_runtime::percent_encoded;
use http::Method;
use http::header::{ACCEPT, HeaderValue};
use serde_json::{Value, json};

fn get(path: impl Into<String>, operation: &'static str) -> Request {
    Request::new(
        Method::GET,
        path,
        Origin {
            operation,
            table: None,
        },
    )
}

/// Who the program is, and in which organization.
pub(super) fn who_am_i() -> Request {
    get("WhoAmI", "WhoAmI")
}

/// When the metadata last changed.
pub(super) fn timestamp() -> Request {
    get("RetrieveTimestamp()", "RetrieveTimestamp")
}

/// The document of all types and operations.
pub(super) fn metadata() -> Request {
    get("$metadata", "$metadata").header(ACCEPT, HeaderValue::from_static("application/xml"))
}

/// All tables, with what is needed of one that is only referred to.
pub(super) fn tables() -> Request {
    get(
        "EntityDefinitions?$select=LogicalName,SchemaName,EntitySetName,PrimaryIdAttribute,PrimaryNameAttribute,DisplayName",
        "EntityDefinitions",
    )
}

/// The global choices.
pub(super) fn choices() -> Request {
    get("GlobalOptionSetDefinitions", "GlobalOptionSetDefinitions")
}

/// The tables of solutions, by unique name.
pub(super) fn solutions(names: &[String]) -> Request {
    let names: Vec<String> = names
        .iter()
        .map(|name| format!("solutionid/uniquename eq '{}'", name.replace('\'', "''")))
        .collect();
    let filter = format!("componenttype eq 1 and ({})", names.join(" or "));
    get(
        format!(
            "solutioncomponents?$select=objectid,componenttype,rootcomponentbehavior\
             &$expand=solutionid($select=uniquename)&$filter={}",
            percent_encoded(&filter)
        ),
        "solutioncomponents",
    )
}

/// What is asked of each table.
const TABLE: &[&str] = &[
    "LogicalName",
    "SchemaName",
    "EntitySetName",
    "DisplayName",
    "DisplayCollectionName",
    "Description",
    "PrimaryIdAttribute",
    "PrimaryNameAttribute",
    "PrimaryImageAttribute",
    "TableType",
    "OwnershipType",
    "IsActivity",
    "IsActivityParty",
    "IsIntersect",
    "IsCustomEntity",
    "IsSolutionAware",
    "ChangeTrackingEnabled",
    "IsOptimisticConcurrencyEnabled",
    "IsDuplicateDetectionEnabled",
    "EnforceStateTransitions",
    "HasNotes",
    "HasActivities",
    "Attributes",
    "Keys",
    "ManyToOneRelationships",
    "ManyToManyRelationships",
];

/// What is asked of each relationship. The other side of one to many is left out: it says the same again, and of a table
/// such as `systemuser` more than a thousand times.
const RELATIONSHIP: &[&str] = &[
    "SchemaName",
    "RelationshipType",
    "ReferencedEntity",
    "ReferencedEntityNavigationPropertyName",
    "ReferencingEntity",
    "ReferencingAttribute",
    "ReferencingEntityNavigationPropertyName",
    "CascadeConfiguration",
    "IsHierarchical",
    "Entity1LogicalName",
    "Entity1NavigationPropertyName",
    "Entity2LogicalName",
    "Entity2NavigationPropertyName",
    "IntersectEntityName",
];

fn only(names: &[&str]) -> Value {
    json!({ "AllProperties": false, "PropertyNames": names })
}

fn is_one_of(tables: &[String]) -> Value {
    let conditions: Vec<Value> = tables
        .iter()
        .map(|table| {
            json!({
                "PropertyName": "LogicalName",
                "ConditionOperator": "Equals",
                "Value": { "Type": "System.String", "Value": table },
            })
        })
        .collect();
    json!({ "FilterOperator": "Or", "Conditions": conditions })
}

/// The definitions of these tables, whole.
pub(super) fn definitions(tables: &[String], languages: &[u32]) -> Request {
    let mut query = json!({
        "Criteria": is_one_of(tables),
        "Properties": only(TABLE),
        "AttributeQuery": { "Properties": { "AllProperties": true } },
        "KeyQuery": { "Properties": { "AllProperties": true } },
        "RelationshipQuery": { "Properties": only(RELATIONSHIP) },
    });
    if !languages.is_empty() {
        query["LabelQuery"] = json!({ "FilterLanguages": languages, "MissingLabelBehavior": 0 });
    }
    changes(&query, None)
}

/// The stamp of now, from which on changes can be asked for.
pub(crate) fn first_stamp() -> Request {
    let query = json!({
        "Criteria": is_one_of(&["systemuser".to_owned()]),
        "Properties": only(&["LogicalName"]),
    });
    changes(&query, None)
}

/// The names of all tables in which something has changed since the stamp, and the ids of what is gone.
pub(super) fn changed_since(stamp: &str) -> Request {
    let name = || json!({ "Properties": only(&["LogicalName"]) });
    let query = json!({
        "Properties": only(&["LogicalName", "Attributes", "Keys", "ManyToOneRelationships", "ManyToManyRelationships"]),
        "AttributeQuery": name(),
        "KeyQuery": name(),
        "RelationshipQuery": { "Properties": only(&["SchemaName"]) },
    });
    changes(&query, Some(stamp))
}

fn changes(query: &Value, stamp: Option<&str>) -> Request {
    let query = percent_encoded(&query.to_string());
    let path = match stamp {
        None => format!("RetrieveMetadataChanges(Query=@q)?@q={query}"),
        Some(stamp) => format!(
            "RetrieveMetadataChanges(Query=@q,ClientVersionStamp=@v,DeletedMetadataFilters=@d)?@q={query}&@v={}&@d={}",
            percent_encoded(&format!("'{}'", stamp.replace('\'', "''"))),
            percent_encoded("Microsoft.Dynamics.CRM.DeletedMetadataFilters'All'"),
        ),
    };
    get(path, "RetrieveMetadataChanges")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_of_many_long_names_fits_into_an_address() {
        let tables: Vec<String> = (0..super::super::run::TABLES_AT_ONCE)
            .map(|number| format!("rsk_{}{number}", "a".repeat(90)))
            .collect();
        // The service takes 32,768 characters (Microsoft Learn, "Compose HTTP requests and handle errors").
        let longest = definitions(&tables, &[1033, 1031, 1036]).path().len();
        assert!(longest < 30_000, "{longest}");
    }

    #[test]
    fn texts_are_written_so_that_they_stay_texts() {
        let path = solutions(&["O'Brien & Co".to_owned()]).path().to_owned();
        assert!(
            path.ends_with("uniquename%20eq%20%27O%27%27Brien%20%26%20Co%27%29")
                || path.contains("O''Brien%20%26%20Co"),
            "{path}"
        );
        let path = changed_since("12!10/09/2022 22:10:22").path().to_owned();
        assert!(path.contains("&@v=") && !path.contains(' '), "{path}");
    }
}
