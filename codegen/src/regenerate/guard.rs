//! One run at a time.

use std::fs::{self, File, TryLockError};
use std::path::Path;

use super::RegenerateError;
use crate::output::OutputError;

/// A lock that two runs on the same cache can't both have. It goes with the process, however that ends.
#[derive(Debug)]
pub(super) struct Guard {
    _file: File,
}

impl Guard {
    pub(super) fn take(cache: &Path) -> Result<Self, RegenerateError> {
        let path = cache.join("lock");
        let failed = |source| OutputError::Io {
            action: "write",
            path: path.clone(),
            source,
        };
        fs::create_dir_all(cache).map_err(failed)?;
        let file = File::options()
            .create(true)
            .write(true)
            .truncate(false)
            .open(&path)
            .map_err(failed)?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(RegenerateError::UnderWay { file: path }),
            // A file system without locks: then nobody watches.
            Err(TryLockError::Error(_)) => Ok(Self { _file: file }),
        }
    }
}
