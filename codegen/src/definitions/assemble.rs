//! Makes the result out of what the walk has found.

use crate::warning::Warning;

use super::context::{Context, Target};
use super::messages::{Answer, Deleted};
use super::model::{RawTable, Text};
use super::notes::Notes;
use super::object::kind_of;
use super::parts::Parts;
use super::read::{Tables, read_object};
use super::walk::{List, Message, Outline};
use super::{Body, DefinitionsError, Shape};

/// Makes the result; what isn't a table is read only now.
pub(super) fn assemble<'a, T, F: Fn(RawTable<'a>, &mut Vec<Warning>) -> T>(
    text: &'a str,
    mut outline: Outline<'a>,
    tables: Tables<'_, 'a, T, F>,
) -> Result<Body<'a, T>, DefinitionsError> {
    let context = outline.context.take();
    let mut body = Body {
        shape: Shape::Tables,
        tables: Vec::new(),
        option_sets: Vec::new(),
        one_to_many: Vec::new(),
        many_to_many: Vec::new(),
        solution_components: Vec::new(),
        deleted: deleted(text, outline.deleted)?,
        server_version_stamp: outline.server_version_stamp.take(),
        warnings: Vec::new(),
        context: None,
    };
    let about = context.as_deref().map(Context::parse).unwrap_or_default();
    match outline.message {
        Some(Message::Many) => body.shape = Shape::MetadataChanges,
        Some(Message::One) => body.shape = Shape::RetrieveEntity,
        Some(Message::Nothing) if about.target == Some(Target::Message) => {
            body.shape = Shape::MetadataChanges;
        }
        Some(Message::Nothing) | None => {
            let (target, parts) = content(text, outline, &about)?;
            Parts {
                text,
                parts,
                about: &about,
                tables: &tables,
                body: &mut body,
            }
            .read(target)?;
        }
    }
    let (converted, mut warnings) = tables.finish()?;
    warnings.append(&mut body.warnings);
    (body.tables, body.warnings) = (converted, warnings);
    body.context = context;
    Ok(body)
}

/// What the body is about, and its parts that aren't read yet.
fn content<'a>(
    text: &'a str,
    outline: Outline<'a>,
    about: &Context<'_>,
) -> Result<(Target, Vec<&'a str>), DefinitionsError> {
    let known = about.target.filter(|target| *target != Target::Message);
    if let Some(List { target, parts, first }) = outline.list {
        let Some((first, glance)) = first else {
            // Nothing in it: an answer without rows.
            return Ok((known.unwrap_or(Target::Other), parts));
        };
        return match target.or(known) {
            Some(target) => Ok((target, parts)),
            None if glance.is_bare() => Ok((Target::Tables, parts)),
            None if !first.starts_with('{') => Err(unrecognised(&format!(
                "a list of which the first is {}",
                kind_of(first)
            ))),
            None => Err(unrecognised(&format!(
                "a list of objects with {}",
                names(&glance.names)
            ))),
        };
    }
    if let (None, Some(error)) = (known, outline.error) {
        return Err(answered(text, error));
    }
    let glance = &outline.glance;
    // The context comes from the environment, so its word counts most.
    match known.or_else(|| glance.target()) {
        Some(target) => Ok((target, vec![outline.whole])),
        None if glance.is_bare() => Ok((Target::Tables, vec![outline.whole])),
        None if about.target == Some(Target::Message) => Ok((Target::Other, Vec::new())),
        None => Err(unrecognised(&format!("an object with {}", names(&glance.names)))),
    }
}

fn unrecognised(found: &str) -> DefinitionsError {
    DefinitionsError::Unrecognised {
        found: found.to_owned(),
    }
}

fn names(names: &[Text<'_>]) -> String {
    const SHOWN: usize = 8;
    if names.is_empty() {
        return "no properties".to_owned();
    }
    let shown: Vec<String> = names
        .iter()
        .take(SHOWN)
        .map(|name| format!("`{}`", short(name)))
        .collect();
    let more = if names.len() > SHOWN { ", …" } else { "" };
    format!("the properties {}{more}", shown.join(", "))
}

fn short(text: &str) -> String {
    text.chars().take(60).collect()
}

/// The environment's own error.
fn answered(text: &str, error: &str) -> DefinitionsError {
    let answer = read_object::<Answer<'_>>(text, error, &Notes::default()).unwrap_or_default();
    let or_unknown = |part: Option<Text<'_>>| part.map_or_else(|| "unknown".to_owned(), Text::into_owned);
    DefinitionsError::Answer {
        code: or_unknown(answer.code),
        message: or_unknown(answer.message),
    }
}

fn deleted<'a>(text: &str, part: Option<&'a str>) -> Result<Vec<super::RawDeleted<'a>>, DefinitionsError> {
    match part {
        Some(part) if part.starts_with('{') => {
            Ok(read_object::<Deleted<'a>>(text, part, &Notes::default())?.pairs())
        }
        _ => Ok(Vec::new()),
    }
}
