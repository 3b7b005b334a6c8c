//! The list of all plans, above their pages.

use serde::Serialize;

use super::inert;
use super::page::PageLook;
use super::presenter::Presenter;
use super::words;
use crate::diagnostic::Severity;

/// The list of all plans.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TopIndex {
    /// The plans, in the order of their names.
    pub plans: Vec<PlanLink>,
    /// How the page lies on paper.
    pub page: PageLook,
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
    /// The variant; empty where the plan has none.
    #[serde(default)]
    pub variant: String,
    /// Which version.
    pub hash: String,
    /// What the command line has changed in it: who stands in for whom, what takes longer; a sentence each.
    #[serde(default)]
    pub as_if: Vec<String>,
    /// When it begins.
    pub begins: String,
    /// When it ends.
    pub ends: String,
    /// The zone of both with its offset from UTC; empty in a plan without a date.
    #[serde(default)]
    pub zone: String,
    /// How many steps.
    pub steps: String,
    /// What is wrong with it; empty when nothing is.
    pub trouble: String,
    /// What else was said about it, or why nothing could be; empty when there is nothing to say.
    #[serde(default)]
    pub findings: String,
}

impl Presenter<'_> {
    /// This plan in the list of plans.
    #[must_use]
    pub fn plan_link(&self, name: &str) -> PlanLink {
        let head = self.head();
        let dated = head.dated;
        PlanLink {
            name: name.to_owned(),
            link: inert::link(name),
            title: head.title,
            draft: head.draft,
            variant: head.variant,
            hash: head.hash,
            as_if: head.stand_ins.into_iter().chain(head.as_if).collect(),
            zone: if dated { head.zone } else { String::new() },
            begins: if dated { head.begins } else { "no date yet".to_owned() },
            ends: if dated { head.ends } else { format!("takes {}", head.length) },
            steps: words::count(self.schedule().main.order.len(), "step"),
            trouble: self.counted(&[Severity::Error]),
            findings: match self.counted(&[Severity::Warning, Severity::Note]) {
                nothing if nothing.is_empty() && self.lacks_estimates() => "no estimates yet".to_owned(),
                said => said,
            },
        }
    }
}
