//! Dates and times that belong to no time zone.

use crate::civil;

/// Reads the date and time of every clock. The service ends it with a `Z`, which doesn't mean UTC here.
pub(crate) fn wall_clock(text: &str) -> Option<civil::DateTime> {
    text.strip_suffix(['Z', 'z']).unwrap_or(text).parse().ok()
}

/// The text that the service reads such a date and time from.
pub(crate) fn wall_clock_text(time: civil::DateTime) -> String {
    format!("{time}Z")
}
