//! Looks at the connection to an environment step by step, and says of each thing that is wrong what to do.

mod metadata;
mod user;

use std::time::{Duration, Instant};

use dataverse_runtime::message::{Origin, Request, Response};
use dataverse_runtime::{Client, Code, Error};
use http::Method;
use serde_json::Value;

use crate::config::{Config, Environment};
use crate::fetch::error::with_causes;
use crate::fetch::{FetchError, block_on, client};

/// How something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// As it should be.
    Fine,
    /// It can't be told.
    Unknown,
    /// It works, but not as well as it could.
    Hint,
    /// It doesn't work.
    Wrong,
}

/// Something that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What.
    pub what: &'static str,
    /// How it is.
    pub state: State,
    /// What was found.
    pub found: String,
    /// What to do.
    pub advice: Option<String>,
}

impl Finding {
    fn fine(what: &'static str, found: impl Into<String>) -> Self {
        Self {
            what,
            state: State::Fine,
            found: found.into(),
            advice: None,
        }
    }

    fn unknown(what: &'static str, found: impl Into<String>) -> Self {
        Self {
            state: State::Unknown,
            ..Self::fine(what, found)
        }
    }

    fn hint(what: &'static str, found: impl Into<String>, advice: impl Into<String>) -> Self {
        Self {
            state: State::Hint,
            advice: Some(advice.into()),
            ..Self::fine(what, found)
        }
    }

    fn wrong(what: &'static str, found: impl Into<String>, advice: impl Into<String>) -> Self {
        Self {
            state: State::Wrong,
            ..Self::hint(what, found, advice)
        }
    }
}

/// Looks at an environment of `dataverse.toml`.
///
/// # Errors
/// Where there is no such environment, or no threads can be started. What is wrong with the environment is a finding.
pub fn examine(config: &Config, name: &str) -> Result<Vec<Finding>, FetchError> {
    let environment = config.environment(name)?;
    block_on(look(config, environment))
}

async fn look(config: &Config, environment: &Environment) -> Vec<Finding> {
    let mut findings = vec![address(environment)];
    let client = match client(environment) {
        Ok(client) => client,
        Err(error) => {
            let advice = "set the variable, or correct the environment's section in dataverse.toml";
            findings.push(Finding::wrong("settings", error.to_string(), advice));
            return findings;
        }
    };
    let service = Service { client };
    let Some(who) = service.who(environment, &mut findings).await else {
        return findings;
    };
    findings.push(service.version().await);
    findings.push(service.latency().await);
    if let Some(user) = who.get("UserId").and_then(Value::as_str) {
        findings.extend(user::look(&service, user).await);
    }
    findings.extend(metadata::look(&service, config).await);
    findings
}

fn address(environment: &Environment) -> Finding {
    match environment.url.value() {
        Ok(url) => Finding::fine("address", url),
        Err(error) => Finding::wrong("address", error.to_string(), "set the variable"),
    }
}

/// The environment.
struct Service {
    client: Client,
}

impl Service {
    async fn get(&self, path: &str, operation: &'static str) -> Result<Response, Error> {
        let origin = Origin {
            operation,
            table: None,
        };
        self.client.execute(Request::new(Method::GET, path, origin)).await
    }

    async fn json(&self, path: &str, operation: &'static str) -> Result<Value, Error> {
        let answer = self.get(path, operation).await?;
        Ok(serde_json::from_slice(&answer.body).unwrap_or_default())
    }

    async fn ask(&self, request: Request) -> Result<Value, Error> {
        let answer = self.client.execute(request).await?;
        Ok(serde_json::from_slice(&answer.body).unwrap_or_default())
    }

    /// Whether the program gets in, as whom, and what the service says of its limits.
    async fn who(&self, environment: &Environment, findings: &mut Vec<Finding>) -> Option<Value> {
        let kind = match &environment.credential {
            Some(credential) => credential.kind.as_str(),
            None => "none",
        };
        match self.get("WhoAmI", "WhoAmI").await {
            Ok(answer) => {
                let who: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
                if !who.get("UserId").is_some_and(Value::is_string) {
                    findings.push(something_else(kind, &answer));
                    return None;
                }
                let id = |name: &str| {
                    who.get(name)
                        .and_then(Value::as_str)
                        .unwrap_or("unknown")
                        .to_owned()
                };
                findings.push(Finding::fine(
                    "sign-in",
                    format!(
                        "credential `{kind}`: user {}, organization {}",
                        id("UserId"),
                        id("OrganizationId")
                    ),
                ));
                findings.push(limits(&answer));
                Some(who)
            }
            Err(error) => {
                findings.push(refused(kind, &error));
                None
            }
        }
    }

    async fn version(&self) -> Finding {
        const WHAT: &str = "version";
        match self.json("RetrieveVersion()", "RetrieveVersion").await {
            Ok(answer) => {
                let version = answer.get("Version").and_then(Value::as_str).unwrap_or_default();
                if version.starts_with("9.") {
                    Finding::fine(WHAT, version)
                } else {
                    let advice = "this program is made for version 9.2: what it generates may not fit";
                    Finding::hint(WHAT, format!("{version:?}"), advice)
                }
            }
            Err(error) => Finding::unknown(WHAT, error.to_string()),
        }
    }

    /// How long a small request takes, with the connection open.
    async fn latency(&self) -> Finding {
        const WHAT: &str = "latency";
        const TIMES: usize = 5;
        let mut times = Vec::with_capacity(TIMES);
        for _ in 0..TIMES {
            let start = Instant::now();
            if self.get("WhoAmI", "WhoAmI").await.is_err() {
                return Finding::unknown(WHAT, "a request that went well before has failed");
            }
            times.push(start.elapsed());
        }
        times.sort();
        let middle = times[TIMES / 2];
        let found = format!("{} ms for a small request", middle.as_millis());
        if middle > Duration::from_millis(400) {
            let advice = "the environment is far away or busy: run the program in its region, and send requests side by side";
            Finding::hint(WHAT, found, advice)
        } else {
            Finding::fine(WHAT, found)
        }
    }
}

/// What the headers say of the protection limits (Microsoft Learn, "Service protection API limits").
fn limits(answer: &Response) -> Finding {
    const WHAT: &str = "limits";
    let header = |name: &str| answer.header(name);
    let remaining = header("x-ms-ratelimit-burst-remaining-xrm-requests");
    let time = header("x-ms-ratelimit-time-remaining-xrm-requests");
    let hint = header("x-ms-dop-hint");
    let mut told = Vec::new();
    told.extend(remaining.map(|count| format!("{count} requests left of the present five minutes")));
    told.extend(time.map(|seconds| format!("{seconds} seconds of work left")));
    told.extend(hint.map(|count| format!("{count} requests at once recommended")));
    if told.is_empty() {
        return Finding::unknown(WHAT, "the environment doesn't say");
    }
    let scarce = remaining
        .and_then(|text| text.replace(',', "").parse::<f64>().ok())
        .is_some_and(|count| count < 600.0);
    if scarce {
        let advice = "others use the same user: wait, or give this program a user of its own";
        Finding::hint(WHAT, told.join(", "), advice)
    } else {
        Finding::fine(WHAT, told.join(", "))
    }
}

/// Somebody else answered: a sign-in page, a proxy, another site.
fn something_else(kind: &str, answer: &Response) -> Finding {
    let form = answer.header("content-type").unwrap_or("no known form");
    let found = format!("credential `{kind}`: WhoAmI was answered in {form}, without a user");
    Finding::wrong("sign-in", found, ELSEWHERE)
}

const ELSEWHERE: &str = "this isn't the Web API, but perhaps a sign-in page or a proxy: check that the address is the environment's own, such as \
     https://contoso.crm4.dynamics.com";

/// Why the program doesn't get in, and what to do.
fn refused(kind: &str, error: &Error) -> Finding {
    const WHAT: &str = "sign-in";
    let found = format!("credential `{kind}`: {}", with_causes(error));
    let advice = match error {
        Error::Credential(_) if kind == "azure-cli" => "sign in with `az login`",
        Error::Credential(_) => {
            "check the credential's settings and the variables that they name; a secret may have expired"
        }
        Error::Transport(_) if found.contains("certificate") => {
            "nobody whom this machine trusts vouches for the address: check it; where a proxy or an emulator has a \
             certificate of its own, SSL_CERT_FILE names a file with it"
        }
        Error::Transport(_) => "check the address, the network and proxies; an emulator has to be running",
        Error::Service(refused) => match refused.status().as_u16() {
            401 if kind == "none" => "the environment wants a token: give it a credential in dataverse.toml",
            401 => {
                "the token is not for this environment: check the tenant, and that the address is the environment's own"
            }
            300..=399 => ELSEWHERE,
            403 if refused.code() == Some(Code::PRIVILEGE_DENIED) => {
                "give the user a security role that grants the privilege, in the Power Platform admin center"
            }
            403 => {
                "the user isn't a member: in the Power Platform admin center make an application user for the client id, \
                 and give it a security role"
            }
            404 => "there is no Web API at this address: check it",
            429 => "the user has used up its limits: wait",
            _ => "look the message up; the service's health is told in the Microsoft 365 admin center",
        },
        _ => "look the message up",
    };
    Finding::wrong(WHAT, found, advice)
}
