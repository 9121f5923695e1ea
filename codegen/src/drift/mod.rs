//! Compares two schemas by meaning: what changed, where, whether programs break, and why.
//!
//! [`compare`] is a pure function over two [`Schema`](crate::schema::Schema)s. Each change follows a [`Rule`], and all
//! rules stand in one table ([`RULES`]) with their [`Severity`] and the reason for it. What only one side was told (a
//! document without definitions knows no lengths) is [`NotKnown`], never a change.
//!
//! ```
//! use dataverse_codegen::drift::{Rule, compare};
//! use dataverse_codegen::schema::{Schema, Table};
//!
//! let mut new = Schema::default();
//! let table = Table { name: "rsk_vessel".to_owned(), ..Table::default() };
//! new.tables.insert(table.name.clone(), table);
//! let old = Schema::default();
//! let found = compare(&old, &new);
//! assert_eq!(found.changes[0].rule, Rule::TableAdded);
//! assert!(!found.changes[0].severity().is_breaking());
//! ```

mod changes;
mod compare;
mod kind;
mod place;
pub mod report;
mod rules;
mod severity;
mod words;

pub use changes::{Change, Changes, Group, NotKnown, Side};
pub use compare::compare;
pub use kind::Kind;
pub use place::{Detail, Item, Owner, Part, Place};
pub use rules::{Classified, RULES, Rule, classification};
pub use severity::Severity;
pub use words::{change_place, change_words};
