//! The FetchXML that a request carries.
#![allow(dead_code, clippy::unwrap_used, reason = "each test file uses a part of it")]

/// The text in a request's path, decoded.
pub fn sent(asked: &str) -> String {
    let encoded = asked.split_once("fetchXml=").unwrap().1;
    decoded(encoded.split('\n').next().unwrap())
}

pub fn decoded(encoded: &str) -> String {
    let mut bytes = encoded.bytes();
    let mut text = Vec::new();
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let digits = [bytes.next().unwrap(), bytes.next().unwrap()];
            text.push(u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap());
        } else {
            text.push(byte);
        }
    }
    String::from_utf8(text).unwrap()
}
