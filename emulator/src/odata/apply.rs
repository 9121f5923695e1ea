//! `$apply`: filters, groups and aggregates.

use super::cursor::Cursor;
use super::expression::{Expression, PropertyPath};
use super::lists::list;
use super::{SyntaxError, filter};
use std::fmt;

/// The transformations of `$apply`, each of what the one before it gives.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Apply(pub Vec<Transformation>);

/// A step of `$apply`.
#[derive(Clone, Debug, PartialEq)]
pub enum Transformation {
    /// `filter(condition)`.
    Filter(Expression),
    /// `aggregate(…)`.
    Aggregate(Vec<Aggregate>),
    /// `groupby((columns),aggregate(…))`.
    GroupBy {
        /// The columns whose values make a group.
        columns: Vec<PropertyPath>,
        /// What is computed of each group.
        aggregates: Vec<Aggregate>,
    },
}

/// One value that is computed of many rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Aggregate {
    /// The column and the method. Without them rows are counted.
    pub of: Option<(PropertyPath, Method)>,
    /// The name of the result.
    pub alias: String,
}

/// Ways to make one value of many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "named as OData names them")]
pub enum Method {
    Sum,
    Average,
    Min,
    Max,
    CountDistinct,
}

impl Method {
    const ALL: [Self; 5] = [
        Self::Sum,
        Self::Average,
        Self::Min,
        Self::Max,
        Self::CountDistinct,
    ];

    /// Its word in `$apply`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Sum => "sum",
            Self::Average => "average",
            Self::Min => "min",
            Self::Max => "max",
            Self::CountDistinct => "countdistinct",
        }
    }
}

impl Apply {
    /// The most transformations in one `$apply`.
    const MOST: usize = 20;

    /// Reads the value of `$apply`, decoded.
    ///
    /// # Errors
    /// If it can't be read, or has a transformation that the service doesn't know.
    pub fn parse(text: &str) -> Result<Self, SyntaxError> {
        let mut cursor = Cursor::new(text);
        let mut steps = Vec::new();
        loop {
            if steps.len() == Self::MOST {
                return Err(cursor.error("these are too many transformations"));
            }
            steps.push(transformation(&mut cursor)?);
            cursor.spaces();
            if !cursor.eat("/") {
                cursor.end()?;
                return Ok(Self(steps));
            }
        }
    }
}

fn transformation(cursor: &mut Cursor<'_>) -> Result<Transformation, SyntaxError> {
    cursor.spaces();
    let start = cursor.position();
    let name = cursor.name()?;
    match name {
        "filter" => {
            cursor.expect("(")?;
            let condition = cursor.deeper(filter::expression)?;
            cursor.spaces();
            cursor.expect(")")?;
            Ok(Transformation::Filter(condition))
        }
        "aggregate" => aggregates(cursor).map(Transformation::Aggregate),
        "groupby" => group_by(cursor),
        _ => Err(cursor.error_at(
            start,
            "the transformation is none of 'filter', 'groupby' and 'aggregate'",
        )),
    }
}

fn group_by(cursor: &mut Cursor<'_>) -> Result<Transformation, SyntaxError> {
    cursor.expect("(")?;
    cursor.spaces();
    cursor.expect("(")?;
    let columns = list(cursor, filter::path)?;
    cursor.expect(")")?;
    cursor.spaces();
    let mut found = Vec::new();
    if cursor.eat(",") {
        cursor.spaces();
        cursor.expect("aggregate")?;
        found = aggregates(cursor)?;
        cursor.spaces();
    }
    cursor.expect(")")?;
    Ok(Transformation::GroupBy {
        columns,
        aggregates: found,
    })
}

fn aggregates(cursor: &mut Cursor<'_>) -> Result<Vec<Aggregate>, SyntaxError> {
    cursor.expect("(")?;
    let aggregates = list(cursor, aggregate)?;
    cursor.expect(")")?;
    Ok(aggregates)
}

fn aggregate(cursor: &mut Cursor<'_>) -> Result<Aggregate, SyntaxError> {
    let of = if cursor.eat("$count") {
        None
    } else {
        let path = filter::path(cursor)?;
        cursor.spaces();
        word(cursor, "with")?;
        let start = cursor.position();
        let name = cursor.name()?;
        let method = Method::ALL.into_iter().find(|known| known.word() == name);
        let method = method.ok_or_else(|| {
            cursor.error_at(
                start,
                "the method is none of 'sum', 'average', 'min', 'max' and 'countdistinct'",
            )
        })?;
        Some((path, method))
    };
    cursor.spaces();
    word(cursor, "as")?;
    Ok(Aggregate {
        of,
        alias: cursor.name()?.to_owned(),
    })
}

fn word(cursor: &mut Cursor<'_>, word: &str) -> Result<(), SyntaxError> {
    if !cursor.eat_word(word) {
        return Err(cursor.error(format!("'{word}' is expected")));
    }
    cursor.spaces();
    Ok(())
}

impl fmt::Display for Apply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, step) in self.0.iter().enumerate() {
            f.write_str(if at == 0 { "" } else { "/" })?;
            match step {
                Transformation::Filter(condition) => write!(f, "filter({condition})")?,
                Transformation::Aggregate(aggregates) => write!(f, "aggregate({})", shown(aggregates))?,
                Transformation::GroupBy { columns, aggregates } => {
                    let columns: Vec<String> = columns.iter().map(ToString::to_string).collect();
                    write!(f, "groupby(({})", columns.join(","))?;
                    if !aggregates.is_empty() {
                        write!(f, ",aggregate({})", shown(aggregates))?;
                    }
                    f.write_str(")")?;
                }
            }
        }
        Ok(())
    }
}

fn shown(aggregates: &[Aggregate]) -> String {
    let shown = aggregates.iter().map(|aggregate| match &aggregate.of {
        None => format!("$count as {}", aggregate.alias),
        Some((path, method)) => format!("{path} with {} as {}", method.word(), aggregate.alias),
    });
    shown.collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_read() {
        for text in [
            "aggregate($count as n)",
            "groupby((rsk_hulltype,rsk_HomePortId/rsk_name))",
            "filter(statecode eq 0 and contains(a,')'))/groupby((a),aggregate(b with sum as total,$count as n,c with countdistinct as d))",
        ] {
            assert_eq!(Apply::parse(text).unwrap().to_string(), text);
        }
        let spaced = "filter( a eq 1 ) / aggregate( b  with average  as c , d with min as e )";
        assert_eq!(
            Apply::parse(spaced).unwrap().to_string(),
            "filter(a eq 1)/aggregate(b with average as c,d with min as e)"
        );
    }

    #[test]
    fn the_rest_is_refused() {
        for text in [
            "",
            "topcount(3,a)",
            "aggregate()",
            "aggregate(a as b)",
            "aggregate(a with median as b)",
            "groupby(a)",
            "filter(",
            "groupby((a),filter(b eq 1))",
            "aggregate($count)",
            "filter(a eq 1)/",
        ] {
            assert!(Apply::parse(text).is_err(), "{text}");
        }
    }
}
