//! Reads conditions.

use super::cursor::{Cursor, is_of_word};
use super::expression::{Comparison, Expression, Operand, PropertyPath, Quantifier, TextFunction};
use super::literal::{self, Argument};
use super::resource::{NAMESPACE, named};
use super::{Literal, SyntaxError};

/// A condition, or a value that may become a side of one.
enum Term {
    Condition(Expression),
    Operand(Operand),
}

impl Term {
    fn into_condition(self) -> Expression {
        match self {
            Self::Condition(condition) => condition,
            Self::Operand(operand) => Expression::Flag(operand),
        }
    }
}

pub(super) fn whole(text: &str) -> Result<Expression, SyntaxError> {
    let mut cursor = Cursor::new(text);
    let expression = expression(&mut cursor)?;
    cursor.end()?;
    Ok(expression)
}

/// Reads as far as a condition goes, with the spaces around it.
pub(super) fn expression(cursor: &mut Cursor<'_>) -> Result<Expression, SyntaxError> {
    or(cursor).map(Term::into_condition)
}

fn or(cursor: &mut Cursor<'_>) -> Result<Term, SyntaxError> {
    chain(cursor, "or", and, Expression::Or)
}

fn and(cursor: &mut Cursor<'_>) -> Result<Term, SyntaxError> {
    chain(cursor, "and", comparison, Expression::And)
}

/// Terms with a word between them. Long chains are lists: they don't nest.
fn chain(
    cursor: &mut Cursor<'_>,
    word: &str,
    read: fn(&mut Cursor<'_>) -> Result<Term, SyntaxError>,
    join: fn(Vec<Expression>) -> Expression,
) -> Result<Term, SyntaxError> {
    let first = read(cursor)?;
    cursor.spaces();
    if !cursor.eat_word(word) {
        return Ok(first);
    }
    let mut conditions = vec![first.into_condition()];
    loop {
        conditions.push(read(cursor)?.into_condition());
        cursor.spaces();
        if !cursor.eat_word(word) {
            return Ok(Term::Condition(join(conditions)));
        }
    }
}

fn comparison(cursor: &mut Cursor<'_>) -> Result<Term, SyntaxError> {
    cursor.spaces();
    if cursor.eat_word("not") {
        let inner = cursor.deeper(comparison)?;
        return Ok(Term::Condition(Expression::Not(Box::new(inner.into_condition()))));
    }
    let left = primary(cursor)?;
    cursor.spaces();
    let start = cursor.position();
    let Some(comparison) = Comparison::ALL
        .into_iter()
        .find(|known| cursor.eat_word(known.word()))
    else {
        refuse_operators(cursor)?;
        return Ok(left);
    };
    let Term::Operand(left) = left else {
        return Err(cursor.error_at(start, "a condition can't be compared"));
    };
    cursor.spaces();
    let start = cursor.position();
    let Term::Operand(right) = primary(cursor)? else {
        return Err(cursor.error_at(start, "a condition can't be compared"));
    };
    cursor.spaces();
    refuse_operators(cursor)?;
    Ok(Term::Condition(Expression::Compare {
        left,
        comparison,
        right,
    }))
}

/// Operators of OData that the service doesn't have.
fn refuse_operators(cursor: &mut Cursor<'_>) -> Result<(), SyntaxError> {
    let start = cursor.position();
    for word in ["add", "sub", "mul", "div", "divby", "mod", "has", "in"] {
        if cursor.eat_word(word) {
            let instead = if word == "in" {
                ": use Microsoft.Dynamics.CRM.In"
            } else {
                ""
            };
            return Err(cursor.error_at(start, format!("the operator '{word}' is not supported{instead}")));
        }
    }
    Ok(())
}

fn primary(cursor: &mut Cursor<'_>) -> Result<Term, SyntaxError> {
    match cursor.peek() {
        Some('(') => {
            cursor.expect("(")?;
            let inner = cursor.deeper(or)?;
            cursor.spaces();
            cursor.expect(")")?;
            Ok(inner)
        }
        Some('@') => Ok(Term::Operand(Operand::Value(literal::argument(cursor)?))),
        Some(c) if c.is_alphabetic() || c == '_' || c == '$' => named_term(cursor),
        _ => Ok(Term::Operand(literal::literal(cursor)?.into())),
    }
}

/// What starts with a letter: a function, a path, or a literal such as `null`.
fn named_term(cursor: &mut Cursor<'_>) -> Result<Term, SyntaxError> {
    if let Some(literal) = bare_literal(cursor) {
        return Ok(Term::Operand(literal?.into()));
    }
    let start = cursor.position();
    if cursor.eat(NAMESPACE) {
        let name = cursor.name()?.to_owned();
        cursor.expect("(")?;
        cursor.spaces();
        let arguments = if cursor.eat(")") {
            Vec::new()
        } else {
            named(cursor)?
        };
        return Ok(Term::Condition(Expression::Function { name, arguments }));
    }
    let name = cursor.name()?;
    if cursor.peek() == Some('(') {
        return text_function(cursor, name, start).map(Term::Condition);
    }
    let mut names = vec![name.to_owned()];
    while cursor.eat("/") {
        if names.len() == MOST_NAMES {
            return Err(cursor.error("the path has too many names"));
        }
        let at = cursor.position();
        let name = cursor.name()?;
        if cursor.peek() == Some('(') {
            let quantifier = match name {
                "any" => Quantifier::Any,
                "all" => Quantifier::All,
                _ => return Err(unknown_function(cursor, name, at)),
            };
            return lambda(cursor, PropertyPath(names), quantifier).map(Term::Condition);
        }
        names.push(name.to_owned());
    }
    Ok(Term::Operand(Operand::Path(PropertyPath(names))))
}

/// The most names that a path may have.
const MOST_NAMES: usize = 20;

/// A literal that starts with a letter: `null`, a GUID, a member of an enumeration.
fn bare_literal(cursor: &mut Cursor<'_>) -> Option<Result<Literal, SyntaxError>> {
    let start = cursor.position();
    let token = cursor.take_while(|c| is_of_word(c) || matches!(c, '.' | '-'));
    let quoted = cursor.peek() == Some('\'');
    cursor.back_to(start);
    let is_literal = quoted || matches!(token, "null" | "true" | "false") || literal::guid(token).is_some();
    is_literal.then(|| literal::literal(cursor))
}

fn text_function(cursor: &mut Cursor<'_>, name: &str, start: usize) -> Result<Expression, SyntaxError> {
    let Some(function) = TextFunction::ALL.into_iter().find(|known| known.word() == name) else {
        return Err(unknown_function(cursor, name, start));
    };
    cursor.expect("(")?;
    cursor.spaces();
    let column = path(cursor)?;
    cursor.spaces();
    cursor.expect(",")?;
    cursor.spaces();
    let value = literal::argument(cursor)?;
    cursor.spaces();
    cursor.expect(")")?;
    Ok(Expression::Text {
        function,
        column,
        value,
    })
}

fn unknown_function(cursor: &Cursor<'_>, name: &str, at: usize) -> SyntaxError {
    let name: String = name.chars().take(60).collect();
    cursor.error_at(
        at,
        format!(
            "An unknown function with name '{name}' was found. This may also be a function import or a key lookup on a \
             navigation property, which is not allowed."
        ),
    )
}

fn lambda(
    cursor: &mut Cursor<'_>,
    collection: PropertyPath,
    quantifier: Quantifier,
) -> Result<Expression, SyntaxError> {
    cursor.expect("(")?;
    cursor.spaces();
    let start = cursor.position();
    if cursor.eat(")") {
        if quantifier == Quantifier::All {
            return Err(cursor.error_at(start, "'all' needs a condition"));
        }
        return Ok(Expression::Lambda {
            collection,
            quantifier,
            body: None,
        });
    }
    let variable = cursor.name()?.to_owned();
    cursor.spaces();
    cursor.expect(":")?;
    let condition = cursor.deeper(expression)?;
    cursor.spaces();
    cursor.expect(")")?;
    Ok(Expression::Lambda {
        collection,
        quantifier,
        body: Some((variable, Box::new(condition))),
    })
}

/// Names with slashes between them.
pub(super) fn path(cursor: &mut Cursor<'_>) -> Result<PropertyPath, SyntaxError> {
    let mut names = vec![cursor.name()?.to_owned()];
    while cursor.eat("/") {
        if names.len() == MOST_NAMES {
            return Err(cursor.error("the path has too many names"));
        }
        names.push(cursor.name()?.to_owned());
    }
    Ok(PropertyPath(names))
}

/// The text of a `PropertyName`, which is a path too.
pub(crate) fn path_of(text: &str) -> Result<PropertyPath, SyntaxError> {
    let mut cursor = Cursor::new(text);
    let path = path(&mut cursor)?;
    cursor.end()?;
    Ok(path)
}

impl From<PropertyPath> for Operand {
    fn from(path: PropertyPath) -> Self {
        Self::Path(path)
    }
}

impl From<Argument> for Operand {
    fn from(argument: Argument) -> Self {
        Self::Value(argument)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        Expression::parse(text)
            .unwrap_or_else(|error| panic!("{text}: {error}"))
            .to_string()
    }

    #[test]
    fn precedence_is_that_of_odata() {
        assert_eq!(
            shown("a eq 1 or b eq 2 and c eq 3"),
            "a eq 1 or (b eq 2 and c eq 3)"
        );
        assert_eq!(
            shown("( a eq 1 or b eq 2 )and c eq 3"),
            "(a eq 1 or b eq 2) and c eq 3"
        );
        assert_eq!(
            shown("not contains(a,'x') and b eq null"),
            "not (contains(a,'x')) and b eq null"
        );
        assert_eq!(shown("not(a) or (b) eq (c)"), "not (a) or b eq c");
    }

    #[test]
    fn every_form_is_read() {
        for text in [
            "rsk_HomePortId/rsk_countryid/rsk_code eq 'NO'",
            "_rsk_homeportid_value eq 6f1c0000-0000-4000-8000-000000000001",
            "_rsk_homeportid_value eq af1c0000-0000-4000-8000-000000000001",
            "rsk_vessel_inspection/any(i:i/rsk_score lt 50 and i/rsk_x/any(j:j/a eq i/b))",
            "rsk_vessel_inspection/any()",
            "rsk_vessel_inspection/all(i:i/rsk_score ge 50.5)",
            "Microsoft.Dynamics.CRM.Today(PropertyName='createdon')",
            "Microsoft.Dynamics.CRM.In(PropertyName='a',PropertyValues=[\"1\",\"2\"])",
            "Microsoft.Dynamics.CRM.LastXDays(PropertyName='a',PropertyValue=@p)",
            "OwnershipType eq Microsoft.Dynamics.CRM.OwnershipTypes'UserOwned'",
            "createdon ge 2024-03-05T08:30:00Z and rsk_built lt 2024-03-05",
            "@p1 eq name",
            "donotemail",
        ] {
            assert_eq!(shown(text), text);
        }
    }

    #[test]
    fn what_the_service_does_not_know_is_refused_by_name() {
        for (text, part) in [
            ("year(createdon) eq 2024", "unknown function with name 'year'"),
            ("a in ('x')", "'in'"),
            ("a has 1", "'has'"),
            ("a add 1 eq 2", "'add'"),
            ("a eq 1 add 1", "'add'"),
            ("a/b() eq 1", "unknown function with name 'b'"),
            ("a eq guid'6f1c0000-0000-4000-8000-000000000001'", "guid"),
            ("a eq", "value is expected"),
            ("a eq 1 b", "nothing more"),
            ("(a eq 1", "')' is expected"),
            ("a eq 1 and", "value is expected"),
            ("(a eq 1) eq 2", "can't be compared"),
            ("a/all()", "needs a condition"),
            ("", "value is expected"),
        ] {
            let error = Expression::parse(text).unwrap_err().to_string();
            assert!(error.contains(part), "{text}: {error}");
        }
    }

    #[test]
    fn depth_is_bounded_and_chains_are_not() {
        for text in [
            "(".repeat(100_000),
            "not ".repeat(100_000),
            "a/any(a:".repeat(10_000),
        ] {
            assert!(Expression::parse(&text).is_err());
        }
        let long = vec!["a eq 1"; 5_000].join(" or ");
        assert!(matches!(Expression::parse(&long), Ok(Expression::Or(all)) if all.len() == 5_000));
    }
}
