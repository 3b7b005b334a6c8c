//! An idea for a step: what there is to do, before it has a place, a time or an owner.
//!
//! In its texts `%city`, `%site`, `%x` (what begins the names of the steps of the site), `%shop` and `%stock` (its
//! systems), `%host` and the days stand for those of the site.

/// Who does it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    Nobody,
    Lead,
    /// One of the two who move the data.
    Data,
    /// One of the two who move the shop.
    Shop,
    /// Whoever of these two is free.
    Pair,
    Anybody,
}

/// An idea.
#[derive(Debug, Clone, Copy)]
pub(super) struct Idea {
    pub(super) title: &'static str,
    pub(super) who: Who,
    pub(super) time: Time,
    /// A credential that it needs.
    pub(super) access: &'static str,
    /// Words for its braces.
    pub(super) words: &'static str,
    /// Markdown below it, without indentation.
    pub(super) details: &'static str,
}

/// How long it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Time {
    /// It says so itself, or takes none.
    Unwritten,
    /// About so many minutes.
    Minutes(u32),
    /// A day of work.
    Day,
}

impl Idea {
    pub(super) const fn new(title: &'static str, who: Who, minutes: u32) -> Self {
        Self { title, who, time: Time::Minutes(minutes), access: "", words: "", details: "" }
    }

    pub(super) const fn untimed(title: &'static str, who: Who) -> Self {
        Self { time: Time::Unwritten, ..Self::new(title, who, 0) }
    }

    pub(super) const fn of_a_day(title: &'static str, who: Who) -> Self {
        Self { time: Time::Day, ..Self::new(title, who, 0) }
    }

    pub(super) const fn access(self, access: &'static str) -> Self {
        Self { access, ..self }
    }

    pub(super) const fn words(self, words: &'static str) -> Self {
        Self { words, ..self }
    }

    pub(super) const fn details(self, details: &'static str) -> Self {
        Self { details, ..self }
    }
}
