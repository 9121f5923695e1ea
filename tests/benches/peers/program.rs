//! A client in a process of its own.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::server::Server;

/// What starts a client, which prints how many rows it has read and in how many seconds.
pub struct Program {
    pub name: String,
    program: PathBuf,
    arguments: Vec<String>,
}

impl Program {
    pub fn new(name: &str, program: impl Into<PathBuf>, arguments: impl IntoIterator<Item = String>) -> Self {
        Self {
            name: name.to_owned(),
            program: program.into(),
            arguments: arguments.into_iter().collect(),
        }
    }

    /// `NAME=PROGRAM ARGUMENT..`, with tabs between program and arguments, because paths have spaces.
    pub fn parse(text: &str) -> Self {
        let (name, command) = text.split_once('=').expect("NAME=PROGRAM");
        let mut words = command.split('\t').map(str::to_owned);
        let program = words.next().expect("splitting gives one part at least");
        Self::new(name, program, words)
    }

    /// Reads all rows once more.
    pub fn seconds(&self, server: &Server, expected: usize) -> f64 {
        let mut command = Command::new(&self.program);
        command
            .args(&self.arguments)
            .env("SERVER_URL", &server.url)
            .stderr(Stdio::inherit());
        // A proxy has no business on this machine's own address.
        for proxy in ["http_proxy", "https_proxy", "all_proxy"] {
            command.env_remove(proxy).env_remove(proxy.to_ascii_uppercase());
        }
        for trusted in ["NODE_EXTRA_CA_CERTS", "REQUESTS_CA_BUNDLE", "SSL_CERT_FILE"] {
            command.env(trusted, server.certificate.path());
        }
        let output = command.output().expect("the client starts");
        assert!(
            output.status.success(),
            "{} failed ({})",
            self.name,
            output.status
        );
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let mut words = text.split_whitespace();
        let rows: Option<usize> = words.next().and_then(|word| word.parse().ok());
        assert_eq!(rows, Some(expected), "{} said `{text}`", self.name);
        let seconds = words.next().and_then(|word| word.parse().ok());
        seconds.expect("the client says its seconds")
    }
}
