//! Rows of no table: the open parameters of custom APIs.

use super::record::AnyRecord;
use super::value::{RawJson, Value, ValueWriter, json_of};
use crate::text::push_json_string;
use crate::{Decimal, Money, Timestamp, Uuid};

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
            let mut json = String::new();
            push_json_string(&mut json, &format!("#{type_name}"));
            self.properties.push((annotation, json));
        }
        self.properties.push((name.to_owned(), value.json()));
        self
    }

    fn to_json(&self) -> String {
        let mut out = String::from("{\"@odata.type\":\"#Microsoft.Dynamics.CRM.expando\"");
        for (name, json) in &self.properties {
            out.push(',');
            push_json_string(&mut out, name);
            out.push(':');
            out.push_str(json);
        }
        out.push('}');
        out
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
        let mut json = String::new();
        push_json_string(&mut json, self);
        json
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
        let item = V::type_name().unwrap_or_else(|| "Microsoft.Dynamics.CRM.expando".to_owned());
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
