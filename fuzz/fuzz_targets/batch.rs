//! Any bytes as a batch: the first line is the content type, the rest the body.
#![no_main]

use bytes::Bytes;
use dataverse_emulator::batch::{Batch, Item, Part, parse};
use libfuzzer_sys::fuzz_target;

/// The most requests that a batch may have, and the most items.
const MOST: usize = 1_000;

fuzz_target!(|bytes: &[u8]| {
    let end = bytes
        .iter()
        .position(|byte| *byte == b'\n')
        .unwrap_or(bytes.len());
    let Ok(content_type) = std::str::from_utf8(&bytes[..end]) else {
        return;
    };
    let body = Bytes::copy_from_slice(bytes.get(end + 1..).unwrap_or_default());
    match parse(content_type, &body) {
        Ok(batch) => check(&batch, body.len()),
        // The message is part of what users meet.
        Err(fault) => drop(fault.to_string()),
    }
});

/// What was read is bounded, fits into what it was read from, and reads back as the same when it is written again.
fn check(batch: &Batch, length: usize) {
    let all: Vec<&Part> = batch.items.iter().flat_map(parts).collect();
    assert!(batch.items.len() <= MOST && all.len() <= MOST);
    assert!(all.iter().map(|part| part.body.len()).sum::<usize>() < length);
    let Some((content_type, body)) = written(batch) else {
        return;
    };
    let again = match parse(&content_type, &body) {
        Ok(again) => again,
        Err(fault) => panic!("{fault}\n{}", body.escape_ascii()),
    };
    assert_eq!(batch.items.len(), again.items.len());
    for (before, after) in batch.items.iter().zip(&again.items) {
        let sets = |item: &Item| matches!(item, Item::ChangeSet(_));
        assert_eq!(
            (sets(before), parts(before).len()),
            (sets(after), parts(after).len())
        );
    }
    for (before, after) in all.iter().zip(again.items.iter().flat_map(parts)) {
        assert_eq!(before.method, after.method);
        assert_eq!(before.target, after.target);
        assert_eq!(before.headers, after.headers);
        assert_eq!(before.content_id, after.content_id);
        assert_eq!(before.body, after.body);
    }
}

fn parts(item: &Item) -> Vec<&Part> {
    match item {
        Item::One(part) => vec![part],
        Item::ChangeSet(parts) => parts.iter().collect(),
    }
}

/// The batch as a tidy client writes it. `None` if a body holds one of the boundaries.
fn written(batch: &Batch) -> Option<(String, Bytes)> {
    const OUTER: &str = "batch_of_the_fuzzer";
    const INNER: &str = "change_set_of_the_fuzzer";
    let mut text = Vec::new();
    for item in &batch.items {
        line(&mut text, &format!("--{OUTER}"));
        match item {
            Item::One(part) => request(&mut text, part),
            Item::ChangeSet(parts) => {
                line(
                    &mut text,
                    &format!("Content-Type: multipart/mixed; boundary={INNER}"),
                );
                line(&mut text, "");
                for part in parts {
                    line(&mut text, &format!("--{INNER}"));
                    request(&mut text, part);
                }
                line(&mut text, &format!("--{INNER}--"));
            }
        }
    }
    line(&mut text, &format!("--{OUTER}--"));
    let clear = |part: &Part| {
        let has = |boundary: &str| {
            part.body
                .windows(boundary.len())
                .any(|found| found == boundary.as_bytes())
        };
        !has(OUTER) && !has(INNER)
    };
    let all_clear = batch.items.iter().flat_map(parts).all(clear);
    all_clear.then(|| (format!("multipart/mixed; boundary={OUTER}"), text.into()))
}

fn request(text: &mut Vec<u8>, part: &Part) {
    line(text, "Content-Type: application/http");
    if let Some(id) = &part.content_id {
        line(text, &format!("Content-ID: {id}"));
    }
    line(text, "");
    let target = &part.target;
    let root = target
        .version
        .as_ref()
        .map(|version| format!("/api/data/{version}/"));
    let (origin, root) = (target.origin.as_deref(), root.as_deref());
    let url = [origin, root, Some(&*target.path)]
        .map(Option::unwrap_or_default)
        .concat();
    line(text, &format!("{} {url} HTTP/1.1", part.method));
    for (name, value) in &part.headers {
        text.extend_from_slice(name.as_str().as_bytes());
        text.extend_from_slice(b": ");
        text.extend_from_slice(value.as_bytes());
        line(text, "");
    }
    line(text, "");
    text.extend_from_slice(&part.body);
    line(text, "");
}

fn line(text: &mut Vec<u8>, line: &str) {
    text.extend_from_slice(line.as_bytes());
    text.extend_from_slice(b"\r\n");
}
