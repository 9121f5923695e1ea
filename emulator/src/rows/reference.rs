//! Rows that bodies refer to: `/accounts(…)`, an absolute URL, an alternate key, or `$1` for what an earlier request of
//! the change set wrote.

use super::{Address, RowId, Work};
use crate::Fault;
use crate::model::Entity;
use crate::odata::{Aliases, Resource, Segment};
use crate::server::under_root;
use std::collections::HashMap;

/// What the requests of a change set wrote so far, by their content ids: the table and the row.
#[derive(Clone, Debug, Default)]
pub(crate) struct References(HashMap<String, (String, RowId)>);

impl References {
    /// Remembers the row that a request wrote.
    pub(crate) fn insert(&mut self, content_id: &str, table: &str, row: RowId) {
        self.0.insert(content_id.to_owned(), (table.to_owned(), row));
    }

    /// The row that a request wrote.
    pub(crate) fn get(&self, content_id: &str) -> Result<(&str, &RowId), Fault> {
        let known = self.0.get(content_id);
        known.map(|(table, row)| (table.as_str(), row)).ok_or_else(|| {
            let shown: String = content_id.chars().take(100).collect();
            Fault::bad_payload(format!(
                "Content-ID Reference: '${shown}' does not exist in the batch context."
            ))
        })
    }
}

/// The row that a reference leads to.
///
/// # Errors
/// If it can't be read, leads to no row's address, or the row isn't there.
pub(crate) fn row_at<'a>(work: &Work<'a>, reference: &str) -> Result<(&'a Entity, RowId), Fault> {
    let resource = Resource::parse(relative(reference))?;
    match resource.segments.as_slice() {
        [Segment::Reference(content_id)] => {
            let (table, row) = work.references.get(content_id)?;
            Ok((work.entity(table)?, row.clone()))
        }
        [Segment::Name(name)] => {
            let entity = work
                .model
                .entity_of_set(&name.name)
                .ok_or_else(|| Fault::no_resource(&name.name))?;
            let address = Address::read(work, entity, name, &Aliases::default(), None)?;
            Ok((entity, address.existing(work, entity)?))
        }
        _ => {
            let shown: String = reference.chars().take(100).collect();
            Err(Fault::bad_payload(format!(
                "The URL '{shown}' doesn't lead to a row."
            )))
        }
    }
}

/// The address in a table that a URL names: the row needn't be there.
pub(crate) fn address_at(work: &Work<'_>, entity: &Entity, reference: &str) -> Result<Address, Fault> {
    let resource = Resource::parse(relative(reference))?;
    match resource.segments.as_slice() {
        [Segment::Name(name)] if entity.table().entity_set.as_ref() == Some(&name.name) => {
            Address::read(work, entity, name, &Aliases::default(), None)
        }
        _ => {
            let shown: String = reference.chars().take(100).collect();
            Err(Fault::bad_payload(format!(
                "The URL '{shown}' doesn't lead to a row of '{}'.",
                entity.name()
            )))
        }
    }
}

/// The path under the service's root.
fn relative(reference: &str) -> &str {
    let path = match reference.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("", |at| &rest[at..]),
        None => reference,
    };
    match under_root(path) {
        Some((_, under)) => under,
        None => path.trim_start_matches('/'),
    }
}

#[cfg(test)]
mod tests {
    use super::relative;

    #[test]
    fn every_form_of_a_url_is_relative_in_the_end() {
        for url in [
            "accounts(1)",
            "/accounts(1)",
            "/api/data/v9.2/accounts(1)",
            "https://org.example/api/data/v9.1/accounts(1)",
        ] {
            assert_eq!(relative(url), "accounts(1)");
        }
        assert_eq!(relative("$1"), "$1");
        assert_eq!(relative("https://x"), "");
    }
}
