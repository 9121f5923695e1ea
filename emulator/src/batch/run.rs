//! Carries out the requests of a batch, one after another.

use super::parse::{Batch, Item};
use super::part::Part;
use crate::{Answer, Call, Engine, Fault};

/// What a batch needs to know of the request that it came with.
pub(crate) struct Runner<'a> {
    /// What carries out the calls.
    pub(crate) engine: &'a dyn Engine,
    /// Makes a call of a part: its root, and on whose behalf it is made.
    pub(crate) call: &'a dyn Fn(&Part) -> Result<Call, Fault>,
    /// Is told of each call and how it ended.
    pub(crate) told: &'a dyn Fn(&Part, Result<&Answer, &Fault>),
    /// Whether to go on after a failure.
    pub(crate) go_on: bool,
}

/// How an item of a batch ended.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// The answer to a request.
    One(Answer),
    /// The refusal of a request. `asked` holds its headers: they say in which form errors are wanted.
    Failed(Fault, Box<http::HeaderMap>),
    /// The answers to a change set, with their numbers.
    ChangeSet(Vec<(Option<String>, Answer)>),
    /// The refusal of a change set, with the number of the request that failed.
    ChangeSetFailed(Option<String>, Fault, Box<http::HeaderMap>),
}

impl Outcome {
    /// The refusal, if it is one.
    pub(crate) fn fault(&self) -> Option<&Fault> {
        match self {
            Self::Failed(fault, _) | Self::ChangeSetFailed(_, fault, _) => Some(fault),
            Self::One(_) | Self::ChangeSet(_) => None,
        }
    }
}

/// The outcomes so far as the batch was carried out: without `go_on`, up to the first failure.
pub(crate) fn run(batch: Batch, runner: &Runner<'_>) -> Vec<Outcome> {
    let mut outcomes = Vec::with_capacity(batch.items.len());
    for item in batch.items {
        let outcome = match item {
            Item::One(part) => one(*part, runner),
            Item::ChangeSet(parts) => change_set(parts, runner),
        };
        let failed = outcome.fault().is_some();
        outcomes.push(outcome);
        if failed && !runner.go_on {
            break;
        }
    }
    outcomes
}

fn one(part: Part, runner: &Runner<'_>) -> Outcome {
    let result = (runner.call)(&part).and_then(|call| runner.engine.answer(&call));
    (runner.told)(&part, result.as_ref());
    match result {
        Ok(answer) => Outcome::One(answer),
        Err(fault) => Outcome::Failed(fault, Box::new(part.headers)),
    }
}

fn change_set(parts: Vec<Part>, runner: &Runner<'_>) -> Outcome {
    let result = calls(&parts, runner).and_then(|calls| {
        let answers = runner.engine.change_set(&calls)?;
        if answers.len() == calls.len() {
            Ok(answers)
        } else {
            Err((0, crate::server::unexpected()))
        }
    });
    match result {
        Ok(answers) => {
            for (part, answer) in parts.iter().zip(&answers) {
                (runner.told)(part, Ok(answer));
            }
            let ids = parts.into_iter().map(|part| part.content_id);
            Outcome::ChangeSet(ids.zip(answers).collect())
        }
        Err((at, fault)) => {
            let failed = parts.into_iter().nth(at);
            if let Some(part) = &failed {
                (runner.told)(part, Err(&fault));
            }
            let (id, headers) = failed
                .map(|part| (part.content_id, part.headers))
                .unwrap_or_default();
            Outcome::ChangeSetFailed(id, fault, Box::new(headers))
        }
    }
}

fn calls(parts: &[Part], runner: &Runner<'_>) -> Result<Vec<Call>, (usize, Fault)> {
    parts
        .iter()
        .enumerate()
        .map(|(at, part)| (runner.call)(part).map_err(|fault| (at, fault)))
        .collect()
}
