//! What a condition is made of, without types.

use crate::Literal;
use crate::text::{push_json_string, push_quoted};

/// A condition, as a tree.
#[derive(Clone, Debug)]
pub(crate) enum Expression {
    /// `property operator value`
    Compare {
        property: &'static str,
        operator: &'static str,
        value: Literal,
    },
    /// `property operator other`, both columns of the same row
    Columns {
        property: &'static str,
        operator: &'static str,
        other: &'static str,
    },
    /// `property eq null`, or `ne`
    Null {
        property: &'static str,
        is_null: bool,
    },
    /// `function(property,'text')`
    Search {
        function: &'static str,
        property: &'static str,
        text: String,
    },
    /// The property has one of these values, or a value that is none of them.
    In {
        property: &'static str,
        /// The column's name, which a function takes.
        column: &'static str,
        values: Vec<Literal>,
        negated: bool,
    },
    /// `Microsoft.Dynamics.CRM.Name(PropertyName='column',...)`
    Function {
        name: &'static str,
        column: &'static str,
        arguments: Arguments,
    },
    And(Vec<Self>),
    Or(Vec<Self>),
    Not(Box<Self>),
    /// The condition holds for the row that a lookup refers to.
    Through {
        navigation: &'static str,
        condition: Box<Self>,
    },
    /// The condition holds for any or all of the related rows. Without one: there is any.
    Related {
        navigation: &'static str,
        all: bool,
        condition: Option<Box<Self>>,
    },
}

/// What a function of the service takes besides the column.
#[derive(Clone, Debug)]
pub(crate) enum Arguments {
    None,
    Text(String),
    Number(i64),
    Two(i64, i64),
    Texts(Vec<String>),
}

impl Expression {
    pub(crate) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::And(mut all), Self::And(more)) => {
                all.extend(more);
                Self::And(all)
            }
            (Self::And(mut all), one) => {
                all.push(one);
                Self::And(all)
            }
            (one, other) => Self::And(vec![one, other]),
        }
    }

    pub(crate) fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Or(mut any), Self::Or(more)) => {
                any.extend(more);
                Self::Or(any)
            }
            (Self::Or(mut any), one) => {
                any.push(one);
                Self::Or(any)
            }
            (one, other) => Self::Or(vec![one, other]),
        }
    }

    pub(crate) fn to_odata(&self) -> String {
        let mut writer = Writer {
            out: String::new(),
            lambdas: 0,
            negations: 0,
        };
        writer.write(self, "");
        writer.out
    }
}

/// Writes conditions as OData.
struct Writer {
    out: String,
    /// How many lambdas we are inside of: each has a variable of its own.
    lambdas: usize,
    /// How many `not`s we are inside of.
    negations: usize,
}

/// Lists of more values than this are handed to the service's function where that is possible: as alternatives they would
/// be a deep tree for the service and a long URL.
const MOST_ALTERNATIVES: usize = 20;

impl Writer {
    /// Writes a condition on the row that `path` leads to: empty, or ending in a slash.
    fn write(&mut self, expression: &Expression, path: &str) {
        match expression {
            Expression::Compare {
                property,
                operator,
                value,
            } => self.compare(path, property, operator, value),
            Expression::Columns {
                property,
                operator,
                other,
            } => self.push(&[path, property, " ", operator, " ", path, other]),
            Expression::Null { property, is_null } => self.null(path, property, *is_null),
            Expression::Search {
                function,
                property,
                text,
            } => {
                self.push(&[function, "(", path, property, ","]);
                push_quoted(&mut self.out, &literally(text));
                self.out.push(')');
            }
            Expression::In {
                property,
                column,
                values,
                negated,
            } => {
                let is_plain = path.is_empty() && self.negations == 0;
                if is_plain && values.len() > MOST_ALTERNATIVES && values.iter().all(Literal::is_listed) {
                    self.listed(column, values, *negated);
                } else {
                    self.one_of(path, property, values, *negated);
                }
            }
            Expression::Function {
                name,
                column,
                arguments,
            } => self.function(name, column, arguments),
            Expression::And(all) => self.joined(all, " and ", path),
            Expression::Or(any) => self.joined(any, " or ", path),
            Expression::Not(condition) => self.not(condition, path),
            Expression::Through {
                navigation,
                condition,
            } => self.write(condition, &format!("{path}{navigation}/")),
            Expression::Related {
                navigation,
                all,
                condition,
            } => {
                self.push(&[path, navigation, if *all { "/all(" } else { "/any(" }]);
                self.of_each(condition.as_deref());
            }
        }
    }

    /// Values in the service's own function, which takes more of them than a chain of comparisons.
    fn listed(&mut self, column: &str, values: &[Literal], negated: bool) {
        let texts = values.iter().cloned().map(Literal::into_text).collect();
        let name = if negated { "NotIn" } else { "In" };
        self.function(name, column, &Arguments::Texts(texts));
    }

    fn not(&mut self, condition: &Expression, path: &str) {
        self.out.push_str("not ");
        self.negations += 1;
        if has_parentheses(condition) {
            self.write(condition, path);
        } else {
            self.in_parentheses(condition, path);
        }
        self.negations -= 1;
    }

    /// What is asked of each related row, and the end of the list.
    fn of_each(&mut self, condition: Option<&Expression>) {
        if let Some(condition) = condition {
            self.lambdas += 1;
            let variable = format!("o{}", self.lambdas);
            self.push(&[&variable, ":"]);
            self.write(condition, &format!("{variable}/"));
            self.lambdas -= 1;
        }
        self.out.push(')');
    }

    fn compare(&mut self, path: &str, property: &str, operator: &str, value: &Literal) {
        self.push(&[path, property, " ", operator, " "]);
        value.push_odata(&mut self.out);
    }

    fn null(&mut self, path: &str, property: &str, is_null: bool) {
        self.push(&[path, property, if is_null { " eq null" } else { " ne null" }]);
    }

    /// The service has no `in` operator, and its function `In` can't be negated or follow a path.
    fn one_of(&mut self, path: &str, property: &str, values: &[Literal], negated: bool) {
        let (operator, join) = if negated { ("ne", " and ") } else { ("eq", " or ") };
        match values {
            [value] => self.compare(path, property, operator, value),
            // Any value is none of none.
            [] if negated => self.null(path, property, false),
            // Never true: there is no literal for that.
            [] => {
                self.out.push('(');
                self.null(path, property, true);
                self.out.push_str(" and ");
                self.null(path, property, false);
                self.out.push(')');
            }
            [first, rest @ ..] => {
                self.out.push('(');
                self.compare(path, property, operator, first);
                for value in rest {
                    self.out.push_str(join);
                    self.compare(path, property, operator, value);
                }
                self.out.push(')');
            }
        }
    }

    /// Lists are of texts in double quotes, whatever the column holds.
    fn function(&mut self, name: &str, column: &str, arguments: &Arguments) {
        self.push(&["Microsoft.Dynamics.CRM.", name, "(PropertyName='", column, "'"]);
        match arguments {
            Arguments::None => {}
            Arguments::Text(text) => {
                self.out.push_str(",PropertyValue=");
                push_quoted(&mut self.out, text);
            }
            Arguments::Number(number) => self.push(&[",PropertyValue=", &number.to_string()]),
            Arguments::Two(one, two) => {
                let (one, two) = (one.to_string(), two.to_string());
                self.push(&[",PropertyValue1=", &one, ",PropertyValue2=", &two]);
            }
            Arguments::Texts(texts) => {
                self.out.push_str(",PropertyValues=[");
                for (at, text) in texts.iter().enumerate() {
                    if at > 0 {
                        self.out.push(',');
                    }
                    push_json_string(&mut self.out, text);
                }
                self.out.push(']');
            }
        }
        self.out.push(')');
    }

    fn joined(&mut self, conditions: &[Expression], with: &str, path: &str) {
        for (at, condition) in conditions.iter().enumerate() {
            if at > 0 {
                self.out.push_str(with);
            }
            if bare_joined(condition) {
                self.in_parentheses(condition, path);
            } else {
                self.write(condition, path);
            }
        }
    }

    fn in_parentheses(&mut self, condition: &Expression, path: &str) {
        self.out.push('(');
        self.write(condition, path);
        self.out.push(')');
    }

    fn push(&mut self, parts: &[&str]) {
        parts.iter().for_each(|part| self.out.push_str(part));
    }
}

/// Whether the condition's text stands in parentheses already.
fn has_parentheses(condition: &Expression) -> bool {
    match condition {
        Expression::In { values, negated, .. } => values.len() > 1 || (values.is_empty() && !negated),
        Expression::Through { condition, .. } => has_parentheses(condition),
        _ => false,
    }
}

/// Whether the condition's text is several conditions without parentheses around them.
fn bare_joined(condition: &Expression) -> bool {
    match condition {
        Expression::And(_) | Expression::Or(_) => true,
        Expression::Through { condition, .. } => bare_joined(condition),
        _ => false,
    }
}

/// Searched text in which nothing is a wildcard: the service hands it to SQL's `LIKE`.
fn literally(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '%' | '_' | '[' => out.extend(['[', character, ']']),
            plain => out.push(plain),
        }
    }
    out
}
