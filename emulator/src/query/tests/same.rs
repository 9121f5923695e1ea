//! Queries against a plain evaluation of the same rows.
