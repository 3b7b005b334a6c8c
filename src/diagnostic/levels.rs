//! How loud each rule is for one plan: its draft, and what `lints:` and the command line override.
//!
//! The command line beats `lints:`, which beats the draft; of several words about one rule the last
//! holds. Promised: what can't be read is an error, whoever would rather not hear of it.

use super::{Diagnostic, Level, Rule, Severity, messages};

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

impl std::fmt::Display for Override {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(match self {
            Self::Allow => "allow",
            Self::Warn => "warn",
            Self::Deny => "deny",
        })
    }
}

/// What becomes of warnings in the end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Warnings {
    /// They stay warnings.
    #[default]
    Stay,
    /// They are errors.
    AreErrors,
}

/// What the command line says about levels.
#[derive(Debug, Clone, Default)]
pub struct LevelOptions {
    /// `--deny`, `--warn` and `--allow` with their rules as written, in the order of the line.
    pub overrides: Vec<(Override, String)>,
    /// `--strict`
    pub warnings: Warnings,
}

/// The levels of one plan.
#[derive(Debug, Clone, Default)]
pub struct Levels {
    draft: Draft,
    overrides: Vec<(Rule, Override)>,
    warnings: Warnings,
}

impl Levels {
    /// The levels of a plan at this draft; of two overrides of one rule the later holds.
    #[must_use]
    pub fn new(draft: Draft, overrides: Vec<(Rule, Override)>) -> Self {
        Self { draft, overrides, warnings: Warnings::Stay }
    }

    /// These levels as the command line overrides them. A name in it that no rule has is reported.
    #[must_use]
    pub fn overridden(&self, options: &LevelOptions, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut levels = Self { warnings: options.warnings, ..self.clone() };
        for (wanted, name) in &options.overrides {
            match Rule::named(name) {
                Some(rule) => levels.overrides.push((rule, *wanted)),
                None => diagnostics.push(messages::unknown_rule_option(*wanted, name)),
            }
        }
        levels
    }

    /// The severity of a rule, or nothing when it is silent.
    #[must_use]
    pub fn severity(&self, rule: Rule) -> Option<Severity> {
        match self.own_severity(rule) {
            Some(Severity::Warning) if self.warnings == Warnings::AreErrors => Some(Severity::Error),
            own => own,
        }
    }

    /// The severity before `--strict`.
    fn own_severity(&self, rule: Rule) -> Option<Severity> {
        // There is nothing behind it that could be built or trusted.
        if matches!(rule, Rule::Unreadable | Rule::Template) {
            return Some(Severity::Error);
        }
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

    fn with(overrides: &[(Override, &str)], warnings: Warnings) -> (Levels, Vec<Diagnostic>) {
        let lints = vec![(Rule::NoBoxes, Override::Deny), (Rule::Image, Override::Allow)];
        let overrides = overrides.iter().map(|(wanted, name)| (*wanted, (*name).to_owned())).collect();
        let mut diagnostics = Vec::new();
        let options = LevelOptions { overrides, warnings };
        let levels = Levels::new(Draft::default(), lints).overridden(&options, &mut diagnostics);
        (levels, diagnostics)
    }

    #[test]
    fn the_command_line_beats_the_plan_and_its_last_word_holds() {
        let line = [(Override::Allow, "no-boxes"), (Override::Deny, "cycle"), (Override::Warn, "cycle")];
        let (levels, diagnostics) = with(&line, Warnings::Stay);
        assert_eq!(levels.severity(Rule::NoBoxes), None);
        assert_eq!(levels.severity(Rule::Cycle), Some(Severity::Warning));
        assert_eq!(levels.severity(Rule::Image), None);
        assert!(diagnostics.is_empty());
    }

    #[test]
    fn a_rule_that_is_silent_in_this_draft_speaks_when_it_is_asked_to() {
        let (levels, _) = with(&[(Override::Warn, "missing-owner")], Warnings::Stay);
        assert_eq!(levels.severity(Rule::MissingOwner), Some(Severity::Warning));
        assert_eq!(levels.severity(Rule::MissingEstimate), None);
    }

    #[test]
    fn strict_makes_errors_of_warnings_and_leaves_notes() {
        let (levels, _) = with(&[(Override::Warn, "cycle")], Warnings::AreErrors);
        assert_eq!(levels.severity(Rule::Cycle), Some(Severity::Error));
        assert_eq!(levels.severity(Rule::LeftDown), Some(Severity::Error));
        assert_eq!(levels.severity(Rule::T0WithoutPin), Some(Severity::Note));
        assert_eq!(levels.severity(Rule::Image), None);
    }

    #[test]
    fn what_cannot_be_read_stays_an_error() {
        let (levels, _) = with(&[(Override::Allow, "unreadable")], Warnings::Stay);
        assert_eq!(levels.severity(Rule::Unreadable), Some(Severity::Error));
    }
}
