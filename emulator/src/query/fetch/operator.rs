//! The operators of conditions (Microsoft Learn, "FetchXml condition operators").

use crate::odata::Comparison;
use crate::store::Anchors;

/// What an operator does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Null,
    NotNull,
    Compare(Comparison),
    Like {
        anchors: Anchors,
        negated: bool,
    },
    /// The same as this function of the service's OData.
    Function(&'static str),
}

impl Operator {
    pub(super) fn of(word: &str) -> Option<Self> {
        let like = |start, end, negated| Self::Like {
            anchors: Anchors { start, end },
            negated,
        };
        Some(match word {
            "null" => Self::Null,
            "not-null" => Self::NotNull,
            "eq" => Self::Compare(Comparison::Eq),
            "ne" | "neq" => Self::Compare(Comparison::Ne),
            "gt" => Self::Compare(Comparison::Gt),
            "ge" => Self::Compare(Comparison::Ge),
            "lt" => Self::Compare(Comparison::Lt),
            "le" => Self::Compare(Comparison::Le),
            "like" => like(true, true, false),
            "not-like" => like(true, true, true),
            "begins-with" => like(true, false, false),
            "not-begin-with" => like(true, false, true),
            "ends-with" => like(false, true, false),
            "not-end-with" => like(false, true, true),
            _ => {
                let (_, function) = FUNCTIONS.iter().find(|(known, _)| *known == word)?;
                Self::Function(function)
            }
        })
    }
}

/// Operators that are functions of the service's OData.
pub(in crate::query) const FUNCTIONS: [(&str, &str); 68] = [
    ("yesterday", "Yesterday"),
    ("today", "Today"),
    ("tomorrow", "Tomorrow"),
    ("last-seven-days", "Last7Days"),
    ("next-seven-days", "Next7Days"),
    ("last-week", "LastWeek"),
    ("this-week", "ThisWeek"),
    ("next-week", "NextWeek"),
    ("last-month", "LastMonth"),
    ("this-month", "ThisMonth"),
    ("next-month", "NextMonth"),
    ("last-year", "LastYear"),
    ("this-year", "ThisYear"),
    ("next-year", "NextYear"),
    ("this-fiscal-year", "ThisFiscalYear"),
    ("this-fiscal-period", "ThisFiscalPeriod"),
    ("next-fiscal-year", "NextFiscalYear"),
    ("next-fiscal-period", "NextFiscalPeriod"),
    ("last-fiscal-year", "LastFiscalYear"),
    ("last-fiscal-period", "LastFiscalPeriod"),
    ("eq-userid", "EqualUserId"),
    ("ne-userid", "NotEqualUserId"),
    ("eq-businessid", "EqualBusinessId"),
    ("ne-businessid", "NotEqualBusinessId"),
    ("eq-userlanguage", "EqualUserLanguage"),
    ("eq-userteams", "EqualUserTeams"),
    ("eq-useroruserteams", "EqualUserOrUserTeams"),
    ("eq-useroruserhierarchy", "EqualUserOrUserHierarchy"),
    (
        "eq-useroruserhierarchyandteams",
        "EqualUserOrUserHierarchyAndTeams",
    ),
    ("on", "On"),
    ("on-or-before", "OnOrBefore"),
    ("on-or-after", "OnOrAfter"),
    ("under", "Under"),
    ("not-under", "NotUnder"),
    ("eq-or-under", "UnderOrEqual"),
    ("above", "Above"),
    ("eq-or-above", "AboveOrEqual"),
    ("last-x-hours", "LastXHours"),
    ("next-x-hours", "NextXHours"),
    ("last-x-days", "LastXDays"),
    ("next-x-days", "NextXDays"),
    ("last-x-weeks", "LastXWeeks"),
    ("next-x-weeks", "NextXWeeks"),
    ("last-x-months", "LastXMonths"),
    ("next-x-months", "NextXMonths"),
    ("last-x-years", "LastXYears"),
    ("next-x-years", "NextXYears"),
    ("last-x-fiscal-years", "LastXFiscalYears"),
    ("last-x-fiscal-periods", "LastXFiscalPeriods"),
    ("next-x-fiscal-years", "NextXFiscalYears"),
    ("next-x-fiscal-periods", "NextXFiscalPeriods"),
    ("olderthan-x-minutes", "OlderThanXMinutes"),
    ("olderthan-x-hours", "OlderThanXHours"),
    ("olderthan-x-days", "OlderThanXDays"),
    ("olderthan-x-weeks", "OlderThanXWeeks"),
    ("olderthan-x-months", "OlderThanXMonths"),
    ("olderthan-x-years", "OlderThanXYears"),
    ("in-fiscal-year", "InFiscalYear"),
    ("in-fiscal-period", "InFiscalPeriod"),
    ("in-fiscal-period-and-year", "InFiscalPeriodAndYear"),
    (
        "in-or-before-fiscal-period-and-year",
        "InOrBeforeFiscalPeriodAndYear",
    ),
    (
        "in-or-after-fiscal-period-and-year",
        "InOrAfterFiscalPeriodAndYear",
    ),
    ("in", "In"),
    ("not-in", "NotIn"),
    ("between", "Between"),
    ("not-between", "NotBetween"),
    ("contain-values", "ContainValues"),
    ("not-contain-values", "DoesNotContainValues"),
];
