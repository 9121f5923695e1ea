//! Access rights: the names and bits of the service's `AccessRights`.

use crate::Fault;

/// Names and bits (Microsoft Learn, "AccessRights EnumType"), in the service's order.
const RIGHTS: [(&str, i64); 8] = [
    ("ReadAccess", 1),
    ("WriteAccess", 2),
    ("AppendAccess", 4),
    ("AppendToAccess", 16),
    ("CreateAccess", 32),
    ("DeleteAccess", 65_536),
    ("ShareAccess", 262_144),
    ("AssignAccess", 524_288),
];

/// All of them.
pub(super) fn all() -> i64 {
    RIGHTS.iter().map(|(_, bit)| bit).sum()
}

/// The bits of `ReadAccess,WriteAccess`.
pub(super) fn read(text: &str) -> Result<i64, Fault> {
    let mut mask = 0;
    for name in text
        .split(',')
        .map(str::trim)
        .filter(|name| !matches!(*name, "" | "None"))
    {
        let known = RIGHTS.iter().find(|(known, _)| *known == name);
        let (_, bit) = known.ok_or_else(|| {
            let shown: String = name.chars().take(100).collect();
            Fault::bad_payload(format!("'{shown}' is no access right."))
        })?;
        mask |= bit;
    }
    Ok(mask)
}

/// The names of bits.
pub(super) fn names(mask: i64) -> String {
    let names: Vec<&str> = RIGHTS
        .iter()
        .filter(|(_, bit)| mask & bit != 0)
        .map(|(name, _)| *name)
        .collect();
    if names.is_empty() {
        return "None".to_owned();
    }
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_bits_are_one() {
        assert_eq!(read("WriteAccess, ReadAccess").unwrap(), 3);
        assert_eq!(names(3), "ReadAccess, WriteAccess");
        assert_eq!(read(&names(all())).unwrap(), all());
        assert_eq!((read("None").unwrap(), names(0)), (0, "None".to_owned()));
        assert!(read("Everything").is_err());
    }
}
