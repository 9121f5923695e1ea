//! Search: rows of several tables whose texts hold words (Microsoft Learn, "Dataverse search"). The service asks an index that
//! follows the tables; here the tables themselves are read, so that what was written is found at once.

mod asked;
mod found;
mod words;

use super::Invocation;
use super::response::{complex, number, text};
use crate::Fault;
use crate::json::{Json, Object};
use crate::session::{Done, Session};
use asked::Asked;
use found::Found;

/// Rows, those that hold most of the words first.
pub(super) fn query(session: &Session<'_>, invocation: &Invocation<'_>) -> Result<Done, Fault> {
    let asked = Asked::read(session, invocation, 50)?;
    let mut found = found::rows(session, &asked, asked.is_prefix())?;
    found::sort(&mut found, &asked.orders);
    let rows = found.iter().skip(asked.skip).take(asked.top);
    let count = if asked.count {
        number(found.len())
    } else {
        number(-1)
    };
    let spelling = vec![
        ("OriginalQuery".to_owned(), text(&asked.text)),
        ("AlteredQuery".to_owned(), text(&asked.text)),
        ("Reason".to_owned(), Json::Array(Vec::new())),
        ("SpellSuggestions".to_owned(), Json::Array(Vec::new())),
    ];
    let inner = vec![
        ("Error".to_owned(), Json::Null),
        ("Value".to_owned(), Json::Array(rows.map(Found::hit).collect())),
        ("Facets".to_owned(), found::facets(&found, &asked.facets)),
        ("QueryContext".to_owned(), Json::Object(spelling)),
        ("Count".to_owned(), count),
    ];
    Ok(answer(session, "searchqueryResponse", inner))
}

/// Rows that hold words which begin like these.
pub(super) fn suggest(session: &Session<'_>, invocation: &Invocation<'_>) -> Result<Done, Fault> {
    let asked = Asked::read(session, invocation, 5)?;
    let mut found = found::rows(session, &asked, true)?;
    found::sort(&mut found, &asked.orders);
    let rows = found.iter().take(asked.top).map(Found::suggestion).collect();
    Ok(answer(session, "searchsuggestResponse", told(Json::Array(rows))))
}

/// What somebody types, with its last word as it stands in most rows.
pub(super) fn autocomplete(session: &Session<'_>, invocation: &Invocation<'_>) -> Result<Done, Fault> {
    let asked = Asked::read(session, invocation, 1)?;
    let found = found::rows(session, &asked, true)?;
    let completed = found::completed(&found, &asked).unwrap_or_default();
    Ok(answer(
        session,
        "searchautocompleteResponse",
        told(text(completed)),
    ))
}

fn told(value: Json) -> Object {
    vec![("Error".to_owned(), Json::Null), ("Value".to_owned(), value)]
}

/// The answer is JSON in a text.
fn answer(session: &Session<'_>, of: &str, inner: Object) -> Done {
    complex(session, of, vec![("response", text(Json::Object(inner)))])
}
