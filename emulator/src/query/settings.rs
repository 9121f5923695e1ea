//! What an organization decides for its queries.

use jiff::civil::Weekday;
use uuid::Uuid;

/// Limits and calendars of queries. The defaults are the service's.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    /// The most rows of a page.
    pub(crate) page: u64,
    /// The most rows of a page of an elastic table. Microsoft's pages say 500 and 5,000.
    pub(crate) elastic_page: u64,
    /// Where counting ends.
    pub(crate) count: u64,
    /// The most navigation properties that one query expands.
    pub(crate) expansions: usize,
    /// The most conditions of one query.
    pub(crate) conditions: usize,
    /// The most rows that an aggregation reads.
    pub(crate) aggregated: u64,
    /// For how many days a token of change tracking holds.
    pub(crate) tracking_days: i64,
    /// The language of labels, and of the user.
    pub(crate) language: u32,
    /// The day on which weeks begin.
    pub(crate) week: Weekday,
    /// The fiscal year.
    pub(crate) fiscal: Fiscal,
    /// The organization's currency.
    pub(crate) base_currency: Option<Uuid>,
}

/// The fiscal calendar.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fiscal {
    /// The month in which fiscal years begin, from 1.
    pub(crate) month: i8,
    /// The day on which they begin, from 1 to 28.
    pub(crate) day: i8,
    /// Into how many periods of equal months a year is divided: 1, 2, 4 or 12.
    pub(crate) periods: i8,
    /// Whether a year is called after the calendar year in which it ends.
    pub(crate) named_by_end: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            page: 5_000,
            elastic_page: 500,
            count: 5_000,
            expansions: 15,
            conditions: 500,
            aggregated: 50_000,
            tracking_days: 7,
            language: 1033,
            week: Weekday::Sunday,
            fiscal: Fiscal {
                month: 1,
                day: 1,
                periods: 4,
                named_by_end: false,
            },
            base_currency: None,
        }
    }
}
