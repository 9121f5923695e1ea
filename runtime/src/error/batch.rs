//! Operations of a batch that weren't done because of others.

use super::ServiceError;
use crate::message::Origin;
use std::fmt;
use std::sync::Arc;

/// An operation of a batch wasn't done, though it isn't the one that failed.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum BatchError {
    /// It was undone with its change set, because an operation of that failed.
    Undone {
        /// The operation.
        operation: Origin,
        /// The one that failed, if the service says which.
        failed: Option<FailedOperation>,
        /// What the service says.
        cause: Arc<ServiceError>,
    },
    /// It wasn't carried out, because an operation before it failed, which ended the batch.
    NotReached {
        /// The operation.
        operation: Origin,
        /// The one that failed, if the service says which.
        failed: Option<FailedOperation>,
    },
    /// The answer to the batch has none to this operation: nobody knows whether it was carried out.
    Unanswered {
        /// The operation.
        operation: Origin,
    },
}

/// The operation of a batch that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FailedOperation {
    /// Its place in the batch, counted from 1, those in change sets among them.
    pub position: usize,
    /// What it does.
    pub operation: Origin,
}

impl fmt::Display for FailedOperation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "operation {} ({})", self.position, self.operation)
    }
}

impl fmt::Display for BatchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = |failed: &Option<FailedOperation>| match failed {
            Some(failed) => failed.to_string(),
            None => "one of the operations".to_owned(),
        };
        match self {
            Self::Undone {
                operation, failed, ..
            } => write!(
                f,
                "{operation} was undone with its change set: {} failed",
                name(failed)
            ),
            Self::NotReached { operation, failed } => {
                write!(
                    f,
                    "{operation} wasn't carried out: {} failed before it",
                    name(failed)
                )
            }
            Self::Unanswered { operation } => write!(
                f,
                "the answer to the batch has none to {operation}: it may have been carried out all the same"
            ),
        }
    }
}

impl std::error::Error for BatchError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Undone { cause, .. } => Some(cause),
            Self::NotReached { .. } | Self::Unanswered { .. } => None,
        }
    }
}
