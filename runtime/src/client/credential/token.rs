//! A token, which nobody gets to see.

use std::fmt;
use std::time::SystemTime;

/// A bearer token with the time at which it expires.
#[derive(Clone)]
pub struct Token {
    secret: String,
    expires_at: SystemTime,
}

impl Token {
    /// A token that is valid until then.
    pub fn new(secret: impl Into<String>, expires_at: SystemTime) -> Self {
        Self {
            secret: secret.into(),
            expires_at,
        }
    }

    /// When it expires.
    pub fn expires_at(&self) -> SystemTime {
        self.expires_at
    }

    /// The token itself.
    pub fn secret(&self) -> &str {
        &self.secret
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token")
            .field("secret", &"[hidden]")
            .field("expires_at", &self.expires_at)
            .finish()
    }
}
