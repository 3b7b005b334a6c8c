//! How anything is said: a rule, a sentence, the place, a second place, a way out.
//!
//! Every stage hands in [`Diagnostic`]s; levels are settled at the end, by [`Levels`], when the
//! plan's draft and its overrides are known. Rendering is apart, one form a file:
//! `human`, `short`, `json`, `github`, `gitlab`, `sarif`.

mod clip;
mod consequences;
mod edit;
mod explain;
mod github;
mod gitlab;
mod human;
mod json;
mod levels;
mod messages;
mod nearest;
mod rule;
mod sarif;
mod short;

pub use consequences::drop_consequences;
pub use edit::{Edit, Together, edited, indented_by, locate, together};
pub use explain::explanation;
pub use github::render_github;
pub use gitlab::{Issue, render_gitlab};
pub use human::{is_same_cause, render_human, render_human_others};
pub use json::{Report, Said};
pub use levels::{Draft, LevelOptions, Levels, Override, Warnings};
pub use messages::nearest_rule;
pub use nearest::{all_nearest, nearest, only_near, shown_list};
pub use rule::{Level, Rule};
pub use sarif::sarif;
pub use short::render_short;

use clip::clipped;

use crate::source::{Sources, Span};

/// How loud a diagnostic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The plan is wrong; the exit status says so.
    Error,
    /// The plan works, and probably not as meant.
    Warning,
    /// Worth knowing.
    Note,
}

impl Severity {
    /// The word people read.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// Where a diagnostic stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The command line.
    CommandLine,
    /// A file as a whole.
    File(String),
    /// A word, a line, a step.
    At(Span),
}

/// Something said about a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule that speaks.
    pub rule: Rule,
    /// How loud; settled by [`Levels::settle`].
    pub severity: Severity,
    /// What is wrong: lower case, no final period.
    pub message: String,
    /// Where.
    pub place: Place,
    /// What is wrong right at the place, in a few words; may be empty.
    pub label: String,
    /// Other places involved, each with a few words.
    pub related: Vec<(Span, String)>,
    /// Ways out, each beginning with a verb.
    pub help: Vec<String>,
    /// The mend, where there is one that is certain to be what was meant: all of these changes together.
    pub edits: Vec<Edit>,
    /// Rules that can only speak because of this, and so stay silent.
    pub silences: &'static [Rule],
}

impl Diagnostic {
    /// At a place in a file.
    #[must_use]
    pub fn new(rule: Rule, span: Span, message: impl Into<String>) -> Self {
        Self::at(rule, Place::At(span), message.into())
    }

    /// About a file as a whole.
    #[must_use]
    pub fn about_file(rule: Rule, file: String, message: impl Into<String>) -> Self {
        Self::at(rule, Place::File(file), message.into())
    }

    /// About a word of the command line.
    #[must_use]
    pub fn about_command_line(rule: Rule, message: impl Into<String>) -> Self {
        Self::at(rule, Place::CommandLine, message.into())
    }

    fn at(rule: Rule, place: Place, message: String) -> Self {
        Self {
            rule,
            severity: Severity::Error,
            message: clipped(message),
            place,
            label: String::new(),
            related: Vec::new(),
            help: Vec::new(),
            edits: Vec::new(),
            silences: &[],
        }
    }

    /// Gives another place to all that it is about.
    pub(crate) fn change_spans(&mut self, change: &impl Fn(Span) -> Span) {
        if let Place::At(span) = &mut self.place {
            *span = change(*span);
        }
        self.related.iter_mut().for_each(|(span, _)| *span = change(*span));
        self.edits.iter_mut().for_each(|edit| edit.span = change(edit.span));
    }

    /// Names rules that can only speak because of this, wherever they do.
    #[must_use]
    pub fn silences(mut self, rules: &'static [Rule]) -> Self {
        self.silences = rules;
        self
    }

    /// Says what is wrong right at the place.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = clipped(label.into());
        self
    }

    /// Points at another place involved.
    #[must_use]
    pub fn related(mut self, span: Span, label: impl Into<String>) -> Self {
        self.related.push((span, clipped(label.into())));
        self
    }

    /// Adds a way out.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(clipped(help.into()));
        self
    }

    /// Adds a way out, if there is one.
    #[must_use]
    pub fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help.extend(help.map(clipped));
        self
    }

    /// The other places involved, and, in a plan that stands in others, the links that lead to it.
    #[must_use]
    pub fn places(&self, sources: &Sources) -> Vec<(Span, String)> {
        let links = self.span().into_iter().flat_map(|span| sources.links_to(span.source));
        let links = links.map(|link| (link, "this file stands in the plan by this link".to_owned()));
        self.related.iter().cloned().chain(links).collect()
    }

    /// The span, when it stands in a file's text.
    #[must_use]
    pub fn span(&self) -> Option<Span> {
        match self.place {
            Place::At(span) => Some(span),
            _ => None,
        }
    }
}

/// Whether any of them is an error.
#[must_use]
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|one| one.severity == Severity::Error)
}
