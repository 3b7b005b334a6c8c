//! Which plan each file stands in, and whether that may have changed since it was found out.
//!
//! Looking for the plan around a file means reading its neighbours, which nobody shall wait for at each key. So it is
//! kept, and found out anew when a text that is typed in leads elsewhere than before: to another file, or by being a
//! plan at all.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use super::project::Project;
use crate::document::{Linked, PlanLink, Refusal};

/// The files to which one leads as a plan; nothing for what is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Leads(Option<Vec<String>>);

impl Leads {
    /// Of a file that stands in a plan, or is one by itself.
    pub(super) fn of(project: Option<&Project>, file: &Path) -> Self {
        let part = project.and_then(|project| Some((project, project.part_in(file)?)));
        Self(part.and_then(|(project, part)| {
            let document = &project.compiled.plan.document;
            // A link to what is not there leads nowhere, so that names of files can be typed letter by letter.
            let is_there = |link: &PlanLink| {
                let linked = document.linked.get(&link.item);
                matches!(linked, Some(Linked::Plan(_) | Linked::NoPlan | Linked::Refused(Refusal::Circle)))
            };
            let links = || document.plan_links(part).into_iter().filter(is_there);
            document.is_plan_by_itself(part).then(|| links().map(|link| link.target).collect())
        }))
    }
}

/// The plans of the files that are open.
#[derive(Debug, Default)]
pub(super) struct Roots {
    plans: HashMap<PathBuf, PathBuf>,
    /// By file: where it led when that was found out.
    leads: HashMap<PathBuf, Leads>,
    /// Files whose texts have changed since somebody has looked where they lead.
    changed: BTreeSet<PathBuf>,
}

impl Roots {
    /// The plan that a file stands in, when it is known.
    pub(super) fn get(&self, file: &Path) -> Option<&PathBuf> {
        self.plans.get(file)
    }

    pub(super) fn insert(&mut self, file: &Path, plan: PathBuf, leads: Leads) {
        self.plans.insert(file.to_path_buf(), plan);
        self.leads.insert(file.to_path_buf(), leads);
    }

    /// Takes nothing for known.
    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    /// The text of a file has changed.
    pub(super) fn has_changed(&mut self, file: PathBuf) {
        self.changed.insert(file);
    }

    /// Whether another text than this has changed, so that it may lead here now.
    pub(super) fn may_be_elsewhere(&self, file: &Path) -> bool {
        self.changed.iter().any(|changed| changed != file)
    }

    /// The files that have changed, with where they led before, if that is known.
    pub(super) fn take_changed(&mut self) -> Vec<(PathBuf, Option<Leads>)> {
        let changed = std::mem::take(&mut self.changed);
        let with_leads = |file: PathBuf| {
            let leads = self.leads.get(&file).cloned();
            (file, leads)
        };
        changed.into_iter().map(with_leads).collect()
    }

    pub(super) fn now_leads(&mut self, file: PathBuf, leads: Leads) {
        self.leads.insert(file, leads);
    }
}
