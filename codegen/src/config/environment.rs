//! The environments of the file.

use std::collections::BTreeMap;
use std::env;
use std::fmt;
use std::net::IpAddr;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::DeValue;

use super::credential::{self, CredentialSettings};
use super::section::Section;

/// The environment that there is where the file names none: the emulator on this machine.
pub const LOCAL: &str = "local";
/// Where the emulator listens unless told otherwise.
pub const LOCAL_URL: &str = "http://127.0.0.1:8014";

/// Whether an address is one of this machine: the service is never there, an emulator is.
#[must_use]
pub fn is_emulator(url: &str) -> bool {
    let Some((_, rest)) = url.split_once("://") else {
        return false;
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = match authority.strip_prefix('[') {
        Some(host) => host.split(']').next(),
        None => authority.split(':').next(),
    };
    host.is_some_and(|host| {
        let address = host.parse::<IpAddr>();
        host.eq_ignore_ascii_case("localhost") || address.is_ok_and(|address| address.is_loopback())
    })
}

/// An environment.
#[derive(Debug, Clone)]
pub struct Environment {
    /// Its address without a path.
    pub url: Setting,
    /// Who the program is there. Absent: requests carry no token, which a local emulator may allow.
    pub credential: Option<CredentialSettings>,
    /// The folder of its snapshot.
    pub snapshot: PathBuf,
}

/// A value that stands in the file, or the variable of the process that holds it.
#[derive(Clone, PartialEq, Eq)]
pub enum Setting {
    /// The value itself.
    Literal(String),
    /// The name of the variable.
    Variable(String),
}

/// A variable that the file names isn't set.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the environment variable `{name}` is not set")]
pub struct NoVariable {
    /// The variable.
    pub name: String,
}

impl Setting {
    /// The value. An empty variable counts as one that isn't set.
    ///
    /// # Errors
    /// Where the variable isn't set.
    pub fn value(&self) -> Result<String, NoVariable> {
        match self {
            Self::Literal(text) => Ok(text.clone()),
            Self::Variable(name) => env::var(name)
                .ok()
                .filter(|value| !value.trim().is_empty())
                .ok_or_else(|| NoVariable { name: name.clone() }),
        }
    }

    /// What `{ env = "NAME" }` or a text says. `None`: it is something else.
    pub(super) fn read(value: &Spanned<DeValue<'_>>) -> Option<Self> {
        match value.get_ref() {
            DeValue::String(text) if !text.trim().is_empty() => Some(Self::Literal(text.trim().to_owned())),
            DeValue::Table(table) if table.len() == 1 => match table.get("env")?.get_ref() {
                DeValue::String(name) if is_variable(name) => Some(Self::Variable(name.clone().into_owned())),
                _ => None,
            },
            _ => None,
        }
    }
}

fn is_variable(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

impl fmt::Display for Setting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Literal(text) => f.write_str(text),
            Self::Variable(name) => write!(f, "${name}"),
        }
    }
}

impl fmt::Debug for Setting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// What may stand where a variable may be named.
pub(super) const SETTING: &str = "a text, or the variable that holds it: { env = \"NAME\" }";

/// The environments. Without any there is the emulator on this machine.
pub(super) fn read(root: &Section<'_>, folder: &Path) -> BTreeMap<String, Environment> {
    let mut environments = BTreeMap::new();
    let sections = root.sections("environments");
    if sections.is_empty() {
        let local = Environment {
            url: Setting::Literal(LOCAL_URL.to_owned()),
            credential: None,
            snapshot: folder.join("schema").join(LOCAL),
        };
        environments.insert(LOCAL.to_owned(), local);
    }
    for (name, section) in sections {
        if !is_name(name) {
            let help = "letters, digits, `-` and `_`: it is a folder's name too".to_owned();
            section.lacks(&format!("`{name}` can't be the name of an environment"), help);
        }
        let environment = Environment {
            url: url(&section).unwrap_or_else(|| Setting::Literal(String::new())),
            credential: credential::read(&section),
            snapshot: folder.join(
                section
                    .text("snapshot")
                    .map_or_else(|| Path::new("schema").join(name), PathBuf::from),
            ),
        };
        section.finish();
        environments.insert(name.to_owned(), environment);
    }
    environments
}

fn is_name(name: &str) -> bool {
    let legal = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    !name.is_empty() && name.chars().all(legal)
}

fn url(section: &Section<'_>) -> Option<Setting> {
    const EXAMPLE: &str = "url = \"https://contoso.crm4.dynamics.com\"";
    let Some(value) = section.table().get("url") else {
        section.lacks("it has no `url`", format!("give its address: {EXAMPLE}"));
        return None;
    };
    let setting = Setting::read(value);
    match &setting {
        None => section.problem("url", &format!("`url` is {SETTING}"), None),
        Some(Setting::Literal(text)) => {
            let rest = text
                .strip_prefix("https://")
                .or_else(|| text.strip_prefix("http://"));
            match rest {
                Some(host) if host.contains('@') => section.problem(
                    "url",
                    "an address holds no user and no password",
                    Some("give a credential in a section of its own".to_owned()),
                ),
                Some(host) if !host.is_empty() => {}
                _ => section.problem(
                    "url",
                    &format!("`{text}` is no address of an environment"),
                    Some(EXAMPLE.to_owned()),
                ),
            }
        }
        Some(Setting::Variable(_)) => {}
    }
    setting
}
