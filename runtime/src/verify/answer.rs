//! The answer, as far as it matters here.

use crate::DecodeError;
use crate::message::Response;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Answer {
    entity_metadata: Vec<FoundTable>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct FoundTable {
    logical_name: String,
    pub(super) entity_set_name: Option<String>,
    pub(super) primary_id_attribute: Option<String>,
    attributes: Option<Vec<FoundColumn>>,
    many_to_one_relationships: Option<Vec<FoundRelationship>>,
    one_to_many_relationships: Option<Vec<FoundRelationship>>,
    many_to_many_relationships: Option<Vec<FoundRelationship>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct FoundColumn {
    logical_name: String,
    attribute_type_name: Option<Wrapped>,
    date_time_behavior: Option<Wrapped>,
    pub(super) is_valid_for_read: Option<bool>,
    pub(super) is_valid_for_create: Option<bool>,
    pub(super) is_valid_for_update: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct FoundRelationship {
    referenced_entity_navigation_property_name: Option<String>,
    referencing_entity_navigation_property_name: Option<String>,
    entity1_navigation_property_name: Option<String>,
    entity2_navigation_property_name: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Wrapped {
    value: Option<String>,
}

impl Answer {
    pub(super) fn read(response: &Response) -> Result<Self, DecodeError> {
        let text = response.text("definitions")?;
        serde_json::from_str(text).map_err(|error| DecodeError::mismatch("definitions", &error.to_string()))
    }

    pub(super) fn table(&self, name: &str) -> Option<&FoundTable> {
        self.entity_metadata
            .iter()
            .find(|table| table.logical_name == name)
    }
}

impl FoundTable {
    /// The column that is read as this property.
    pub(super) fn column(&self, property: &str) -> Option<&FoundColumn> {
        let named = |name: &str| {
            self.attributes
                .iter()
                .flatten()
                .find(|of| of.logical_name == name)
        };
        named(property).or_else(|| named(column_of(property)?))
    }

    /// Whether there is a navigation property of this name from the table's rows.
    pub(super) fn has_navigation(&self, name: &str) -> bool {
        let is = |of: &Option<String>| of.as_deref() == Some(name);
        let many_to_one = self.many_to_one_relationships.iter().flatten();
        let one_to_many = self.one_to_many_relationships.iter().flatten();
        let many_to_many = self.many_to_many_relationships.iter().flatten();
        many_to_one
            .map(|of| is(&of.referencing_entity_navigation_property_name))
            .chain(one_to_many.map(|of| is(&of.referenced_entity_navigation_property_name)))
            .chain(many_to_many.map(|of| {
                is(&of.entity1_navigation_property_name) || is(&of.entity2_navigation_property_name)
            }))
            .any(|is| is)
    }
}

impl FoundColumn {
    /// The type, as the service names it: `StringType`.
    pub(super) fn type_name(&self) -> Option<&str> {
        self.attribute_type_name.as_ref()?.value.as_deref()
    }

    /// What a date means: `UserLocal`.
    pub(super) fn behavior(&self) -> Option<&str> {
        self.date_time_behavior.as_ref()?.value.as_deref()
    }
}

/// `primarycontactid` of `_primarycontactid_value`.
pub(super) fn column_of(property: &str) -> Option<&str> {
    property.strip_prefix('_')?.strip_suffix("_value")
}
