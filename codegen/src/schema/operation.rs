//! Functions and actions, and the types that they take and give.

use serde::{Deserialize, Serialize};

use super::{Label, is_false};

/// A function or an action: one overload of it, where it has several.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Operation {
    /// The name, without the namespace.
    pub name: String,
    /// Function or action.
    pub kind: OperationKind,
    /// What it is bound to: the type of its first parameter, a row or a collection of rows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bound: Option<TypeUse>,
    /// The other parameters, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<Parameter>,
    /// What it gives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returns: Option<TypeUse>,
    /// Whether its result can be queried further.
    #[serde(default, skip_serializing_if = "is_false")]
    pub composable: bool,
    /// Whether it can stand in a filter only (`Microsoft.Dynamics.CRM.Today` and its like, which have no import).
    #[serde(default, skip_serializing_if = "is_false")]
    pub filter_only: bool,
}

impl Operation {
    /// The canonical order: by name, kind, and what it is bound to.
    #[must_use]
    pub fn order(&self) -> (&str, OperationKind, Option<&TypeUse>) {
        (&self.name, self.kind, self.bound.as_ref())
    }
}

/// How an operation is invoked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OperationKind {
    /// By GET, without effects.
    Function,
    /// By POST.
    Action,
}

/// A parameter of an operation or a member of a complex type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Parameter {
    /// The name as it is on the wire.
    pub name: String,
    /// The type.
    #[serde(flatten)]
    pub of: TypeUse,
    /// Whether it may be left out.
    #[serde(default, skip_serializing_if = "is_false")]
    pub optional: bool,
    /// A longer text.
    #[serde(default, skip_serializing_if = "Label::is_empty")]
    pub description: Label,
}

/// A type as it is used somewhere.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct TypeUse {
    /// The type itself, or that of a collection's items.
    #[serde(rename = "type")]
    pub name: TypeName,
    /// Whether it is a collection.
    #[serde(default, skip_serializing_if = "is_false")]
    pub collection: bool,
    /// Whether it may be null.
    #[serde(default, skip_serializing_if = "is_false")]
    pub nullable: bool,
}

/// The name of a type.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TypeName {
    /// A primitive type of OData, without its `Edm.` prefix: `String`, `Int32`, `Guid`, ...
    Edm(String),
    /// A row of a table.
    Table(String),
    /// A row of any table, or an object with members of its own (`crmbaseentity`, `expando`).
    AnyRow,
    /// A complex type.
    Complex(String),
    /// An enumeration.
    Enum(String),
    /// Something that the documents name without saying what it is.
    Other(String),
}

/// A structured type of parameters and results.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ComplexType {
    /// The name, without the namespace.
    pub name: String,
    /// The complex type that it extends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<String>,
    /// Whether it has members of its own besides these.
    #[serde(default, skip_serializing_if = "is_false")]
    pub open: bool,
    /// Its own members, by name. Those of its base are there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<Parameter>,
}

/// An enumeration of the API. The wire carries its members' names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnumType {
    /// The name, without the namespace.
    pub name: String,
    /// Whether several members can stand together.
    #[serde(default, skip_serializing_if = "is_false")]
    pub flags: bool,
    /// Its members by rising value, then name.
    pub members: Vec<Member>,
}

/// A member of an enumeration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// The name, as it is on the wire.
    pub name: String,
    /// The value.
    pub value: i64,
}
