//! The plan at a glance.

use serde::Serialize;

use super::head::Head;
use super::html::escape;
use super::owner::OwnerPage;
use super::pages::HANDED_OUT;
use super::presenter::Presenter;
use super::readiness::Readiness;
use super::rollback::{GateLine, RollbackPage};
use super::words;
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::plan::{NodeId, Presence};
use crate::source::Span;

/// The index page of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Index {
    /// The head of all pages.
    pub head: Head,
    /// How ready the plan is.
    pub readiness: Readiness,
    /// What is handed out on paper after this page, in order.
    pub pack: Vec<HandOut>,
    /// The phases with their times.
    pub phases: Vec<PhaseView>,
    /// The gates, with their latest back-outs.
    pub gates: Vec<GateLine>,
    /// Pages of people, teams and roles.
    pub owners: Vec<OwnerLink>,
    /// What was said about the plan.
    pub findings: Vec<Finding>,
    /// How much that is: `1 error · 3 warnings`, or `none so far`; empty when it is nothing.
    pub findings_facts: String,
    /// What could not be checked as long as something is missing everywhere, a sentence each.
    pub unchecked: Vec<String>,
    /// Open questions.
    pub questions: Vec<QuestionView>,
    /// How many questions have their answer; empty when none has.
    pub answered: String,
    /// Background of the plan, as HTML.
    pub background_html: String,
}

/// Something that is handed out on paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HandOut {
    /// Its file, as a link.
    pub link: String,
    /// What it is.
    pub name: String,
    /// Who gets it.
    pub whose: String,
}

/// A phase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PhaseView {
    /// Its title.
    pub title: String,
    /// How deep it lies in others, from 0.
    pub depth: usize,
    /// When its first step starts.
    pub start: String,
    /// When its last step ends.
    pub finish: String,
    /// How many steps it has.
    pub steps: String,
    /// Whether it is a way back.
    pub way_back: bool,
}

/// A link to somebody's page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OwnerLink {
    /// The name.
    pub name: String,
    /// What they do.
    pub role: String,
    /// The file without its ending, as a link.
    pub file_link: String,
    /// The file of their calendar, as a link; empty where they have none.
    pub calendar_link: String,
    /// When they are called first.
    pub first_call: String,
    /// Counts and times.
    pub facts: Vec<String>,
    /// `person`, `team`, `role` or `unassigned`.
    pub kind: &'static str,
}

/// Something that was said about the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// `error`, `warning` or `note`.
    pub severity: &'static str,
    /// The rule.
    pub rule: &'static str,
    /// The sentence.
    pub message: String,
    /// The same as HTML, with what is written in plans as code.
    pub message_html: String,
    /// Where.
    pub place: String,
    /// What is involved in other files, and what of it is here; empty when nothing is.
    pub elsewhere: Vec<String>,
    /// Ways out.
    pub help: Vec<String>,
    /// The same as HTML.
    pub help_html: Vec<String>,
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuestionView {
    /// What is asked.
    pub text: String,
    /// Who finds out.
    pub who: String,
    /// By when.
    pub by: String,
    /// The step it is about.
    pub about: String,
}

impl Presenter<'_> {
    /// The index page of this plan. `owners` are the pages that there are, `rollback` the page of its ways back.
    #[must_use]
    pub fn index(&self, owners: &[OwnerPage], rollback: Option<&RollbackPage>) -> Index {
        let plan = self.plan();
        let unchecked = self.unchecked();
        let answered = plan.questions.iter().filter(|one| one.asked && one.answer.is_some()).count();
        let links = owners.iter().map(|page| OwnerLink {
            name: page.name.clone(),
            role: page.role.clone(),
            file_link: page.file_link.clone(),
            calendar_link: if self.words.dated && !page.steps.is_empty() {
                format!("{}.ics", page.file_link)
            } else {
                String::new()
            },
            first_call: page.first_call.clone(),
            facts: page.facts.clone(),
            kind: page.kind,
        });
        Index {
            head: self.head(),
            readiness: self.readiness(None),
            pack: self.pack(owners),
            phases: self.phases(),
            owners: links.collect(),
            gates: rollback.map_or_else(|| self.gate_lines(), |page| page.gates.clone()),
            findings: self.findings(),
            findings_facts: match self.counted(&[Severity::Error, Severity::Warning, Severity::Note]) {
                nothing if nothing.is_empty() && !unchecked.is_empty() => "none so far".to_owned(),
                said => said,
            },
            unchecked,
            questions: self.open_questions(),
            answered: match answered {
                0 => String::new(),
                1 => "1 more question has its answer".to_owned(),
                several => format!("{several} more questions have their answers"),
            },
            background_html: self.html.notes(&plan.background),
        }
    }

    fn pack(&self, owners: &[OwnerPage]) -> Vec<HandOut> {
        let pages = self.page_links();
        let page = |file: &str| {
            let found = pages.iter().find(|page| page.file == file)?;
            // What stands behind the colon is what they find there.
            let whose = found.purpose.split(':').next().unwrap_or_default();
            Some(HandOut { link: file.to_owned(), name: found.name.to_owned(), whose: whose.to_owned() })
        };
        let of_owners = || {
            owners.iter().filter(|page| page.kind != "unassigned").map(|page| HandOut {
                link: format!("owners/{}.html", page.file_link),
                name: "Own steps".to_owned(),
                whose: page.name.clone(),
            })
        };
        let parts = HANDED_OUT.iter().skip(1).flat_map(|lead| match *lead {
            "owners/" => of_owners().collect::<Vec<HandOut>>(),
            file => page(file).into_iter().collect(),
        });
        parts.collect()
    }

    /// What all pages are called when they are in one file.
    pub(super) fn pack_title(&self) -> String {
        format!("All pages: {}", self.plan().title)
    }

    /// How much of some levels was said: `1 error · 3 warnings`.
    pub(super) fn counted(&self, levels: &[Severity]) -> String {
        let said = &self.compiled.diagnostics;
        let counts =
            levels.iter().map(|level| (said.iter().filter(|one| one.severity == *level).count(), level));
        let counts = counts.filter(|(number, _)| *number > 0);
        let counts: Vec<String> = counts.map(|(number, level)| words::count(number, level.word())).collect();
        counts.join(" · ")
    }

    /// What nothing could be found about yet: silence on it is no good sign.
    fn unchecked(&self) -> Vec<String> {
        let plan = self.plan();
        let mut lines = Vec::new();
        if self.lacks_estimates() {
            lines.push(
                "No step has an estimate yet: all lengths are assumed. Whether times and windows hold, and whether \
                 people are free, is checked with those alone, and no step is marked as critical."
                    .to_owned(),
            );
        }
        let mut to_do = self.all_steps().filter(|id| plan.node(*id).needs_owner()).peekable();
        if to_do.peek().is_some() && to_do.all(|id| plan.node(id).owners.is_empty()) {
            lines.push(
                "No step has an owner yet: whether people are free, are there and have access is not checked."
                    .to_owned(),
            );
        }
        lines
    }

    fn phases(&self) -> Vec<PhaseView> {
        let plan = self.plan();
        let mut views = Vec::new();
        for id in plan.ids() {
            let node = plan.node(id);
            if !node.is_phase() || node.presence == Presence::LeftOut {
                continue;
            }
            let stretch = self.schedule().groups[id.index()];
            let inside = (id.index() + 1..node.end.index()).map(NodeId::new);
            let steps =
                inside.filter(|inner| plan.node(*inner).is_step() && plan.node(*inner).is_here()).count();
            let time = |moment| {
                if node.way_back.is_some() { self.time(node, moment) } else { self.words.short(moment) }
            };
            views.push(PhaseView {
                title: self.title(node),
                depth: plan.around(id).count(),
                start: stretch.map(|stretch| time(stretch.start)).unwrap_or_default(),
                finish: stretch.map(|stretch| time(stretch.end)).unwrap_or_default(),
                steps: words::count(steps, "step"),
                way_back: node.way_back.is_some(),
            });
        }
        views
    }

    fn findings(&self) -> Vec<Finding> {
        let place = |place: &Place| match place {
            Place::CommandLine => "command line".to_owned(),
            Place::File(file) => file.clone(),
            Place::At(span) => self.file_and_line(*span),
        };
        let said = self.compiled.diagnostics.iter();
        said.map(|one| Finding {
            severity: one.severity.word(),
            rule: one.rule.name(),
            message: one.message.clone(),
            message_html: with_code(&one.message),
            place: place(&one.place),
            elsewhere: self.elsewhere(one),
            help: one.help.clone(),
            help_html: one.help.iter().map(|help| with_code(help)).collect(),
        })
        .collect()
    }

    /// What else a finding is about, where that stands in another file: whoever reads the page sees this plan alone.
    fn elsewhere(&self, one: &Diagnostic) -> Vec<String> {
        let Place::At(own) = one.place else { return Vec::new() };
        let others = one.related.iter().filter(|(span, _)| span.source != own.source);
        let others = others.map(|(span, words)| format!("{}: {words}", self.file_and_line(*span)));
        let mut lines: Vec<String> = others.collect();
        if !lines.is_empty() && !one.label.is_empty() {
            lines.insert(0, format!("here: {}", one.label));
        }
        lines
    }

    /// `move.md, line 12`
    pub(super) fn file_and_line(&self, span: Span) -> String {
        let name = &self.sources.get(span.source).name;
        let file = std::path::Path::new(name)
            .file_name()
            .map_or_else(|| name.clone(), |file| file.to_string_lossy().into_owned());
        format!("{file}, line {}", self.sources.position(span).line)
    }

    fn open_questions(&self) -> Vec<QuestionView> {
        let plan = self.plan();
        let asked = plan.questions.iter().zip(&self.schedule().questions_by);
        let open = asked.filter(|(question, _)| question.asked && question.answer.is_none());
        open.map(|(question, by)| QuestionView {
            text: question.text.clone(),
            who: question.who.as_ref().map(|who| self.names.owner(plan, who.value)).unwrap_or_default(),
            by: by.map(|by| self.words.deadline(by)).unwrap_or_default(),
            about: question.about.map(|about| self.called_by(about)).unwrap_or_default(),
        })
        .collect()
    }
}

/// A sentence as HTML; what stands between backticks is code.
fn with_code(sentence: &str) -> String {
    let mut html = String::with_capacity(sentence.len() + 32);
    let mut rest = sentence;
    while let Some((before, code, after)) = rest.split_once('`').and_then(|(before, inside)| {
        let (code, after) = inside.split_once('`')?;
        Some((before, code, after))
    }) {
        escape(before, &mut html);
        html.push_str("<code>");
        escape(code, &mut html);
        html.push_str("</code>");
        rest = after;
    }
    escape(rest, &mut html);
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_in_plans_is_code_and_does_nothing() {
        assert_eq!(
            with_code("write `after=<b>` or `x`"),
            "write <code>after=&lt;b&gt;</code> or <code>x</code>"
        );
        assert_eq!(with_code("an odd ` <i>"), "an odd ` &lt;i&gt;");
    }
}
