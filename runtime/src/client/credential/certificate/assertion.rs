//! The statement that an application signs, and that stands in for a secret (Microsoft Learn, "Microsoft identity platform
//! application authentication certificate credentials").

use super::identity::Identity;
use crate::Uuid;
use crate::client::credential::grant::url_safe;
use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use std::time::{Duration, SystemTime};

/// How long a statement is valid: the longest that the documentation recommends.
const VALID: Duration = Duration::from_mins(10);

pub(super) struct Statement<'s> {
    pub(super) client_id: &'s str,
    pub(super) audience: &'s str,
    pub(super) now: SystemTime,
    pub(super) send_chain: bool,
}

impl Statement<'_> {
    /// The signed statement, as a token of three parts.
    pub(super) fn signed(&self, identity: &Identity) -> Option<String> {
        let mut header = json!({
            "alg": "PS256",
            "typ": "JWT",
            "x5t#S256": url_safe(digest(&SHA256, identity.certificate())),
        });
        if self.send_chain {
            let chain = identity.chain.iter().map(|der| STANDARD.encode(der));
            header["x5c"] = chain.collect();
        }
        let now = self.now.duration_since(SystemTime::UNIX_EPOCH).ok()?;
        let claims = json!({
            "aud": self.audience,
            "iss": self.client_id,
            "sub": self.client_id,
            "jti": Uuid::new_v4().to_string(),
            "nbf": now.as_secs(),
            "iat": now.as_secs(),
            "exp": (now + VALID).as_secs(),
        });
        let said = format!(
            "{}.{}",
            url_safe(header.to_string()),
            url_safe(claims.to_string())
        );
        let signature = identity.sign(said.as_bytes())?;
        Some(format!("{said}.{}", url_safe(signature)))
    }
}
