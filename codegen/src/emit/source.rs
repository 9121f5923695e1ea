//! Source text, written line by line in the form that prettyplease would give it.
//!
//! A crate of two thousand tables has some hundred thousand fields, initialisers and options. Making tokens of them, parsing
//! the tokens and printing the tree takes ten times as long as writing the lines, so these lines are written directly; all
//! else goes through `quote` and `prettyplease`. What comes from the environment enters in three ways only: as an
//! identifier that [`names`](crate::names) made, as a string literal, and as one line of a comment.

use std::fmt::{self, Write};

use proc_macro2::Literal;

/// Source text in the making.
#[derive(Default)]
pub(super) struct Source {
    text: String,
    depth: usize,
}

impl Source {
    /// Room for about that many bytes.
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self {
            text: String::with_capacity(bytes),
            depth: 0,
        }
    }

    /// One line at the present depth.
    pub(super) fn line(&mut self, line: fmt::Arguments<'_>) {
        self.indent();
        self.put(line);
        self.text.push('\n');
    }

    /// A line that opens a block, the block, and the line that closes it.
    pub(super) fn block(&mut self, open: fmt::Arguments<'_>, close: &str, body: impl FnOnce(&mut Self)) {
        self.line(open);
        self.depth += 1;
        body(self);
        self.depth -= 1;
        self.line(format_args!("{close}"));
    }

    /// Comments on what follows, one line each.
    pub(super) fn docs<S: AsRef<str>>(&mut self, lines: impl IntoIterator<Item = S>) {
        self.comments("///", lines);
    }

    /// Comments on the module itself.
    pub(super) fn module_docs<S: AsRef<str>>(&mut self, lines: impl IntoIterator<Item = S>) {
        self.comments("//!", lines);
        self.blank();
    }

    fn comments<S: AsRef<str>>(&mut self, mark: &str, lines: impl IntoIterator<Item = S>) {
        for line in lines {
            let line = line.as_ref();
            debug_assert!(!line.contains(['\n', '\r']), "a comment is one line");
            if line.is_empty() {
                self.line(format_args!("{mark}"));
            } else {
                self.line(format_args!("{mark} {line}"));
            }
        }
    }

    /// An empty line.
    pub(super) fn blank(&mut self) {
        self.text.push('\n');
    }

    /// Text that is formatted already, set apart by an empty line.
    pub(super) fn formatted(&mut self, text: &str) {
        self.blank();
        self.text.push_str(text);
    }

    /// The text, which ends with its last line: a module without items has nothing below its comment.
    pub(super) fn finish(mut self) -> String {
        self.text.truncate(self.text.trim_end_matches('\n').len());
        self.text.push('\n');
        self.text
    }

    fn indent(&mut self) {
        for _ in 0..self.depth {
            self.text.push_str("    ");
        }
    }

    fn put(&mut self, text: fmt::Arguments<'_>) {
        // Writing to a string can't fail.
        let _ = self.text.write_fmt(text);
    }
}

/// A text as a string literal.
pub(super) struct Quoted<'t>(pub(super) &'t str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let harmless = |byte: u8| byte.is_ascii_graphic() && byte != b'"' && byte != b'\\' || byte == b' ';
        if self.0.bytes().all(harmless) {
            return write!(f, "\"{}\"", self.0);
        }
        write!(f, "{}", Literal::string(self.0))
    }
}
