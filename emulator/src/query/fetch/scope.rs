//! What names in a document refer to: tables by the aliases of links, columns by logical names.

use super::fault;
use crate::Fault;
use crate::fetchxml::{Link, shown};
use crate::model::Entity;
use crate::query::Context;
use crate::query::bind::Binder;
use crate::query::plan::{ColumnRef, SourceId};
use crate::query::shape::At;
use dataverse_codegen::schema::ColumnKind;
use http::StatusCode;
use std::collections::{HashMap, HashSet};

/// The most links of one query.
const MOST_LINKS: usize = 15;

/// The binder of a document's names.
pub(super) struct Scope<'a> {
    pub(super) binder: Binder<'a>,
    pub(super) root: At<'a>,
    names: Vec<Named<'a>>,
    /// The rows that are there already where a condition is looked at.
    joined: HashSet<SourceId>,
    links: usize,
    /// How many links there are of each table so far.
    numbers: HashMap<&'a str, usize>,
}

/// Rows that have a name.
struct Named<'a> {
    alias: String,
    /// Whether the document gave the alias. Otherwise the table's name will do too.
    given: bool,
    at: At<'a>,
}

impl<'a> Scope<'a> {
    pub(super) fn new(context: &'a Context<'a>, entity: &'a Entity) -> Self {
        let binder = Binder::new(context, entity, None);
        let root = At {
            entity,
            source: binder.root(),
        };
        Self {
            binder,
            root,
            names: Vec::new(),
            joined: HashSet::from([root.source]),
            links: 0,
            numbers: HashMap::new(),
        }
    }

    /// The table of a link, under a number of its own, and what the link is called.
    pub(super) fn declare(&mut self, link: &Link) -> Result<(At<'a>, String), Fault> {
        self.links += 1;
        if self.links > MOST_LINKS {
            return Err(Fault::new(
                StatusCode::BAD_REQUEST,
                0x8004_430d,
                "Number of link entities in query exceeded maximum limit.",
            ));
        }
        self.binder.count_condition()?;
        let model = self.binder.context.model;
        let entity = model
            .intersect(&link.table)
            .or_else(|| model.entity(&link.table))
            .ok_or_else(|| fault::no_table(&link.table))?;
        let number = self.numbers.entry(entity.name()).or_default();
        *number += 1;
        let alias = match &link.alias {
            Some(alias) => checked(alias, ".")?.to_owned(),
            None => format!("{}{number}", entity.name()),
        };
        if self.names.iter().any(|named| named.alias == alias) {
            return Err(fault::same_alias(&alias));
        }
        let at = At {
            entity,
            source: self.binder.new_source(),
        };
        self.names.push(Named {
            alias: alias.clone(),
            given: link.alias.is_some(),
            at,
        });
        Ok((at, alias))
    }

    /// The link that was declared last will be declared again, and is one all the same.
    pub(super) fn count_again(&mut self) {
        self.links -= 1;
    }

    /// The rows are there for all conditions that follow.
    pub(super) fn join(&mut self, at: At<'a>) {
        self.joined.insert(at.source);
    }

    /// The rows that a condition names, if they are there where it is looked at.
    pub(super) fn named_in_condition(&self, name: Option<&str>, here: At<'a>) -> Result<At<'a>, Fault> {
        let at = self.named(name, here)?;
        if self.joined.contains(&at.source) {
            return Ok(at);
        }
        Err(Fault::unsupported(
            "a condition in a link-entity of type 'outer' on one that stands behind it",
        ))
    }

    /// How many names are known: those that come after can be forgotten.
    pub(super) fn known(&self) -> usize {
        self.names.len()
    }

    pub(super) fn forget(&mut self, known: usize) {
        self.names.truncate(known);
    }

    /// The rows that a name refers to; without a name, those where it stands.
    pub(super) fn named(&self, name: Option<&str>, here: At<'a>) -> Result<At<'a>, Fault> {
        let Some(name) = name else {
            return Ok(here);
        };
        let by_alias = self.names.iter().rev().find(|named| named.alias == name);
        let by_table = || {
            let mut found = self
                .names
                .iter()
                .filter(|named| !named.given && named.at.entity.name() == name);
            // Of several none is meant more than another.
            found.next().filter(|_| found.next().is_none())
        };
        let found = by_alias.or_else(by_table).map(|named| named.at);
        found
            .or_else(|| (self.root.entity.name() == name).then_some(self.root))
            .ok_or_else(|| {
                fault::argument(format!(
                    "LinkEntity with name or alias '{}' is not found.",
                    shown(name)
                ))
            })
    }

    /// A column by its logical name.
    pub(super) fn column(&self, at: At<'a>, name: &str) -> Result<ColumnRef<'a>, Fault> {
        match at.entity.table().column(name) {
            Some(column) if matches!(column.kind, ColumnKind::PartyList { .. }) => Err(Fault::unsupported(
                &format!("the list of parties '{name}' in FetchXML"),
            )),
            Some(column) => Ok(ColumnRef {
                source: at.source,
                entity: at.entity,
                column,
            }),
            None => Err(missing(self.binder.context, at.entity, name)),
        }
    }
}

/// A column that a table lacks, or that only the model lacks.
fn missing(context: &Context<'_>, entity: &Entity, name: &str) -> Fault {
    let is_intersect = context.model.intersect(entity.name()).is_some();
    let table = entity.table();
    // The service has columns for the names of choices and of lookups' rows, and for the tables of these.
    let is_shadow = ["yominame", "name", "idtype", "type"].iter().any(|end| {
        name.strip_suffix(end)
            .and_then(|name| table.column(name).or_else(|| table.column(&format!("{name}id"))))
            .is_some_and(|column| {
                matches!(
                    column.kind,
                    ColumnKind::Lookup(_)
                        | ColumnKind::YesNo { .. }
                        | ColumnKind::Choice { .. }
                        | ColumnKind::Choices { .. }
                        | ColumnKind::State { .. }
                        | ColumnKind::Status { .. }
                )
            })
    });
    let own_id = is_intersect && name == entity.primary_id();
    if is_shadow || own_id || entity.is_referred() {
        return Fault::unsupported(&format!(
            "the attribute '{}' of the table '{}' in FetchXML, which the snapshot doesn't hold",
            shown(name),
            entity.name()
        ));
    }
    fault::no_column(entity, name)
}

/// An alias, if its characters are allowed.
pub(super) fn checked<'t>(alias: &'t str, besides: &str) -> Result<&'t str, Fault> {
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '_' || besides.contains(c);
    let starts = alias.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    if starts && alias.chars().all(fits) {
        return Ok(alias);
    }
    Err(fault::argument(format!(
        "Invalid character specified for alias: {}. Only characters within the ranges [A-Z], [a-z] or [0-9] or _ are allowed. The \
         first character may only be in the ranges [A-Z], [a-z] or _.",
        shown(alias)
    )))
}
