//! The server around the engine: HTTP as the service speaks it.

mod address;
mod api;
mod body;
mod builder;
mod control;
mod dress;
mod errors;
mod handle;
mod intake;
mod listen;
mod preferences;
mod running;
mod state;
#[cfg(feature = "tls")]
mod tls;

use address::LONGEST_URL;
pub(crate) use address::under_root;
pub use builder::{Builder, Emulator, StartError};
pub(crate) use dress::request_id;
pub(crate) use errors::{error_answer, plain_json, unexpected};
pub use preferences::Preferences;
pub use running::Running;
