//! The types of columns, with their facets.

use serde::{Deserialize, Serialize};

use super::{ChoiceUse, Label, Lookup, is_false};

/// A column's type with its facets. A facet that the documents don't tell is absent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the facets are named as the service names them")]
pub enum ColumnKind {
    /// One line of text; lengths are in UTF-16 code units.
    Text {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max_length: Option<u32>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        format: Option<String>,
    },
    /// Several lines of text.
    Memo {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max_length: Option<u32>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        format: Option<String>,
    },
    /// A 32-bit integer.
    WholeNumber {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min: Option<i64>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<i64>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        format: Option<String>,
    },
    /// A 64-bit integer.
    BigInteger {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min: Option<i64>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<i64>,
    },
    /// A decimal number; the precision is the count of digits after the point.
    Decimal {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min: Option<f64>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<f64>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        precision: Option<u32>,
    },
    /// A binary floating-point number.
    Float {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min: Option<f64>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<f64>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        precision: Option<u32>,
    },
    /// An amount in the row's currency.
    Money {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min: Option<f64>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<f64>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        precision: Option<u32>,
        /// Who decides the precision: 0 the column, 1 the organization, 2 the currency.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        precision_source: Option<u32>,
        /// The money column of which this is the value in the organization's base currency.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        base_of: Option<String>,
    },
    /// True or false.
    YesNo {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        default: Option<bool>,
        #[serde(default, skip_serializing_if = "Label::is_empty")]
        yes: Label,
        #[serde(default, skip_serializing_if = "Label::is_empty")]
        no: Label,
    },
    /// A date, or a date and time.
    DateTime {
        behavior: DateBehavior,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        format: Option<String>,
    },
    /// A GUID that is no lookup.
    UniqueId,
    /// A reference to a row.
    Lookup(Lookup),
    /// The parties of an activity in one role, such as the recipients of an e-mail.
    PartyList {
        /// The collection of all parties of the activity, through which it is read and written.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        navigation: Option<String>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        targets: Vec<String>,
    },
    /// One of the options of a choice.
    Choice {
        choice: ChoiceUse,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        default: Option<i32>,
    },
    /// Any number of the options of a choice.
    Choices {
        choice: ChoiceUse,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        default: Option<i32>,
    },
    /// The row's state.
    State { choice: ChoiceUse },
    /// The reason for the row's state.
    Status { choice: ChoiceUse },
    /// The logical name of a table, as text.
    TableName,
    /// An image; a thumbnail is read inline.
    Image {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max_size_kb: Option<u32>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max_width: Option<u32>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max_height: Option<u32>,
        #[serde(default, skip_serializing_if = "is_false")]
        full_image: bool,
        #[serde(default, skip_serializing_if = "is_false")]
        primary: bool,
    },
    /// A file; the row holds its id.
    File {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max_size_kb: Option<u32>,
    },
    /// A property of a solution component that its publisher may lock.
    ManagedProperty {
        /// The type of the value, as the service names attribute types.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        value_type: Option<String>,
    },
    /// A type that this version doesn't know: read as JSON.
    Unknown { type_name: String },
}

impl ColumnKind {
    /// What makers call the type.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Text { .. } => "text",
            Self::Memo { .. } => "multiline text",
            Self::WholeNumber { .. } => "whole number",
            Self::BigInteger { .. } => "big integer",
            Self::Decimal { .. } => "decimal number",
            Self::Float { .. } => "floating-point number",
            Self::Money { .. } => "money",
            Self::YesNo { .. } => "yes/no",
            Self::DateTime {
                behavior: DateBehavior::DateOnly,
                ..
            } => "date",
            Self::DateTime { .. } => "date and time",
            Self::UniqueId => "unique identifier",
            Self::Lookup(_) => "lookup",
            Self::PartyList { .. } => "party list",
            Self::Choice { .. } => "choice",
            Self::Choices { .. } => "choices",
            Self::State { .. } => "state",
            Self::Status { .. } => "status",
            Self::TableName => "table name",
            Self::Image { .. } => "image",
            Self::File { .. } => "file",
            Self::ManagedProperty { .. } => "managed property",
            Self::Unknown { .. } => "value of an unknown type",
        }
    }
}

/// What a date column's value means (<https://learn.microsoft.com/power-apps/maker/data-platform/behavior-format-date-time-field>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateBehavior {
    /// An instant, shown in each user's time zone.
    UserLocal,
    /// A day without a time.
    DateOnly,
    /// A date and time without a time zone.
    TimeZoneIndependent,
}
