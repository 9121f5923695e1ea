//! Kinds of ships: there is one more.

use crm::{prelude::*, rsk_vessel::RskType};

/// Names every option, so that a new one is noticed.
pub fn word(kind: Choice<RskType>) -> &'static str {
    match kind.known() { // BREAKS rsk_vessel.rsk_type
        Some(RskType::Container) => "boxes",
        Some(RskType::Tanker) => "oil",
        Some(RskType::BulkCarrier) => "ore",
        Some(RskType::Ferry) => "people",
        Some(RskType::Tug) => "other ships",
        None => "nobody knows",
    }
}

/// Names one, and takes the others as they come.
pub fn carries_people(kind: Choice<RskType>) -> bool {
    matches!(kind.known(), Some(RskType::Ferry))
}
