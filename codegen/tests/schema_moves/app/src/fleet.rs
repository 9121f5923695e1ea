//! Ships: a column of theirs is gone.

use crm::{prelude::*, rsk_inspection::RskInspection, rsk_port::RskPort, rsk_vessel::RskVessel};

#[derive(Row)]
#[row(table = RskVessel)]
pub struct Ship {
    pub rsk_vesselid: Id<RskVessel>,
    pub rsk_name: Option<String>,
    pub rsk_code: Option<String>,
    pub rsk_crew: Option<i32>, // BREAKS rsk_vessel.rsk_crew
    #[row(formatted = rsk_type)]
    pub kind: Option<String>,
    #[row(expand)]
    pub rsk_homeportid: Option<Harbour>,
}

#[derive(Row)]
#[row(table = RskPort)]
pub struct Harbour {
    pub rsk_name: String,
    #[row(column = rsk_berths)]
    pub places: Option<i32>, // BREAKS rsk_port.rsk_berths
}

#[derive(Default, Update)]
#[update(table = RskVessel)]
pub struct Refit {
    pub rsk_crew: Patch<i32>, // BREAKS rsk_vessel.rsk_crew
    pub rsk_draught: Option<Decimal>,
}

/// A table whose column has the name of the one that is gone.
#[derive(Row)]
#[row(table = RskInspection)]
pub struct Inspection {
    pub rsk_crew: Option<i32>,
    pub rsk_minutes: Option<i32>,
}

pub fn conditions() {
    let _ = filter(RskVessel, |v| {
        v.rsk_name.contains("Aster")
            & v.rsk_draught.le(decimal!(9.5))
            & v.rsk_crew.gt(20) // BREAKS rsk_vessel.rsk_crew
    });
    let _ = filter(RskInspection, |i| i.rsk_crew.gt(20) & i.rsk_minutes.lt(90));
    let _ = order_by(RskVessel, |v| (v.rsk_crew.desc(), v.rsk_name.asc())); // BREAKS rsk_vessel.rsk_crew
    let _ = order_by(RskVessel, |v| v.rsk_name.asc());
}

pub fn writes() {
    let _ = update_body(RskVessel, |v| v.rsk_crew.clear()); // BREAKS rsk_vessel.rsk_crew
    let _ = update_body(RskVessel, |v| (v.rsk_draught.clear(), v.rsk_active.set(true)));
    let _ = create_body(RskVessel, |v| {
        incomplete((
            v.rsk_name.set("Aster"),
            v.rsk_crew.set(21), // BREAKS rsk_vessel.rsk_crew
        ))
    });
}
