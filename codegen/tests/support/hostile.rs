//! Texts that people and attackers put into an environment, and a source of chance that a number decides.

/// Labels, descriptions and names that have broken generators before.
pub const TEXTS: [&str; 52] = [
    "",
    " ",
    "Name",
    "a\"b",
    "line\nbreak",
    "\r\n\t",
    "*/ pub fn evil() {} /*",
    "`code` ```rust",
    "\u{202e}turned\u{2066} twice",
    "{} {0} {{}} {evil}",
    "#![feature(evil)]",
    "# Heading",
    "🚀",
    "👩\u{200d}👩\u{200d}👧",
    "e\u{301}\u{327}",
    "\u{301}\u{327}",
    "\0nul\0",
    "\\",
    "\"; pub struct Evil; const X: &str = \"",
    "r#\"raw\"#",
    "Größe",
    "حساب نشط",
    "חשבון פעיל",
    "บัญชีที่ใช้งานอยู่",
    "सक्रिय खाता",
    "有効な取引先企業",
    "<script>alert(1)</script>",
    "[link](super::Evil)",
    "&amp;&lt;",
    "//! inner",
    "/// doc",
    "]]>",
    "%s%n",
    "'a' '",
    "\u{feff}marked",
    "\u{1b}[31mred",
    "self",
    "Self",
    "crate",
    "type",
    "true",
    "1",
    "-1",
    "1e5",
    " leading",
    "trailing ",
    "\u{2028}\u{2029}\u{85}",
    "\u{b}\u{c}",
    "a = b",
    "- list\n- of\n  - points",
    "\u{e000}\u{10ffff}",
    "|~$^_*",
];

/// Logical names, of which some are keywords and some differ in case only.
pub const NAMES: [&str; 24] = [
    "account",
    "rsk_vessel",
    "rsk_Vessel",
    "RSK_VESSEL",
    "type",
    "self",
    "Self",
    "super",
    "crate",
    "async",
    "gen",
    "columns",
    "column",
    "row",
    "entity",
    "option",
    "result",
    "string",
    "choices",
    "targets",
    "prelude",
    "lib",
    "con",
    "_",
];

/// Numbers from a seed (SplitMix64).
pub struct Chance(pub u64);

impl Chance {
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below the bound, which isn't 0.
    pub fn below(&mut self, bound: usize) -> usize {
        (self.number() % bound as u64) as usize
    }

    /// True once in so many times.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    pub fn pick<'i, T>(&mut self, items: &'i [T]) -> &'i T {
        &items[self.below(items.len())]
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }

    /// A text, rarely a very long one.
    pub fn text(&mut self) -> String {
        match self.below(12) {
            0 => format!("{}{}", self.pick(&TEXTS), self.pick(&TEXTS)),
            1 if self.once_in(8) => self.pick(&TEXTS).repeat(400),
            2 => (0..self.below(12))
                .filter_map(|_| char::from_u32(self.number() as u32 % 0x1_0000))
                .collect(),
            _ => (*self.pick(&TEXTS)).to_owned(),
        }
    }

    pub fn maybe_text(&mut self) -> Option<String> {
        (!self.once_in(3)).then(|| self.text())
    }

    /// A name of the service, or what somebody made of one.
    pub fn name(&mut self) -> String {
        match self.below(8) {
            // Longer names than these can't be the names of files.
            0 => self.text().chars().take(30).collect(),
            1 => format!("{}{}", self.pick(&NAMES), self.below(3)),
            2 | 3 => (*self.pick(&NAMES)).to_owned(),
            _ => format!("rsk_{}", self.below(40)),
        }
    }
}
