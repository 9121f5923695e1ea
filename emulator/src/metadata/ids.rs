//! The ids of definitions: UUIDs of their names, so that the same schema has the same ids in every emulator.

use aws_lc_rs::digest::{Context, SHA1_FOR_LEGACY_USE_ONLY};
use uuid::{Builder, Uuid};

/// The namespace of all ids.
const NAMESPACE: Uuid = Uuid::from_u128(0x5f0c_1d6e_9b3a_4c57_8a41_72c6_e0d3_9b18);

/// The id of a thing by its kind and its names (UUID version 5, RFC 9562).
pub(super) fn id(kind: &str, names: &[&str]) -> Uuid {
    within(NAMESPACE, kind, names)
}

/// The id of a part of a thing.
pub(super) fn within(whole: Uuid, kind: &str, names: &[&str]) -> Uuid {
    let mut hash = Context::new(&SHA1_FOR_LEGACY_USE_ONLY);
    hash.update(whole.as_bytes());
    hash.update(kind.as_bytes());
    for name in names {
        // No name holds this byte: `a`, `bc` and `ab`, `c` differ.
        hash.update(&[0xff]);
        hash.update(name.as_bytes());
    }
    let digest = hash.finish();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest.as_ref()[..16]);
    Builder::from_sha1_bytes(bytes).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_depend_on_kind_and_names_alone() {
        let of = id("column", &["account", "name"]);
        assert_eq!(of, id("column", &["account", "name"]));
        assert_ne!(of, id("column", &["accountn", "ame"]));
        assert_ne!(of, id("key", &["account", "name"]));
        assert_eq!(of.get_version_num(), 5);
    }
}
