//! Rows of no table: the open parameters of custom APIs.

use super::record::AnyRecord;
use super::value::{RawJson, Value, ValueWriter, json_of};
use super::{NAMESPACE, TYPE};
use crate::text::{json_object, json_string};
use crate::{Decimal, Money, Timestamp, Uuid};
use std::borrow::Cow;

/// Properties of any names, as parameters of custom APIs that are declared without a table take them.
///
/// Each value's type is sent along where JSON doesn't tell it
/// (<https://learn.microsoft.com/power-apps/developer/data-platform/webapi/use-open-types>). Answers of that kind are read
/// as an [`AnyRecord`].
///
/// ```
/// use dataverse_runtime::{AnyRecord, OpenRecord};
///
/// let payload = OpenRecord::new().with("count", 3).with("tags", vec!["a".to_owned()]);
/// let parameter = AnyRecord::from(payload);
/// assert_eq!(parameter.table(), Some("expando"));
/// assert_eq!(parameter.property("count").unwrap().as_str(), "3");
/// ```
#[derive(Clone, Debug, Default)]
pub struct OpenRecord {
    properties: Vec<(String, String)>,
}

impl OpenRecord {
    /// No properties.
    pub fn new() -> Self {
        Self::default()
    }

    /// The same with this property, in place of one of the same name.
    #[must_use]
    pub fn with<V: OpenValue>(mut self, name: &str, value: V) -> Self {
        let annotation = format!("{name}@odata.type");
        self.properties
            .retain(|(other, _)| other != name && *other != annotation);
        if let Some(type_name) = V::type_name() {
            let json = json_string(&format!("#{type_name}"));
            self.properties.push((annotation, json));
        }
        self.properties.push((name.to_owned(), value.json()));
        self
    }

    fn to_json(&self) -> String {
        let own = (TYPE, Cow::Owned(json_string(&format!("#{NAMESPACE}expando"))));
        let properties = self.properties.iter();
        let properties = properties.map(|(name, json)| (name.as_str(), Cow::Borrowed(json.as_str())));
        json_object(std::iter::once(own).chain(properties))
    }
}

impl From<OpenRecord> for AnyRecord {
    fn from(record: OpenRecord) -> Self {
        #[expect(
            clippy::expect_used,
            reason = "it can't fail: the text is put together from JSON values right here"
        )]
        let read = Self::read(RawJson::new(&record.to_json())).expect("an object");
        read
    }
}

/// Values of an [`OpenRecord`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be a property of an open record",
    label = "expected text, a number, a `bool`, a `Timestamp`, a `Uuid`, an `OpenRecord` or a `Vec` of those"
)]
pub trait OpenValue {
    /// Name of the type, where JSON doesn't tell it.
    #[doc(hidden)]
    fn type_name() -> Option<String>;

    /// The value.
    #[doc(hidden)]
    fn json(&self) -> String;
}

macro_rules! open_values {
    ($($type:ty: $name:literal),+ $(,)?) => {$(
        impl OpenValue for $type {
            fn type_name() -> Option<String> {
                Some($name.to_owned())
            }

            fn json(&self) -> String {
                json_of(self)
            }
        }
    )+};
}

open_values!(
    String: "String", i32: "Int32", i64: "Int64", f64: "Double", bool: "Boolean", Decimal: "Decimal", Money: "Decimal",
    Timestamp: "DateTimeOffset", Uuid: "Guid",
);

impl OpenValue for &str {
    fn type_name() -> Option<String> {
        String::type_name()
    }

    fn json(&self) -> String {
        json_string(self)
    }
}

impl OpenValue for OpenRecord {
    fn type_name() -> Option<String> {
        None
    }

    fn json(&self) -> String {
        self.to_json()
    }
}

impl<V: OpenValue> OpenValue for Vec<V> {
    fn type_name() -> Option<String> {
        let item = V::type_name().unwrap_or_else(|| format!("{NAMESPACE}expando"));
        Some(format!("Collection({item})"))
    }

    fn json(&self) -> String {
        let items: Vec<_> = self.iter().map(OpenValue::json).collect();
        format!("[{}]", items.join(","))
    }
}

/// A parameter that isn't declared as a row of any table takes the record itself too.
impl Value for OpenRecord {
    const EXPECTED: &'static str = "an object";
    const WRAPPED: bool = false;

    fn read(json: RawJson<'_>) -> Result<Self, crate::DecodeError> {
        let fields = super::ObjectReader::parse(json)?.into_fields();
        let properties = fields
            .into_iter()
            .filter(|(name, _)| !name.starts_with('@'))
            .map(|(name, raw)| (name, raw.get().to_owned()));
        Ok(Self {
            properties: properties.collect(),
        })
    }

    fn write(&self, to: &mut ValueWriter) {
        to.json(&self.to_json());
    }
}
