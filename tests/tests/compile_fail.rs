//! What must not compile, and what the compiler then says. Each case has a twin in `ui/pass`, which `compile_pass` compiles: where
//! trybuild has none to link, it checks all cases in one go.
//!
//! After a change to a message: `TRYBUILD=overwrite cargo test -p dataverse-tests --test compile_fail`.

#[test]
fn mistakes_do_not_compile() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/ui/*.rs");
}
