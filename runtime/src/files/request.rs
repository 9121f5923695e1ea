//! Which column of which row, and the requests about its contents.

use super::HoldsFile;
use crate::message::{Origin, Repeat, Request};
use crate::operation::type_of;
use crate::text::{json_object, json_string, percent_encoded};
use crate::write::OneRow;
use crate::{Client, Column, Table, TableMeta, Uuid};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{CONTENT_TYPE, RANGE};
use http::{HeaderValue, Method};
use std::fmt;

/// The contents of one file or image column of one row: [`Client::file`].
#[must_use = "nothing is sent until something is done with it"]
pub struct FileColumn {
    pub(super) client: Client,
    pub(super) place: Place,
    pub(super) mime_type: Option<String>,
    pub(super) full: bool,
}

/// Where it is.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) table: &'static TableMeta,
    /// The row's path.
    pub(super) row: String,
    /// Its id, if it was given by that.
    pub(super) id: Option<Uuid>,
    pub(super) column: &'static str,
    pub(super) is_image: bool,
}

impl Client {
    /// The contents of a file or image column of the row with this id or alternate key.
    ///
    /// ```
    /// # use crm::{prelude::*, rsk_vessel::RskVessel};
    /// # use dataverse_runtime::Client;
    /// # async fn example(client: Client, vessel: Id<RskVessel>) -> Result<(), Box<dyn std::error::Error>> {
    /// let certificate = client.file(vessel, |v| v.rsk_certificate);
    /// certificate.upload("certificate.pdf", std::fs::File::open("certificate.pdf")?).await?;
    /// if let Some(file) = certificate.download().await? {
    ///     println!("{:?}: {} bytes", file.name, file.content.len());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[expect(clippy::needless_pass_by_value, reason = "an address is made for one request")]
    pub fn file<R: OneRow, K: HoldsFile, A, N>(
        &self,
        row: R,
        column: impl FnOnce(&<R::Table as Table>::Columns) -> Column<R::Table, K, A, N>,
    ) -> FileColumn {
        FileColumn {
            client: self.clone(),
            place: Place {
                table: &R::Table::META,
                row: row.path(),
                id: Uuid::try_parse(&row.key()).ok(),
                column: column(&R::Table::COLUMNS).property(),
                is_image: K::IS_IMAGE,
            },
            mime_type: None,
            full: false,
        }
    }
}

impl FileColumn {
    /// The whole image, where the column keeps it, in place of its thumbnail.
    pub fn full(mut self) -> Self {
        self.full = true;
        self
    }

    /// The MIME type of what goes up in blocks: of more than 4 MiB. Of others the service guesses it by the name.
    pub fn mime_type(mut self, mime_type: impl Into<String>) -> Self {
        self.mime_type = Some(mime_type.into());
        self
    }

    /// Empties the column.
    ///
    /// # Errors
    /// As [`Client::execute`].
    pub async fn delete(&self) -> Result<(), crate::Error> {
        self.client.execute(self.place.delete()).await.map(drop)
    }
}

impl fmt::Debug for FileColumn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FileColumn({}/{})", self.place.row, self.place.column)
    }
}

const OCTETS: HeaderValue = HeaderValue::from_static("application/octet-stream");

impl Place {
    fn origin(&self, operation: &'static str) -> Origin {
        Origin {
            operation,
            table: Some(self.table.logical_name),
        }
    }

    fn path(&self) -> String {
        format!("{}/{}", self.row, self.column)
    }

    fn delete(&self) -> Request {
        Request::new(Method::DELETE, self.path(), self.origin("delete file"))
    }

    /// All of it in one request. The name stands in the URL, which takes any, and a header doesn't.
    pub(super) fn upload(&self, name: &str, content: Bytes) -> Request {
        let path = format!("{}?x-ms-file-name={}", self.path(), encoded(name));
        Request::new(Method::PATCH, path, self.origin("upload"))
            .header(CONTENT_TYPE, OCTETS)
            .body(content)
    }

    /// The contents, or a part of them.
    pub(super) fn download(&self, full: bool, part: Option<(u64, u64)>) -> Request {
        let size = if full && self.is_image { "?size=full" } else { "" };
        let path = format!("{}/$value{size}", self.path());
        let request = Request::new(Method::GET, path, self.origin("download"));
        // Digits are always a header.
        let range = part.and_then(|(from, last)| HeaderValue::from_str(&format!("bytes={from}-{last}")).ok());
        range
            .into_iter()
            .fold(request, |request, range| request.header(RANGE, range))
    }

    /// The request that begins an upload in blocks.
    pub(super) fn begin(&self, id: Uuid, name: &str) -> Request {
        let id = (self.table.primary_id.to_owned(), json_string(&id.to_string()));
        let target = json_object([type_of(self.table), id]);
        let body = json_object([
            ("Target", target),
            ("FileName", json_string(name)),
            ("FileAttributeName", json_string(self.column)),
        ]);
        self.action("InitializeFileBlocksUpload", body)
            .repeat(Repeat::Safe)
    }

    /// A block. Sent again it takes its own place.
    pub(super) fn block(&self, token: &str, number: u64, data: &Bytes) -> Request {
        let body = json_object([
            ("BlockId", json_string(&block_id(number))),
            ("BlockData", json_string(&STANDARD.encode(data))),
            ("FileContinuationToken", json_string(token)),
        ]);
        self.action("UploadBlock", body).repeat(Repeat::Safe)
    }

    /// The request that makes a file of so many blocks.
    pub(super) fn commit(&self, token: &str, blocks: u64, name: &str, mime_type: &str) -> Request {
        let list: Vec<String> = (0..blocks).map(|number| json_string(&block_id(number))).collect();
        let body = json_object([
            ("FileName", json_string(name)),
            ("MimeType", json_string(mime_type)),
            ("BlockList", format!("[{}]", list.join(","))),
            ("FileContinuationToken", json_string(token)),
        ]);
        self.action("CommitFileBlocksUpload", body)
    }

    /// The request for the row's id, where it was given by a key.
    pub(super) fn identify(&self) -> Request {
        let path = format!("{}?$select={}", self.row, self.table.primary_id);
        Request::new(Method::GET, path, self.origin("upload"))
    }

    fn action(&self, name: &'static str, body: String) -> Request {
        Request::new(Method::POST, name, self.origin(name)).json(body)
    }
}

/// The name of a block: all are equally long.
fn block_id(number: u64) -> String {
    STANDARD.encode(format!("{number:010}"))
}

/// A file's name as a value in a URL, where also a quote isn't itself.
fn encoded(name: &str) -> String {
    percent_encoded(name).replace('\'', "%27")
}
