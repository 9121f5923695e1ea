//! The guide: a page for each thing that programs do.
//!
//! - [`rows`]: structs that rows are read into
//! - [`queries`]: which rows, and what is related to them; counts, groups, views
//! - [`fetchxml`]: queries in FetchXML, checked by the compiler
//! - [`paging`]: many rows in constant memory
//! - [`changes`]: a copy that is kept up to date
//! - [`writes`]: creating, changing, deleting
//! - [`keys`]: alternate keys, upsert
//! - [`batch`]: many operations in one request, all or nothing
//! - [`bulk`]: any number of rows of one table
//! - [`files`]: contents of file and image columns
//! - [`search`]: words in the texts of several tables
//! - [`operations`]: actions and functions
//! - [`errors`]: what can go wrong, and what is repeated
//! - [`options`]: for whom, past which logic
//! - [`testing`]: without a service

#[doc = include_str!("guide/rows.md")]
pub mod rows {}
#[doc = include_str!("guide/queries.md")]
pub mod queries {}
#[doc = include_str!("guide/fetchxml.md")]
pub mod fetchxml {}
#[doc = include_str!("guide/paging.md")]
pub mod paging {}
#[doc = include_str!("guide/changes.md")]
pub mod changes {}
#[doc = include_str!("guide/writes.md")]
pub mod writes {}
#[doc = include_str!("guide/keys.md")]
pub mod keys {}
#[doc = include_str!("guide/batch.md")]
pub mod batch {}
#[doc = include_str!("guide/bulk.md")]
pub mod bulk {}
#[doc = include_str!("guide/files.md")]
pub mod files {}
#[doc = include_str!("guide/search.md")]
pub mod search {}
#[doc = include_str!("guide/operations.md")]
pub mod operations {}
#[doc = include_str!("guide/errors.md")]
pub mod errors {}
#[doc = include_str!("guide/options.md")]
pub mod options {}
#[doc = include_str!("guide/testing.md")]
pub mod testing {}
