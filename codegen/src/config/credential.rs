//! Credentials of the file: a kind and its settings, where a secret is always a variable's name.

use std::borrow::Cow;
use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::environment::{SETTING, Setting};
use super::section::Section;
use crate::nearest::nearest;

/// Who the program is in an environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CredentialSettings {
    /// The kind, one of [`KINDS`].
    pub kind: String,
    /// The settings of that kind, by key.
    pub settings: BTreeMap<String, Setting>,
}

/// A kind of credential.
#[derive(Debug)]
pub struct Kind {
    /// Its name in the file.
    pub name: &'static str,
    /// Its settings.
    pub keys: &'static [KindKey],
}

/// A setting of a kind of credential.
#[derive(Debug)]
pub struct KindKey {
    /// Its name in the file.
    pub name: &'static str,
    /// Whether the kind can't do without it.
    pub required: bool,
    /// Whether it has to be kept from others: then the file may only name a variable.
    pub secret: bool,
}

const fn needs(name: &'static str) -> KindKey {
    KindKey {
        name,
        required: true,
        secret: false,
    }
}

const fn may(name: &'static str) -> KindKey {
    KindKey {
        name,
        required: false,
        secret: false,
    }
}

const fn secret(name: &'static str) -> KindKey {
    KindKey {
        name,
        required: true,
        secret: true,
    }
}

const fn may_secret(name: &'static str) -> KindKey {
    KindKey {
        name,
        required: false,
        secret: true,
    }
}

/// The kinds of credentials.
pub const KINDS: &[Kind] = &[
    Kind {
        name: "automatic",
        keys: &[],
    },
    Kind {
        name: "client-secret",
        keys: &[
            needs("client-id"),
            secret("client-secret"),
            may("tenant"),
            may("authority"),
        ],
    },
    Kind {
        name: "client-certificate",
        keys: &[
            needs("client-id"),
            needs("certificate"),
            may_secret("certificate-password"),
            may("send-certificate-chain"),
            may("tenant"),
            may("authority"),
        ],
    },
    Kind {
        name: "github-actions",
        keys: &[needs("client-id"), may("tenant"), may("authority")],
    },
    Kind {
        name: "workload-identity",
        keys: &[
            needs("client-id"),
            needs("token-file"),
            may("tenant"),
            may("authority"),
        ],
    },
    Kind {
        name: "managed-identity",
        keys: &[may("client-id")],
    },
    Kind {
        name: "azure-cli",
        keys: &[may("tenant")],
    },
    Kind {
        name: "browser",
        keys: &[
            may("client-id"),
            may("user"),
            may("redirect-uri"),
            may("choose-account"),
            may_secret("refresh-token"),
            may("tenant"),
            may("authority"),
        ],
    },
    Kind {
        name: "device-code",
        keys: &[may("client-id"), may("tenant"), may("authority")],
    },
    Kind {
        name: "refresh-token",
        keys: &[
            needs("client-id"),
            secret("refresh-token"),
            may("tenant"),
            may("authority"),
        ],
    },
    Kind {
        name: "password",
        keys: &[
            needs("user"),
            secret("password"),
            may("client-id"),
            may("tenant"),
            may("authority"),
        ],
    },
    Kind {
        name: "token",
        keys: &[secret("token")],
    },
    Kind {
        name: "none",
        keys: &[],
    },
];

/// The credential of an environment's section.
pub(super) fn read(environment: &Section<'_>) -> Option<CredentialSettings> {
    let value = environment.table().get("credential")?;
    let DeValue::Table(table) = value.get_ref() else {
        let help = "credential = { kind = \"azure-cli\" }".to_owned();
        environment.problem("credential", "`credential` is a table with a `kind`", Some(help));
        return None;
    };
    let kind = kind(environment, table)?;
    let settings = table
        .iter()
        .filter(|(key, _)| key.get_ref() != "kind")
        .filter_map(|(key, value)| setting(environment, kind, key, value))
        .collect();
    for needed in kind.keys.iter().filter(|key| key.required) {
        if table.get(needed.name).is_none() {
            let message = format!(
                "a credential of the kind \"{}\" needs `{}`",
                kind.name, needed.name
            );
            environment.problem("credential", &message, Some(needed.example()));
        }
    }
    Some(CredentialSettings {
        kind: kind.name.to_owned(),
        settings,
    })
}

/// The kind that a credential names.
fn kind(environment: &Section<'_>, credential: &DeTable<'_>) -> Option<&'static Kind> {
    let kinds = || KINDS.iter().map(|kind| kind.name);
    let all = || format!("the kinds are {}", kinds().collect::<Vec<_>>().join(", "));
    let Some(named) = credential.get("kind") else {
        environment.problem("credential", "the credential has no `kind`", Some(all()));
        return None;
    };
    let DeValue::String(name) = named.get_ref() else {
        environment.problem_at(named.span(), "`kind` is a text in quotes", Some(all()));
        return None;
    };
    let found = KINDS.iter().find(|kind| kind.name == name.as_ref());
    if found.is_none() {
        let near = nearest(name, kinds());
        let help = near.map_or_else(all, |near| format!("did you mean \"{near}\"?"));
        let message = format!("there is no credential of the kind \"{name}\"");
        environment.problem_at(named.span(), &message, Some(help));
    }
    found
}

/// One setting of a credential of this kind.
fn setting(
    environment: &Section<'_>,
    kind: &Kind,
    key: &Spanned<Cow<'_, str>>,
    value: &Spanned<DeValue<'_>>,
) -> Option<(String, Setting)> {
    let Some(known) = kind.keys.iter().find(|known| known.name == key.get_ref()) else {
        let names = || kind.keys.iter().map(|key| key.name);
        let help = match nearest(key.get_ref(), names()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if kind.keys.is_empty() => "it has no settings".to_owned(),
            None => format!("it has {}", names().collect::<Vec<_>>().join(", ")),
        };
        let message = format!(
            "a credential of the kind \"{}\" has no `{}`",
            kind.name,
            key.get_ref()
        );
        environment.problem_at(key.span(), &message, Some(help));
        return None;
    };
    match Setting::read(value) {
        Some(Setting::Literal(_)) if known.secret => {
            let message = format!(
                "`{}` is a secret, and secrets don't stand in this file",
                known.name
            );
            let help = format!("name the variable that holds it: {}", known.example());
            environment.problem_at(value.span(), &message, Some(help));
            None
        }
        Some(setting) => Some((known.name.to_owned(), setting)),
        None => {
            environment.problem_at(value.span(), &format!("`{}` is {SETTING}", known.name), None);
            None
        }
    }
}

impl KindKey {
    /// How it may stand in the file.
    fn example(&self) -> String {
        if self.secret {
            let variable = self.name.to_ascii_uppercase().replace('-', "_");
            format!("{} = {{ env = \"CRM_{variable}\" }}", self.name)
        } else {
            format!("{} = \"...\"", self.name)
        }
    }
}
