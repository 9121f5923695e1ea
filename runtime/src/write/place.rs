//! Rows that lookups are bound to.

use crate::text::json_string;
use crate::{Accepts, Reference, RowAddress, Table, TargetSet};

/// Where a row is that a lookup shall refer to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub(super) table: Option<String>,
    pub(super) path: Option<String>,
}

impl Place {
    /// The row at this address.
    pub(super) fn of<R: RowAddress>(row: &R) -> Self {
        let meta = R::Table::META;
        Self {
            table: Some(meta.logical_name.to_owned()),
            path: (!meta.entity_set.is_empty()).then(|| row.path()),
        }
    }

    /// What is written for it.
    pub(super) fn json(&self) -> Option<String> {
        self.path.as_deref().map(|path| json_string(&address(path)))
    }
}

/// The address of the row at this path, as it stands in bodies: that of a row which a change set writes stays as it is.
pub(super) fn address(path: &str) -> String {
    let slash = if path.starts_with('$') { "" } else { "/" };
    format!("{slash}{path}")
}

/// What finds a row that a lookup to `S` can refer to.
// No condition on the trait itself: what is missing is then said of the row's table, in the words of `Accepts`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say which row is meant",
    label = "expected an `Id`, an alternate key or a `Reference`",
    note = "a row that may be missing: `bind_or_clear(..)` takes the `Option`; a GUID becomes an id by naming its table: \
            `Id::<Account>::new(uuid)`"
)]
pub trait TargetOf<S> {
    /// Where the row is.
    #[doc(hidden)]
    fn place(&self) -> Place;
}

impl<S: Accepts<R::Table>, R: RowAddress> TargetOf<S> for R {
    fn place(&self) -> Place {
        Place::of(self)
    }
}

#[diagnostic::do_not_recommend]
impl<S: TargetSet> TargetOf<S> for Reference<S> {
    fn place(&self) -> Place {
        let find = |table: &str| {
            let at = S::ENTITY_SETS.binary_search_by(|(name, _)| (*name).cmp(table));
            at.ok().map(|at| S::ENTITY_SETS[at].1)
        };
        let set = self
            .table()
            .filter(|table| S::TARGETS.iter().any(|(name, _)| name == table))
            .and_then(find);
        Place {
            table: self.table().map(str::to_owned),
            path: set.map(|set| format!("{set}({})", self.uuid())),
        }
    }
}

#[diagnostic::do_not_recommend]
impl<S: TargetSet> TargetOf<S> for &Reference<S> {
    fn place(&self) -> Place {
        Reference::place(self)
    }
}
