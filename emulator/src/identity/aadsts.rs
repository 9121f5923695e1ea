//! Refusals of the token endpoint.

use crate::Answer;
use crate::server::plain_json;
use http::StatusCode;
use serde_json::json;

/// A refusal: the status, the word of OAuth, the number of Entra ID, and the sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    status: StatusCode,
    word: &'static str,
    code: u32,
    text: String,
}

impl Refusal {
    fn new(status: StatusCode, word: &'static str, code: u32, text: impl Into<String>) -> Self {
        Self {
            status,
            word,
            code,
            text: text.into(),
        }
    }

    pub(super) fn request(code: u32, text: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid_request", code, text)
    }

    pub(super) fn missing(parameter: &str) -> Self {
        Self::request(
            900_144,
            format!("The request body must contain the following parameter: '{parameter}'."),
        )
    }

    pub(super) fn client(code: u32, text: impl Into<String>) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "invalid_client", code, text)
    }

    pub(super) fn grant(code: u32, text: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid_grant", code, text)
    }

    /// One of the other words.
    pub(super) fn word(word: &'static str, code: u32, text: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, word, code, text)
    }

    pub(super) fn answer(&self, clock: &crate::Clock) -> Answer {
        let (trace, correlation) = (uuid::Uuid::new_v4(), uuid::Uuid::new_v4());
        let time = timestamp(clock.seconds());
        let description = format!(
            "AADSTS{}: {} Trace ID: {trace} Correlation ID: {correlation} Timestamp: {time}",
            self.code, self.text
        );
        plain_json(
            self.status,
            &json!({
                "error": self.word,
                "error_description": description,
                "error_codes": [self.code],
                "timestamp": time,
                "trace_id": trace.to_string(),
                "correlation_id": correlation.to_string(),
            }),
        )
    }

    /// The sentence with its number, for a redirect.
    pub(super) fn described(&self) -> (&'static str, String) {
        (self.word, format!("AADSTS{}: {}", self.code, self.text))
    }
}

/// `2024-05-01 12:30:00Z`. The days are counted as in the civil calendar.
fn timestamp(seconds: u64) -> String {
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    // Years begin in March here, so that the leap day is the last of its year.
    let shifted = days + 719_468;
    let (era, day) = (shifted / 146_097, shifted % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let of_year = day - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let date = of_year - (153 * month + 2) / 5 + 1;
    let (month, next) = if month < 10 {
        (month + 3, 0)
    } else {
        (month - 9, 1)
    };
    format!(
        "{:04}-{month:02}-{date:02} {:02}:{:02}:{:02}Z",
        year + era * 400 + next,
        rest / 3_600,
        rest / 60 % 60,
        rest % 60
    )
}

#[cfg(test)]
mod tests {
    #[test]
    fn times_are_civil() {
        assert_eq!(super::timestamp(0), "1970-01-01 00:00:00Z");
        assert_eq!(super::timestamp(951_782_399), "2000-02-28 23:59:59Z");
        assert_eq!(super::timestamp(1_709_210_096), "2024-02-29 12:34:56Z");
        assert_eq!(super::timestamp(1_735_689_599), "2024-12-31 23:59:59Z");
    }
}
