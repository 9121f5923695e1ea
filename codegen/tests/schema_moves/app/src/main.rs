//! An application of several files. A line that no longer compiles against "prod" says at its end by which change.

mod fleet;
mod kinds;
mod operators;
mod ports;
mod readings;

fn main() {
    fleet::conditions();
    fleet::writes();
    ports::conditions();
    ports::writes();
    operators::conditions();
    readings::conditions();
}

#[cfg(test)]
mod tests {
    use crm::{prelude::*, rsk_vessel::RskVessel};

    #[test]
    fn crews_are_counted() {
        let _ = filter(RskVessel, |v| v.rsk_crew.is_not_null()); // BREAKS rsk_vessel.rsk_crew
        let _ = filter(RskVessel, |v| v.rsk_draught.is_not_null());
    }
}
