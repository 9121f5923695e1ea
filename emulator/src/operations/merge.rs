//! `Merge`: one row takes in another, which becomes inactive. Parents aren't compared, whether the caller wants that or not.

use super::Invocation;
use crate::Fault;
use crate::json::{Json, Object};
use crate::rows::{self, Conditions};
use crate::session::{Done, Session, no_content};

/// The tables whose rows can be merged (Microsoft Learn, "Merge table rows").
const MERGEABLE: [&str; 4] = ["account", "contact", "lead", "incident"];

pub(super) fn merge(session: &Session<'_>, invocation: &Invocation<'_>) -> Result<Done, Fault> {
    let work = &session.work;
    let (entity, target) = invocation.referred("Target")?;
    let (other, subordinate) = invocation.referred("Subordinate")?;
    if !MERGEABLE.contains(&entity.name()) || other.name() != entity.name() || target == subordinate {
        return Err(Fault::bad_payload(format!(
            "A row of '{}' can't be merged with one of '{}'.",
            entity.name(),
            other.name()
        )));
    }
    if let Json::Object(content) = invocation.json("UpdateContent") {
        let is_key = |name: &str| name == entity.primary_id();
        let body: Object = content
            .iter()
            .filter(|(name, _)| !is_key(name))
            .cloned()
            .collect();
        rows::update(work, entity, &target, &body, &Conditions::default())?;
    }
    rows::repoint(work, entity, &subordinate, &target)?;
    rows::retire(work, entity, &subordinate, &target)?;
    Ok(no_content().into())
}
