//! How ready a plan is: what is still missing, counted, in one line that a person can act on.
//!
//! Never a score. What is zero is left out, but for the steps; whether a question is overdue depends on the
//! hour, so pages leave that out.

use serde::Serialize;

use super::presenter::Presenter;
use super::words;
use crate::schedule::Moment;

/// How ready a plan is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Readiness {
    /// All of it in one line.
    pub line: String,
    /// `draft 2` or `final`.
    pub draft: String,
    /// Steps of the main line.
    pub steps: usize,
    /// Steps that need an owner and have none.
    pub no_owner: usize,
    /// Steps whose length is assumed.
    pub no_estimate: usize,
    /// Questions without an answer.
    pub open_questions: usize,
    /// Those of them that should have been answered by now; none where nobody says what time it is.
    pub overdue: usize,
    /// Steps and pieces of prose with something still to be written.
    pub to_be_written: usize,
    /// The window in use that has the least air.
    pub tightest: Option<WindowMargin>,
}

/// The air at the end of a window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WindowMargin {
    /// The window.
    pub name: String,
    /// Seconds from the last end in it to its own, as planned.
    pub seconds: i64,
    /// The same when every range takes its longest.
    pub worst_seconds: i64,
}

impl Presenter<'_> {
    /// How ready the plan is, `now` being the time for deadlines of questions.
    #[must_use]
    pub fn readiness(&self, now: Option<Moment>) -> Readiness {
        let plan = self.plan();
        let has_no_owner = |node: &crate::plan::Node| node.needs_owner() && node.owners.is_empty();
        let questions = plan.questions.iter().zip(&self.schedule().questions_by);
        let open = questions.filter(|(question, _)| question.asked && question.answer.is_none());
        let by: Vec<Option<Moment>> = open.map(|(_, by)| *by).collect();
        let now = now.filter(|_| self.schedule().dated);
        let is_overdue = |by: &Option<Moment>| now.is_some_and(|now| by.is_some_and(|by| by < now));
        let mut readiness = Readiness {
            line: String::new(),
            draft: super::head::draft(plan).to_lowercase(),
            steps: self.schedule().main.order.len(),
            no_owner: plan.steps().filter(|id| has_no_owner(plan.node(*id))).count(),
            no_estimate: self
                .all_steps()
                .filter(|id| self.placed(*id).is_some_and(|placed| placed.assumed))
                .count(),
            open_questions: by.len(),
            overdue: by.iter().filter(|by| is_overdue(by)).count(),
            to_be_written: self.compiled.placeholders.len(),
            tightest: self.tightest_window(),
        };
        readiness.line = readiness.in_words(self.way_back_steps_counted());
        readiness
    }

    /// How many steps the ways back have, where one of them is among those without an owner or estimate.
    fn way_back_steps_counted(&self) -> usize {
        let steps = || self.schedule().ways_back.iter().flat_map(|line| line.order.iter().copied());
        let is_counted = |id| {
            let node = self.plan().node(id);
            let no_owner = node.needs_owner() && node.owners.is_empty();
            no_owner || self.placed(id).is_some_and(|placed| placed.assumed)
        };
        if steps().any(is_counted) { steps().count() } else { 0 }
    }

    fn tightest_window(&self) -> Option<WindowMargin> {
        let windows =
            self.plan().windows.iter().zip(self.window_margins()).filter_map(|(window, margins)| {
                let (planned, worst) = margins?;
                Some(WindowMargin { name: window.name.clone(), seconds: planned, worst_seconds: worst })
            });
        windows.min_by_key(|margin| margin.seconds)
    }
}

impl Readiness {
    /// `way_back` are the steps of ways back, where some of them are counted.
    fn in_words(&self, way_back: usize) -> String {
        let overdue = if self.overdue > 0 { format!(" ({} overdue)", self.overdue) } else { String::new() };
        let counts = [
            ("no owner", self.no_owner, ""),
            ("no estimate", self.no_estimate, ""),
            ("open questions", self.open_questions, overdue.as_str()),
            ("to be written", self.to_be_written, ""),
        ];
        let steps = words::count(self.steps, "step");
        let steps = if way_back > 0 { format!("{steps} + {way_back} on the way back") } else { steps };
        let mut parts = vec![self.draft.clone(), steps];
        let counts = counts.iter().filter(|(_, number, _)| *number > 0);
        parts.extend(counts.map(|(what, number, more)| format!("{what} {number}{more}")));
        parts.extend(self.tightest.as_ref().map(WindowMargin::in_words));
        parts.join(" · ")
    }
}

impl WindowMargin {
    fn in_words(&self) -> String {
        let planned = words::short_margin(self.seconds);
        let worst = if self.worst_seconds == self.seconds {
            String::new()
        } else {
            format!(", at worst {}", words::short_margin(self.worst_seconds))
        };
        format!("margin in {} {planned}{worst}", words::window(&self.name))
    }
}
