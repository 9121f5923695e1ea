//! One after the other, with a pause in between: for what the service takes once per second.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::time::{Instant, sleep_until};

/// Gives turns to all clones of a client.
#[derive(Debug, Default)]
pub(super) struct Turns(Mutex<Option<Instant>>);

/// The pause between two searches of a user (Microsoft Learn, "Dataverse search": one request per second).
const PAUSE: Duration = Duration::from_secs(1);

impl Turns {
    /// Waits for the next turn. A turn that nobody takes any more is gone.
    pub(super) async fn next(&self) {
        let turn = {
            // What a panic elsewhere leaves is a time that is still right.
            let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let now = Instant::now();
            let turn = last.map_or(now, |last| now.max(last + PAUSE));
            *last = Some(turn);
            turn
        };
        sleep_until(turn).await;
    }
}
