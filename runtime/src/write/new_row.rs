//! Structs that rows are written from.

use super::{Body, Create, Update};
use crate::Table;

/// A struct that a row is created from: derive it.
///
/// Each field is a column of the table, by name, and its type says what is written: a value or the row that a lookup
/// refers to; `Option`, whose `None` leaves the column out; [`Patch`](super::Patch), which can also empty it; for a
/// relationship a `Vec` of rows to bind; for an activity's parties a `Vec<Party>`. That all columns which the table
/// requires have a field that surely writes them, and so isn't called `Option` or `Patch` and is no type parameter, is
/// checked while compiling.
///
/// Fields may borrow (`name: &'a str`), and a type parameter may stand for the rows that are created along, or for a value:
/// its bound says which, as in `P: NewRow<Table = Contact>` and `V: Fits<kind::Text>`.
///
/// | attribute | meaning |
/// |---|---|
/// | `#[create(table = Account)]` | on the struct: the table |
/// | `#[create(crate = path)]` | on the struct: where the runtime is, if not at `dataverse_runtime` |
/// | `#[create(set(name = "Contoso", creditonhold = false))]` | on the struct: columns with the same value in each row |
/// | `#[create(incomplete)]` | on the struct: columns that the table requires may lack |
/// | `#[create(column = name)]` | the field writes the column `name` |
/// | `#[create(insert)]` | the field holds the row (also in an `Option`) or rows (`Vec`) that are created along |
/// | `#[create(skip)]` | the field isn't written |
///
/// ```
/// # use dataverse_runtime::{*, prelude::*};
/// # pub struct Account;
/// # pub struct Columns { name: Column<Account, kind::Text>, fax: Column<Account, kind::Text> }
/// # impl Table for Account {
/// #     type Columns = Columns;
/// #     type ChangeTracking = capability::Unknown;
/// #     type Storage = storage::Standard;
/// #     type Mandatory = ();
/// #     const META: TableMeta = TableMeta { logical_name: "account", entity_set: "accounts", primary_id: "accountid",
/// #         primary_name: None, is_activity: false, optimistic_concurrency: None };
/// #     const COLUMNS: Columns = Columns { name: text("name", 160), fax: text("fax", 50) };
/// # }
/// #[derive(Create)]
/// #[create(table = Account)]
/// struct NewAccount {
///     name: String,
///     fax: Option<String>,
/// }
///
/// let new = NewAccount { name: "Contoso".to_owned(), fax: None };
/// assert_eq!(new.into_body().to_json(), r#"{"name":"Contoso"}"#);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no new row",
    label = "derive `Create` for this struct: `#[derive(Create)] #[create(table = ..)]`"
)]
pub trait NewRow: Sized {
    /// The table.
    type Table: Table;

    /// The body that creates the row.
    fn into_body(self) -> Body<Self::Table, Create>;
}

impl<T: Table> NewRow for Body<T, Create> {
    type Table = T;

    fn into_body(self) -> Self {
        self
    }
}

/// A struct that a row is changed from: derive it.
///
/// Each field is a column of the table, as in [`NewRow`], and the attributes are the same under the name `update`, without
/// `insert` and `incomplete`. `Option` leaves a column as it is or sets it; [`Patch`](super::Patch) has all three states.
///
/// ```
/// # use dataverse_runtime::{*, prelude::*};
/// # pub struct Account;
/// # pub struct Columns { name: Column<Account, kind::Text>, fax: Column<Account, kind::Text> }
/// # impl Table for Account {
/// #     type Columns = Columns;
/// #     type ChangeTracking = capability::Unknown;
/// #     type Storage = storage::Standard;
/// #     type Mandatory = ();
/// #     const META: TableMeta = TableMeta { logical_name: "account", entity_set: "accounts", primary_id: "accountid",
/// #         primary_name: None, is_activity: false, optimistic_concurrency: None };
/// #     const COLUMNS: Columns = Columns { name: text("name", 160), fax: text("fax", 50) };
/// # }
/// #[derive(Default, Update)]
/// #[update(table = Account)]
/// struct AccountChanges {
///     name: Option<String>,
///     fax: Patch<String>,
/// }
///
/// let changes = AccountChanges { fax: Patch::Clear, ..AccountChanges::default() };
/// assert_eq!(changes.into_body().to_json(), r#"{"fax":null}"#);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no change of a row",
    label = "derive `Update` for this struct: `#[derive(Update)] #[update(table = ..)]`"
)]
pub trait RowChanges: Sized {
    /// The table.
    type Table: Table;

    /// The body that changes the row.
    fn into_body(self) -> Body<Self::Table, Update>;
}

impl<T: Table> RowChanges for Body<T, Update> {
    type Table = T;

    fn into_body(self) -> Self {
        self
    }
}
