//! What a URL addresses: its path in segments.

use super::cursor::Cursor;
use super::literal::{self, Argument};
use super::{Options, SyntaxError, percent};
use std::fmt;

/// A path and a query.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// The path.
    pub resource: Resource,
    /// The query.
    pub options: Options,
}

/// The segments of a path. None is the service's root.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Resource {
    /// The segments in their order.
    pub segments: Vec<Segment>,
}

/// One segment of a path. What a name means, only a model can tell.
#[derive(Clone, Debug, PartialEq)]
pub enum Segment {
    /// `$metadata`.
    Metadata,
    /// `$ref`.
    Ref,
    /// `$count`.
    Count,
    /// `$value`.
    Value,
    /// `$1`: what an earlier request of the change set wrote. Without the `$`.
    Reference(String),
    /// An entity set, a navigation property, a property, or an unbound operation.
    Name(Name),
    /// A name with the service's namespace in front, which this leaves out: a cast, or a bound operation.
    Qualified(Name),
}

/// A name, and what follows it in parentheses.
#[derive(Clone, Debug, PartialEq)]
pub struct Name {
    /// The name.
    pub name: String,
    /// The key of a row, or the arguments of a function. `None` without parentheses.
    pub parentheses: Option<Parentheses>,
}

/// What stands in parentheses behind a name.
#[derive(Clone, Debug, PartialEq)]
pub enum Parentheses {
    /// Nothing.
    Empty,
    /// One value without a name: a row's id.
    One(Argument),
    /// Values with names: an alternate key, or the arguments of a function.
    Named(Vec<(String, Argument)>),
}

/// The namespace of the service's types and operations.
pub(super) const NAMESPACE: &str = "Microsoft.Dynamics.CRM.";

impl Request {
    /// Reads a path with its query, percent-encoded, relative to the service's root.
    ///
    /// # Errors
    /// If one of them can't be read, or has an option that the service doesn't know.
    pub fn parse(url: &str) -> Result<Self, crate::Fault> {
        let url = url.split('#').next().unwrap_or_default();
        let (path, query) = url.split_once('?').unwrap_or((url, ""));
        Ok(Self {
            resource: Resource::parse(path)?,
            options: Options::parse(query)?,
        })
    }
}

impl Resource {
    /// The most segments that a path may have.
    const MOST: usize = 64;

    /// Reads a path, percent-encoded, relative to the service's root.
    ///
    /// # Errors
    /// If it isn't one.
    pub fn parse(path: &str) -> Result<Self, SyntaxError> {
        let decoded = percent::decode(path, false)?;
        let mut cursor = Cursor::new(&decoded);
        cursor.eat("/");
        let mut segments = Vec::new();
        while !cursor.is_end() {
            if segments.len() == Self::MOST {
                return Err(cursor.error("the path has too many segments"));
            }
            segments.push(segment(&mut cursor)?);
            if !cursor.eat("/") {
                cursor.end()?;
            }
        }
        Ok(Self { segments })
    }
}

fn segment(cursor: &mut Cursor<'_>) -> Result<Segment, SyntaxError> {
    if cursor.eat("$") {
        let name = cursor.take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
        return Ok(match name {
            "metadata" => Segment::Metadata,
            "ref" => Segment::Ref,
            "count" => Segment::Count,
            "value" => Segment::Value,
            "" => return Err(cursor.error("a name is expected")),
            other => Segment::Reference(other.to_owned()),
        });
    }
    let qualified = cursor.eat(NAMESPACE);
    let name = Name {
        name: cursor.name()?.to_owned(),
        parentheses: parentheses(cursor)?,
    };
    Ok(if qualified {
        Segment::Qualified(name)
    } else {
        Segment::Name(name)
    })
}

/// The most values that parentheses may hold.
const MOST_VALUES: usize = 100;

fn parentheses(cursor: &mut Cursor<'_>) -> Result<Option<Parentheses>, SyntaxError> {
    if !cursor.eat("(") {
        return Ok(None);
    }
    cursor.spaces();
    if cursor.eat(")") {
        return Ok(Some(Parentheses::Empty));
    }
    if !has_name(cursor) {
        let one = literal::argument(cursor)?;
        cursor.spaces();
        cursor.expect(")")?;
        return Ok(Some(Parentheses::One(one)));
    }
    named(cursor).map(|named| Some(Parentheses::Named(named)))
}

fn has_name(cursor: &mut Cursor<'_>) -> bool {
    let start = cursor.position();
    let found = !cursor.word().is_empty() && {
        cursor.spaces();
        cursor.peek() == Some('=')
    };
    cursor.back_to(start);
    found
}

/// `name=value,…)`: the closing parenthesis is read too.
pub(super) fn named(cursor: &mut Cursor<'_>) -> Result<Vec<(String, Argument)>, SyntaxError> {
    let mut named: Vec<(String, Argument)> = Vec::new();
    loop {
        cursor.spaces();
        let start = cursor.position();
        let name = cursor.name()?;
        if named.iter().any(|(known, _)| known == name) {
            return Err(cursor.error_at(start, format!("'{name}' is there twice")));
        }
        if named.len() == MOST_VALUES {
            return Err(cursor.error_at(start, "these are too many values"));
        }
        cursor.spaces();
        cursor.expect("=")?;
        cursor.spaces();
        named.push((name.to_owned(), literal::argument(cursor)?));
        cursor.spaces();
        if !cursor.eat(",") {
            cursor.expect(")")?;
            return Ok(named);
        }
    }
}

impl fmt::Display for Resource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, segment) in self.segments.iter().enumerate() {
            if at > 0 {
                f.write_str("/")?;
            }
            match segment {
                Segment::Metadata => f.write_str("$metadata")?,
                Segment::Ref => f.write_str("$ref")?,
                Segment::Count => f.write_str("$count")?,
                Segment::Value => f.write_str("$value")?,
                Segment::Reference(name) => write!(f, "${name}")?,
                Segment::Name(name) => write!(f, "{name}")?,
                Segment::Qualified(name) => write!(f, "{NAMESPACE}{name}")?,
            }
        }
        Ok(())
    }
}

/// As it stands in a decoded path.
impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        match &self.parentheses {
            None => Ok(()),
            Some(Parentheses::Empty) => f.write_str("()"),
            Some(Parentheses::One(one)) => write!(f, "({one})"),
            Some(Parentheses::Named(named)) => {
                for (at, (name, value)) in named.iter().enumerate() {
                    write!(f, "{}{name}={value}", if at == 0 { "(" } else { "," })?;
                }
                f.write_str(")")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::odata::Literal;

    fn parse(path: &str) -> Vec<Segment> {
        Resource::parse(path).unwrap().segments
    }

    fn name(name: &str, parentheses: Option<Parentheses>) -> Name {
        Name {
            name: name.to_owned(),
            parentheses,
        }
    }

    #[test]
    fn rows_are_addressed_by_keys_of_every_kind() {
        assert_eq!(parse("rsk_vessels"), [Segment::Name(name("rsk_vessels", None))]);
        let guid = "6f1c0000-0000-4000-8000-000000000001";
        let one = Parentheses::One(Argument::Literal(Literal::parse(guid).unwrap()));
        assert_eq!(
            parse(&format!("/rsk_vessels({guid})/rsk_HomePortId/$ref")),
            [
                Segment::Name(name("rsk_vessels", Some(one))),
                Segment::Name(name("rsk_HomePortId", None)),
                Segment::Ref
            ]
        );
        let key = Parentheses::Named(vec![
            (
                "rsk_code".to_owned(),
                Argument::Literal(Literal::Text("a/b'c".to_owned())),
            ),
            (
                "rsk_no".to_owned(),
                Argument::Literal(Literal::Number("5".to_owned())),
            ),
            ("rsk_on".to_owned(), Argument::Alias("p1".to_owned())),
        ]);
        assert_eq!(
            parse("rsk_vessels(rsk_code='a%2Fb%27%27c',%20rsk_no=5,rsk_on=@p1)"),
            [Segment::Name(name("rsk_vessels", Some(key)))]
        );
    }

    #[test]
    fn operations_casts_and_definitions_are_segments_too() {
        assert_eq!(
            parse("RetrieveTotalRecordCount(EntityNames=@e)")[0],
            Segment::Name(name(
                "RetrieveTotalRecordCount",
                Some(Parentheses::Named(vec![(
                    "EntityNames".to_owned(),
                    Argument::Alias("e".to_owned())
                )]))
            ))
        );
        let segments = parse(
            "EntityDefinitions(LogicalName='rsk_vessel')/Attributes(LogicalName='a')/Microsoft.Dynamics.CRM.PicklistAttributeMetadata/OptionSet",
        );
        assert_eq!(segments.len(), 4);
        assert_eq!(
            segments[2],
            Segment::Qualified(name("PicklistAttributeMetadata", None))
        );
        assert_eq!(
            parse("queues(6f1c0000-0000-4000-8000-000000000001)/Microsoft.Dynamics.CRM.F(T={'@odata.id':'a(1)'},L=[\"x\"])").len(),
            2
        );
        assert_eq!(parse("$1/rsk_name")[0], Segment::Reference("1".to_owned()));
        assert_eq!(parse(""), []);
    }

    #[test]
    fn what_is_no_path_is_refused_with_its_position() {
        for (path, position) in [
            ("rsk_vessels(", 12),
            ("rsk_vessels(1", 13),
            ("a//b", 2),
            ("a b", 1),
            ("a(x=1,x=2)", 6),
            ("$", 1),
            ("a/%zz", 2),
        ] {
            let error = Resource::parse(path).unwrap_err();
            assert_eq!(error.position, position, "{path}: {error}");
        }
        assert!(Resource::parse(&"a/".repeat(100_000)).is_err());
    }
}
