//! Faults on request: what a client has to survive, as often and as regularly as a test wants it.

use serde::{Deserialize, Serialize};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The faults that an emulator makes. `POST /emulator/faults` takes the same as JSON:
///
/// ```json
/// {"seed": 7, "rules": [
///   {"every": 3, "fails": {"status": 503, "retry_after": 2, "date": true}},
///   {"method": "POST", "path": "accounts", "times": 1, "cut": "after"},
///   {"delay": {"from": 10, "to": 50}}
/// ]}
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Faults {
    /// Decides the random delays: the same seed gives the same ones.
    pub seed: u64,
    /// What happens to which requests.
    pub rules: Vec<Rule>,
}

/// What happens to some requests. Of several rules that apply to a request, delays add up, and of the rest each kind of
/// fault is taken from the first rule that has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Rule {
    /// Only requests with this method.
    pub method: Option<String>,
    /// Only requests with this text in their path or query.
    pub path: Option<String>,
    /// Only every n-th of these requests: the n-th, the 2n-th. 0 and 1 are every one.
    pub every: u32,
    /// Lets so many of these requests pass first.
    pub after: u32,
    /// Is over when it was applied so often.
    pub times: Option<u32>,
    /// The answer comes late.
    pub delay: Option<Delay>,
    /// The request is refused before any work is done.
    pub fails: Option<Fails>,
    /// The connection is cut without an answer.
    pub cut: Option<Cut>,
    /// The connection is cut after so many bytes of the answer's body.
    pub truncate: Option<usize>,
}

/// How late, in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Delay {
    /// At least.
    pub from: u64,
    /// At most. Without it the delay is always the same.
    pub to: Option<u64>,
}

/// A refusal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Fails {
    /// The status: 429, 502, 503.
    pub status: u16,
    /// The service's code, as in `0x80072322`; without it the one that fits the status.
    pub code: Option<String>,
    /// The message.
    pub message: Option<String>,
    /// `Retry-After` in seconds.
    pub retry_after: Option<u64>,
    /// Writes `Retry-After` as a date.
    pub date: bool,
    /// Answers with the HTML page of a gateway instead of the service's JSON.
    pub html: bool,
}

/// When a connection is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Cut {
    /// Before the work was done.
    Before,
    /// After the work was done: the client can't know.
    After,
}

/// What happens to one request.
#[derive(Clone, Debug, Default)]
pub(crate) struct Effects {
    pub(crate) delay: Duration,
    pub(crate) fails: Option<Fails>,
    pub(crate) cut: Option<Cut>,
    pub(crate) truncate: Option<usize>,
}

/// The faults in force, and how often each was applied.
#[derive(Debug, Default)]
pub(crate) struct Switchboard(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    faults: Faults,
    counts: Vec<Count>,
    random: u64,
}

#[derive(Clone, Copy, Debug, Default)]
struct Count {
    seen: u64,
    applied: u32,
}

/// The longest delay, in milliseconds: a test that waits longer has failed.
const LONGEST: u64 = 600_000;

impl Switchboard {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Replaces all faults.
    pub(crate) fn set(&self, faults: Faults) {
        *self.state() = State {
            counts: vec![Count::default(); faults.rules.len()],
            random: faults.seed,
            faults,
        };
    }

    /// The faults in force, and how often each rule was applied.
    pub(crate) fn get(&self) -> (Faults, Vec<u32>) {
        let state = self.state();
        (
            state.faults.clone(),
            state.counts.iter().map(|count| count.applied).collect(),
        )
    }

    /// What happens to a request.
    pub(crate) fn effects(&self, method: &str, path: &str) -> Effects {
        let mut state = self.state();
        let State {
            faults,
            counts,
            random,
        } = &mut *state;
        let mut effects = Effects::default();
        for (rule, count) in faults.rules.iter().zip(counts) {
            if rule.fits(method, path) && rule.is_due(count) {
                rule.add(&mut effects, random);
            }
        }
        effects
    }
}

impl Rule {
    fn fits(&self, method: &str, path: &str) -> bool {
        let of_method = self
            .method
            .as_ref()
            .is_none_or(|wanted| wanted.eq_ignore_ascii_case(method));
        of_method && self.path.as_ref().is_none_or(|wanted| path.contains(wanted))
    }

    fn is_due(&self, count: &mut Count) -> bool {
        if self.times.is_some_and(|times| count.applied >= times) {
            return false;
        }
        count.seen += 1;
        let Some(past) = count
            .seen
            .checked_sub(u64::from(self.after))
            .filter(|past| *past > 0)
        else {
            return false;
        };
        let due = past.is_multiple_of(u64::from(self.every.max(1)));
        count.applied += u32::from(due);
        due
    }

    fn add(&self, effects: &mut Effects, random: &mut u64) {
        if let Some(delay) = self.delay {
            let span = delay.to.map_or(0, |to| to.saturating_sub(delay.from));
            let extra = next(random) % (span.min(LONGEST) + 1);
            let late = delay.from.saturating_add(extra).min(LONGEST);
            effects.delay += Duration::from_millis(late);
        }
        effects.fails = effects.fails.take().or_else(|| self.fails.clone());
        effects.cut = effects.cut.or(self.cut);
        effects.truncate = effects.truncate.or(self.truncate);
    }
}

/// The next number of the sequence SplitMix64: enough for delays, and the same on every machine.
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn board(rules: Vec<Rule>) -> Switchboard {
        let board = Switchboard::default();
        board.set(Faults { seed: 3, rules });
        board
    }

    #[test]
    fn rules_count_only_what_fits_them() {
        let board = board(vec![Rule {
            method: Some("post".to_owned()),
            path: Some("accounts".to_owned()),
            every: 2,
            after: 1,
            times: Some(2),
            cut: Some(Cut::After),
            ..Rule::default()
        }]);
        let cut = |method| board.effects(method, "accounts?x").cut.is_some();
        assert!(!cut("GET"));
        let cuts: Vec<bool> = (0..8).map(|_| cut("POST")).collect();
        assert_eq!(cuts, [false, false, true, false, true, false, false, false]);
        assert_eq!(board.get().1, [2]);
        assert!(board.effects("POST", "contacts").cut.is_none());
    }

    #[test]
    fn the_same_seed_gives_the_same_delays() {
        let rule = Rule {
            delay: Some(Delay {
                from: 10,
                to: Some(1_000),
            }),
            ..Rule::default()
        };
        let delays = |board: &Switchboard| -> Vec<Duration> {
            (0..20).map(|_| board.effects("GET", "").delay).collect()
        };
        let (one, two) = (delays(&board(vec![rule.clone()])), delays(&board(vec![rule])));
        assert_eq!(one, two);
        assert!(one.iter().all(|delay| (10..=1_000).contains(&delay.as_millis())));
        assert!(one.windows(2).any(|pair| pair[0] != pair[1]));
    }

    #[test]
    fn unknown_members_are_refused() {
        assert!(serde_json::from_str::<Faults>(r#"{"rules":[{"evry":3}]}"#).is_err());
    }
}
