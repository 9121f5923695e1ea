//! Settings from a connection string of Microsoft's SDK.

use super::setting::{self, Setting, Source, Values};
use super::{ConfigError, ConnectSettings, kind};

/// The names of the environment's address.
const URL: [&str; 4] = ["Url", "ServiceUri", "Service Uri", "Server"];

/// The names of the kind of credential.
const KIND: [&str; 2] = ["AuthType", "AuthenticationType"];

/// Keys that say how the SDK itself works, which no other client needs to know.
const WITHOUT_MEANING: [&str; 2] = ["RequireNewInstance", "SkipDiscovery"];

const PROMPT: [&str; 1] = ["LoginPrompt"];

/// What the string says besides settings.
#[derive(Default)]
struct Said {
    url: Option<String>,
    kind: Option<String>,
    prompt: Prompt,
    settings: Vec<(&'static Setting, String, String)>,
}

/// Whether a user is asked (`LoginPrompt`).
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Prompt {
    Always,
    #[default]
    Auto,
    Never,
}

pub(super) fn settings(
    text: &str,
    variable: &dyn Fn(&str) -> Option<String>,
) -> Result<ConnectSettings, ConfigError> {
    let mut said = Said::default();
    for (key, value) in pairs(text)? {
        said.take(key, value)?;
    }
    let Some(url) = said.url.filter(|url| !url.trim().is_empty()) else {
        return Err(ConfigError::NoEnvironment {
            place: "the connection string's key `Url`",
        });
    };
    let password = said
        .settings
        .iter()
        .any(|(setting, ..)| setting.name == "password");
    let kind = kind_of(said.kind.as_deref(), password, said.prompt)?;
    let mut values = Values::new(Source::ConnectionString);
    if kind.name == "browser" && said.prompt == Prompt::Always {
        said.settings
            .extend(setting::named("choose-account").map(|asks| (asks, String::new(), "true".to_owned())));
    }
    if kind.name == "password" {
        // The SDK's own strings name it, and no browser comes back here.
        said.settings
            .retain(|(setting, ..)| setting.name != "redirect-uri");
    }
    for (setting, key, value) in said.settings {
        if !kind.takes(setting) {
            return Err(kind.unknown(&key));
        }
        values.add(setting, value.into())?;
    }
    ConnectSettings::made(url.trim(), kind, &values, variable)
}

impl Said {
    fn take(&mut self, key: String, value: String) -> Result<(), ConfigError> {
        let is = |names: &[&str]| names.iter().any(|name| name.eq_ignore_ascii_case(&key));
        let once = |place: &mut Option<String>| match place.replace(value.clone()) {
            None => Ok(()),
            Some(_) => Err(ConfigError::Twice {
                setting: format!("the connection string's key `{key}`"),
            }),
        };
        if is(&URL) {
            once(&mut self.url)
        } else if is(&KIND) {
            once(&mut self.kind)
        } else if is(&WITHOUT_MEANING) {
            Ok(())
        } else if is(&PROMPT) {
            self.prompt = match value.to_ascii_lowercase().as_str() {
                "always" => Prompt::Always,
                "auto" => Prompt::Auto,
                "never" => Prompt::Never,
                _ => {
                    return Err(ConfigError::invalid(
                        "the connection string's key `LoginPrompt`",
                        "expected `Auto`, `Always` or `Never`",
                    ));
                }
            };
            Ok(())
        } else if let Some(setting) = setting::of_key(&key) {
            self.settings.push((setting, key, value));
            Ok(())
        } else if key.len() <= 30 && key.chars().all(|c| c.is_ascii_alphabetic() || c == ' ') {
            let advice = advice(&key);
            Err(ConfigError::Key { key, advice })
        } else {
            // It may be the end of a secret with `;` in it.
            Err(ConfigError::Key {
                key: "(not shown)".to_owned(),
                advice: "no key looks like it. A value with `;` in it has to stand in quotes".to_owned(),
            })
        }
    }
}

fn advice(key: &str) -> String {
    let advice = match key.to_ascii_lowercase().as_str() {
        "thumbprint" | "certificatethumbprint" | "storename" | "certificatestorename" => {
            "certificates are read from files: give the path of a PEM or PFX file as `CertificatePath`, and \
             `CertificatePassword` where it has one"
        }
        "tokencachestorepath" => {
            "nothing is written to disk. Leave it out, and keep the refresh token yourself with `on_renewed`"
        }
        "integrated security" => {
            "there is no sign-in by Windows: use `AuthType=AzureCli` for the developer's own user"
        }
        "domain" | "homerealmuri" | "home realm uri" => {
            "it belongs to environments on premises, which have no such Web API"
        }
        _ => {
            "check its spelling. Known are `Url`, `AuthType` and those of the table in the documentation of `ConnectSettings`"
        }
    };
    advice.to_owned()
}

fn kind_of(name: Option<&str>, password: bool, prompt: Prompt) -> Result<&'static kind::Kind, ConfigError> {
    let unsupported = |advice: &str| {
        Err(ConfigError::Key {
            key: format!("AuthType={}", name.unwrap_or_default()),
            advice: advice.to_owned(),
        })
    };
    match name.unwrap_or_default().trim().to_ascii_lowercase().as_str() {
        "" => unsupported("say who the program is, with `AuthType=ClientSecret`, `Certificate` or `OAuth`"),
        "office365" => {
            unsupported("Microsoft has retired it: use `AuthType=OAuth`, or `ClientSecret` for services")
        }
        "ad" | "ifd" | "claims" => {
            unsupported("it belongs to environments on premises, which have no such Web API")
        }
        "externaltokenmanagement" => unsupported(
            "give a credential of your own to `Client::builder`, or a token with `AuthType=Token;Token=...`",
        ),
        "oauth" if password && prompt != Prompt::Always => kind::named("password"),
        "oauth" if prompt == Prompt::Never => Err(ConfigError::invalid(
            "the connection string's key `LoginPrompt`",
            "without a sign-in it needs `Password`: use `AuthType=ClientSecret` for services",
        )),
        "oauth" => kind::named("browser"),
        "certificate" => kind::named("client-certificate"),
        _ => kind::named(name.unwrap_or_default()),
    }
}

/// The pairs of the string: `key=value;`, where a value may stand in quotes.
fn pairs(text: &str) -> Result<Vec<(String, String)>, ConfigError> {
    let mut found = Vec::new();
    let mut rest = text;
    let mut part = 0;
    loop {
        rest = rest.trim_start_matches(|c: char| c == ';' || c.is_whitespace());
        if rest.is_empty() {
            return Ok(found);
        }
        part += 1;
        let unreadable = |reason| ConfigError::Unreadable { part, reason };
        let (key, after) = rest
            .split_once('=')
            .filter(|(key, _)| !key.contains(';') && !key.trim().is_empty())
            .ok_or_else(|| unreadable("expected `key=value`"))?;
        let after = after.trim_start();
        let (value, after) = match after.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                quoted(&after[1..], quote).ok_or_else(|| unreadable("the quoted value has no end"))?
            }
            _ => {
                let end = after.find(';').unwrap_or(after.len());
                (after[..end].trim().to_owned(), &after[end..])
            }
        };
        let after = after.trim_start();
        if !(after.is_empty() || after.starts_with(';')) {
            return Err(unreadable("expected `;` after the quoted value"));
        }
        found.push((key.trim().to_owned(), value));
        rest = after;
    }
}

/// The value up to the closing quote, and what follows. A quote written twice is one of the value.
fn quoted(text: &str, quote: char) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut rest = text;
    loop {
        let end = rest.find(quote)?;
        value.push_str(&rest[..end]);
        rest = &rest[end + 1..];
        match rest.strip_prefix(quote) {
            Some(after) => {
                value.push(quote);
                rest = after;
            }
            None => return Some((value, rest)),
        }
    }
}
