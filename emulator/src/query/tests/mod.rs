//! Queries over SQL: what the service answers, by example and against a plain evaluation of the same rows.

mod answers;
mod changes;
mod expansions;
mod fetch;
mod fixture;
mod functions;
mod hostile;
mod pages;
mod plain;
mod refusals;
mod same;
