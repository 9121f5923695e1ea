//! Tells by its properties what an object is, for bodies without `@odata.context`.

use std::borrow::Cow;
use std::fmt;

use serde::Deserializer;
use serde::de::{IgnoredAny, MapAccess, Visitor};

use super::context::Target;
use super::lenient::{Key, ScalarSeed};
use super::model::Text;
use super::notes::Notes;

/// Property names that are kept; what identifies an object is among its first hundreds.
const KEPT: usize = 512;

/// What is known of an object after a glance: its properties' names.
#[derive(Debug, Default)]
pub(super) struct Glance<'a> {
    pub(super) names: Vec<Text<'a>>,
    pub(super) odata_type: Option<Text<'a>>,
}

impl<'a> Glance<'a> {
    /// Looks at one object of a body.
    pub(super) fn at(json: &'a str) -> Result<Self, serde_json::Error> {
        serde_json::Deserializer::from_str(json).deserialize_map(GlanceVisitor)
    }

    /// Remembers a property.
    pub(super) fn see(&mut self, name: Text<'a>) {
        if self.names.len() < KEPT {
            self.names.push(name);
        }
    }

    fn has(&self, name: &str) -> bool {
        self.names.iter().any(|seen| seen == name)
    }

    fn has_any(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.has(name))
    }

    /// What the object is, if that is certain.
    pub(super) fn target(&self) -> Option<Target> {
        if let Some(target) = self.odata_type.as_deref().and_then(by_type) {
            return Some(target);
        }
        if self.has("objectid") && self.has_any(&["componenttype", "_solutionid_value", "solutionid"]) {
            Some(Target::SolutionComponents)
        } else if self.has_any(&[
            "@odata.etag",
            "savedqueryid",
            "userqueryid",
            "formid",
            "@odata.id",
        ]) {
            Some(Target::Other)
        } else if self.has("KeyAttributes") {
            Some(Target::Keys)
        } else if self.has_any(RELATIONSHIP) {
            Some(Target::Relationships)
        } else if self.has_any(&["OptionSetType", "Options", "TrueOption"]) {
            Some(Target::OptionSets)
        } else if self.has("LogicalName") && self.has_any(ATTRIBUTE) {
            Some(Target::Attributes)
        } else if self.has("LogicalName") && self.has_any(TABLE) {
            Some(Target::Tables)
        } else {
            None
        }
    }

    /// True if it has only what tables and columns have in common.
    pub(super) fn is_bare(&self) -> bool {
        self.has_any(&["LogicalName", "MetadataId"])
    }
}

const RELATIONSHIP: &[&str] = &[
    "RelationshipType",
    "ReferencingEntity",
    "IntersectEntityName",
    "Entity1LogicalName",
];

const ATTRIBUTE: &[&str] = &[
    "AttributeType",
    "AttributeTypeName",
    "AttributeOf",
    "EntityLogicalName",
    "RequiredLevel",
    "OptionSet",
    "GlobalOptionSet",
    "IsValidODataAttribute",
    "MaxLength",
    "Targets",
];

const TABLE: &[&str] = &[
    "EntitySetName",
    "PrimaryIdAttribute",
    "PrimaryNameAttribute",
    "LogicalCollectionName",
    "DisplayCollectionName",
    "ObjectTypeCode",
    "OwnershipType",
    "TableType",
    "IsActivity",
    "IsIntersect",
    "Attributes",
    "Keys",
    "OneToManyRelationships",
    "ManyToOneRelationships",
    "ManyToManyRelationships",
];

fn by_type(odata_type: &str) -> Option<Target> {
    let name = odata_type
        .rsplit('.')
        .next()?
        .trim_start_matches('#')
        .strip_suffix("Metadata")?;
    Some(match name.strip_prefix("Complex").unwrap_or(name) {
        "Entity" => Target::Tables,
        "EntityKey" => Target::Keys,
        "OptionSet" | "BooleanOptionSet" => Target::OptionSets,
        "OneToManyRelationship" | "ManyToManyRelationship" | "RelationshipBase" => Target::Relationships,
        name if name.ends_with("Attribute") => Target::Attributes,
        _ => return None,
    })
}

struct GlanceVisitor;

impl<'de> Visitor<'de> for GlanceVisitor {
    type Value = Glance<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Glance<'de>, A::Error> {
        let notes = Notes::default();
        let mut glance = Glance::default();
        while let Some(name) = map.next_key_seed(Key)? {
            if name == "@odata.type" {
                let seed = ScalarSeed::<Cow<'de, str>, false>::new(&notes, &name);
                glance.odata_type = map.next_value_seed(seed)?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
            glance.see(name);
        }
        Ok(glance)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(json: &str) -> Option<Target> {
        Glance::at(json).unwrap().target()
    }

    #[test]
    fn by_properties() {
        let cases = [
            (
                r#"{"LogicalName":"rsk_a","EntitySetName":"rsk_as"}"#,
                Target::Tables,
            ),
            (
                r#"{"LogicalName":"rsk_a","AttributeType":"String"}"#,
                Target::Attributes,
            ),
            (r#"{"LogicalName":"rsk_a","KeyAttributes":[]}"#, Target::Keys),
            (
                r#"{"SchemaName":"rsk_a_b","ReferencingEntity":"rsk_b"}"#,
                Target::Relationships,
            ),
            (r#"{"Name":"rsk_hull","Options":[]}"#, Target::OptionSets),
            (
                r#"{"objectid":"1","componenttype":1,"@odata.etag":"x"}"#,
                Target::SolutionComponents,
            ),
            (r#"{"@odata.etag":"x","name":"a view"}"#, Target::Other),
        ];
        for (json, expected) in cases {
            assert_eq!(target(json), Some(expected), "{json}");
        }
        assert_eq!(target(r#"{"LogicalName":"rsk_a"}"#), None);
    }

    #[test]
    fn by_odata_type() {
        let typed = |name| target(&format!("{{\"@odata.type\":\"#Microsoft.Dynamics.CRM.{name}\"}}"));
        assert_eq!(typed("ComplexEntityMetadata"), Some(Target::Tables));
        assert_eq!(typed("PicklistAttributeMetadata"), Some(Target::Attributes));
        assert_eq!(typed("BooleanOptionSetMetadata"), Some(Target::OptionSets));
        assert_eq!(
            typed("ManyToManyRelationshipMetadata"),
            Some(Target::Relationships)
        );
        assert_eq!(typed("account"), None);
    }
}
