//! Who wrote a row, and when.

use super::Work;
use super::draft::Draft;
use crate::store::{Cell, Moment};

/// The columns in which the service notes that.
pub(super) fn settle(work: &Work<'_>, draft: &mut Draft<'_>) {
    let now = || Cell::Plain(Moment::text(work.now));
    let user = || Cell::Lookup(work.user, "systemuser".to_owned());
    if draft.is_new() {
        // A migrated row has the day that it was made elsewhere; when it was really made is in the other column.
        match draft.value("overriddencreatedon").clone() {
            Cell::Null => draft.set_if_absent("createdon", now),
            elsewhere => {
                draft.set("overriddencreatedon", now());
                draft.set_if_absent("createdon", || elsewhere);
            }
        }
        draft.set_if_absent("createdby", user);
    }
    if !draft.is_given("modifiedon") {
        draft.set("modifiedon", now());
    }
    if !draft.is_given("modifiedby") {
        draft.set("modifiedby", user());
    }
}
