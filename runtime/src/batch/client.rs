//! Sending a batch.

use super::reading::Reading;
use super::{Answers, Batch};
use crate::{Client, Error};

impl Client {
    /// Begins a batch: operations that are sent together, all or nothing where that is wanted. See [`batch`](crate::batch).
    pub fn batch(&self) -> Batch<Self> {
        Batch::with_client(self.clone())
    }
}

impl Batch<Client> {
    /// Sends the batch, and gives the answers to its operations.
    ///
    /// It is repeated after a fault where that does nothing twice: if it only reads, and creates rows under ids of their own.
    /// Other batches aren't, unless the service says that it did nothing. Nothing is sent if the batch is empty.
    ///
    /// # Errors
    /// If the service would refuse the request ([`Batch::request`]); as [`Client::execute`], where the error is about the
    /// batch as a whole. That an operation failed is not an error here, but where its answer is asked for.
    pub async fn send(self) -> Result<Answers, Error> {
        let mut reading = Reading::of(&self);
        let mut in_doubt = false;
        // Once, but for what stands behind a create that turned out to be done by an earlier attempt.
        while reading.remains(&self) {
            let request = self.request_from(reading.next, self.client.root())?;
            let (response, repeated) = self.client.execute_batch(request).await?;
            in_doubt |= repeated;
            reading.take(&self, &response, in_doubt)?;
        }
        Ok(reading.finish(self))
    }
}
