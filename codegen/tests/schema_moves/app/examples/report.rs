//! A target of its own, which compiles whatever becomes of the program.

use crm::{prelude::*, rsk_port::RskPort, rsk_vessel::RskVessel};

fn main() {
    println!("{}", filter(RskVessel, |v| v.rsk_crew.is_null())); // BREAKS rsk_vessel.rsk_crew
    println!("{}", filter(RskPort, |p| p.rsk_country.eq("Norway")));
}
