//! Conditions as `$filter` writes them.

use super::literal::Argument;
use super::resource::NAMESPACE;
use super::{Literal, SyntaxError, filter};
use std::fmt;

/// A condition.
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    /// All of these, two at least.
    And(Vec<Expression>),
    /// One of these at least, of two or more.
    Or(Vec<Expression>),
    /// Not this.
    Not(Box<Expression>),
    /// `left eq right`.
    Compare {
        /// What stands on the left.
        left: Operand,
        /// The comparison.
        comparison: Comparison,
        /// What stands on the right.
        right: Operand,
    },
    /// `contains(column,'text')`.
    Text {
        /// The function.
        function: TextFunction,
        /// The column.
        column: PropertyPath,
        /// The text.
        value: Argument,
    },
    /// `collection/any(variable:condition)`.
    Lambda {
        /// The collection.
        collection: PropertyPath,
        /// Of how many of its rows the condition must hold.
        quantifier: Quantifier,
        /// Variable and condition. Without them, `any` asks for a row at all.
        body: Option<(String, Box<Expression>)>,
    },
    /// `Microsoft.Dynamics.CRM.Name(PropertyName='column',…)`: a function of the service.
    Function {
        /// Its name without the namespace.
        name: String,
        /// Its arguments by name.
        arguments: Vec<(String, Argument)>,
    },
    /// A truth value by itself: a column of that type, or `true`.
    Flag(Operand),
}

/// One side of a comparison.
#[derive(Clone, Debug, PartialEq)]
pub enum Operand {
    /// A column.
    Path(PropertyPath),
    /// A value.
    Value(Argument),
}

/// Names with slashes between them: navigation properties and a property, or a lambda's variable in front.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PropertyPath(pub Vec<String>);

/// Comparisons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "named as OData names them")]
pub enum Comparison {
    Eq,
    Ne,
    Gt,
    Ge,
    Lt,
    Le,
}

/// Functions of a text column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "named as OData names them")]
pub enum TextFunction {
    Contains,
    StartsWith,
    EndsWith,
}

/// Of how many rows of a collection something holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "named as OData names them")]
pub enum Quantifier {
    Any,
    All,
}

impl Expression {
    /// Reads the value of `$filter`, decoded.
    ///
    /// # Errors
    /// If it isn't a condition.
    pub fn parse(text: &str) -> Result<Self, SyntaxError> {
        filter::whole(text)
    }
}

impl Comparison {
    pub(super) const ALL: [Self; 6] = [Self::Eq, Self::Ne, Self::Gt, Self::Ge, Self::Lt, Self::Le];

    /// Its word in a filter.
    pub fn word(self) -> &'static str {
        match self {
            Self::Eq => "eq",
            Self::Ne => "ne",
            Self::Gt => "gt",
            Self::Ge => "ge",
            Self::Lt => "lt",
            Self::Le => "le",
        }
    }

    /// The comparison that says the same with its sides exchanged.
    #[must_use]
    pub fn turned(self) -> Self {
        match self {
            Self::Gt => Self::Lt,
            Self::Ge => Self::Le,
            Self::Lt => Self::Gt,
            Self::Le => Self::Ge,
            same => same,
        }
    }
}

impl TextFunction {
    pub(super) const ALL: [Self; 3] = [Self::Contains, Self::StartsWith, Self::EndsWith];

    /// Its name in a filter.
    pub fn word(self) -> &'static str {
        match self {
            Self::Contains => "contains",
            Self::StartsWith => "startswith",
            Self::EndsWith => "endswith",
        }
    }
}

impl fmt::Display for PropertyPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("/"))
    }
}

impl fmt::Display for Operand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path(path) => write!(f, "{path}"),
            Self::Value(value) => write!(f, "{value}"),
        }
    }
}

/// As it stands in a decoded filter.
impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::And(conditions) => joined(f, conditions, " and "),
            Self::Or(conditions) => joined(f, conditions, " or "),
            Self::Not(condition) => write!(f, "not ({condition})"),
            Self::Compare {
                left,
                comparison,
                right,
            } => write!(f, "{left} {} {right}", comparison.word()),
            Self::Text {
                function,
                column,
                value,
            } => write!(f, "{}({column},{value})", function.word()),
            Self::Lambda {
                collection,
                quantifier,
                body,
            } => {
                let word = match quantifier {
                    Quantifier::Any => "any",
                    Quantifier::All => "all",
                };
                match body {
                    Some((variable, condition)) => write!(f, "{collection}/{word}({variable}:{condition})"),
                    None => write!(f, "{collection}/{word}()"),
                }
            }
            Self::Function { name, arguments } => {
                write!(f, "{NAMESPACE}{name}(")?;
                for (at, (name, value)) in arguments.iter().enumerate() {
                    write!(f, "{}{name}={value}", if at == 0 { "" } else { "," })?;
                }
                f.write_str(")")
            }
            Self::Flag(operand) => write!(f, "{operand}"),
        }
    }
}

fn joined(f: &mut fmt::Formatter<'_>, conditions: &[Expression], between: &str) -> fmt::Result {
    for (at, condition) in conditions.iter().enumerate() {
        if at > 0 {
            f.write_str(between)?;
        }
        match condition {
            Expression::And(_) | Expression::Or(_) => write!(f, "({condition})")?,
            _ => write!(f, "{condition}")?,
        }
    }
    Ok(())
}

impl From<Literal> for Operand {
    fn from(literal: Literal) -> Self {
        Self::Value(Argument::Literal(literal))
    }
}
