//! Stretches of time that the service knows by name.

use super::expression::Arguments;

macro_rules! periods {
    (
        named: $($(#[$doc:meta])* $name:ident),+;
        counted: $($(#[$counted_doc:meta])* $counted:ident = $function:literal),+;
    ) => {
        /// A stretch of time, as the service reckons it: by the user's time zone and the organisation's fiscal calendar.
        ///
        /// Weeks begin on Sunday. Counted stretches begin or end now and count whole days, weeks or months; a number is
        /// 1 at least (Microsoft Learn, "Web API Query Function Reference").
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum Period {
            $($(#[$doc])* $name,)+
            $($(#[$counted_doc])* $counted(u32),)+
            /// This period of the fiscal year, in whatever year.
            FiscalPeriod(u32),
            /// This fiscal year.
            FiscalYear(u32),
            /// This period of this fiscal year.
            FiscalPeriodOfYear {
                /// The number of the period: 1 to 13, by the calendar's kind.
                period: u32,
                /// The year.
                year: u32,
            },
        }

        impl Period {
            /// The service's function and what it takes.
            pub(super) fn function(self) -> (&'static str, Arguments) {
                match self {
                    $(Self::$name => (stringify!($name), Arguments::None),)+
                    $(Self::$counted(count) => ($function, Arguments::Number(i64::from(count))),)+
                    Self::FiscalPeriod(period) => ("InFiscalPeriod", Arguments::Number(i64::from(period))),
                    Self::FiscalYear(year) => ("InFiscalYear", Arguments::Number(i64::from(year))),
                    Self::FiscalPeriodOfYear { period, year } => (
                        "InFiscalPeriodAndYear",
                        Arguments::Two(i64::from(period), i64::from(year)),
                    ),
                }
            }
        }
    };
}

periods! {
    named:
        /// The day before today.
        Yesterday,
        /// This day.
        Today,
        /// The day after today.
        Tomorrow,
        /// The seven days before today, and today so far.
        Last7Days,
        /// The seven days after now.
        Next7Days,
        /// The week before this one.
        LastWeek,
        /// The week that today is in.
        ThisWeek,
        /// The week after this one.
        NextWeek,
        /// The month before this one.
        LastMonth,
        /// The month that today is in.
        ThisMonth,
        /// The month after this one.
        NextMonth,
        /// The year before this one.
        LastYear,
        /// The year that today is in.
        ThisYear,
        /// The year after this one.
        NextYear,
        /// The fiscal year before this one.
        LastFiscalYear,
        /// The fiscal year that today is in.
        ThisFiscalYear,
        /// The fiscal year after this one.
        NextFiscalYear,
        /// The fiscal period before this one.
        LastFiscalPeriod,
        /// The fiscal period that today is in.
        ThisFiscalPeriod,
        /// The fiscal period after this one.
        NextFiscalPeriod;
    counted:
        /// So many hours up to now.
        LastHours = "LastXHours",
        /// So many hours from now.
        NextHours = "NextXHours",
        /// So many days up to now.
        LastDays = "LastXDays",
        /// So many days from now.
        NextDays = "NextXDays",
        /// So many weeks up to now.
        LastWeeks = "LastXWeeks",
        /// So many weeks from now.
        NextWeeks = "NextXWeeks",
        /// So many months up to now.
        LastMonths = "LastXMonths",
        /// So many months from now.
        NextMonths = "NextXMonths",
        /// So many years up to now.
        LastYears = "LastXYears",
        /// So many years from now.
        NextYears = "NextXYears",
        /// So many fiscal years before this one.
        LastFiscalYears = "LastXFiscalYears",
        /// So many fiscal years after this one.
        NextFiscalYears = "NextXFiscalYears",
        /// So many fiscal periods before this one.
        LastFiscalPeriods = "LastXFiscalPeriods",
        /// So many fiscal periods after this one.
        NextFiscalPeriods = "NextXFiscalPeriods";
}

/// How long ago something was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Age {
    /// So many minutes.
    Minutes(u32),
    /// So many hours.
    Hours(u32),
    /// So many days.
    Days(u32),
    /// So many weeks.
    Weeks(u32),
    /// So many months.
    Months(u32),
    /// So many years.
    Years(u32),
}

impl Age {
    pub(super) fn function(self) -> (&'static str, Arguments) {
        let (name, count) = match self {
            Self::Minutes(count) => ("OlderThanXMinutes", count),
            Self::Hours(count) => ("OlderThanXHours", count),
            Self::Days(count) => ("OlderThanXDays", count),
            Self::Weeks(count) => ("OlderThanXWeeks", count),
            Self::Months(count) => ("OlderThanXMonths", count),
            Self::Years(count) => ("OlderThanXYears", count),
        };
        (name, Arguments::Number(i64::from(count)))
    }
}
