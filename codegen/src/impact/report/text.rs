//! An impact for a terminal.

use super::{lacked, not_reached, place, told};
use crate::drift::change_words;
use crate::drift::report::harmless;
use crate::impact::{Break, Impact};

/// Changes of one sort that are told one by one.
const SHOWN: usize = 50;

pub(super) fn text(impact: &Impact<'_, '_>, new: &str) -> String {
    let mut lines: Vec<String> = told(impact).iter().flat_map(|of| break_lines(of, new)).collect();
    if impact.breaks.is_empty() {
        lines.push(format!("the program compiles against {new}"));
    }
    let broken = impact.broken_before.iter();
    section(
        &mut lines,
        "Doesn't compile as it is",
        broken.map(|of| format!("{}: {}", place(of), of.message)),
    );
    let unchecked = impact
        .unchecked
        .iter()
        .map(|(change, files)| format!("{} (named in {})", change_words(change), files.join(", ")));
    section(
        &mut lines,
        "Not checked by the compiler: look at what the program does with it",
        unchecked,
    );
    let untouched = impact.untouched.iter().map(|change| change_words(change));
    section(&mut lines, "Touches nothing that the program uses", untouched);
    if let Some(note) = not_reached(impact) {
        lines.extend([String::new(), note]);
    }
    let lines: Vec<String> = lines.iter().map(|line| harmless::shown(line)).collect();
    lines.join("\n") + "\n"
}

fn section(lines: &mut Vec<String>, title: &str, of: impl Iterator<Item = String>) {
    let of: Vec<String> = of.collect();
    if of.is_empty() {
        return;
    }
    lines.push(String::new());
    lines.push(format!("{title}:"));
    lines.extend(of.iter().take(SHOWN).map(|line| format!("  {line}")));
    if of.len() > SHOWN {
        lines.push(format!("  and {} more", of.len() - SHOWN));
    }
}

/// `src/sync.rs:41 uses account.fax, which prod lacks`, and what the compiler says.
fn break_lines(of: &Break<'_, '_>, new: &str) -> Vec<String> {
    let place = place(&of.diagnostic);
    let message = &of.diagnostic.message;
    let Some(cause) = of.causes.first() else {
        return vec![format!("{place}: {message} (no change explains it)")];
    };
    let mut line = match lacked(cause) {
        Some(what) => format!("{place} uses {what}, which {new} lacks"),
        None => format!("{place} uses {}", change_words(cause)),
    };
    for other in &of.causes[1..] {
        line.push_str(&format!("; or {}", change_words(other)));
    }
    vec![line, format!("    {message}")]
}
