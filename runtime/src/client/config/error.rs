//! What is wrong with settings, and what to do. No text repeats a value: it may be a secret.

/// Settings that no client can be made of.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// Nothing says which environment.
    #[error(
        "the environment isn't named: set {place} to an address such as https://contoso.crm4.dynamics.com"
    )]
    NoEnvironment {
        /// What to set.
        place: &'static str,
    },
    /// There is no such kind of credential.
    #[error("there is no credential of the kind `{kind}`: use one of {known}")]
    UnknownKind {
        /// What was written.
        kind: String,
        /// All kinds.
        known: String,
    },
    /// The kind of credential has no such setting.
    #[error("a credential of the kind `{kind}` has no setting `{setting}`: it takes {known}")]
    UnknownSetting {
        /// The kind.
        kind: &'static str,
        /// What was written.
        setting: String,
        /// The settings that it takes.
        known: String,
    },
    /// A setting is missing.
    #[error("a credential of the kind `{kind}` needs {setting}, which isn't set")]
    Missing {
        /// The kind.
        kind: &'static str,
        /// The setting, as it is called where the settings come from.
        setting: String,
    },
    /// A setting is given twice, perhaps under two of its names.
    #[error("{setting} is given twice: keep one")]
    Twice {
        /// The setting.
        setting: String,
    },
    /// A setting refers to an environment variable that isn't there.
    #[error("`{setting}` stands in the environment variable {variable}, which isn't set")]
    Unset {
        /// The setting.
        setting: String,
        /// The variable.
        variable: String,
    },
    /// A setting can't be used.
    #[error("{setting} can't be used: {reason}")]
    Invalid {
        /// The setting.
        setting: String,
        /// What is wrong, and what to do.
        reason: String,
    },
    /// A connection string has a key that isn't supported.
    #[error("the connection string's key `{key}` isn't supported: {advice}")]
    Key {
        /// The key.
        key: String,
        /// What to use instead.
        advice: String,
    },
    /// A connection string isn't written as one.
    #[error("the connection string can't be read, in its part {part}: {reason}")]
    Unreadable {
        /// Which of the parts between `;`, from 1.
        part: usize,
        /// What is wrong.
        reason: &'static str,
    },
}

impl ConfigError {
    pub(super) fn invalid(setting: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::Invalid {
            setting: setting.into(),
            reason: reason.into(),
        }
    }
}
