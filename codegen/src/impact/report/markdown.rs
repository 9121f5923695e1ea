//! An impact for a pull request.

use std::fmt::Write as _;

use super::{counted, extent, not_reached, place, told};
use crate::drift::report::harmless::{code, shown};
use crate::drift::{Change, change_place};
use crate::impact::{Break, Impact};

/// What is kept free for the note of what was left out.
const NOTE: usize = 400;

pub(super) fn markdown(impact: &Impact<'_, '_>, old: &str, new: &str, longest: usize) -> String {
    let (lines, files) = extent(&impact.breaks);
    let title = match lines {
        0 => "the program compiles".to_owned(),
        _ => format!("{} in {} break", counted(lines, "line"), counted(files, "file")),
    };
    let mut page = Page {
        text: format!("## Impact: {title}\n\nFrom {} to {}.\n", code(old), code(new)),
        longest: longest.saturating_sub(NOTE),
        left_out: 0,
    };
    let before = impact
        .broken_before
        .iter()
        .map(|of| format!("| {} | {} |\n", code(&place(of)), code(&of.message)));
    let unchecked = impact.unchecked.iter().map(|(change, files)| {
        let files: Vec<String> = files.iter().map(|file| code(file)).collect();
        format!("| {} | {} |\n", words(change), files.join(", "))
    });
    let untouched = impact.untouched.iter().map(|of| format!("- {}\n", words(of)));
    let breaks = told(impact).into_iter().map(row);
    page.section("", "\n| line | change | compiler |\n|---|---|---|\n", breaks);
    page.section(
        "\n### Doesn't compile as it is\n",
        "\n| line | compiler |\n|---|---|\n",
        before,
    );
    page.section(
        "\n### Not checked by the compiler\n",
        "\n| change | named in |\n|---|---|\n",
        unchecked,
    );
    let count = impact.untouched.len();
    let head = format!("\n<details><summary>Touches nothing that the program uses ({count})</summary>\n\n");
    page.section(&head, "", untouched);
    if count > 0 && page.text.contains("<details>") {
        page.text.push_str("\n</details>\n");
    }
    if let Some(note) = not_reached(impact) {
        let _ = writeln!(page.text, "\n> {note}.");
    }
    if page.left_out > 0 {
        let _ = writeln!(
            page.text,
            "\n> **Left out to keep this short:** {}. The formats `text`, `json` and `html` have all.",
            counted(page.left_out, "row")
        );
    }
    page.text
}

struct Page {
    text: String,
    longest: usize,
    left_out: usize,
}

impl Page {
    /// A section with as many rows as there is room for; none without rows.
    fn section(&mut self, title: &str, head: &str, rows: impl Iterator<Item = String>) {
        let mut begun = false;
        for row in rows {
            let head = if begun { "" } else { head };
            let title = if begun { "" } else { title };
            if self.text.len() + title.len() + head.len() + row.len() > self.longest {
                self.left_out += 1;
                continue;
            }
            self.text.extend([title, head, &row]);
            begun = true;
        }
    }
}

fn row(of: &Break<'_, '_>) -> String {
    let causes: Vec<String> = of.causes.iter().map(|cause| words(cause)).collect();
    let causes = match causes.is_empty() {
        true => "no change explains it".to_owned(),
        false => causes.join("; or "),
    };
    format!(
        "| {} | {causes} | {} |\n",
        code(&place(&of.diagnostic)),
        code(&shown(&of.diagnostic.message))
    )
}

fn words(change: &Change<'_>) -> String {
    let values = crate::drift::report::before_after(change, code);
    let values = if values.is_empty() {
        values
    } else {
        format!(" ({values})")
    };
    format!(
        "{}: {}{values}",
        code(&change_place(change)),
        change.rule.classified().title
    )
}
