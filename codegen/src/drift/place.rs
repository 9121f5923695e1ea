//! Where in a schema something is.

use std::fmt;

use crate::schema::{Operation, OperationKind, TypeName, TypeUse};

/// Where in a schema something is: a table's column, an option of it, a parameter of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place<'s> {
    /// The table, choice, operation or type.
    pub owner: Owner<'s>,
    /// What of it.
    pub part: Option<Part<'s>>,
    /// What of the part.
    pub item: Option<Item<'s>>,
    /// The language of a text, or which of several facts.
    pub detail: Option<Detail>,
}

/// What stands by itself in a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Owner<'s> {
    /// A table by its logical name.
    Table(&'s str),
    /// A global choice by its name.
    Choice(&'s str),
    /// A function or action. Overloads differ in what they are bound to.
    Operation {
        /// The name.
        name: &'s str,
        /// Function or action.
        kind: OperationKind,
        /// What it is bound to.
        bound: Option<&'s TypeUse>,
    },
    /// A complex type by its name.
    ComplexType(&'s str),
    /// An enumeration by its name.
    EnumType(&'s str),
    /// The schema as a whole.
    Schema,
}

/// A part of what stands by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Part<'s> {
    Column(&'s str),
    Key(&'s str),
    Collection(&'s str),
    Option(i32),
    Parameter(&'s str),
    Member(&'s str),
    Result,
}

/// What a column or the like has several of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Item<'s> {
    /// An option of the column's own choice.
    Option(i32),
    /// A table that the lookup may point at.
    Target(&'s str),
}

/// Which of several facts of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Detail {
    /// A text in this language (LCID).
    Language(u32),
    /// One of several texts, in this language: the plural label, the label of yes or no.
    TextIn(&'static str, u32),
    /// The fact of this name.
    Fact(&'static str),
}

impl<'s> Place<'s> {
    pub(super) fn of(owner: Owner<'s>) -> Self {
        Self {
            owner,
            part: None,
            item: None,
            detail: None,
        }
    }

    /// The same place without language or name of a fact.
    #[must_use]
    pub fn without_detail(self) -> Self {
        Self { detail: None, ..self }
    }

    /// Where it is below its owner: `column.option 5`; empty for the owner itself.
    #[must_use]
    pub fn below(&self) -> String {
        let part = match self.part {
            None => String::new(),
            Some(Part::Column(name) | Part::Member(name)) => name.to_owned(),
            Some(Part::Key(name)) => format!("key {name}"),
            Some(Part::Collection(name)) => format!("collection {name}"),
            Some(Part::Parameter(name)) => format!("parameter {name}"),
            Some(Part::Option(value)) => format!("option {value}"),
            Some(Part::Result) => "result".to_owned(),
        };
        match self.item {
            None => part,
            Some(Item::Option(value)) => format!("{part} option {value}"),
            Some(Item::Target(table)) => format!("{part} target {table}"),
        }
    }
}

impl<'s> Owner<'s> {
    pub(super) fn operation(of: &'s Operation) -> Self {
        Self::Operation {
            name: &of.name,
            kind: of.kind,
            bound: of.bound.as_ref(),
        }
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &'s str {
        match *self {
            Self::Table(name)
            | Self::Choice(name)
            | Self::ComplexType(name)
            | Self::EnumType(name)
            | Self::Operation { name, .. } => name,
            Self::Schema => "",
        }
    }

    /// What it is, in a word.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Table(_) => "table",
            Self::Choice(_) => "choice",
            Self::Operation {
                kind: OperationKind::Function,
                ..
            } => "function",
            Self::Operation { .. } => "action",
            Self::ComplexType(_) => "complex type",
            Self::EnumType(_) => "enumeration",
            Self::Schema => "schema",
        }
    }
}

impl fmt::Display for Owner<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Table(name) => f.write_str(name),
            Self::Operation {
                name,
                bound: Some(bound),
                ..
            } => write!(f, "{} {name} of {}", self.word(), type_text(bound)),
            Self::Schema => f.write_str("schema"),
            other => write!(f, "{} {}", other.word(), other.name()),
        }
    }
}

impl fmt::Display for Detail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Language(0) => f.write_str("language unknown"),
            Self::Language(code) => write!(f, "language {code}"),
            Self::TextIn(of, code) => write!(f, "{of}, {}", Self::Language(*code)),
            Self::Fact(name) => f.write_str(name),
        }
    }
}

/// A type as people write it: `collection of account, or null`.
pub(super) fn type_text(of: &TypeUse) -> String {
    let name = match &of.name {
        TypeName::Edm(name) | TypeName::Other(name) => name.clone(),
        TypeName::Table(name) => format!("row of {name}"),
        TypeName::AnyRow => "row of any table".to_owned(),
        TypeName::Complex(name) => format!("complex type {name}"),
        TypeName::Enum(name) => format!("enumeration {name}"),
    };
    let name = if of.collection {
        format!("collection of {name}")
    } else {
        name
    };
    if of.nullable {
        format!("{name}, or null")
    } else {
        name
    }
}
