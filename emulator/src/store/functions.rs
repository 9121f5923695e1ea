//! Functions of SQL that queries need: text against a pattern, sums without rounding, and moments on the clock of the users.

use super::convert::kept_moment;
use super::wildcard::{Anchors, Pattern};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use rusqlite::functions::{Aggregate, Context, FunctionFlags};
use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, Error, Result};
use rust_decimal::Decimal;
use std::collections::HashMap;

/// The function of a folded text, a pattern, and where it is anchored: 1 at the start, 2 at the end, 3 at both.
pub(crate) const FITS: &str = "text_fits";
/// The function of a lookup's id, its table, and [`Names`] as JSON: the name of the row.
pub(crate) const NAME: &str = "known_name";

/// The folded names of rows by their ids, by their tables.
pub(crate) type Names = HashMap<String, HashMap<String, String>>;

/// The sum of whole numbers or decimals, exactly, as text.
pub(crate) const SUM: &str = "exact_sum";
/// The average of whole numbers or decimals, to ten digits after the point of what is averaged, as text.
pub(crate) const AVERAGE: &str = "exact_average";

/// The function of a moment as it is kept: the same in the time zone of the users.
pub(crate) const LOCAL: &str = "local_moment";

pub(super) fn register(connection: &Connection) -> Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_scalar_function(FITS, 3, flags, fits)?;
    connection.create_scalar_function(NAME, 3, flags, name)?;
    set_zone(connection, TimeZone::UTC)?;
    connection.create_aggregate_function(SUM, 1, flags, Exact { average: false })?;
    connection.create_aggregate_function(AVERAGE, 1, flags, Exact { average: true })
}

/// Sets the time zone of the users, which is UTC at first.
pub(super) fn set_zone(connection: &Connection, zone: TimeZone) -> Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_scalar_function(LOCAL, 1, flags, move |context| {
        let kept: Option<String> = context.get(0)?;
        let at = kept.and_then(|kept| kept.parse::<Timestamp>().ok());
        Ok(at.map(|at| kept_moment(zone.to_datetime(at))))
    })
}

fn fits(context: &mut Context<'_>) -> Result<Option<bool>> {
    let anchored: i64 = context.get(2)?;
    let anchors = Anchors {
        start: anchored & 1 != 0,
        end: anchored & 2 != 0,
    };
    let pattern = context.get_or_create_aux(1, |value| {
        let text = value.as_str().map_err(Box::new)?;
        Ok::<_, Box<dyn std::error::Error + Send + Sync>>(Pattern::new(text, anchors))
    })?;
    match context.get_raw(0) {
        ValueRef::Null => Ok(None),
        text => Ok(Some(
            pattern.fits(
                text.as_str()
                    .map_err(|error| Error::UserFunctionError(Box::new(error)))?,
            ),
        )),
    }
}

fn name(context: &mut Context<'_>) -> Result<Option<String>> {
    let names = context.get_or_create_aux(2, |value| {
        let text = value.as_str().map_err(Box::new)?;
        Ok::<Names, Box<dyn std::error::Error + Send + Sync>>(serde_json::from_str(text)?)
    })?;
    let (ValueRef::Text(id), ValueRef::Text(table)) = (context.get_raw(0), context.get_raw(1)) else {
        return Ok(None);
    };
    // What isn't text names nothing.
    let (Ok(id), Ok(table)) = (std::str::from_utf8(id), std::str::from_utf8(table)) else {
        return Ok(None);
    };
    Ok(names.get(table).and_then(|names| names.get(id)).cloned())
}

struct Exact {
    average: bool,
}

/// What was added up so far: whole numbers for themselves, since they are many more than decimals can hold.
#[derive(Default)]
struct Total {
    whole: i128,
    decimal: Decimal,
    count: i64,
}

impl Aggregate<Total, Option<String>> for Exact {
    fn init(&self, _: &mut Context<'_>) -> Result<Total> {
        Ok(Total::default())
    }

    fn step(&self, context: &mut Context<'_>, total: &mut Total) -> Result<()> {
        match context.get::<Value>(0)? {
            Value::Integer(number) => total.whole += i128::from(number),
            Value::Text(text) => {
                let number: Decimal = text.parse().map_err(unreadable)?;
                total.decimal = total.decimal.checked_add(number).ok_or_else(too_large)?;
            }
            _ => return Ok(()),
        }
        total.count += 1;
        Ok(())
    }

    fn finalize(&self, _: &mut Context<'_>, total: Option<Total>) -> Result<Option<String>> {
        let Some(total) = total.filter(|total| total.count > 0) else {
            return Ok(None);
        };
        let whole = Decimal::try_from_i128_with_scale(total.whole, 0).map_err(|_| too_large())?;
        let sum = whole.checked_add(total.decimal).ok_or_else(too_large)?;
        let result = if self.average {
            sum.checked_div(Decimal::from(total.count))
                .ok_or_else(too_large)?
        } else {
            sum
        };
        Ok(Some(result.normalize().to_string()))
    }
}

fn unreadable(error: rust_decimal::Error) -> Error {
    Error::UserFunctionError(Box::new(error))
}

fn too_large() -> Error {
    Error::UserFunctionError("Arithmetic overflow error for data type numeric.".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one<T: rusqlite::types::FromSql>(sql: &str) -> T {
        let connection = Connection::open_in_memory().unwrap();
        register(&connection).unwrap();
        connection.query_row(sql, [], |row| row.get(0)).unwrap()
    }

    #[test]
    fn sums_are_exact() {
        let sum: String = one(
            "SELECT exact_sum(v) FROM (SELECT 9223372036854775807 AS v UNION ALL SELECT 9223372036854775807)",
        );
        assert_eq!(sum, "18446744073709551614");
        let sum: String =
            one("SELECT exact_sum(v) FROM (SELECT '0.1' AS v UNION ALL SELECT '0.2' UNION ALL SELECT NULL)");
        assert_eq!(sum, "0.3");
        let average: String =
            one("SELECT exact_average(v) FROM (SELECT 1 AS v UNION ALL SELECT 2 UNION ALL SELECT NULL)");
        assert_eq!(average, "1.5");
        assert_eq!(one::<Option<String>>("SELECT exact_sum(NULL)"), None);
    }

    #[test]
    fn moments_are_on_the_clock_of_the_users() {
        let connection = Connection::open_in_memory().unwrap();
        register(&connection).unwrap();
        let local = |kept: &str| -> Option<String> {
            let sql = format!("SELECT local_moment({kept})");
            connection.query_row(&sql, [], |row| row.get(0)).unwrap()
        };
        let winter = "'2024-01-01T23:30:00Z'";
        assert_eq!(local(winter).as_deref(), Some("2024-01-01T23:30:00Z"));
        let zone = TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap();
        set_zone(&connection, zone).unwrap();
        assert_eq!(local(winter).as_deref(), Some("2024-01-02T00:30:00Z"));
        assert_eq!(
            local("'2024-07-01T22:00:00Z'").as_deref(),
            Some("2024-07-02T00:00:00Z")
        );
        assert_eq!(local("NULL"), None);
    }

    #[test]
    fn names_are_found_by_table_and_id() {
        let name = |id: &str, table: &str| {
            let names = r#"{"account": {"1": "north"}, "contact": {"1": "kari"}}"#;
            one::<Option<String>>(&format!("SELECT known_name({id}, {table}, '{names}')"))
        };
        assert_eq!(name("'1'", "'account'").as_deref(), Some("north"));
        assert_eq!(name("'1'", "'contact'").as_deref(), Some("kari"));
        assert_eq!(name("'2'", "'contact'"), None);
        assert_eq!(name("'1'", "'team'"), None);
        assert_eq!(name("NULL", "NULL"), None);
    }

    #[test]
    fn patterns_are_held_against_texts() {
        assert_eq!(
            one::<Option<bool>>("SELECT text_fits('abc', 'B_', 0)"),
            Some(true)
        );
        assert_eq!(
            one::<Option<bool>>("SELECT text_fits('abc', 'b', 1)"),
            Some(false)
        );
        assert_eq!(one::<Option<bool>>("SELECT text_fits(NULL, 'b', 1)"), None);
    }
}
