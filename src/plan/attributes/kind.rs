//! The words of the language that may stand in braces.
//!
//! A word is known by its form: `#id`, `@owner`, an estimate, a key with `=`, or a name with a dot. Their order
//! here is the one in which `tminus fmt` writes them.

use crate::document::is_duration_like;

/// A word of the language that may stand in braces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Id,
    Owner,
    Estimate,
    Milestone,
    Gate,
    Hold,
    Unattended,
    Late,
    NoReturn,
    Rollback,
    Parallel,
    AnyOrder,
    InOrder,
    After,
    RightAfter,
    With,
    During,
    At,
    From,
    By,
    In,
    Backup,
    Access,
    Uses,
    Stops,
    Starts,
    Locks,
    Else,
    Only,
    Vars,
}

impl Kind {
    const NAMED: [(&'static str, Self); 27] = [
        ("after=", Self::After),
        ("right-after=", Self::RightAfter),
        ("with=", Self::With),
        ("during=", Self::During),
        ("at=", Self::At),
        ("from=", Self::From),
        ("by=", Self::By),
        ("in=", Self::In),
        ("backup=", Self::Backup),
        ("access=", Self::Access),
        ("uses=", Self::Uses),
        ("stops=", Self::Stops),
        ("starts=", Self::Starts),
        ("locks=", Self::Locks),
        ("else=", Self::Else),
        ("only=", Self::Only),
        ("vars=", Self::Vars),
        (".milestone", Self::Milestone),
        (".gate", Self::Gate),
        (".hold", Self::Hold),
        (".unattended", Self::Unattended),
        (".parallel", Self::Parallel),
        (".any-order", Self::AnyOrder),
        (".in-order", Self::InOrder),
        (".late", Self::Late),
        (".rollback", Self::Rollback),
        (".no-return", Self::NoReturn),
    ];

    pub(in crate::plan) fn named(word: &str) -> Option<Self> {
        Self::NAMED.iter().find(|(name, _)| *name == word).map(|(_, kind)| *kind)
    }

    /// The word that has this before its `=`.
    pub(in crate::plan) fn keyed(key: &str) -> Option<Self> {
        // Most words are no keys, which their first letter shows.
        if !key.starts_with(|c: char| c.is_ascii_lowercase()) {
            return None;
        }
        let is_it = |name: &str| name.len() == key.len() + 1 && name.starts_with(key) && name.ends_with('=');
        Self::NAMED.iter().find(|(name, _)| is_it(name)).map(|(_, kind)| *kind)
    }

    /// What a word is by its form alone; nothing where that is not certain, as behind a variable.
    pub(in crate::plan) fn of(text: &str, key: Option<&str>) -> Option<Self> {
        match (text.chars().next()?, key) {
            ('#', _) => Some(Self::Id),
            ('@', _) => Some(Self::Owner),
            (_, Some(key)) => Self::keyed(key),
            ('.', None) => Self::named(text),
            _ => is_duration_like(text).then_some(Self::Estimate),
        }
    }

    /// Whether it may be written several times, each time with more of the same.
    pub(in crate::plan) fn adds_up(self) -> bool {
        use Kind::*;
        matches!(self, After | With | Access | Uses | Stops | Starts | Locks | Only)
    }

    /// The word as people write it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Id => "#id",
            Self::Owner => "@owner",
            Self::Estimate => "an estimate",
            _ => Self::NAMED.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name),
        }
    }

    /// Every word that has a fixed form.
    pub(in crate::plan) fn words() -> impl Iterator<Item = &'static str> {
        Self::NAMED.iter().map(|(name, _)| *name)
    }
}
