//! File and image columns: their contents go up and down by requests of their own.
//!
//! A row that reads a file column reads the file's id, and of an image column its thumbnail. [`Client::file`](crate::Client::file)
//! begins what is done with the contents
//! (<https://learn.microsoft.com/power-apps/developer/data-platform/file-column-data>).

mod content;
mod download;
mod request;
mod upload;

pub use content::{Download, Source};
pub use request::FileColumn;

use crate::kind::{FileContent, ImageData};

/// Kinds of columns that hold contents.
#[diagnostic::on_unimplemented(
    message = "a `{Self}` column holds no file",
    label = "only file and image columns have contents that go up and down",
    note = "read and write it with the row"
)]
pub trait HoldsFile {
    /// Whether it is an image.
    #[doc(hidden)]
    const IS_IMAGE: bool;
}

impl HoldsFile for FileContent {
    const IS_IMAGE: bool = false;
}

impl HoldsFile for ImageData {
    const IS_IMAGE: bool = true;
}
