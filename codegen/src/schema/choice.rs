//! Choices: the option sets of Dataverse, local to a column or global.

use serde::{Deserialize, Serialize};

use super::Label;

/// A set of options.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChoiceSet {
    /// The option set's own name, such as `account_industrycode`.
    pub name: String,
    /// What people see.
    #[serde(default, skip_serializing_if = "Label::is_empty")]
    pub label: Label,
    /// The options by rising value. Empty where the documents don't tell them.
    pub options: Vec<ChoiceOption>,
}

impl ChoiceSet {
    /// Puts the options in their canonical order; of two with one value the first stays.
    pub(crate) fn sort(&mut self) {
        self.options.sort_by_key(|option| option.value);
        self.options.dedup_by_key(|option| option.value);
    }
}

/// One option of a choice.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChoiceOption {
    /// The stored value. Any integer, also negative.
    pub value: i32,
    /// What people see.
    #[serde(default, skip_serializing_if = "Label::is_empty")]
    pub label: Label,
    /// A longer text.
    #[serde(default, skip_serializing_if = "Label::is_empty")]
    pub description: Label,
    /// Of a state: the status that a row gets when it enters the state without naming one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default_status: Option<i32>,
    /// Of a state: its name in code, the same in every language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invariant_name: Option<String>,
    /// Of a status: the state that it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<i32>,
    /// Of a status: the statuses that may follow it, where the table enforces transitions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub next: Vec<i32>,
    /// The value by which an external source knows the option.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_value: Option<String>,
}

/// The choice that a column draws from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChoiceUse {
    /// The column's own options.
    Local(ChoiceSet),
    /// The name of a global choice, see [`Schema::choices`](super::Schema::choices).
    Global(String),
}
