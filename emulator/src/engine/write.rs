//! Writes on entity sets, by method and by the shape of the path.

use super::file::{self, is_file};
use super::representation::{changed, created};
use super::route::has_key;
use crate::Fault;
use crate::json::{Json, member};
use crate::model::{Entity, Many, Single};
use crate::odata::{Name, Segment};
use crate::rows::{self, Address, Conditions, Origin, RowId};
use crate::session::{Done, Session, no_content};

/// The path split: what the first name is, and the segments behind it.
fn split<'a>(session: &Session<'a>) -> Result<(&'a Name, &'a [Segment]), Fault> {
    match session.segments() {
        [Segment::Name(name), rest @ ..] => Ok((name, rest)),
        _ => Err(session.wrong_method()),
    }
}

/// The row that the path begins with. It has to be there.
fn row(session: &Session<'_>, entity: &Entity, name: &Name) -> Result<RowId, Fault> {
    session.address(entity, name)?.existing(&session.work, entity)
}

/// POST: a new row, or a link.
pub(super) fn post(session: &Session<'_>, entity: &Entity) -> Result<Done, Fault> {
    let (name, rest) = split(session)?;
    match rest {
        [] if !has_key(name.parentheses.as_ref()) => {
            let body = Json::object(&session.call.body)?;
            let id = rows::create(&session.work, entity, &body, &Origin::default())?;
            created(session, entity, &id)
        }
        [Segment::Name(collection)] if collection.parentheses.is_none() => {
            let many = many(entity, &collection.name)?;
            let owner = row(session, entity, name)?;
            let other = session.work.entity(&many.table)?;
            let body = Json::object(&session.call.body)?;
            let id = rows::create_in(&session.work, entity, &owner, many, &body)?;
            created(session, other, &id)
        }
        [Segment::Name(collection), Segment::Ref] => {
            let owner = row(session, entity, name)?;
            if let Some(single) = entity.single(&collection.name) {
                return set_single(session, entity, &owner, single);
            }
            let many = many(entity, &collection.name)?;
            let (other, id) = referred(session)?;
            rows::add_link(&session.work, entity, &owner, many, other, &id)?;
            Ok(no_content().into())
        }
        _ => Err(session.wrong_method()),
    }
}

/// PATCH: a changed row, or a new one under a known key.
pub(super) fn patch(session: &Session<'_>, entity: &Entity) -> Result<Done, Fault> {
    let (name, rest) = split(session)?;
    match rest {
        [] if has_key(name.parentheses.as_ref()) => {}
        [Segment::Name(column)] if is_file(entity, &column.name) => {
            let owner = row(session, entity, name)?;
            return file::upload(session, entity, owner, &column.name);
        }
        [Segment::Name(navigation)] if entity.single(&navigation.name).is_some() => {
            return Err(Fault::unsupported("changing a row through a navigation property"));
        }
        _ => return Err(session.wrong_method()),
    }
    let address = session.address(entity, name)?;
    let body = Json::object(&session.call.body)?;
    let conditions = Conditions::of(&session.call.headers);
    let done = rows::upsert(&session.work, entity, &address, &body, &conditions)?;
    changed(session, entity, &address, &done)
}

/// PUT: one property, the target of a lookup, or the parties of an activity.
pub(super) fn put(session: &Session<'_>, entity: &Entity) -> Result<Done, Fault> {
    let (name, rest) = split(session)?;
    match rest {
        [Segment::Name(navigation), Segment::Ref] => {
            let single = single(entity, &navigation.name)?;
            let owner = row(session, entity, name)?;
            set_single(session, entity, &owner, single)
        }
        [Segment::Name(property)] if has_key(name.parentheses.as_ref()) => {
            let owner = row(session, entity, name)?;
            let body = Json::object(&session.call.body)?;
            if let Some(many) = entity.collection(&property.name) {
                rows::replace_parties(&session.work, entity, &owner, many, &body)?;
                return Ok(no_content().into());
            }
            let value = member(&body, "value").cloned().ok_or_else(|| {
                Fault::bad_payload("The value of a property is written as {\"value\": ...}.")
            })?;
            write_property(session, entity, &owner, &property.name, value)
        }
        _ => Err(session.wrong_method()),
    }
}

/// DELETE: a row, the value of a property, or a link.
pub(super) fn delete(session: &Session<'_>, entity: &Entity) -> Result<Done, Fault> {
    let (name, rest) = split(session)?;
    if !has_key(name.parentheses.as_ref()) {
        return Err(session.wrong_method());
    }
    let owner = row(session, entity, name)?;
    let work = &session.work;
    match rest {
        [] => rows::delete(work, entity, &owner, &Conditions::of(&session.call.headers))?,
        [Segment::Name(column)] if is_file(entity, &column.name) => {
            return file::delete(session, entity, owner, &column.name);
        }
        [Segment::Name(property)] if entity.property(&property.name).is_some() => {
            return write_property(session, entity, &owner, &property.name, Json::Null);
        }
        [Segment::Name(navigation), Segment::Ref] => {
            if let Some(single) = entity.single(&navigation.name) {
                rows::set_single(work, entity, &owner, single, None)?;
                return Ok(no_content().into());
            }
            let many = many(entity, &navigation.name)?;
            let (other, id) = unlinked(session, many, navigation)?;
            rows::remove_link(work, &owner, many, other, &id)?;
        }
        _ => return Err(session.wrong_method()),
    }
    Ok(no_content().into())
}

/// The row that is taken out of a collection: `coll(id)/$ref`, or `coll/$ref?$id=...`.
fn unlinked<'a>(session: &Session<'a>, many: &Many, navigation: &Name) -> Result<(&'a Entity, RowId), Fault> {
    let work = &session.work;
    if has_key(navigation.parentheses.as_ref()) {
        let other = work.entity(&many.table)?;
        let address = Address::read(work, other, navigation, &session.options().aliases, None)?;
        return Ok((other, address.existing(work, other)?));
    }
    match session.options().get("$id") {
        Some(url) => rows::row_at(work, url),
        None => Err(Fault::bad_query(format!(
            "The row to be removed from '{}' has to be named: by its key, or by $id.",
            many.name
        ))),
    }
}

fn write_property(
    session: &Session<'_>,
    entity: &Entity,
    owner: &RowId,
    name: &str,
    value: Json,
) -> Result<Done, Fault> {
    let conditions = Conditions::of(&session.call.headers);
    rows::set_property(&session.work, entity, owner, name, value, &conditions)?;
    Ok(no_content().into())
}

fn set_single(session: &Session<'_>, entity: &Entity, owner: &RowId, single: &Single) -> Result<Done, Fault> {
    let (other, id) = referred(session)?;
    rows::set_single(&session.work, entity, owner, single, Some((other, &id)))?;
    Ok(no_content().into())
}

/// The row that a body names: `{"@odata.id": "..."}`.
fn referred<'a>(session: &Session<'a>) -> Result<(&'a Entity, RowId), Fault> {
    let body = Json::object(&session.call.body)?;
    let url = member(&body, "@odata.id")
        .and_then(Json::text)
        .ok_or_else(|| Fault::bad_payload("A reference is written as {\"@odata.id\": \"<URL>\"}."))?;
    rows::row_at(&session.work, url)
}

fn many<'a>(entity: &'a Entity, name: &str) -> Result<&'a Many, Fault> {
    entity.collection(name).ok_or_else(|| Fault::no_resource(name))
}

fn single<'a>(entity: &'a Entity, name: &str) -> Result<&'a Single, Fault> {
    entity.single(name).ok_or_else(|| Fault::no_resource(name))
}
