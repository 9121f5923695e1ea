//! Decimal numbers from their text, digit by digit, and literals of them.

use rust_decimal::Decimal;

/// The number that a JSON number's text stands for, exactly. `None` if it is no number or doesn't fit.
pub(crate) fn exact_decimal(text: &str) -> Option<Decimal> {
    let (digits, exponent) = match text.find(['e', 'E']) {
        Some(at) => (&text[..at], text[at + 1..].parse::<i32>().ok()?),
        None => (text, 0),
    };
    if !digits
        .bytes()
        .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'))
    {
        return None;
    }
    let number = Decimal::from_str_exact(digits)
        .or_else(|_| Decimal::from_str_exact(without_end_zeros(digits)))
        .ok()?;
    if exponent == 0 {
        Some(number)
    } else {
        shifted(number, exponent)
    }
}

/// `number` times ten to the power of `exponent`.
fn shifted(number: Decimal, exponent: i32) -> Option<Decimal> {
    const MOST: i64 = Decimal::MAX_SCALE as i64;
    let mut digits = number.mantissa();
    let mut scale = i64::from(number.scale()) - i64::from(exponent);
    if digits == 0 {
        scale = scale.clamp(0, MOST);
    }
    while scale > MOST && digits % 10 == 0 {
        digits /= 10;
        scale -= 1;
    }
    if scale < 0 {
        digits = digits.checked_mul(10_i128.checked_pow(u32::try_from(-scale).ok()?)?)?;
        scale = 0;
    }
    Decimal::try_from_i128_with_scale(digits, u32::try_from(scale).ok()?).ok()
}

/// The text without the zeros that end its fraction.
fn without_end_zeros(digits: &str) -> &str {
    if digits.contains('.') {
        digits.trim_end_matches('0').trim_end_matches('.')
    } else {
        digits
    }
}

/// The nearest floating-point number to a JSON number's text.
pub(crate) fn number(text: &str) -> Option<f64> {
    // `f64` also parses words such as `inf`, which no JSON number starts like.
    let starts_a_number = text.starts_with(|first: char| first.is_ascii_digit() || first == '-');
    text.parse().ok().filter(|_| starts_a_number)
}

/// The decimal that a literal's text stands for. For the macros [`decimal!`](crate::decimal) and
/// [`money!`](crate::money), which run it while compiling.
#[doc(hidden)]
#[expect(
    clippy::panic,
    reason = "it runs while compiling, where a panic is the error message"
)]
pub const fn decimal_literal(text: &str) -> Decimal {
    let text = text.as_bytes();
    let (mut digits, mut scale, mut negative, mut point, mut any) = (0_u128, 0_u32, false, false, false);
    let mut at = 0;
    while at < text.len() {
        match text[at] {
            b'0'..=b'9' => {
                digits = digits * 10 + (text[at] - b'0') as u128;
                assert!(digits >> 96 == 0, "this number has too many digits for a decimal");
                scale += point as u32;
                any = true;
            }
            b'.' if !point => point = true,
            b'-' if !negative && !any && !point => negative = true,
            b'_' | b' ' => {}
            _ => panic!("expected a number such as 5, -12.50 or 1_000_000"),
        }
        at += 1;
    }
    assert!(any, "expected a number such as 5, -12.50 or 1_000_000");
    assert!(
        scale <= 28,
        "this number has too many decimal places for a decimal"
    );
    Decimal::from_parts(
        digits as u32,
        (digits >> 32) as u32,
        (digits >> 64) as u32,
        negative,
        scale,
    )
}

/// A [`Decimal`](crate::Decimal) from a literal, checked while compiling: `decimal!(12.50)`.
///
/// ```
/// use dataverse_runtime::decimal;
/// assert_eq!(decimal!(-1_000.50).to_string(), "-1000.50");
/// ```
#[macro_export]
macro_rules! decimal {
    ($($number:tt)+) => {
        {
            // An item, which `cargo check` looks at too.
            const NUMBER: $crate::Decimal =
                $crate::support::decimal_literal(::core::concat!($(::core::stringify!($number)),+));
            NUMBER
        }
    };
}

/// [`Money`](crate::Money) from a literal, checked while compiling: `money!(12.50)`.
///
/// ```
/// use dataverse_runtime::money;
/// assert_eq!(money!(1_000_000).to_string(), "1000000");
/// ```
#[macro_export]
macro_rules! money {
    ($($number:tt)+) => {
        $crate::Money::new($crate::decimal!($($number)+))
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(
            exact_decimal(text).map(|number| number.to_string()).as_deref(),
            expected,
            "{text}"
        );
    }

    #[test]
    fn numbers_keep_every_digit() {
        check("5000000.0000", Some("5000000.0000"));
        check("922337203685477.5807", Some("922337203685477.5807"));
        check("-922337203685477.5808", Some("-922337203685477.5808"));
        check("0.1", Some("0.1"));
        check(
            "79228162514264337593543950335",
            Some("79228162514264337593543950335"),
        );
    }

    #[test]
    fn exponents_move_the_point() {
        check("0E-10", Some("0.0000000000"));
        check("1e3", Some("1000"));
        check("1.50E+2", Some("150"));
        check("12.5e-3", Some("0.0125"));
        check("1.2345e2", Some("123.45"));
        check("0e99", Some("0"));
        check("0e-99", Some("0.0000000000000000000000000000"));
        check("100e-30", Some("0.0000000000000000000000000001"));
    }

    #[test]
    fn long_fractions_of_zeros_are_exact() {
        check("1.500000000000000000000000000000000000", Some("1.5"));
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        check("1e40", None);
        check("1e-40", None);
        check("792281625142643375935439503350", None);
        check("0.00000000000000000000000000001", None);
        check("1e", None);
        check("\"5\"", None);
        check("null", None);
        check("1_000", None);
        check("+1", None);
    }

    #[test]
    fn words_are_no_floats() {
        assert_eq!(number("1.5e3"), Some(1500.0));
        assert_eq!(number("inf"), None);
        assert_eq!(number("null"), None);
    }
}
