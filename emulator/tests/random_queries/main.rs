//! Random queries of random rows of random tables: what comes is what a plain evaluation in memory finds, in the same order and
//! to the last digit, page by page.
//!
//! `RANDOM_QUERIES` says how many worlds are made (8 without it), each with its own tables, rows and queries. What fails is
//! made smaller, and its seed is kept in `proptest-regressions` for the next runs.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[path = "../support/mod.rs"]
mod support;

mod condition;
mod expand;
mod groups;
mod like;
mod list;
mod plain;
mod pool;
mod serve;
mod tape;
mod value;
mod world;

use groups::Groups;
use list::Query;
use proptest::prelude::*;
use tape::Tape;
use world::World;

/// How many worlds are made if nobody says.
const WORLDS: u32 = 8;
/// How many queries are asked of each.
const QUERIES: usize = 40;

fn config() -> ProptestConfig {
    let worlds = std::env::var("RANDOM_QUERIES")
        .ok()
        .and_then(|worlds| worlds.parse().ok());
    ProptestConfig {
        cases: worlds.unwrap_or(WORLDS),
        max_shrink_iters: 300,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn what_is_found_is_what_memory_finds(
        shape in prop::collection::vec(any::<u16>(), 0..120),
        content in prop::collection::vec(any::<u16>(), 0..2_000),
        queries in prop::collection::vec(prop::collection::vec(any::<u16>(), 0..120), 1..QUERIES * 2),
    ) {
        let world = World::new(&mut Tape::new(&shape), &mut Tape::new(&content));
        let tokio = tokio::runtime::Runtime::new().unwrap();
        let served = tokio.block_on(serve::serve(&world));
        for query in &queries {
            let mut tape = Tape::new(query);
            let (shown, checked) = if tape.once_in(4) {
                let groups = Groups::new(&mut tape, &world);
                (groups.shown(), tokio.block_on(groups.check(&world, &served)))
            } else {
                let query = Query::new(&mut tape, &world);
                (query.shown(&world), tokio.block_on(query.check(&world, &served)))
            };
            if let Err(wrong) = checked {
                return Err(TestCaseError::fail(format!("{shown}\n{wrong}\n{world:#?}")));
            }
        }
    }
}
