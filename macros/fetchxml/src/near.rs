//! The known name that an unknown one was probably meant to be.

/// ` (did you mean …?)`, or nothing where no known name is near.
pub(crate) fn hint<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> String {
    nearest(name, known).map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"))
}

fn nearest<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let farthest = (name.chars().count() / 3).max(1);
    // Upper and lower case are the same to who misspells a name.
    let name = name.to_lowercase();
    let far = known
        .into_iter()
        .map(|known| (strsim::levenshtein(&name, &known.to_lowercase()), known));
    let nearest = far.min_by_key(|(distance, _)| *distance)?;
    (nearest.0 <= farthest).then_some(nearest.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_near_names_are_told() {
        let known = ["eq", "ne", "like", "not-like", "begins-with"];
        assert_eq!(nearest("liek", known), None);
        assert_eq!(nearest("lke", known), Some("like"));
        assert_eq!(nearest("Like", known), Some("like"));
        assert_eq!(nearest("beginswith", known), Some("begins-with"));
        assert_eq!(nearest("contains", known), None);
        assert_eq!(hint("eqq", known), " (did you mean `eq`?)");
        assert_eq!(hint("", known), "");
    }
}
