//! XML on one line, written as it comes. Whatever a name or a label holds, it stays inside its attribute.

/// Where XML is written to.
pub(super) struct Xml {
    out: String,
    /// Whether the last start tag is still open for attributes.
    open: bool,
}

impl Xml {
    pub(super) fn new(room: usize) -> Self {
        let mut out = String::with_capacity(room);
        out.push_str("<?xml version=\"1.0\" encoding=\"utf-8\"?>");
        Self { out, open: false }
    }

    pub(super) fn finish(self) -> Vec<u8> {
        self.out.into_bytes()
    }

    /// Starts an element. Attributes and children follow, then [`Xml::end`] with the same name.
    pub(super) fn start(&mut self, element: &str) -> &mut Self {
        self.shut();
        self.out.push('<');
        self.out.push_str(element);
        self.open = true;
        self
    }

    /// An attribute of the element just started.
    pub(super) fn attribute(&mut self, name: &str, value: &str) -> &mut Self {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        escape(&mut self.out, value);
        self.out.push('"');
        self
    }

    /// An attribute, if it has a value.
    pub(super) fn maybe(&mut self, name: &str, value: Option<&str>) -> &mut Self {
        match value {
            Some(value) => self.attribute(name, value),
            None => self,
        }
    }

    /// An attribute that is only there if it is true.
    pub(super) fn flag(&mut self, name: &str, value: bool) -> &mut Self {
        self.maybe(name, value.then_some("true"))
    }

    /// Text inside the element.
    pub(super) fn text(&mut self, text: &str) -> &mut Self {
        self.shut();
        escape(&mut self.out, text);
        self
    }

    /// Ends an element.
    pub(super) fn end(&mut self, element: &str) {
        if std::mem::take(&mut self.open) {
            self.out.push_str(" />");
        } else {
            self.out.push_str("</");
            self.out.push_str(element);
            self.out.push('>');
        }
    }

    fn shut(&mut self) {
        if std::mem::take(&mut self.open) {
            self.out.push('>');
        }
    }
}

/// White space is written as references, since readers make spaces of it; what XML has no form for is replaced.
fn escape(out: &mut String, text: &str) {
    let mut plain = 0;
    for (at, c) in text.char_indices() {
        let escaped = match c {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' => "&quot;",
            '\t' => "&#9;",
            '\n' => "&#10;",
            '\r' => "&#13;",
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => "\u{fffd}",
            _ => continue,
        };
        out.push_str(&text[plain..at]);
        out.push_str(escaped);
        plain = at + c.len_utf8();
    }
    out.push_str(&text[plain..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_breaks_out() {
        let mut xml = Xml::new(0);
        xml.start("A").attribute("B", "\"/><C>&\n\0");
        xml.start("D");
        xml.end("D");
        xml.end("A");
        let text = String::from_utf8(xml.finish()).unwrap();
        assert!(
            text.ends_with("<A B=\"&quot;/&gt;&lt;C&gt;&amp;&#10;\u{fffd}\"><D /></A>"),
            "{text}"
        );
    }
}
