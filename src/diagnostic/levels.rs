//! How loud each rule is for one plan: its draft, and what `lints:` and the command line override.

use super::{Diagnostic, Level, Rule, Severity};

/// How finished a plan claims to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Draft {
    /// Draft 1, 2, 3 …
    Number(u32),
    /// Ready for the night.
    Final,
}

impl Default for Draft {
    fn default() -> Self {
        Self::Number(1)
    }
}

impl std::fmt::Display for Draft {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Number(number) => write!(out, "{number}"),
            Self::Final => out.write_str("final"),
        }
    }
}

/// What somebody wants of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Override {
    /// Silent.
    Allow,
    /// A warning.
    Warn,
    /// An error.
    Deny,
}

impl Override {
    /// From the word in `lints:`.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        match word {
            "allow" => Some(Self::Allow),
            "warn" => Some(Self::Warn),
            "deny" => Some(Self::Deny),
            _ => None,
        }
    }
}

/// The levels of one plan.
#[derive(Debug, Clone, Default)]
pub struct Levels {
    draft: Draft,
    overrides: Vec<(Rule, Override)>,
}

impl Levels {
    /// The levels of a plan at this draft; of two overrides of one rule the later holds.
    #[must_use]
    pub fn new(draft: Draft, overrides: Vec<(Rule, Override)>) -> Self {
        Self { draft, overrides }
    }

    /// The severity of a rule, or nothing when it is silent.
    #[must_use]
    pub fn severity(&self, rule: Rule) -> Option<Severity> {
        let overridden = self.overrides.iter().rev().find(|(named, _)| *named == rule);
        if let Some((_, wanted)) = overridden {
            return match wanted {
                Override::Allow => None,
                Override::Warn => Some(Severity::Warning),
                Override::Deny => Some(Severity::Error),
            };
        }
        match (rule.level(), self.draft) {
            (Level::Error, _) | (Level::ByDraft, Draft::Final) => Some(Severity::Error),
            (Level::Warning, _) => Some(Severity::Warning),
            (Level::Note, _) => Some(Severity::Note),
            (Level::FromDraft3, Draft::Number(number)) if number < 3 => None,
            (Level::ByDraft, Draft::Number(number)) if number < 2 => None,
            (Level::FromDraft3 | Level::ByDraft, _) => Some(Severity::Warning),
        }
    }

    /// Drops what is silent, sets the severities, and puts all in the order of the text.
    pub fn settle(&self, diagnostics: &mut Vec<Diagnostic>) {
        diagnostics.retain_mut(|one| match self.severity(one.rule) {
            Some(severity) => {
                one.severity = severity;
                true
            }
            None => false,
        });
        diagnostics.sort_by(|a, b| (&a.place, a.rule).cmp(&(&b.place, b.rule)));
        diagnostics.dedup();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drafts_grow_stricter() {
        let at = |draft| Levels::new(draft, Vec::new()).severity(Rule::MissingOwner);
        assert_eq!(at(Draft::Number(1)), None);
        assert_eq!(at(Draft::Number(2)), Some(Severity::Warning));
        assert_eq!(at(Draft::Number(7)), Some(Severity::Warning));
        assert_eq!(at(Draft::Final), Some(Severity::Error));
    }

    #[test]
    fn an_override_beats_the_draft() {
        let levels = Levels::new(Draft::Final, vec![(Rule::MissingOwner, Override::Allow)]);
        assert_eq!(levels.severity(Rule::MissingOwner), None);
    }
}
