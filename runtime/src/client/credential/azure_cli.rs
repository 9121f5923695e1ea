//! The user of the Azure CLI.

use super::{Credential, CredentialError, CredentialFailure, TokenFuture, TokenRequest, answer};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use tokio::process::Command;

/// The user who has signed in to the Azure CLI with `az login`.
#[derive(Clone, Debug, Default)]
pub struct AzureCli {
    tenant: Option<String>,
    program: Option<PathBuf>,
}

impl AzureCli {
    /// The signed-in user.
    pub fn new() -> Self {
        Self::default()
    }

    /// A token of this tenant, where it isn't the user's own.
    #[must_use]
    pub fn tenant(mut self, tenant: &str) -> Self {
        self.tenant = Some(tenant.to_owned());
        self
    }

    /// The CLI's program, where it isn't `az` on the path.
    #[must_use]
    pub fn program(mut self, path: impl AsRef<Path>) -> Self {
        self.program = Some(path.as_ref().to_owned());
        self
    }

    fn command(&self, request: &TokenRequest) -> Command {
        let mut command = match &self.program {
            Some(program) => Command::new(program),
            // On Windows `az` is a script, which only the shell runs.
            None if cfg!(windows) => {
                let mut shell = Command::new("cmd");
                shell.args(["/C", "az"]);
                shell
            }
            None => Command::new("az"),
        };
        command.args(["account", "get-access-token", "--output", "json", "--resource"]);
        command.arg(&request.resource);
        if let Some(tenant) = &self.tenant {
            command.args(["--tenant", tenant]);
        }
        command.stdin(Stdio::null()).kill_on_drop(true);
        command
    }
}

impl Credential for AzureCli {
    fn token<'a>(&'a self, request: &'a TokenRequest) -> TokenFuture<'a> {
        Box::pin(async move {
            let output = self.command(request).output().await.map_err(|error| {
                let reason =
                    format!("the Azure CLI can't be started ({error}): install it, or check the path");
                CredentialError::unavailable(request, reason)
            })?;
            if output.status.success() {
                return Ok(answer::token(request, &output.stdout)?.token);
            }
            let said = String::from_utf8_lossy(&output.stderr);
            if said.contains("az login") || said.contains("not recognized") || said.contains("not found") {
                let reason = "nobody is signed in to the Azure CLI: run `az login`";
                return Err(CredentialError::unavailable(request, reason));
            }
            let line = said
                .lines()
                .find(|line| !line.trim().is_empty())
                .unwrap_or("it gave no reason");
            let reason = format!("the Azure CLI gave no token: {}", line.trim());
            Err(CredentialError::new(
                request,
                CredentialFailure::Refused(None),
                reason,
            ))
        })
    }
}
