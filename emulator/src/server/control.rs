//! `/emulator/...`: what other processes ask of the emulator itself. JSON in, JSON out.
//!
//! | request | what |
//! |---|---|
//! | `GET /emulator/faults` | the faults in force, and how often each rule was applied |
//! | `POST /emulator/faults` | replaces them ([`Faults`]) |
//! | `DELETE /emulator/faults` | ends them |
//! | `GET /emulator/requests` | the last requests |
//! | `DELETE /emulator/requests` | forgets them |
//! | `POST /emulator/clock` | `{"advance": 300}`: moves the clock by so many seconds |
//! | `POST /emulator/devices` | `{"user_code": "...", "decline": false}`: signs in for a device |
//!
//! Everything else is the engine's.

use super::errors::{error_answer, plain_json};
use super::state::Shared;
use crate::limits::Faults;
use crate::{Answer, Call, Fault};
use bytes::Bytes;
use http::{Method, StatusCode};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::json;
use std::time::Duration;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    advance: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DeviceChoice {
    user_code: String,
    #[serde(default)]
    decline: bool,
}

/// Answers a request. `path` is what follows `/emulator/`.
pub(super) fn answer(
    shared: &Shared,
    parts: &http::request::Parts,
    path: &str,
    origin: &str,
    body: &Bytes,
) -> Answer {
    let result = match (path.split('?').next().unwrap_or_default(), &parts.method) {
        ("faults", &Method::GET) => Ok(faults(shared)),
        ("faults", &Method::POST) => read::<Faults>(body).map(|faults| {
            shared.switchboard.set(faults);
            self::faults(shared)
        }),
        ("faults", &Method::DELETE) => {
            shared.switchboard.set(Faults::default());
            Ok(faults(shared))
        }
        ("requests", &Method::GET) => Ok(plain_json(
            StatusCode::OK,
            &json!({"value": shared.journal.records()}),
        )),
        ("requests", &Method::DELETE) => {
            shared.journal.clear();
            Ok(plain_json(StatusCode::OK, &json!({"value": []})))
        }
        ("clock", &Method::POST) => read::<Advance>(body).map(|by| {
            shared.clock.advance(Duration::from_secs(by.advance));
            plain_json(StatusCode::OK, &json!({"now": shared.clock.seconds()}))
        }),
        ("devices", &Method::POST) => read::<DeviceChoice>(body).and_then(|choice| device(shared, &choice)),
        ("faults" | "requests" | "clock" | "devices", method) => Err(Fault::new(
            StatusCode::METHOD_NOT_ALLOWED,
            0x8006_088a,
            format!("The emulator doesn't take {method} here."),
        )),
        _ => shared.engine.control(&Call {
            method: parts.method.clone(),
            path: path.to_owned(),
            headers: parts.headers.clone(),
            body: body.clone(),
            root: format!("{origin}/emulator/"),
            user: shared.identity.administrator(),
            caller: shared.identity.administrator(),
            content_id: None,
        }),
    };
    result.unwrap_or_else(|fault| error_answer(&fault, &parts.headers))
}

fn faults(shared: &Shared) -> Answer {
    let (faults, applied) = shared.switchboard.get();
    plain_json(
        StatusCode::OK,
        &json!({"seed": faults.seed, "rules": faults.rules, "applied": applied}),
    )
}

fn read<T: DeserializeOwned>(body: &Bytes) -> Result<T, Fault> {
    serde_json::from_slice(body)
        .map_err(|error| Fault::bad_payload(format!("The body can't be read: {error}.")))
}

fn device(shared: &Shared, choice: &DeviceChoice) -> Result<Answer, Fault> {
    let result = if choice.decline {
        shared.identity.decline_device(&choice.user_code)
    } else {
        shared.identity.sign_in_device(&choice.user_code, None)
    };
    result
        .map(|()| plain_json(StatusCode::OK, &json!({})))
        .map_err(|error| Fault::new(StatusCode::NOT_FOUND, 0x8006_088a, error.to_string()))
}
