//! Tests across the workspace: see `tests/`.
