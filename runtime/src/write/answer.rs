//! What answers to writes say.

use crate::message::Response;
use crate::operation::ObjectReader;
use crate::pending::Draft;
use crate::{DecodeError, Error, Id, Row, Table, Uuid, decode};
use http::StatusCode;

/// A row that is there now, and whether it was there before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Upserted<V> {
    /// Whether the row was created, rather than changed.
    pub created: bool,
    /// The row, or its id.
    pub row: V,
}

pub(crate) fn nothing(_: &Draft, _: &Response) -> Result<(), Error> {
    Ok(())
}

/// The id of the row that was created.
pub(super) fn new_id<T: Table>(draft: &Draft, response: &Response) -> Result<Id<T>, Error> {
    let header = response.header("odata-entityid").or(response.header("location"));
    header
        .and_then(|url| id_in(url, T::META.primary_id))
        .or(draft.own_id.map(|(_, id)| id))
        .map(Id::new)
        .ok_or_else(|| {
            DecodeError::missing("the id of the new row")
                .inside("OData-EntityId")
                .into()
        })
}

/// The row that was written.
pub(super) fn row<R: Row>(_: &Draft, response: &Response) -> Result<R, Error> {
    Ok(decode::row(&response.body)?)
}

/// The row that was written, and whether it is new.
pub(super) fn upserted_row<R: Row>(draft: &Draft, response: &Response) -> Result<Upserted<R>, Error> {
    Ok(Upserted {
        created: response.status == StatusCode::CREATED,
        row: row(draft, response)?,
    })
}

/// The id of the row that was written, and whether it is new.
pub(super) fn upserted_id<T: Table>(_: &Draft, response: &Response) -> Result<Upserted<Id<T>>, Error> {
    Ok(Upserted {
        created: response.status == StatusCode::CREATED,
        row: ObjectReader::answer(response, "a row as JSON")?.field(T::META.primary_id)?,
    })
}

/// The id in the URL of a row, `…/accounts(6f1c…)`. A row that was addressed by an alternate key is named by that key,
/// and the id is not known; the key of an elastic table begins with the id.
fn id_in(url: &str, primary_id: &str) -> Option<Uuid> {
    let (_, key) = url.strip_suffix(')')?.rsplit_once('(')?;
    let first = key.split(',').next().unwrap_or(key);
    let value = match first.split_once('=') {
        Some((name, value)) => (name == primary_id).then_some(value)?,
        None => first,
    };
    Uuid::try_parse(value).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(url: &str, expected: Option<u128>) {
        assert_eq!(id_in(url, "accountid"), expected.map(Uuid::from_u128), "{url}");
    }

    #[test]
    fn ids_are_read_from_urls() {
        let root = "https://rsk.crm4.dynamics.com/api/data/v9.2";
        check(
            &format!("{root}/accounts(00000000-0000-0000-0000-000000000007)"),
            Some(7),
        );
        check(
            &format!("{root}/readings(accountid=00000000-0000-0000-0000-000000000007,partitionid='a(b)')"),
            None,
        );
        check(
            &format!("{root}/readings(accountid=00000000-0000-0000-0000-000000000007,partitionid='a')"),
            Some(7),
        );
        check(
            &format!("{root}/accounts(other=00000000-0000-0000-0000-000000000007)"),
            None,
        );
        check(&format!("{root}/accounts(accountnumber='A-1')"), None);
        check(&format!("{root}/accounts"), None);
        check("", None);
    }
}
