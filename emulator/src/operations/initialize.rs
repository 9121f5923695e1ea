//! `InitializeFrom`: a row to be, with what it takes from another.
//!
//! The service takes what its column mappings say, which no snapshot holds. Here a custom column goes to the column of the
//! same name and type, as generated mappings do, and the lookup that leads to the row is set.

use super::Invocation;
use crate::Fault;
use crate::json::{Json, Object, member};
use crate::model::Entity;
use crate::session::{Done, Session, json, row_object};
use dataverse_codegen::schema::{Column, ColumnKind};
use http::StatusCode;

pub(super) fn initialize_from(session: &Session<'_>, invocation: &Invocation<'_>) -> Result<Done, Fault> {
    let (source, row) = invocation.referred("EntityMoniker")?;
    let target = session.work.entity(invocation.text("TargetEntityName")?)?;
    let known = row_object(session, source, &row)?;
    let context = format!(
        "{}$metadata#{}/$entity",
        session.call.root,
        target.table().entity_set.as_deref().unwrap_or(target.name())
    );
    let mut body: Object = vec![
        ("@odata.context".to_owned(), Json::Text(context)),
        (
            "@odata.type".to_owned(),
            Json::Text(format!("#Microsoft.Dynamics.CRM.{}", target.name())),
        ),
    ];
    for column in &target.table().columns {
        if is_mapped(source, target, column)
            && let Some(value) = member(&known, &column.name)
            && *value != Json::Null
        {
            body.push((column.name.clone(), value.clone()));
        }
    }
    let mut parents: Vec<&str> = target
        .table()
        .columns
        .iter()
        .filter(|column| column.access.is_none_or(|access| access.create))
        .flat_map(|column| target.singles_of(&column.name))
        .filter(|single| single.target == source.name())
        .map(|single| single.name.as_str())
        .collect();
    parents.sort_unstable();
    // Of several lookups that lead there nobody says which is the parent.
    if let ([parent], Some(set)) = (parents.as_slice(), &source.table().entity_set) {
        let url = Json::Text(format!("{set}({})", row.id));
        body.push((format!("{parent}@odata.bind"), url));
    }
    Ok(json(StatusCode::OK, &Json::Object(body)).into())
}

fn is_mapped(source: &Entity, target: &Entity, column: &Column) -> bool {
    let same = source.table().column(&column.name);
    column.custom
        && column.name != target.primary_id()
        && column.access.is_some_and(|access| access.create)
        && !matches!(column.kind, ColumnKind::Lookup(_))
        && same.is_some_and(|same| same.kind.name() == column.kind.name())
}
