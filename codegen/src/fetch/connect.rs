//! From an environment of `dataverse.toml` to a client.

use std::time::Duration;

use dataverse_runtime::Client;
use dataverse_runtime::client::config::{ConfigError, ConnectSettings};
use dataverse_runtime::client::{ClientError, Retries};

use crate::config::{Environment, NoVariable, Setting};

/// No client can be made of an environment's settings.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// A variable that the file names isn't set.
    #[error(transparent)]
    Variable(#[from] NoVariable),
    /// The credential can't be used.
    #[error("the credential: {0}")]
    Credential(#[from] ConfigError),
    /// The address can't be used.
    #[error(transparent)]
    Client(#[from] ClientError),
}

/// Somebody waits at a terminal: an address where nobody listens is given up after some seconds, a throttled request is not.
const RETRIES: Retries = Retries {
    attempts: 5,
    within: Duration::from_mins(10),
};

/// A client of the environment. Nothing is sent yet.
///
/// # Errors
/// Where a variable isn't set, or the address or credential can't be used.
pub fn client(environment: &Environment) -> Result<Client, ConnectError> {
    let url = environment.url.value()?;
    let (kind, settings) = match &environment.credential {
        None => ("none", Vec::new()),
        Some(credential) => {
            let settings = credential.settings.iter();
            let values = settings.map(|(key, setting)| Ok((key.as_str(), setting.value()?)));
            (
                credential.kind.as_str(),
                values.collect::<Result<Vec<_>, NoVariable>>()?,
            )
        }
    };
    // A value that happens to look like a reference to a variable was looked up already, or is meant as it stands.
    let settings = ConnectSettings::with_variables(&url, kind, settings, |name| {
        Setting::Variable(name.to_owned()).value().ok()
    })?;
    Ok(settings.builder().retries(RETRIES).build()?)
}
