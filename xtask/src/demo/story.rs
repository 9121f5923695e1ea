//! What the demo tells a person.

use std::io::{IsTerminal, stdout};
use std::path::Path;
use std::time::Instant;

use crate::root;

/// Tells chapter by chapter, with colours on a terminal.
pub(super) struct Story {
    chapter: u32,
    colours: bool,
    start: Instant,
}

impl Story {
    pub(super) fn new() -> Self {
        let story = Self {
            chapter: 0,
            colours: stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none(),
            start: Instant::now(),
        };
        println!(
            "{}",
            story.bold("Dataverse, typed: from an environment to a checked program")
        );
        story
    }

    /// Begins a chapter.
    pub(super) fn chapter(&mut self, title: &str) {
        self.chapter += 1;
        let seconds = self.start.elapsed().as_secs_f64();
        println!(
            "\n{} {}",
            self.bold(&format!("{}. {title}", self.chapter)),
            self.dim(&format!("[{seconds:.1} s]"))
        );
    }

    /// Tells a line of the chapter.
    pub(super) fn tell(&self, line: &str) {
        println!("   {line}");
    }

    /// An empty line.
    pub(super) fn blank(&self) {
        println!();
    }

    /// Tells what somebody else said.
    pub(super) fn quote(&self, text: &str) {
        for line in text.lines() {
            let told = if line.starts_with("error") {
                self.red(line)
            } else {
                line.to_owned()
            };
            println!("   {told}");
        }
    }

    /// A folder as a reader finds it.
    pub(super) fn shown(&self, folder: &Path) -> String {
        folder
            .strip_prefix(root())
            .unwrap_or(folder)
            .display()
            .to_string()
    }

    pub(super) fn end(&self, folder: &Path) {
        let seconds = self.start.elapsed().as_secs_f64();
        println!(
            "\n{}",
            self.bold(&format!("That was the whole road, in {seconds:.1} s."))
        );
        println!(
            "   {} holds all of it: the configuration, the snapshot, the crate and the program.",
            self.shown(folder)
        );
    }

    fn bold(&self, text: &str) -> String {
        self.coloured("1", text)
    }

    fn dim(&self, text: &str) -> String {
        self.coloured("2", text)
    }

    fn red(&self, text: &str) -> String {
        self.coloured("1;31", text)
    }

    fn coloured(&self, code: &str, text: &str) -> String {
        if self.colours {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }
}
