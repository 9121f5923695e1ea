//! Contents on their way up: small ones by one request, larger ones in blocks, several at once.

use super::request::Place;
use super::{FileColumn, Source};
use crate::client::UnderWay;
use crate::operation::ObjectReader;
use crate::{Client, DecodeError, Error, Uuid};
use bytes::Bytes;
use std::io;

/// The most bytes of one block, and of what goes up by one request where blocks are to be had
/// (Microsoft Learn, "Use file column data").
const PIECE: usize = 4 * 1024 * 1024;

/// Blocks under way at once, each of which is in memory.
const AT_ONCE: usize = 4;

/// What goes up without a type.
const OCTETS: &str = "application/octet-stream";

impl FileColumn {
    /// Makes this the column's contents, under this name. What is there before stays until all of it is up.
    ///
    /// Up to 4 MiB, and any image, go by one request. More goes in blocks of that size, four at once: a block that is lost on
    /// the way is sent again, and memory stays the same however large the file is.
    ///
    /// # Errors
    /// As [`Client::execute`]; if the source can't be read; if the file is larger than the column allows, or is of a kind
    /// that the environment blocks.
    pub async fn upload(&self, name: &str, mut content: impl Source) -> Result<(), Error> {
        let length = content.length().map_err(unreadable)?;
        if length <= PIECE as u64 || self.place.is_image {
            let whole =
                usize::try_from(length).map_err(|_| unreadable(io::ErrorKind::FileTooLarge.into()))?;
            let whole = content.piece(0, whole).map_err(unreadable)?;
            return self
                .client
                .execute(self.place.upload(name, whole))
                .await
                .map(drop);
        }
        let Self { client, place, .. } = self;
        let id = match place.id {
            Some(id) => id,
            None => identify(client, place).await?,
        };
        let begun = client.execute(place.begin(id, name)).await?;
        let begun = ObjectReader::answer(&begun, "the token of an upload as JSON")?;
        let token: Option<String> = begun.field("FileContinuationToken")?;
        let token = token.ok_or_else(|| DecodeError::missing("the token of the upload"))?;

        let blocks = length.div_ceil(PIECE as u64);
        let mut under_way = UnderWay::new();
        for number in 0..blocks {
            if under_way.len() == AT_ONCE {
                under_way.next().await.transpose()?;
            }
            let data = piece(&mut content, number, length)?;
            let (client, block) = (client.clone(), place.block(&token, number, &data));
            under_way.push(async move { client.execute(block).await });
        }
        while under_way.next().await.transpose()?.is_some() {}
        let mime_type = self.mime_type.as_deref().unwrap_or(OCTETS);
        client
            .execute(place.commit(&token, blocks, name, mime_type))
            .await
            .map(drop)
    }
}

fn piece(content: &mut impl Source, number: u64, length: u64) -> Result<Bytes, Error> {
    let from = number * PIECE as u64;
    let rest = usize::try_from(length - from).unwrap_or(usize::MAX);
    content.piece(from, rest.min(PIECE)).map_err(unreadable)
}

fn unreadable(source: io::Error) -> Error {
    Error::Source { source }
}

/// The row's id, which blocks are for.
async fn identify(client: &Client, place: &Place) -> Result<Uuid, Error> {
    let row = client.execute(place.identify()).await?;
    Ok(ObjectReader::answer(&row, "a row as JSON")?.field(place.table.primary_id)?)
}
