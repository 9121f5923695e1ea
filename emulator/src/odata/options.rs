//! The query of a URL: its options by name.

use super::{Argument, Literal, SyntaxError, percent};
use crate::Fault;

/// The options of a query, decoded. What their values say is read by those who need it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Options {
    /// All options in their order: names and values.
    all: Vec<(String, String)>,
    /// As it came.
    raw: String,
    /// The parameter aliases.
    pub aliases: Aliases,
}

/// Values that stand in the query for their use elsewhere: `@p1='x'`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Aliases(Vec<(String, String)>);

/// The options with a `$` that the service knows.
const KNOWN: [&str; 10] = [
    "$select",
    "$filter",
    "$orderby",
    "$top",
    "$count",
    "$expand",
    "$apply",
    "$skiptoken",
    "$deltatoken",
    "$id",
];

impl Options {
    /// The most options that a query may have.
    const MOST: usize = 500;

    /// Reads a query, percent-encoded, without its `?`.
    ///
    /// # Errors
    /// If it can't be read, if an option is there twice, or one with a `$` isn't known to the service.
    pub fn parse(query: &str) -> Result<Self, Fault> {
        let mut options = Self {
            raw: query.to_owned(),
            ..Self::default()
        };
        for part in query.split('&').filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let name = percent::decode(name, true)?.trim().to_owned();
            let value = percent::decode(value, true)?;
            if options.all.len() + options.aliases.0.len() == Self::MOST {
                return Err(Fault::bad_query("The query has too many options."));
            }
            if let Some(alias) = name.strip_prefix('@') {
                options.aliases.0.push((alias.to_owned(), value));
                continue;
            }
            refuse(&name)?;
            if name.starts_with('$') && options.get(&name).is_some() {
                return Err(Fault::bad_query(format!(
                    "Query option '{name}' was specified more than once, but it must be specified at most once."
                )));
            }
            options.all.push((name, value));
        }
        Ok(options)
    }

    /// The value of an option.
    pub fn get(&self, name: &str) -> Option<&str> {
        let (_, value) = self.all.iter().find(|(known, _)| known == name)?;
        Some(value)
    }

    /// Whether there is such an option.
    pub fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Names and values of all options but aliases, in their order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.all
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The query as it came, without one option.
    pub fn raw_without(&self, name: &str) -> String {
        let is_other = |part: &&str| {
            let found = part.split('=').next().unwrap_or_default();
            percent::decode(found, true).is_ok_and(|found| found.trim() != name)
        };
        let parts = self.raw.split('&').filter(|part| !part.is_empty());
        parts.filter(is_other).collect::<Vec<_>>().join("&")
    }
}

fn refuse(name: &str) -> Result<(), Fault> {
    if !name.starts_with('$') || KNOWN.contains(&name) {
        return Ok(());
    }
    let shown: String = name.chars().take(60).collect();
    Err(Fault::bad_query(match name {
        "$skip" => "Skip Clause is not supported in CRM".to_owned(),
        "$search" => "Search Clause is not supported in CRM".to_owned(),
        "$format" => "The query option '$format' is not supported: ask by the header Accept.".to_owned(),
        _ => format!("The query parameter '{shown}' is not supported."),
    }))
}

impl Aliases {
    /// The value of an alias, without its `@`. One that isn't set is null.
    ///
    /// # Errors
    /// If its text isn't a value.
    pub fn value(&self, name: &str) -> Result<Literal, SyntaxError> {
        match self.0.iter().find(|(known, _)| known == name) {
            Some((_, text)) => Literal::parse(text),
            None => Ok(Literal::Null),
        }
    }

    /// The value of an argument.
    ///
    /// # Errors
    /// If it is an alias whose text isn't a value.
    pub fn resolve(&self, argument: &Argument) -> Result<Literal, SyntaxError> {
        match argument {
            Argument::Literal(literal) => Ok(literal.clone()),
            Argument::Alias(name) => self.value(name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_decoded_and_aliases_found() {
        let options =
            Options::parse("$select=a%2Cb&$filter=x+eq+%27%2B%27&tag=t&@p=%27v%27&@q={%27a%27:1}").unwrap();
        assert_eq!(options.get("$select"), Some("a,b"));
        assert_eq!(options.get("$filter"), Some("x eq '+'"));
        assert_eq!(options.get("$Select"), None);
        assert_eq!(options.aliases.value("p").unwrap(), Literal::Text("v".to_owned()));
        assert!(matches!(options.aliases.value("q").unwrap(), Literal::Json(_)));
        assert_eq!(options.aliases.value("r").unwrap(), Literal::Null);
        assert_eq!(
            options.raw_without("tag"),
            "$select=a%2Cb&$filter=x+eq+%27%2B%27&@p=%27v%27&@q={%27a%27:1}"
        );
    }

    #[test]
    fn unknown_and_repeated_options_are_refused() {
        for (query, message) in [
            ("$skip=5", "Skip Clause is not supported in CRM"),
            ("$foo=1", "The query parameter '$foo' is not supported."),
            ("$Filter=a", "The query parameter '$Filter' is not supported."),
        ] {
            assert_eq!(Options::parse(query), Err(Fault::bad_query(message)));
        }
        for query in ["$top=1&$top=2", "$search=a", "$format=json", "a=%", "a=%ff"] {
            assert!(Options::parse(query).is_err(), "{query}");
        }
    }
}
