//! What token endpoints answer.

use super::error::advice;
use super::{CredentialError, CredentialFailure, Secret, Token, TokenRequest};
use serde::Deserialize;
use std::time::{Duration, SystemTime};

/// A token, and what it is renewed with if a user has signed in.
#[derive(Debug)]
pub(super) struct Issued {
    pub(super) token: Token,
    pub(super) refresh: Option<Secret>,
}

/// Seconds are a number, or the text of one: the older endpoints write texts.
#[derive(Deserialize)]
#[serde(untagged)]
enum Seconds {
    Number(f64),
    Text(String),
}

impl Seconds {
    fn duration(&self) -> Option<Duration> {
        let seconds = match self {
            Self::Number(number) => *number,
            Self::Text(text) => text.trim().parse().ok()?,
        };
        Duration::try_from_secs_f64(seconds).ok()
    }
}

#[derive(Deserialize)]
struct Body {
    #[serde(alias = "accessToken")]
    access_token: Option<String>,
    refresh_token: Option<String>,
    expires_in: Option<Seconds>,
    expires_on: Option<Seconds>,
}

#[derive(Deserialize)]
struct Refusal {
    error: String,
    #[serde(default)]
    error_description: String,
    #[serde(default)]
    error_codes: Vec<u32>,
}

/// The token in an answer of status 200.
pub(super) fn token(request: &TokenRequest, body: &[u8]) -> Result<Issued, CredentialError> {
    let unreadable = |what: String| CredentialError::unreachable(request, what);
    let body: Body = serde_json::from_slice(body)
        .map_err(|error| unreadable(format!("the answer holds no token: {}", place(&error))))?;
    let Some(secret) = body.access_token.filter(|token| !token.is_empty()) else {
        return Err(unreadable("the answer holds no `access_token`".to_owned()));
    };
    let now = SystemTime::now();
    let within = body
        .expires_in
        .and_then(|seconds| now.checked_add(seconds.duration()?));
    let at = body
        .expires_on
        .and_then(|seconds| SystemTime::UNIX_EPOCH.checked_add(seconds.duration()?));
    let Some(expires_at) = within.or(at) else {
        return Err(unreadable(
            "the answer doesn't say when the token expires".to_owned(),
        ));
    };
    Ok(Issued {
        token: Token::new(secret, expires_at),
        refresh: body.refresh_token.map(Secret::from),
    })
}

/// What went wrong, without the text: it may hold a token.
fn place(error: &serde_json::Error) -> String {
    format!("no such JSON at line {}, column {}", error.line(), error.column())
}

/// The word of a refusal, such as `authorization_pending`.
pub(super) fn refusal_word(body: &[u8]) -> Option<String> {
    serde_json::from_slice::<Refusal>(body)
        .ok()
        .map(|refusal| refusal.error)
}

/// A refusal in words: the issuer's first line, and what to do about it.
pub(super) fn refusal(request: &TokenRequest, status: u16, body: &[u8]) -> CredentialError {
    let Ok(refusal) = serde_json::from_slice::<Refusal>(body) else {
        return CredentialError::unreachable(
            request,
            format!(
                "the token endpoint answered {status} and {}",
                crate::error::shortened(&String::from_utf8_lossy(body))
            ),
        );
    };
    let code = refusal.error_codes.first().copied();
    described(request, code, &refusal.error, &refusal.error_description)
}

/// A refusal that came by the browser. Its number stands in the text alone.
pub(super) fn told(request: &TokenRequest, word: &str, description: &str) -> CredentialError {
    let number = description.split_once("AADSTS").map(|(_, rest)| {
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        rest[..end].parse()
    });
    let code = number.and_then(Result::ok);
    described(request, code, word, description)
}

fn described(request: &TokenRequest, code: Option<u32>, word: &str, description: &str) -> CredentialError {
    let line = description.lines().next().unwrap_or_default().trim();
    let line: String = line.chars().take(500).collect();
    let mut reason = if line.is_empty() { word.to_owned() } else { line };
    let advice = code.and_then(advice).or(match word {
        "access_denied" => Some("the user declined to sign in"),
        _ => None,
    });
    if let Some(advice) = advice {
        reason = format!("{advice} ({reason})");
    }
    CredentialError::new(request, CredentialFailure::Refused(code), reason)
}
