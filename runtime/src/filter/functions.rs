//! Conditions by the service's own functions: periods, the calling user, hierarchies, choices of which there are several.
//!
//! The service takes them neither behind `!` nor for the columns of related rows: such a query is refused before it is sent.

use super::expression::{Arguments, Expression};
use super::{Age, Filter, Period};
use crate::access::Readable;
use crate::kind::{ChoiceOf, ChoicesOf, Dated, Identifying, WholeNumber};
use crate::{Column, Fits, civil};

impl<T, K, A, N> Column<T, K, A, N> {
    /// The time lies in this period.
    ///
    /// ```
    /// # use crm::{account::Account, prelude::*};
    /// let recent = filter(Account, |a| a.modifiedon.within(Period::LastDays(7)));
    /// assert_eq!(
    ///     recent.to_string(),
    ///     "Microsoft.Dynamics.CRM.LastXDays(PropertyName='modifiedon',PropertyValue=7)"
    /// );
    /// ```
    pub fn within(self, period: Period) -> Filter<T>
    where
        K: Dated,
        A: Readable,
    {
        let (name, arguments) = period.function();
        self.function(name, arguments)
    }

    /// The time is longer ago than this.
    pub fn older_than(self, age: Age) -> Filter<T>
    where
        K: Dated,
        A: Readable,
    {
        let (name, arguments) = age.function();
        self.function(name, arguments)
    }

    /// The time lies in this period of this fiscal year, or before.
    pub fn in_or_before_fiscal_period(self, period: u32, year: u32) -> Filter<T>
    where
        K: Dated,
        A: Readable,
    {
        let arguments = Arguments::Two(period.into(), year.into());
        self.function("InOrBeforeFiscalPeriodAndYear", arguments)
    }

    /// The time lies in this period of this fiscal year, or after.
    pub fn in_or_after_fiscal_period(self, period: u32, year: u32) -> Filter<T>
    where
        K: Dated,
        A: Readable,
    {
        let arguments = Arguments::Two(period.into(), year.into());
        self.function("InOrAfterFiscalPeriodAndYear", arguments)
    }

    /// The time lies on this day of the user's calendar.
    pub fn on(self, day: civil::Date) -> Filter<T>
    where
        K: Dated,
        A: Readable,
    {
        self.function("On", Arguments::Text(day.to_string()))
    }

    /// The time lies on this day of the user's calendar, or before.
    pub fn on_or_before(self, day: civil::Date) -> Filter<T>
    where
        K: Dated,
        A: Readable,
    {
        self.function("OnOrBefore", Arguments::Text(day.to_string()))
    }

    /// The time lies on this day of the user's calendar, or after.
    pub fn on_or_after(self, day: civil::Date) -> Filter<T>
    where
        K: Dated,
        A: Readable,
    {
        self.function("OnOrAfter", Arguments::Text(day.to_string()))
    }
}

impl<T, K, A, N> Column<T, K, A, N> {
    /// It is the calling user.
    ///
    /// ```
    /// # use crm::{account::Account, prelude::*};
    /// let mine = filter(Account, |a| a.ownerid.is_user());
    /// assert_eq!(
    ///     mine.to_string(),
    ///     "Microsoft.Dynamics.CRM.EqualUserId(PropertyName='ownerid')"
    /// );
    /// ```
    pub fn is_user(self) -> Filter<T>
    where
        K: Identifying,
        A: Readable,
    {
        self.function("EqualUserId", Arguments::None)
    }

    /// It is not the calling user.
    pub fn is_not_user(self) -> Filter<T>
    where
        K: Identifying,
        A: Readable,
    {
        self.function("NotEqualUserId", Arguments::None)
    }

    /// It is the calling user's business unit.
    pub fn is_business_unit(self) -> Filter<T>
    where
        K: Identifying,
        A: Readable,
    {
        self.function("EqualBusinessId", Arguments::None)
    }

    /// It is not the calling user's business unit.
    pub fn is_not_business_unit(self) -> Filter<T>
    where
        K: Identifying,
        A: Readable,
    {
        self.function("NotEqualBusinessId", Arguments::None)
    }

    /// It is one of the calling user's teams.
    pub fn is_user_team(self) -> Filter<T>
    where
        K: Identifying,
        A: Readable,
    {
        self.function("EqualUserTeams", Arguments::None)
    }

    /// It is the calling user or one of the user's teams.
    pub fn is_user_or_team(self) -> Filter<T>
    where
        K: Identifying,
        A: Readable,
    {
        self.function("EqualUserOrUserTeams", Arguments::None)
    }

    /// It is the calling user or somebody below in the hierarchy.
    pub fn is_user_or_hierarchy(self) -> Filter<T>
    where
        K: Identifying,
        A: Readable,
    {
        self.function("EqualUserOrUserHierarchy", Arguments::None)
    }

    /// It is the calling user, somebody below in the hierarchy, or one of their teams.
    pub fn is_user_or_hierarchy_and_teams(self) -> Filter<T>
    where
        K: Identifying,
        A: Readable,
    {
        self.function("EqualUserOrUserHierarchyAndTeams", Arguments::None)
    }

    /// It stands below this row in the table's hierarchy.
    pub fn under<V: Fits<K>>(self, row: V) -> Filter<T>
    where
        K: Identifying,
        A: Readable,
    {
        self.hierarchy("Under", &row)
    }

    /// It is this row, or stands below it in the table's hierarchy.
    pub fn under_or_equal<V: Fits<K>>(self, row: V) -> Filter<T>
    where
        K: Identifying,
        A: Readable,
    {
        self.hierarchy("UnderOrEqual", &row)
    }

    /// It doesn't stand below this row in the table's hierarchy.
    pub fn not_under<V: Fits<K>>(self, row: V) -> Filter<T>
    where
        K: Identifying,
        A: Readable,
    {
        self.hierarchy("NotUnder", &row)
    }

    /// It stands above this row in the table's hierarchy.
    pub fn above<V: Fits<K>>(self, row: V) -> Filter<T>
    where
        K: Identifying,
        A: Readable,
    {
        self.hierarchy("Above", &row)
    }

    /// It is this row, or stands above it in the table's hierarchy.
    pub fn above_or_equal<V: Fits<K>>(self, row: V) -> Filter<T>
    where
        K: Identifying,
        A: Readable,
    {
        self.hierarchy("AboveOrEqual", &row)
    }

    fn hierarchy<V: Fits<K>>(self, name: &'static str, row: &V) -> Filter<T>
    where
        K: Identifying,
        A: Readable,
    {
        self.function(name, Arguments::Text(row.literal().into_text()))
    }
}

impl<T, A: Readable, N> Column<T, WholeNumber, A, N> {
    /// It is the language of the calling user.
    pub fn is_user_language(self) -> Filter<T> {
        self.function("EqualUserLanguage", Arguments::None)
    }
}

impl<T, E, A: Readable, N> Column<T, ChoicesOf<E>, A, N> {
    /// One of these options at least is chosen. Without options it is true of no row.
    pub fn contains_any<V: Fits<ChoiceOf<E>>>(self, options: impl IntoIterator<Item = V>) -> Filter<T> {
        self.options("ContainValues", false, options)
    }

    /// None of these options is chosen. Without options it is true of every row.
    pub fn contains_none<V: Fits<ChoiceOf<E>>>(self, options: impl IntoIterator<Item = V>) -> Filter<T> {
        self.options("DoesNotContainValues", true, options)
    }

    /// The service refuses an empty list: what it would say is said by the column alone.
    fn options<V: Fits<ChoiceOf<E>>>(
        self,
        name: &'static str,
        of_none: bool,
        options: impl IntoIterator<Item = V>,
    ) -> Filter<T> {
        let options: Vec<String> = options
            .into_iter()
            .map(|option| option.literal().into_text())
            .collect();
        if !options.is_empty() {
            return self.function(name, Arguments::Texts(options));
        }
        match of_none {
            true => self.is_null() | self.is_not_null(),
            false => self.is_null() & self.is_not_null(),
        }
    }
}

impl<T, K, A, N> Column<T, K, A, N> {
    fn function(self, name: &'static str, arguments: Arguments) -> Filter<T> {
        Filter::new(Expression::Function {
            name,
            column: logical_name(self.property()),
            arguments,
        })
    }
}

/// Functions name columns, not the properties that read lookups.
pub(crate) fn logical_name(property: &str) -> &str {
    property
        .strip_prefix('_')
        .and_then(|rest| rest.strip_suffix("_value"))
        .unwrap_or(property)
}
