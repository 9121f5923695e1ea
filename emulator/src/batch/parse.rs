//! From the body of a batch to its requests.

use super::multipart::{self, Parts, unreadable};
use super::part::{self, Part};
use super::reference;
use crate::Fault;
use bytes::Bytes;
use http::{HeaderMap, Method};

/// The most requests in a batch, those in change sets among them.
const MOST_REQUESTS: usize = 1_000;

/// The requests of a batch, in order.
#[derive(Clone, Debug)]
pub struct Batch {
    /// Single requests and change sets.
    pub items: Vec<Item>,
}

/// What stands between two boundaries of a batch.
#[derive(Clone, Debug)]
pub enum Item {
    /// A request of its own.
    One(Box<Part>),
    /// Requests that are carried out together or not at all.
    ChangeSet(Vec<Part>),
}

/// Reads a batch from its content type and body.
///
/// # Errors
/// If it is no batch, has more than 1,000 requests, or breaks a rule of change sets: nothing may be carried out then.
pub fn parse(content_type: &str, body: &Bytes) -> Result<Batch, Fault> {
    let delimiter = format!("--{}", multipart::boundary(content_type)?);
    let mut parts = Parts::new(body.clone(), &delimiter)?;
    let mut items = Vec::new();
    let mut count = 0;
    while let Some(mut text) = parts.next()? {
        let headers = multipart::headers(&mut text)?;
        match kind(&headers)? {
            Kind::Request => {
                let part = request(&headers, text, &mut count)?;
                reference::refuse(&part)?;
                items.push(Item::One(Box::new(part)));
            }
            Kind::ChangeSet(content_type) => items.push(change_set(&content_type, text, &mut count)?),
        }
        // Change sets without requests count too: the number of parts is bounded.
        if items.len() > MOST_REQUESTS {
            return Err(too_many());
        }
    }
    Ok(Batch { items })
}

enum Kind {
    Request,
    ChangeSet(String),
}

fn kind(headers: &HeaderMap) -> Result<Kind, Fault> {
    let content_type = headers
        .get(http::header::CONTENT_TYPE)
        .ok_or_else(|| Fault::bad_payload("A part of the batch has no 'Content-Type' header."))?
        .to_str()
        .map_err(|_| unreadable())?;
    let kind = content_type.split(';').next().unwrap_or_default().trim();
    if kind.eq_ignore_ascii_case("application/http") {
        Ok(Kind::Request)
    } else if kind.eq_ignore_ascii_case("multipart/mixed") {
        Ok(Kind::ChangeSet(content_type.to_owned()))
    } else {
        Err(Fault::bad_payload(format!(
            "The content type '{}' of a part of the batch is not valid; it must be 'application/http' or 'multipart/mixed'.",
            reference::short(kind)
        )))
    }
}

fn change_set(content_type: &str, text: Bytes, count: &mut usize) -> Result<Item, Fault> {
    let delimiter = format!("--{}", multipart::boundary(content_type)?);
    let mut parts = Parts::inside(text, &delimiter)?;
    let mut requests = Vec::new();
    while let Some(mut text) = parts.next()? {
        let headers = multipart::headers(&mut text)?;
        if let Kind::ChangeSet(_) = kind(&headers)? {
            return Err(Fault::bad_payload(
                "A change set can't contain another change set.",
            ));
        }
        let part = request(&headers, text, count)?;
        if part.method == Method::GET {
            return Err(Fault::bad_payload(
                "An invalid HTTP method 'GET' was detected for a request in a change set. Requests in change sets only support the HTTP methods 'POST', 'PUT', 'DELETE', and 'PATCH'.",
            ));
        }
        requests.push(part);
    }
    reference::check(&requests)?;
    Ok(Item::ChangeSet(requests))
}

fn request(headers: &HeaderMap, text: Bytes, count: &mut usize) -> Result<Part, Fault> {
    *count += 1;
    if *count > MOST_REQUESTS {
        return Err(too_many());
    }
    let part = part::read(headers, text)?;
    if part.target.path.split('?').next() == Some("$batch") {
        return Err(Fault::bad_payload("A batch can't contain another batch."));
    }
    Ok(part)
}

fn too_many() -> Fault {
    Fault::bad_payload(format!(
        "The number of requests in the batch exceeds the limit of {MOST_REQUESTS}."
    ))
}
