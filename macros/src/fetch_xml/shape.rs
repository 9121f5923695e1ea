//! What a value that stands in the text itself looks like: the compiler decides whether such a value fits its column.

/// The name of the runtime's marker for values that look like this.
pub(super) fn shape(text: &str) -> &'static str {
    let text = text.trim();
    match text {
        "0" | "1" => "ZeroOrOne",
        "true" | "false" => "TrueOrFalse",
        _ if is_integer(text) => "Digits",
        _ if is_number(text) => "Fraction",
        _ if is_guid(text) => "GuidText",
        _ if is_day(text) => "DayText",
        _ if is_instant(text) => "TimeText",
        _ => "PlainText",
    }
}

fn is_integer(text: &str) -> bool {
    text.parse::<i64>().is_ok()
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    digits.starts_with(|c: char| c.is_ascii_digit() || c == '.') && text.parse::<f64>().is_ok()
}

fn is_guid(text: &str) -> bool {
    let bare = text
        .strip_prefix('{')
        .and_then(|text| text.strip_suffix('}'))
        .unwrap_or(text);
    let mut groups = bare.split('-');
    [8, 4, 4, 4, 12].into_iter().all(|length| {
        groups
            .next()
            .is_some_and(|group| group.len() == length && group.bytes().all(|byte| byte.is_ascii_hexdigit()))
    }) && groups.next().is_none()
}

/// `2024-03-05`.
fn is_day(text: &str) -> bool {
    let mut parts = text.split('-');
    let mut part = |lengths: std::ops::RangeInclusive<usize>| {
        parts.next().is_some_and(|part| {
            lengths.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
        })
    };
    part(4..=4) && part(1..=2) && part(1..=2) && parts.next().is_none()
}

/// `2024-03-05T08:30:00Z`, with a space for the `T` too.
fn is_instant(text: &str) -> bool {
    let Some((day, time)) = text.split_once(['T', ' ']) else {
        return false;
    };
    let is_of_time = |byte: u8| byte.is_ascii_digit() || b":.+-Z".contains(&byte);
    is_day(day) && time.contains(':') && time.bytes().all(is_of_time)
}

#[cfg(test)]
mod tests {
    use super::shape;

    #[test]
    fn values_are_told_apart_by_their_looks() {
        for (text, wanted) in [
            ("1", "ZeroOrOne"),
            ("true", "TrueOrFalse"),
            ("-17", "Digits"),
            ("1.5", "Fraction"),
            ("1e3", "Fraction"),
            ("inf", "PlainText"),
            ("2b7d0000-0000-0000-0000-0000000000aa", "GuidText"),
            ("{2B7D0000-0000-0000-0000-0000000000AA}", "GuidText"),
            ("2b7d0000-0000-0000-0000-0000000000aa-1", "PlainText"),
            ("2024-03-05", "DayText"),
            ("2024-03-05T08:30:00Z", "TimeText"),
            ("2024-03-05 08:30:00+01:00", "TimeText"),
            ("abc", "PlainText"),
            ("", "PlainText"),
        ] {
            assert_eq!(shape(text), wanted, "{text}");
        }
    }
}
