//! Writing one property of a row by its own address.

use super::answer::nothing;
use super::entry::{Content as Value, Entry};
use super::rows::OneRow;
use super::{Assignment, Update};
use crate::message::Repeat;
use crate::pending::{Content, Draft, Pending};
use crate::{RowAddress, Table};
use http::Method;

/// A write to one property or relationship of a row.
pub enum Single {}

/// Writes one column, without a client: see `Client::set_property`.
#[expect(clippy::needless_pass_by_value, reason = "an address is made for one request")]
pub fn set_property<R: OneRow, C>(
    row: R,
    assign: impl FnOnce(&<R::Table as Table>::Columns) -> Assignment<R::Table, Update, C>,
) -> Pending<Single, ()> {
    Pending::new(draft(&row, assign(&R::Table::COLUMNS).entry), nothing)
}

fn draft<R: RowAddress>(row: &R, entry: Entry) -> Draft {
    let reference = if entry.bind { "/$ref" } else { "" };
    let path = format!("{}/{}{reference}", row.path(), entry.name);
    let method = if entry.is_null() {
        Method::DELETE
    } else {
        Method::PUT
    };
    let mut draft = Draft::of::<R::Table>(method, path, "set property");
    draft.repeat = Repeat::Safe;
    let name = if entry.bind { "@odata.id" } else { "value" };
    if let (false, Value::One(json)) = (entry.is_null(), &entry.content) {
        draft.content = Content::Json(format!("{{\"{name}\":{json}}}"));
    }
    draft.problem = draft.problem.take().or(entry.problem);
    draft
}
