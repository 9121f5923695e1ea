//! What instruments tell: prod has no such table.

use crm::{prelude::*, rsk_reading::RskReading}; // BREAKS rsk_reading

pub fn conditions() {
    let _ = filter(RskReading, |r| r.rsk_vesselid.is_not_null());
}
