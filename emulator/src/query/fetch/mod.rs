//! FetchXML: what a document asks for, in the model's terms, and its answer. Views are documents that are kept in rows.

mod aggregate;
mod columns;
mod condition;
mod date_part;
mod fault;
mod link;
mod operator;
mod order;
mod page;
mod rows;
mod saved;
mod scope;

#[cfg(test)]
pub(super) use operator::FUNCTIONS;

use super::list::{Of, counted};
use super::{Asked, Context};
use crate::fetchxml::Fetch;
use crate::odata::Options;
use crate::{Answer, Fault};

/// The options that hold queries, or name them.
const LANGUAGES: [&str; 4] = ["fetchXml", "savedQuery", "userQuery", "sql"];

/// A query, and how it came.
struct Asking<'q> {
    fetch: &'q Fetch,
    options: &'q Options,
    asked: &'q Asked,
    /// Whether it is a view's, whose further pages have addresses.
    saved: bool,
}

impl Asking<'_> {
    /// Whether all rows are counted.
    fn counts(&self) -> Result<bool, Fault> {
        Ok(counted(self.options)? || self.fetch.count_total)
    }
}

/// Answers a request for rows, if it is one in FetchXML or one of a view.
pub(super) fn answer(context: &Context<'_>, of: &Of<'_>, options: &Options) -> Result<Option<Answer>, Fault> {
    refuse_other_spellings(options)?;
    let document = match saved::document(context, of.entity, options)? {
        Some(document) => document,
        None => match options.get("fetchXml") {
            Some(xml) => saved::Document {
                xml: xml.to_owned(),
                saved: false,
            },
            None => return Ok(None),
        },
    };
    refuse_beside(options, document.saved)?;
    let fetch = Fetch::parse(&document.xml)?;
    if fetch.entity != of.entity.name() {
        return Err(fault::other_table(context, &fetch.entity, of.entity));
    }
    let asked = Asked::of(context)?;
    let asking = Asking {
        fetch: &fetch,
        options,
        asked: &asked,
        saved: document.saved,
    };
    if fetch.aggregate {
        aggregate::answer(context, of, &asking).map(Some)
    } else {
        rows::answer(context, of, &asking).map(Some)
    }
}

/// The service may well take other spellings: to answer as if there were no query would be wrong.
fn refuse_other_spellings(options: &Options) -> Result<(), Fault> {
    let is_alike = |name: &str| {
        LANGUAGES
            .iter()
            .any(|known| known.eq_ignore_ascii_case(name) && *known != name)
    };
    match options.iter().find(|(name, _)| is_alike(name)) {
        Some((name, _)) => Err(Fault::unsupported(&format!(
            "the query option '{name}' in this spelling"
        ))),
        None => Ok(()),
    }
}

/// Options of OData that would change what the document asks for.
fn refuse_beside(options: &Options, saved: bool) -> Result<(), Fault> {
    if LANGUAGES.iter().filter(|name| options.has(name)).count() > 1 {
        return Err(Fault::bad_query(
            "A request has one query: several are specified.",
        ));
    }
    let known = |name: &str| name == "$count" || (saved && name == "$skiptoken");
    match options
        .iter()
        .find(|(name, _)| name.starts_with('$') && !known(name))
    {
        Some((name, _)) => Err(Fault::unsupported(&format!("{name} beside FetchXML or a view"))),
        None => Ok(()),
    }
}
