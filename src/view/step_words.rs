//! What several pages say of a step, found out once.

use std::sync::OnceLock;

use super::presenter::Presenter;
use crate::plan::NodeId;

/// Words on a step.
#[derive(Debug, Clone, Default)]
pub(super) struct StepWords {
    /// When it starts, with its day.
    pub start: String,
    /// When it ends, with its day where that is another one.
    pub finish: String,
    /// How long it takes.
    pub takes: String,
    /// Who does it.
    pub who: String,
    /// What it waits for, as it is called out.
    pub waits: String,
    /// How far it may slip before anything breaks.
    pub slack: String,
    /// All of it in a sentence, as both timelines say it of a bar; made when first asked for.
    pub sentence: OnceLock<String>,
}

impl Presenter<'_> {
    /// Words on a step of the main line or a way back; empty for what is no step.
    pub(super) fn step_words(&self, id: NodeId) -> &StepWords {
        self.step_words.of(id, || {
            let (node, Some(placed)) = (self.plan().node(id), self.placed(id)) else {
                return StepWords::default();
            };
            let start = if node.way_back.is_some() {
                self.time(node, placed.start)
            } else {
                self.words.short(placed.start)
            };
            StepWords {
                start,
                finish: self.end(node, placed),
                takes: self.takes(node, placed),
                who: self.who(placed),
                waits: self.waits(id, placed),
                slack: self.slack(id),
                sentence: OnceLock::new(),
            }
        })
    }
}
