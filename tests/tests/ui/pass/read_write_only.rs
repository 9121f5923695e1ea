//! A column that the service never returns.

use crm::dataverse_runtime as rt;
use crm::prelude::*;

/// A table with a column that the service never returns.
pub struct Vault;

pub struct Columns {
    pub name: rt::Column<Vault, rt::kind::Text>,
    pub secret: rt::Column<Vault, rt::kind::Text, rt::access::WriteOnly>,
}

impl Table for Vault {
    type Columns = Columns;
    type ChangeTracking = rt::capability::Unknown;
    type Storage = rt::storage::Standard;
    type Mandatory = ();
    const META: rt::TableMeta = rt::TableMeta {
        logical_name: "vault",
        entity_set: "vaults",
        primary_id: "vaultid",
        primary_name: None,
        is_activity: false,
        optimistic_concurrency: None,
    };
    const COLUMNS: Columns = Columns { name: rt::column("name"), secret: rt::column("secret") };
}

#[derive(Row)]
#[row(table = Vault)]
#[allow(dead_code)]
struct Opened {
    name: Option<String>,
}

fn main() {
    let _ = update_body(Vault, |v| v.secret.set("s"));
}
