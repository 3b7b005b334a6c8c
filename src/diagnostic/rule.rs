//! The rules by name, with the level at which each speaks.
//!
//! The names are what `lints:`, the machine output and `tminus explain` use; they never change
//! their meaning. A rule's text for people is its page in `explain/`.

/// When a rule speaks, and how loud.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Always an error.
    Error,
    /// Always a warning.
    Warning,
    /// A warning from draft 3 on, before that silent.
    FromDraft3,
    /// Silent in draft 1, a warning in later ones, an error in the final draft.
    ByDraft,
    /// A note.
    Note,
}

macro_rules! rules {
    ($($variant:ident, $name:literal, $level:ident;)*) => {
        /// What a diagnostic is about.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(missing_docs, reason = "each rule's page in `explain/` says what it means")]
        pub enum Rule {
            $($variant,)*
        }

        impl Rule {
            /// Every rule, in the order of the stages that raise them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Its name, as people write it.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// Its level where nobody overrides it.
            #[must_use]
            pub fn level(self) -> Level {
                match self {
                    $(Self::$variant => Level::$level,)*
                }
            }
        }
    };
}

rules! {
    MergeConflict, "merge-conflict", Error;
    FrontMatter, "front-matter", Error;
    UnknownKey, "unknown-key", Error;
    FixedZone, "fixed-zone", Warning;
    ForeignFrontMatter, "foreign-front-matter", Note;
    Attribute, "attribute", Error;
    AttributePlace, "attribute-place", Error;
    AlmostABox, "almost-a-box", Warning;
    NoBoxes, "no-boxes", Note;
    NoSteps, "no-steps", Warning;
    DuplicateId, "duplicate-id", Error;
    UnknownReference, "unknown-reference", Error;
    AmbiguousReference, "ambiguous-reference", Error;
    UnknownOwner, "unknown-owner", Error;
    UnknownSystem, "unknown-system", Error;
    UnknownWindow, "unknown-window", Error;
    UnknownVariable, "unknown-variable", Error;
    UnknownVariant, "unknown-variant", Error;
    BadTime, "bad-time", Error;
    SkippedTime, "skipped-time", Error;
    AmbiguousTime, "ambiguous-time", Error;
    OutOfSeason, "out-of-season", Warning;
    BareClock, "bare-clock", Warning;
    EarlyStart, "early-start", Warning;
    T0WithoutPin, "t0-without-pin", Note;
    NoTimezone, "no-timezone", Warning;
    Cycle, "cycle", Error;
    PinMissed, "pin-missed", Error;
    PinClash, "pin-clash", Error;
    LinkMissed, "link-missed", Error;
    DeadlineMissed, "deadline-missed", Error;
    WindowMissed, "window-missed", Error;
    AtRisk, "at-risk", Warning;
    OwnerAway, "owner-away", Error;
    OutsideHours, "outside-hours", Warning;
    OwnerLacksAccess, "owner-lacks-access", Error;
    NobodyHasAccess, "nobody-has-access", Error;
    SingleAccess, "single-access", FromDraft3;
    NoBackup, "no-backup", FromDraft3;
    BackupUnfit, "backup-unfit", Warning;
    Overloaded, "overloaded", FromDraft3;
    OneForTwo, "one-for-two", Warning;
    UsedWhileDown, "used-while-down", Error;
    UsedWhileLocked, "used-while-locked", Error;
    UnorderedUse, "unordered-use", Warning;
    LeftDown, "left-down", Warning;
    StartedWhileUp, "started-while-up", Warning;
    GateWithoutCriteria, "gate-without-criteria", FromDraft3;
    GateWithoutWayBack, "gate-without-way-back", FromDraft3;
    GateTooLate, "gate-too-late", Error;
    NoReturnWithoutGate, "no-return-without-gate", FromDraft3;
    StruckOut, "struck-out", Warning;
    LooksLikeGate, "looks-like-gate", Warning;
    LooksLikeRollback, "looks-like-rollback", Warning;
    MissingOwner, "missing-owner", ByDraft;
    MissingEstimate, "missing-estimate", ByDraft;
    OpenQuestion, "open-question", ByDraft;
    Placeholder, "placeholder", ByDraft;
    DoubleBooked, "double-booked", Warning;
    Include, "include", Error;
    IgnoredKey, "ignored-key", Note;
    Substitute, "substitute", Error;
    UnknownRule, "unknown-rule", Error;
    Template, "template", Error;
    Image, "image", Warning;
    Unreadable, "unreadable", Error;
}

impl Rule {
    /// The rule of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|rule| rule.name() == name)
    }
}
