//! The name that was probably meant.

/// Of the known names the one that a misspelt one is closest to, if it is close. Case and the sort of dash don't count.
///
/// ```
/// use dataverse_codegen::nearest::nearest;
///
/// assert_eq!(nearest("acount", ["account", "contact"].into_iter()), Some("account"));
/// assert_eq!(nearest("vessel", ["account", "contact"].into_iter()), None);
/// ```
pub fn nearest<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let plain = |name: &str| name.to_ascii_lowercase().replace('_', "-");
    let name = plain(name);
    known
        .map(|known| (strsim::damerau_levenshtein(&name, &plain(known)), known))
        .filter(|(distance, known)| *distance <= known.len().max(name.len()) / 3)
        .min()
        .map(|(_, known)| known)
}
