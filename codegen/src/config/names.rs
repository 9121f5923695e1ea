//! Identifiers that the project chose itself.

use std::collections::BTreeMap;

use super::section::Section;
use crate::names::{Lock, is_identifier};
use crate::nearest::nearest;

/// Chosen identifiers, by the keys of [`Lock`]. They are names that were given before: what a name lock does keep
/// them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names(BTreeMap<String, String>);

/// A chosen identifier that generated code couldn't take.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("[names] chooses `{name}` for the {key}, but {reason}")]
pub struct NotGiven {
    /// What the identifier is for, as the lock has it: `table account`.
    pub key: String,
    /// The identifier.
    pub name: String,
    /// Why it couldn't be given.
    pub reason: String,
}

impl Names {
    /// Whether nothing was chosen.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The lock with these names in place of those that it has. Others that had one of them get new ones.
    #[must_use]
    pub fn over(&self, lock: &Lock) -> Lock {
        let mut chosen = lock.clone();
        for (key, name) in &self.0 {
            let displaced = lock.iter().filter(|(other, given)| {
                given == name && scope(other) == scope(key) && !self.0.contains_key(*other)
            });
            displaced.for_each(|(other, _)| chosen.remove(other));
            chosen.set(key, name);
        }
        chosen
    }

    /// Makes sure that the names were given.
    ///
    /// # Errors
    /// At the first that wasn't: there is no such thing in the schema, or another of its kind has the name.
    pub fn check(&self, given: &Lock) -> Result<(), NotGiven> {
        for (key, name) in &self.0 {
            let reason = match given.get(key) {
                Some(now) if now == name => continue,
                Some(_) => {
                    "something else beside it has that name, or generated code uses it: choose another, or rename that too"
                        .to_owned()
                }
                None => {
                    let near = nearest(key, given.iter().map(|(key, _)| key));
                    let near = near.map_or_else(String::new, |near| format!(": did you mean the {near}?"));
                    format!("the schema that was selected has nothing of that name{near}")
                }
            };
            return Err(NotGiven {
                key: key.clone(),
                name: name.clone(),
                reason,
            });
        }
        Ok(())
    }
}

/// Where a name has to be the only one of its kind: the crate, a table's module, a table's columns, a choice.
fn scope(key: &str) -> (&str, &str) {
    let (what, rest) = key.split_once(' ').unwrap_or((key, ""));
    match (what, rest.split_once('.')) {
        ("choice" | "key", Some((table, _))) => ("module", table),
        ("column", Some((table, _))) => ("column", table),
        ("option", _) => ("option", rest.rsplit_once(' ').map_or(rest, |(choice, _)| choice)),
        _ => (what, ""),
    }
}

/// What the keys of `[names]` are about, as the lock calls it, and how many dots a key has.
const PARTS: [(&str, &str, std::ops::RangeInclusive<usize>, &str); 5] = [
    ("tables", "table", 0..=0, "account = \"Account\""),
    ("columns", "column", 1..=1, "\"account.type\" = \"kind\""),
    (
        "choices",
        "choice",
        0..=1,
        "\"account.industrycode\" = \"Industry\", or rsk_hull = \"Hull\" for a global choice",
    ),
    (
        "options",
        "option",
        1..=2,
        "\"account.industrycode.1\" = \"Accounting\", or \"rsk_hull.1\" = \"Wood\" for a global choice",
    ),
    ("keys", "key", 1..=1, "\"account.rsk_number\" = \"NumberKey\""),
];

pub(super) fn read(root: &Section<'_>) -> Names {
    let mut names = BTreeMap::new();
    let Some(section) = root.section("names") else {
        return Names::default();
    };
    for (key, what, dots, example) in PARTS {
        for pair in section.pairs(key) {
            if !dots.contains(&pair.key.matches('.').count()) {
                section.problem_at(
                    pair.span,
                    &format!("`{}` names no {what}", pair.key),
                    Some(format!("write it as in {example}")),
                );
            } else if !is_identifier(pair.value) {
                section.problem_at(
                    pair.span,
                    &format!("`{}` can't be a name in Rust", pair.value),
                    Some("letters, digits and underscores, no keyword".to_owned()),
                );
            } else {
                let name = match pair.key.rsplit_once('.') {
                    Some((of, value)) if what == "option" => format!("option {of} {value}"),
                    _ => format!("{what} {}", pair.key),
                };
                names.insert(name, pair.value.to_owned());
            }
        }
    }
    section.finish();
    Names(names)
}
