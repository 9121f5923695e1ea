//! The query of `RetrieveMetadataChanges` (`EntityQueryExpression`), read from its JSON.

use crate::Fault;
use crate::metadata::shape::is_of_table;
use serde::Deserialize;
use serde_json::Value as Json;
use std::collections::HashSet;

/// Which definitions are wanted, and what of them.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct Query {
    /// Which tables.
    pub(super) criteria: Option<Criteria>,
    /// What of them. Without it, what says which they are.
    pub(super) properties: Option<Properties>,
    /// Which columns, and what of them.
    pub(super) attribute_query: Option<Part>,
    /// Which relationships, and what of them.
    pub(super) relationship_query: Option<Part>,
    /// Which alternate keys, and what of them.
    pub(super) key_query: Option<Part>,
    /// Which languages of labels.
    pub(super) label_query: Option<LabelQuery>,
    #[serde(rename = "@odata.type")]
    _type: Option<Json>,
    #[serde(rename = "ExtensionData")]
    _extension: Option<Json>,
}

/// Which parts of tables are wanted, and what of them.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct Part {
    pub(super) criteria: Option<Criteria>,
    pub(super) properties: Option<Properties>,
    #[serde(rename = "@odata.type")]
    _type: Option<Json>,
    #[serde(rename = "ExtensionData")]
    _extension: Option<Json>,
}

/// Which properties are wanted.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct Properties {
    #[serde(default)]
    all_properties: bool,
    property_names: Option<HashSet<String>>,
    /// Of the parts of tables, only these, if this is set.
    #[serde(skip)]
    parts: Option<Vec<&'static str>>,
    #[serde(rename = "@odata.type")]
    _type: Option<Json>,
    #[serde(rename = "ExtensionData")]
    _extension: Option<Json>,
}

/// Which languages are wanted.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct LabelQuery {
    pub(super) filter_languages: Option<Vec<u32>>,
    #[serde(rename = "MissingLabelBehavior")]
    _missing: Option<Json>,
    #[serde(rename = "@odata.type")]
    _type: Option<Json>,
    #[serde(rename = "ExtensionData")]
    _extension: Option<Json>,
}

/// Conditions joined by a word.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct Criteria {
    filter_operator: Option<Json>,
    #[serde(default)]
    pub(super) conditions: Option<Vec<Condition>>,
    #[serde(default)]
    pub(super) filters: Option<Vec<Criteria>>,
    #[serde(rename = "@odata.type")]
    _type: Option<Json>,
    #[serde(rename = "ExtensionData")]
    _extension: Option<Json>,
}

/// A condition on a property.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct Condition {
    condition_operator: Json,
    pub(super) property_name: String,
    pub(super) value: Option<Typed>,
    #[serde(rename = "@odata.type")]
    _type: Option<Json>,
    #[serde(rename = "ExtensionData")]
    _extension: Option<Json>,
}

/// A value with the name of its .NET type.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct Typed {
    #[serde(rename = "Type")]
    pub(super) ty: Option<String>,
    pub(super) value: Option<Json>,
    #[serde(rename = "@odata.type")]
    _type: Option<Json>,
}

/// How a property and a value are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Equals,
    NotEquals,
    In,
    NotIn,
    GreaterThan,
    LessThan,
}

impl Query {
    /// Reads a query.
    ///
    /// # Errors
    /// If it has another form, or a member that no query has.
    pub(super) fn read(json: Json) -> Result<Self, Fault> {
        serde_json::from_value(json)
            .map_err(|error| Fault::bad_query(format!("The parameter 'Query' can't be read: {error}.")))
    }
}

impl Properties {
    /// Everything.
    pub(super) fn all() -> Self {
        Self {
            all_properties: true,
            ..Self::default()
        }
    }

    /// Everything but the parts of tables that aren't named here.
    pub(super) fn without_parts_but(names: &[&'static str]) -> Self {
        Self {
            parts: Some(names.to_vec()),
            ..Self::all()
        }
    }

    /// Whether a property is wanted.
    pub(super) fn want(&self, name: &str) -> bool {
        if let Some(parts) = &self.parts
            && is_of_table(name)
        {
            return parts.contains(&name);
        }
        self.all_properties
            || self
                .property_names
                .as_ref()
                .is_some_and(|names| names.contains(name))
    }
}

impl Criteria {
    /// Whether one condition is enough.
    ///
    /// # Errors
    /// If the word is neither `And` nor `Or`.
    pub(super) fn any(&self) -> Result<bool, Fault> {
        match word(self.filter_operator.as_ref(), &["And", "Or"])? {
            None | Some(0) => Ok(false),
            Some(_) => Ok(true),
        }
    }
}

impl Condition {
    /// The operator.
    ///
    /// # Errors
    /// If there is none of this name.
    pub(super) fn operator(&self) -> Result<Operator, Fault> {
        const ALL: [(&str, Operator); 6] = [
            ("Equals", Operator::Equals),
            ("NotEquals", Operator::NotEquals),
            ("In", Operator::In),
            ("NotIn", Operator::NotIn),
            ("GreaterThan", Operator::GreaterThan),
            ("LessThan", Operator::LessThan),
        ];
        let at = word(Some(&self.condition_operator), &ALL.map(|(name, _)| name))?;
        at.and_then(|at| ALL.get(at))
            .map(|(_, operator)| *operator)
            .ok_or_else(|| Fault::bad_query("A condition of the parameter 'Query' has no operator."))
    }
}

/// The place of a word among those that may stand here. Members of enumerations are written by name or by number.
fn word(json: Option<&Json>, words: &[&str]) -> Result<Option<usize>, Fault> {
    let found = match json {
        None | Some(Json::Null) => return Ok(None),
        Some(Json::String(text)) => words.iter().position(|word| word == text),
        Some(Json::Number(number)) => number
            .as_u64()
            .and_then(|number| usize::try_from(number).ok())
            .filter(|at| *at < words.len()),
        Some(_) => None,
    };
    found.map(Some).ok_or_else(|| {
        Fault::bad_query(format!(
            "The parameter 'Query' has a word that isn't one of {}.",
            words.join(", ")
        ))
    })
}
