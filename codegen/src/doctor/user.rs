//! The user that the program is: whether it is on, and which rights it has.

use dataverse_runtime::{Error, percent_encoded};
use serde_json::Value;

use super::{Finding, Service};

/// What reading metadata takes (Microsoft Learn, "Privileges required for customization").
const METADATA: [&str; 4] = [
    "prvReadEntity",
    "prvReadAttribute",
    "prvReadRelationship",
    "prvReadOptionSet",
];

pub(super) async fn look(service: &Service, user: &str) -> Vec<Finding> {
    vec![
        state(service, user).await,
        roles(service, user).await,
        privileges(service, user).await,
    ]
}

async fn state(service: &Service, user: &str) -> Finding {
    const WHAT: &str = "user";
    let path = format!("systemusers({user})?$select=fullname,applicationid,isdisabled,accessmode");
    let row = match service.json(&path, "systemusers").await {
        Ok(row) => row,
        Err(error) => return Finding::unknown(WHAT, error.to_string()),
    };
    let name = row
        .get("fullname")
        .and_then(Value::as_str)
        .unwrap_or("without a name");
    let application = row.get("applicationid").and_then(Value::as_str);
    let who = match application {
        Some(id) => format!("{name}, the application user of {id}"),
        None => format!("{name}, a person's user"),
    };
    if row.get("isdisabled").and_then(Value::as_bool) == Some(true) {
        return Finding::wrong(
            WHAT,
            format!("{who}: disabled"),
            "enable it in the Power Platform admin center",
        );
    }
    // Access mode 4 is that of programs (Microsoft Learn, "systemuser table reference").
    match (application, row.get("accessmode").and_then(Value::as_i64)) {
        (None, Some(4)) => Finding::fine(WHAT, format!("{who}, for programs alone")),
        (None, _) => Finding::hint(
            WHAT,
            who,
            "fine for development; a service runs as an application user, whom nobody's leaving locks out",
        ),
        (Some(_), _) => Finding::fine(WHAT, who),
    }
}

async fn roles(service: &Service, user: &str) -> Finding {
    const WHAT: &str = "roles";
    let path = format!("systemusers({user})/systemuserroles_association?$select=name");
    let rows = match service.json(&path, "systemuserroles_association").await {
        Ok(rows) => rows,
        Err(error) => return Finding::unknown(WHAT, error.to_string()),
    };
    let roles: Vec<&str> = rows
        .get("value")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|role| role.get("name")?.as_str())
        .collect();
    if roles.is_empty() {
        return Finding::hint(
            WHAT,
            "none of its own",
            "it may have roles by a team; otherwise give it one in the Power Platform admin center",
        );
    }
    if roles.contains(&"System Administrator") {
        let advice = "more than a service should have: give it a role with what it needs";
        return Finding::hint(WHAT, roles.join(", "), advice);
    }
    Finding::fine(WHAT, roles.join(", "))
}

/// Whether the user's roles, and those of its teams, let it read metadata. How deep they go isn't looked at: of what a team's
/// roles give, the service tells the lowest depth, whatever it is.
async fn privileges(service: &Service, user: &str) -> Finding {
    const WHAT: &str = "privileges for metadata";
    let path = format!("systemusers({user})/Microsoft.Dynamics.CRM.RetrieveUserPrivileges()");
    let answer = match service.json(&path, "RetrieveUserPrivileges").await {
        Ok(answer) => answer,
        Err(error) => return Finding::unknown(WHAT, error.to_string()),
    };
    let Some(held) = answer.get("RolePrivileges").and_then(Value::as_array) else {
        return Finding::unknown(WHAT, "the environment doesn't tell them");
    };
    let mut names = texts(held, "PrivilegeName");
    if names.is_empty() && !held.is_empty() {
        // The documented type has ids alone; newer services add the names.
        match names_of(service, &texts(held, "PrivilegeId")).await {
            Ok(known) => names = known,
            Err(error) => return Finding::unknown(WHAT, error.to_string()),
        }
    }
    let missing: Vec<&str> = METADATA
        .into_iter()
        .filter(|wanted| !names.iter().any(|name| name.eq_ignore_ascii_case(wanted)))
        .collect();
    if missing.is_empty() {
        return Finding::fine(WHAT, "all there");
    }
    Finding::hint(
        WHAT,
        format!("{} missing", missing.join(", ")),
        "give the user the role Basic User, or System Customizer, or these privileges for the organization",
    )
}

/// Those of the privileges looked for that are among these ids.
async fn names_of(service: &Service, ids: &[String]) -> Result<Vec<String>, Error> {
    let wanted = METADATA.map(|name| format!("name eq '{name}'")).join(" or ");
    let path = format!(
        "privileges?$select=name,privilegeid&$filter={}",
        percent_encoded(&wanted)
    );
    let answer = service.json(&path, "privileges").await?;
    let rows = answer.get("value").and_then(Value::as_array);
    let held = rows.into_iter().flatten().filter(|row| {
        let id = row.get("privilegeid").and_then(Value::as_str).unwrap_or_default();
        ids.iter().any(|held| held.eq_ignore_ascii_case(id))
    });
    let names = held.filter_map(|row| row.get("name")?.as_str());
    Ok(names.map(str::to_owned).collect())
}

fn texts(of: &[Value], member: &str) -> Vec<String> {
    let texts = of.iter().filter_map(|value| value.get(member)?.as_str());
    texts.map(str::to_owned).collect()
}
