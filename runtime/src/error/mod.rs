//! What can go wrong.

mod batch;
mod body;
mod bulk;
mod code;
mod decode;
mod invalid;
mod service;

pub use batch::{BatchError, FailedOperation};
pub use bulk::{BulkError, BulkFailure};
pub use code::Code;
pub use decode::DecodeError;
pub(crate) use decode::{Details, shortened};
pub use invalid::InvalidRequest;
pub use service::{FailedRow, ServiceError};

/// Why something that was asked of the service wasn't done, or can't be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The service refused the request.
    #[error(transparent)]
    Service(#[from] Box<ServiceError>),
    /// The answer doesn't fit the type that it is read into.
    #[error(transparent)]
    Decode(#[from] DecodeError),
    /// The request would be refused: it wasn't sent.
    #[error(transparent)]
    Invalid(#[from] InvalidRequest),
    /// The service gave the same page of a query again: going on would never end.
    #[error("the service gave the page at {address} twice in a row: the query was ended")]
    SamePage {
        /// The page's address.
        address: String,
    },
    /// An operation of a batch wasn't done, because of another one.
    #[error(transparent)]
    Batch(#[from] BatchError),
    /// Not all rows of a bulk were written.
    #[error(transparent)]
    Bulk(#[from] Box<BulkError>),
    /// There is no client to ask with.
    #[cfg(feature = "client")]
    #[error(transparent)]
    Client(#[from] crate::client::ClientError),
    /// The body of an answer can't be taken where the caller wants it: see [`Sink`](crate::client::Sink).
    #[cfg(feature = "client")]
    #[error("the answer can't be kept: {source}")]
    Sink {
        /// What the sink said.
        source: std::io::Error,
    },
    /// The contents of a file that goes up can't be read: see [`Source`](crate::files::Source).
    #[cfg(feature = "client")]
    #[error("the contents can't be read: {source}")]
    Source {
        /// What the source said.
        source: std::io::Error,
    },
    /// There is no answer.
    #[cfg(feature = "client")]
    #[error(transparent)]
    Transport(#[from] crate::client::TransportError),
    /// No token could be had.
    #[cfg(feature = "client")]
    #[error(transparent)]
    Credential(#[from] crate::client::credential::CredentialError),
}

impl From<BulkError> for Error {
    fn from(error: BulkError) -> Self {
        Self::Bulk(Box::new(error))
    }
}
