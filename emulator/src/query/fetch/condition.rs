//! Filters and conditions.

use super::operator::Operator;
use super::scope::Scope;
use super::{fault, link};
use crate::Fault;
use crate::fetchxml::{Against, Condition as Asked, Filter, Part, shown};
use crate::odata::{Comparison, Literal};
use crate::query::bind::{applied, compare, like, literal_of, parameters, same_kind};
use crate::query::plan::{ColumnRef, Condition};
use crate::query::shape::At;
use crate::store::Storage;
use dataverse_codegen::schema::ColumnKind;

/// What a filter says; nothing, if it is empty.
pub(super) fn of_filter<'a>(
    scope: &mut Scope<'a>,
    filter: &Filter,
    at: At<'a>,
) -> Result<Option<Condition<'a>>, Fault> {
    let mut all = Vec::new();
    for part in &filter.parts {
        match part {
            Part::Filter(inner) => all.extend(of_filter(scope, inner, at)?),
            Part::Condition(condition) => all.push(of_condition(scope, condition, at)?),
            Part::Link(inner) => all.push(link::in_filter(scope, inner, at)?),
        }
    }
    Ok(match (all.is_empty(), filter.any) {
        (true, _) => None,
        (false, true) => Some(Condition::Any(all)),
        (false, false) => Some(Condition::All(all)),
    })
}

fn of_condition<'a>(scope: &mut Scope<'a>, condition: &Asked, here: At<'a>) -> Result<Condition<'a>, Fault> {
    scope.binder.count_condition()?;
    let at = scope.named_in_condition(condition.entity.as_deref(), here)?;
    let column = scope.column(at, &condition.attribute)?;
    let operator = Operator::of(&condition.operator).ok_or_else(|| {
        fault::argument(format!(
            "The condition operator '{}' is not valid.",
            shown(&condition.operator)
        ))
    })?;
    match &condition.against {
        Against::Column(name) => with_column(scope, column, operator, &condition.operator, name, at),
        Against::Values(values) => {
            let values = Values {
                operator: &condition.operator,
                column,
                values,
            };
            values.held_against(scope, operator).map_err(fault::of_argument)
        }
    }
}

/// A column against another one, perhaps of a link's rows.
fn with_column<'a>(
    scope: &Scope<'a>,
    column: ColumnRef<'a>,
    operator: Operator,
    word: &str,
    name: &str,
    at: At<'a>,
) -> Result<Condition<'a>, Fault> {
    let Operator::Compare(comparison) = operator else {
        return Err(fault::argument(format!(
            "The condition operator '{word}' can't be used with 'valueof'."
        )));
    };
    if comparison == Comparison::Ne {
        return Err(Fault::unsupported(
            "the operator 'ne' with 'valueof' in FetchXML, of which it isn't known what it says of rows without a value",
        ));
    }
    let other = match name.rsplit_once('.') {
        Some((alias, name)) => scope.column(scope.named_in_condition(Some(alias), at)?, name)?,
        None => scope.column(at, name)?,
    };
    if !same_kind(column, other) {
        return Err(fault::argument(format!(
            "The attributes '{}' and '{}' are of different types and can't be compared.",
            column.column.name, other.column.name
        )));
    }
    Ok(Condition::Columns(column, comparison, other))
}

/// A column and the values that it is held against.
struct Values<'c, 'a> {
    operator: &'c str,
    column: ColumnRef<'a>,
    values: &'c [String],
}

impl<'a> Values<'_, 'a> {
    fn held_against(&self, scope: &Scope<'a>, operator: Operator) -> Result<Condition<'a>, Fault> {
        let column = self.column;
        match operator {
            Operator::Null => Ok(Condition::Null(column)),
            Operator::NotNull => Ok(Condition::Not(Box::new(Condition::Null(column)))),
            Operator::Compare(comparison) => self.compared(comparison),
            Operator::Like { anchors, negated } => {
                if Storage::of(&column.column.kind) != Storage::Text {
                    return Err(self.unsupported());
                }
                let fits = like(column, self.one()?.to_owned(), anchors, self.operator)?;
                Ok(if negated { self.not_or_empty(fits) } else { fits })
            }
            Operator::Function(name) => {
                let found = self.function(scope, name)?;
                // Whoever isn't the user may be nobody.
                let includes_empty = matches!(name, "NotEqualUserId" | "NotEqualBusinessId");
                Ok(if includes_empty {
                    self.or_empty(found)
                } else {
                    found
                })
            }
        }
    }

    /// Rows without a value are unequal to each. The service's OData has it as SQL does.
    fn or_empty(&self, condition: Condition<'a>) -> Condition<'a> {
        Condition::Any(vec![Condition::Null(self.column), condition])
    }

    fn not_or_empty(&self, condition: Condition<'a>) -> Condition<'a> {
        self.or_empty(Condition::Not(Box::new(condition)))
    }

    fn compared(&self, comparison: Comparison) -> Result<Condition<'a>, Fault> {
        let text = self.one()?;
        let kind = &self.column.column.kind;
        let orders = !matches!(comparison, Comparison::Eq | Comparison::Ne);
        let is_code = matches!(kind, ColumnKind::TableName) && text.trim().parse::<i64>().is_ok();
        if is_code || orders && matches!(kind, ColumnKind::Choices { .. } | ColumnKind::TableName) {
            return Err(self.unsupported());
        }
        let found = compare(self.column, comparison, &literal_of(self.column, text)?)?;
        Ok(match comparison {
            Comparison::Ne => self.or_empty(found),
            _ => found,
        })
    }

    fn function(&self, scope: &Scope<'a>, name: &str) -> Result<Condition<'a>, Fault> {
        let kind = &self.column.column.kind;
        let lists = matches!(name, "In" | "NotIn" | "Between" | "NotBetween");
        if lists && matches!(kind, ColumnKind::Choices { .. } | ColumnKind::TableName) {
            return Err(self.unsupported());
        }
        let text = |value: &String| Literal::Text(value.clone());
        let values = match parameters(name) {
            Some(["PropertyValues"]) => {
                if self.values.is_empty() {
                    return Err(self.lacking());
                }
                let list = self.values.iter().map(|value| value.as_str().into());
                vec![Literal::Json(serde_json::Value::Array(list.collect()))]
            }
            // A value means nothing to these, and tools write one at times.
            Some([]) => Vec::new(),
            Some(names) if names.len() == self.values.len() => self.values.iter().map(text).collect(),
            _ => return Err(self.lacking()),
        };
        applied(&scope.binder, name, self.column, values)
    }

    fn one(&self) -> Result<&str, Fault> {
        match self.values {
            [value] => Ok(value),
            _ => Err(self.lacking()),
        }
    }

    fn lacking(&self) -> Fault {
        fault::argument(format!(
            "The condition operator '{}' on the attribute '{}' has {} values, which are not as many as it takes.",
            self.operator,
            self.column.column.name,
            self.values.len()
        ))
    }

    fn unsupported(&self) -> Fault {
        Fault::unsupported(&format!(
            "the condition operator '{}' with such a value on the attribute '{}', which is a {}, in FetchXML",
            self.operator,
            self.column.column.name,
            self.column.column.kind.name()
        ))
    }
}
