//! Whether what `regenerate` fetches can be had.

use dataverse_runtime::Error;
use serde_json::Value;

use super::{Finding, Service};
use crate::config::Config;
use crate::fetch::requests::first_stamp;

const RIGHTS: &str = "give the user the role Basic User, or System Customizer: both may read metadata";

pub(super) async fn look(service: &Service, config: &Config) -> Vec<Finding> {
    let mut findings = vec![
        definitions(service, config).await,
        changes(service).await,
        timestamp(service).await,
    ];
    if !config.selection.solutions.is_empty() {
        findings.push(solutions(service, &config.selection.solutions).await);
    }
    findings
}

/// Whether the definitions can be read, what is selected of them, and where changes of rows can't be followed.
async fn definitions(service: &Service, config: &Config) -> Finding {
    const WHAT: &str = "definitions";
    let path = "EntityDefinitions?$select=LogicalName,ChangeTrackingEnabled";
    let answer = match service.json(path, "EntityDefinitions").await {
        Ok(answer) => answer,
        Err(error) => return Finding::wrong(WHAT, error.to_string(), RIGHTS),
    };
    let tables = answer.get("value").and_then(Value::as_array);
    let tables: Vec<(&str, bool)> = tables
        .into_iter()
        .flatten()
        .filter_map(|table| {
            let tracked = table.get("ChangeTrackingEnabled").and_then(Value::as_bool);
            Some((table.get("LogicalName")?.as_str()?, tracked != Some(false)))
        })
        .collect();
    let all = tables.len();
    let names = tables.iter().map(|(table, _)| *table).collect();
    let unmatched = config.selection.tables.unmatched("table", &names);
    let selected: Vec<(&str, bool)> = tables
        .into_iter()
        .filter(|(table, _)| config.selection.wants(table, &[]))
        .collect();
    if selected.is_empty() && config.selection.solutions.is_empty() {
        let advice = "check [selection] in dataverse.toml: names are logical names, such as account";
        return Finding::wrong(WHAT, format!("none of {all} tables is selected"), advice);
    }
    if let Some(first) = unmatched.first() {
        let advice = "correct [selection] in dataverse.toml, or take the name out";
        return Finding::hint(
            WHAT,
            format!("{} of {all} tables selected by name; {first}", selected.len()),
            advice,
        );
    }
    let untracked: Vec<&str> = selected
        .iter()
        .filter(|(_, tracked)| !tracked)
        .map(|(table, _)| *table)
        .collect();
    let found = format!("{} of {all} tables selected by name", selected.len());
    if untracked.is_empty() {
        return Finding::fine(WHAT, format!("{found}; changes are tracked in all"));
    }
    const SHOWN: usize = 5;
    let more = match untracked.len() {
        count if count > SHOWN => format!(" and {} more", count - SHOWN),
        _ => String::new(),
    };
    let shown = &untracked[..untracked.len().min(SHOWN)];
    Finding::hint(
        WHAT,
        format!("{found}; changes are not tracked in {}{more}", shown.join(", ")),
        "programs that follow changes of such a table don't compile: switch on \"Track changes\" in its properties",
    )
}

async fn changes(service: &Service) -> Finding {
    const WHAT: &str = "metadata changes";
    match service.ask(first_stamp()).await {
        Ok(answer) if answer.get("ServerVersionStamp").is_some_and(Value::is_string) => {
            Finding::fine(WHAT, "can be asked for")
        }
        Ok(_) => Finding::wrong(
            WHAT,
            "the answer has no stamp",
            "report this with the environment's version",
        ),
        Err(error) => Finding::wrong(WHAT, error.to_string(), RIGHTS),
    }
}

async fn timestamp(service: &Service) -> Finding {
    const WHAT: &str = "metadata time";
    match service.json("RetrieveTimestamp()", "RetrieveTimestamp").await {
        Ok(answer) => match answer.get("Timestamp").and_then(Value::as_str) {
            Some(time) => Finding::fine(WHAT, time),
            None => Finding::unknown(WHAT, "the environment doesn't say"),
        },
        Err(_) => Finding::hint(
            WHAT,
            "can't be asked for",
            "`regenerate` reads $metadata each time, which costs some seconds",
        ),
    }
}

async fn solutions(service: &Service, wanted: &[String]) -> Finding {
    const WHAT: &str = "solutions";
    let answer = match service.json("solutions?$select=uniquename", "solutions").await {
        Ok(answer) => answer,
        Err(Error::Service(error)) if error.status() == 403 => {
            return Finding::wrong(
                WHAT,
                error.to_string(),
                "give the user the privilege prvReadSolution",
            );
        }
        Err(error) => return Finding::unknown(WHAT, error.to_string()),
    };
    let known: Vec<&str> = answer
        .get("value")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|solution| solution.get("uniquename")?.as_str())
        .collect();
    let missing: Vec<&str> = wanted
        .iter()
        .map(String::as_str)
        .filter(|name| !known.contains(name))
        .collect();
    if missing.is_empty() {
        Finding::fine(WHAT, wanted.join(", "))
    } else {
        Finding::wrong(
            WHAT,
            format!("there is no {}", missing.join(", ")),
            "write unique names, as the solution's settings show them",
        )
    }
}
