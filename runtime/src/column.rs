//! Columns and relationships: the tokens that a table's `Columns` struct is made of.

use crate::access::{ReadWrite, Readable};
use crate::read::{Admits, ReadAs};
use crate::row::{Expand, ExpandAs, ExpandManyAs, Formatted, Read, Relation, Target};
use std::fmt;
use std::marker::PhantomData;

/// The column can be empty: it is read into an `Option`.
pub enum Nullable {}
/// The service guarantees a value: it can be read without an `Option`.
pub enum Required {}
/// A create has to set the column, which is otherwise `N`. `C` names the column.
pub struct Needed<C, N = Nullable>(PhantomData<fn() -> (C, N)>);

/// A column of table `T` that holds `K`, with access `A` and nullability `N`.
///
/// A plain token: it holds names, and all that can be done with it is in methods that its type allows.
#[expect(
    clippy::type_complexity,
    reason = "a tuple of the four parameters is as simple as it gets"
)]
pub struct Column<T, K, A = ReadWrite, N = Nullable> {
    property: &'static str,
    /// For text the longest that fits, in UTF-16 units, for parties their role. 0: not known.
    detail: u32,
    targets: Targets,
    of: PhantomData<fn() -> (T, K, A, N)>,
}

/// Each target's logical name and navigation property. One alone stands here itself: for the compiler a list is a constant
/// of its own, and most lookups have one target.
#[derive(Clone, Copy)]
enum Targets {
    One(&'static str, &'static str),
    Many(&'static [(&'static str, &'static str)]),
}

/// A column that reads as the property `name`.
pub const fn column<T, K, A, N>(name: &'static str) -> Column<T, K, A, N> {
    lookup(name, &[])
}

/// A text column that reads as the property `name` and takes at most `longest` UTF-16 units.
pub const fn text<T, K, A, N>(name: &'static str, longest: u32) -> Column<T, K, A, N> {
    Column {
        detail: longest,
        ..column(name)
    }
}

/// A column that holds the parties which have this role (`participationtypemask`; 0: not known) in an activity, with the
/// navigation property to all of its parties.
pub const fn parties<T, K, A, N>(
    role: u32,
    targets: &'static [(&'static str, &'static str)],
) -> Column<T, K, A, N> {
    Column {
        detail: role,
        ..lookup("", targets)
    }
}

/// A lookup that reads as the property `name`, with each target's logical name and navigation property.
pub const fn lookup<T, K, A, N>(
    name: &'static str,
    targets: &'static [(&'static str, &'static str)],
) -> Column<T, K, A, N> {
    Column {
        property: name,
        detail: 0,
        targets: Targets::Many(targets),
        of: PhantomData,
    }
}

/// A lookup that reads as the property `name`, with the logical name and the navigation property of its only target.
pub const fn lookup_to<T, K, A, N>(
    name: &'static str,
    table: &'static str,
    navigation: &'static str,
) -> Column<T, K, A, N> {
    Column {
        property: name,
        detail: 0,
        targets: Targets::One(table, navigation),
        of: PhantomData,
    }
}

impl<T, K, A, N> Clone for Column<T, K, A, N> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, K, A, N> Copy for Column<T, K, A, N> {}

impl<T, K, A, N> fmt::Debug for Column<T, K, A, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Column").field(&self.property).finish()
    }
}

impl<T, K, A, N> Column<T, K, A, N> {
    /// The name under which the column is read: `name`, `_primarycontactid_value`.
    /// Empty for a list of parties, which has no property of its own.
    pub const fn property(self) -> &'static str {
        self.property
    }

    /// How many UTF-16 units the text in this column can have. `None`: not known, or no text.
    pub const fn longest(self) -> Option<u32> {
        if self.property.is_empty() || self.detail == 0 {
            None
        } else {
            Some(self.detail)
        }
    }

    /// The role of the parties that this column holds. 0: not known, or no parties.
    pub(crate) const fn role(self) -> u32 {
        if self.property.is_empty() { self.detail } else { 0 }
    }

    /// The navigation property to rows of the table with this logical name.
    pub const fn navigation_to(self, table: &str) -> Option<&'static str> {
        let targets = match self.targets {
            Targets::One(target, navigation) if same_text(target, table) => return Some(navigation),
            Targets::One(..) => return None,
            Targets::Many(targets) => targets,
        };
        let mut at = 0;
        while at < targets.len() {
            let (target, navigation) = targets[at];
            if same_text(target, table) {
                return Some(navigation);
            }
            at += 1;
        }
        None
    }

    /// The logical name of the only target. `None`: there are several, or it isn't known.
    pub(crate) const fn only_target(self) -> Option<&'static str> {
        match self.targets {
            Targets::One(table, _) => Some(table),
            Targets::Many([(table, _)]) => Some(*table),
            Targets::Many(_) => None,
        }
    }

    /// The navigation property to the first target.
    pub(crate) const fn navigation(self) -> Option<&'static str> {
        match self.targets {
            Targets::One(_, navigation) => Some(navigation),
            Targets::Many([(_, navigation), ..]) => Some(navigation),
            Targets::Many([]) => None,
        }
    }

    /// Each target's logical name and navigation property.
    pub(crate) fn targets(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let (one, many) = match self.targets {
            Targets::One(table, navigation) => (Some((table, navigation)), &[][..]),
            Targets::Many(targets) => (None, targets),
        };
        one.into_iter().chain(many.iter().copied())
    }

    /// How a row reads this column into a `V`.
    pub const fn read<V>(self) -> Read<V>
    where
        V: ReadAs<K> + Admits<N>,
        A: Readable,
    {
        Read::new(self.property)
    }

    /// How a row reads the text that people see for this column's value.
    pub const fn formatted<V>(self) -> Formatted<V>
    where
        V: ReadAs<crate::kind::Text> + Admits<Nullable>,
        A: Readable,
    {
        Formatted::new(self.property)
    }

    /// How a row reads the name of the table that this lookup refers to.
    pub const fn target<V>(self) -> Target<V>
    where
        K: crate::kind::Referring,
        V: ReadAs<crate::kind::Text> + Admits<Nullable>,
        A: Readable,
    {
        Target::new(self.property)
    }

    /// How a row reads the row that this column refers to.
    pub const fn expand<V>(self) -> Expand<V>
    where
        V: ExpandAs<K> + Admits<N>,
        A: Readable,
    {
        match self.navigation_to(V::TABLE) {
            Some(navigation) => Expand::new(navigation, V::RELATION),
            // A `const` evaluates this: the program doesn't compile.
            #[expect(clippy::panic, reason = "a compile error where it is evaluated")]
            None => panic!("this column has no relationship to the table of the row"),
        }
    }
}

/// A relationship from a row of `T` to many rows of `U`.
pub struct Collection<T, U> {
    navigation: &'static str,
    relation: Relation,
    of: PhantomData<fn() -> (T, U)>,
}

/// A relationship by a lookup of the other table, which is read as the property `name`.
pub const fn collection<T, U>(name: &'static str) -> Collection<T, U> {
    Collection {
        navigation: name,
        relation: Relation::OneToMany,
        of: PhantomData,
    }
}

/// A relationship by rows of a third table, which is read as the property `name`.
pub const fn many_to_many<T, U>(name: &'static str) -> Collection<T, U> {
    Collection {
        relation: Relation::ManyToMany,
        ..collection(name)
    }
}

impl<T, U> Clone for Collection<T, U> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, U> Copy for Collection<T, U> {}

impl<T, U> fmt::Debug for Collection<T, U> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Collection").field(&self.navigation).finish()
    }
}

impl<T, U> Collection<T, U> {
    /// The navigation property.
    pub const fn navigation(self) -> &'static str {
        self.navigation
    }

    /// How a row reads the rows of this relationship.
    pub const fn expand<V>(self) -> Expand<V>
    where
        V: ExpandManyAs<U>,
    {
        Expand::new(self.navigation, self.relation)
    }
}

/// `==` of texts, for constants.
pub(crate) const fn same_text(left: &str, right: &str) -> bool {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    if left.len() != right.len() {
        return false;
    }
    let mut at = 0;
    while at < left.len() {
        if left[at] != right[at] {
            return false;
        }
        at += 1;
    }
    true
}
