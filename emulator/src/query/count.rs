//! Counting rows no further than a limit.

use super::Context;
use super::plan::Rows;
use super::sql::Sql;
use crate::Fault;
use http::StatusCode;

/// How many rows there are, counted to a limit, and whether there are more. The statement may have begun with what the rows
/// refer to; `behind` adds what stands behind them.
pub(super) fn up_to(
    context: &Context<'_>,
    most: u64,
    mut sql: Sql,
    rows: &Rows<'_>,
    behind: impl FnOnce(&mut Sql),
) -> Result<(i64, bool), Fault> {
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    sql.push("SELECT count(*) FROM (SELECT 1");
    sql.rows(rows);
    behind(&mut sql);
    sql.push(" LIMIT ");
    sql.bind(most.saturating_add(1));
    sql.push(")");
    let found: i64 = context
        .connection
        .prepare_cached(&sql.text)?
        .query_row(rusqlite::params_from_iter(&sql.values), |row| row.get(0))?;
    Ok((found.min(most), found > most))
}

/// Refuses to compute values of more rows than this.
pub(super) fn refuse_more(context: &Context<'_>, most: u64, sql: Sql, rows: &Rows<'_>) -> Result<(), Fault> {
    let (_, exceeded) = up_to(context, most, sql, rows, |_| {})?;
    if exceeded {
        return Err(Fault::new(
            StatusCode::BAD_REQUEST,
            0x8004_e023,
            "The maximum record limit is exceeded. Reduce the number of records.",
        ));
    }
    Ok(())
}
