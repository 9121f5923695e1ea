//! Functions of dates.

use super::{Call, unfit};
use crate::Fault;
use crate::odata::Comparison;
use crate::query::bind::Binder;
use crate::query::bind::value::day;
use crate::query::period::{Calendar, Period, days};
use crate::query::plan::Condition;
use crate::store::{Moment, kept_moment};
use dataverse_codegen::schema::{ColumnKind, DateBehavior};
use jiff::ToSpan;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use rusqlite::types::Value;

fn out_of_calendar(error: jiff::Error) -> Fault {
    Fault::bad_query(format!("The period lies outside the calendar: {error}."))
}

fn calendar<'a>(binder: &Binder<'a>) -> Calendar<'a> {
    Calendar::new(binder.context.now, binder.context.settings)
}

fn zone<'a>(binder: &Binder<'a>) -> &'a TimeZone {
    &binder.context.settings.time_zone
}

impl<'a> Call<'_, 'a> {
    fn behavior(&self) -> Result<DateBehavior, Fault> {
        match &self.column.column.kind {
            ColumnKind::DateTime { behavior, .. } => Ok(*behavior),
            kind => Err(self.wrong_kind(kind.name())),
        }
    }

    /// The column lies within a period.
    fn during(&self, zone: &TimeZone, period: Period) -> Result<Condition<'a>, Fault> {
        let behavior = self.behavior()?;
        let days = behavior == DateBehavior::DateOnly;
        let shown = |at: DateTime| -> Value {
            let text = match behavior {
                DateBehavior::DateOnly => at.date().to_string(),
                DateBehavior::TimeZoneIndependent => kept_moment(at),
                // At the calendar's end a moment may be none in Greenwich: no row holds one there either.
                DateBehavior::UserLocal => zone
                    .to_timestamp(at)
                    .map_or_else(|_| kept_moment(at), Moment::text),
            };
            text.into()
        };
        let mut bounds = Vec::new();
        if let Some(from) = period.from {
            bounds.push(Condition::Compare(self.column, Comparison::Ge, shown(from)));
        }
        if let Some(to) = period.to {
            // A day counts if its first moment does.
            let inside = days && to != to.date().at(0, 0, 0, 0);
            let comparison = if inside { Comparison::Le } else { Comparison::Lt };
            bounds.push(Condition::Compare(self.column, comparison, shown(to)));
        }
        Ok(Condition::All(bounds))
    }
}

/// The functions that name a period.
pub(super) fn named<'a>(binder: &Binder<'a>, call: &Call<'_, 'a>) -> Option<Result<Condition<'a>, Fault>> {
    let period = calendar(binder).named(call.name)?;
    Some(
        period
            .map_err(out_of_calendar)
            .and_then(|period| call.during(zone(binder), period)),
    )
}

pub(super) fn on<'a>(binder: &Binder<'a>, call: &Call<'_, 'a>) -> Result<Condition<'a>, Fault> {
    call.behavior()?;
    let day = day(call.text()?).ok_or_else(|| Fault::bad_query("The value of a condition is no date."))?;
    let next = day.checked_add(1.day()).map_err(out_of_calendar)?;
    let period = match call.name {
        "On" => days(Some(day), Some(next)),
        "OnOrBefore" => days(None, Some(next)),
        _ => days(Some(day), None),
    };
    call.during(zone(binder), period)
}

pub(super) fn counted<'a>(binder: &Binder<'a>, call: &Call<'_, 'a>) -> Result<Condition<'a>, Fault> {
    let calendar = calendar(binder);
    let number = call.number("PropertyValue")?;
    if call.name == "InFiscalYear" {
        let year = calendar.fiscal_year(number).map_err(out_of_calendar)?;
        return call.during(zone(binder), year);
    }
    if call.name == "InFiscalPeriod" {
        call.behavior()?;
        if !calendar.has_period(number) {
            return Ok(Condition::OfAny(call.column, false));
        }
        let (from, to) = calendar.season(number).map_err(out_of_calendar)?;
        return Ok(Condition::Season(call.column, from, to));
    }
    if number < 1 {
        return Err(Fault::bad_query(format!(
            "The value of the condition operator '{}' must be at least 1.",
            call.name
        )));
    }
    match calendar.counted(call.name, number) {
        Some(period) => call.during(zone(binder), period.map_err(out_of_calendar)?),
        None => Err(unfit(call.name)),
    }
}

pub(super) fn fiscal<'a>(binder: &Binder<'a>, call: &Call<'_, 'a>) -> Result<Condition<'a>, Fault> {
    let calendar = calendar(binder);
    let (period, year) = (call.number("PropertyValue1")?, call.number("PropertyValue2")?);
    if !calendar.has_period(period) {
        return Ok(Condition::OfAny(call.column, false));
    }
    let of = calendar.fiscal_period(period, year).map_err(out_of_calendar)?;
    let period = match call.name {
        "InFiscalPeriodAndYear" => of,
        "InOrBeforeFiscalPeriodAndYear" => Period { from: None, ..of },
        _ => Period { to: None, ..of },
    };
    call.during(zone(binder), period)
}
