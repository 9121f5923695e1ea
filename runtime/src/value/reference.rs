//! References to rows of one of several tables.

use super::Id;
use crate::{Accepts, Table, TargetSet};
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use uuid::Uuid;

/// What a lookup holds whose targets are `S`: a row's GUID, and the name of its table.
///
/// ```
/// # use dataverse_runtime::{Reference, TargetSet};
/// # enum AccountOrContact { Account, Contact }
/// # impl TargetSet for AccountOrContact {
/// #     const TARGETS: &'static [(&'static str, Self)] = &[("account", Self::Account), ("contact", Self::Contact)];
/// # }
/// # fn show(customer: &Reference<AccountOrContact>) {
/// match customer.target() {
///     Some(AccountOrContact::Account) => println!("a company"),
///     Some(AccountOrContact::Contact) => println!("a person"),
///     None => println!("something else: {:?}", customer.table()),
/// }
/// # }
/// ```
pub struct Reference<S> {
    uuid: Uuid,
    table: Option<String>,
    of: PhantomData<fn() -> S>,
}

impl<S> Reference<S> {
    /// A reference to a row of a table that isn't known.
    pub(crate) const fn new(uuid: Uuid) -> Self {
        Self {
            uuid,
            table: None,
            of: PhantomData,
        }
    }

    pub(crate) fn set_table(&mut self, table: String) {
        self.table = Some(table);
    }

    /// The row's GUID.
    pub const fn uuid(&self) -> Uuid {
        self.uuid
    }

    /// The logical name of the row's table, if the service told.
    pub fn table(&self) -> Option<&str> {
        self.table.as_deref()
    }

    /// The row's id, if it is a row of `T`.
    pub fn id<T: Table>(&self) -> Option<Id<T>>
    where
        S: Accepts<T>,
    {
        (self.table() == Some(T::META.logical_name)).then_some(Id::new(self.uuid))
    }
}

impl<S: TargetSet> Reference<S> {
    /// Which of the targets the row's table is, if it is one that the program knows.
    pub fn target(&self) -> Option<&'static S> {
        let table = self.table()?;
        S::TARGETS
            .iter()
            .find(|(name, _)| *name == table)
            .map(|(_, target)| target)
    }
}

impl<S, T: Table> From<Id<T>> for Reference<S>
where
    S: Accepts<T>,
{
    fn from(id: Id<T>) -> Self {
        Self {
            uuid: id.uuid(),
            table: Some(T::META.logical_name.to_owned()),
            of: PhantomData,
        }
    }
}

impl<S> Clone for Reference<S> {
    fn clone(&self) -> Self {
        Self {
            uuid: self.uuid,
            table: self.table.clone(),
            of: PhantomData,
        }
    }
}

impl<S> PartialEq for Reference<S> {
    fn eq(&self, other: &Self) -> bool {
        self.uuid == other.uuid && self.table == other.table
    }
}

impl<S> Eq for Reference<S> {}

impl<S> Hash for Reference<S> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.uuid.hash(state);
    }
}

impl<S> fmt::Debug for Reference<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Reference({} {})", self.table().unwrap_or("?"), self.uuid)
    }
}
