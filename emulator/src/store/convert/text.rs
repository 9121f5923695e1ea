//! Text: its length in UTF-16 code units, without trailing spaces.

use super::Place;
use crate::Fault;
use crate::json::Json;
use crate::store::Cell;
use http::StatusCode;

/// Whether XML can hold a character: the service keeps no others.
fn is_of_xml(c: char) -> bool {
    !matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// The service trims white space at the end, and keeps an empty text as none.
pub(super) fn text(place: Place<'_>, value: &Json, max_length: Option<u32>) -> Result<Cell, Fault> {
    let Json::Text(text) = value else {
        return Err(place.unconvertible(value, "Edm.String"));
    };
    let text = text.trim_end();
    if let Some(c) = text.chars().find(|c| !is_of_xml(*c)) {
        return Err(Fault::new(
            StatusCode::BAD_REQUEST,
            0x8004_0278,
            format!(
                "Invalid character in field '{}': hexadecimal value 0x{:02X}, is an invalid character.",
                place.column.name,
                u32::from(c)
            ),
        ));
    }
    if let Some(most) = max_length {
        let length = text.encode_utf16().count();
        if length > most as usize {
            return Err(place.invalid(
                0x8004_4331,
                &format!(
                    "The length of the '{}' attribute of the '{}' entity exceeded the maximum allowed length of '{most}': it is {length}.",
                    place.column.name, place.table
                ),
            ));
        }
    }
    Ok(if text.is_empty() {
        Cell::Null
    } else {
        Cell::Text(text.to_owned())
    })
}
