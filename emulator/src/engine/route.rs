//! Where a call goes that isn't about metadata: to rows, or to an operation.

use super::{read, write};
use crate::Fault;
use crate::model::Entity;
use crate::odata::{Parentheses, Segment};
use crate::operations::{self, Hooks};
use crate::session::{Done, Session};
use http::Method;

/// Carries out a call.
pub(super) fn route(session: &Session<'_>, hooks: &Hooks) -> Result<Done, Fault> {
    match session.segments().first() {
        None | Some(Segment::Metadata) => Err(session.wrong_method()),
        Some(Segment::Name(name)) => {
            if let Some(entity) = session.live.model.entity_of_set(&name.name) {
                return rows(session, hooks, entity);
            }
            operations::unbound(session, hooks, name)
        }
        Some(Segment::Reference(id)) => Err(Fault::bad_payload(format!(
            "Content-ID Reference: '${id}' does not exist in the batch context."
        ))),
        Some(Segment::Qualified(name)) => Err(Fault::no_resource(&name.name)),
        Some(Segment::Ref | Segment::Count | Segment::Value) => Err(Fault::no_resource("$ref")),
    }
}

/// A path that begins with an entity set.
fn rows(session: &Session<'_>, hooks: &Hooks, entity: &Entity) -> Result<Done, Fault> {
    if let Some(Segment::Qualified(operation)) = session.segments().last()
        && session.segments().len() > 1
        && operations::is_operation(session, hooks, &operation.name)
    {
        return operations::bound(session, hooks, entity, operation);
    }
    match session.call.method {
        Method::GET => read::rows(session, entity),
        Method::POST => write::post(session, entity),
        Method::PATCH => write::patch(session, entity),
        Method::PUT => write::put(session, entity),
        Method::DELETE => write::delete(session, entity),
        _ => Err(session.wrong_method()),
    }
}

/// Whether a name is followed by a key.
pub(super) fn has_key(parentheses: Option<&Parentheses>) -> bool {
    matches!(parentheses, Some(Parentheses::One(_) | Parentheses::Named(_)))
}
