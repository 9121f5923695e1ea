//! What is particular of images: their types, and a thumbnail.
//!
//! The thumbnail is a stand-in: a plain square of the service's size in a colour that the content decides, so that it is
//! an image of its own kind, and another one for another image.

use crate::Fault;
use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};
use http::StatusCode;
use std::io::Write;

/// The side of a thumbnail, in pixels (Microsoft Learn, "Use image column data").
const SIDE: u32 = 144;

/// How images of the types that the service takes begin.
const BEGINNINGS: [&[u8]; 7] = [
    b"GIF87a",
    b"GIF89a",
    b"\xff\xd8\xff",
    b"II*\0",
    b"MM\0*",
    b"BM",
    b"\x89PNG\r\n\x1a\n",
];

/// Whether a content begins as an image does.
pub(super) fn is_image(beginning: &[u8]) -> bool {
    BEGINNINGS.iter().any(|known| beginning.starts_with(known))
}

/// 400: the image can't be taken.
pub(super) fn failure(reason: &str) -> Fault {
    Fault::new(
        StatusCode::BAD_REQUEST,
        0x8007_2553,
        format!("Error occured when processing image. Reason: {reason}"),
    )
}

/// The thumbnail of an image: a PNG.
pub(super) fn thumbnail(beginning: &[u8]) -> Vec<u8> {
    let mut sum = Crc::new();
    sum.update(beginning);
    let [_, red, green, blue] = sum.sum().to_be_bytes();
    let mut line = vec![0];
    for _ in 0..SIDE {
        line.extend_from_slice(&[red, green, blue]);
    }
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    for _ in 0..SIDE {
        // Writing to memory doesn't fail.
        let _ = encoder.write_all(&line);
    }
    let pixels = encoder.finish().unwrap_or_default();
    let mut header = Vec::new();
    header.extend_from_slice(&SIDE.to_be_bytes());
    header.extend_from_slice(&SIDE.to_be_bytes());
    // Eight bits, red, green and blue; the one compression, the one filter, no interlacing.
    header.extend_from_slice(&[8, 2, 0, 0, 0]);
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, data) in [(b"IHDR", header), (b"IDAT", pixels), (b"IEND", Vec::new())] {
        chunk(&mut png, kind, &data);
    }
    png
}

fn chunk(png: &mut Vec<u8>, kind: &[u8; 4], data: &[u8]) {
    let length = u32::try_from(data.len()).unwrap_or(u32::MAX);
    png.extend_from_slice(&length.to_be_bytes());
    let start = png.len();
    png.extend_from_slice(kind);
    png.extend_from_slice(data);
    let mut sum = Crc::new();
    sum.update(&png[start..]);
    png.extend_from_slice(&sum.sum().to_be_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thumbnail_is_an_image_that_the_content_decides() {
        let one = thumbnail(b"GIF89a one");
        assert!(is_image(&one) && one != thumbnail(b"GIF89a other"));
        assert_eq!(&one[16..24], [0, 0, 0, 144, 0, 0, 0, 144]);
        assert!(!is_image(b"%PDF-1.7"));
    }
}
