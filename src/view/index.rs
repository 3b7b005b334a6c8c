//! The plan at a glance, and the list of plans above it.

use serde::Serialize;

use super::head::Head;
use super::owner::OwnerPage;
use super::presenter::Presenter;
use super::readiness::Readiness;
use super::words;
use crate::diagnostic::{Place, Severity};
use crate::plan::{NodeId, Presence};

/// The index page of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Index {
    /// The head of all pages.
    pub head: Head,
    /// How ready the plan is.
    pub readiness: Readiness,
    /// The phases with their times.
    pub phases: Vec<PhaseView>,
    /// Pages of people, teams and roles.
    pub owners: Vec<OwnerLink>,
    /// What was said about the plan.
    pub findings: Vec<Finding>,
    /// Questions, open ones first.
    pub questions: Vec<QuestionView>,
    /// Background of the plan, as HTML.
    pub background_html: String,
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
    pub facts: String,
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
    /// Where.
    pub place: String,
    /// Ways out.
    pub help: Vec<String>,
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
    /// The answer; empty while it is open.
    pub answer: String,
    /// Whether it is answered.
    pub answered: bool,
}

/// The list of all plans.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TopIndex {
    /// The plans, in the order of their names.
    pub plans: Vec<PlanLink>,
}

/// A plan in the list of plans.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, serde::Deserialize)]
pub struct PlanLink {
    /// Its folder.
    pub name: String,
    /// Its folder as a link.
    pub link: String,
    /// Its title.
    pub title: String,
    /// `DRAFT 3` or `FINAL`.
    pub draft: String,
    /// Which version.
    pub hash: String,
    /// When it begins.
    pub begins: String,
    /// When it ends.
    pub ends: String,
    /// How many steps.
    pub steps: String,
    /// What is wrong with it; empty when nothing is.
    pub trouble: String,
}

impl Presenter<'_> {
    /// The index page of this plan.
    #[must_use]
    pub fn index(&self, owners: &[OwnerPage]) -> Index {
        let plan = self.plan();
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
            phases: self.phases(),
            owners: links.collect(),
            findings: self.findings(),
            questions: self.questions(),
            background_html: self.html.notes(&plan.background),
        }
    }

    /// This plan in the list of plans.
    #[must_use]
    pub fn plan_link(&self, name: &str) -> PlanLink {
        let head = self.head();
        let errors = self.compiled.diagnostics.iter().filter(|one| one.severity == Severity::Error).count();
        PlanLink {
            name: name.to_owned(),
            link: words::link(name),
            title: head.title,
            draft: head.draft,
            hash: head.hash,
            begins: head.begins,
            ends: head.ends,
            steps: words::count(self.schedule().main.order.len(), "step"),
            trouble: if errors > 0 { words::count(errors, "error") } else { String::new() },
        }
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
            Place::At(span) => {
                let name = &self.sources.get(span.source).name;
                let file = std::path::Path::new(name)
                    .file_name()
                    .map_or_else(|| name.clone(), |file| file.to_string_lossy().into_owned());
                format!("{file}, line {}", self.sources.position(*span).line)
            }
        };
        let said = self.compiled.diagnostics.iter();
        said.map(|one| Finding {
            severity: one.severity.word(),
            rule: one.rule.name(),
            message: one.message.clone(),
            place: place(&one.place),
            help: one.help.clone(),
        })
        .collect()
    }

    fn questions(&self) -> Vec<QuestionView> {
        let plan = self.plan();
        let asked =
            plan.questions.iter().zip(&self.schedule().questions_by).filter(|(question, _)| question.asked);
        let mut views: Vec<QuestionView> = asked
            .map(|(question, by)| QuestionView {
                text: question.text.clone(),
                who: question.who.as_ref().map(|who| self.names.owner(plan, who.value)).unwrap_or_default(),
                by: by.map(|by| self.words.deadline(by)).unwrap_or_default(),
                about: question.about.map(|about| self.title(plan.node(about))).unwrap_or_default(),
                answer: question.answer.clone().unwrap_or_default(),
                answered: question.answer.is_some(),
            })
            .collect();
        views.sort_by_key(|view| view.answered);
        views
    }
}
