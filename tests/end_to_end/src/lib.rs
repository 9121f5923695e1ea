//! Tests of the runtime against the running emulator. A package of its own: the compile-fail cases beside it compile all that
//! their package depends on once more.
