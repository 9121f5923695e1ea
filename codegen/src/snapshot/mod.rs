//! The snapshot: the canonical text of a schema, made to be checked in and read in pull requests.
//!
//! A folder with one file per table and a few for the rest; sorted, pretty-printed, without anything that changes while
//! the schema does not.

mod digest;
mod error;
mod read;
mod write;

pub use digest::Digest;
pub use error::SnapshotError;
#[cfg(feature = "fetch")]
pub(crate) use read::of_files;
pub use read::{Snapshot, names_in as names, of, read};
pub use write::{Files, files};

/// The version of the snapshot's form. A snapshot of a newer form is refused.
pub const FORMAT: u32 = 1;

/// The file that says that a folder is a snapshot, and of which form.
pub const MARKER: &str = "snapshot.json";
/// The folder of the tables' files.
pub const TABLES: &str = "tables";
/// The tables that are only referred to.
pub const REFERENCES: &str = "references.json";
/// The global choices.
pub const CHOICES: &str = "choices.json";
/// The functions and actions.
pub const OPERATIONS: &str = "operations.json";
/// The complex types and enumerations that operations use.
pub const TYPES: &str = "types.json";
/// The names that generated code has given, kept so that a relabel renames nothing.
pub const NAMES: &str = "names.lock";
