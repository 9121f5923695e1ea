//! Protection limits, and faults on request.

mod faults;
mod protection;

pub use faults::{Cut, Delay, Fails, Faults, Rule};
pub(crate) use faults::{Effects, Switchboard};
pub use protection::Limits;
pub(crate) use protection::{Place, Protection, Remaining};
