//! Access tokens: signed, so that a forged one is recognised.

use super::Identity;
use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// The longest token that is read.
const LONGEST: usize = 16_384;

/// What tokens are signed with. Each emulator has its own.
#[derive(Debug)]
pub(super) struct Key(hmac::Key);

impl Key {
    /// `None` if the machine has no source of random numbers.
    pub(super) fn generate() -> Option<Self> {
        let mut bytes = [0_u8; 32];
        aws_lc_rs::rand::fill(&mut bytes).ok()?;
        Some(Self(hmac::Key::new(hmac::HMAC_SHA256, &bytes)))
    }
}

/// What an access token says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Claims {
    /// For whom it is: the origin of an environment.
    pub(super) aud: String,
    pub(super) iss: String,
    pub(super) iat: u64,
    pub(super) nbf: u64,
    pub(super) exp: u64,
    pub(super) appid: String,
    /// The person's object id, or for the application alone its client id.
    pub(super) oid: String,
    /// `app` if no person has signed in.
    pub(super) idtyp: String,
    pub(super) tid: String,
    #[serde(default)]
    pub(super) scp: Option<String>,
}

/// A token that a test wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenSpec {
    /// The audience.
    pub audience: String,
    /// The client id of the application.
    pub client_id: String,
    /// The object id of a person; without it the token is the application's own.
    pub object_id: Option<String>,
    /// How long it is valid from now on.
    pub lifetime: Duration,
}

impl Identity {
    /// Issues a token without asking for anything.
    pub fn issue(&self, spec: &TokenSpec) -> String {
        let now = self.clock.seconds();
        let tenant = self.directory().tenant.clone();
        self.sign(&Claims {
            aud: spec.audience.clone(),
            iss: format!("https://sts.windows.net/{tenant}/"),
            iat: now,
            nbf: now,
            exp: now.saturating_add(spec.lifetime.as_secs()),
            appid: spec.client_id.clone(),
            oid: spec.object_id.clone().unwrap_or_else(|| spec.client_id.clone()),
            idtyp: if spec.object_id.is_some() { "user" } else { "app" }.to_owned(),
            tid: tenant,
            scp: spec.object_id.as_ref().map(|_| "user_impersonation".to_owned()),
        })
    }

    fn sign(&self, claims: &Claims) -> String {
        // Claims are texts and numbers, which always become JSON.
        encoded(&self.key.0, &serde_json::to_vec(claims).unwrap_or_default())
    }

    /// The claims of a token of this double that is valid now.
    pub(super) fn verify(&self, token: &str) -> Option<Claims> {
        if token.len() > LONGEST {
            return None;
        }
        let (signed, signature) = token.rsplit_once('.')?;
        let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
        hmac::verify(&self.key.0, signed.as_bytes(), &signature).ok()?;
        let (_, claims) = signed.split_once('.')?;
        let claims: Claims = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).ok()?).ok()?;
        let now = self.clock.seconds();
        (claims.nbf <= now && now < claims.exp).then_some(claims)
    }
}

/// A signed token with these claims.
pub(super) fn encoded(key: &hmac::Key, claims: &[u8]) -> String {
    let header = URL_SAFE_NO_PAD.encode(r#"{"typ":"JWT","alg":"HS256"}"#);
    let claims = URL_SAFE_NO_PAD.encode(claims);
    let signature = hmac::sign(key, format!("{header}.{claims}").as_bytes());
    format!("{header}.{claims}.{}", URL_SAFE_NO_PAD.encode(signature))
}
