//! `/emulator/rows` and `/emulator/state`: rows to start with, and the whole state for tests that share an emulator.
//!
//! | request | what |
//! |---|---|
//! | `POST /emulator/rows` | creates rows ([`Environment::seed`]) |
//! | `DELETE /emulator/rows` | forgets all rows but those that every environment has |
//! | `GET /emulator/state` | all rows, links and counters |
//! | `PUT /emulator/state` | replaces them by a state that was read before |

use super::{Environment, SeedError, foundation};
use crate::json::Json;
use crate::session::{json, no_content};
use crate::store::{clear, dump, restore};
use crate::{Answer, Call, Fault};
use http::{Method, StatusCode};

pub(super) fn answer(environment: &Environment, call: &Call) -> Result<Answer, Fault> {
    let segment = call.path.split(['/', '?']).next().unwrap_or_default();
    match (segment, &call.method) {
        ("rows", &Method::POST) => {
            let created = environment
                .seed_rows(&Json::read(&call.body)?)
                .map_err(|error| refused(&error))?;
            let body = vec![("created".to_owned(), Json::Number(created.to_string()))];
            Ok(json(StatusCode::OK, &Json::Object(body)))
        }
        ("rows", &Method::DELETE) => {
            environment.reset()?;
            Ok(no_content())
        }
        ("state", &Method::GET) => Ok(json(StatusCode::OK, &environment.dump()?)),
        ("state", &Method::PUT) => {
            environment.restore_state(&Json::read(&call.body)?)?;
            Ok(no_content())
        }
        ("rows" | "state", method) => Err(Fault::new(
            StatusCode::METHOD_NOT_ALLOWED,
            0x8006_088a,
            format!("The emulator doesn't take {method} here."),
        )),
        _ => Err(Fault::no_resource(segment)),
    }
}

fn refused(error: &SeedError) -> Fault {
    let code = match error {
        SeedError::Row { fault, .. } => fault.code,
        SeedError::Unreadable(_) => 0x8004_8d19,
    };
    Fault::new(StatusCode::BAD_REQUEST, code, error.to_string())
}

/// The content of an environment at a moment.
#[derive(Clone, Debug, PartialEq)]
pub struct State(Json);

impl State {
    /// As JSON: what `GET /emulator/state` answers.
    pub fn to_json(&self) -> String {
        self.0.to_string()
    }
}

impl Environment {
    /// All rows, links and counters.
    ///
    /// # Errors
    /// If the database can't be read.
    pub fn state(&self) -> Result<State, Fault> {
        self.dump().map(State)
    }

    /// Replaces all rows by a state that was taken from an environment with the same schema.
    ///
    /// # Errors
    /// If it doesn't fit: nothing has changed then.
    pub fn restore(&self, state: &State) -> Result<(), Fault> {
        self.restore_state(&state.0)
    }

    /// Forgets all rows but those that every environment has.
    ///
    /// # Errors
    /// If the database can't be written.
    pub fn reset(&self) -> Result<(), Fault> {
        self.write(|work| {
            clear(work.connection)?;
            foundation::lay(work)
        })
    }

    fn dump(&self) -> Result<Json, Fault> {
        self.write(|work| dump(work.connection))
    }

    fn restore_state(&self, state: &Json) -> Result<(), Fault> {
        self.write(|work| {
            restore(work.connection, state)?;
            work.lifetimes.forget();
            Ok(())
        })
    }
}
