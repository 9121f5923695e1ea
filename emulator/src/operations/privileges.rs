//! `RetrieveUserPrivileges`: nobody is held back here, so that every user has what a system administrator has.

use super::Invocation;
use super::response::{complex, text};
use crate::Fault;
use crate::json::Json;
use crate::metadata;
use crate::session::{Done, Session};

/// What can be allowed with the rows of a table. Only rows that somebody owns can be assigned and shared.
const OF_ROWS: [&str; 6] = ["Create", "Read", "Write", "Delete", "Append", "AppendTo"];
const OF_OWNED_ROWS: [&str; 2] = ["Assign", "Share"];

/// What can be allowed with the schema: the kinds of its definitions (Microsoft Learn, "Privileges required for
/// customization").
const OF_DEFINITIONS: [&str; 5] = [
    "Entity",
    "Attribute",
    "Relationship",
    "OptionSet",
    "Customizations",
];

/// All privileges of the tables in the schema, and those of the schema, for the whole organization.
pub(super) fn of_user(session: &Session<'_>, _: &Invocation<'_>) -> Result<Done, Fault> {
    let mut names = Vec::new();
    for table in session.live.model.schema().tables.values() {
        let schema_name = table.schema_name.as_deref().unwrap_or(&table.name);
        let owned = table.ownership.as_deref() == Some("UserOwned");
        let verbs = OF_ROWS.iter().chain(OF_OWNED_ROWS.iter().filter(|_| owned));
        names.extend(verbs.map(|verb| format!("prv{verb}{schema_name}")));
    }
    let verbs = ["Create", "Read", "Write", "Delete"];
    names.extend(
        verbs
            .iter()
            .flat_map(|verb| OF_DEFINITIONS.map(|definition| format!("prv{verb}{definition}"))),
    );
    names.push("prvReadSolution".to_owned());
    names.sort_unstable();
    names.dedup();
    let unit = session.work.organization.business_unit;
    let privilege = |name: &String| {
        let members = [
            ("Depth", text("Global")),
            ("PrivilegeId", text(metadata::privilege_id(name))),
            ("BusinessUnitId", text(unit)),
            ("PrivilegeName", text(name)),
        ];
        let members = members.map(|(name, value)| (name.to_owned(), value));
        Json::Object(members.into_iter().collect())
    };
    let all = names.iter().map(privilege).collect();
    let members = vec![("RolePrivileges", Json::Array(all))];
    Ok(complex(session, "RetrieveUserPrivilegesResponse", members))
}
