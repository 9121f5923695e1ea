//! Why there is no token, and what to do.

use super::TokenRequest;

/// No token could be had.
#[derive(Clone, Debug, thiserror::Error)]
#[error("no token for {resource}: {reason}")]
pub struct CredentialError {
    /// The environment's address.
    pub resource: String,
    /// What kind of failure it is.
    pub kind: CredentialFailure,
    /// Why, and what to do.
    pub reason: String,
}

/// Kinds of failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CredentialFailure {
    /// The credential isn't set up on this machine.
    Unavailable,
    /// Nobody answered, or with nothing that could be read.
    Unreachable,
    /// The issuer of tokens refused, with the number of its message `AADSTS…` where it gave one.
    Refused(Option<u32>),
}

impl CredentialError {
    /// A failure of this kind.
    pub fn new(request: &TokenRequest, kind: CredentialFailure, reason: impl Into<String>) -> Self {
        Self {
            resource: request.resource.clone(),
            kind,
            reason: reason.into(),
        }
    }

    /// The credential isn't set up here.
    pub(super) fn unavailable(request: &TokenRequest, reason: impl Into<String>) -> Self {
        Self::new(request, CredentialFailure::Unavailable, reason)
    }

    /// Nobody answered in a way that could be understood.
    pub(super) fn unreachable(request: &TokenRequest, reason: impl Into<String>) -> Self {
        Self::new(request, CredentialFailure::Unreachable, reason)
    }
}

/// What to do about a refusal (Microsoft Learn, "Microsoft Entra authentication and authorization error codes").
pub(super) fn advice(code: u32) -> Option<&'static str> {
    Some(match code {
        7_000_215 => "the secret is wrong: give the secret's value, not its id",
        7_000_222 => "the secret has expired: make a new one in the app registration",
        700_027 => {
            "the app registration doesn't know this certificate: upload it there, or send its chain where it is known by subject \
             name and issuer"
        }
        700_023 | 700_024 => "the signed statement isn't valid there and then: check authority and clock",
        50_011 => {
            "the app registration lacks the redirect address http://localhost: add it under mobile and desktop applications"
        }
        50_013 => "the user's token is no valid token, or has expired",
        500_131 => "the user's token was issued for another application: its audience has to be this service",
        65_004 => "the user declined to consent to the application",
        700_016 => "the tenant doesn't know this application: check client id and tenant",
        90_002 => "there is no such tenant: check the tenant's id",
        50_034 => "the tenant doesn't know this user",
        50_126 => "user name or password are wrong",
        50_076 | 50_079 => "the user has to pass multi-factor authentication: sign in interactively",
        65_001 => "nobody has consented to the application's permission to use Dataverse as the user",
        7_000_218 => "the app registration wants a secret: allow public client flows, or give a secret",
        500_011 => "the tenant doesn't know this environment: check the environment's address and the tenant",
        70_008 | 700_082 | 50_173 => "the sign-in has expired or was revoked: sign in again",
        70_021 | 700_213 => {
            "no federated credential of the app registration matches issuer, subject and audience"
        }
        53_003 => "a conditional access policy blocks the sign-in",
        _ => return None,
    })
}
