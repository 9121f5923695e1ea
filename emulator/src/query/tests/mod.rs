//! Queries over SQL.
