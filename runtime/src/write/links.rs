//! Tying and untying rows of relationships.

use super::answer::nothing;
use super::place::Place;
use super::rows::OneRow;
use super::single::Single;
use crate::message::Repeat;
use crate::pending::{Content, Draft, Pending};
use crate::{Accepts, Collection, InvalidRequest, RowAddress, Table};
use http::Method;

/// Ties a row to another, without a client: see `Client::associate`.
#[expect(clippy::needless_pass_by_value, reason = "an address is made for one request")]
pub fn associate<R: OneRow, U: Accepts<S::Table>, S: RowAddress>(
    row: R,
    relationship: impl FnOnce(&<R::Table as Table>::Columns) -> Collection<R::Table, U>,
    related: S,
) -> Pending<Single, ()> {
    let navigation = relationship(&R::Table::COLUMNS).navigation();
    let path = format!("{}/{navigation}/$ref", row.path());
    let mut draft = Draft::of::<R::Table>(Method::POST, path, "associate");
    // That the rows are tied already, the service says with the code of a row that is there already.
    draft.repeat = Repeat::CreatesOnce;
    refer(&mut draft, &Place::of(&related), S::Table::META.logical_name);
    Pending::new(draft, nothing)
}

/// Unties a row from another, without a client: see `Client::disassociate`.
#[expect(clippy::needless_pass_by_value, reason = "an address is made for one request")]
pub fn disassociate<R: OneRow, U: Accepts<S::Table>, S: RowAddress>(
    row: R,
    relationship: impl FnOnce(&<R::Table as Table>::Columns) -> Collection<R::Table, U>,
    related: S,
) -> Pending<Single, ()> {
    let navigation = relationship(&R::Table::COLUMNS).navigation();
    let path = format!("{}/{navigation}({})/$ref", row.path(), related.key());
    let mut draft = Draft::of::<R::Table>(Method::DELETE, path, "disassociate");
    draft.repeat = Repeat::Safe;
    Pending::new(draft, nothing)
}

/// Puts the address of a row into the body.
pub(super) fn refer(draft: &mut Draft, place: &Place, table: &'static str) {
    match place.json() {
        Some(json) => draft.content = Content::Json(format!("{{\"@odata.id\":{json}}}")),
        None => {
            let problem = InvalidRequest::NoEntitySet { table };
            draft.problem = draft.problem.take().or(Some(problem));
        }
    }
}
