//! What may be done with a column.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What may be done with a column. As text: `read create update`, any of the three, or `none`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Access {
    /// It appears in answers.
    pub read: bool,
    /// It counts in a create.
    pub create: bool,
    /// It counts in an update.
    pub update: bool,
}

impl Access {
    /// Read, create and update.
    pub const ALL: Self = Self {
        read: true,
        create: true,
        update: true,
    };
    /// Read alone.
    pub const READ_ONLY: Self = Self {
        read: true,
        create: false,
        update: false,
    };
    /// Read, and set when the row is created.
    pub const CREATE_ONLY: Self = Self {
        read: true,
        create: true,
        update: false,
    };

    /// Whether anything may be done at all.
    #[must_use]
    pub fn any(self) -> bool {
        self.read || self.create || self.update
    }
}

impl fmt::Display for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = [
            (self.read, "read"),
            (self.create, "create"),
            (self.update, "update"),
        ];
        let mut separator = "";
        for (_, word) in words.iter().filter(|(on, _)| *on) {
            write!(f, "{separator}{word}")?;
            separator = " ";
        }
        if self.any() { Ok(()) } else { f.write_str("none") }
    }
}

impl Serialize for Access {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Access {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let mut access = Self {
            read: false,
            create: false,
            update: false,
        };
        for word in text.split_whitespace() {
            match word {
                "read" => access.read = true,
                "create" => access.create = true,
                "update" => access.update = true,
                "none" => {}
                other => {
                    return Err(serde::de::Error::unknown_variant(
                        other,
                        &["read", "create", "update", "none"],
                    ));
                }
            }
        }
        Ok(access)
    }
}
