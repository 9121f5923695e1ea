//! A number as the body writes it.

/// The exact text of a JSON number, such as `1e-10`, `100000000000` or `922337203685477.5807`.
///
/// Limits of columns are kept as text because not all of them fit an `f64` exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RawNumber<'a>(pub &'a str);

impl<'a> RawNumber<'a> {
    /// The number as written.
    #[must_use]
    pub fn as_str(self) -> &'a str {
        self.0
    }

    /// The nearest finite `f64`.
    #[must_use]
    pub fn to_f64(self) -> Option<f64> {
        self.0.parse().ok().filter(|number: &f64| number.is_finite())
    }

    /// The number if it is whole (also when written `5.0` or `1e3`) and fits an `i64`.
    #[must_use]
    pub fn to_i64(self) -> Option<i64> {
        self.0.parse().ok().or_else(|| self.to_f64().and_then(whole))
    }
}

/// `number` as an `i64` if it is one exactly.
pub(in crate::definitions) fn whole(number: f64) -> Option<i64> {
    // Up to 2^53 every whole f64 is exact; beyond that the text wasn't a plain integer anyway.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    (number.fract() == 0.0 && number.abs() <= EXACT).then_some(number as i64)
}
