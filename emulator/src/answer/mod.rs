//! Answers as the service writes them: rows as JSON straight from the database's rows, with the annotations that were asked
//! for, and what stands around them.

mod cookie;
mod field;
mod form;
mod json;
mod label;
mod level;
mod reply;

pub(crate) use cookie::{Cookie, Key as CookieKey, SortName, malformed};
pub(crate) use field::{Field, LookupNotes, NavigationNote, Scalar};
pub(crate) use form::{Collection, Continuation, Form, Member, Reader, Write};
pub(crate) use json::{key, number, padded, text};
pub(crate) use label::{Label, Labels, of_kind};
pub(crate) use level::Level;
pub(crate) use reply::{Note, Reply, etag, note};
