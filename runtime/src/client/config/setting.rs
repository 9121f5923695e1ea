//! Settings: their names in files, variables and connection strings, and their values.

use super::ConfigError;
use crate::client::credential::Secret;

/// A setting.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Setting {
    pub(super) name: &'static str,
    pub(super) variable: &'static str,
    /// Its names in connection strings. The first is the usual one.
    pub(super) keys: &'static [&'static str],
    pub(super) secret: bool,
}

const fn open(name: &'static str, variable: &'static str, keys: &'static [&'static str]) -> Setting {
    Setting {
        name,
        variable,
        keys,
        secret: false,
    }
}

const fn secret(name: &'static str, variable: &'static str, keys: &'static [&'static str]) -> Setting {
    Setting {
        name,
        variable,
        keys,
        secret: true,
    }
}

pub(super) static SETTINGS: [Setting; 14] = [
    open(
        "client-id",
        "AZURE_CLIENT_ID",
        &["ClientId", "AppId", "ApplicationId"],
    ),
    secret(
        "client-secret",
        "AZURE_CLIENT_SECRET",
        &["ClientSecret", "Secret"],
    ),
    open(
        "certificate",
        "AZURE_CLIENT_CERTIFICATE_PATH",
        &["CertificatePath"],
    ),
    secret(
        "certificate-password",
        "AZURE_CLIENT_CERTIFICATE_PASSWORD",
        &["CertificatePassword"],
    ),
    open(
        "send-certificate-chain",
        "AZURE_CLIENT_SEND_CERTIFICATE_CHAIN",
        &["SendCertificateChain"],
    ),
    open("tenant", "AZURE_TENANT_ID", &["TenantId", "Tenant"]),
    open("authority", "AZURE_AUTHORITY_HOST", &["Authority"]),
    open("token-file", "AZURE_FEDERATED_TOKEN_FILE", &["TokenFile"]),
    open(
        "user",
        "AZURE_USERNAME",
        &["UserName", "User Name", "UserId", "User Id"],
    ),
    secret("password", "AZURE_PASSWORD", &["Password"]),
    open(
        "redirect-uri",
        "DATAVERSE_REDIRECT_URI",
        &["RedirectUri", "ReplyUrl"],
    ),
    open("choose-account", "DATAVERSE_CHOOSE_ACCOUNT", &["ChooseAccount"]),
    secret("refresh-token", "DATAVERSE_REFRESH_TOKEN", &["RefreshToken"]),
    secret("token", "DATAVERSE_TOKEN", &["Token"]),
];

/// The setting of this name, in any case, with `_` or `-`.
pub(super) fn named(name: &str) -> Option<&'static Setting> {
    let name = name.trim().to_ascii_lowercase().replace('_', "-");
    SETTINGS.iter().find(|setting| setting.name == name)
}

/// The setting that a key of a connection string stands for.
pub(super) fn of_key(key: &str) -> Option<&'static Setting> {
    let known = |setting: &&Setting| setting.keys.iter().any(|known| known.eq_ignore_ascii_case(key));
    SETTINGS.iter().find(known)
}

/// Where settings come from, and so how errors call them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    Settings,
    Variables,
    ConnectionString,
}

impl Source {
    pub(super) fn name_of(self, setting: &Setting) -> String {
        match self {
            Self::Settings => format!("`{}`", setting.name),
            Self::Variables => format!("the environment variable {}", setting.variable),
            Self::ConnectionString => format!("the connection string's key `{}`", setting.keys[0]),
        }
    }
}

/// The values of settings.
#[derive(Debug)]
pub(super) struct Values {
    source: Source,
    values: Vec<(&'static Setting, Secret)>,
}

impl Values {
    pub(super) fn new(source: Source) -> Self {
        Self {
            source,
            values: Vec::new(),
        }
    }

    pub(super) fn add(&mut self, setting: &'static Setting, value: Secret) -> Result<(), ConfigError> {
        if self.values.iter().any(|(known, _)| *known == setting) {
            let setting = self.source.name_of(setting);
            return Err(ConfigError::Twice { setting });
        }
        self.values.push((setting, value));
        Ok(())
    }

    /// The value of a setting. An empty one is none.
    pub(super) fn get(&self, name: &str) -> Option<&Secret> {
        let (_, value) = self.values.iter().find(|(setting, _)| setting.name == name)?;
        (!value.reveal().trim().is_empty()).then_some(value)
    }

    /// Whether a setting is on.
    pub(super) fn flag(&self, name: &str) -> Result<bool, ConfigError> {
        let value = self.get(name).map_or("false", Secret::reveal);
        match value.trim().to_ascii_lowercase().as_str() {
            "true" | "1" | "yes" => Ok(true),
            "false" | "0" | "no" => Ok(false),
            _ => Err(self.invalid(name, "expected `true` or `false`")),
        }
    }

    /// What errors call a setting.
    pub(super) fn name_of(&self, setting: &Setting) -> String {
        self.source.name_of(setting)
    }

    /// The value of a setting can't be used.
    pub(super) fn invalid(&self, name: &str, reason: impl Into<String>) -> ConfigError {
        let setting = named(name).map_or_else(|| name.to_owned(), |setting| self.name_of(setting));
        ConfigError::invalid(setting, reason)
    }
}

/// A value, or the variable that `${NAME}` stands for.
pub(super) fn resolved(
    setting: &str,
    value: Secret,
    variable: &dyn Fn(&str) -> Option<String>,
) -> Result<Secret, ConfigError> {
    let text = value.reveal();
    let name = text.strip_prefix("${").and_then(|rest| rest.strip_suffix('}'));
    let Some(name) = name.map(str::trim) else {
        return Ok(value);
    };
    let found = variable(name).filter(|found| !found.trim().is_empty());
    found.map(Secret::from).ok_or_else(|| ConfigError::Unset {
        setting: setting.to_owned(),
        variable: name.to_owned(),
    })
}
