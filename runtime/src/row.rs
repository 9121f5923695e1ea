//! Rows: structs that say which columns a query reads, and that are read from its answers.

pub use crate::linked::{Alias, Link, Linked};

use crate::decode::{Notes, RowSeed, RowsSeed};
use crate::{Accepts, Table, kind};
use serde::Deserializer;
use serde::de::{DeserializeSeed, MapAccess};
use std::marker::PhantomData;

/// A struct that a row of one table is read into: derive it.
///
/// Each field is a column of the table, by name. Its type has to fit the column, which the compiler checks.
///
/// | attribute | meaning |
/// |---|---|
/// | `#[row(table = Account)]` | on the struct: the table |
/// | `#[row(crate = path)]` | on the struct: where the runtime is, if not at `dataverse_runtime` |
/// | `#[row(column = name)]` | the field reads the column `name` |
/// | `#[row(expand)]` | the field holds the related row (`Option<R>`) or rows (`Vec<R>`) |
/// | `#[row(formatted = industrycode)]` | the text that people see: a choice's label, a lookup's name, a formatted amount |
/// | `#[row(target = ownerid)]` | the logical name of the table that a lookup refers to |
/// | `#[row(etag)]` | the row's version |
/// | `#[row(link = "person")]` | the field holds columns of the table that a query in FetchXML links under this alias (`Option<R>` or `R`) |
/// | `#[row(alias = "total")]` | the field holds what a query in FetchXML gives under this alias, such as a sum |
/// | `#[row(alias = "total", formatted)]` | the text that people see for that |
///
/// A type parameter stands for the related rows, of which the struct has to say the table. Const parameters and `where` go
/// along; lifetimes don't, because a row owns what it reads.
///
/// ```
/// # use crm::{account::Account, contact::Contact, prelude::*};
/// # use dataverse_runtime::Query;
/// #[derive(Row)]
/// #[row(table = Account)]
/// struct WithPrimary<P: Row<Table = Contact>> {
///     accountid: Id<Account>,
///     #[row(expand)]
///     primarycontactid: Option<P>,
/// }
///
/// #[derive(Row)]
/// #[row(table = Contact)]
/// struct Person {
///     fullname: Option<String>,
/// }
///
/// assert_eq!(
///     Query::<WithPrimary<Person>>::new().to_string(),
///     "GET accounts?$select=accountid&$expand=primarycontactid($select=fullname)"
/// );
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a row",
    label = "derive `Row` for this struct: `#[derive(Row)] #[row(table = ..)]`",
    note = "a struct with `link` or `alias` is read by `Client::fetch_xml` alone: nothing else gives these"
)]
pub trait Row: FetchRow {}

/// A struct that a query in FetchXML can be read into: every [`Row`], and what derives `Row` with `link` or `alias`, which
/// no other query gives.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a row",
    label = "derive `Row` for this struct: `#[derive(Row)] #[row(table = ..)]`"
)]
pub trait FetchRow: Sized + Send + 'static {
    /// The table.
    type Table: Table;
    /// What is read, in the order of the fields.
    const PARTS: &'static [Part];

    /// Reads the row from an object's properties. The derive writes this.
    ///
    /// # Errors
    /// If a value doesn't fit its field, or is missing.
    #[doc(hidden)]
    fn read_object<'de, M: MapAccess<'de>>(object: &mut M, notes: &Notes) -> Result<Self, M::Error>;

    /// The row, of which a property that isn't there is an empty column: views leave these out.
    #[doc(hidden)]
    #[must_use]
    fn of_view(self) -> Self {
        self
    }
}

/// One thing that a row reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A column's value.
    Column {
        /// The property that holds it.
        property: &'static str,
        /// Whether the name of the table that the lookup refers to is read too.
        target: bool,
        /// Whether the row's currency is read too.
        currency: bool,
    },
    /// The text that people see for a column's value.
    Formatted {
        /// The column's property.
        property: &'static str,
    },
    /// The logical name of the table that a lookup refers to.
    Target {
        /// The lookup's property.
        property: &'static str,
    },
    /// Related rows.
    Expand {
        /// The navigation property.
        navigation: &'static str,
        /// How many rows there can be.
        relation: Relation,
        /// Primary id of the related table.
        primary_id: &'static str,
        /// What is read of them.
        parts: &'static [Part],
    },
    /// The row's version.
    Etag,
    /// Columns of a linked table, which a query in FetchXML gives besides the row's own.
    Link {
        /// The link's alias.
        alias: &'static str,
        /// Logical name of the linked table.
        table: &'static str,
        /// What is read of its rows.
        parts: &'static [Part],
    },
    /// A value under a name that a query in FetchXML gives it.
    Alias {
        /// The name.
        alias: &'static str,
        /// Whether the name of the table that the value refers to is read too.
        target: bool,
        /// Whether it is the text that people see for the value.
        formatted: bool,
    },
}

/// How related rows are tied to a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// By a lookup of the row: there is one at most.
    ManyToOne,
    /// By a lookup of the related rows.
    OneToMany,
    /// By rows of a third table.
    ManyToMany,
}

/// How a row reads a column into a `V`: [`Column::read`](crate::Column::read).
#[derive(Debug)]
pub struct Read<V> {
    property: &'static str,
    target: bool,
    currency: bool,
    into: PhantomData<fn() -> V>,
}

impl<V: crate::Decode> Read<V> {
    pub(crate) const fn new(property: &'static str) -> Self {
        Self {
            property,
            target: V::NEEDS_TARGET,
            currency: V::NEEDS_CURRENCY,
            into: PhantomData,
        }
    }
}

impl<V> Read<V> {
    /// The property to read.
    pub const fn key(&self) -> &'static str {
        self.property
    }

    /// The same as data.
    pub const fn part(&self) -> Part {
        Part::Column {
            property: self.property,
            target: self.target,
            currency: self.currency,
        }
    }
}

/// How a row reads what people see for a column: [`Column::formatted`](crate::Column::formatted).
#[derive(Debug)]
pub struct Formatted<V> {
    property: &'static str,
    into: PhantomData<fn() -> V>,
}

impl<V> Formatted<V> {
    pub(crate) const fn new(property: &'static str) -> Self {
        Self {
            property,
            into: PhantomData,
        }
    }

    /// The column's property.
    pub const fn key(&self) -> &'static str {
        self.property
    }

    /// The same as data.
    pub const fn part(&self) -> Part {
        Part::Formatted {
            property: self.property,
        }
    }
}

/// How a row reads the name of the table that a lookup refers to: [`Column::target`](crate::Column::target).
#[derive(Debug)]
pub struct Target<V> {
    property: &'static str,
    into: PhantomData<fn() -> V>,
}

impl<V> Target<V> {
    pub(crate) const fn new(property: &'static str) -> Self {
        Self {
            property,
            into: PhantomData,
        }
    }

    /// The lookup's property.
    pub const fn key(&self) -> &'static str {
        self.property
    }

    /// The same as data.
    pub const fn part(&self) -> Part {
        Part::Target {
            property: self.property,
        }
    }
}

/// How a row reads related rows: [`Column::expand`](crate::Column::expand).
#[derive(Debug)]
pub struct Expand<V> {
    navigation: &'static str,
    relation: Relation,
    primary_id: &'static str,
    parts: &'static [Part],
    into: PhantomData<fn() -> V>,
}

impl<V: Nested> Expand<V> {
    pub(crate) const fn new(navigation: &'static str, relation: Relation) -> Self {
        Self {
            navigation,
            relation,
            primary_id: V::PRIMARY_ID,
            parts: V::PARTS,
            into: PhantomData,
        }
    }
}

impl<V> Expand<V> {
    /// The property to read.
    pub const fn key(&self) -> &'static str {
        self.navigation
    }

    /// The same as data.
    pub const fn part(&self) -> Part {
        Part::Expand {
            navigation: self.navigation,
            relation: self.relation,
            primary_id: self.primary_id,
            parts: self.parts,
        }
    }
}

/// Rows inside a row: `Option<R>` for one, which may not be there or not be visible, `Vec<R>` for many.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't hold related rows",
    label = "expected `Option<R>` or `Vec<R>`, where `R` derives `Row`"
)]
pub trait Nested: Sized {
    /// Logical name of the table.
    const TABLE: &'static str;
    /// What a lookup that is expanded into it is: lists of parties are many.
    const RELATION: Relation;
    /// The table's primary id.
    const PRIMARY_ID: &'static str;
    /// What is read.
    const PARTS: &'static [Part];

    /// Reads it.
    ///
    /// # Errors
    /// If the JSON has another shape.
    #[doc(hidden)]
    fn nested<'de, D: Deserializer<'de>>(from: D, notes: &Notes) -> Result<Self, D::Error>;

    /// The value that stands for a relationship that isn't in the answer.
    #[doc(hidden)]
    fn absent() -> Self;
}

impl<R: Row> Nested for Option<R> {
    const RELATION: Relation = Relation::ManyToOne;
    const TABLE: &'static str = R::Table::META.logical_name;
    const PRIMARY_ID: &'static str = R::Table::META.primary_id;
    const PARTS: &'static [Part] = R::PARTS;

    fn nested<'de, D: Deserializer<'de>>(from: D, notes: &Notes) -> Result<Self, D::Error> {
        from.deserialize_option(RowSeed::new(notes))
    }

    fn absent() -> Self {
        None
    }
}

/// So many related rows of one row the service gives at most, and says of no number of them whether there are more
/// (Microsoft Learn, "Join tables using OData").
const MOST_RELATED: usize = 5_000;
const TOO_MANY: &str = "fewer than 5,000 related rows: there the service cuts them, so that they have to be read by a query of their own";

impl<R: Row> Nested for Vec<R> {
    const RELATION: Relation = Relation::OneToMany;
    const TABLE: &'static str = R::Table::META.logical_name;
    const PRIMARY_ID: &'static str = R::Table::META.primary_id;
    const PARTS: &'static [Part] = R::PARTS;

    fn nested<'de, D: Deserializer<'de>>(from: D, notes: &Notes) -> Result<Self, D::Error> {
        let rows = RowsSeed::new(notes).deserialize(from)?;
        if rows.len() >= MOST_RELATED {
            notes.expected(Some(R::Table::META.logical_name), TOO_MANY);
            return Err(serde::de::Error::custom(TOO_MANY));
        }
        Ok(rows)
    }

    fn absent() -> Self {
        Self::new()
    }
}

/// Types that hold the row which a `K` column refers to.
#[diagnostic::on_unimplemented(
    message = "a `{K}` column can't be expanded into `{Self}`",
    label = "`{Self}` doesn't hold what this column leads to",
    note = "lookups are expanded into `Option<R>`, collections and lists of parties into `Vec<R>`, where `R` derives `Row`; \
            other columns lead nowhere: leave out `#[row(expand)]`"
)]
pub trait ExpandAs<K>: Nested {}
impl<S: Accepts<R::Table>, R: Row> ExpandAs<kind::Lookup<S>> for Option<R> {}
impl<R: Row> ExpandAs<kind::PartyList> for Vec<R> {}

/// Types that hold the rows of a relationship to `U`.
#[diagnostic::on_unimplemented(
    message = "a relationship to many rows of `{U}` can't be read into `{Self}`",
    label = "expected `Vec<R>`, where `R` derives `Row`"
)]
pub trait ExpandManyAs<U>: Nested {}
impl<U: Accepts<R::Table>, R: Row> ExpandManyAs<U> for Vec<R> {}
