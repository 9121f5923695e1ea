//! The requests that a text makes: the first page, and those after it
//! (<https://learn.microsoft.com/power-apps/developer/data-platform/fetchxml/page-results>).

use super::{selection, understood};
use crate::message::{Origin, Request};
use crate::row::{FetchRow, Part};
use crate::text::percent_encoded;
use crate::{InvalidRequest, Table, TableMeta, select};
use dataverse_fetchxml::{Attribute, Element, write};
use http::Method;

/// Asks for the annotations that lead from page to page: without it the service says of no page that there are more.
const PAGING: [&str; 2] = [
    "Microsoft.Dynamics.CRM.fetchxmlpagingcookie",
    "Microsoft.Dynamics.CRM.morerecords",
];
const TOTAL: [&str; 2] = [
    "Microsoft.Dynamics.CRM.totalrecordcount",
    "Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded",
];

/// A text and the rows that it is read into.
#[derive(Clone, Debug)]
pub(crate) struct FetchPlan {
    meta: &'static TableMeta,
    parts: &'static [Part],
    root: Result<Element, InvalidRequest>,
    /// How many rows are wanted, where the client counts them.
    #[cfg(feature = "client")]
    pub(crate) first: Option<usize>,
}

impl FetchPlan {
    pub(super) fn of<R: FetchRow>(text: &str) -> Self {
        Self {
            meta: &R::Table::META,
            parts: R::PARTS,
            root: understood(text, R::Table::META.logical_name),
            #[cfg(feature = "client")]
            first: None,
        }
    }

    /// Says something about the text as a whole.
    pub(super) fn set(&mut self, name: &str, value: String) {
        if let Ok(root) = &mut self.root {
            set(root, name, value);
        }
    }

    /// The request for the page that the text is about.
    pub(crate) fn request(&self) -> Result<Request, InvalidRequest> {
        let table = self.meta.logical_name;
        if self.meta.entity_set.is_empty() {
            return Err(InvalidRequest::NoEntitySet { table });
        }
        let root = self.root.as_ref().map_err(Clone::clone)?;
        // What was said since the text was read may not go with it.
        understood(&text_of(root), table)?;
        selection::verify(root, self.parts, self.meta.primary_id)?;
        Ok(self.page(self.address(root)))
    }

    fn address(&self, root: &Element) -> String {
        format!(
            "{}?fetchXml={}",
            self.meta.entity_set,
            percent_encoded(&text_of(root))
        )
    }

    /// The request for the page at this address.
    pub(crate) fn page(&self, address: String) -> Request {
        let mut annotations = select::annotations_of(self.parts);
        if let Ok(root) = &self.root {
            if root.attribute("top").is_none() {
                annotations.extend(PAGING);
            }
            if root.flag("returntotalrecordcount") {
                annotations.extend(TOTAL);
            }
        }
        let origin = Origin {
            operation: "fetch",
            table: Some(self.meta.logical_name),
        };
        let request = Request::new(Method::GET, address, origin);
        let annotations = (!annotations.is_empty()).then(|| annotations.join(","));
        let preference = annotations.as_deref().and_then(select::including);
        preference.into_iter().fold(request, Request::prefer)
    }
}

fn text_of(root: &Element) -> String {
    let mut text = String::new();
    write(root, &mut text);
    text
}

fn set(root: &mut Element, name: &str, value: String) {
    match root
        .attributes
        .iter_mut()
        .find(|attribute| attribute.name == name)
    {
        Some(attribute) => attribute.value = value,
        None => root.attributes.push(Attribute {
            name: name.to_owned(),
            value,
            ..Attribute::default()
        }),
    }
}

#[cfg(feature = "client")]
mod pages {
    use super::{FetchPlan, set, understood};
    use crate::decode::Page;
    use crate::message::Request;
    use crate::text::percent_decoded;
    use crate::{DecodeError, InvalidRequest};
    use dataverse_fetchxml::{Element, read};

    impl FetchPlan {
        /// The request for the page at this address, from which the plan goes on.
        pub(crate) fn resume(&mut self, address: &str) -> Result<Request, InvalidRequest> {
            self.request()?;
            let text = address
                .split_once("?fetchXml=")
                .and_then(|(_, text)| percent_decoded(text));
            let text = text.unwrap_or_default();
            self.root = Ok(understood(&text, self.meta.logical_name)?);
            self.request()
        }

        /// The address of the page after this one, from which the plan goes on.
        pub(crate) fn next<R>(&mut self, page: &Page<R>) -> Result<Option<String>, DecodeError> {
            let Ok(root) = &mut self.root else {
                return Ok(None);
            };
            if page.more_records != Some(true) || root.attribute("top").is_some() {
                return Ok(None);
            }
            let number = root
                .value("page")
                .and_then(|page| page.parse().ok())
                .unwrap_or(1_u32);
            set(root, "page", number.saturating_add(1).to_string());
            root.attributes
                .retain(|attribute| attribute.name != "paging-cookie");
            // Some orders and groups have no cookie: then the page's number alone leads on.
            if let Some(cookie) = page.paging_cookie.as_deref().filter(|cookie| !cookie.is_empty()) {
                set(root, "paging-cookie", inner(cookie)?);
            }
            let root: Element = root.clone();
            Ok(Some(self.address(&root)))
        }
    }

    const COOKIE: &str = "a paging cookie such as <cookie pagenumber=\"2\" pagingcookie=\"…\" />";

    /// The cookie that a text carries, which the annotation holds percent-encoded twice.
    fn inner(annotation: &str) -> Result<String, DecodeError> {
        let cookie = read(annotation).ok();
        let encoded = cookie.as_ref().and_then(|cookie| cookie.value("pagingcookie"));
        encoded
            .and_then(percent_decoded)
            .and_then(|once| percent_decoded(&once))
            .ok_or_else(|| DecodeError::mismatch(COOKIE, annotation))
    }

    #[cfg(test)]
    mod tests {
        use super::super::text_of;
        use super::*;

        #[test]
        fn cookies_are_decoded_twice() {
            let annotation = "<cookie pagenumber=\"2\" pagingcookie=\"%253ccookie%2520page%253d%25221%2522%253e\
                              %253crsk_vesselid%2520last%253d%2522%257b1%257d%2522%2520%252f%253e%253c%252fcookie%253e\" \
                              istracking=\"False\" />";
            assert_eq!(
                inner(annotation).unwrap(),
                r#"<cookie page="1"><rsk_vesselid last="{1}" /></cookie>"#
            );
            for broken in [
                "",
                "cookie",
                "<cookie/>",
                "<cookie pagingcookie='%'/>",
                "<cookie pagingcookie='%25'/>",
            ] {
                let error = inner(broken).unwrap_err().to_string();
                assert!(error.contains("a paging cookie"), "{error}");
            }
        }

        #[test]
        fn texts_are_written_as_they_are_read() {
            let text = r#"<fetch><entity name="a"/></fetch>"#;
            assert_eq!(text_of(&read(text).unwrap()), text);
        }
    }
}
