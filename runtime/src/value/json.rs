//! Values without a type of their own.

use serde_json::value::RawValue;
use std::fmt;
use std::str::FromStr;

/// Any JSON, kept as the text that it came as, so that no digit of a number is lost.
#[derive(Clone)]
pub struct Json(Box<RawValue>);

impl Json {
    pub(crate) fn from_raw(raw: Box<RawValue>) -> Self {
        Self(raw)
    }

    #[cfg(feature = "serde")]
    pub(super) fn raw(&self) -> &RawValue {
        &self.0
    }

    /// The JSON text.
    pub fn as_str(&self) -> &str {
        self.0.get()
    }

    /// Reads it into a type that serde knows.
    ///
    /// # Errors
    /// If the JSON doesn't have that type's shape.
    pub fn parse<'a, V: serde::Deserialize<'a>>(&'a self) -> Result<V, serde_json::Error> {
        serde_json::from_str(self.as_str())
    }
}

impl FromStr for Json {
    type Err = serde_json::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        serde_json::from_str::<&RawValue>(text).map(|raw| Self(raw.to_owned()))
    }
}

impl PartialEq for Json {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Json {}

impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Json({})", self.as_str())
    }
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A setting of a solution component, together with whether it can be changed.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[serde(rename_all = "PascalCase")]
pub struct ManagedFlag {
    /// The setting.
    pub value: bool,
    /// Whether it can be changed.
    #[serde(default)]
    pub can_be_changed: bool,
    /// The name of the managed property.
    #[serde(default)]
    pub managed_property_logical_name: Option<String>,
}
