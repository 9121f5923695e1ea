//! Kinds of credentials, by name: which settings each takes, and how it is made of them.

use super::ConfigError;
use super::setting::{self, Setting, Values};
use crate::client::credential::{
    AzureCli, Browser, Chain, ClientCertificate, ClientSecret, Credential, DeviceCode, DevicePrompt,
    ManagedIdentity, PUBLIC_CLIENT, RefreshToken, Secret, StaticToken, UserPassword, WorkloadIdentity,
};
use reqwest::Url;
use std::sync::Arc;

/// A kind of credential.
#[derive(Debug)]
pub(super) struct Kind {
    pub(super) name: &'static str,
    needs: &'static [&'static str],
    takes: &'static [&'static str],
    make: fn(&Chosen<'_>) -> Result<Made, ConfigError>,
}

type Made = Option<Arc<dyn Credential>>;

const ISSUER: &[&str] = &["tenant", "authority"];
const USERS: &[&str] = &["client-id", "tenant", "authority"];

const CERTIFICATE: &[&str] = &[
    "certificate-password",
    "send-certificate-chain",
    "tenant",
    "authority",
];
const BROWSER: &[&str] = &[
    "client-id",
    "user",
    "redirect-uri",
    "choose-account",
    "refresh-token",
    "tenant",
    "authority",
];

pub(super) static KINDS: [Kind; 13] = [
    kind("automatic", &[], &[], automatic),
    kind(
        "client-secret",
        &["client-id", "client-secret"],
        ISSUER,
        client_secret,
    ),
    kind(
        "client-certificate",
        &["client-id", "certificate"],
        CERTIFICATE,
        client_certificate,
    ),
    kind(
        "workload-identity",
        &["client-id", "token-file"],
        ISSUER,
        workload_identity,
    ),
    kind("github-actions", &["client-id"], ISSUER, github_actions),
    kind("managed-identity", &[], &["client-id"], managed_identity),
    kind("azure-cli", &[], &["tenant"], azure_cli),
    kind("browser", &[], BROWSER, browser),
    kind("device-code", &[], USERS, device_code),
    kind("password", &["user", "password"], USERS, password),
    kind(
        "refresh-token",
        &["client-id", "refresh-token"],
        ISSUER,
        refresh_token,
    ),
    kind("token", &["token"], &[], token),
    kind("none", &[], &[], |_| Ok(None)),
];

const fn kind(
    name: &'static str,
    needs: &'static [&'static str],
    takes: &'static [&'static str],
    make: fn(&Chosen<'_>) -> Result<Made, ConfigError>,
) -> Kind {
    Kind {
        name,
        needs,
        takes,
        make,
    }
}

/// The kind of this name, in any case, with `_`, `-` or neither.
pub(super) fn named(name: &str) -> Result<&'static Kind, ConfigError> {
    let plain = |name: &str| name.trim().to_ascii_lowercase().replace(['_', '-'], "");
    let wanted = plain(name);
    let found = KINDS.iter().find(|kind| plain(kind.name) == wanted);
    found.ok_or_else(|| ConfigError::UnknownKind {
        kind: name.to_owned(),
        known: listed(super::ConnectSettings::kinds()),
    })
}

fn listed<'n>(names: impl Iterator<Item = &'n str>) -> String {
    names
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(", ")
}

/// A kind with the values of its settings.
struct Chosen<'v> {
    values: &'v Values,
    variable: &'v dyn Fn(&str) -> Option<String>,
}

impl Kind {
    pub(super) fn takes(&self, setting: &Setting) -> bool {
        self.needs.contains(&setting.name) || self.takes.contains(&setting.name)
    }

    /// A setting of this kind by its name.
    pub(super) fn setting(&self, name: &str) -> Result<&'static Setting, ConfigError> {
        let found = setting::named(name).filter(|setting| self.takes(setting));
        found.ok_or_else(|| self.unknown(name))
    }

    pub(super) fn unknown(&self, setting: &str) -> ConfigError {
        let known = listed(self.needs.iter().chain(self.takes).copied());
        ConfigError::UnknownSetting {
            kind: self.name,
            setting: setting.to_owned(),
            known: if known.is_empty() {
                "none".to_owned()
            } else {
                known
            },
        }
    }

    /// The credential.
    pub(super) fn make(
        &self,
        values: &Values,
        variable: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Made, ConfigError> {
        let missing = self.needs.iter().find(|name| values.get(name).is_none());
        if let Some(setting) = missing.and_then(|name| setting::named(name)) {
            return Err(ConfigError::Missing {
                kind: self.name,
                setting: values.name_of(setting),
            });
        }
        (self.make)(&Chosen { values, variable })
    }
}

impl Chosen<'_> {
    /// The text of a setting. Of one that the kind needs it is there.
    fn text(&self, name: &str) -> &str {
        self.get(name).unwrap_or_default()
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(Secret::reveal)
    }

    fn secret(&self, name: &str) -> Secret {
        self.text(name).into()
    }

    /// The application that users sign in to.
    fn public_client(&self) -> &str {
        self.get("client-id").unwrap_or(PUBLIC_CLIENT)
    }
}

/// Gives a credential its tenant and its authority, if they are set.
macro_rules! issued {
    ($chosen:expr, $credential:expr) => {{
        let mut credential = $credential;
        if let Some(tenant) = $chosen.get("tenant") {
            credential = credential.tenant(tenant);
        }
        if let Some(authority) = $chosen.get("authority") {
            credential = credential.authority(authority);
        }
        made(credential)
    }};
}

fn made(credential: impl Credential + 'static) -> Result<Made, ConfigError> {
    Ok(Some(Arc::new(credential)))
}

fn automatic(chosen: &Chosen<'_>) -> Result<Made, ConfigError> {
    made(Chain::from_variables(chosen.variable))
}

fn client_secret(chosen: &Chosen<'_>) -> Result<Made, ConfigError> {
    let secret = chosen.secret("client-secret");
    issued!(chosen, ClientSecret::new(chosen.text("client-id"), secret))
}

fn client_certificate(chosen: &Chosen<'_>) -> Result<Made, ConfigError> {
    let (file, password) = (chosen.text("certificate"), chosen.secret("certificate-password"));
    let read = ClientCertificate::from_file(chosen.text("client-id"), file, password);
    let certificate = read.map_err(|error| chosen.values.invalid("certificate", error.to_string()))?;
    let certificate = match chosen.values.flag("send-certificate-chain")? {
        true => certificate.send_chain(),
        false => certificate,
    };
    issued!(chosen, certificate)
}

fn github_actions(chosen: &Chosen<'_>) -> Result<Made, ConfigError> {
    let workload = WorkloadIdentity::github_actions_from(chosen.text("client-id"), chosen.variable);
    issued!(chosen, workload)
}

fn browser(chosen: &Chosen<'_>) -> Result<Made, ConfigError> {
    let mut browser = Browser::new().client_id(chosen.public_client());
    if let Some(user) = chosen.get("user") {
        browser = browser.login_hint(user);
    }
    if let Some(address) = chosen.get("redirect-uri") {
        browser = browser.port(port(address).ok_or_else(|| {
            let reason =
                "the browser is sent back to this machine: give `http://localhost`, with a port if you like";
            chosen.values.invalid("redirect-uri", reason)
        })?);
    }
    if chosen.values.flag("choose-account")? {
        browser = browser.choose_account();
    }
    if let Some(token) = chosen.values.get("refresh-token") {
        browser = browser.signed_in_with(token.clone());
    }
    issued!(chosen, browser)
}

/// The port of an address of this machine; 0 is any.
fn port(address: &str) -> Option<u16> {
    let url = Url::parse(address.trim()).ok()?;
    let local = url.scheme() == "http" && url.host_str() == Some("localhost") && url.path() == "/";
    local.then(|| url.port().unwrap_or_default())
}

fn workload_identity(chosen: &Chosen<'_>) -> Result<Made, ConfigError> {
    let file = chosen.text("token-file");
    issued!(chosen, WorkloadIdentity::new(chosen.text("client-id"), file))
}

fn managed_identity(chosen: &Chosen<'_>) -> Result<Made, ConfigError> {
    let machine = ManagedIdentity::from_variables(chosen.variable);
    made(match chosen.get("client-id") {
        Some(client_id) => machine.user_assigned(client_id),
        None => machine,
    })
}

fn azure_cli(chosen: &Chosen<'_>) -> Result<Made, ConfigError> {
    let cli = AzureCli::new();
    made(match chosen.get("tenant") {
        Some(tenant) => cli.tenant(tenant),
        None => cli,
    })
}

fn device_code(chosen: &Chosen<'_>) -> Result<Made, ConfigError> {
    let show = |prompt: &DevicePrompt| {
        eprintln!(
            "To sign in, open {} and enter the code {}",
            prompt.address, prompt.code
        );
    };
    issued!(chosen, DeviceCode::new(chosen.public_client(), show))
}

fn password(chosen: &Chosen<'_>) -> Result<Made, ConfigError> {
    let (user, password) = (chosen.text("user"), chosen.secret("password"));
    issued!(chosen, UserPassword::new(chosen.public_client(), user, password))
}

fn refresh_token(chosen: &Chosen<'_>) -> Result<Made, ConfigError> {
    let token = chosen.secret("refresh-token");
    issued!(chosen, RefreshToken::new(chosen.text("client-id"), token))
}

fn token(chosen: &Chosen<'_>) -> Result<Made, ConfigError> {
    made(StaticToken::new(chosen.secret("token")))
}
