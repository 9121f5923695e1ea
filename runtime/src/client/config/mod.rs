//! Which environment, and who the program is, from words: environment variables, a connection string, a project's file.

mod connection_string;
mod error;
mod kind;
mod setting;
mod variables;

use super::credential::{Credential, Secret};
use super::{Client, ClientBuilder, ClientError};
pub use error::ConfigError;
use setting::{Source, Values};
use std::sync::Arc;

/// The environment and the credential, ready to make a [`Client`].
///
/// A credential is named by its kind and made of settings. The same settings have a name each in files, in environment
/// variables and in connection strings:
///
/// | setting | environment variable | connection string |
/// |---|---|---|
/// | (the environment) | `DATAVERSE_URL` | `Url`, `ServiceUri`, `Server` |
/// | (the kind) | `DATAVERSE_CREDENTIAL` | `AuthType` |
/// | `client-id` | `AZURE_CLIENT_ID` | `ClientId`, `AppId`, `ApplicationId` |
/// | `client-secret` | `AZURE_CLIENT_SECRET` | `ClientSecret`, `Secret` |
/// | `certificate`: the path of a PEM or PFX file | `AZURE_CLIENT_CERTIFICATE_PATH` | `CertificatePath` |
/// | `certificate-password` | `AZURE_CLIENT_CERTIFICATE_PASSWORD` | `CertificatePassword` |
/// | `send-certificate-chain`: `true` or `false` | `AZURE_CLIENT_SEND_CERTIFICATE_CHAIN` | `SendCertificateChain` |
/// | `tenant` | `AZURE_TENANT_ID` | `TenantId` |
/// | `authority` | `AZURE_AUTHORITY_HOST`, with the tenant | `Authority` |
/// | `token-file` | `AZURE_FEDERATED_TOKEN_FILE` | `TokenFile` |
/// | `user` | `AZURE_USERNAME` | `UserName`, `UserId` |
/// | `password` | `AZURE_PASSWORD` | `Password` |
/// | `redirect-uri`: `http://localhost`, with a port | `DATAVERSE_REDIRECT_URI` | `RedirectUri`, `ReplyUrl` |
/// | `choose-account`: `true` or `false` | `DATAVERSE_CHOOSE_ACCOUNT` | `LoginPrompt=Always` |
/// | `refresh-token` | `DATAVERSE_REFRESH_TOKEN` | `RefreshToken` |
/// | `token` | `DATAVERSE_TOKEN` | `Token` |
///
/// | kind | settings it needs | settings it takes besides |
/// |---|---|---|
/// | `automatic` | | what [`Chain::of_this_machine`](super::credential::Chain::of_this_machine) reads |
/// | `client-secret` | `client-id`, `client-secret` | `tenant`, `authority` |
/// | `client-certificate` | `client-id`, `certificate` | `certificate-password`, `send-certificate-chain`, `tenant`, `authority` |
/// | `workload-identity` | `client-id`, `token-file` | `tenant`, `authority` |
/// | `github-actions` | `client-id` | `tenant`, `authority` |
/// | `managed-identity` | | `client-id` of a user-assigned one |
/// | `azure-cli` | | `tenant` |
/// | `browser` | | `client-id`, `user`, `redirect-uri`, `choose-account`, `refresh-token`, `tenant`, `authority` |
/// | `device-code` | | `client-id`, `tenant`, `authority` |
/// | `password` | `user`, `password` | `client-id`, `tenant`, `authority` |
/// | `refresh-token` | `client-id`, `refresh-token` | `tenant`, `authority` |
/// | `token` | `token` | |
/// | `none` | | |
///
/// Users sign in to the application that Microsoft publishes for development, unless `client-id` names another.
#[derive(Clone, Debug)]
pub struct ConnectSettings {
    environment: String,
    kind: &'static str,
    credential: Option<Arc<dyn Credential>>,
}

impl ConnectSettings {
    /// From environment variables: those of the table above, or one connection string in `DATAVERSE_CONNECTION_STRING`.
    ///
    /// Without `DATAVERSE_CREDENTIAL` it is `token` if `DATAVERSE_TOKEN` is set, and otherwise `automatic`.
    ///
    /// # Errors
    /// If a variable is missing or can't be used. The text names it.
    pub fn from_env() -> Result<Self, ConfigError> {
        Self::from_variables(|name| std::env::var(name).ok())
    }

    /// The same with variables from elsewhere.
    ///
    /// # Errors
    /// As [`from_env`](Self::from_env).
    pub fn from_variables(variable: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        variables::read(&variable)
    }

    /// For this environment, with the credential that the variables of [`from_env`](Self::from_env) tell of.
    ///
    /// # Errors
    /// As [`from_env`](Self::from_env).
    pub fn for_environment(environment: &str) -> Result<Self, ConfigError> {
        variables::read_for(environment, &|name| std::env::var(name).ok())
    }

    /// From a connection string in the form of Microsoft's SDK (Microsoft Learn, "Use connection strings in XRM tooling to
    /// connect to Microsoft Dataverse").
    ///
    /// `AuthType` is `ClientSecret`, `OAuth` or `Certificate` as there, or a kind of the table above. `OAuth` is a user: with
    /// `Password` by that, otherwise with the browser. Certificates are files. `RequireNewInstance` and `SkipDiscovery` have
    /// no meaning here and are passed over. Keys have any case. A value with `;` in it stands in quotes, single or double, and a quote in it is written twice.
    ///
    /// ```
    /// use dataverse_runtime::client::config::ConnectSettings;
    ///
    /// let settings = ConnectSettings::from_connection_string(
    ///     "AuthType=ClientSecret; Url=https://contoso.crm4.dynamics.com; \
    ///      ClientId=00001111-aaaa-2222-bbbb-3333cccc4444; ClientSecret='a;b'",
    /// )?;
    /// assert_eq!(settings.kind(), "client-secret");
    /// # Ok::<(), dataverse_runtime::client::config::ConfigError>(())
    /// ```
    ///
    /// # Errors
    /// If a key is unknown, missing, given twice or stands for something that isn't supported. The text names the key and
    /// says what to use; it repeats no value that may be a secret.
    pub fn from_connection_string(text: &str) -> Result<Self, ConfigError> {
        connection_string::settings(text, &|name| std::env::var(name).ok())
    }

    /// From the kind of a credential and its settings by name, as they stand in a file.
    ///
    /// A value `${NAME}`, and an environment of that form, stands for the environment variable of that name: a file that is
    /// checked in holds no secrets.
    ///
    /// ```
    /// use dataverse_runtime::client::config::ConnectSettings;
    ///
    /// let error = ConnectSettings::new(
    ///     "https://contoso.crm4.dynamics.com",
    ///     "client-secret",
    ///     [("client-id", "00001111-aaaa-2222-bbbb-3333cccc4444"), ("client-secret", "${CRM_DEV_SECRET}")],
    /// )
    /// .unwrap_err();
    /// assert_eq!(error.to_string(), "`client-secret` stands in the environment variable CRM_DEV_SECRET, which isn't set");
    /// ```
    ///
    /// # Errors
    /// If the kind or a setting is unknown, a setting is missing, or a variable isn't set.
    pub fn new<N: AsRef<str>, V: Into<Secret>>(
        environment: &str,
        kind: &str,
        settings: impl IntoIterator<Item = (N, V)>,
    ) -> Result<Self, ConfigError> {
        Self::with_variables(environment, kind, settings, |name| std::env::var(name).ok())
    }

    /// The same with variables from elsewhere.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn with_variables<N: AsRef<str>, V: Into<Secret>>(
        environment: &str,
        kind: &str,
        settings: impl IntoIterator<Item = (N, V)>,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, ConfigError> {
        let kind = kind::named(kind)?;
        let environment = setting::resolved("url", environment.into(), &variable)?;
        let mut values = Values::new(Source::Settings);
        for (name, value) in settings {
            let setting = kind.setting(name.as_ref())?;
            values.add(setting, setting::resolved(setting.name, value.into(), &variable)?)?;
        }
        Self::made(environment.reveal(), kind, &values, &variable)
    }

    fn made(
        environment: &str,
        kind: &'static kind::Kind,
        values: &Values,
        variable: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, ConfigError> {
        if environment.contains('@') {
            // Not repeated: it may hold a password.
            let reason = "an address holds no user and no password: give a credential";
            return Err(ConfigError::invalid("the environment's address", reason));
        }
        Ok(Self {
            environment: environment.to_owned(),
            kind: kind.name,
            credential: kind.make(values, variable)?,
        })
    }

    /// The names of all kinds of credentials.
    pub fn kinds() -> impl Iterator<Item = &'static str> {
        kind::KINDS.iter().map(|kind| kind.name)
    }

    /// Whether a setting of this name is a secret, which belongs in no file that is checked in.
    pub fn is_secret(setting: &str) -> bool {
        setting::named(setting).is_some_and(|setting| setting.secret)
    }

    /// The environment's address.
    pub fn environment(&self) -> &str {
        &self.environment
    }

    /// The kind of the credential.
    pub fn kind(&self) -> &'static str {
        self.kind
    }

    /// The credential. `None`: requests carry no token.
    pub fn credential(&self) -> Option<Arc<dyn Credential>> {
        self.credential.clone()
    }

    /// Begins a client, for more settings.
    pub fn builder(&self) -> ClientBuilder {
        let builder = Client::builder(&self.environment);
        match &self.credential {
            Some(credential) => builder.shared_credential(Arc::clone(credential)),
            None => builder,
        }
    }

    /// The client. Nothing is sent yet.
    ///
    /// # Errors
    /// As [`ClientBuilder::build`].
    pub fn client(&self) -> Result<Client, ClientError> {
        self.builder().build()
    }
}
