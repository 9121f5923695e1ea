//! Who sails a ship: no longer a team.

use crm::targets::AccountOrContactOrTeam; // BREAKS rsk_vessel.rsk_operatorid
use crm::{contact::Contact, prelude::*, rsk_portcall::RskPortcall, rsk_vessel::RskVessel, team::Team};

#[derive(Row)]
#[row(table = RskVessel)]
pub struct Operated {
    pub rsk_operatorid: Option<Reference<crm::targets::AccountOrContactOrTeam>>, // BREAKS rsk_vessel.rsk_operatorid
}

#[derive(Row)]
#[row(table = RskPortcall)]
pub struct Call {
    pub rsk_customerid: Option<Reference<crm::targets::Customer>>,
}

pub fn word(of: &Operated) -> &'static str {
    match of.rsk_operatorid.as_ref().and_then(Reference::target) {
        Some(AccountOrContactOrTeam::Team) => "a team",
        Some(AccountOrContactOrTeam::Account) => "a company",
        _ => "somebody",
    }
}

pub fn conditions() {
    let _ = filter(RskVessel, |v| v.rsk_operatorid.to_row_of(Team, |t| t.name.eq("Deck"))); // BREAKS rsk_vessel.rsk_operatorid
    let _ = filter(RskVessel, |v| v.rsk_operatorid.to_row_of(Contact, |c| c.lastname.eq("Berg")));
}

pub fn bind(team: Id<Team>, person: Id<Contact>) {
    let _ = update_body(RskVessel, |v| v.rsk_operatorid.bind(team)); // BREAKS rsk_vessel.rsk_operatorid
    let _ = update_body(RskVessel, |v| v.rsk_operatorid.bind(person));
    let _ = update_body(RskVessel, |v| v.ownerid.bind(team));
}
