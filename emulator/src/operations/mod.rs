//! Functions and actions: those of the service that are carried out here, and those that a test registers.

mod about;
mod access;
mod bulk;
mod close;
mod files;
mod hooks;
mod initialize;
mod invocation;
mod merge;
mod privileges;
mod qualify;
mod response;
mod rights;
mod search;
mod teams;
mod transition;

pub(crate) use hooks::Hooks;
pub use hooks::{Reply, RowRef, Rows};
pub use invocation::Invocation;

use crate::Fault;
use crate::model::Entity;
use crate::odata::{Name, Segment};
use crate::server::Preferences;
use crate::session::{Done, Session};
use dataverse_codegen::schema::{Operation, OperationKind, TypeName};
use http::{Method, StatusCode};
use invocation::Binding;

/// What an operation is bound to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bound {
    Nothing,
    /// A row of one of these tables.
    Row(&'static [&'static str]),
    Set,
}

impl Bound {
    fn fits(self, binding: &Binding) -> bool {
        match (self, binding) {
            (Self::Nothing, Binding::Nothing) | (Self::Set, Binding::Set(_)) => true,
            (Self::Row(tables), Binding::Row(table, _)) => tables.contains(&table.as_str()),
            _ => false,
        }
    }
}

/// Carries out an operation.
type Run = fn(&Session<'_>, &Invocation<'_>) -> Result<Done, Fault>;

/// An operation that is carried out here.
struct Standard {
    name: &'static str,
    kind: OperationKind,
    bound: Bound,
    run: Run,
}

const fn function(name: &'static str, bound: Bound, run: Run) -> Standard {
    Standard {
        name,
        kind: OperationKind::Function,
        bound,
        run,
    }
}

const fn action(name: &'static str, bound: Bound, run: Run) -> Standard {
    Standard {
        name,
        kind: OperationKind::Action,
        bound,
        run,
    }
}

/// All operations of the service that are carried out here.
static STANDARD: [Standard; 31] = [
    function("WhoAmI", Bound::Nothing, about::who_am_i),
    function("RetrieveVersion", Bound::Nothing, about::version),
    function(
        "RetrieveTotalRecordCount",
        Bound::Nothing,
        about::total_record_count,
    ),
    function(
        "RetrieveCurrentOrganization",
        Bound::Nothing,
        about::current_organization,
    ),
    function("IsValidStateTransition", Bound::Nothing, transition::is_valid),
    function("InitializeFrom", Bound::Nothing, initialize::initialize_from),
    function(
        "RetrievePrincipalAccess",
        Bound::Row(&["systemuser", "team"]),
        access::retrieve,
    ),
    function(
        "RetrieveUserPrivileges",
        Bound::Row(&["systemuser"]),
        privileges::of_user,
    ),
    action("WinOpportunity", Bound::Nothing, close::win),
    action("LoseOpportunity", Bound::Nothing, close::lose),
    action("CloseIncident", Bound::Nothing, close::resolve),
    action("QualifyLead", Bound::Row(&["lead"]), qualify::qualify),
    action("GrantAccess", Bound::Nothing, access::grant),
    action("ModifyAccess", Bound::Nothing, access::modify),
    action("RevokeAccess", Bound::Nothing, access::revoke),
    action("Merge", Bound::Nothing, merge::merge),
    action("AddMembersTeam", Bound::Row(&["team"]), teams::add),
    action("RemoveMembersTeam", Bound::Row(&["team"]), teams::remove),
    action("CreateMultiple", Bound::Set, bulk::create),
    action("UpdateMultiple", Bound::Set, bulk::update),
    action("UpsertMultiple", Bound::Set, bulk::upsert),
    action("DeleteMultiple", Bound::Set, bulk::delete),
    action("InitializeFileBlocksUpload", Bound::Nothing, files::begin),
    action("UploadBlock", Bound::Nothing, files::block),
    action("CommitFileBlocksUpload", Bound::Nothing, files::commit),
    action("InitializeFileBlocksDownload", Bound::Nothing, files::open),
    action("DownloadBlock", Bound::Nothing, files::part),
    action("DeleteFile", Bound::Nothing, files::delete),
    action("searchquery", Bound::Nothing, search::query),
    action("searchsuggest", Bound::Nothing, search::suggest),
    action("searchautocomplete", Bound::Nothing, search::autocomplete),
];

/// Actions of the service that change the schema. They are known here whether the snapshot has them or not.
const CHANGE_THE_SCHEMA: [&str; 13] = [
    "CreateCustomerRelationships",
    "CreateEntities",
    "CreatePolymorphicLookupAttribute",
    "DeleteOptionValue",
    "ImportSolution",
    "InsertOptionValue",
    "InsertStatusValue",
    "OrderOption",
    "PublishAllXml",
    "PublishXml",
    "ReactivateEntityKey",
    "UpdateOptionValue",
    "UpdateStateValue",
];

/// Whether there is an operation of this name: otherwise a name with the namespace is a cast.
pub(crate) fn is_operation(session: &Session<'_>, hooks: &Hooks, name: &str) -> bool {
    hooks.has(name)
        || STANDARD.iter().any(|known| known.name == name)
        || session
            .live
            .model
            .schema()
            .operations
            .iter()
            .any(|known| known.name == name)
}

/// Carries out an operation that is bound to nothing.
pub(crate) fn unbound(session: &Session<'_>, hooks: &Hooks, name: &Name) -> Result<Done, Fault> {
    if CHANGE_THE_SCHEMA.contains(&name.name.as_str()) && !hooks.has(&name.name) {
        return Err(Fault::unsupported(&format!(
            "changing the schema by the Web API ({})",
            name.name
        )));
    }
    if !is_operation(session, hooks, &name.name) {
        return Err(Fault::no_resource(&name.name));
    }
    if session.segments().len() > 1 {
        return Err(Fault::unsupported("paths that go on behind an operation"));
    }
    invoke(session, hooks, name, Binding::Nothing)
}

/// Carries out an operation that is bound to a row or a set: `set(key)/Microsoft.Dynamics.CRM.Name`.
pub(crate) fn bound(
    session: &Session<'_>,
    hooks: &Hooks,
    entity: &Entity,
    name: &Name,
) -> Result<Done, Fault> {
    let binding = match session.segments() {
        [Segment::Name(set), _] => match &set.parentheses {
            None => Binding::Set(entity.name().to_owned()),
            Some(_) => {
                let row = session.address(entity, set)?.existing(&session.work, entity)?;
                Binding::Row(entity.name().to_owned(), row)
            }
        },
        _ => return Err(Fault::unsupported("operations behind a navigation property")),
    };
    invoke(session, hooks, name, binding)
}

fn invoke(session: &Session<'_>, hooks: &Hooks, name: &Name, binding: Binding) -> Result<Done, Fault> {
    if session.call.method == Method::POST && Preferences::of(&session.call.headers).has("respond-async") {
        return Err(Fault::unsupported(
            "background operations: the preference 'respond-async'",
        ));
    }
    let declared = declared(session, &name.name, &binding);
    if let Some(hook) = hooks.get(&name.name) {
        let kind = declared.map_or_else(|| kind_of(&session.call.method), |operation| operation.kind);
        check_verb(session, kind)?;
        let invocation = Invocation::read(session, name, binding, declared, kind)?;
        return hooks::run(session, &hook, &invocation);
    }
    if let Some(standard) = STANDARD
        .iter()
        .find(|known| known.name == name.name && known.bound.fits(&binding))
    {
        check_verb(session, standard.kind)?;
        let invocation = Invocation::read(session, name, binding, declared, standard.kind)?;
        return (standard.run)(session, &invocation);
    }
    let Some(operation) = declared else {
        return Err(not_found(session));
    };
    check_verb(session, operation.kind)?;
    let kind = match operation.kind {
        OperationKind::Function => "function",
        OperationKind::Action => "action",
    };
    Err(Fault::unsupported(&format!("the {kind} '{}'", operation.name)))
}

fn kind_of(method: &Method) -> OperationKind {
    if *method == Method::GET {
        OperationKind::Function
    } else {
        OperationKind::Action
    }
}

/// The operation of the schema that has this name and binding.
fn declared<'a>(session: &Session<'a>, name: &str, binding: &Binding) -> Option<&'a Operation> {
    let fits = |operation: &&Operation| {
        operation.name == name
            && !operation.filter_only
            && match (binding, &operation.bound) {
                (Binding::Nothing, None) => true,
                (Binding::Row(table, _), Some(bound)) => {
                    !bound.collection && is_of(table, &bound.name, session)
                }
                (Binding::Set(table), Some(bound)) => bound.collection && is_of(table, &bound.name, session),
                _ => false,
            }
    };
    session.live.model.schema().operations.iter().find(fits)
}

fn is_of(table: &str, of: &TypeName, session: &Session<'_>) -> bool {
    match of {
        TypeName::Table(name) => {
            let entity = session.live.model.entity(table);
            name == table || entity.and_then(|entity| entity.table().base.as_deref()) == Some(name)
        }
        TypeName::AnyRow => true,
        _ => false,
    }
}

fn check_verb(session: &Session<'_>, kind: OperationKind) -> Result<(), Fault> {
    let wanted = match kind {
        OperationKind::Function => Method::GET,
        OperationKind::Action => Method::POST,
    };
    if session.call.method == wanted {
        Ok(())
    } else {
        Err(not_found(session))
    }
}

/// 404: the service knows no such operation for this verb and binding.
fn not_found(session: &Session<'_>) -> Fault {
    let path: String = session.call.path.chars().take(500).collect();
    Fault::new(
        StatusCode::NOT_FOUND,
        0x8006_088a,
        format!(
            "No HTTP resource was found that matches the request URI '{}{path}'.",
            session.call.root
        ),
    )
}
