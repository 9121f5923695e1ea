//! Contents on their way: where those come from that go up, and what comes down.

use bytes::Bytes;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

/// Where the contents of a file come from that goes up. They are read piece by piece, and again where a request has to be
/// sent again.
///
/// Reading happens while requests are made: what waits for long, such as a disk far away, holds up the program's other work
/// on the same thread.
pub trait Source: Send {
    /// How many bytes there are.
    ///
    /// # Errors
    /// If it can't be told.
    fn length(&mut self) -> io::Result<u64>;

    /// So many bytes from this place on.
    ///
    /// # Errors
    /// If there aren't so many, or they can't be read.
    fn piece(&mut self, from: u64, length: usize) -> io::Result<Bytes>;
}

impl Source for &[u8] {
    fn length(&mut self) -> io::Result<u64> {
        Ok(self.len() as u64)
    }

    fn piece(&mut self, from: u64, length: usize) -> io::Result<Bytes> {
        let rest = usize::try_from(from).ok().and_then(|from| self.get(from..));
        let piece = rest.and_then(|rest| rest.get(..length));
        piece
            .map(Bytes::copy_from_slice)
            .ok_or(io::ErrorKind::UnexpectedEof.into())
    }
}

impl Source for Vec<u8> {
    fn length(&mut self) -> io::Result<u64> {
        self.as_slice().length()
    }

    fn piece(&mut self, from: u64, length: usize) -> io::Result<Bytes> {
        self.as_slice().piece(from, length)
    }
}

impl Source for File {
    fn length(&mut self) -> io::Result<u64> {
        Ok(self.metadata()?.len())
    }

    fn piece(&mut self, from: u64, length: usize) -> io::Result<Bytes> {
        self.seek(SeekFrom::Start(from))?;
        let mut piece = vec![0; length];
        self.read_exact(&mut piece)?;
        Ok(piece.into())
    }
}

/// A file that came down.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Download<C = Bytes> {
    /// Its name, where the service tells it: of thumbnails it doesn't.
    pub name: Option<String>,
    /// Its MIME type, where the service tells it.
    pub mime_type: Option<String>,
    /// How many bytes it has.
    pub length: u64,
    /// The contents, if they didn't go to a sink.
    pub content: C,
}
