//! The client: sends requests to an environment and reads the answers.

pub mod credential;
mod transport;

use crate::message::{Request, Response};
use crate::{Error, ServiceError};
use std::sync::Arc;
use transport::Transport;
pub use transport::TransportError;

/// A connection to an environment. Clones share everything and cost nothing.
#[derive(Clone, Debug)]
pub struct Client {
    core: Arc<Core>,
}

#[derive(Debug)]
struct Core {
    transport: Transport,
}

impl Client {
    /// A client of the environment at this address, such as `https://contoso.crm4.dynamics.com`, without a credential.
    ///
    /// # Errors
    /// If the address is no URL.
    pub fn anonymous(environment: &str) -> Result<Self, Error> {
        let transport = Transport::new(environment)?;
        Ok(Self {
            core: Arc::new(Core { transport }),
        })
    }

    /// Sends a request and gives its answer, if that is a success.
    ///
    /// # Errors
    /// If the service refuses it, or doesn't answer.
    pub async fn execute(&self, request: Request) -> Result<Response, Error> {
        let origin = request.origin();
        let response = self.core.transport.send(&request).await?;
        if response.status.is_success() {
            Ok(response)
        } else {
            Err(Box::new(ServiceError::from_response(&response, origin)).into())
        }
    }
}
