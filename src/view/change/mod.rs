//! What a change to a plan's text did, in one line: when it ends, who is critical, who gains and loses work,
//! which steps came and went, what is wrong now.
//!
//! Two compiled plans come in, the earlier one and the present one. Promised: what is the same is not
//! mentioned, lists are cut and say so, and the work is that of reading both plans once.

mod people;
mod steps;

use super::diagnosed::only_in;
use super::presenter::Presenter;
use super::words;
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::schedule::Moment;
use steps::Pairs;

/// So many things of a kind are named before they are counted instead.
const MOST_NAMED: usize = 2;

/// What is different from an earlier version of a plan.
#[derive(Debug, Clone)]
pub struct Change {
    facts: Vec<String>,
    /// Whether text, options, images, or what is said about them differ at all.
    differs: bool,
    /// What is said about the plan now, and was not before.
    pub new: Vec<Diagnostic>,
    /// What was said about it before, and is not now.
    pub gone: Vec<Diagnostic>,
}

impl Change {
    /// Whether there is nothing to say.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        !self.differs && self.new.is_empty() && self.gone.is_empty()
    }

    /// The same without what is wrong with the command line itself: that changes no plan. Nothing, where that was all.
    #[must_use]
    pub fn of_the_plan(mut self) -> Option<Self> {
        let said = self.new.len();
        self.new.retain(|one| one.place != Place::CommandLine);
        let is_all = self.facts.is_empty() && self.new.is_empty() && self.gone.is_empty();
        (self.new.len() == said || !is_all).then_some(self)
    }

    /// All of it in one line.
    #[must_use]
    pub fn line(&self) -> String {
        let mut facts = self.facts.clone();
        facts.extend(counted(&self.new, "new"));
        facts.extend(counted(&self.gone, "gone"));
        if facts.is_empty() {
            return "only words have changed: the same times, people and steps".to_owned();
        }
        facts.join("; ")
    }
}

/// `1 new error`, `2 warnings gone`: grave things alone, as at the end of every check.
fn counted(said: &[Diagnostic], what: &str) -> Vec<String> {
    let one_kind = |severity: Severity| {
        let number = said.iter().filter(|one| one.severity == severity).count();
        let word = severity.word();
        let plural = if number == 1 { "" } else { "s" };
        (number > 0).then(|| match what {
            "new" => format!("{number} new {word}{plural}"),
            _ => format!("{number} {word}{plural} {what}"),
        })
    };
    [Severity::Error, Severity::Warning].into_iter().filter_map(one_kind).collect()
}

impl Presenter<'_> {
    /// What is different from an earlier version of the same plan.
    #[must_use]
    pub fn change(&self, before: &Presenter<'_>) -> Change {
        let same_images =
            crate::images(before.compiled, before.sources).eq(crate::images(self.compiled, self.sources));
        let mut facts = Vec::new();
        if before.compiled.version.name() != self.compiled.version.name() {
            let pairs = Pairs::new(before, self);
            facts.extend(self.renamed(before));
            facts.extend(self.moments(before));
            facts.extend(self.margins_since(before));
            facts.extend(self.critical_since(before, &pairs));
            facts.extend(self.steps_since(before, &pairs));
            facts.extend(self.work_since(before, &pairs));
            facts.extend(self.order_since(before, &pairs));
        }
        if !same_images {
            facts.push("another picture".to_owned());
        }
        Change {
            differs: before.compiled.version.name() != self.compiled.version.name() || !same_images,
            facts,
            new: only_said(self, before),
            gone: only_said(before, self),
        }
    }

    fn renamed(&self, before: &Presenter<'_>) -> Option<String> {
        let title = &self.plan().title;
        (*title != before.plan().title).then(|| format!("it is called “{title}” now"))
    }

    /// When it starts, T-0, when it ends.
    fn moments(&self, before: &Presenter<'_>) -> Vec<String> {
        let (then, now) = (before.schedule(), self.schedule());
        let mut facts = Vec::new();
        let mut fact = |name: &str, a: Moment, b: Moment| {
            let (then, now) = (before.words.alone(a), self.words.alone(b));
            if before.words.day(a) != self.words.day(b) || before.words.zone(a, a) != self.words.zone(b, b) {
                facts.push(format!("{name} {} → {}", before.words.short(a), self.words.short(b)));
            } else if then != now {
                facts.push(format!("{name} {then} → {now}"));
            }
        };
        fact("start", then.main.start, now.main.start);
        if then.has_t0 && now.has_t0 {
            fact("T-0", then.t0, now.t0);
        }
        fact("finish", then.main.finish, now.main.finish);
        facts
    }

    /// The windows whose margin is another one.
    fn margins_since(&self, before: &Presenter<'_>) -> Vec<String> {
        let then = before.windows();
        let changed = self.windows().into_iter().filter_map(|now| {
            let then = then.iter().find(|then| then.name == now.name)?;
            let both = !then.margin.is_empty() && !now.margin.is_empty() && then.margin != now.margin;
            both.then(|| format!("margin in {} {} → {}", now.name, then.margin, now.margin))
        });
        changed.collect()
    }
}

/// What is said of one version and not of the other. A text that was changed has other places: the sentence
/// counts, and where it is another one, whether the same rule speaks of the same line.
fn only_said(here: &Presenter<'_>, there: &Presenter<'_>) -> Vec<Diagnostic> {
    let sentence = |one: &Diagnostic| (one.rule, one.severity, one.message.clone());
    let line = |whose: &Presenter<'_>, one: &Diagnostic| {
        let line = match &one.place {
            Place::At(span) => whose.sources.get(span.source).line_text(span.start()).trim().to_owned(),
            Place::File(file) => file.clone(),
            Place::CommandLine => one.message.clone(),
        };
        (one.rule, one.severity, line)
    };
    let (all, other) = (&here.compiled.diagnostics, &there.compiled.diagnostics);
    let rest = only_in(all.iter().map(|one| (sentence(one), one)), other.iter().map(sentence));
    if rest.is_empty() {
        return Vec::new();
    }
    let other = only_in(other.iter().map(|one| (sentence(one), one)), all.iter().map(sentence));
    let rest = rest.into_iter().map(|one| (line(here, one), one));
    only_in(rest, other.into_iter().map(|one| line(there, one))).into_iter().cloned().collect()
}

/// Some names, or how many there are: `“A” and “B”`, `3 steps`.
fn named(names: &[String], what: &str) -> String {
    if names.len() > MOST_NAMED { words::count(names.len(), what) } else { words::listed(names) }
}
