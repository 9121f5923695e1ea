//! Parts of dates, by which rows are grouped.

use crate::Fault;
use crate::fetchxml::DateGrouping;
use crate::query::Context;
use crate::query::plan::ColumnRef;
use crate::query::sql::Sql;

/// A part of a column's date: a number, or a text that names a part of the fiscal year. Moments have the date of the users'
/// calendar, or that of Greenwich.
pub(super) fn date_part(
    context: &Context<'_>,
    sql: &mut Sql,
    column: ColumnRef<'_>,
    (part, in_utc): (DateGrouping, bool),
) -> Result<(), Fault> {
    let settings = context.settings;
    let fiscal = settings.fiscal;
    if part == DateGrouping::FiscalPeriod && fiscal.periods != 4 {
        return Err(Fault::unsupported(
            "the dategrouping 'fiscal-period' with fiscal years that aren't divided into quarters",
        ));
    }
    let mut value = Sql::default();
    if in_utc {
        value.value(column);
    } else {
        value.local(column);
    }
    let value = value.text;
    let number = |from: u8, length: u8| format!("CAST(substr({value}, {from}, {length}) AS INTEGER)");
    let (year, month, day) = (number(1, 4), number(6, 2), number(9, 2));
    let starts_on_first = fiscal.month == 1 && fiscal.day == 1;
    let named = i8::from(fiscal.named_by_end && !starts_on_first);
    let (first, first_day) = (fiscal.month, fiscal.day);
    let fiscal_year = format!("({year} - (substr({value}, 6, 5) < '{first:02}-{first_day:02}') + {named})");
    let text = match part {
        DateGrouping::Day => day,
        DateGrouping::Month => month,
        DateGrouping::Quarter => format!("({month} + 2) / 3"),
        DateGrouping::Year => year,
        // As SQL Server counts them: the first of January lies in the first one.
        DateGrouping::Week => {
            let week = settings.week.to_sunday_zero_offset();
            let of = |form: &str, modifier: &str| {
                format!("CAST(strftime('{form}', substr({value}, 1, 10){modifier}) AS INTEGER)")
            };
            let (days, start) = (of("%j", ""), of("%w", ", 'start of year'"));
            format!("({days} - 1 + ({start} - {week} + 7) % 7) / 7 + 1")
        }
        DateGrouping::FiscalYear => format!("'FY' || {fiscal_year}"),
        DateGrouping::FiscalPeriod => {
            let months = format!("(({month} - ({day} < {first_day}) - {first} + 12) % 12)");
            format!("'Quarter ' || ({months} / 3 + 1) || ' FY' || {fiscal_year}")
        }
    };
    sql.push(&format!("CASE WHEN {value} IS NOT NULL THEN {text} END"));
    Ok(())
}
