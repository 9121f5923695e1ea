//! What the segments behind a row's address lead to.

use super::bind::{is_owner, target};
use super::list::{self, Of, Parent};
use super::{Context, Key, one};
use crate::answer::Reply;
use crate::model::{Entity, Many, Single};
use crate::odata::{Argument, Literal, Name, Options, Parentheses, Segment, guid};
use crate::{Answer, Fault};
use http::StatusCode;
use uuid::Uuid;

/// 404: no such segment.
pub(super) fn no_segment(segment: &Segment) -> Fault {
    let name = match segment {
        Segment::Metadata => "$metadata",
        Segment::Ref => "$ref",
        Segment::Count => "$count",
        Segment::Value => "$value",
        Segment::Reference(name) => name,
        Segment::Name(name) | Segment::Qualified(name) => &name.name,
    };
    Fault::no_resource(name)
}

/// Answers a GET of a row, and of what stands behind it.
pub(super) fn from(
    context: &Context<'_>,
    entity: &Entity,
    key: Key<'_>,
    tail: &[Segment],
    options: &Options,
) -> Result<Answer, Fault> {
    let Some((first, rest)) = tail.split_first() else {
        return one::row(context, entity, key, options);
    };
    let name = match first {
        Segment::Name(name) => name,
        Segment::Ref => return one::address(context, entity, key),
        Segment::Qualified(_) => return Err(Fault::unsupported("casts of rows to other types")),
        other => return Err(no_segment(other)),
    };
    if let Some(single) = entity.single(&name.name) {
        return lookup(context, entity, key, single, rest, options);
    }
    if let Some(many) = entity.collection(&name.name) {
        return collection(context, entity, key, many, name, rest, options);
    }
    match rest {
        [] => one::property(context, entity, key, &name.name, false),
        [Segment::Value] => one::property(context, entity, key, &name.name, true),
        [other, ..] => Err(no_segment(other)),
    }
}

fn lookup(
    context: &Context<'_>,
    entity: &Entity,
    key: Key<'_>,
    single: &Single,
    rest: &[Segment],
    options: &Options,
) -> Result<Answer, Fault> {
    let is_owner = entity.table().column(&single.column).is_some_and(is_owner);
    let to_any_activity = single.target == "activitypointer";
    let found = one::lookup(context, entity, key, single)?
        .filter(|(_, table)| is_owner || to_any_activity || *table == single.target);
    let Some((id, table)) = found else {
        return match rest {
            [] | [Segment::Ref] => Ok(Reply::bare(StatusCode::NO_CONTENT).with(Vec::new())),
            [other, ..] => Err(no_segment(other)),
        };
    };
    let table = if is_owner { &table } else { &single.target };
    let target = target(context, table)?;
    let key = Key { id, partition: None };
    from(context, target, key, rest, options)
}

fn collection(
    context: &Context<'_>,
    entity: &Entity,
    key: Key<'_>,
    many: &Many,
    name: &Name,
    rest: &[Segment],
    options: &Options,
) -> Result<Answer, Fault> {
    let child = target(context, &many.table)?;
    // Rows of a row that isn't there aren't there either.
    if !one::is_there(context, entity, key)? {
        return Err(Fault::no_row(entity.name(), &key.id.to_string()));
    }
    let of = Of {
        entity: child,
        parent: Some(Parent { entity, key, many }),
    };
    if let Some(id) = id_in(name)? {
        if !list::holds(context, &of, id)? {
            return Err(Fault::no_row(child.name(), &id.to_string()));
        }
        return from(context, child, Key { id, partition: None }, rest, options);
    }
    match rest {
        [] => list::rows(context, &of, options),
        [Segment::Count] => list::count(context, &of, options),
        [Segment::Ref] => list::references(context, &of, options),
        [other, ..] => Err(no_segment(other)),
    }
}

fn id_in(name: &Name) -> Result<Option<Uuid>, Fault> {
    match &name.parentheses {
        None | Some(Parentheses::Empty) => Ok(None),
        Some(Parentheses::One(Argument::Literal(Literal::Guid(id)))) => Ok(Some(*id)),
        Some(Parentheses::One(Argument::Literal(Literal::Text(text)))) => guid(text)
            .map(Some)
            .ok_or_else(|| Fault::bad_query("The key of a row has to be a GUID.")),
        Some(_) => Err(Fault::unsupported(
            "alternate keys behind a collection-valued navigation property",
        )),
    }
}
