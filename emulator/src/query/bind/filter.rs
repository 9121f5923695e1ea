//! Conditions.

use super::value::{self, edm, mismatch};
use super::{Binder, function};
use crate::Fault;
use crate::odata::{
    Argument, Comparison, Expression, Literal, Operand, PropertyPath, Quantifier, TextFunction,
};
use crate::query::plan::{ColumnRef, Condition};
use crate::store::{Anchors, LONGEST_PATTERN, Storage};
use dataverse_codegen::schema::ColumnKind;

/// A condition; `negated` says whether a `not` stands around it.
pub(super) fn condition<'a>(
    binder: &mut Binder<'a>,
    expression: &Expression,
    negated: bool,
) -> Result<Condition<'a>, Fault> {
    let mut all = |parts: &[Expression]| -> Result<Vec<Condition<'a>>, Fault> {
        parts
            .iter()
            .map(|part| condition(binder, part, negated))
            .collect()
    };
    match expression {
        Expression::And(parts) => all(parts).map(Condition::All),
        Expression::Or(parts) => all(parts).map(Condition::Any),
        Expression::Not(inner) => condition(binder, inner, true).map(|inner| Condition::Not(Box::new(inner))),
        Expression::Compare {
            left,
            comparison,
            right,
        } => comparison_of(binder, left, *comparison, right),
        Expression::Text {
            function,
            column,
            value,
        } => text(binder, *function, column, value),
        Expression::Lambda {
            collection,
            quantifier,
            body,
        } => lambda(binder, collection, *quantifier, body.as_ref(), negated),
        Expression::Function { .. } if negated => Err(Fault::bad_query(
            "Not operator along with the Custom Named Condition operators is not allowed",
        )),
        Expression::Function { name, arguments } => function::condition(binder, name, arguments),
        Expression::Flag(operand) => flag(binder, operand),
    }
}

/// The value of an argument.
pub(super) fn resolve(binder: &Binder<'_>, argument: &Argument) -> Result<Literal, Fault> {
    match (argument, binder.aliases) {
        (Argument::Literal(literal), _) => Ok(literal.clone()),
        (Argument::Alias(_), Some(aliases)) => Ok(aliases.resolve(argument)?),
        (Argument::Alias(name), None) => Err(Fault::bad_query(format!(
            "The parameter alias '@{name}' can't be used inside $expand."
        ))),
    }
}

/// A side of a comparison, with names and aliases resolved.
enum Side<'a> {
    Column(ColumnRef<'a>),
    Value(Literal),
}

fn side<'a>(binder: &mut Binder<'a>, operand: &Operand) -> Result<Side<'a>, Fault> {
    match operand {
        Operand::Path(path) => binder.column(path).map(Side::Column),
        Operand::Value(value) => resolve(binder, value).map(Side::Value),
    }
}

fn comparison_of<'a>(
    binder: &mut Binder<'a>,
    left: &Operand,
    comparison: Comparison,
    right: &Operand,
) -> Result<Condition<'a>, Fault> {
    binder.count_condition()?;
    match (side(binder, left)?, side(binder, right)?) {
        (Side::Column(column), Side::Value(value)) => against(column, comparison, &value),
        (Side::Value(value), Side::Column(column)) => against(column, comparison.turned(), &value),
        (Side::Column(left), Side::Column(right)) => {
            if !same_kind(left, right) {
                return Err(mismatch(edm(left), edm(right), comparison));
            }
            Ok(Condition::Columns(left, comparison, right))
        }
        (Side::Value(_), Side::Value(_)) => {
            Err(Fault::bad_query("A condition needs a property on one side."))
        }
    }
}

fn against<'a>(
    column: ColumnRef<'a>,
    comparison: Comparison,
    value: &Literal,
) -> Result<Condition<'a>, Fault> {
    let null = || Condition::Null(column);
    match (value, comparison) {
        (Literal::Null, Comparison::Eq) => Ok(null()),
        (Literal::Null, Comparison::Ne) => Ok(Condition::Not(Box::new(null()))),
        // As in SQL, nothing is larger or smaller than no value.
        (Literal::Null, _) => Ok(Condition::Any(Vec::new())),
        _ => value::compare(column, comparison, value),
    }
}

/// Whether values of two columns can be compared with each other.
pub(in crate::query) fn same_kind(left: ColumnRef<'_>, right: ColumnRef<'_>) -> bool {
    let ids =
        |column: ColumnRef<'_>| matches!(Storage::of(&column.column.kind), Storage::Id | Storage::Lookup);
    edm(left) == edm(right) && Storage::of(&left.column.kind) == Storage::of(&right.column.kind)
        || ids(left) && ids(right)
        || matches!(
            (edm(left), edm(right)),
            ("Edm.Int32", "Edm.Int64") | ("Edm.Int64", "Edm.Int32")
        )
}

fn text<'a>(
    binder: &mut Binder<'a>,
    function: TextFunction,
    path: &PropertyPath,
    value: &Argument,
) -> Result<Condition<'a>, Fault> {
    binder.count_condition()?;
    let column = binder.column(path)?;
    let anchors = Anchors {
        start: function == TextFunction::StartsWith,
        end: function == TextFunction::EndsWith,
    };
    match resolve(binder, value)? {
        Literal::Text(pattern) => like(column, pattern, anchors, function.word()),
        Literal::Null => Ok(Condition::Any(Vec::new())),
        _ => Err(no_signature(function.word())),
    }
}

/// A text against a pattern.
pub(in crate::query) fn like<'a>(
    column: ColumnRef<'a>,
    pattern: String,
    anchors: Anchors,
    function: &str,
) -> Result<Condition<'a>, Fault> {
    if Storage::of(&column.column.kind) != Storage::Text {
        return Err(no_signature(function));
    }
    if pattern.chars().count() > LONGEST_PATTERN {
        return Err(Fault::bad_query(format!(
            "The text of '{function}' is longer than {} characters.",
            LONGEST_PATTERN
        )));
    }
    Ok(Condition::Like(column, pattern, anchors))
}

fn no_signature(function: &str) -> Fault {
    Fault::bad_query(format!(
        "No function signature for the function with name '{function}' matches the specified arguments. The function signatures \
         considered are: {function}(Edm.String Nullable=true, Edm.String Nullable=true)."
    ))
}

fn flag<'a>(binder: &mut Binder<'a>, operand: &Operand) -> Result<Condition<'a>, Fault> {
    binder.count_condition()?;
    match side(binder, operand)? {
        Side::Column(column) if matches!(column.column.kind, ColumnKind::YesNo { .. }) => {
            value::compare(column, Comparison::Eq, &Literal::Boolean(true))
        }
        Side::Value(Literal::Boolean(true)) => Ok(Condition::All(Vec::new())),
        Side::Value(Literal::Boolean(false)) => Ok(Condition::Any(Vec::new())),
        _ => Err(Fault::bad_query(
            "The $filter expression must evaluate to a single boolean value.",
        )),
    }
}

fn lambda<'a>(
    binder: &mut Binder<'a>,
    collection: &PropertyPath,
    quantifier: Quantifier,
    body: Option<&(String, Box<Expression>)>,
    negated: bool,
) -> Result<Condition<'a>, Fault> {
    binder.count_condition()?;
    let (scope, names) = binder.scope_of(&collection.0);
    let (parent, entity) = (binder.scopes[scope].source, binder.scopes[scope].entity);
    let [name] = names else {
        return Err(Fault::bad_query(format!(
            "The collection '{collection}' can't be filtered by: it stands below a single-valued navigation property."
        )));
    };
    let Some(many) = entity.collection(name) else {
        return Err(super::no_property(name, entity.name()));
    };
    let (mut rows, child) = binder.collection_rows(parent, entity, many)?;
    let Some((variable, condition_text)) = body else {
        return Ok(Condition::Exists(Box::new(rows)));
    };
    if binder
        .scopes
        .iter()
        .any(|scope| scope.variable.as_ref() == Some(variable))
    {
        return Err(Fault::bad_query(format!(
            "The range variable '{variable}' has already been declared."
        )));
    }
    binder.push_scope(Some(variable.clone()), child, rows.from.id);
    let inner = condition(binder, condition_text, negated);
    if let Some(scope) = binder.scopes.pop() {
        rows.joins.extend(scope.joins);
    }
    let inner = inner?;
    // All fulfil it if there is none of which it is false; so it holds of no rows too.
    let (inner, of_all) = match quantifier {
        Quantifier::Any => (inner, false),
        Quantifier::All => (Condition::Not(Box::new(inner)), true),
    };
    let tied = std::mem::replace(&mut rows.condition, Condition::All(Vec::new()));
    rows.condition = Condition::All(vec![tied, inner]);
    let exists = Condition::Exists(Box::new(rows));
    Ok(if of_all {
        Condition::Not(Box::new(exists))
    } else {
        exists
    })
}
