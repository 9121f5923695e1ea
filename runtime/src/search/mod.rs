//! Full-text search across tables, by the environment's search index: rows whose texts hold words, suggestions, completions.
//!
//! The index follows the tables after some time, and holds the tables and columns that the environment's search settings name.
//! The service takes one search per second of a user: all clones of a client wait for their turn
//! (<https://learn.microsoft.com/power-apps/developer/data-platform/search/overview>).

mod answer;
mod query;
mod table;

pub use answer::{Facet, Found, Hit, SearchResults, Suggestion};
pub use query::Search;
pub use table::SearchTable;
