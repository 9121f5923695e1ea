//! Rows of elastic tables that end by themselves: `ttlinseconds` after they were last written.

use crate::Fault;
use crate::rows::Work;
use crate::store::quoted;

/// Deletes the rows whose time is over.
pub(super) fn expire(work: &Work<'_>) -> Result<(), Fault> {
    for table in work.relations.mortal() {
        let sql = format!(
            "DELETE FROM {} WHERE \"ttlinseconds\" > 0 AND unixepoch(\"modifiedon\") + \"ttlinseconds\" <= ?1",
            quoted(table)
        );
        work.connection
            .prepare_cached(&sql)?
            .execute([work.now.as_second()])?;
    }
    Ok(())
}
