//! Numbers of requests against numbers of rows, exactly.

/// A number in units of a column that keeps whole units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Units {
    /// This many, or between this many and one more.
    Of { floor: i64, exact: bool },
    /// Less than any value that can be kept.
    Below,
    /// More than any value that can be kept.
    Above,
}

impl Units {
    /// A number, as its digits say, in units of `10^-scale`. `None` if the text isn't a number.
    pub(crate) fn of(number: &str, scale: i32) -> Option<Self> {
        let (negative, unsigned) = match number.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, number),
        };
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
            None => (unsigned, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let plain = |digits: &str| digits.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !plain(whole) || !plain(fraction) {
            return None;
        }
        let digits = [whole, fraction].concat();
        let shift = exponent.checked_add(scale)?;
        let point = i64::try_from(whole.len()).ok()? + i64::from(shift);
        Some(Self::at(&digits, point, negative))
    }

    /// Digits with the point after the first `point` of them.
    fn at(digits: &str, point: i64, negative: bool) -> Self {
        let split = usize::try_from(point.max(0))
            .unwrap_or(usize::MAX)
            .min(digits.len());
        let (whole, rest) = digits.split_at(split);
        let mut whole = whole.trim_start_matches('0').to_owned();
        let exact = rest.bytes().all(|b| b == b'0');
        if !whole.is_empty() {
            let missing = point - i64::try_from(digits.len()).unwrap_or(i64::MAX);
            // Nobody needs more digits to see that it is too many.
            whole.extend(std::iter::repeat_n(
                '0',
                usize::try_from(missing.clamp(0, 40)).unwrap_or(0),
            ));
        }
        let outside = if negative { Self::Below } else { Self::Above };
        let magnitude = if whole.is_empty() {
            0
        } else {
            match whole.parse::<i128>() {
                Ok(number) => number,
                Err(_) => return outside,
            }
        };
        let signed = match (negative, exact) {
            (false, _) => magnitude,
            (true, true) => -magnitude,
            (true, false) => -magnitude - 1,
        };
        i64::try_from(signed).map_or(outside, |floor| Self::Of { floor, exact })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(floor: i64, exact: bool) -> Option<Units> {
        Some(Units::Of { floor, exact })
    }

    #[test]
    fn digits_are_never_rounded() {
        assert_eq!(Units::of("12.5", 4), of(125_000, true));
        assert_eq!(Units::of("12.50001", 4), of(125_000, false));
        assert_eq!(Units::of("-12.50001", 4), of(-125_001, false));
        assert_eq!(Units::of("-12.5000", 4), of(-125_000, true));
        assert_eq!(Units::of("1e3", 0), of(1_000, true));
        assert_eq!(Units::of("1.5e-3", 0), of(0, false));
        assert_eq!(Units::of("-0.001", 0), of(-1, false));
        assert_eq!(Units::of("0000", 4), of(0, true));
        assert_eq!(Units::of("922337203685477.5807", 4), of(i64::MAX, true));
        assert_eq!(Units::of("922337203685477.5808", 4), Some(Units::Above));
        assert_eq!(Units::of("-1e999", 0), Some(Units::Below));
        assert_eq!(Units::of("0e999", 0), of(0, true));
        for text in ["", "-", "x", "1.x", ".5"] {
            assert_eq!(Units::of(text, 0), None, "{text}");
        }
    }
}
