//! The clients: what they need, how they are installed, how their drivers are started.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::ValueEnum;

use crate::process::{quiet, shown, target};
use crate::{Failure, root};

/// A client that somebody else wrote.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Client {
    /// npm dynamics-web-api, over HTTP.
    Javascript,
    /// PyPI PowerPlatform-Dataverse-Client, over HTTPS: it takes nothing else.
    Python,
}

/// The oldest versions that the clients run on: major and minor.
const NODE: (u32, u32) = (20, 0);
const PYTHON: (u32, u32) = (3, 10);

impl Client {
    pub(crate) fn package(self) -> &'static str {
        match self {
            Self::Javascript => "dynamics-web-api",
            Self::Python => "PowerPlatform-Dataverse-Client",
        }
    }

    pub(crate) fn version(self) -> &'static str {
        match self {
            Self::Javascript => "2.5.0",
            Self::Python => "1.1.0",
        }
    }

    pub(super) fn speaks_https(self) -> bool {
        matches!(self, Self::Python)
    }

    /// Whether this machine has what the client needs.
    pub(crate) fn check(self) -> Result<(), Failure> {
        let needs = |program: &str, argument: &str, wanted: &str| {
            let output = Command::new(program).arg(argument).output();
            let output = output.map_err(|error| {
                format!(
                    "{} needs {wanted}: can't start `{program}`: {error}",
                    self.package()
                )
            })?;
            Ok::<_, Failure>(String::from_utf8_lossy(&output.stdout).trim().to_owned())
        };
        let at_least = |found: &str, least: (u32, u32), wanted: &str| match version(found) {
            Some(version) if version >= least => Ok(()),
            _ => Err(Failure::from(format!(
                "{} needs {wanted}, found `{found}`",
                self.package()
            ))),
        };
        match self {
            Self::Javascript => {
                at_least(&needs("node", "--version", "node 20")?, NODE, "node 20")?;
                needs("npm", "--version", "npm").map(drop)
            }
            Self::Python => {
                at_least(
                    &needs("python3", "--version", "python 3.10")?,
                    PYTHON,
                    "python 3.10",
                )?;
                let pip = quiet(Command::new("python3").args(["-m", "pip", "--version"]))?;
                if pip.status.success() {
                    Ok(())
                } else {
                    Err(format!("{} needs pip: `python3 -m pip` fails", self.package()).into())
                }
            }
        }
    }

    /// Installs the package, unless this version of it is there already.
    pub(crate) fn install(self) -> Result<(), Failure> {
        let folder = self.folder();
        let wanted = self.wanted();
        let stamp = folder.join("installed");
        if fs::read_to_string(&stamp).is_ok_and(|found| found == wanted) {
            return Ok(());
        }
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        eprintln!("installing {wanted}");
        match self {
            Self::Javascript => {
                // Without a file of its own npm would install into a folder further up.
                fs::write(folder.join("package.json"), "{\"private\": true}\n")?;
                let mut npm = Command::new("npm");
                npm.current_dir(&folder)
                    .args([
                        "install",
                        "--no-audit",
                        "--no-fund",
                        "--ignore-scripts",
                        "--loglevel=error",
                    ])
                    .arg(&wanted);
                shown(&mut npm)?;
            }
            Self::Python => {
                let mut pip = Command::new("python3");
                pip.args([
                    "-m",
                    "pip",
                    "install",
                    "--quiet",
                    "--no-input",
                    "--disable-pip-version-check",
                ])
                .args(["--no-warn-conflicts", "--root-user-action=ignore", "--target"])
                .arg(folder.join("packages"))
                .arg(&wanted);
                shown(&mut pip)?;
            }
        }
        fs::write(stamp, wanted)?;
        Ok(())
    }

    /// What starts this driver: `main`, or another program beside it.
    pub(crate) fn command(self, program: &str) -> Result<Command, Failure> {
        let sources = root().join("xtask/interop").join(self.name());
        let mut command;
        match self {
            Self::Javascript => {
                // Modules are looked for beside and above the file that imports them, and nowhere else.
                let driver = self.folder().join("driver");
                copied(&sources, &driver)?;
                command = Command::new("node");
                command.arg(driver.join(program).with_extension("mjs"));
            }
            Self::Python => {
                command = Command::new("python3");
                command
                    .arg(sources.join(program).with_extension("py"))
                    .env("PYTHONPATH", self.folder().join("packages"))
                    .env("PYTHONNOUSERSITE", "1")
                    .env("PYTHONDONTWRITEBYTECODE", "1")
                    .env("PYTHONIOENCODING", "utf-8");
            }
        }
        Ok(command)
    }

    fn name(self) -> &'static str {
        match self {
            Self::Javascript => "javascript",
            Self::Python => "python",
        }
    }

    /// The package and its version, as its installer takes it.
    fn wanted(self) -> String {
        match self {
            Self::Javascript => format!("{}@{}", self.package(), self.version()),
            // Its asynchronous half needs an HTTP library that is an extra.
            Self::Python => format!("{}[async]=={}", self.package(), self.version()),
        }
    }

    fn folder(self) -> PathBuf {
        target().join("interop").join(self.name())
    }
}

/// Major and minor of `v20.20.2` or `Python 3.11.7`.
fn version(text: &str) -> Option<(u32, u32)> {
    let numbers = text.rsplit(' ').next()?.trim_start_matches('v');
    let mut numbers = numbers.split('.').map(|number| number.parse().ok());
    Some((numbers.next()??, numbers.next()??))
}

/// Copies the files of a folder.
fn copied(from: &Path, to: &Path) -> Result<(), Failure> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        fs::copy(entry.path(), to.join(entry.file_name()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read() {
        assert_eq!(version("v20.20.2"), Some((20, 20)));
        assert_eq!(version("Python 3.11.7"), Some((3, 11)));
        assert_eq!(version("3.9"), Some((3, 9)));
        assert_eq!(version("node"), None);
    }
}
