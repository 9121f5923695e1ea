//! The values that columns hold.

mod bytes;
mod choice;
mod choices;
mod currency;
mod date;
mod decimal;
mod id;
mod json;
mod money;
mod reference;
#[cfg(feature = "serde")]
mod serial;

pub use bytes::Bytes;
pub use choice::{Choice, ChoiceSet};
pub use choices::{Choices, NotChoices};
pub use currency::CurrencyAmount;
pub(crate) use date::{wall_clock, wall_clock_text};
pub use decimal::decimal_literal;
pub(crate) use decimal::{exact_decimal, number};
pub use id::Id;
pub(crate) use id::fresh_uuid;
pub use json::{Json, ManagedFlag};
pub use money::Money;
pub use reference::Reference;
