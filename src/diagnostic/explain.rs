//! What each rule means, in a few sentences.

use super::Rule;

macro_rules! explanations {
    ($($variant:ident => $file:literal,)*) => {
        /// The explanation of a rule, as Markdown; its first line is a headline.
        #[must_use]
        pub fn explanation(rule: Rule) -> &'static str {
            match rule {
                $(Rule::$variant => include_str!(concat!("explain/", $file, ".md")),)*
            }
        }
    };
}

explanations! {
    MergeConflict => "merge-conflict",
    FrontMatter => "front-matter",
    UnknownKey => "unknown-key",
    FixedZone => "fixed-zone",
    ForeignFrontMatter => "foreign-front-matter",
    Attribute => "attribute",
    AttributePlace => "attribute-place",
    AlmostABox => "almost-a-box",
    NoBoxes => "no-boxes",
    NoSteps => "no-steps",
    DuplicateId => "duplicate-id",
    UnknownReference => "unknown-reference",
    AmbiguousReference => "ambiguous-reference",
    UnknownOwner => "unknown-owner",
    UnknownSystem => "unknown-system",
    UnknownWindow => "unknown-window",
    UnknownVariable => "unknown-variable",
    UnknownVariant => "unknown-variant",
    BadTime => "bad-time",
    SkippedTime => "skipped-time",
    AmbiguousTime => "ambiguous-time",
    OutOfSeason => "out-of-season",
    BareClock => "bare-clock",
    EarlyStart => "early-start",
    T0WithoutPin => "t0-without-pin",
    NoTimezone => "no-timezone",
    Cycle => "cycle",
    PinMissed => "pin-missed",
    PinClash => "pin-clash",
    LinkMissed => "link-missed",
    DeadlineMissed => "deadline-missed",
    WindowMissed => "window-missed",
    AtRisk => "at-risk",
    OwnerAway => "owner-away",
    OutsideHours => "outside-hours",
    OwnerLacksAccess => "owner-lacks-access",
    NobodyHasAccess => "nobody-has-access",
    SingleAccess => "single-access",
    NoBackup => "no-backup",
    BackupUnfit => "backup-unfit",
    Overloaded => "overloaded",
    OneForTwo => "one-for-two",
    UsedWhileDown => "used-while-down",
    UsedWhileLocked => "used-while-locked",
    UnorderedUse => "unordered-use",
    LeftDown => "left-down",
    StartedWhileUp => "started-while-up",
    GateWithoutCriteria => "gate-without-criteria",
    GateWithoutWayBack => "gate-without-way-back",
    GateTooLate => "gate-too-late",
    NoReturnWithoutGate => "no-return-without-gate",
    StruckOut => "struck-out",
    LooksLikeGate => "looks-like-gate",
    LooksLikeRollback => "looks-like-rollback",
    MissingOwner => "missing-owner",
    MissingEstimate => "missing-estimate",
    OpenQuestion => "open-question",
    Placeholder => "placeholder",
    DoubleBooked => "double-booked",
    Include => "include",
    IgnoredKey => "ignored-key",
    Substitute => "substitute",
    UnknownRule => "unknown-rule",
    Template => "template",
    Image => "image",
    Unreadable => "unreadable",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_explanation_begins_with_its_rule() {
        for rule in Rule::ALL {
            let text = explanation(*rule);
            assert!(text.starts_with(&format!("# {}: ", rule.name())), "{}", rule.name());
            assert!(text.len() > 200, "{} says too little", rule.name());
        }
    }
}
