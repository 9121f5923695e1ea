//! Two sides measured in turns, and printed as a ratio.

use std::process::Command;
use std::time::Instant;

/// The figures of both sides.
pub struct Compared {
    pub ours: f64,
    pub plain: f64,
}

impl Compared {
    pub fn print(&self, what: &str, bar: f64) {
        println!(
            "{what:<38} {:>9.2}  {:>9.2}  {:>7.2}  {bar:>4}",
            self.ours,
            self.plain,
            self.ours / self.plain
        );
    }
}

/// The least milliseconds of each side. They take turns, so that what else the machine does hits both.
pub fn least(rounds: usize, ours: impl Fn() -> usize, plain: impl Fn() -> usize) -> Compared {
    let time = |work: &dyn Fn() -> usize| {
        let start = Instant::now();
        let rows = work();
        assert!(rows > 0, "a side that reads nothing would win");
        start.elapsed().as_secs_f64() * 1e3
    };
    let mut least = Compared {
        ours: f64::MAX,
        plain: f64::MAX,
    };
    for _ in 0..rounds {
        least.ours = least.ours.min(time(&ours));
        least.plain = least.plain.min(time(&plain));
    }
    least
}

/// The most memory that this process has had, where the system tells. Linux does.
pub fn peak_kilobytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok())
        .unwrap_or(0)
}

/// The peak memory of a process that does this case alone, in megabytes.
pub fn peak_of_child(case: &str) -> f64 {
    let this = std::env::current_exe().expect("the path of this program");
    let child = Command::new(this)
        .args(["--peak", case])
        .output()
        .expect("this program starts");
    let text = String::from_utf8_lossy(&child.stdout).into_owned();
    let kilobytes: u64 = text
        .split_whitespace()
        .next()
        .and_then(|word| word.parse().ok())
        .expect("the child's figure");
    kilobytes as f64 / 1e3
}
