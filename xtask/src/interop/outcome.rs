//! What the drivers tell of each step, and what comes of it.

use std::fmt;

use serde::Deserialize;

/// A line of a driver.
#[derive(Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub(super) struct Step {
    /// What the step belongs to: rows, queries, batches and so on.
    area: String,
    /// What of the client's interface it exercised.
    operation: String,
    outcome: Outcome,
    /// Why it failed, or what the emulator says that it doesn't support.
    detail: String,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Outcome {
    Passed,
    Failed,
    Unsupported,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let outcome = match self.outcome {
            Outcome::Passed => "ok",
            Outcome::Failed => "FAILED",
            Outcome::Unsupported => "501",
        };
        write!(f, "{outcome:<7} {:<13} {}", self.area, self.operation)?;
        if self.detail.is_empty() {
            return Ok(());
        }
        write!(f, "\n{:23} {}", "", self.detail)
    }
}

/// How many steps ended how.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) passed: usize,
    pub(super) unsupported: usize,
    pub(super) failed: usize,
}

impl Tally {
    pub(super) fn add(&mut self, step: &Step) {
        match step.outcome {
            Outcome::Passed => self.passed += 1,
            Outcome::Failed => self.failed += 1,
            Outcome::Unsupported => self.unsupported += 1,
        }
    }

    pub(super) fn steps(&self) -> usize {
        self.passed + self.unsupported + self.failed
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} steps: {} ok, {} refused by name (501), {} failed",
            self.steps(),
            self.passed,
            self.unsupported,
            self.failed
        )
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn steps_are_read_shown_and_counted() {
        let line = r#"{"area":"rows","operation":"create","outcome":"failed","detail":"404 0x80040217"}"#;
        let step: Step = serde_json::from_str(line).unwrap();
        assert_eq!(
            step.to_string(),
            "FAILED  rows          create\n                        404 0x80040217"
        );
        let mut tally = Tally::default();
        tally.add(&step);
        assert_eq!(
            tally.to_string(),
            "1 steps: 0 ok, 0 refused by name (501), 1 failed"
        );
    }
}
