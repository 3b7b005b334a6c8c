//! What a page tells its script, so that boxes ticked on a device stay ticked.
//!
//! A page is known by whose it is and of which plan, a step by its id: a corrected plan with other numbers
//! keeps the ticks. What a step says is told as four short fingerprints, so that the script can name what has
//! changed about it. Nothing here is read by people.

use serde::Serialize;

use super::head::Head;
use super::presenter::Presenter;
use super::run_sheet::StepRow;
use crate::plan::{Node, NodeId};
use crate::schedule::Placed;
use crate::source::{fingerprint, mark};

/// What the script of a page knows of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ticking {
    /// Whose ticks they are, and of which plan: the same for every version of it.
    pub key: String,
    /// Which version this is.
    pub version: String,
    /// When the plan begins.
    pub begins: String,
    /// The name of the zone in which times are shown; empty in a plan without a date.
    pub zone: String,
    /// What stands above the times that are copied: whose they are, of which plan and version.
    pub about: String,
}

impl Presenter<'_> {
    /// For a page of this plan: under which name its times are copied, and whose ticks they are.
    pub(super) fn ticking(&self, head: &Head, name: &str, whose: &str) -> Ticking {
        let plan = self.plan();
        // The folder is not asked for: one plan is built from different places.
        let own_file = self.sources.file(plan.document.parts[0].source).and_then(|path| path.file_stem());
        let own_file = own_file.map(|stem| stem.to_string_lossy()).unwrap_or_default();
        let zone = self.words.clock.zone().filter(|_| self.words.dated);
        Ticking {
            key: fingerprint([plan.title.as_str(), &own_file, &head.variant, whose]),
            about: [name, &plan.title, &head.hash, &format!("times {}", head.zone)].join(" · "),
            version: head.hash.clone(),
            begins: head.begins.clone(),
            zone: zone.map(|zone| zone.name().to_owned()).unwrap_or_default(),
        }
    }

    /// What a step says, in four short words: what to do, when, who, and what it waits for. Numbers are no
    /// part of it.
    pub(super) fn step_fingerprint(&self, node: &Node, placed: &Placed, row: &StepRow) -> String {
        let plan = self.plan();
        let id = |id: &NodeId| plan.node(*id).id.as_str();
        let no_go = node.step.as_ref().and_then(|step| step.no_go.as_ref()).map(|given| id(&given.value));
        let what = [row.title_html.as_str(), &row.details_html, no_go.unwrap_or_default()];
        let what = what.into_iter().chain(row.expects_html.iter().chain(&row.undos_html).map(String::as_str));
        let by = placed.by.map(|by| by.0.to_string()).unwrap_or_default();
        let people = placed.people.iter().map(|person| self.with_phone(*person));
        let after = placed.waits_for.iter().chain(&placed.starts_with).map(id);
        [
            mark(what),
            mark([placed.start.0.to_string().as_str(), &placed.finish.0.to_string(), &by]),
            mark(people.chain([row.stands_in.as_str()])),
            mark(after),
        ]
        .join(" ")
    }
}
