//! What one run has said already: of several plans of which the same is to be said, the first says it.
//!
//! Promised: what is wrong in a file that stands in several plans, and what is wrong with the command line, is said
//! once; what is about a plan as a whole is said of each.

use std::borrow::Borrow;
use std::collections::HashSet;
use std::path::PathBuf;

use crate::diagnostic::{Diagnostic, Place};
use crate::source::Sources;

/// A place that several plans share (none is the command line), the rule, and the sentence.
type Saying = (Option<(PathBuf, usize, usize)>, &'static str, String);

/// What earlier plans have said.
#[derive(Default)]
pub struct Said(HashSet<Saying>);

impl Said {
    /// Of what is to be said about the next plan that which no earlier one has said.
    pub fn news<One: Borrow<Diagnostic>>(
        &mut self,
        found: impl IntoIterator<Item = One>,
        sources: &Sources,
    ) -> Vec<One> {
        let mut own = HashSet::new();
        let is_news = |one: &One| {
            let Some(saying) = saying(one.borrow(), sources) else { return true };
            // A plan may say the same of two steps that stand on one line of a file.
            let of_command_line = saying.0.is_none();
            !self.0.contains(&saying) && (own.insert(saying) || !of_command_line)
        };
        let news = found.into_iter().filter(is_news).collect();
        self.0.extend(own);
        news
    }
}

/// Nothing for what can only be about one plan.
fn saying(one: &Diagnostic, sources: &Sources) -> Option<Saying> {
    let place = match &one.place {
        Place::CommandLine => None,
        Place::At(span) => Some((sources.file(span.source)?.to_path_buf(), span.start(), span.end())),
        Place::File(_) => return None,
    };
    Some((place, one.rule.name(), one.message.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Rule;
    use crate::source::{Source, Span};

    #[test]
    fn what_is_about_one_plan_is_said_of_each() {
        let mut sources = Sources::new();
        let typed = sources.add(Source::new("typed.md", "- [ ] A"));
        let command_line = || Diagnostic::about_command_line(Rule::UnknownRule, "there is no rule `x`");
        let found = || {
            let nowhere = Diagnostic::new(Rule::Cycle, Span::new(typed, 0..1), "a circle");
            let plan = Diagnostic::about_file(Rule::NoSteps, "a.md".to_owned(), "no steps");
            vec![command_line(), nowhere, plan, command_line()]
        };
        let mut said = Said::default();
        let mut rules = || said.news(found(), &sources).iter().map(|one| one.rule.name()).collect::<Vec<_>>();
        assert_eq!(rules(), ["unknown-rule", "cycle", "no-steps"]);
        assert_eq!(rules(), ["cycle", "no-steps"]);
    }
}
