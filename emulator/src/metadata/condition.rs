//! `$filter` over definitions.

use super::node::{Flag, Node, Value};
use super::shape::no_property;
use crate::Fault;
use crate::odata::{Aliases, Comparison, Expression, Literal, Operand, PropertyPath, TextFunction};
use std::cmp::Ordering;

/// A condition with the values of its aliases.
#[derive(Clone, Debug)]
pub(super) struct Condition {
    expression: Expression,
    aliases: Aliases,
}

impl Condition {
    pub(super) fn new(expression: Expression, aliases: &Aliases) -> Self {
        Self {
            expression,
            aliases: aliases.clone(),
        }
    }

    /// Whether it holds of a definition.
    ///
    /// # Errors
    /// If it names what the definition doesn't have, or what the service doesn't filter definitions by.
    pub(super) fn holds(&self, node: &Node<'_>) -> Result<bool, Fault> {
        self.test(&self.expression, node)
    }

    fn test(&self, expression: &Expression, node: &Node<'_>) -> Result<bool, Fault> {
        // Each side is looked at even where the first decides: what is wrong is refused whatever the data.
        match expression {
            Expression::And(all) => all
                .iter()
                .try_fold(true, |so_far, part| Ok(self.test(part, node)? && so_far)),
            Expression::Or(any) => any
                .iter()
                .try_fold(false, |so_far, part| Ok(self.test(part, node)? || so_far)),
            Expression::Not(inner) => Ok(!self.test(inner, node)?),
            Expression::Compare {
                left,
                comparison,
                right,
            } => {
                let (left, right) = (self.operand(left, node)?, self.operand(right, node)?);
                compare(&left, *comparison, &right)
            }
            Expression::Text {
                function,
                column,
                value,
            } => self.text(*function, &path(column, node)?, &self.aliases.resolve(value)?),
            Expression::Flag(operand) => Ok(matches!(self.operand(operand, node)?, Plain::Bool(true))),
            Expression::Lambda { .. } => Err(Fault::unsupported("lambda operators over definitions")),
            Expression::Function { name, .. } => Err(Fault::bad_query(format!(
                "The function '{name}' can't be applied to definitions."
            ))),
        }
    }

    fn text(&self, function: TextFunction, column: &Plain, value: &Literal) -> Result<bool, Fault> {
        let (Plain::Text(text), Literal::Text(part)) = (column, value) else {
            return Ok(false);
        };
        let (text, part) = (text.to_lowercase(), part.to_lowercase());
        Ok(match function {
            TextFunction::Contains => text.contains(&part),
            TextFunction::StartsWith => text.starts_with(&part),
            TextFunction::EndsWith => text.ends_with(&part),
        })
    }

    fn operand(&self, operand: &Operand, node: &Node<'_>) -> Result<Plain, Fault> {
        match operand {
            Operand::Path(names) => path(names, node),
            Operand::Value(argument) => Plain::of_literal(self.aliases.resolve(argument)?),
        }
    }
}

/// A value that can be compared.
#[derive(Debug, PartialEq)]
pub(super) enum Plain {
    /// Nothing.
    Null,
    /// Yes or no.
    Bool(bool),
    /// A number.
    Number(f64),
    /// A text, the member of an enumeration, an id, a time.
    Text(String),
}

impl Plain {
    fn of_literal(literal: Literal) -> Result<Self, Fault> {
        Ok(match literal {
            Literal::Null => Self::Null,
            Literal::Boolean(flag) => Self::Bool(flag),
            Literal::Number(digits) => digits.parse().map_or(Self::Null, Self::Number),
            Literal::Text(text) => Self::Text(text),
            Literal::Guid(id) => Self::Text(id.to_string()),
            Literal::Member { member, .. } => Self::Text(member),
            Literal::Time(time) => Self::Text(time.to_string()),
            Literal::Date(date) => Self::Text(date.to_string()),
            Literal::Json(_) => {
                return Err(Fault::bad_query("An object can't be compared with a property."));
            }
        })
    }

    /// The value of a member; of `Value` where the member is a managed property or the like. `None` where the service
    /// doesn't compare such members.
    pub(super) fn of(value: &Value<'_>) -> Option<Self> {
        Some(match value {
            Value::Null => Self::Null,
            Value::Bool(flag) | Value::Managed(Flag::Bool(flag), ..) => Self::Bool(*flag),
            Value::Int(number) => Self::Number(*number as f64),
            Value::Real(number) => Self::Number(*number),
            Value::Text(text) | Value::Word(text) | Value::Wrapped(text) => Self::Text(text.to_string()),
            Value::Id(id) => Self::Text(id.to_string()),
            Value::Time(time) => Self::Text((*time).to_owned()),
            Value::Managed(Flag::Word(word), ..) => Self::Text((*word).to_owned()),
            Value::Label(..) | Value::NoLabel | Value::Object(_) | Value::List(_) => return None,
        })
    }

    /// How two values of one type stand to each other.
    pub(super) fn compare(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => a.partial_cmp(b),
            (Self::Text(a), Self::Text(b)) => Some(a.cmp(b)),
            (Self::Bool(a), Self::Bool(b)) => Some(a.cmp(b)),
            _ => None,
        }
    }
}

/// The value at a path: a member, or one inside a complex member.
fn path(path: &PropertyPath, node: &Node<'_>) -> Result<Plain, Fault> {
    let (name, inner) = match path.0.as_slice() {
        [name] => (name, None),
        [name, inner] => (name, Some(inner.as_str())),
        _ => {
            return Err(Fault::unsupported(
                "conditions on definitions with paths of this length",
            ));
        }
    };
    if name == "MetadataId" {
        return Ok(Plain::Text(node.id.to_string()));
    }
    if name == "HasChanged" {
        return Ok(Plain::Null);
    }
    let value = node.member(name).ok_or_else(|| no_property(name, node.ty))?;
    let refused = || Fault::bad_query(format!("The property '{name}' can't be used in a condition."));
    match (value, inner) {
        (Value::Managed(flag, ..), Some("Value")) => Ok(match flag {
            Flag::Bool(flag) => Plain::Bool(*flag),
            Flag::Word(word) => Plain::Text((*word).to_owned()),
        }),
        (Value::Managed(_, changeable, _), Some("CanBeChanged")) => Ok(Plain::Bool(*changeable)),
        (Value::Managed(_, _, property), Some("ManagedPropertyLogicalName")) => {
            Ok(Plain::Text((*property).to_owned()))
        }
        (Value::Wrapped(text), Some("Value")) => Ok(Plain::Text(text.to_string())),
        (Value::Null, Some(_)) => Ok(Plain::Null),
        (Value::Object(members), Some(inner)) => {
            let member = members.iter().find(|(known, _)| *known == inner);
            let (_, value) = member.ok_or_else(refused)?;
            Plain::of(value).ok_or_else(refused)
        }
        (Value::Managed(..) | Value::Wrapped(_), None) | (_, Some(_)) => Err(refused()),
        (value, None) => Plain::of(value).ok_or_else(refused),
    }
}

fn compare(left: &Plain, comparison: Comparison, right: &Plain) -> Result<bool, Fault> {
    let nothing = |value: &Plain| *value == Plain::Null;
    if nothing(left) || nothing(right) {
        let same = nothing(left) && nothing(right);
        return Ok(match comparison {
            Comparison::Eq => same,
            Comparison::Ne => !same,
            _ => false,
        });
    }
    let order = left.compare(right).ok_or_else(|| {
        Fault::bad_query("A binary operator with incompatible types was detected in the condition.")
    })?;
    Ok(match comparison {
        Comparison::Eq => order == Ordering::Equal,
        Comparison::Ne => order != Ordering::Equal,
        Comparison::Gt => order == Ordering::Greater,
        Comparison::Ge => order != Ordering::Less,
        Comparison::Lt => order == Ordering::Less,
        Comparison::Le => order != Ordering::Greater,
    })
}
