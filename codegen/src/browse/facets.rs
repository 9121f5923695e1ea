//! A column's type with its facets, in the words of makers.

use std::fmt::Display;

use crate::schema::{ColumnKind, DateBehavior, LookupKind};

/// Formats that say nothing beyond the type.
const PLAIN: [&str; 3] = ["Text", "TextArea", "None"];

/// `text, at most 160 characters, Email`.
pub(super) fn text(kind: &ColumnKind) -> String {
    use ColumnKind as K;
    let mut parts = vec![kind.name().to_owned()];
    match kind {
        K::Text { max_length, format } | K::Memo { max_length, format } => {
            parts.extend(max_length.map(|length| format!("at most {length} characters")));
            parts.extend(format.clone().filter(|of| !PLAIN.contains(&of.as_str())));
        }
        K::WholeNumber { min, max, format } => {
            parts.extend(range(min.as_ref(), max.as_ref()));
            parts.extend(format.clone().filter(|of| !PLAIN.contains(&of.as_str())));
        }
        K::BigInteger { min, max } => parts.extend(range(min.as_ref(), max.as_ref())),
        K::Decimal { min, max, precision }
        | K::Float { min, max, precision }
        | K::Money {
            min, max, precision, ..
        } => {
            parts.extend(range(min.as_ref(), max.as_ref()));
            parts.extend(precision.map(|digits| format!("{digits} digits after the point")));
        }
        K::DateTime { behavior, format } => {
            parts.extend(match behavior {
                DateBehavior::UserLocal => Some("user local".to_owned()),
                DateBehavior::TimeZoneIndependent => Some("time-zone independent".to_owned()),
                DateBehavior::DateOnly => None,
            });
            parts.extend(format.clone().filter(|_| *behavior != DateBehavior::DateOnly));
        }
        K::Lookup(lookup) => match lookup.kind {
            LookupKind::Simple => {}
            LookupKind::Customer => parts.push("customer".to_owned()),
            LookupKind::Owner => parts.push("owner".to_owned()),
        },
        K::Image { max_size_kb, .. } | K::File { max_size_kb } => {
            parts.extend(max_size_kb.map(|size| format!("at most {size} kB")));
        }
        K::YesNo {
            default: Some(yes), ..
        } => parts.push(format!("default {}", if *yes { "yes" } else { "no" })),
        K::Choice {
            default: Some(value), ..
        }
        | K::Choices {
            default: Some(value), ..
        } => parts.push(format!("default {value}")),
        K::Unknown { type_name } => parts.push(type_name.clone()),
        _ => {}
    }
    parts.join(", ")
}

fn range<T: Display>(min: Option<&T>, max: Option<&T>) -> Option<String> {
    match (min, max) {
        (Some(min), Some(max)) => Some(format!("{min} to {max}")),
        (Some(min), None) => Some(format!("from {min}")),
        (None, Some(max)) => Some(format!("to {max}")),
        (None, None) => None,
    }
}
