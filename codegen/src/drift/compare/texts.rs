//! Labels and descriptions, language by language.

use super::found::At;
use super::knowledge::{Knowledge, one_sided};
use crate::drift::{Detail, Rule, Side};
use crate::schema::Label;

/// The texts of one place.
pub(super) struct Texts<'k> {
    pub(super) knowledge: &'k Knowledge,
    /// The side that was not told of the place's texts, where only one was.
    pub(super) untold: Option<Side>,
}

impl<'k> Texts<'k> {
    pub(super) fn new(knowledge: &'k Knowledge, old: bool, new: bool) -> Self {
        Self {
            knowledge,
            untold: one_sided(old, new),
        }
    }

    pub(super) fn labels<'s>(&self, at: &mut At<'s, '_>, old: &'s Label, new: &'s Label) {
        self.compare(at, Rule::LabelChanged, Detail::Language, old, new);
    }

    pub(super) fn descriptions<'s>(&self, at: &mut At<'s, '_>, old: &'s Label, new: &'s Label) {
        self.compare(at, Rule::DescriptionChanged, Detail::Language, old, new);
    }

    /// One of several labels of a place.
    pub(super) fn labels_of<'s>(
        &self,
        at: &mut At<'s, '_>,
        of: &'static str,
        old: &'s Label,
        new: &'s Label,
    ) {
        let detail = |language| Detail::TextIn(of, language);
        self.compare(at, Rule::LabelChanged, detail, old, new);
    }

    fn compare<'s>(
        &self,
        at: &mut At<'s, '_>,
        rule: Rule,
        detail: impl Fn(u32) -> Detail,
        old: &'s Label,
        new: &'s Label,
    ) {
        if old == new {
            return;
        }
        for (language, text) in old.iter() {
            let mut at = at.detail(detail(language));
            match new.get(language) {
                Some(now) if now == text => {}
                Some(now) => at.change(rule, text, now),
                None if self.is_untold(Side::New, language) => at.not_known(rule.kind(), Side::New),
                None => at.removed(rule, text),
            }
        }
        for (language, text) in new.iter().filter(|(language, _)| old.get(*language).is_none()) {
            let mut at = at.detail(detail(language));
            if self.is_untold(Side::Old, language) {
                at.not_known(rule.kind(), Side::Old);
            } else {
                at.added(rule, text);
            }
        }
    }

    /// Whether a side has no text because it wasn't told.
    fn is_untold(&self, side: Side, language: u32) -> bool {
        self.untold.is_some() || !self.knowledge.speaks(side, language)
    }
}
