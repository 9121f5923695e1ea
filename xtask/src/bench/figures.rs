//! Seconds of several rounds.

use std::time::Instant;

use crate::Failure;

/// What one thing took, round by round.
#[derive(Default)]
pub(super) struct Rounds(Vec<f64>);

impl Rounds {
    /// Measures a piece of work once more, and gives what it made.
    pub(super) fn time<T>(&mut self, work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
        let start = Instant::now();
        let made = work()?;
        self.0.push(start.elapsed().as_secs_f64());
        Ok(made)
    }

    /// Takes seconds that were measured elsewhere.
    pub(super) fn push(&mut self, seconds: f64) {
        self.0.push(seconds);
    }

    pub(super) fn min(&self) -> f64 {
        self.0.iter().copied().fold(f64::INFINITY, f64::min)
    }

    pub(super) fn median(&self) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        let middle = sorted.len() / 2;
        match (sorted.get(middle.wrapping_sub(1)), sorted.get(middle)) {
            (Some(below), Some(above)) if sorted.len().is_multiple_of(2) => (below + above) / 2.0,
            (_, Some(middle)) => *middle,
            _ => f64::NAN,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Rounds;

    #[test]
    fn least_and_median() {
        assert_eq!(Rounds(vec![3.0, 1.0, 2.0]).median(), 2.0);
        assert_eq!(Rounds(vec![4.0, 1.0, 2.0, 3.0]).median(), 2.5);
        assert_eq!(Rounds(vec![7.0]).median(), 7.0);
        assert_eq!(Rounds(vec![3.0, 1.0]).min(), 1.0);
        assert!(Rounds::default().median().is_nan());
    }
}
