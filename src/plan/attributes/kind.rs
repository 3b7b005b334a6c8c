//! The words of the language that may stand in braces.
//!
//! A word is known by its form: `#id`, `@owner`, an estimate, a key with `=`, or a name with a dot.

/// A word of the language that may stand in braces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    Id,
    Owner,
    Estimate,
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
    Milestone,
    Gate,
    Hold,
    Unattended,
    Parallel,
    AnyOrder,
    InOrder,
    Late,
    Rollback,
    NoReturn,
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
