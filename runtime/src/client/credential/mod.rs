//! Who the program is: credentials that give tokens.

mod token;

use std::fmt;
use std::future::Future;
use std::pin::Pin;
pub use token::Token;

/// The future of a token.
pub type TokenFuture<'a> = Pin<Box<dyn Future<Output = Result<Token, CredentialError>> + Send + 'a>>;

/// Gives tokens for an environment.
///
/// Implementations ask for a new token each time: the client keeps it, and asks again before it expires.
pub trait Credential: fmt::Debug + Send + Sync {
    /// A token for the environment.
    fn token<'a>(&'a self, request: &'a TokenRequest) -> TokenFuture<'a>;
}

/// What a token is wanted for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenRequest {
    /// The environment's address without a path: `https://contoso.crm4.dynamics.com`.
    pub resource: String,
    /// Where tokens are issued, as the environment itself says: `https://login.microsoftonline.com/{tenant}`.
    pub authority: Option<String>,
    /// What the environment demands of the token, if it refused an earlier one for that.
    pub claims: Option<String>,
}

/// No token could be had.
#[derive(Debug, thiserror::Error)]
#[error("no token for {resource}: {reason}")]
pub struct CredentialError {
    /// The environment's address.
    pub resource: String,
    /// Why, and what to do.
    pub reason: String,
}
