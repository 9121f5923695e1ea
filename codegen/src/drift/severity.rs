//! What a change means for programs.

use std::fmt;

/// What a change means for a program that was built before it. The gravest come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Programs that read and programs that write break.
    BreaksBoth,
    /// Programs that read break.
    BreaksReaders,
    /// Programs that write break.
    BreaksWriters,
    /// What worked goes on working; something more is possible.
    Additive,
    /// Only texts for people, and facts that no request carries.
    Labels,
}

impl Severity {
    /// All of them, the gravest first.
    pub const ALL: [Self; 5] = [
        Self::BreaksBoth,
        Self::BreaksReaders,
        Self::BreaksWriters,
        Self::Additive,
        Self::Labels,
    ];

    /// Whether programs break.
    #[must_use]
    pub fn is_breaking(self) -> bool {
        self <= Self::BreaksWriters
    }

    /// The name in JSON, in HTML and in the documentation.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::BreaksBoth => "breaks_both",
            Self::BreaksReaders => "breaks_readers",
            Self::BreaksWriters => "breaks_writers",
            Self::Additive => "additive",
            Self::Labels => "labels",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::BreaksBoth => "breaks readers and writers",
            Self::BreaksReaders => "breaks readers",
            Self::BreaksWriters => "breaks writers",
            Self::Additive => "additive",
            Self::Labels => "labels only",
        })
    }
}
