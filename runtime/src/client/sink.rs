//! Answers that are too large to keep in memory, taken piece by piece.

use std::fs::File;
use std::io::{self, Seek, Write};

/// Takes the body of an answer piece by piece.
pub trait Sink: Send {
    /// A body begins. Pieces of an earlier attempt, whose connection broke, don't belong to it.
    ///
    /// # Errors
    /// If nothing can be taken.
    fn start(&mut self) -> io::Result<()>;

    /// Takes the next piece.
    ///
    /// # Errors
    /// If it can't be taken: the request is given up.
    fn write(&mut self, piece: &[u8]) -> io::Result<()>;
}

impl Sink for Vec<u8> {
    fn start(&mut self) -> io::Result<()> {
        self.clear();
        Ok(())
    }

    fn write(&mut self, piece: &[u8]) -> io::Result<()> {
        self.extend_from_slice(piece);
        Ok(())
    }
}

/// What the file held before goes.
impl Sink for File {
    fn start(&mut self) -> io::Result<()> {
        self.set_len(0)?;
        self.rewind()
    }

    fn write(&mut self, piece: &[u8]) -> io::Result<()> {
        self.write_all(piece)
    }
}

/// Where the body of a success goes: into the answer, or to a sink.
pub(super) type To<'s> = Option<&'s mut dyn Sink>;
