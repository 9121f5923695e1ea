//! What an organization decides for its queries.

use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use serde::{Deserialize, Deserializer};

/// Limits, calendars and languages of an environment. The defaults are the service's.
///
/// A test that lowers a limit needs few rows to reach it:
///
/// ```
/// # use dataverse_emulator::{Environment, EnvironmentError, FiscalYear, Settings};
/// # fn open(schema: dataverse_codegen::schema::Schema) -> Result<Environment, EnvironmentError> {
/// let settings = Settings {
///     page: 3,
///     week: jiff::civil::Weekday::Monday,
///     fiscal: FiscalYear { month: 4, periods: 12, ..FiscalYear::default() },
///     ..Settings::default()
/// };
/// let environment = Environment::builder(schema).settings(settings).open()?;
/// # Ok(environment)
/// # }
/// ```
///
/// The program reads them from a JSON file (`--settings`), with members of the same names: `{"page": 3, "week": "monday",
/// "fiscal": {"month": 4, "periods": 12}, "time_zone": "Europe/Oslo"}`. A time zone is named as the IANA database of the
/// system names it, or is a rule in the form of POSIX, such as `CET-1CEST,M3.5.0,M10.5.0/3`.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The most rows of a page (Microsoft Learn, "Page results using OData": 5,000).
    pub page: u64,
    /// The most rows of a page of an elastic table. Microsoft's pages say 500 and 5,000; 500 is the default.
    pub elastic_page: u64,
    /// Where `$count` ends ("Count rows": 5,000).
    pub count: u64,
    /// The most navigation properties that one query expands ("Join tables using OData": 15).
    pub expansions: usize,
    /// The most conditions of one query (500).
    pub conditions: usize,
    /// The most rows that an aggregation reads ("Aggregate data": 50,000).
    pub aggregated: u64,
    /// For how many days a token of change tracking holds (`ExpireChangeTrackingInDays` of the organization: 7).
    pub tracking_days: i64,
    /// The language of labels, and of every user: an LCID. 1033 is English.
    pub language: u32,
    /// The day on which weeks begin: what `ThisWeek` and its like mean.
    #[serde(deserialize_with = "weekday")]
    pub week: Weekday,
    /// The fiscal year: what `ThisFiscalPeriod` and its like mean.
    pub fiscal: FiscalYear,
    /// The time zone of every user: when the days of `Today` and its like begin, and what formatted values of moments show.
    #[serde(deserialize_with = "time_zone")]
    pub time_zone: TimeZone,
}

/// The fiscal calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FiscalYear {
    /// The month in which fiscal years begin, from 1.
    pub month: i8,
    /// The day on which they begin, from 1 to 28.
    pub day: i8,
    /// Into how many periods of equal months a year is divided: 1, 2, 4 or 12.
    pub periods: i8,
    /// Whether a year is called after the calendar year in which it ends.
    pub named_by_end: bool,
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
            fiscal: FiscalYear::default(),
            time_zone: TimeZone::UTC,
        }
    }
}

impl Default for FiscalYear {
    /// The calendar year, in quarters.
    fn default() -> Self {
        Self {
            month: 1,
            day: 1,
            periods: 4,
            named_by_end: false,
        }
    }
}

impl Settings {
    /// What can't be meant, in words.
    pub(crate) fn fault(&self) -> Option<&'static str> {
        let fiscal = self.fiscal;
        let wrong = [
            (self.page == 0 || self.elastic_page == 0, "a page needs a row"),
            (
                !(1..=12).contains(&fiscal.month),
                "a fiscal year begins in a month from 1 to 12",
            ),
            (
                !(1..=28).contains(&fiscal.day),
                "a fiscal year begins on a day from 1 to 28",
            ),
            (
                ![1, 2, 4, 12].contains(&fiscal.periods),
                "a fiscal year has 1, 2, 4 or 12 periods",
            ),
            (
                self.tracking_days < 0,
                "a token of change tracking can't hold for less than no days",
            ),
        ];
        wrong.iter().find(|(wrong, _)| *wrong).map(|(_, why)| *why)
    }
}

/// A day of the week by its English name.
fn weekday<'de, D: Deserializer<'de>>(from: D) -> Result<Weekday, D::Error> {
    let name = String::deserialize(from)?;
    let days = Weekday::Sunday.cycle_forward().take(7);
    let named = days.zip([
        "sunday",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
    ]);
    let found = named
        .into_iter()
        .find(|(_, known)| name.eq_ignore_ascii_case(known));
    found
        .map(|(day, _)| day)
        .ok_or_else(|| serde::de::Error::custom(format!("`{name}` is no day of the week")))
}

/// A time zone by its name in the system's IANA database, or by a rule in the form of POSIX.
fn time_zone<'de, D: Deserializer<'de>>(from: D) -> Result<TimeZone, D::Error> {
    let name = String::deserialize(from)?;
    TimeZone::get(&name)
        .or_else(|unknown| TimeZone::posix(&name).map_err(|_| unknown))
        .map_err(serde::de::Error::custom)
}
