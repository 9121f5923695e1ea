//! What identifies a row.

use crate::model::Entity;
use crate::store::{is_elastic, quoted};
use uuid::Uuid;

/// The identity of a row: its id, and in elastic tables its partition.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct RowId {
    pub(crate) id: Uuid,
    /// The partition of a row in an elastic table. `None` is the partition that the row's own id names.
    pub(crate) partition: Option<String>,
}

impl From<Uuid> for RowId {
    fn from(id: Uuid) -> Self {
        Self { id, partition: None }
    }
}

impl RowId {
    /// A row of an elastic table. A partition named by the row's own id is none of its own.
    pub(crate) fn in_partition(id: Uuid, partition: &str) -> Self {
        let own = partition.is_empty() || partition == id.to_string();
        Self {
            id,
            partition: (!own).then(|| partition.to_owned()),
        }
    }

    /// The condition in SQL that holds for this row alone, and its parameters. They are numbered from 1.
    pub(crate) fn condition(&self, entity: &Entity) -> (String, Vec<String>) {
        let id = quoted(entity.primary_id());
        if is_elastic(entity) && entity.table().column("partitionid").is_some() {
            let partition = self.partition.clone().unwrap_or_default();
            let condition = format!("{id} = ?1 AND ifnull(\"partitionid\", '') = ?2");
            return (condition, vec![self.id.to_string(), partition]);
        }
        (format!("{id} = ?1"), vec![self.id.to_string()])
    }
}
