//! Periods of time relative to now, as the service's query functions mean them, by the clock of the caller's time zone.

use super::settings::{FiscalYear as Fiscal, Settings};
use jiff::civil::{Date, DateTime};
use jiff::{Span, Timestamp, ToSpan};

/// From a moment to before another. Without one it is open on that side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Period {
    pub(crate) from: Option<DateTime>,
    pub(crate) to: Option<DateTime>,
}

/// What a query function without a number or with one says about dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
    FiscalPeriod,
    FiscalYear,
}

/// The calendar of an organization at a moment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Calendar<'s> {
    now: DateTime,
    settings: &'s Settings,
}

/// A calendar has an end, which no date of the service reaches.
type Checked<T> = Result<T, jiff::Error>;

impl<'s> Calendar<'s> {
    pub(crate) fn new(now: Timestamp, settings: &'s Settings) -> Self {
        Self {
            now: settings.time_zone.to_datetime(now),
            settings,
        }
    }

    /// The period of a function that takes no number: `Today`, `LastWeek`, `ThisFiscalYear`.
    pub(crate) fn named(&self, function: &str) -> Option<Checked<Period>> {
        let (unit, step) = match function {
            "Yesterday" => (Unit::Day, -1),
            "Today" => (Unit::Day, 0),
            "Tomorrow" => (Unit::Day, 1),
            "Last7Days" => return Some(self.last(Unit::Day, 7)),
            "Next7Days" => return Some(self.next(Unit::Day, 7)),
            _ => {
                let steps = [("Last", -1), ("This", 0), ("Next", 1)];
                let (word, step) = steps
                    .iter()
                    .find_map(|(prefix, step)| function.strip_prefix(prefix).map(|word| (word, *step)))?;
                let unit = match word {
                    "Week" => Unit::Week,
                    "Month" => Unit::Month,
                    "Year" => Unit::Year,
                    "FiscalPeriod" => Unit::FiscalPeriod,
                    "FiscalYear" => Unit::FiscalYear,
                    _ => return None,
                };
                (unit, step)
            }
        };
        Some(self.calendar(unit, step, 1))
    }

    /// The period of a function that takes a number: `LastXDays`, `NextXFiscalYears`, `OlderThanXMonths`.
    pub(crate) fn counted(&self, function: &str, count: i64) -> Option<Checked<Period>> {
        let (prefix, word) = ["LastX", "NextX", "OlderThanX"]
            .iter()
            .find_map(|prefix| function.strip_prefix(prefix).map(|word| (*prefix, word)))?;
        let unit = match word {
            "Minutes" => Unit::Minute,
            "Hours" => Unit::Hour,
            "Days" => Unit::Day,
            "Weeks" => Unit::Week,
            "Months" => Unit::Month,
            "Years" => Unit::Year,
            "FiscalPeriods" => Unit::FiscalPeriod,
            "FiscalYears" => Unit::FiscalYear,
            _ => return None,
        };
        let fiscal = matches!(unit, Unit::FiscalPeriod | Unit::FiscalYear);
        match (prefix, unit) {
            ("OlderThanX", _) if fiscal => None,
            ("OlderThanX", _) => Some(self.shifted(unit, -count).map(|to| Period {
                from: None,
                to: Some(to),
            })),
            (_, Unit::Minute) => None,
            ("LastX", _) if fiscal => Some(self.calendar(unit, -count, count)),
            ("NextX", _) if fiscal => Some(self.calendar(unit, 1, count)),
            ("LastX", _) => Some(self.last(unit, count)),
            _ => Some(self.next(unit, count)),
        }
    }

    /// From the start of the day (or hour) that lies so far back, up to now.
    fn last(&self, unit: Unit, count: i64) -> Checked<Period> {
        Ok(Period {
            from: Some(self.start_of(unit, self.shifted(unit, -count)?)),
            // Now itself is within: moments are kept to the second.
            to: Some(self.now.checked_add(1.second())?),
        })
    }

    /// From now to the end of the day (or hour) that lies so far ahead.
    fn next(&self, unit: Unit, count: i64) -> Checked<Period> {
        let last = self.start_of(unit, self.shifted(unit, count)?);
        let end = if unit == Unit::Hour { 1.hour() } else { 1.day() };
        Ok(Period {
            from: Some(self.now),
            to: Some(last.checked_add(end)?),
        })
    }

    fn start_of(&self, unit: Unit, at: DateTime) -> DateTime {
        match unit {
            Unit::Hour => at.date().at(at.hour(), 0, 0, 0),
            _ => at.date().at(0, 0, 0, 0),
        }
    }

    /// So many units from now.
    fn shifted(&self, unit: Unit, count: i64) -> Checked<DateTime> {
        let span = match unit {
            Unit::Minute => Span::new().try_minutes(count)?,
            Unit::Hour => Span::new().try_hours(count)?,
            Unit::Day => Span::new().try_days(count)?,
            Unit::Week => Span::new().try_weeks(count)?,
            Unit::Month => Span::new().try_months(count)?,
            _ => Span::new().try_years(count)?,
        };
        self.now.checked_add(span)
    }

    /// Whole units of the calendar: `length` of them, the first `step` after the one that holds now.
    fn calendar(&self, unit: Unit, step: i64, length: i64) -> Checked<Period> {
        let today = self.now.date();
        let from = |step: i64| -> Checked<Date> {
            match unit {
                Unit::Week => {
                    let back = today.weekday().since(self.settings.week);
                    let start = today.checked_sub(Span::new().try_days(back)?)?;
                    start.checked_add(Span::new().try_weeks(step)?)
                }
                Unit::Month => today.first_of_month().checked_add(Span::new().try_months(step)?),
                Unit::Year => today.first_of_year().checked_add(Span::new().try_years(step)?),
                Unit::FiscalYear => self
                    .fiscal()
                    .year_start(today)?
                    .checked_add(Span::new().try_years(step)?),
                Unit::FiscalPeriod => self.fiscal().period_start(today, step),
                _ => today.checked_add(Span::new().try_days(step)?),
            }
        };
        Ok(days(Some(from(step)?), Some(from(step.saturating_add(length))?)))
    }

    fn fiscal(&self) -> Fiscal {
        self.settings.fiscal
    }

    /// A fiscal year by its name.
    pub(crate) fn fiscal_year(&self, year: i64) -> Checked<Period> {
        let start = self.fiscal().start_of_year(year)?;
        Ok(days(Some(start), Some(start.checked_add(1.year())?)))
    }

    /// A period of a fiscal year, the first of which is 1.
    pub(crate) fn fiscal_period(&self, period: i64, year: i64) -> Checked<Period> {
        let fiscal = self.fiscal();
        let months = i64::from(12 / fiscal.periods);
        let start = fiscal.start_of_year(year)?;
        let at = |period: i64| start.checked_add(Span::new().try_months(months.saturating_mul(period))?);
        Ok(days(Some(at(period.saturating_sub(1))?), Some(at(period)?)))
    }

    /// Whether fiscal years have so many periods.
    pub(crate) fn has_period(&self, period: i64) -> bool {
        (1..=i64::from(self.fiscal().periods)).contains(&period)
    }

    /// Month and day between which a period lies in every year: `MM-DD`.
    pub(crate) fn season(&self, period: i64) -> Checked<(String, String)> {
        // Any year will do: periods begin on days that every year has.
        let of = self.fiscal_period(period, 2001)?;
        let shown = |at: Option<DateTime>| at.map_or_else(String::new, |at| at.strftime("%m-%d").to_string());
        Ok((shown(of.from), shown(of.to)))
    }
}

impl Fiscal {
    /// The start of the fiscal year that holds a day.
    fn year_start(self, day: Date) -> Checked<Date> {
        let start = Date::new(day.year(), self.month, self.day)?;
        if start <= day {
            return Ok(start);
        }
        Date::new(day.year() - 1, self.month, self.day)
    }

    /// The start of the fiscal period `step` after the one that holds a day.
    fn period_start(self, day: Date, step: i64) -> Checked<Date> {
        let months = i64::from(12 / self.periods);
        let year = self.year_start(day)?;
        let mut start = year;
        let mut periods = 0;
        loop {
            let next = year.checked_add(Span::new().try_months(months * (periods + 1))?)?;
            if next > day {
                break;
            }
            start = next;
            periods += 1;
        }
        start.checked_add(Span::new().try_months(months.saturating_mul(step))?)
    }

    fn start_of_year(self, name: i64) -> Checked<Date> {
        let starts_on_first = self.month == 1 && self.day == 1;
        let year = if self.named_by_end && !starts_on_first {
            name.saturating_sub(1)
        } else {
            name
        };
        let year = i16::try_from(year).unwrap_or(i16::MAX);
        Date::new(year, self.month, self.day)
    }
}

/// Whole days.
pub(crate) fn days(from: Option<Date>, to: Option<Date>) -> Period {
    let start = |day: Date| day.at(0, 0, 0, 0);
    Period {
        from: from.map(start),
        to: to.map(start),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> Settings {
        Settings::default()
    }

    fn shown(period: Period) -> (String, String) {
        let shown = |at: Option<DateTime>| at.map_or_else(String::new, |at| at.to_string());
        (shown(period.from), shown(period.to))
    }

    #[track_caller]
    fn check(function: &str, count: Option<i64>, settings: &Settings, from: &str, to: &str) {
        // A Wednesday.
        let calendar = Calendar::new("2024-03-06T08:30:15Z".parse().unwrap(), settings);
        let period = match count {
            Some(count) => calendar.counted(function, count),
            None => calendar.named(function),
        };
        let expected = (from.to_owned(), to.to_owned());
        assert_eq!(shown(period.unwrap().unwrap()), expected, "{function}");
    }

    #[test]
    fn periods_of_the_calendar() {
        let settings = settings();
        let day = |day: &str| format!("{day}T00:00:00");
        for (function, from, to) in [
            ("Yesterday", "2024-03-05", "2024-03-06"),
            ("Today", "2024-03-06", "2024-03-07"),
            ("Tomorrow", "2024-03-07", "2024-03-08"),
            ("LastWeek", "2024-02-25", "2024-03-03"),
            ("ThisWeek", "2024-03-03", "2024-03-10"),
            ("NextWeek", "2024-03-10", "2024-03-17"),
            ("LastMonth", "2024-02-01", "2024-03-01"),
            ("ThisMonth", "2024-03-01", "2024-04-01"),
            ("NextYear", "2025-01-01", "2026-01-01"),
            ("ThisFiscalPeriod", "2024-01-01", "2024-04-01"),
            ("LastFiscalPeriod", "2023-10-01", "2024-01-01"),
            ("NextFiscalYear", "2025-01-01", "2026-01-01"),
        ] {
            check(function, None, &settings, &day(from), &day(to));
        }
    }

    #[test]
    fn periods_up_to_now_and_from_now() {
        let settings = settings();
        for (function, count, from, to) in [
            ("LastXDays", 3, "2024-03-03T00:00:00", "2024-03-06T08:30:16"),
            ("LastXHours", 2, "2024-03-06T06:00:00", "2024-03-06T08:30:16"),
            ("LastXMonths", 1, "2024-02-06T00:00:00", "2024-03-06T08:30:16"),
            ("NextXDays", 1, "2024-03-06T08:30:15", "2024-03-08T00:00:00"),
            ("NextXWeeks", 1, "2024-03-06T08:30:15", "2024-03-14T00:00:00"),
            ("NextXHours", 1, "2024-03-06T08:30:15", "2024-03-06T10:00:00"),
            ("OlderThanXYears", 1, "", "2023-03-06T08:30:15"),
            ("OlderThanXMinutes", 31, "", "2024-03-06T07:59:15"),
            (
                "LastXFiscalYears",
                2,
                "2022-01-01T00:00:00",
                "2024-01-01T00:00:00",
            ),
            (
                "NextXFiscalPeriods",
                2,
                "2024-04-01T00:00:00",
                "2024-10-01T00:00:00",
            ),
        ] {
            check(function, Some(count), &settings, from, to);
        }
        check(
            "Last7Days",
            None,
            &settings,
            "2024-02-28T00:00:00",
            "2024-03-06T08:30:16",
        );
        check(
            "Next7Days",
            None,
            &settings,
            "2024-03-06T08:30:15",
            "2024-03-14T00:00:00",
        );
    }

    #[test]
    fn the_organization_decides_weeks_and_fiscal_years() {
        let mut settings = settings();
        settings.week = jiff::civil::Weekday::Monday;
        settings.fiscal = Fiscal {
            month: 4,
            day: 1,
            periods: 2,
            named_by_end: true,
        };
        check(
            "ThisWeek",
            None,
            &settings,
            "2024-03-04T00:00:00",
            "2024-03-11T00:00:00",
        );
        check(
            "ThisFiscalYear",
            None,
            &settings,
            "2023-04-01T00:00:00",
            "2024-04-01T00:00:00",
        );
        check(
            "ThisFiscalPeriod",
            None,
            &settings,
            "2023-10-01T00:00:00",
            "2024-04-01T00:00:00",
        );
        let calendar = Calendar::new("2024-03-06T08:30:15Z".parse().unwrap(), &settings);
        let year = calendar.fiscal_year(2024).unwrap();
        assert_eq!(shown(year).0, "2023-04-01T00:00:00");
        assert_eq!(
            calendar.season(2).unwrap(),
            ("10-01".to_owned(), "04-01".to_owned())
        );
    }

    #[test]
    fn no_number_is_too_large_to_be_refused() {
        let settings = settings();
        let calendar = Calendar::new("2024-03-06T08:30:15Z".parse().unwrap(), &settings);
        for function in [
            "LastXHours",
            "NextXYears",
            "OlderThanXWeeks",
            "LastXFiscalPeriods",
            "NextXFiscalYears",
        ] {
            for count in [i64::MAX, i64::MIN + 1, 1_000_000_000] {
                assert!(calendar.counted(function, count).unwrap().is_err(), "{function}");
            }
        }
        assert!(calendar.fiscal_period(1, i64::MAX).is_err());
        assert!(calendar.named("ThisHour").is_none() && calendar.counted("LastXMinutes", 1).is_none());
    }
}
