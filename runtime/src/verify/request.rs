//! The request for definitions (Microsoft Learn, "Query schema definitions").

use crate::message::{Origin, Request};
use crate::percent_encoded;
use http::Method;
use serde_json::{Value, json};

const TABLE: &[&str] = &[
    "LogicalName",
    "EntitySetName",
    "PrimaryIdAttribute",
    "Attributes",
    "ManyToOneRelationships",
    "OneToManyRelationships",
    "ManyToManyRelationships",
];
const COLUMN: &[&str] = &[
    "LogicalName",
    "AttributeTypeName",
    "DateTimeBehavior",
    "IsValidForRead",
    "IsValidForCreate",
    "IsValidForUpdate",
];
const RELATIONSHIP: &[&str] = &[
    "ReferencedEntityNavigationPropertyName",
    "ReferencingEntityNavigationPropertyName",
    "Entity1LogicalName",
    "Entity1NavigationPropertyName",
    "Entity2NavigationPropertyName",
];

fn only(names: &[&str]) -> Value {
    json!({ "Properties": { "AllProperties": false, "PropertyNames": names } })
}

pub(super) fn definitions(tables: impl Iterator<Item = &'static str>) -> Request {
    let conditions: Vec<Value> = tables
        .map(|table| {
            json!({
                "PropertyName": "LogicalName",
                "ConditionOperator": "Equals",
                "Value": { "Type": "System.String", "Value": table },
            })
        })
        .collect();
    let mut query = only(TABLE);
    query["Criteria"] = json!({ "FilterOperator": "Or", "Conditions": conditions });
    query["AttributeQuery"] = only(COLUMN);
    query["RelationshipQuery"] = only(RELATIONSHIP);
    let origin = Origin {
        operation: "RetrieveMetadataChanges",
        table: None,
    };
    let query = percent_encoded(&query.to_string());
    Request::new(
        Method::GET,
        format!("RetrieveMetadataChanges(Query=@q)?@q={query}"),
        origin,
    )
}
