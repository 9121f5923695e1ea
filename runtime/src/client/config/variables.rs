//! Settings from environment variables.

use super::setting::{SETTINGS, Source, Values};
use super::{ConfigError, ConnectSettings, connection_string, kind};

const CONNECTION_STRING: &str = "DATAVERSE_CONNECTION_STRING";
const URL: &str = "DATAVERSE_URL";

type Variable<'v> = &'v dyn Fn(&str) -> Option<String>;

/// A variable that is set to something.
fn set(variable: Variable<'_>, name: &str) -> Option<String> {
    variable(name).filter(|value| !value.trim().is_empty())
}

pub(super) fn read(variable: Variable<'_>) -> Result<ConnectSettings, ConfigError> {
    match (set(variable, CONNECTION_STRING), set(variable, URL)) {
        (Some(text), None) => connection_string::settings(&text, variable),
        (Some(_), Some(_)) => Err(ConfigError::invalid(
            format!("the environment variable {CONNECTION_STRING}"),
            format!("{URL} is set too, and only one of them can say which environment: unset the other"),
        )),
        (None, Some(environment)) => read_for(environment.trim(), variable),
        (None, None) => Err(ConfigError::NoEnvironment {
            place: "the environment variable DATAVERSE_URL",
        }),
    }
}

pub(super) fn read_for(environment: &str, variable: Variable<'_>) -> Result<ConnectSettings, ConfigError> {
    let kind = match set(variable, "DATAVERSE_CREDENTIAL") {
        Some(kind) => kind::named(&kind)?,
        None if set(variable, "DATAVERSE_TOKEN").is_some() => kind::named("token")?,
        None => kind::named("automatic")?,
    };
    let mut values = Values::new(Source::Variables);
    for setting in SETTINGS.iter().filter(|setting| kind.takes(setting)) {
        let value = set(variable, setting.variable);
        // The variable names the host alone: `https://login.microsoftonline.us/`.
        let value = match setting.name {
            "authority" => value
                .zip(set(variable, "AZURE_TENANT_ID"))
                .map(|(host, tenant)| format!("{}/{}", host.trim_end_matches('/'), tenant.trim())),
            _ => value,
        };
        if let Some(value) = value {
            values.add(setting, value.into())?;
        }
    }
    ConnectSettings::made(environment, kind, &values, variable)
}
