//! A struct that doesn't write what a create needs, or only sometimes.

use crm::account::Account;
use crm::prelude::*;
use crm::rsk_inspection::RskInspection;
use crm::rsk_vessel::RskVessel;

#[derive(Create)]
#[create(table = Account, incomplete)]
struct NewAccount {
    fax: Option<String>,
}

#[derive(Create)]
#[create(table = RskInspection)]
struct NewInspection {
    rsk_name: String,
    rsk_scheduledon: Timestamp,
    rsk_vesselid: Id<RskVessel>,
}

fn main() {
    let _ = NewAccount { fax: None }.into_body();
    let _ = NewInspection {
        rsk_name: "Initial".to_owned(),
        rsk_scheduledon: Timestamp::UNIX_EPOCH,
        rsk_vesselid: Id::new(Uuid::nil()),
    };
}
