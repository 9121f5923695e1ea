//! One invocation of an operation: what it is bound to, and its parameters.

use super::RowRef;
use crate::Fault;
use crate::json::{Json, Object, member};
use crate::model::Entity;
use crate::odata::{Literal, Name, Parentheses};
use crate::rows::{RowId, Work, row_at};
use crate::session::Session;
use crate::store::guid;
use dataverse_codegen::schema::{Operation, OperationKind, TypeName};
use serde::de::DeserializeOwned;
use std::fmt;
use uuid::Uuid;

/// What an operation is invoked on.
#[derive(Clone, Debug)]
pub(super) enum Binding {
    Nothing,
    Row(String, RowId),
    Set(String),
}

/// One invocation of a function or an action.
pub struct Invocation<'a> {
    name: String,
    binding: Binding,
    parameters: Object,
    declared: Option<&'a Operation>,
    work: Work<'a>,
}

impl<'a> Invocation<'a> {
    pub(super) fn read(
        session: &Session<'a>,
        name: &Name,
        binding: Binding,
        declared: Option<&'a Operation>,
        kind: OperationKind,
    ) -> Result<Self, Fault> {
        let parameters = match kind {
            OperationKind::Action => Json::object(&session.call.body)?,
            OperationKind::Function => arguments(session, name)?,
        };
        let invocation = Self {
            name: name.name.clone(),
            binding,
            parameters,
            declared,
            work: session.work,
        };
        invocation.check()?;
        Ok(invocation)
    }

    /// Refuses parameters that the schema doesn't know, and the lack of those that it wants.
    fn check(&self) -> Result<(), Fault> {
        let Some(declared) = self.declared else {
            return Ok(());
        };
        for (name, _) in self.parameters.iter().filter(|(name, _)| !name.contains('@')) {
            if !declared
                .parameters
                .iter()
                .any(|parameter| parameter.name == *name)
            {
                return Err(Fault::bad_payload(format!(
                    "The parameter '{}' in the request payload is not a valid parameter for the operation '{}'.",
                    name.chars().take(100).collect::<String>(),
                    self.name
                )));
            }
        }
        for parameter in &declared.parameters {
            if !parameter.optional && !parameter.of.nullable && self.json(&parameter.name) == &Json::Null {
                return Err(Fault::bad_payload(format!(
                    "The operation '{}' lacks the parameter '{}'.",
                    self.name, parameter.name
                )));
            }
        }
        Ok(())
    }

    /// The name of the operation.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// `systemuserid` of the caller.
    pub fn user(&self) -> Uuid {
        self.work.user
    }

    /// The row that the operation is bound to.
    pub fn row(&self) -> Option<RowRef> {
        match &self.binding {
            Binding::Row(table, row) => Some(RowRef::of(table, row)),
            Binding::Nothing | Binding::Set(_) => None,
        }
    }

    /// The table of the row or set that the operation is bound to.
    pub fn table(&self) -> Option<&str> {
        match &self.binding {
            Binding::Row(table, _) | Binding::Set(table) => Some(table),
            Binding::Nothing => None,
        }
    }

    /// A parameter, as a type that is read from JSON. One that wasn't sent is null: `Option` takes it.
    ///
    /// # Errors
    /// If the parameter is of another type: 400 with its name.
    pub fn parameter<T: DeserializeOwned>(&self, name: &str) -> Result<T, Fault> {
        serde_json::from_str(&self.json(name).to_string()).map_err(|error| {
            Fault::bad_payload(format!(
                "The parameter '{name}' of '{}' can't be read: {error}.",
                self.name
            ))
        })
    }

    /// The row that a parameter refers to. It has to be there.
    ///
    /// # Errors
    /// If the parameter refers to no row: 400, or 404 if it isn't there.
    pub fn row_parameter(&self, name: &str) -> Result<RowRef, Fault> {
        let (entity, row) = self.referred(name)?;
        Ok(RowRef::of(entity.name(), &row))
    }

    pub(super) fn binding(&self) -> &Binding {
        &self.binding
    }

    /// The value of a parameter; null if it wasn't sent.
    pub(super) fn json(&self, name: &str) -> &Json {
        member(&self.parameters, name).unwrap_or(&Json::Null)
    }

    /// The row that a parameter refers to.
    pub(super) fn referred(&self, name: &str) -> Result<(&'a Entity, RowId), Fault> {
        let declared = self.declared.and_then(|operation| {
            let parameter = operation
                .parameters
                .iter()
                .find(|parameter| parameter.name == name)?;
            match &parameter.of.name {
                TypeName::Table(table) => Some(table.as_str()),
                _ => None,
            }
        });
        row_of(&self.work, name, self.json(name), declared)
    }

    /// A text.
    pub(super) fn text(&self, name: &str) -> Result<&str, Fault> {
        self.json(name).text().ok_or_else(|| {
            Fault::bad_payload(format!(
                "The parameter '{name}' of '{}' has to be a text.",
                self.name
            ))
        })
    }
}

impl fmt::Debug for Invocation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Invocation")
            .field("name", &self.name)
            .field("binding", &self.binding)
            .field("parameters", &self.parameters)
            .finish_non_exhaustive()
    }
}

/// The row that an object refers to: by `@odata.id`, or by its type and its primary id.
pub(super) fn row_of<'a>(
    work: &Work<'a>,
    parameter: &str,
    value: &Json,
    declared: Option<&str>,
) -> Result<(&'a Entity, RowId), Fault> {
    if let Some(url) = value.get("@odata.id").and_then(Json::text) {
        return row_at(work, url);
    }
    let named = value.get("@odata.type").and_then(Json::text).map(table_of);
    let Some(table) = named.or(declared) else {
        return Err(Fault::bad_payload(format!(
            "The parameter '{parameter}' has to name its type by '@odata.type', or its row by '@odata.id'."
        )));
    };
    let entity = work.entity(table)?;
    let key = |name: &str| value.get(name).and_then(Json::text).and_then(guid);
    // Users are named by the key of principals too.
    let id = key(entity.primary_id())
        .or_else(|| entity.table().csdl_key.as_deref().and_then(key))
        .ok_or_else(|| {
            Fault::bad_payload(format!(
                "The parameter '{parameter}' lacks the key '{}' of its row.",
                entity.primary_id()
            ))
        })?;
    let row = match value.get("partitionid").and_then(Json::text) {
        Some(partition) => RowId::in_partition(id, partition),
        None => RowId::from(id),
    };
    let found = crate::rows::Address::Id(row).existing(work, entity)?;
    Ok((entity, found))
}

/// The table that `#Microsoft.Dynamics.CRM.account` names.
pub(super) fn table_of(name: &str) -> &str {
    let name = name.trim_start_matches('#');
    name.strip_prefix("Microsoft.Dynamics.CRM.").unwrap_or(name)
}

/// The arguments of a function: in the path, or by aliases.
fn arguments(session: &Session<'_>, name: &Name) -> Result<Object, Fault> {
    let Some(Parentheses::Named(named)) = &name.parentheses else {
        return Ok(Object::new());
    };
    let aliases = &session.options().aliases;
    named
        .iter()
        .map(|(name, argument)| Ok((name.clone(), json(&aliases.resolve(argument)?)?)))
        .collect()
}

fn json(literal: &Literal) -> Result<Json, Fault> {
    Ok(match literal {
        Literal::Null => Json::Null,
        Literal::Boolean(flag) => Json::Bool(*flag),
        Literal::Number(text) => Json::Number(text.clone()),
        Literal::Text(text) => Json::Text(text.clone()),
        Literal::Guid(id) => Json::Text(id.to_string()),
        Literal::Date(date) => Json::Text(date.to_string()),
        Literal::Time(time) => Json::Text(time.to_string()),
        Literal::Member { member, .. } => Json::Text(member.clone()),
        Literal::Json(value) => Json::read(value.to_string().as_bytes())?,
    })
}
